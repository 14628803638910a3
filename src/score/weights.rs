//! What each feature is worth: the table `weights.tsv`, learned from gold alignments.

use super::feature::{FEATURES, Feature, Features};
use crate::error::{Error, Kind, Result};
use std::fmt;
use std::sync::LazyLock;

static EMBEDDED: LazyLock<Weights> = LazyLock::new(|| {
    Weights::read("weights.tsv", include_str!("weights.tsv")).expect("a test reads the table")
});

/// A weight for each feature, in nats.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights(pub Features);

impl Weights {
    /// The table inside the program.
    pub fn embedded() -> &'static Weights {
        &EMBEDDED
    }

    /// Reads lines of `feature<TAB>weight<TAB>what it says`, one for each feature, in order; `#` begins a remark.
    pub fn read(name: &str, table: &str) -> Result<Weights> {
        let lines = table
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#'));
        let mut weights = [0.0; FEATURES];
        let mut read = 0;
        for (index, line) in lines {
            let fail = |cause: String| Error::new(Kind::Malformed, name, cause).line(index + 1);
            let feature = Feature::ALL
                .get(read)
                .ok_or_else(|| fail("more weights than features".into()))?;
            let mut columns = line.split('\t');
            if columns.next() != Some(&format!("{feature:?}")) {
                return Err(fail(format!("the weight of {feature:?} is due here")));
            }
            let weight = columns.next().and_then(|column| column.parse().ok());
            weights[read] = weight.ok_or_else(|| fail("no number in the second column".into()))?;
            read += 1;
        }
        match read == FEATURES {
            true => Ok(Weights(weights)),
            false => Err(Error::new(
                Kind::Malformed,
                name,
                format!("{read} weights for {FEATURES} features"),
            )),
        }
    }

    pub fn of(&self, feature: Feature) -> f32 {
        self.0[feature as usize]
    }

    /// The weighted sum.
    pub fn sum(&self, features: &Features) -> f32 {
        self.0
            .iter()
            .zip(features)
            .map(|(weight, feature)| weight * feature)
            .sum()
    }
}

/// The table as it is read.
impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        Feature::ALL
            .iter()
            .zip(self.0)
            .try_for_each(|(feature, weight)| writeln!(f, "{feature:?}\t{weight:.4}\t{}", feature.says()))
    }
}
