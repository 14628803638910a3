//! Parallel text into a lexicon: IBM Model 1 in both directions, the directions then made to agree.
//!
//! Model 1 explains each English word by one Chinese word of its pair, and the mirror. Trained apart, each direction
//! heaps stray words on rare ones; trained to agree (Liang, Taskar and Klein 2006), a link counts as the product of its
//! two posteriors, and what stays is clean enough for one number a pair to serve both directions. A diagonal prior
//! (Dyer, Chahuneau and Smith 2013) helps long sentences.

use super::Lexicon;
use super::file::{Contents, write};
use crate::error::{Error, Kind, Result};
use crate::language::Side;
use crate::words::{self, words};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Two texts that say the same, and how many sentences' weight they have.
#[derive(Debug, Clone)]
pub struct Pair {
    pub zh: String,
    pub en: String,
    pub weight: f32,
}

/// How a lexicon is trained. Each default's reason stands beside it.
#[derive(Debug, Clone)]
pub struct Training {
    /// Rounds in which each direction learns alone: enough to tell words from noise.
    pub rounds_apart: usize,
    /// Rounds in which the directions agree.
    pub rounds_agreed: usize,
    /// How strongly a word looks for its partner at the same share of the sentence; fast_align starts at 4.
    pub tension: f32,
    /// Probability that a word has no partner.
    pub null: f32,
    /// Words seen less often are left out.
    pub min_count: f32,
    /// Pairs below this probability are left out.
    pub min_t: f32,
    /// Pairs with fewer expected links are left out.
    pub min_links: f32,
    /// Longer pairs are passed over: they are seldom one sentence.
    pub max_words: usize,
}

impl Default for Training {
    fn default() -> Self {
        Training {
            rounds_apart: 4,
            rounds_agreed: 3,
            tension: 2.0,
            null: 0.1,
            min_count: 3.0,
            min_t: 0.004,
            min_links: 0.7,
            max_words: 100,
        }
    }
}

/// Learns a lexicon from pairs; the same bytes for the same pairs on any number of threads. `notice` goes into the file.
pub fn train(
    pairs: impl Iterator<Item = Result<Pair>>,
    settings: &Training,
    notice: &str,
) -> Result<Lexicon> {
    let corpus = Corpus::read(pairs, settings)?;
    if corpus.pairs.is_empty() {
        return Err(
            Error::new(Kind::Empty, "lexicon", "no sentence pair to learn from")
                .remedy("each line holds the Chinese text, a tab, and the English text"),
        );
    }
    let mut table = Table::new(&corpus);
    for round in 0..settings.rounds_apart + settings.rounds_agreed {
        let agreed = round >= settings.rounds_apart;
        let last = round + 1 == settings.rounds_apart + settings.rounds_agreed;
        table.reestimate(&corpus, settings, agreed, last);
    }
    let bytes = write(&table.contents(&corpus, settings, notice));
    Lexicon::read("trained lexicon", bytes.into())
}

/// The pairs as numbers of words.
struct Corpus {
    zh: Vocabulary,
    en: Vocabulary,
    pairs: Vec<Numbers>,
}

struct Numbers {
    zh: Box<[u32]>,
    en: Box<[u32]>,
    weight: f32,
}

#[derive(Default)]
struct Vocabulary {
    numbers: HashMap<Box<str>, u32>,
    words: Vec<Box<str>>,
    counts: Vec<f32>,
    total: f64,
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
    fn share(&self, word: u32) -> f32 {
        (f64::from(self.counts[word as usize]) / self.total) as f32
    }
}

impl Corpus {
    fn read(pairs: impl Iterator<Item = Result<Pair>>, settings: &Training) -> Result<Corpus> {
        const BATCH: usize = 20_000;
        let mut corpus = Corpus {
            zh: Vocabulary::default(),
            en: Vocabulary::default(),
            pairs: Vec::new(),
        };
        let mut pairs = pairs.peekable();
        while pairs.peek().is_some() {
            let batch = pairs.by_ref().take(BATCH).collect::<Result<Vec<Pair>>>()?;
            let cut: Vec<_> = batch
                .par_iter()
                .map(|pair| (keys(&pair.zh, Side::Zh), keys(&pair.en, Side::En), pair.weight))
                .collect();
            for (zh, en, weight) in cut {
                if !zh.is_empty() && !en.is_empty() && zh.len().max(en.len()) <= settings.max_words {
                    corpus.pairs.push(Numbers {
                        zh: zh.iter().map(|word| corpus.zh.count(word, weight)).collect(),
                        en: en.iter().map(|word| corpus.en.count(word, weight)).collect(),
                        weight,
                    });
                }
            }
        }
        corpus.forget_rare(settings.min_count);
        Ok(corpus)
    }

