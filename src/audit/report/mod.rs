//! Findings into reports: TSV, JSON, SARIF, or one page of HTML.

mod html;
mod json;
mod sarif;
mod tsv;

pub use tsv::COLUMNS;

use super::Finding;
use super::review::Opinion;
use crate::error::{Error, Kind};
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

/// Findings of each code and severity.
type Counts = BTreeMap<(&'static str, &'static str), usize>;

/// Writes a report, finding by finding.
pub struct Report<W: Write> {
    out: W,
    format: Format,
    counts: Counts,
    written: usize,
}

impl<W: Write> Report<W> {
    /// Writes what stands before the first finding.
    pub fn new(mut out: W, format: Format) -> io::Result<Self> {
        match format {
            Format::Tsv => tsv::head(&mut out)?,
            Format::Json => json::head(&mut out)?,
            Format::Sarif => sarif::head(&mut out)?,
            Format::Html => html::head(&mut out)?,
        }
        Ok(Report {
            out,
            format,
            counts: Counts::new(),
            written: 0,
        })
    }

    pub fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let finding = entry.finding;
        *self
            .counts
            .entry((finding.code, finding.severity.name()))
            .or_default() += 1;
        if self.written > 0 && matches!(self.format, Format::Json | Format::Sarif) {
            self.out.write_all(b",\n")?;
        }
        self.written += 1;
        match self.format {
            Format::Tsv => tsv::entry(&mut self.out, entry),
            Format::Json => json::entry(&mut self.out, entry),
            Format::Sarif => sarif::entry(&mut self.out, entry),
            Format::Html => html::entry(&mut self.out, entry),
        }
    }

    /// Writes what stands behind the last finding.
    pub fn finish(mut self) -> io::Result<W> {
        match self.format {
            Format::Tsv => {}
            Format::Json => json::tail(&mut self.out, &self.counts)?,
            Format::Sarif => sarif::tail(&mut self.out)?,
            Format::Html => html::tail(&mut self.out, &self.counts)?,
        }
        self.out.flush()?;
        Ok(self.out)
    }
}
