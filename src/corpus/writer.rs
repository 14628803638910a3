//! Rows into any of the corpus formats, one at a time.

use super::manifest::Record;
use super::{Row, html, jsonl, moses, tmx, tsv, vecalign};
use crate::error::{Error, Kind, Result};
use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The formats that rows are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// The parallel TSV: all columns, a header, no quoting.
    #[default]
    Tsv,
    /// One JSON object a row, its keys the TSV's columns.
    Jsonl,
    /// Two files of texts, line by line: `.zh` and `.en`.
    Moses,
    /// Translation memory exchange, 1.4b.
    Tmx,
    /// Sentence numbers alone: `[0, 1]:[2]:0.9512`.
    Vecalign,
    /// A page to read side by side.
    Html,
}

/// What a user can choose about the formats.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// A byte order mark before the TSV, for spreadsheets that take UTF-8 for something else without it.
    pub bom: bool,
    pub tmx: tmx::Settings,
}

/// Writes rows in one format. Rows of one document pair stand together and in order; nothing is kept in memory but,
/// for HTML, the rows of one document pair.
///
/// ```
/// use duizhao::corpus::{Format, Row, Settings, Status, Writer};
///
/// let row = Row {
///     src_url: "tea.zh.txt".into(),
///     trg_url: "tea.en.txt".into(),
///     src_text: "茶好了。".into(),
///     trg_text: "Tea is ready.".into(),
///     aligner_score: Some(0.9512),
///     pair_id: "1f0d9c3b2a4e5f60".into(),
///     doc_pair_id: "tea".into(),
///     link_no: 1,
///     align_type: "1-1".into(),
///     src_sent_ids: "1.1".into(),
///     trg_sent_ids: "1.1".into(),
///     src_lang: "zh-Hans".into(),
///     trg_lang: "en".into(),
///     flags: String::new(),
///     status: Status::Auto,
///     src_index: vec![0],
///     trg_index: vec![0],
/// };
/// let mut writer = Writer::create(Format::Moses, vec![Vec::new(), Vec::new()], &Settings::default())?;
/// writer.row(&row)?;
/// let outputs = writer.finish()?.outputs;
/// assert_eq!(outputs, ["茶好了。\n".as_bytes(), b"Tea is ready.\n"]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Writer<W: Write>(Sheet<W>);

enum Sheet<W: Write> {
    Tsv(tsv::Writer<W>),
    Jsonl(jsonl::Writer<W>),
    Moses(moses::Writer<W>),
    Tmx(Box<tmx::Writer<W>>),
    Vecalign(vecalign::Writer<W>),
    Html(Box<html::Writer<W>>),
}

/// What a writer gives back at its end.
#[derive(Debug)]
pub struct Finished<W> {
    /// The outputs it was created with, to be committed.
    pub outputs: Vec<W>,
    /// Characters left out because the format cannot hold them (control characters in TMX), for the manifest.
    pub illegal: usize,
}

impl Format {
    pub const ALL: [Format; 6] = [
        Format::Tsv,
        Format::Jsonl,
        Format::Moses,
        Format::Tmx,
        Format::Vecalign,
        Format::Html,
    ];

