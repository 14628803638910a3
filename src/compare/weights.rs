//! What each feature of a pair of passages is worth: the table `weights.tsv`, learned from links made by hand.

use super::feature::{FEATURES, Feature, Features};
use crate::error::{Error, Kind, Result};
use std::fmt;
use std::sync::LazyLock;

static EMBEDDED: LazyLock<Weights> = LazyLock::new(|| {
    Weights::read("weights.tsv", include_str!("weights.tsv")).expect("a test reads the table")
});

/// A weight for each feature: the logarithm of the odds that two passages say the same is their sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights(pub Features);

impl Weights {
    /// The table inside the program.
    pub fn embedded() -> &'static Weights {
        &EMBEDDED
    }

    /// Reads lines of `feature<TAB>weight<TAB>what it says`, one for each feature, in order; `#` begins a remark.
    pub fn read(name: &str, table: &str) -> Result<Weights> {
        let fail = |line: usize, cause: String| Error::new(Kind::Malformed, name, cause).line(line + 1);
        let lines: Vec<(usize, &str)> = table
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#'))
            .collect();
        if lines.len() != FEATURES {
            let cause = format!("{} weights for {FEATURES} features", lines.len());
            return Err(Error::new(Kind::Malformed, name, cause));
        }
        let mut weights = [0.0; FEATURES];
        for ((weight, feature), (at, line)) in weights.iter_mut().zip(Feature::ALL).zip(lines) {
            let mut columns = line.split('\t');
            if columns.next() != Some(&format!("{feature:?}")) {
                return Err(fail(at, format!("the weight of {feature:?} is due here")));
            }
            let column = columns.next().and_then(|column| column.parse().ok());
            *weight = column.ok_or_else(|| fail(at, "no number in the second column".into()))?;
        }
        Ok(Weights(weights))
    }

    /// How probable it is that two passages with these features say the same.
    pub fn probability(&self, features: &Features) -> f32 {
        let sum: f32 = self
            .0
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
        Feature::ALL
            .iter()
            .zip(self.0)
            .try_for_each(|(feature, weight)| writeln!(f, "{feature:?}\t{weight:.4}\t{}", feature.says()))
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

    #[test]
    fn a_table_with_a_line_too_few_or_out_of_place_is_refused() {
        let table = Weights::embedded().to_string();
        let short: Vec<&str> = table.lines().skip(1).collect();
        assert!(Weights::read("short", &short.join("\n")).is_err());
        let turned: Vec<&str> = table.lines().rev().collect();
        let error = Weights::read("turned", &turned.join("\n")).unwrap_err();
        assert_eq!(error.place.line, Some(1));
    }
}
