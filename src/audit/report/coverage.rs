//! The statements and names of an event into matrices of who tells what and who names whom: a column a source.

use super::Identity;
use super::html::{line, table};
use crate::audit::{Named, Telling};
use crate::compare::Label;
use quick_xml::escape::escape;
use serde::Serialize;
use std::io::{self, Write};

/// Who tells what of an event, and who names whom.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// As its manifest calls it; empty for documents that were given by themselves.
    pub event: String,
    /// Places of its sources among the report's, from 0.
    pub sources: Vec<usize>,
    /// In the order of its sources.
    pub statements: Vec<Told>,
    pub names: Vec<Named>,
}

/// A statement, by its first teller, and who else tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The source's place among the report's, from 0.
    pub source: usize,
    pub text: String,
    /// For each source of the event `said` (its own), `same`, `part`, or none: not found, which is not denied.
    pub found: Vec<Option<&'static str>>,
}

impl Coverage {
    /// Of an event whose sources are the first of a report.
    pub fn new(name: &str, telling: &Telling) -> Coverage {
        let event = telling.event;
        let told = telling.statements.iter().map(|statement| {
            let found = statement.found.iter().enumerate().map(|(source, found)| {
                let label = |label: Label| match source == statement.source {
                    true => "said",
                    false => label.name(),
                };
                found.map(|(of, _)| label(of))
            });
            let passage = &event.sources[statement.source].passages[statement.passage];
            Told {
                source: statement.source,
                text: passage.text.to_owned(),
                found: found.collect(),
            }
        });
        Coverage {
            event: name.into(),
            sources: (0..event.sources.len()).collect(),
            statements: told.collect(),
            names: telling.names.clone(),
        }
    }

    /// The same behind so many sources of other events.
    pub(super) fn behind(mut self, sources: usize) -> Coverage {
        self.sources.iter_mut().for_each(|source| *source += sources);
        self.statements.iter_mut().for_each(|told| told.source += sources);
        self
    }
}

/// The matrices of all events as tables of a page; nothing where no event was audited.
pub(super) fn matrices(out: &mut impl Write, events: &[Coverage], sources: &[Identity]) -> io::Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section id=\"coverage\">")?;
    for coverage in events {
        let files = coverage.sources.iter().map(|&source| sources[source].file());
        let files: Vec<String> = files.map(|file| escape(file).into_owned()).collect();
        statements(out, coverage, &files)?;
        names(out, coverage, &files)?;
    }
    writeln!(out, "</section>")
}

fn statements(out: &mut impl Write, coverage: &Coverage, files: &[String]) -> io::Result<()> {
    let number = coverage.statements.len();
    let note = format!("{number} statements; an empty cell says not found, which is not denied.");
    let lines = coverage.statements.iter().map(|told| {
        let cells = told
            .found
            .iter()
            .map(|found| found.unwrap_or_default().to_owned());
        [told.text.clone()].into_iter().chain(cells).collect()
    });
    matrix(
        out,
        &titled("Who tells what", coverage),
        &note,
        &["statement"],
        files,
        lines,
    )
}

fn names(out: &mut impl Write, coverage: &Coverage, files: &[String]) -> io::Result<()> {
    let number = coverage.names.len();
    let note = format!("{number} names, and how often each source gives them.");
    let lines = coverage.names.iter().map(|named| {
        let cells = named.counts.iter().map(|count| match count {
            0 => String::new(),
            count => count.to_string(),
        });
        [named.zh.clone(), named.en.clone()]
            .into_iter()
            .chain(cells)
            .collect()
    });
    matrix(
        out,
        &titled("Who names whom", coverage),
        &note,
        &["Chinese", "English"],
        files,
        lines,
    )
}

/// A title, with the event's name where it has one.
fn titled(what: &str, coverage: &Coverage) -> String {
    match coverage.event.as_str() {
        "" => what.into(),
        event => format!("{what}: {}", escape(event)),
    }
}

/// A table of some first columns and one for each source.
fn matrix(
    out: &mut impl Write,
    title: &str,
    note: &str,
    first: &[&str],
    files: &[String],
    lines: impl Iterator<Item = Vec<String>>,
) -> io::Result<()> {
    let files = files.iter().map(String::as_str);
    let head: Vec<&str> = first.iter().copied().chain(files).collect();
    table(out, title, note, &head)?;
    for fields in lines {
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        line(out, None, "", &fields)?;
    }
    writeln!(out, "</table></div>")
}
