//! Runs of sentences into numbers: how much better a Chinese run and an English run fit than chance would have them.

mod anchor;
mod feature;
mod matches;
mod pairing;
mod quotation;
pub(crate) mod table;
mod weights;

pub use anchor::{Anchor, anchors};
pub use feature::{FEATURES, Feature, Features};
pub use pairing::Pairing;
pub use weights::Weights;

use matches::Matches;
use std::cell::RefCell;
use std::ops::Range;

/// The worth of a bead, in nats: what the aligner adds up along a path.
///
/// Pure: the same runs always have the same worth. One side may be empty, which is the price of leaving the other side
/// without a partner; never both. Finite: what must not be has a high price, but a price.
pub trait Score {
    fn score(&self, zh: Range<usize>, en: Range<usize>) -> f32;
}

/// Any function of two runs is a scorer, so that tests can align nonsense.
impl<F: Fn(Range<usize>, Range<usize>) -> f32> Score for F {
    fn score(&self, zh: Range<usize>, en: Range<usize>) -> f32 {
        self(zh, en)
    }
}

/// Scores the beads of one document pair: its features, weighed.
///
/// ```
/// use duizhao::{lexicon::Lexicon, score::{Pairing, Score, Scorer, Weights}};
/// let zh = ["他昨天买了一本书。", "天下雨了。"];
/// let en = ["It is raining.", "He bought a book yesterday."];
/// let pairing = Pairing::new(zh, en, Lexicon::embedded());
/// let scorer = Scorer::new(&pairing, Weights::embedded());
/// assert!(scorer.score(0..1, 1..2) > scorer.score(0..1, 0..1));
/// ```
pub struct Scorer<'a> {
    pairing: &'a Pairing,
    weights: &'a Weights,
    /// Word matches already looked up: neighbouring beads share most of theirs.
    matches: RefCell<Matches>,
}

impl<'a> Scorer<'a> {
    pub fn new(pairing: &'a Pairing, weights: &'a Weights) -> Self {
        Scorer {
            pairing,
            weights,
            matches: RefCell::default(),
        }
    }

    /// What the score is made of; the trainer of the weights reads it.
    pub fn features(&self, zh: Range<usize>, en: Range<usize>) -> Features {
        let mut features = [0.0; FEATURES];
        self.describe(zh, en, |feature, value| features[feature as usize] = value);
        features
    }

    fn describe(&self, zh: Range<usize>, en: Range<usize>, set: impl FnMut(Feature, f32)) {
        feature::features(self.pairing, &mut self.matches.borrow_mut(), zh, en, set);
    }
}

impl Score for Scorer<'_> {
    fn score(&self, zh: Range<usize>, en: Range<usize>) -> f32 {
        let mut sum = 0.0;
        self.describe(zh, en, |feature, value| sum += self.weights.of(feature) * value);
        sum
    }
}
