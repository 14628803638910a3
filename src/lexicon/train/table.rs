//! The word pairs that may translate each other, by rows of Chinese words, with both directions' probabilities.

use super::Training;
use super::corpus::{Corpus, Numbers, Vocabulary};
use super::posterior::Posteriors;
use crate::lexicon::file::Contents;
use crate::lexicon::log_likelihood;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) struct Table {
    row_ends: Vec<usize>,
    en: Vec<u32>,
    pub en_given_zh: Vec<f32>,
    pub zh_given_en: Vec<f32>,
    /// How many links each pair was expected to have in the last round.
    links: Vec<f32>,
}

/// Sums are kept in fixed point: adding integers gives the same total in any order, so on any number of threads.
const FIXED: f32 = (1 << 24) as f32;
/// Entries that neither direction gives so much are not looked at again: forty times less than what is kept at last, and
/// most of what frequent words meet.
const IDLE: f32 = 1e-4;

impl Table {
    /// The word pairs that keep company, and how much that says as first probabilities.
    pub fn new(corpus: &Corpus, settings: &Training) -> Table {
        let company = Company::new(corpus);
        let rows: Vec<Vec<(u32, f32)>> = (0..corpus.zh.words.len())
            .into_par_iter()
            .map_init(
                || vec![Seen::default(); corpus.en.words.len()],
                |seen, zh| company.row(zh, seen, settings.min_association),
            )
            .collect();
        let row_ends = rows
            .iter()
            .scan(0, |end, row| {
                *end += row.len();
                Some(*end)
            })
            .collect();
        let links: Vec<f32> = rows.iter().flatten().map(|&(_, links)| links).collect();
        let zeros = vec![0.0; links.len()];
        let mut table = Table {
            row_ends,
            en: rows.iter().flatten().map(|&(en, _)| en).collect(),
            en_given_zh: zeros.clone(),
            zh_given_en: zeros,
            links: Vec::new(),
        };
        table.normalise(corpus, &links, &links);
        table.links = links;
        table.forget_idle();
        table
    }

    /// The entries of a Chinese word.
    pub fn row(&self, zh: u32) -> Range<usize> {
        let zh = zh as usize;
        (if zh == 0 { 0 } else { self.row_ends[zh - 1] })..self.row_ends[zh]
    }

    /// The number of an English word's entry in a row.
    pub fn entry(&self, row: Range<usize>, en: u32) -> Option<u32> {
        let start = row.start;
        Some((start + self.en[row].binary_search(&en).ok()?) as u32)
    }

    /// One round: expected links under the present probabilities, then probabilities from the links.
    pub fn reestimate(&mut self, corpus: &Corpus, settings: &Training, agreed: bool) {
        let zeros = || (0..self.en.len()).map(|_| AtomicU64::new(0)).collect::<Vec<_>>();
        let (by_zh, by_en) = (zeros(), if agreed { Vec::new() } else { zeros() });
        corpus
            .blocks
            .par_iter()
            .for_each_init(Posteriors::default, |posteriors, block| {
                for pair in block.pairs() {
                    posteriors.fill(self, corpus, &pair, settings);
                    let add = |sum: &AtomicU64, links: f32| {
                        sum.fetch_add((links * pair.weight * FIXED) as u64, Ordering::Relaxed);
                    };
                    for (at, cell) in posteriors.cells.iter().enumerate() {
                        let entry = cell.entry as usize;
                        let (en_to_zh, zh_to_en) = (posteriors.en_to_zh[at], posteriors.zh_to_en[at]);
                        if agreed {
                            add(&by_zh[entry], en_to_zh * zh_to_en);
                        } else {
                            add(&by_zh[entry], en_to_zh);
                            add(&by_en[entry], zh_to_en);
                        }
                    }
                }
            });
        let read = |sums: &[AtomicU64]| {
            sums.iter()
                .map(|sum| sum.load(Ordering::Relaxed) as f32 / FIXED)
                .collect::<Vec<f32>>()
        };
        let by_zh = read(&by_zh);
        let by_en = if agreed { by_zh.clone() } else { read(&by_en) };
        self.normalise(corpus, &by_zh, &by_en);
        self.links = by_zh;
        self.forget_idle();
    }

