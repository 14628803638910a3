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
        let head = |first: &[&'static str]| -> Vec<String> {
            let first = first.iter().map(|name| (*name).to_owned());
            first.chain(files.iter().cloned()).collect()
        };
        statements(out, coverage, &head(&["statement"]))?;
        names(out, coverage, &head(&["Chinese", "English"]))?;
    }
    writeln!(out, "</section>")
}

/// A title, with the event's name where it has one.
fn title(what: &str, coverage: &Coverage) -> String {
    match coverage.event.as_str() {
        "" => what.into(),
        event => format!("{what}: {}", escape(event)),
    }
}

fn statements(out: &mut impl Write, coverage: &Coverage, head: &[String]) -> io::Result<()> {
    let note = format!(
        "{} statements; an empty cell says not found, which is not denied.",
        coverage.statements.len()
    );
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    table(out, &title("Who tells what", coverage), &note, &head)?;
    for told in &coverage.statements {
        let cells = told.found.iter().map(|found| found.unwrap_or_default());
        let fields: Vec<&str> = [told.text.as_str()].into_iter().chain(cells).collect();
        line(out, None, "", &fields)?;
    }
    writeln!(out, "</table></div>")
}

fn names(out: &mut impl Write, coverage: &Coverage, head: &[String]) -> io::Result<()> {
    let note = format!(
        "{} names, and how often each source gives them.",
        coverage.names.len()
    );
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    table(out, &title("Who names whom", coverage), &note, &head)?;
    for named in &coverage.names {
        let count = |count: &usize| match count {
            0 => String::new(),
            count => count.to_string(),
        };
        let counts: Vec<String> = named.counts.iter().map(count).collect();
        let forms = [named.zh.as_str(), named.en.as_str()].into_iter();
        let fields: Vec<&str> = forms.chain(counts.iter().map(String::as_str)).collect();
        line(out, None, "", &fields)?;
    }
    writeln!(out, "</table></div>")
}
