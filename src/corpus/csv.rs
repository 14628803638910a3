//! Rows into CSV and back: the TSV's columns, quoted as RFC 4180 has it, so that a field may hold anything.

use super::Row;
use super::columns::{COLUMNS, Columns, fields};
use super::input::MOST;
use crate::error::{Error, Kind, Result};
use csv::{ErrorKind, StringRecord};
use std::io::{self, BufRead, Read, Write};

/// Commas, quotes where they are needed, LF. A text that begins with `=` stays as it is: a spreadsheet that opens the
/// file would take it for a formula, and XLSX is the format for spreadsheets.
pub struct Writer<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> Writer<W> {
    /// Writes the header, behind a byte order mark if `bom`.
    pub fn new(mut out: W, bom: bool) -> io::Result<Self> {
        if bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut out = csv::Writer::from_writer(out);
        out.write_record(COLUMNS)?;
        Ok(Writer { out })
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        Ok(self
            .out
            .write_record(fields(row).iter().map(|field| field.as_bytes()))?)
    }

    pub fn finish(self) -> io::Result<W> {
        let failed = |failed: csv::IntoInnerError<_>| {
            io::Error::new(failed.error().kind(), failed.error().to_string())
        };
        self.out.into_inner().map_err(failed)
    }
}

/// Rows one at a time, from our CSV or any other whose header names `src_text` and `trg_text`, or `zh` and `en`; what
/// [`tsv::Reader`](super::tsv::Reader) says of columns holds here.
pub struct Reader<R> {
    source: String,
    records: csv::Reader<Limited<R>>,
    columns: Columns,
    record: StringRecord,
    rows: usize,
    failed: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// As [`tsv::Reader::new`](super::tsv::Reader::new).
    pub fn new(source: impl Into<String>, input: R) -> Result<Self> {
        let source = source.into();
        let input = Limited { input, read: 0 };
        let mut records = csv::ReaderBuilder::new().has_headers(false).from_reader(input);
        let mut record = StringRecord::new();
        match records.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => {
                return Err(Error::new(
                    Kind::Empty,
                    source,
                    "an empty file, not even a header",
                ));
            }
            Err(cause) => return Err(malformed(&source, &cause)),
        }
        let names = record.iter().map(|name| name.trim_start_matches('\u{feff}'));
        let columns = Columns::new(names).map_err(|fault| fault.at(&source, 1))?;
        Ok(Reader {
            source,
            records,
            columns,
            record,
            rows: 0,
            failed: false,
        })
    }

    fn read(&mut self) -> Result<Option<Row>> {
        self.records.get_mut().read = 0;
        let read = self.records.read_record(&mut self.record).map_err(|cause| {
            // A record of the wrong length, or in no UTF-8, has an end; anything else has none.
            let ends = matches!(
                cause.kind(),
                ErrorKind::UnequalLengths { .. } | ErrorKind::Utf8 { .. }
            );
            self.failed = !ends;
            malformed(&self.source, &cause)
        })?;
        if !read {
            return Ok(None);
        }
        self.rows += 1;
        let line = self.record.position().map_or(0, csv::Position::line);
        let row = self.columns.row(&self.record, self.rows);
        row.map(Some)
            .map_err(|fault| fault.at(&self.source, line as usize))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        (!self.failed).then(|| self.read().transpose())?
    }
}

fn malformed(source: &str, cause: &csv::Error) -> Error {
    let error = |kind, cause: String, remedy| Error::new(kind, source, cause).remedy(remedy);
    let error = match cause.kind() {
        ErrorKind::Io(cause) if cause.kind() == io::ErrorKind::InvalidData => error(
            Kind::Malformed,
            cause.to_string(),
            "a quote that opens a field must be closed",
        ),
        ErrorKind::Io(cause) => Error::read(source, cause),
        ErrorKind::Utf8 { .. } => error(Kind::Decode, "not valid UTF-8".into(), "save it as UTF-8"),
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => error(
            Kind::Malformed,
            format!("{len} fields where the header names {expected_len}"),
            "put quotes around a field that holds a comma, and double the quotes inside",
        ),
        _ => Error::new(Kind::Malformed, source, cause.to_string()),
    };
    match cause.position() {
        Some(position) => error.line(position.line() as usize),
        None => error,
    }
}

/// A quote that is never closed makes the rest of the file one field.
struct Limited<R> {
    input: R,
    /// Bytes since the last record.
    read: usize,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(bytes)?;
        self.read += read;
        if self.read > MOST {
            let cause = format!("a row of more than {MOST} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, cause));
        }
        Ok(read)
    }
}