    /// Takes out the entries that have come to nothing.
    fn forget_idle(&mut self) {
        let (mut kept, mut start) = (0, 0);
        for row_end in &mut self.row_ends {
            for entry in start..*row_end {
                if self.en_given_zh[entry].max(self.zh_given_en[entry]) >= IDLE {
                    self.en[kept] = self.en[entry];
                    self.en_given_zh[kept] = self.en_given_zh[entry];
                    self.zh_given_en[kept] = self.zh_given_en[entry];
                    self.links[kept] = self.links[entry];
                    kept += 1;
                }
            }
            start = std::mem::replace(row_end, kept);
        }
        self.en.truncate(kept);
        for column in [&mut self.en_given_zh, &mut self.zh_given_en, &mut self.links] {
            column.truncate(kept);
        }
    }

    fn normalise(&mut self, corpus: &Corpus, by_zh: &[f32], by_en: &[f32]) {
        let mut en_totals = vec![0f64; corpus.en.words.len()];
        for (&en, &links) in self.en.iter().zip(by_en) {
            en_totals[en as usize] += f64::from(links);
        }
        for zh in 0..self.row_ends.len() {
            let row = self.row(zh as u32);
            let total: f64 = by_zh[row.clone()].iter().map(|&links| f64::from(links)).sum();
            for entry in row {
                let ratio = |links: f32, total: f64| {
                    if total > 0.0 {
                        (f64::from(links) / total) as f32
                    } else {
                        0.0
                    }
                };
                self.en_given_zh[entry] = ratio(by_zh[entry], total);
                self.zh_given_en[entry] = ratio(by_en[entry], en_totals[self.en[entry] as usize]);
            }
        }
    }

    /// What is worth keeping, in the file's order of words.
    pub fn contents<'a>(&self, corpus: &'a Corpus, settings: &Training, notice: &'a str) -> Contents<'a> {
        let mut rows: Vec<Vec<(u32, f32)>> = Vec::with_capacity(corpus.zh.words.len());
        let mut en_kept = vec![false; corpus.en.words.len()];
        for zh in 0..corpus.zh.words.len() {
            let kept: Vec<(u32, f32)> = self
                .row(zh as u32)
                .map(|entry| {
                    (
                        self.en[entry],
                        self.links[entry],
                        self.links[entry] / corpus.zh.counts[zh],
                    )
                })
                .filter(|&(en, links, t)| {
                    let back = links / corpus.en.counts[en as usize];
                    t.max(back) >= settings.min_t && links >= settings.min_links
                })
                .map(|(en, _, t)| (en, t))
                .collect();
            kept.iter().for_each(|&(en, _)| en_kept[en as usize] = true);
            rows.push(kept);
        }
        let (zh_order, _) = order(&corpus.zh, |zh| !rows[zh].is_empty());
        let (en_order, en_places) = order(&corpus.en, |en| en_kept[en]);
        let words = |vocabulary: &'a Vocabulary, order: &[usize]| {
            order
                .iter()
                .map(|&word| (&*vocabulary.words[word], vocabulary.counts[word]))
                .collect()
        };
        Contents {
            notice,
            zh: words(&corpus.zh, &zh_order),
            en: words(&corpus.en, &en_order),
            rows: zh_order
                .iter()
                .map(|&zh| {
                    let mut row: Vec<(u32, f32)> = rows[zh]
                        .iter()
                        .map(|&(en, t)| (en_places[en as usize], t))
                        .collect();
                    row.sort_unstable_by_key(|&(en, _)| en);
                    row
                })
                .collect(),
            zh_total: corpus.zh.total as f32,
            en_total: corpus.en.total as f32,
        }
    }
}

/// The kept words in byte order, and each word's place in that order.
fn order(vocabulary: &Vocabulary, kept: impl Fn(usize) -> bool) -> (Vec<usize>, Vec<u32>) {
    let mut order: Vec<usize> = (0..vocabulary.words.len()).filter(|&word| kept(word)).collect();
    order.sort_unstable_by_key(|&word| &vocabulary.words[word]);
    let mut places = vec![0; vocabulary.words.len()];
    order
        .iter()
        .enumerate()
        .for_each(|(place, &word)| places[word] = place as u32);
    (order, places)
}