    /// Takes words out of the pairs that are too rare to be learned; they keep their numbers.
    fn forget_rare(&mut self, min_count: f32) {
        let keep = |words: &[u32], counts: &[f32]| {
            words
                .iter()
                .copied()
                .filter(|&word| counts[word as usize] >= min_count)
                .collect()
        };
        let (zh, en) = (&self.zh.counts, &self.en.counts);
        for pair in &mut self.pairs {
            pair.zh = keep(&pair.zh, zh);
            pair.en = keep(&pair.en, en);
        }
        self.pairs
            .retain(|pair| !pair.zh.is_empty() && !pair.en.is_empty());
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

/// Word pairs that occur together, by rows of Chinese words, with both directions' probabilities.
struct Table {
    row_ends: Vec<usize>,
    /// Nothing has been estimated yet.
    is_new: bool,
    en: Vec<u32>,
    en_given_zh: Vec<f32>,
    zh_given_en: Vec<f32>,
    /// After the last round: how many links each pair is expected to have.
    links: Vec<f32>,
}

/// Sums are kept in fixed point: adding integers gives the same total in any order, so on any number of threads.
const FIXED: f32 = (1 << 24) as f32;

impl Table {
    /// The word pairs that share a sentence pair more than once, or whose words are too rare to ask that of them.
    fn new(corpus: &Corpus) -> Table {
        const RARE: f32 = 6.0;
        const SHARDS: u32 = 64;
        let mut rows: Vec<Vec<u32>> = vec![Vec::new(); corpus.zh.words.len()];
        for shard in 0..SHARDS {
            let mut cells: Vec<u64> = corpus
                .pairs
                .par_iter()
                .flat_map_iter(|pair| {
                    let zh = pair.zh.iter().filter(move |&&zh| zh % SHARDS == shard);
                    zh.flat_map(|&zh| pair.en.iter().map(move |&en| u64::from(zh) << 32 | u64::from(en)))
                })
                .collect();
            cells.par_sort_unstable();
            for run in cells.chunk_by(|a, b| a == b) {
                let (zh, en) = ((run[0] >> 32) as usize, run[0] as u32);
                let rare = corpus.zh.counts[zh].min(corpus.en.counts[en as usize]) <= RARE;
                if run.len() > 1 || rare {
                    rows[zh].push(en);
                }
            }
        }
        let row_ends = rows
            .iter()
            .scan(0, |end, row| {
                *end += row.len();
                Some(*end)
            })
            .collect();
        let en: Vec<u32> = rows.concat();
        let zeros = vec![0.0; en.len()];
        Table {
            row_ends,
            is_new: true,
            en_given_zh: zeros.clone(),
            zh_given_en: zeros,
            links: Vec::new(),
            en,
        }
    }

    fn row(&self, zh: u32) -> std::ops::Range<usize> {
        let zh = zh as usize;
        (if zh == 0 { 0 } else { self.row_ends[zh - 1] })..self.row_ends[zh]
    }

    /// One round: expected links under the present probabilities, then probabilities from the links.
    fn reestimate(&mut self, corpus: &Corpus, settings: &Training, agreed: bool, last: bool) {
        let zeros = || (0..self.en.len()).map(|_| AtomicU64::new(0)).collect::<Vec<_>>();
        let (by_zh, by_en) = (zeros(), if agreed { Vec::new() } else { zeros() });
        corpus
            .pairs
            .par_iter()
            .for_each_init(Cells::default, |cells, pair| {
                cells.fill(self, corpus, pair, settings);
                for (cell, &entry) in cells.entries.iter().enumerate() {
                    if entry == NO_ENTRY {
                        continue;
                    }
                    let add = |sum: &AtomicU64, links: f32| {
                        sum.fetch_add((links * pair.weight * FIXED) as u64, Ordering::Relaxed);
                    };
                    if agreed {
                        add(&by_zh[entry], cells.en_to_zh[cell] * cells.zh_to_en[cell]);
                    } else {
                        add(&by_zh[entry], cells.en_to_zh[cell]);
                        add(&by_en[entry], cells.zh_to_en[cell]);
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
        self.is_new = false;
        self.normalise(corpus, &by_zh, &by_en);
        if last {
            self.links = by_zh;
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
    fn contents<'a>(&self, corpus: &'a Corpus, settings: &Training, notice: &'a str) -> Contents<'a> {
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

const NO_ENTRY: usize = usize::MAX;

/// The posteriors of one sentence pair: a row of cells for each Chinese word.
#[derive(Default)]
struct Cells {
    entries: Vec<usize>,
    /// That this English word comes from this Chinese word.
    en_to_zh: Vec<f32>,
    /// That this Chinese word comes from this English word.
    zh_to_en: Vec<f32>,
}

impl Cells {
    fn fill(&mut self, table: &Table, corpus: &Corpus, pair: &Numbers, settings: &Training) {
        let (n, m) = (pair.zh.len(), pair.en.len());
        self.entries.clear();
        self.en_to_zh.clear();
        self.zh_to_en.clear();
        for (i, &zh) in pair.zh.iter().enumerate() {
            let row = table.row(zh);
            let words = &table.en[row.clone()];
            for (j, &en) in pair.en.iter().enumerate() {
                let near = (-settings.tension
                    * ((i as f32 + 0.5) / n as f32 - (j as f32 + 0.5) / m as f32).abs())
                .exp();
                match words.binary_search(&en) {
                    Ok(place) => {
                        let entry = row.start + place;
                        self.entries.push(entry);
                        // Before the first round nothing is known but how rare a word is.
                        let (t, back) = if table.is_new {
                            (corpus.en.share(en), corpus.zh.share(zh))
                        } else {
                            (table.en_given_zh[entry], table.zh_given_en[entry])
                        };
                        self.en_to_zh.push(near * t);
                        self.zh_to_en.push(near * back);
                    }
                    Err(_) => {
                        self.entries.push(NO_ENTRY);
                        self.en_to_zh.push(0.0);
                        self.zh_to_en.push(0.0);
                    }
                }
            }
        }
        let null = settings.null;
        for j in 0..m {
            let total: f32 = (0..n).map(|i| self.en_to_zh[i * m + j]).sum();
            let none = null / (1.0 - null) * n as f32 * corpus.en.share(pair.en[j]);
            (0..n).for_each(|i| self.en_to_zh[i * m + j] /= total + none);
        }
        for i in 0..n {
            let total: f32 = self.zh_to_en[i * m..(i + 1) * m].iter().sum();
            let none = null / (1.0 - null) * m as f32 * corpus.zh.share(pair.zh[i]);
            self.zh_to_en[i * m..(i + 1) * m]
                .iter_mut()
                .for_each(|cell| *cell /= total + none);
        }
    }
}
