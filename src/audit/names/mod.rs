//! The names of a document pair whose forms are weighed against each other: those of a table, persons in pinyin, foreign
//! names in characters.

mod capital;
mod corpus;
mod event;
mod foreign;
mod person;
mod place;

pub use corpus::CorpusNames;
pub(super) use corpus::{Key, Uses};
pub use event::Named;
pub(super) use event::named;
pub(super) use foreign::{ALIKE, foreign_spans, sound_alike, sounds_like};
pub(super) use person::{capitalised, is_surname, pinyin, plain, sounding, syllables};
pub(super) use place::{has_place, places_alone, places_named, unmatched};

use super::Document;
use super::wording::WordList;
use crate::language::Side;
use crate::span::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use person::is_word;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The names of a document, found once for the rule, the ledger and the corpus.
pub(super) struct Names {
    /// Those of the table.
    pub listed: Groups,
    /// Persons in pinyin, the surname first: `zhang binbin`.
    pub persons: Groups,
    pub foreign: Foreign,
}

impl Names {
    pub fn of(document: &Document) -> Names {
        Names {
            listed: listed(document),
            persons: persons(document),
            foreign: foreign_names(document),
        }
    }
}

/// Where a form of a name stands first, and how often it stands in the document.
pub(super) struct Form {
    pub passage: usize,
    pub side: Side,
    pub span: Span,
    pub count: usize,
}

/// The forms of each name: the name under which they are one, then the form as it is written.
pub(super) type Groups = BTreeMap<String, BTreeMap<String, Form>>;

/// The names of the table that stand in a document.
fn listed(document: &Document) -> Groups {
    let mut names = Groups::new();
    for (index, passage) in document.passages.iter().enumerate() {
        for side in [Side::Zh, Side::En] {
            for (name, span) in known(passage.text(side)) {
                add(&mut names, name, index, side, span, passage.text(side));
            }
        }
    }
    names
}

fn persons(document: &Document) -> Groups {
    let mut names = Groups::new();
    for (index, passage) in document.passages.iter().enumerate() {
        for (name, span) in pinyin(passage.en_text()) {
            add(&mut names, name, index, Side::En, span, passage.en_text());
        }
    }
    names
}

fn add(names: &mut Groups, name: String, passage: usize, side: Side, span: Span, text: &str) {
    let forms = names.entry(name).or_default();
    let first = Form {
        passage,
        side,
        span,
        count: 0,
    };
    forms.entry(span.of(text).to_owned()).or_insert(first).count += 1;
}

/// The form that the document has most often, or the first of these.
pub(super) fn usual(forms: &BTreeMap<String, Form>) -> Option<(&String, &Form)> {
    forms.iter().min_by_key(|(_, form)| rank(form))
}

fn rank(form: &Form) -> (std::cmp::Reverse<usize>, usize, Span) {
    (std::cmp::Reverse(form.count), form.passage, form.span)
}

/// Lines of names that mean the same.
struct Table {
    finder: AhoCorasick,
    /// For each form of the finder the first form of its line.
    names: Vec<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lines = include_str!("forms.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let (mut forms, mut names) = (Vec::new(), Vec::new());
    for line in lines {
        let all = || line.split(',').map(str::trim);
        forms.extend(all());
        names.extend(all().filter_map(|_| all().next()));
    }
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(forms);
    Table {
        finder: finder.expect("a table of names is a small automaton"),
        names,
    }
});

/// The names of the table that stand in a text.
fn known(text: &str) -> impl Iterator<Item = (String, Span)> {
    let found = TABLE.finder.find_iter(text).map(|found| {
        let name = TABLE.names[found.pattern().as_usize()];
        (name.to_owned(), Span::new(found.start(), found.end()))
    });
    found.filter(|(_, span)| !span.of(text).is_ascii() || is_word(text, *span))
}

/// A foreign name in characters: where it stands, and the words with a capital in its rows, with the number of these rows.
pub(super) type Foreign = BTreeMap<String, (Form, BTreeMap<String, usize>)>;

