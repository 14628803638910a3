//! A user's term list, laid over the lexicon.

use super::Lexicon;
use crate::error::{Error, Kind, Result};
use crate::language::Side;
use crate::words::{Kind as WordKind, Word, words};
use std::collections::HashMap;

/// Words and links that a glossary adds; the numbers of new words go on where the lexicon's end.
#[derive(Debug, Clone, Default)]
pub(super) struct Glossary {
    pub zh: NewWords,
    pub en: NewWords,
    /// For a Chinese word, the English words that its terms give it and the share of each.
    pub rows: HashMap<u32, Vec<(u32, f32)>>,
}

/// Words that the lexicon does not hold.
#[derive(Debug, Clone, Default)]
pub(super) struct NewWords {
    pub numbers: HashMap<Box<str>, u32>,
    pub words: Vec<Box<str>>,
}

impl NewWords {
    /// The number of a word, its own or a new one, where the lexicon holds `known` words.
    fn number(&mut self, known: usize, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = (known + self.words.len()) as u32;
        self.words.push(word.into());
        self.numbers.insert(word.into(), number);
        number
    }
}

/// What a glossary's word is worth: a person wrote it down for these very texts.
const SHARE: f32 = 0.8;

impl Lexicon {
    /// Lays a glossary over the lexicon and the glossaries it has: lines of `zh<TAB>en`; `#` begins a remark, further columns are passed over. A
    /// term of several words counts word by word.
    ///
    /// ```
    /// use duizhao::lexicon::Lexicon;
    /// let lexicon = Lexicon::embedded().with_glossary("terms.tsv", "明澜\tMinglan\n")?;
    /// let (zh, en) = (lexicon.zh("明澜").unwrap(), lexicon.en("minglan").unwrap());
    /// assert!(lexicon.row(zh).any(|entry| entry.en == en));
    /// # Ok::<(), duizhao::error::Error>(())
    /// ```
    pub fn with_glossary(&self, name: &str, table: &str) -> Result<Lexicon> {
        let mut glossary = self.glossary.clone();
        let table = table.strip_prefix('\u{feff}').unwrap_or(table);
        for (index, line) in table.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t').map(str::trim);
            let (zh, en) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
            if zh.is_empty() || en.is_empty() {
                return Err(
                    Error::new(Kind::Malformed, name, "no Chinese term with an English one")
                        .line(index + 1)
                        .remedy("each line holds the Chinese term, a tab, and the English term"),
                );
            }
            glossary.add(self, &terms(zh, Side::Zh), &terms(en, Side::En));
        }
        Ok(Lexicon {
            glossary,
            ..self.clone()
        })
    }
}

impl Glossary {
    fn add(&mut self, lexicon: &Lexicon, zh: &[Word], en: &[Word]) {
        let (zh_known, en_known) = (lexicon.view.zh.len(), lexicon.view.en.len());
        let share = SHARE / en.len().max(zh.len()) as f32;
        let en: Vec<u32> = en
            .iter()
            .map(|word| {
                lexicon
                    .en(&word.key)
                    .unwrap_or_else(|| self.en.number(en_known, &word.key))
            })
            .collect();
        for word in zh {
            let zh = lexicon
                .zh(&word.key)
                .unwrap_or_else(|| self.zh.number(zh_known, &word.key));
            self.rows
                .entry(zh)
                .or_default()
                .extend(en.iter().map(|&en| (en, share)));
        }
    }
}

/// The words of a term that a lexicon can hold: numbers and marks match at sight, without it.
fn terms(term: &str, side: Side) -> Vec<Word<'_>> {
    let mut terms = words(term, side);
    terms.retain(|word| matches!(word.kind, WordKind::Han | WordKind::Latin));
    terms
}
