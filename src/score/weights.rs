//! What each feature is worth: the table `weights.tsv`, learned from gold alignments.

use super::feature::{Feature, Features};
use super::table;
use crate::error::Result;
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
    pub fn read(name: &str, text: &str) -> Result<Weights> {
        let names: Vec<String> = Feature::ALL
            .iter()
            .map(|feature| format!("{feature:?}"))
            .collect();
        let numbers = table::read(name, text, &names)?;
        Ok(Weights(std::array::from_fn(|at| numbers[at])))
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
        Feature::ALL.iter().zip(self.0).try_for_each(|(feature, weight)| {
            table::write(f, &format!("{feature:?}"), weight, feature.says())
        })
    }
}
