//! Sentence pairs into numbers of words, in blocks that threads share out.

use super::{Pair, Training};
use crate::error::Result;
use crate::language::Side;
use crate::words::{self, words};
use rayon::prelude::*;
use std::collections::HashMap;

/// The text as numbers, four bytes a word.
pub(super) struct Corpus {
    pub zh: Vocabulary,
    pub en: Vocabulary,
    pub blocks: Vec<Block>,
}

#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<Box<str>, u32>,
    pub words: Vec<Box<str>>,
    pub counts: Vec<f32>,
    pub total: f64,
}

/// Sentence pairs in a row, one after the other.
#[derive(Default)]
pub(super) struct Block {
    zh: Vec<u32>,
    en: Vec<u32>,
    ends: Vec<Ends>,
}

/// Where a pair ends in its block.
#[derive(Clone, Copy, Default)]
struct Ends {
    zh: u32,
    en: u32,
    weight: f32,
}

/// A sentence pair.
pub(super) struct Numbers<'a> {
    pub zh: &'a [u32],
    pub en: &'a [u32],
    pub weight: f32,
}

impl Vocabulary {
    fn count(&mut self, word: &str, weight: f32) -> u32 {
        let number = match self.numbers.get(word) {
            Some(&number) => number,
            None => {
                let number = self.words.len() as u32;
                self.numbers.insert(word.into(), number);
                self.words.push(word.into());
                self.counts.push(0.0);
                number
            }
        };
        self.counts[number as usize] += weight;
        self.total += f64::from(weight);
        number
    }

    /// Share of all running words that are this one.
    pub fn share(&self, word: u32) -> f32 {
        (f64::from(self.counts[word as usize]) / self.total) as f32
    }
}

impl Corpus {
    pub fn read(pairs: impl Iterator<Item = Result<Pair>>, settings: &Training) -> Result<Corpus> {
        const BATCH: usize = 8192;
        let mut corpus = Corpus {
            zh: Vocabulary::default(),
            en: Vocabulary::default(),
            blocks: Vec::new(),
        };
        let mut pairs = pairs.peekable();
        while pairs.peek().is_some() {
            let batch = pairs.by_ref().take(BATCH).collect::<Result<Vec<Pair>>>()?;
            let cut: Vec<_> = batch
                .par_iter()
                .map(|pair| (keys(&pair.zh, Side::Zh), keys(&pair.en, Side::En), pair.weight))
                .collect();
            let mut block = Block::default();
            for (zh, en, weight) in cut {
                if zh.len().max(en.len()) <= usize::from(settings.max_words) {
                    block
                        .zh
                        .extend(zh.iter().map(|word| corpus.zh.count(word, weight)));
                    block
                        .en
                        .extend(en.iter().map(|word| corpus.en.count(word, weight)));
                    block.end_pair(weight);
                }
            }
            corpus.blocks.push(block);
        }
        let (zh, en) = (&corpus.zh.counts, &corpus.en.counts);
        let is_common = |counts: &[f32], word: u32| counts[word as usize] >= settings.min_count;
        corpus.blocks.par_iter_mut().for_each(|block| {
            *block = block.without_rare(|word| is_common(zh, word), |word| is_common(en, word));
        });
        Ok(corpus)
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.iter().all(|block| block.ends.is_empty())
    }

    pub fn pairs(&self) -> impl Iterator<Item = Numbers<'_>> {
        self.blocks.iter().flat_map(Block::pairs)
    }
}

impl Block {
    fn end_pair(&mut self, weight: f32) {
        self.ends.push(Ends {
            zh: self.zh.len() as u32,
            en: self.en.len() as u32,
            weight,
        });
    }

    pub fn pairs(&self) -> impl Iterator<Item = Numbers<'_>> {
        (0..self.ends.len()).map(|pair| {
            let start = pair
                .checked_sub(1)
                .map_or(Ends::default(), |before| self.ends[before]);
            let end = self.ends[pair];
            Numbers {
                zh: &self.zh[start.zh as usize..end.zh as usize],
                en: &self.en[start.en as usize..end.en as usize],
                weight: end.weight,
            }
        })
    }

    /// Without words that are too rare to be learned, nor pairs that have no others.
    fn without_rare(&self, is_common_zh: impl Fn(u32) -> bool, is_common_en: impl Fn(u32) -> bool) -> Block {
        let mut block = Block::default();
        for pair in self.pairs() {
            let kept = (block.zh.len(), block.en.len());
            block
                .zh
                .extend(pair.zh.iter().filter(|&&word| is_common_zh(word)));
            block
                .en
                .extend(pair.en.iter().filter(|&&word| is_common_en(word)));
            if block.zh.len() > kept.0 && block.en.len() > kept.1 {
                block.end_pair(pair.weight);
            } else {
                block.zh.truncate(kept.0);
                block.en.truncate(kept.1);
            }
        }
        block
    }
}

/// The words that a lexicon can say something about: numbers are compared by value instead.
fn keys(text: &str, side: Side) -> Vec<String> {
    words(text, side)
        .into_iter()
        .filter(|word| word.kind != words::Kind::Value)
        .map(|word| word.key.into_owned())
        .collect()
}
