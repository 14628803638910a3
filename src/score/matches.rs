//! Word matches between sentences into what each sentence gains by a run of the other side; kept while the aligner is
//! near.

use super::Pairing;
use super::pairing::{Link, Sentence};
use std::iter::Sum;
use std::ops::Range;

/// The nats by which a run of sentences makes a sentence of the other side likelier than chance does, by kind of word.
///
/// A word's best match in the run explains it, and that match had all words there to choose from. So what a side of a
/// bead gains is the sum over its sentences, and a sentence's gain by a run serves every bead that has both.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Gain {
    pub words: f32,
    pub marks: f32,
    pub values: f32,
}

impl Sum for Gain {
    fn sum<I: Iterator<Item = Gain>>(gains: I) -> Gain {
        gains.fold(Gain::default(), |sum, gain| Gain {
            words: sum.words + gain.words,
            marks: sum.marks + gain.marks,
            values: sum.values + gain.values,
        })
    }
}

/// The rows last asked for: one a Chinese sentence, over a window of English sentences.
#[derive(Default)]
pub(super) struct Matches {
    rows: [Row; ROWS],
    column: Column,
    best: Best,
    /// For each English type, the first of its places in the window looked up last: the next window is near.
    near: Vec<u32>,
}

/// A bead has at most seven Chinese sentences, so eight rows are never more than one bead apart.
const ROWS: usize = 8;
/// Sentences of the longest runs whose gains are kept: no bead has more on one side.
const LONGEST: usize = 7;
/// Most of the search asks for no longer runs than this; all lengths are worked out where it asks for more.
const SHORT: usize = 2;
/// English sentences that are looked up ahead of the one that is asked for.
const AHEAD: usize = 24;

impl Matches {
    /// What a Chinese sentence gains by a run of English sentences.
    pub fn zh_gain(&mut self, pairing: &Pairing, zh: usize, en: Range<usize>) -> Gain {
        let Matches { rows, best, near, .. } = self;
        let back = en.end.saturating_sub(LONGEST.max(en.len()));
        let row = row(rows, near, pairing, zh, back..en.end);
        let place = en.end - 1 - row.en.start;
        if let Some(gain) = row.gains[place].get(en.len()) {
            return gain;
        }
        let sentence = &pairing.zh.sentences[zh];
        let (mut gains, mut gain) = (Gains::default(), Gain::default());
        best.begin(sentence);
        for length in 1..=lengths(&en) {
            let start = en.end - length;
            for found in row.of(start) {
                best.raise(found.zh, found.ratio);
            }
            gain = best.gain(sentence, pairing.en.words(start..en.end));
            gains.push(gain);
        }
        row.gains[place] = gains;
        gains.get(en.len()).unwrap_or(gain)
    }

    /// What an English sentence gains by a run of Chinese sentences.
    pub fn en_gain(&mut self, pairing: &Pairing, zh: Range<usize>, en: usize) -> Gain {
        let Matches {
            rows,
            column,
            best,
            near,
        } = self;
        let known = column.gains(zh.end, en);
        if let Some(gain) = known.get(zh.len()) {
            return gain;
        }
        let sentence = &pairing.en.sentences[en];
        let (mut gains, mut gain) = (Gains::default(), Gain::default());
        best.begin(sentence);
        for length in 1..=lengths(&zh) {
            let start = zh.end - length;
            for found in row(rows, near, pairing, start, en..en + 1).of(en) {
                best.raise(found.en, found.ratio);
            }
            gain = best.gain(sentence, pairing.zh.words(start..zh.end));
            gains.push(gain);
        }
        *known = gains;
        gains.get(zh.len()).unwrap_or(gain)
    }
}

/// How many of the runs that end where this one does are worked out along with it.
fn lengths(run: &Range<usize>) -> usize {
    let least = if run.len() <= SHORT { SHORT } else { LONGEST };
    least.max(run.len()).min(run.end)
}

/// What a sentence gains by the runs that end at one place, shortest first.
#[derive(Debug, Clone, Copy, Default)]
struct Gains {
    known: usize,
    of: [Gain; LONGEST],
}

impl Gains {
    fn get(&self, length: usize) -> Option<Gain> {
        (length <= self.known).then(|| self.of[length - 1])
    }

    /// Longer runs than a bead's are worked out each time they are asked for.
    fn push(&mut self, gain: Gain) {
        if self.known < LONGEST {
            self.of[self.known] = gain;
            self.known += 1;
        }
    }
}

/// A Chinese word and an English word, by their places in their sentences, that translate each other.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Match {
    zh: u16,
    en: u16,
    ratio: f32,
}

/// A Chinese sentence's matches with a window of English sentences.
#[derive(Default)]
struct Row {
    zh: usize,
    /// English sentences looked up; empty in a row not yet used.
    en: Range<usize>,
    /// Where each English sentence's matches end.
    ends: Vec<u32>,
    matches: Vec<Match>,
    /// What the Chinese sentence gains by the runs that end with each English sentence.
    gains: Vec<Gains>,
    /// Matches in the order of the Chinese words, each with its English sentence; room that is kept between look-ups.
    found: Vec<(u32, Match)>,
}