fn foreign_names(document: &Document) -> Foreign {
    let mut names = Foreign::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let text = passage.zh_folded();
        let spans = foreign_spans(text);
        if spans.is_empty() || text.len() != passage.zh_text().len() {
            continue;
        }
        let english: BTreeSet<&str> = capitalised(passage.en_text())
            .iter()
            .map(|span| span.of(passage.en_text()))
            .filter(|word| word.len() > 3 && !IDLE.holds(word))
            .collect();
        for span in spans {
            let form = Form {
                passage: index,
                side: Side::Zh,
                span,
                count: 0,
            };
            let first = || (form, BTreeMap::new());
            let (form, beside) = names.entry(span.of(text).to_owned()).or_insert_with(first);
            form.count += 1;
            english
                .iter()
                .for_each(|word| *beside.entry((*word).to_owned()).or_default() += 1);
        }
    }
    names
}

impl Names {
    /// Pairs of foreign names that sound alike but for one syllable, in rows that share an English name; the usual one first.
    pub fn alike(&self) -> Vec<(&str, &str)> {
        let all: Vec<_> = self.foreign.iter().filter(|(name, _)| !is_listed(name)).collect();
        let mut pairs = Vec::new();
        for (at, (one, (form, english))) in all.iter().enumerate() {
            for (other, (other_form, other_english)) in &all[at + 1..] {
                let shares = || english.keys().any(|word| other_english.contains_key(word));
                if sound_alike(one, other) && shares() {
                    pairs.push(match rank(form) <= rank(other_form) {
                        true => (one.as_str(), other.as_str()),
                        false => (other.as_str(), one.as_str()),
                    });
                }
            }
        }
        pairs
    }

    /// Foreign names in characters with their English, which is the word with a capital that stands in every row of theirs,
    /// where that is one word only; and in how many rows it does.
    pub fn foreign_in_english(&self) -> impl Iterator<Item = (&str, (&Form, &str, usize))> {
        self.foreign.iter().filter_map(|(name, (form, beside))| {
            let mut everywhere = beside.iter().filter(|(_, rows)| **rows >= form.count);
            let (english, rows) = everywhere.next().filter(|_| everywhere.next().is_none())?;
            Some((name.as_str(), (form, english.as_str(), *rows)))
        })
    }
}

/// Whether a name is one of the table, by which it is weighed.
fn is_listed(name: &str) -> bool {
    known(name).next().is_some()
}

/// Words with a capital that are no names.
static IDLE: WordList = WordList::new(
    "The, This, That, These, Those, They, There, Then, When, While, With, What, Where, Which, After, Before, From, \
     According, However, Meanwhile, President, Minister, Secretary, State, Foreign, Later, Chinese, American, China, \
     United, States, Mr, Mrs, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, January, February, \
     March, April, June, July, August, September, October, November, December, Prime, General, Council, National",
);

/// Two spellings of one name in letters: Zelensky, Zelenskyy; Timoshenko, Tymoshenko.
pub(super) fn spelled_alike(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    let shorter = one.len().min(other.len());
    let same_beginning = one.chars().next() == other.chars().next();
    let is_derived = derives(&one, &other) || derives(&other, &one);
    same_beginning
        && !is_derived
        && shorter >= LEAST_LETTERS
        && strsim::levenshtein(&one, &other) <= MOST_LETTERS
}

/// Whether a word is another one of a name: Ethiopians of Ethiopia.
fn derives(word: &str, name: &str) -> bool {
    let ending = word.strip_prefix(name);
    ending.is_some_and(|ending| DERIVE.contains(&ending))
}

/// A name of fewer letters is another name if one differs, and so is one in which more than these differ.
const LEAST_LETTERS: usize = 6;
const MOST_LETTERS: usize = 2;
const DERIVE: [&str; 5] = ["s", "n", "ns", "i", "is"];
