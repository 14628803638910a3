//! Rows into JSON lines and back: the TSV's columns as keys, in their order.

use super::input::{self, Input, Lines};
use super::{Row, Status};
use crate::error::Result;
use serde::Deserialize;
use std::io::{self, BufRead, Write};
use std::path::Path;

pub struct Writer<W> {
    out: W,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> Self {
        Writer { out }
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, row)?;
        self.out.write_all(b"\n")
    }

    pub fn finish(self) -> io::Result<W> {
        Ok(self.out)
    }
}

/// Rows one at a time: lines as [`Writer`] writes them, or those of others with `zh` and `en`, by themselves or under
/// `translation` as Hugging Face has them. Keys we do not know are passed over; of ours, all but the texts may be
/// missing, as columns of a [TSV](super::tsv::Reader) may.
///
/// A line that is no row is an error in its place; the rows after it can still be read.
///
/// ```
/// use duizhao::corpus::jsonl;
/// let file = "{\"translation\": {\"zh\": \"茶好了。\", \"en\": \"Tea is ready.\"}}\n{\"zh\": \"水\"}\n";
/// let mut rows = jsonl::Reader::new("tea.jsonl", file.as_bytes());
/// assert_eq!(rows.next().unwrap()?.trg_text, "Tea is ready.");
/// assert_eq!(
///     rows.next().unwrap().unwrap_err().to_string(),
///     "tea.jsonl: line 2: no English text; each line must hold one row: \
///     {\"src_text\": \"...\", \"trg_text\": \"...\"} or {\"zh\": \"...\", \"en\": \"...\"}",
/// );
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub struct Reader<R> {
    lines: Lines<R>,
    rows: usize,
}

/// Reads a file; `.gz` and `.zst` decompress.
pub fn open(path: &Path) -> Result<Reader<Input>> {
    Ok(Reader::new(input::name(path), input::open(path)?))
}

const REMEDY: &str = "each line must hold one row: {\"src_text\": \"...\", \"trg_text\": \"...\"} or {\"zh\": \"...\", \"en\": \"...\"}";

/// A line: a key that is null is one that is missing.
#[derive(Deserialize)]
struct Line {
    src_url: Option<String>,
    trg_url: Option<String>,
    #[serde(alias = "zh")]
    src_text: Option<String>,
    #[serde(alias = "en")]
    trg_text: Option<String>,
    translation: Option<Translation>,
    aligner_score: Option<f32>,
    pair_id: Option<String>,
    doc_pair_id: Option<String>,
    link_no: Option<usize>,
    align_type: Option<String>,
    src_sent_ids: Option<String>,
    trg_sent_ids: Option<String>,
    src_lang: Option<String>,
    trg_lang: Option<String>,
    flags: Option<String>,
    status: Option<Status>,
}

#[derive(Deserialize)]
struct Translation {
    zh: String,
    en: String,
}

impl Line {
    fn row(self, number: usize) -> std::result::Result<Row, &'static str> {
        let (zh, en) = match self.translation {
            Some(Translation { zh, en }) => (Some(zh), Some(en)),
            None => (self.src_text, self.trg_text),
        };
        Ok(Row {
            src_url: self.src_url.unwrap_or_default(),
            trg_url: self.trg_url.unwrap_or_default(),
            src_text: zh.ok_or("no Chinese text")?,
            trg_text: en.ok_or("no English text")?,
            aligner_score: self.aligner_score,
            pair_id: self.pair_id.unwrap_or_default(),
            doc_pair_id: self.doc_pair_id.unwrap_or_default(),
            link_no: self.link_no.unwrap_or(number),
            align_type: self.align_type.unwrap_or_default(),
            src_sent_ids: self.src_sent_ids.unwrap_or_default(),
            trg_sent_ids: self.trg_sent_ids.unwrap_or_default(),
            src_lang: self.src_lang.unwrap_or_default(),
            trg_lang: self.trg_lang.unwrap_or_default(),
            flags: self.flags.unwrap_or_default(),
            status: self.status.unwrap_or_default(),
            src_ends: vec![],
            trg_ends: vec![],
            src_index: vec![],
            trg_index: vec![],
        })
    }
}

impl<R: BufRead> Reader<R> {
    pub fn new(source: impl Into<String>, input: R) -> Self {
        Reader {
            lines: Lines::new(source, input),
            rows: 0,
        }
    }

    fn row(&mut self) -> Result<Row> {
        self.rows += 1;
        let line: Line = serde_json::from_slice(self.lines.content()).map_err(|cause| {
            // serde_json counts lines within what it was given, which is one line.
            let cause = cause.to_string().replace(" at line 1 column ", " at column ");
            self.lines.malformed(cause, REMEDY)
        })?;
        line.row(self.rows)
            .map_err(|cause| self.lines.malformed(cause, REMEDY))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        match self.lines.advance_to_content() {
            Ok(true) => Some(self.row()),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }
}