/// The row of a Chinese sentence, with at least these English sentences looked up.
fn row<'a>(
    rows: &'a mut [Row; ROWS],
    near: &mut Vec<u32>,
    pairing: &Pairing,
    zh: usize,
    en: Range<usize>,
) -> &'a mut Row {
    let row = &mut rows[zh % ROWS];
    if row.zh != zh || row.en.is_empty() {
        row.begin(zh, en.start.saturating_sub(LONGEST));
    } else if en.start < row.en.start {
        // The search goes forwards; whoever does not pays for few look-ups, too, as the window doubles.
        let end = row.en.end;
        row.begin(zh, en.start.saturating_sub(row.en.len()));
        row.look_up(near, pairing, end);
    }
    if row.en.end < en.end {
        let ahead = AHEAD.max(row.en.len());
        row.look_up(near, pairing, (en.end + ahead).min(pairing.en_len()));
    }
    row
}

impl Row {
    fn begin(&mut self, zh: usize, en: usize) {
        self.zh = zh;
        self.en = en..en;
        self.ends.clear();
        self.matches.clear();
        self.gains.clear();
    }

    /// The matches with an English sentence that was looked up.
    fn of(&self, en: usize) -> &[Match] {
        let at = en - self.en.start;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.matches[start..self.ends[at] as usize]
    }

    /// Goes on to the English sentence `end`.
    fn look_up(&mut self, near: &mut Vec<u32>, pairing: &Pairing, end: usize) {
        near.resize(pairing.places.len(), 0);
        let (known, new) = (self.en.len(), self.en.end..end);
        self.en.end = end;
        self.found.clear();
        self.ends.resize(self.en.len(), 0);
        self.gains.resize(self.en.len(), Gains::default());
        for (zh, &word) in pairing.zh.sentences[self.zh].words.iter().enumerate() {
            for &Link { en: word, ratio } in pairing.links.of(word) {
                let places = pairing.places.of(word);
                let first = first_from(places, near[word as usize] as usize, new.start);
                near[word as usize] = first as u32;
                for &(sentence, en) in &places[first..] {
                    if sentence as usize >= new.end {
                        break;
                    }
                    self.ends[known + sentence as usize - new.start] += 1;
                    let zh = zh as u16;
                    self.found.push((sentence, Match { zh, en, ratio }));
                }
            }
        }
        // Counts become starts, and starts become ends as the matches move to their sentences.
        let mut start = self.matches.len() as u32;
        for end in &mut self.ends[known..] {
            start += std::mem::replace(end, start);
        }
        self.matches.resize(start as usize, Match::default());
        for &(sentence, found) in &self.found {
            let end = &mut self.ends[known + sentence as usize - new.start];
            self.matches[*end as usize] = found;
            *end += 1;
        }
    }
}

/// The first of a word's places that lies in sentence `start` or behind it, looked for from a place that is near.
fn first_from(places: &[(u32, u16)], near: usize, start: usize) -> usize {
    let is_before = |&&(sentence, _): &&(u32, u16)| (sentence as usize) < start;
    let behind = places[near..].iter().take_while(is_before).count();
    let back = places[..near]
        .iter()
        .rev()
        .take_while(|place| !is_before(place))
        .count();
    near + behind - back
}

/// What English sentences gain by the Chinese runs that end where the aligner stands.
#[derive(Default)]
struct Column {
    zh_end: usize,
    /// The English sentence of the first gains.
    start: usize,
    gains: Vec<Gains>,
}

impl Column {
    fn gains(&mut self, zh_end: usize, en: usize) -> &mut Gains {
        if self.zh_end != zh_end || en < self.start {
            self.zh_end = zh_end;
            self.start = en.saturating_sub(LONGEST);
            self.gains.clear();
        }
        let place = en - self.start;
        if self.gains.len() <= place {
            self.gains.resize(place + 1, Gains::default());
        }
        &mut self.gains[place]
    }
}

/// The best match of each word of one sentence, as a run on the other side grows.
#[derive(Default)]
struct Best {
    /// 0 where a word has no match.
    ratios: Vec<f32>,
}

impl Best {
    fn begin(&mut self, sentence: &Sentence) {
        self.ratios.clear();
        self.ratios.resize(sentence.words.len(), 0.0);
    }

    fn raise(&mut self, place: u16, ratio: f32) {
        let best = &mut self.ratios[usize::from(place)];
        *best = best.max(ratio);
    }

    /// `others`: words on the other side.
    fn gain(&self, sentence: &Sentence, others: u32) -> Gain {
        let share = 1.0 / others as f32;
        let (rest, values) = self.ratios.split_at(sentence.values_at);
        let (words, marks) = rest.split_at(sentence.marks_at);
        Gain {
            words: nats(words, share),
            marks: nats(marks, share),
            values: nats(values, share),
        }
    }
}

/// The sum of the logarithms of what each word gains, taken as products: one logarithm for many words, and a word
/// without a match, which gains nothing, costs a multiplication and no branch.
fn nats(ratios: &[f32], share: f32) -> f32 {
    /// A gain is below 10^8, so a product of four times as many and three more stays below 10^300.
    const MOST: usize = 8;
    let gain = |ratio: f32| f64::from(1.0 + ratio * share);
    let nats = |product: f64| if product == 1.0 { 0.0 } else { product.ln() };
    // Four side by side, so that no multiplication waits for the last.
    let (fours, rest) = ratios.as_chunks::<4>();
    let (mut sum, mut product) = (0.0, 1.0);
    for &ratio in rest {
        product *= gain(ratio);
    }
    for fours in fours.chunks(MOST) {
        let mut products = [1.0; 4];
        for &[a, b, c, d] in fours {
            let [pa, pb, pc, pd] = products;
            products = [pa * gain(a), pb * gain(b), pc * gain(c), pd * gain(d)];
        }
        let [pa, pb, pc, pd] = products;
        product *= (pa * pb) * (pc * pd);
        sum += nats(product);
        product = 1.0;
    }
    (sum + nats(product)) as f32
}
