//! A row as the rules see it: both texts with their words and values, read once, and what the lexicon links.

use super::clause::{self, Part};
use super::quantity::{Comparison, Sides, compare};
use crate::corpus::Row;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::value::{Values, values};
use crate::words::{Kind, Word, name, words};
use std::collections::{HashMap, HashSet};

/// One row, read.
pub(crate) struct Passage<'a> {
    pub row: &'a Row,
    pub zh: Values,
    pub en: Values,
    /// The numbers of both sides against each other.
    pub numbers: Comparison,
    pub zh_words: Vec<Word<'a>>,
    pub en_words: Vec<Word<'a>>,
    /// The clauses of each text, with their words.
    pub zh_parts: Vec<Part>,
    pub en_parts: Vec<Part>,
    /// Words that translate each other.
    pub links: Vec<Link>,
    lexicon: &'a Lexicon,
}

/// A Chinese and an English word of a row, by their places among its words, that translate each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Link {
    pub zh: usize,
    pub en: usize,
    /// How many times likelier one makes the other.
    pub lift: f32,
}

/// Words more common than one in 150 stand everywhere and show nothing; in nats.
pub(super) const COMMON: f32 = 5.0;
/// How many times likelier one word must make the other to count as its translation.
pub(super) const LIFT: f32 = 8.0;
/// What a match at sight (a value, Latin letters, a sound) is worth beside one that the lexicon knows.
const AT_SIGHT: f32 = 3000.0;

impl<'a> Passage<'a> {
    pub fn new(row: &'a Row, lexicon: &'a Lexicon) -> Passage<'a> {
        let (zh, en) = (values(&row.src_text, Side::Zh), values(&row.trg_text, Side::En));
        let sides = Sides {
            zh_text: &row.src_text,
            en_text: &row.trg_text,
            zh: &zh,
            en: &en,
        };
        let numbers = compare(&sides);
        let (zh_words, zh_parts) = clause::cut(&row.src_text, Side::Zh);
        let (en_words, en_parts) = clause::cut(&row.trg_text, Side::En);
        Passage {
            links: links(&zh_words, &en_words, lexicon),
            row,
            zh,
            en,
            numbers,
            zh_words,
            en_words,
            zh_parts,
            en_parts,
            lexicon,
        }
    }

    pub fn zh_text(&self) -> &'a str {
        &self.row.src_text
    }

    pub fn en_text(&self) -> &'a str {
        &self.row.trg_text
    }

    pub fn words(&self, side: Side) -> &[Word<'a>] {
        match side {
            Side::Zh => &self.zh_words,
            Side::En => &self.en_words,
        }
    }

    pub fn parts(&self, side: Side) -> &[Part] {
        match side {
            Side::Zh => &self.zh_parts,
            Side::En => &self.en_parts,
        }
    }

    /// The sentences of a text.
    pub fn sentences(&self, side: Side) -> Vec<Span> {
        let mut spans: Vec<(usize, Span)> = Vec::new();
        for part in self.parts(side) {
            match spans.last_mut() {
                Some((sentence, span)) if *sentence == part.sentence => {
                    *span = Span::new(span.start(), part.span.end())
                }
                _ => spans.push((part.sentence, part.span)),
            }
        }
        spans.into_iter().map(|(_, span)| span).collect()
    }

    /// How rare a word is, in nats: what its absence weighs.
    pub fn weight(&self, word: &Word, side: Side) -> f32 {
        let share = match side {
            Side::Zh => self.lexicon.zh(&word.key).map(|zh| self.lexicon.zh_share(zh)),
            Side::En => self.lexicon.en(&word.key).map(|en| self.lexicon.en_share(en)),
        };
        -share.unwrap_or(1e-5).max(1e-6).ln()
    }

    /// The share of the words of a text, weighed by how rare they are, that the other side of this row says.
    pub fn share_said(&self, side: Side, text: &str) -> f32 {
        let all = words(text, side);
        let said: HashSet<usize> = match side {
            Side::Zh => links(&all, &self.en_words, self.lexicon)
                .iter()
                .map(|link| link.zh)
                .collect(),
            Side::En => links(&self.zh_words, &all, self.lexicon)
                .iter()
                .map(|link| link.en)
                .collect(),
        };
        let judged = all.iter().enumerate().filter(|(_, word)| word.kind != Kind::Mark);
        share(judged.map(|(at, word)| (self.weight(word, side), said.contains(&at))))
    }
}

/// The words of two texts that translate each other: by the lexicon, by the same letters or value, or by sound. A
/// Chinese word that the lexicon does not hold is taken for its parts that it does hold.
fn links(zh: &[Word], en: &[Word], lexicon: &Lexicon) -> Vec<Link> {
    let mut known: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, word) in en.iter().enumerate().filter(|(_, word)| word.kind != Kind::Mark) {
        by_key.entry(&word.key).or_default().push(at);
        if let Some(number) = lexicon.en(&word.key) {
            known.entry(number).or_default().push(at);
        }
    }
    let mut links = Vec::new();
    for (at, word) in zh.iter().enumerate() {
        let at_sight = |key: &str, links: &mut Vec<Link>| {
            let places = by_key.get(key).into_iter().flatten();
            links.extend(places.map(|&en| Link {
                zh: at,
                en,
                lift: AT_SIGHT,
            }));
        };
        match word.kind {
            Kind::Mark => {}
            Kind::Value | Kind::Latin => at_sight(&word.key, &mut links),
            Kind::Han => {
                for part in lexicon.zh_parts(&word.key).filter_map(|(_, known)| known) {
                    for entry in lexicon.row(part).filter(|entry| entry.lift >= LIFT) {
                        let places = known.get(&entry.en).into_iter().flatten();
                        links.extend(places.map(|&en| Link {
                            zh: at,
                            en,
                            lift: entry.lift,
                        }));
                    }
                }
                for spelling in name::spellings(&word.key).iter() {
                    at_sight(spelling, &mut links);
                }
            }
        }
    }
    links
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
