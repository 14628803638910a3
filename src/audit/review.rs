//! A report that was gone through into what is known already: its findings, the verdicts of their reviewer, its sources.

use super::report::{Identity, JSON_SCHEMA};
use crate::error::{Error, Kind, Result};
use serde::Deserialize;
use std::collections::HashMap;

/// What a reviewer wrote about a finding, in the last columns of a report in TSV or in its fields in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
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

    fn is_known(&self) -> bool {
        let known = |said: &str, words: [&str; 3]| said.is_empty() || words.contains(&said);
        known(&self.verdict, ["issue", "error", "dismissed"])
            && known(&self.degree, ["minor", "degree", "substantive"])
    }
}

/// Findings of an earlier report by their ids, and what it is of.
#[derive(Debug, Clone, Default)]
pub struct Review {
    opinions: HashMap<String, Opinion>,
    /// The sources of the report; none are known of a report in TSV.
    pub sources: Vec<Identity>,
}

/// What is read back of a report in JSON.
#[derive(Deserialize)]
struct Earlier {
    schema: u32,
    findings: Vec<Judged>,
    #[serde(default)]
    sources: Vec<Identity>,
    #[serde(default)]
    known: Vec<String>,
}

#[derive(Deserialize)]
struct Judged {
    id: String,
    #[serde(flatten)]
    opinion: Opinion,
}

impl Review {
    /// Reads a report in JSON, known by its brace, or in TSV, known by its column `id`; the columns `verdict`, `degree` and
    /// `remark` may be missing. A report in JSON also gives its sources, and counts what it hid as known by its own baseline.
    ///
    /// ```
    /// use duizhao::audit::Review;
    /// let review = Review::read("old.tsv", "id\tverdict\n07a1\tdismissed\n")?;
    /// assert!(review.of("07a1").is_some_and(|opinion| opinion.is_dismissed()));
    /// let review = Review::read("old.json", r#"{"schema": 3, "findings": [], "known": ["07a1"]}"#)?;
    /// assert!(review.of("07a1").is_some_and(|opinion| !opinion.is_dismissed()));
    /// # Ok::<(), duizhao::error::Error>(())
    /// ```
    pub fn read(name: &str, report: &str) -> Result<Review> {
        let report = report.trim_start_matches('\u{feff}');
        match report.trim_start().starts_with('{') {
            true => json(name, report),
            false => tsv(name, report),
        }
    }

    /// What stands in the report about a finding; none where it is not in it.
    pub fn of(&self, id: &str) -> Option<&Opinion> {
        self.opinions.get(id)
    }
}

fn json(name: &str, report: &str) -> Result<Review> {
    let Earlier {
        schema,
        findings,
        sources,
        known,
    } = serde_json::from_str(report).map_err(|cause| {
        Error::new(Kind::Malformed, name, cause.to_string())
            .line(cause.line())
            .remedy("give a report that `duizhao audit --format json` wrote")
    })?;
    if schema > JSON_SCHEMA {
        let cause = format!("a report of schema {schema}, and this program knows {JSON_SCHEMA}");
        return Err(Error::new(Kind::Malformed, name, cause).remedy("use the program that wrote it"));
    }
    if let Some(judged) = findings.iter().find(|judged| !judged.opinion.is_known()) {
        let place = report.find(&judged.id).unwrap_or_default();
        return Err(no_verdict(
            name,
            &judged.opinion,
            report[..place].matches('\n').count() + 1,
        ));
    }
    let known = known.into_iter().map(|id| (id, Opinion::default()));
    let judged = findings.into_iter().map(|judged| (judged.id, judged.opinion));
    Ok(Review {
        opinions: known.chain(judged).collect(),
        sources,
    })
}

fn tsv(name: &str, report: &str) -> Result<Review> {
    let mut lines = report.lines();
    let header: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let place = |column: &str| header.iter().position(|name| *name == column);
    let Some(id) = place("id") else {
        return Err(Error::new(Kind::Malformed, name, "the header names no column id")
            .line(1)
            .remedy("give a report that `duizhao audit` wrote as TSV or JSON"));
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
        let [verdict, degree, remark] = places.map(field).map(str::to_owned);
        let opinion = Opinion {
            verdict,
            degree,
            remark,
        };
        if !opinion.is_known() {
            return Err(no_verdict(name, &opinion, number + 2));
        }
        opinions.insert(field(Some(id)).to_owned(), opinion);
    }
    Ok(Review {
        opinions,
        sources: Vec::new(),
    })
}

fn no_verdict(name: &str, Opinion { verdict, degree, .. }: &Opinion, line: usize) -> Error {
    Error::new(
        Kind::Malformed,
        name,
        format!("{verdict:?} {degree:?} is no verdict"),
    )
    .line(line)
    .remedy("a verdict is issue, error or dismissed; a degree minor, degree or substantive")
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
        let report = "{\"schema\": 2, \"findings\": [\n{\"id\": \"07a1\", \"verdict\": \"wrong\"}]}";
        let error = Review::read("old.json", report).expect_err("no verdict");
        assert!(
            error.to_string().starts_with("old.json: line 2: \"wrong\""),
            "{error}"
        );
    }

    #[test]
    fn a_report_of_a_later_program_is_refused_and_one_without_sources_is_not() {
        let later = Review::read("new.json", r#"{"schema": 999, "findings": []}"#);
        assert!(
            later
                .expect_err("nobody knows its fields")
                .to_string()
                .contains("schema 999")
        );
        let first = Review::read("old.json", r#"{"schema": 1, "findings": [{"id": "07a1"}]}"#);
        assert!(first.is_ok_and(|review| review.of("07a1").is_some() && review.sources.is_empty()));
    }
}