    /// As users write it: `--format tmx`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Tsv => "tsv",
            Format::Jsonl => "jsonl",
            Format::Moses => "moses",
            Format::Tmx => "tmx",
            Format::Vecalign => "vecalign",
            Format::Html => "html",
        }
    }

    /// The extensions of its files: one for each output that [`Writer::create`] takes, `zh` before `en`.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Format::Moses => &["zh", "en"],
            Format::Tsv => &["tsv"],
            Format::Jsonl => &["jsonl"],
            Format::Tmx => &["tmx"],
            Format::Vecalign => &["vecalign"],
            Format::Html => &["html"],
        }
    }

    /// The files that a user means by one path: the path itself, and for Moses `novel.zh` and `novel.en` by `novel`,
    /// or `novel.zh.gz` and `novel.en.gz` by `novel.gz`.
    ///
    /// ```
    /// use duizhao::corpus::Format;
    /// use std::path::Path;
    /// assert_eq!(Format::Tmx.files(Path::new("novel.tmx")), [Path::new("novel.tmx")]);
    /// assert_eq!(Format::Moses.files(Path::new("novel.gz")), [Path::new("novel.zh.gz"), Path::new("novel.en.gz")]);
    /// ```
    pub fn files(self, path: &Path) -> Vec<PathBuf> {
        if self != Format::Moses {
            return vec![path.to_owned()];
        }
        let packed = path
            .extension()
            .filter(|extension| *extension == "gz" || *extension == "zst");
        let stem = if packed.is_some() {
            path.with_extension("")
        } else {
            path.to_owned()
        };
        let file = |extension: &&str| {
            let mut name = stem.clone().into_os_string();
            for part in [Some(OsStr::new(extension)), packed].into_iter().flatten() {
                name.push(".");
                name.push(part);
            }
            PathBuf::from(name)
        };
        self.extensions().iter().map(file).collect()
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Format> {
        Format::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| {
                let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
                Error::new(Kind::Usage, "--format", format!("{name:?} is no format we write"))
                    .remedy(format!("write one of {}", names.join(", ")))
            })
    }
}

impl<W: Write> Writer<W> {
    /// # Errors
    /// When an output cannot be written to, or when there are not as many as the format has [`Format::extensions`].
    pub fn create(format: Format, outputs: Vec<W>, settings: &Settings) -> io::Result<Self> {
        let given = outputs.len();
        let mut outputs = outputs.into_iter();
        let sheet = match (format, outputs.next(), outputs.next(), outputs.next()) {
            (Format::Tsv, Some(out), None, None) => Sheet::Tsv(tsv::Writer::new(out, settings.bom)?),
            (Format::Jsonl, Some(out), None, None) => Sheet::Jsonl(jsonl::Writer::new(out)),
            (Format::Moses, Some(zh), Some(en), None) => Sheet::Moses(moses::Writer::new(zh, en)),
            (Format::Tmx, Some(out), None, None) => {
                Sheet::Tmx(Box::new(tmx::Writer::new(out, settings.tmx.clone())))
            }
            (Format::Vecalign, Some(out), None, None) => Sheet::Vecalign(vecalign::Writer::new(out)),
            (Format::Html, Some(out), None, None) => Sheet::Html(Box::new(html::Writer::new(out))),
            _ => {
                let cause = format!(
                    "{format} is written to {} files, not to {given}",
                    format.extensions().len()
                );
                return Err(io::Error::new(io::ErrorKind::InvalidInput, cause));
            }
        };
        Ok(Writer(sheet))
    }

    /// Says which document pair the next rows are of. Only the page shows it (titles, what was dropped); all formats
    /// can be written without it.
    pub fn begin(&mut self, record: &Record) -> io::Result<()> {
        match &mut self.0 {
            Sheet::Html(sheet) => sheet.begin(record),
            _ => Ok(()),
        }
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        match &mut self.0 {
            Sheet::Tsv(sheet) => sheet.row(row),
            Sheet::Jsonl(sheet) => sheet.row(row),
            Sheet::Moses(sheet) => sheet.row(row),
            Sheet::Tmx(sheet) => sheet.row(row),
            Sheet::Vecalign(sheet) => sheet.row(row),
            Sheet::Html(sheet) => sheet.row(row),
        }
    }

    /// Writes what stands below the last row.
    pub fn finish(self) -> io::Result<Finished<W>> {
        let (outputs, illegal) = match self.0 {
            Sheet::Tsv(sheet) => (vec![sheet.finish()?], 0),
            Sheet::Jsonl(sheet) => (vec![sheet.finish()?], 0),
            Sheet::Moses(sheet) => (sheet.finish()?.into(), 0),
            Sheet::Tmx(sheet) => {
                let (output, illegal) = sheet.finish()?;
                (vec![output], illegal)
            }
            Sheet::Vecalign(sheet) => (vec![sheet.finish()?], 0),
            Sheet::Html(sheet) => (vec![sheet.finish()?], 0),
        };
        Ok(Finished { outputs, illegal })
    }
}
