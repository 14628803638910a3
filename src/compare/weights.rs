//! What each feature of a pair of passages is worth: the table `weights.tsv`, learned from links made by hand.

use super::feature::{FEATURES, Feature, Features};
use crate::error::Result;
use crate::score::table;
use std::fmt;
use std::sync::LazyLock;

/// Names the last line of the table.
const WHOLE: &str = "Whole";

static EMBEDDED: LazyLock<Weights> = LazyLock::new(|| {
    Weights::read("weights.tsv", include_str!("weights.tsv")).expect("a test reads the table")
});

/// What tells links from other pairs, and links of whole passages from those of parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// The logarithm of the odds that two passages say the same is the sum of these, times the features.
    pub features: Features,
    /// [`Feature::Cover`] from which linked passages say the same, and not only in part.
    ///
    /// Learned from other events, it labels 45 of 60 found gold links rightly.
    pub whole: f32,
}

impl Weights {
    /// The table inside the program.
    pub fn embedded() -> &'static Weights {
        &EMBEDDED
    }

    /// Reads lines of `feature<TAB>weight<TAB>what it says`, one for each feature, in order, and behind them such a line of
    /// `Whole`; `#` begins a remark.
    pub fn read(name: &str, text: &str) -> Result<Weights> {
        let of_features = Feature::ALL.iter().map(|feature| format!("{feature:?}"));
        let names: Vec<String> = of_features.chain([WHOLE.into()]).collect();
        let numbers = table::read(name, text, &names)?;
        Ok(Weights {
            features: std::array::from_fn(|at| numbers[at]),
            whole: numbers[FEATURES],
        })
    }

    /// How probable it is that two passages with these features say the same.
    pub fn probability(&self, features: &Features) -> f32 {
        let sum: f32 = self
            .features
            .iter()
            .zip(features)
            .map(|(weight, feature)| weight * feature)
            .sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// The table as it is read.
impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (feature, weight) in Feature::ALL.iter().zip(self.features) {
            table::write(f, &format!("{feature:?}"), weight, feature.says())?;
        }
        table::write(
            f,
            WHOLE,
            self.whole,
            "Cover from which a link is no part, but `same`",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_writes_itself() {
        let weights = Weights::embedded();
        assert_eq!(&Weights::read("again", &weights.to_string()).unwrap(), weights);
    }
}
