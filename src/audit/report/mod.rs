//! Findings into reports: TSV, JSON, SARIF, or one page of HTML.
//!
//! A report in JSON or HTML says what it is of: program and version, settings, every source with title, date, role and
//! SHA-256, and how much was looked at. Words are Chinese characters on one side and words between spaces on the other;
//! the linked ones stand in rows with both sides, and a share is a share of words. A ledger has a line for each number
//! and date of rows with both sides and for each term that comes three times in a document, whether they agree or not.
//! The first [`MOST_DOCUMENTS`] document pairs and events and [`MOST_LINES`] lines of a ledger are listed; a page shows the texts of the
//! first [`MOST_ROWS`] rows, and the [`MOST_FINDINGS`] most severe findings; totals count them all.
//! Nothing in a report depends on when, where or on how many threads it was made.

mod audited;
mod coverage;
mod html;
mod json;
mod page;
mod sarif;
mod tsv;

pub use audited::{Audited, Extent, Identity, MOST_DOCUMENTS, MOST_LINES};
pub use coverage::{Coverage, Told};
pub use json::SCHEMA as JSON_SCHEMA;
pub use page::{MOST_FINDINGS, MOST_ROWS};
pub use tsv::COLUMNS;

use super::review::Opinion;
use super::{Finding, Ledger, Mode};
use crate::corpus::Row;
use crate::error::{Error, Kind};
use audited::Account;
use page::Page;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

/// What a report can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One finding a row.
    Tsv,
    /// One object, its schema numbered.
    Json,
    /// SARIF 2.1.0, which code hosts and editors show.
    Sarif,
    /// One page that works from disk.
    Html,
}

impl Format {
    pub const ALL: [Format; 4] = [Format::Tsv, Format::Json, Format::Sarif, Format::Html];

    /// Whether it has a place for ledgers.
    pub fn has_ledgers(self) -> bool {
        matches!(self, Format::Json | Format::Html)
    }

    pub fn name(self) -> &'static str {
        match self {
            Format::Tsv => "tsv",
            Format::Json => "json",
            Format::Sarif => "sarif",
            Format::Html => "html",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Format, Error> {
        let known = Format::ALL.into_iter().find(|format| format.name() == name);
        known.ok_or_else(|| {
            Error::new(Kind::Usage, "--format", format!("no format {name}"))
                .remedy("there are tsv, json, sarif and html")
        })
    }
}

/// A finding as a report shows it.
pub struct Entry<'a> {
    pub finding: &'a Finding,
    pub opinion: Option<&'a Opinion>,
}

impl Entry<'_> {
    /// A reviewer found it to be none. It stays in the report, so that the next one knows of it, and counts no more.
    pub fn is_dismissed(&self) -> bool {
        self.opinion.is_some_and(Opinion::is_dismissed)
    }
}

/// Findings of each code and severity, without those that were dismissed.
type Counts = BTreeMap<(&'static str, &'static str), usize>;

/// Writes a report, finding by finding.
pub struct Report<W: Write> {
    out: W,
    format: Format,
    counts: Counts,
    written: usize,
    account: Account,
    page: Page,
}

impl<W: Write> Report<W> {
    /// Writes what stands before the first finding. `settings` is what the audit went by, as an object.
    pub fn new(mut out: W, format: Format, mode: Mode, settings: &Value) -> io::Result<Self> {
        match format {
            Format::Tsv => tsv::head(&mut out)?,
            Format::Json => json::head(&mut out, mode, settings)?,
            Format::Sarif => sarif::head(&mut out, mode, settings)?,
            Format::Html => html::head(&mut out, mode, settings)?,
        }
        Ok(Report {
            out,
            format,
            counts: Counts::new(),
            written: 0,
            account: Account::default(),
            page: Page::default(),
        })
    }

    /// Says where rows were read from.
    pub fn source(&mut self, source: Identity) {
        self.account.sources.push(source);
    }

    /// Takes in rows of one document pair, before the findings in them.
    pub fn rows(&mut self, rows: &[Row]) {
        self.account.rows(rows);
        if self.format == Format::Html {
            self.page.rows(rows);
        }
    }

    pub fn ledger(&mut self, ledger: Ledger) {
        self.account.ledger(ledger);
    }

    /// Takes in the sources of an event, and who of them tells what.
    pub fn event(&mut self, coverage: Coverage, sources: Vec<Identity>) {
        let account = &mut self.account;
        if account.events.len() < MOST_DOCUMENTS {
            account.events.push(coverage.behind(account.sources.len()));
        }
        account.sources.extend(sources);
    }

    /// Everything that rows were read from up to now.
    pub fn sources(&self) -> &[Identity] {
        &self.account.sources
    }

    /// Says that a finding is there that the baseline holds. A report in JSON names it, so that it can be the next baseline.
    pub fn known(&mut self, finding: &Finding) {
        self.account.known.push(finding.id.clone());
    }

    pub fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let finding = entry.finding;
        if entry.is_dismissed() {
            self.account.dismissed += 1;
        } else {
            let code = (finding.code, finding.severity.name());
            *self.counts.entry(code).or_default() += 1;
            if !finding.is_of_source() {
                self.account.found(finding.code);
            }
        }
        if self.written > 0 && matches!(self.format, Format::Json | Format::Sarif) {
            self.out.write_all(b",\n")?;
        }
        self.written += 1;
        match self.format {
            Format::Tsv => tsv::entry(&mut self.out, entry),
            Format::Json => json::entry(&mut self.out, entry),
            Format::Sarif => sarif::entry(&mut self.out, entry),
            Format::Html => {
                self.page.entry(entry);
                Ok(())
            }
        }
    }

    /// Writes what stands behind the last finding.
    pub fn finish(mut self) -> io::Result<W> {
        match self.format {
            Format::Tsv => {}
            Format::Json => json::tail(&mut self.out, &self.counts, &self.account)?,
            Format::Sarif => sarif::tail(&mut self.out, &self.account)?,
            Format::Html => html::tail(&mut self.out, &self.counts, &self.account, &self.page)?,
        }
        self.out.flush()?;
        Ok(self.out)
    }
}
