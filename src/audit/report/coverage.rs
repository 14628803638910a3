//! The statements of an event into the matrix of who tells what: a line a statement, a column a source.

use super::html::{line, table};
use crate::compare::Event;
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
pub(super) fn coverage(event: &Event) -> Vec<Told> {
    let told = event.statements().into_iter().map(|statement| {
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
