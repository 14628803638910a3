//! Rows into the parallel TSV and back.

use super::columns::{COLUMNS, Columns, fields};
use super::input::{self, Input, Lines};
use super::{Row, text::one_line};
use crate::error::{Error, Kind, Result};
use std::io::{self, BufRead, Write};
use std::path::Path;

/// UTF-8, LF, a header, no quoting; an empty field says "none"; scores have four decimals.
///
/// Whatever stands in a field, a line stays a line and a field a field: [`rows`](super::rows()) leaves no TAB and no
/// line end in a text, and here the same rule holds for fields that come from elsewhere.
pub struct Writer<W> {
    out: W,
}

impl<W: Write> Writer<W> {
    /// Writes the header, behind a byte order mark if `bom`.
    pub fn new(mut out: W, bom: bool) -> io::Result<Self> {
        if bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        writeln!(out, "{}", COLUMNS.join("\t"))?;
        Ok(Writer { out })
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        writeln!(self.out, "{}", line(row))
    }

    pub fn finish(self) -> io::Result<W> {
        Ok(self.out)
    }
}

/// A row as its line of the TSV, without a line end.
pub fn line(row: &Row) -> String {
    let mut line = String::with_capacity(row.src_text.len() + row.trg_text.len() + 256);
    for (number, field) in fields(row).iter().enumerate() {
        if number > 0 {
            line.push('\t');
        }
        line.push_str(&one_line(field).0);
    }
    line
}

/// Rows one at a time, from our TSV or any other whose header names `src_text` and `trg_text`, or `zh` and `en`.
///
/// Columns are known by their names, in any order; columns we do not know are passed over, and those that are missing
/// are taken as empty, `link_no` as the number of the row and `status` as `auto`. A byte order mark, CR before LF and
/// blank lines do no harm. Rows have no `src_index` and `trg_index`: the TSV does not hold them.
///
/// A line that is no row is an error in its place; the rows after it can still be read.
///
/// ```
/// use duizhao::corpus::tsv;
/// let file = "trg_text\tsrc_text\nTea is ready.\t茶好了。\nTwo\tfields\tand one more\n";
/// let mut rows = tsv::Reader::new("tea.tsv", file.as_bytes())?;
/// assert_eq!(rows.next().unwrap()?.src_text, "茶好了。");
/// assert_eq!(
///     rows.next().unwrap().unwrap_err().to_string(),
///     "tea.tsv: line 3: 3 fields where the header names 2; no field may hold a TAB or a line end",
/// );
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub struct Reader<R> {
    lines: Lines<R>,
    columns: Columns,
    rows: usize,
}

/// Reads a file; `.gz` and `.zst` decompress.
pub fn open(path: &Path) -> Result<Reader<Input>> {
    Reader::new(input::name(path), input::open(path)?)
}

impl<R: BufRead> Reader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// When there is no header, or one that names no `src_text` or no `trg_text` or a column of ours twice.
    pub fn new(source: impl Into<String>, input: R) -> Result<Self> {
        let mut lines = Lines::new(source, input);
        if !lines.advance()? {
            return Err(Error::new(
                Kind::Empty,
                lines.source,
                "an empty file, not even a header",
            ));
        }
        let columns = Columns::new(lines.text()?.split('\t')).map_err(|fault| fault.at(&lines.source, 1))?;
        Ok(Reader {
            lines,
            columns,
            rows: 0,
        })
    }

    fn row(&mut self) -> Result<Row> {
        self.rows += 1;
        let fields: Vec<&str> = self.lines.text()?.split('\t').collect();
        if fields.len() != self.columns.len() {
            let cause = format!(
                "{} fields where the header names {}",
                fields.len(),
                self.columns.len()
            );
            return Err(self
                .lines
                .malformed(cause, "no field may hold a TAB or a line end"));
        }
        let row = self.columns.row(fields, self.rows);
        row.map_err(|fault| fault.at(&self.lines.source, self.lines.line))
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
