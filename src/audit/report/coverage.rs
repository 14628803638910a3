//! The statements and names of an event into matrices of who tells what and who names whom: a column a source.

use super::html::{line, table};
use crate::audit::{Named, Telling};
use quick_xml::escape::escape;
use serde::Serialize;
use std::io::{self, Write};

/// A statement, by its first teller, and who else tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The source's place among the report's, from 0.
    pub source: usize,
    pub text: String,
    /// For each source `said` (its own), `same`, `part`, or none: not found, which is not denied.
    pub found: Vec<Option<&'static str>>,
}

/// All statements of an event, in the order of its sources.
pub(super) fn coverage(telling: &Telling) -> Vec<Told> {
    let Telling {
        event, statements, ..
    } = telling;
    let told = statements.iter().map(|statement| {
        let found = statement.found.iter().enumerate().map(|(source, found)| {
            let label = |label: crate::compare::Label| {
                if source == statement.source {
                    "said"
                } else {
                    label.name()
                }
            };
            found.map(|(of, _)| label(of))
        });
        Told {
            source: statement.source,
            text: event.sources[statement.source].passages[statement.passage]
                .text
                .to_owned(),
            found: found.collect(),
        }
    });
    told.collect()
}

/// The matrix as a table of a page; nothing where no event was audited.
pub(super) fn matrix(out: &mut impl Write, coverage: &[Told], sources: &[super::Identity]) -> io::Result<()> {
    if coverage.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = sources
        .iter()
        .map(|source| escape(source.file()).into_owned())
        .collect();
    let head: Vec<&str> = ["statement"]
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .collect();
    writeln!(out, "<section id=\"coverage\">")?;
    let note = format!(
        "{} statements; an empty cell says not found, which is not denied.",
        coverage.len()
    );
    table(out, "Who tells what", &note, &head)?;
    for told in coverage {
        let cells = told.found.iter().map(|found| found.unwrap_or_default());
        let fields: Vec<&str> = [told.text.as_str()].into_iter().chain(cells).collect();
        line(out, None, "", &fields)?;
    }
    writeln!(out, "</table></div>\n</section>")
}

/// The names in the same way, with how often each source gives them.
pub(super) fn names(out: &mut impl Write, named: &[Named], sources: &[super::Identity]) -> io::Result<()> {
    if named.is_empty() {
        return Ok(());
    }
    let files = sources.iter().map(|source| escape(source.file()).into_owned());
    let head: Vec<String> = ["Chinese".to_owned(), "English".to_owned()]
        .into_iter()
        .chain(files)
        .collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    writeln!(out, "<section id=\"named\">")?;
    let note = format!("{} names, and how often each source gives them.", named.len());
    table(out, "Who names whom", &note, &head)?;
    for named in named {
        let counts: Vec<String> = named
            .counts
            .iter()
            .map(|count| {
                if *count > 0 {
                    count.to_string()
                } else {
                    String::new()
                }
            })
            .collect();
        let forms = [named.zh.as_str(), named.en.as_str()].into_iter();
        let fields: Vec<&str> = forms.chain(counts.iter().map(String::as_str)).collect();
        line(out, None, "", &fields)?;
    }
    writeln!(out, "</table></div>\n</section>")
}
