//! A row as the rules see it: both texts with their words and values, read once, and what the lexicon links.

use super::quantity::{Comparison, Sides, compare};
use crate::corpus::Row;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::value::{Values, values};
use crate::words::{Kind, Word, name, words};
use std::collections::HashSet;

/// One row, read.
pub(crate) struct Passage<'a> {
    pub row: &'a Row,
    pub zh: Values,
    pub en: Values,
    /// The numbers of both sides against each other.
    pub numbers: Comparison,
    pub zh_words: Vec<Word<'a>>,
    pub en_words: Vec<Word<'a>>,
    /// English stems of the row that the lexicon knows, by their numbers.
    en_known: HashSet<u32>,
    lexicon: &'a Lexicon,
}

/// Words more common than one in 150 stand everywhere and show nothing; in nats.
pub(super) const COMMON: f32 = 5.0;
/// How many times likelier one word must make the other to count as its translation.
const LIFT: f32 = 8.0;

impl<'a> Passage<'a> {
    pub fn new(row: &'a Row, lexicon: &'a Lexicon) -> Passage<'a> {
        let en_words = words(&row.trg_text, Side::En);
        let (zh, en) = (values(&row.src_text, Side::Zh), values(&row.trg_text, Side::En));
        let sides = Sides {
            zh_text: &row.src_text,
            en_text: &row.trg_text,
            zh: &zh,
            en: &en,
        };
        Passage {
            numbers: compare(&sides),
            zh,
            en,
            zh_words: words(&row.src_text, Side::Zh),
            en_known: en_words.iter().filter_map(|word| lexicon.en(&word.key)).collect(),
            en_words,
            row,
            lexicon,
        }
    }

    pub fn zh_text(&self) -> &'a str {
        &self.row.src_text
    }

    pub fn en_text(&self) -> &'a str {
        &self.row.trg_text
    }

    /// Whether a Chinese word has a translation among the row's English words, by the lexicon or by its sound; none
    /// where it cannot be told.
    pub fn is_rendered(&self, word: &Word) -> Option<bool> {
        match word.kind {
            Kind::Mark => None,
            Kind::Value | Kind::Latin => Some(self.en_words.iter().any(|en| en.key == word.key)),
            Kind::Han => {
                let Some(zh) = self.lexicon.zh(&word.key) else {
                    return self.sounds(word).then_some(true);
                };
                let entry =
                    |entry: &crate::lexicon::Entry| entry.lift >= LIFT && self.en_known.contains(&entry.en);
                let linked = self.lexicon.row(zh).any(|found| entry(&found));
                Some(linked || self.sounds(word))
            }
        }
    }

    fn sounds(&self, word: &Word) -> bool {
        let spellings = name::spellings(&word.key);
        self.en_words
            .iter()
            .any(|en| spellings.iter().any(|spelling| *spelling == en.key))
    }

    /// How rare a Chinese word is, in nats: what its absence weighs.
    pub fn zh_weight(&self, word: &Word) -> f32 {
        let share = self
            .lexicon
            .zh(&word.key)
            .map_or(1e-5, |zh| self.lexicon.zh_share(zh));
        -share.max(1e-6).ln()
    }

    pub fn en_weight(&self, word: &Word) -> f32 {
        let share = self
            .lexicon
            .en(&word.key)
            .map_or(1e-5, |en| self.lexicon.en_share(en));
        -share.max(1e-6).ln()
    }

    /// The English words of the row that some Chinese word of it translates.
    pub fn en_rendering(&self) -> HashSet<&str> {
        let mut found = HashSet::new();
        for word in &self.zh_words {
            match word.kind {
                Kind::Han => {
                    if let Some(zh) = self.lexicon.zh(&word.key) {
                        let linked = self.lexicon.row(zh).filter(|entry| entry.lift >= LIFT);
                        found.extend(
                            linked
                                .filter(|entry| self.en_known.contains(&entry.en))
                                .map(|entry| self.lexicon.en_word(entry.en)),
                        );
                    }
                    let spellings = name::spellings(&word.key);
                    let sounds = |en: &&Word| spellings.iter().any(|spelling| *spelling == en.key);
                    found.extend(self.en_words.iter().filter(sounds).map(|en| &*en.key));
                }
                Kind::Value | Kind::Latin => {
                    found.extend(
                        self.en_words
                            .iter()
                            .filter(|en| en.key == word.key)
                            .map(|en| &*en.key),
                    );
                }
                Kind::Mark => {}
            }
        }
        found
    }

    /// The share of the words of a Chinese text, weighed by how rare they are, that this row's English says.
    pub fn zh_share_said(&self, text: &str) -> f32 {
        let all = words(text, Side::Zh);
        let judged = all
            .iter()
            .filter_map(|word| Some((self.zh_weight(word), self.is_rendered(word)?)));
        share(judged)
    }

    /// The share of the words of an English text that this row's Chinese says, likewise.
    pub fn en_share_said(&self, text: &str) -> f32 {
        let translations = self.translations();
        let all = words(text, Side::En);
        share(all.iter().filter(|word| word.kind != Kind::Mark).map(|word| {
            let known = self
                .lexicon
                .en(&word.key)
                .is_some_and(|en| translations.contains(&en));
            let alike = word.kind == Kind::Value && self.zh_words.iter().any(|zh| zh.key == word.key);
            (self.en_weight(word), known || alike)
        }))
    }

    /// The English words that the row's Chinese words make likelier, in the row or not.
    fn translations(&self) -> HashSet<u32> {
        let known = self.zh_words.iter().filter(|word| word.kind == Kind::Han);
        let rows = known
            .filter_map(|word| self.lexicon.zh(&word.key))
            .map(|zh| self.lexicon.row(zh));
        rows.flatten()
            .filter(|entry| entry.lift >= LIFT)
            .map(|entry| entry.en)
            .collect()
    }
}

/// The share of the weight that is said; words that stand everywhere weigh nothing.
fn share(words: impl Iterator<Item = (f32, bool)>) -> f32 {
    let (mut all, mut said) = (0.0, 0.0);
    for (weight, is_said) in words.filter(|(weight, _)| *weight > COMMON) {
        all += weight;
        said += if is_said { weight } else { 0.0 };
    }
    if all > 0.0 { said / all } else { 0.0 }
}