/// Which words share sentence pairs.
struct Company<'a> {
    pairs: Vec<Numbers<'a>>,
    /// For each Chinese word, where its list of pairs ends.
    ends: Vec<usize>,
    /// The pairs that each Chinese word stands in.
    holders: Vec<u32>,
    /// In how many pairs an English word stands.
    en_pairs: Vec<u32>,
}

/// How many pairs an English word was met in, and the last of them, from 1.
#[derive(Clone, Copy, Default)]
struct Seen {
    times: u32,
    last: u32,
    /// Whether one of them was so short that it speaks for itself.
    is_plain: bool,
}

/// A pair of no more word pairs than this speaks for itself, as a dictionary's entries do.
const PLAIN: usize = 16;

impl<'a> Company<'a> {
    fn new(corpus: &'a Corpus) -> Company<'a> {
        let pairs: Vec<Numbers> = corpus.pairs().collect();
        let zh_pairs = count_pairs(&pairs, |pair| pair.zh, corpus.zh.words.len());
        let mut next: Vec<usize> = zh_pairs
            .iter()
            .scan(0, |end, &count| {
                let start = *end;
                *end += count as usize;
                Some(start)
            })
            .collect();
        let mut holders = vec![0; zh_pairs.iter().map(|&count| count as usize).sum()];
        let starts = next.clone();
        for (number, pair) in pairs.iter().enumerate() {
            for &zh in pair.zh {
                let next = &mut next[zh as usize];
                if *next == starts[zh as usize] || holders[*next - 1] != number as u32 {
                    holders[*next] = number as u32;
                    *next += 1;
                }
            }
        }
        Company {
            en_pairs: count_pairs(&pairs, |pair| pair.en, corpus.en.words.len()),
            pairs,
            ends: next,
            holders,
        }
    }

    /// The English words that a Chinese one meets more often than by chance, and how remarkable that is.
    fn row(&self, zh: usize, seen: &mut [Seen], min_association: f32) -> Vec<(u32, f32)> {
        let least = min_association * (self.pairs.len() as f32).ln();
        let start = if zh == 0 { 0 } else { self.ends[zh - 1] };
        let holders = &self.holders[start..self.ends[zh]];
        let mut met = Vec::new();
        for &holder in holders {
            let pair = &self.pairs[holder as usize];
            let is_plain = pair.zh.len() * pair.en.len() <= PLAIN;
            for &en in pair.en {
                let seen = &mut seen[en as usize];
                if seen.times == 0 {
                    met.push(en);
                }
                seen.is_plain |= is_plain;
                if seen.last != holder + 1 {
                    seen.times += 1;
                    seen.last = holder + 1;
                }
            }
        }
        met.sort_unstable();
        met.into_iter()
            .filter_map(|en| {
                let Seen { times, is_plain, .. } = std::mem::take(&mut seen[en as usize]);
                let en_pairs = self.en_pairs[en as usize];
                let association =
                    log_likelihood(times as usize, holders.len(), en_pairs as usize, self.pairs.len()) as f32;
                let association = if is_plain {
                    association.max(1.0)
                } else {
                    association
                };
                (is_plain || association >= least).then_some((en, association))
            })
            .collect()
    }
}

/// In how many pairs each word stands.
fn count_pairs<'a>(
    pairs: &[Numbers<'a>],
    side: impl Fn(&Numbers<'a>) -> &'a [u32],
    words: usize,
) -> Vec<u32> {
    let mut seen = vec![Seen::default(); words];
    for (number, pair) in pairs.iter().enumerate() {
        for &word in side(pair) {
            let seen = &mut seen[word as usize];
            if seen.last != number as u32 + 1 {
                seen.times += 1;
                seen.last = number as u32 + 1;
            }
        }
    }
    seen.into_iter().map(|seen| seen.times).collect()
}
