//! Rows into JSON lines and back: the TSV's columns as keys, in their order.

use super::{Row, input};
use crate::error::{Error, Kind, Result};
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

/// Rows one at a time. A line that is no row is an error in its place; the rows after it can still be read.
///
/// ```
/// use duizhao::corpus::jsonl;
/// let rows = jsonl::Reader::new("tea.jsonl", "{\"src_text\": \"茶好了。\"}\n".as_bytes());
/// let errors: Vec<_> = rows.map(|row| row.unwrap_err().to_string()).collect();
/// assert_eq!(errors, ["tea.jsonl: line 1: missing field `src_url` at column 28; \
///     each line must hold one row as --format jsonl writes it"]);
/// ```
pub struct Reader<R> {
    source: String,
    input: R,
    line: usize,
    failed: bool,
}

/// Reads a file; `.gz` and `.zst` decompress.
pub fn open(path: &Path) -> Result<Reader<Box<dyn BufRead + Send>>> {
    Ok(Reader::new(path.display().to_string(), input::open(path)?))
}

impl<R: BufRead> Reader<R> {
    pub fn new(source: impl Into<String>, input: R) -> Self {
        Reader {
            source: source.into(),
            input,
            line: 0,
            failed: false,
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        let mut bytes = Vec::new();
        while !self.failed {
            bytes.clear();
            self.line += 1;
            match self.input.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => return Some(serde_json::from_slice(&bytes).map_err(|cause| self.malformed(&cause))),
                Err(cause) => {
                    self.failed = true;
                    return Some(Err(Error::read(&self.source, &cause).line(self.line)));
                }
            }
        }
        None
    }
}

impl<R> Reader<R> {
    fn malformed(&self, cause: &serde_json::Error) -> Error {
        // serde_json counts lines within what it was given, which is one line.
        let cause = cause.to_string().replace(" at line 1 column ", " at column ");
        Error::new(Kind::Malformed, &self.source, cause)
            .line(self.line)
            .remedy("each line must hold one row as --format jsonl writes it")
    }
}
