//! What each feature of a pair of passages is worth: the table `weights.tsv`, learned from links made by hand.

use super::feature::{FEATURES, Feature, Features};
use crate::error::{Error, Kind, Result};
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
    pub fn read(name: &str, table: &str) -> Result<Weights> {
        let fail = |line: usize, cause: String| Error::new(Kind::Malformed, name, cause).line(line + 1);
        let lines: Vec<(usize, &str)> = table
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#'))
            .collect();
        if lines.len() != FEATURES + 1 {
            let cause = format!("{} lines for {FEATURES} features and `{WHOLE}`", lines.len());
            return Err(Error::new(Kind::Malformed, name, cause));
        }
        let number = |(at, line): (usize, &str), due: &str| {
            let mut columns = line.split('\t');
            if columns.next() != Some(due) {
                return Err(fail(at, format!("the number of {due} is due here")));
            }
            let column = columns.next().and_then(|column| column.parse::<f32>().ok());
            column.ok_or_else(|| fail(at, "no number in the second column".into()))
        };
        let mut features = [0.0; FEATURES];
        for ((weight, feature), &line) in features.iter_mut().zip(Feature::ALL).zip(&lines) {
            *weight = number(line, &format!("{feature:?}"))?;
        }
        let whole = number(lines[FEATURES], WHOLE)?;
        Ok(Weights { features, whole })
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
        Feature::ALL
            .iter()
            .zip(self.features)
            .try_for_each(|(feature, weight)| writeln!(f, "{feature:?}\t{weight:.4}\t{}", feature.says()))?;
        writeln!(
            f,
            "{WHOLE}\t{:.4}\tCover from which a link is no part, but `same`",
            self.whole
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
