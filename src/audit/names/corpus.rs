//! The names of many document pairs, gathered one by one: in how many of them each name has which form.

use super::{Groups, Names, usual};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The names of a corpus. Each document gives the form of a name that it has most often: what it writes otherwise is told of
/// in its own rows.
///
/// ```
/// use duizhao::audit::{Auditor, CorpusNames, Settings};
/// use duizhao::corpus::Row;
/// use duizhao::lexicon::Lexicon;
///
/// let settings = Settings::default();
/// let auditor = Auditor::new(Lexicon::embedded(), &settings);
/// let mut names = CorpusNames::default();
/// for (id, english) in [("1", "Kyiv is cold."), ("2", "Snow in Kyiv."), ("3", "Kiev is cold.")] {
///     let row = Row { doc_pair_id: id.into(), src_text: "基辅很冷。".into(), trg_text: english.into(), ..Row::default() };
///     names.add(auditor.read(&[row], None).names());
/// }
/// assert_eq!(auditor.corpus(&names)[0].message, "Kiev in 1 document, Kyiv in 2");
/// ```
#[derive(Debug, Clone, Default)]
pub struct CorpusNames {
    names: BTreeMap<Key, BTreeMap<String, Uses>>,
}

/// What makes two forms one name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// A line of the table.
    Listed(String),
    /// The same syllables, the surname first.
    Person(String),
    /// Foreign names in characters beside this one in English.
    InEnglish(String),
    /// English names beside this one in characters.
    InChinese(String),
}

/// How a form is used.
#[derive(Debug, Clone, Default)]
pub(crate) struct Uses {
    pub count: usize,
    pub documents: usize,
    /// The first of them.
    pub shown: Vec<String>,
    last: String,
}

/// Documents that a finding names.
const SHOWN: usize = 3;

impl CorpusNames {
    /// Those of one document.
    pub(in crate::audit) fn of(document: &str, names: &Names) -> CorpusNames {
        let mut corpus = CorpusNames::default();
        let mut use_of = |key: Key, form: &str, count: usize| {
            let uses = Uses {
                count,
                documents: 1,
                shown: vec![document.into()],
                last: document.into(),
            };
            corpus.names.entry(key).or_default().insert(form.into(), uses);
        };
        let mut group = |groups: &Groups, key: fn(String) -> Key| {
            for (name, forms) in groups {
                if let Some((form, of)) = usual(forms) {
                    use_of(key(name.clone()), form, of.count);
                }
            }
        };
        group(&names.listed, Key::Listed);
        group(&names.persons, Key::Person);
        for (zh, (form, english, rows)) in names.foreign_in_english() {
            use_of(Key::InEnglish(english.into()), zh, form.count);
            use_of(Key::InChinese(zh.into()), english, rows);
        }
        corpus
    }

    /// Takes in the names of the next document, or of the next part of one.
    pub fn add(&mut self, other: CorpusNames) {
        for (key, forms) in other.names {
            let known = self.names.entry(key).or_default();
            for (form, uses) in forms {
                known.entry(form).or_default().add(uses);
            }
        }
    }

    /// The names with more than one form; of each the form that most documents have, before the others.
    pub(crate) fn several(&self) -> impl Iterator<Item = (&Key, Vec<(&str, &Uses)>)> {
        let several = self.names.iter().filter(|(_, forms)| forms.len() > 1);
        several.map(|(key, forms)| {
            let mut forms: Vec<(&str, &Uses)> =
                forms.iter().map(|(form, uses)| (form.as_str(), uses)).collect();
            forms.sort_by_key(|(_, uses)| Reverse((uses.documents, uses.count)));
            (key, forms)
        })
    }
}

impl Uses {
    fn add(&mut self, other: Uses) {
        self.count += other.count;
        let is_same = self.documents > 0 && other.shown.first() == Some(&self.last);
        self.documents += other.documents - usize::from(is_same);
        let new = other.shown.into_iter().skip(usize::from(is_same));
        let room = SHOWN.saturating_sub(self.shown.len());
        self.shown.extend(new.take(room));
        self.last = other.last;
    }
}
