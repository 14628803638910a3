//! A report that was gone through into what is known already: its findings, and the verdicts of their reviewer.

use crate::error::{Error, Kind, Result};
use std::collections::HashMap;

/// What a reviewer wrote about a finding, in the last columns of a report in TSV.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opinion {
    /// `issue`, `error` or `dismissed`; empty where nobody judged.
    pub verdict: String,
    /// `minor`, `degree` or `substantive`: how much the texts differ (Mokry 2022).
    pub degree: String,
    pub remark: String,
}

impl Opinion {
    pub fn is_dismissed(&self) -> bool {
        self.verdict == "dismissed"
    }
}

/// Findings of an earlier report by their ids.
#[derive(Debug, Clone, Default)]
pub struct Review {
    opinions: HashMap<String, Opinion>,
}

impl Review {
    /// Reads a report in TSV, known by its column `id`; the columns `verdict`, `degree` and `remark` may be missing.
    ///
    /// ```
    /// use duizhao::audit::Review;
    /// let review = Review::read("old.tsv", "id\tverdict\n07a1\tdismissed\n")?;
    /// assert!(review.of("07a1").is_some_and(|opinion| opinion.is_dismissed()));
    /// # Ok::<(), duizhao::error::Error>(())
    /// ```
    pub fn read(name: &str, report: &str) -> Result<Review> {
        let mut lines = report.trim_start_matches('\u{feff}').lines();
        let header: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
        let place = |column: &str| header.iter().position(|name| *name == column);
        let Some(id) = place("id") else {
            return Err(Error::new(Kind::Malformed, name, "the header names no column id")
                .line(1)
                .remedy("give a report that `duizhao audit --format tsv` wrote"));
        };
        let places = [place("verdict"), place("degree"), place("remark")];
        let mut opinions = HashMap::new();
        for (number, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let fields: Vec<&str> = line.split('\t').collect();
            let field = |place: Option<usize>| {
                place
                    .and_then(|place| fields.get(place))
                    .map_or("", |field| field.trim())
            };
            let [verdict, degree, remark] = places.map(field);
            let known = |said: &str, words: [&str; 3]| said.is_empty() || words.contains(&said);
            if !known(verdict, ["issue", "error", "dismissed"])
                || !known(degree, ["minor", "degree", "substantive"])
            {
                return Err(Error::new(
                    Kind::Malformed,
                    name,
                    format!("{verdict:?} {degree:?} is no verdict"),
                )
                .line(number + 2)
                .remedy("a verdict is issue, error or dismissed; a degree minor, degree or substantive"));
            }
            let opinion = Opinion {
                verdict: verdict.into(),
                degree: degree.into(),
                remark: remark.into(),
            };
            opinions.insert(field(Some(id)).to_owned(), opinion);
        }
        Ok(Review { opinions })
    }

    /// What stands in the report about a finding; none where it is not in it.
    pub fn of(&self, id: &str) -> Option<&Opinion> {
        self.opinions.get(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_that_is_none_is_refused_with_its_line() {
        let error = Review::read("old.tsv", "id\tverdict\n07a1\twrong\n").expect_err("no verdict");
        assert!(
            error.to_string().starts_with("old.tsv: line 2: \"wrong\""),
            "{error}"
        );
    }
}
