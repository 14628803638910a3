//! Scored beads against gold: how often those are right that say they are right nine times in ten.

use super::{Bead, Beads, ratio};
use crate::error::{Error, Kind, Result};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// A bead with both sides and its score, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    pub bead: Bead,
    pub score: f64,
}

/// Beads by score in ten bins of equal width.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    pub bins: [Bin; 10],
}

/// The beads of one bin; means and shares are 0 where it has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bin {
    pub beads: usize,
    /// Their mean score.
    pub score: f64,
    /// Share that are gold beads.
    pub right: f64,
    /// Share whose sentences all stand in one gold bead: all that gold of whole blocks can say.
    pub inside: f64,
}

/// Judges the scores of document pairs against their gold, counted over all pairs together. Omissions and additions have
/// no score and do not count.
///
/// # Errors
/// [`Kind::Usage`] when there is not one gold for each test.
///
/// ```
/// use duizhao::eval::{Bead, Scored, reliability};
/// let bead = |zh: &[usize], en: &[usize]| Bead { zh: zh.to_vec(), en: en.to_vec() };
/// let gold = vec![bead(&[0], &[0]), bead(&[1], &[1, 2])];
/// let test = vec![
///     Scored { bead: bead(&[0], &[0]), score: 0.97 },
///     Scored { bead: bead(&[1], &[1]), score: 0.93 },
/// ];
/// let table = reliability(&[gold], &[test])?;
/// assert_eq!((table.bins[9].beads, table.bins[9].right, table.bins[9].inside), (2, 0.5, 1.0));
/// assert!((table.error() - 0.45).abs() < 1e-9);
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub fn reliability(gold: &[Beads], test: &[Vec<Scored>]) -> Result<Reliability> {
    if gold.len() != test.len() {
        let cause = format!("{} gold files for {} tested ones", gold.len(), test.len());
        return Err(
            Error::new(Kind::Usage, "eval", cause).remedy("give one gold file for each, in the same order")
        );
    }
    let mut bins = [Bin::default(); 10];
    for (gold, test) in gold.iter().zip(test) {
        let beads: BTreeSet<&Bead> = gold.iter().collect();
        let blocks = Blocks::new(gold);
        for Scored { bead, score } in test {
            let bin = &mut bins[((score * 10.0) as usize).min(9)];
            bin.beads += 1;
            bin.score += score;
            bin.right += f64::from(u8::from(beads.contains(bead)));
            bin.inside += f64::from(u8::from(blocks.hold(bead)));
        }
    }
    for bin in &mut bins {
        let beads = bin.beads as f64;
        for sum in [&mut bin.score, &mut bin.right, &mut bin.inside] {
            *sum = ratio(*sum, beads);
        }
    }
    Ok(Reliability { bins })
}

impl Reliability {
    /// The expected calibration error (Guo et al. 2017): how far a bin's mean score is from its share of right beads,
    /// averaged over beads.
    pub fn error(&self) -> f64 {
        self.mean(|bin| (bin.score - bin.right).abs())
    }

    /// The same, where a bead inside a gold bead is right.
    pub fn error_inside(&self) -> f64 {
        self.mean(|bin| (bin.score - bin.inside).abs())
    }

    /// All beads as one bin.
    pub fn all(&self) -> Bin {
        Bin {
            beads: self.bins.iter().map(|bin| bin.beads).sum(),
            score: self.mean(|bin| bin.score),
            right: self.mean(|bin| bin.right),
            inside: self.mean(|bin| bin.inside),
        }
    }

    fn mean(&self, of: impl Fn(&Bin) -> f64) -> f64 {
        let beads: usize = self.bins.iter().map(|bin| bin.beads).sum();
        let sum: f64 = self.bins.iter().map(|bin| bin.beads as f64 * of(bin)).sum();
        ratio(sum, beads as f64)
    }
}

/// The gold bead of each sentence; of a sentence in several, the last.
struct Blocks {
    of_zh: HashMap<usize, usize>,
    of_en: HashMap<usize, usize>,
}

impl Blocks {
    fn new(gold: &Beads) -> Blocks {
        let places = |side: fn(&Bead) -> &Vec<usize>| {
            let numbered = gold.iter().enumerate();
            numbered
                .flat_map(|(number, bead)| side(bead).iter().map(move |&place| (place, number)))
                .collect()
        };
        Blocks {
            of_zh: places(|bead| &bead.zh),
            of_en: places(|bead| &bead.en),
        }
    }

    fn hold(&self, bead: &Bead) -> bool {
        let zh = bead.zh.iter().map(|place| self.of_zh.get(place));
        let en = bead.en.iter().map(|place| self.of_en.get(place));
        let mut blocks = zh.chain(en);
        let first = blocks.next().flatten();
        first.is_some() && blocks.all(|block| block == first)
    }
}
