//! Rows into the parallel TSV and back.

use super::{Row, Status, input, text::one_line};
use crate::error::{Error, Kind, Result};
use std::io::{self, BufRead, Write};
use std::path::Path;

/// The columns in their order. The first five are Bitextor's, by name and place, so that Bifixer and Bicleaner-AI read
/// the file as it is.
pub const COLUMNS: [&str; 15] = [
    "src_url",
    "trg_url",
    "src_text",
    "trg_text",
    "aligner_score",
    "pair_id",
    "doc_pair_id",
    "link_no",
    "align_type",
    "src_sent_ids",
    "trg_sent_ids",
    "src_lang",
    "trg_lang",
    "flags",
    "status",
];

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
        let score = row
            .aligner_score
            .map_or(String::new(), |score| format!("{score:.4}"));
        let fields: [&str; COLUMNS.len()] = [
            &row.src_url,
            &row.trg_url,
            &row.src_text,
            &row.trg_text,
            &score,
            &row.pair_id,
            &row.doc_pair_id,
            &row.link_no.to_string(),
            &row.align_type,
            &row.src_sent_ids,
            &row.trg_sent_ids,
            &row.src_lang,
            &row.trg_lang,
            &row.flags,
            row.status.name(),
        ];
        for (number, field) in fields.into_iter().enumerate() {
            if number > 0 {
                self.out.write_all(b"\t")?;
            }
            self.out.write_all(one_line(field).0.as_bytes())?;
        }
        self.out.write_all(b"\n")
    }

    pub fn finish(self) -> io::Result<W> {
        Ok(self.out)
    }
}

/// Rows one at a time, from our TSV or any other whose header names `src_text` and `trg_text`.
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
    source: String,
    input: R,
    /// The place in [`COLUMNS`] of each column of the file; none for a column we do not know.
    columns: Vec<Option<usize>>,
    line: usize,
    /// Bytes read before the current line.
    start: usize,
    bytes: Vec<u8>,
    rows: usize,
    failed: bool,
}

/// Reads a file; `.gz` and `.zst` decompress.
pub fn open(path: &Path) -> Result<Reader<Box<dyn BufRead + Send>>> {
    Reader::new(path.display().to_string(), input::open(path)?)
}

impl<R: BufRead> Reader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// When there is no header, or one that names no `src_text` or no `trg_text` or a column of ours twice.
    pub fn new(source: impl Into<String>, input: R) -> Result<Self> {
        let mut reader = Reader {
            source: source.into(),
            input,
            columns: vec![],
            line: 0,
            start: 0,
            bytes: vec![],
            rows: 0,
            failed: false,
        };
        if !reader.read_line()? {
            return Err(Error::new(
                Kind::Empty,
                reader.source,
                "an empty file, not even a header",
            ));
        }
        let header = reader.text()?;
        let names: Vec<&str> = header.trim_start_matches('\u{feff}').split('\t').collect();
        let columns: Vec<_> = names
            .iter()
            .map(|name| COLUMNS.iter().position(|column| column == name))
            .collect();
        for (place, column) in COLUMNS.iter().enumerate() {
            let cause = match columns.iter().filter(|known| **known == Some(place)).count() {
                0 if *column == "src_text" || *column == "trg_text" => {
                    format!("the header names no column {column}, only {:?}", names.join(", "))
                }
                0 | 1 => continue,
                many => format!("the header names the column {column} {many} times"),
            };
            let remedy =
                "name the column of Chinese texts src_text and that of English texts trg_text, each once";
            return Err(reader.malformed(cause, remedy));
        }
        reader.columns = columns;
        Ok(reader)
    }

    /// Reads the next line into `bytes`, without its line end; false at the end of the file.
    fn read_line(&mut self) -> Result<bool> {
        self.start += self.bytes.len();
        self.line += 1;
        self.bytes.clear();
        match self.input.read_until(b'\n', &mut self.bytes) {
            Ok(read) => Ok(read > 0),
            Err(cause) => {
                self.failed = true;
                Err(Error::read(&self.source, &cause).line(self.line))
            }
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        while !self.failed {
            match self.read_line() {
                Ok(true) if self.content().is_empty() => {}
                Ok(true) => return Some(self.row()),
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }
}

impl<R> Reader<R> {
    fn row(&mut self) -> Result<Row> {
        self.rows += 1;
        let fields: Vec<&str> = self.text()?.split('\t').collect();
        if fields.len() != self.columns.len() {
            let cause = format!(
                "{} fields where the header names {}",
                fields.len(),
                self.columns.len()
            );
            return Err(self.malformed(cause, "no field may hold a TAB or a line end"));
        }
        let mut known = [""; COLUMNS.len()];
        for (field, column) in fields.into_iter().zip(&self.columns) {
            if let Some(place) = column {
                known[*place] = field;
            }
        }
        let [
            src_url,
            trg_url,
            src_text,
            trg_text,
            score,
            pair_id,
            doc_pair_id,
            link_no,
            align_type,
            ..,
        ] = known;
        let [.., src_sent_ids, trg_sent_ids, src_lang, trg_lang, flags, status] = known;
        Ok(Row {
            src_url: src_url.into(),
            trg_url: trg_url.into(),
            src_text: src_text.into(),
            trg_text: trg_text.into(),
            aligner_score: self.score(score)?,
            pair_id: pair_id.into(),
            doc_pair_id: doc_pair_id.into(),
            link_no: self.link_no(link_no)?,
            align_type: align_type.into(),
            src_sent_ids: src_sent_ids.into(),
            trg_sent_ids: trg_sent_ids.into(),
            src_lang: src_lang.into(),
            trg_lang: trg_lang.into(),
            flags: flags.into(),
            status: self.status(status)?,
            src_index: vec![],
            trg_index: vec![],
        })
    }

    fn score(&self, field: &str) -> Result<Option<f32>> {
        match field.parse::<f32>() {
            _ if field.is_empty() => Ok(None),
            Ok(score) if score.is_finite() => Ok(Some(score)),
            _ => {
                let cause = format!("aligner_score is no number: {field:?}");
                Err(self.malformed(cause, "write it with a point, as 0.9512, or leave it empty"))
            }
        }
    }

    fn link_no(&self, field: &str) -> Result<usize> {
        if field.is_empty() {
            return Ok(self.rows);
        }
        field.parse().map_err(|_| {
            self.malformed(
                format!("link_no is no whole number: {field:?}"),
                "count rows from 1, or leave it empty",
            )
        })
    }

    fn status(&self, field: &str) -> Result<Status> {
        let statuses = [Status::Auto, Status::Man, Status::Rejected];
        match statuses.into_iter().find(|status| status.name() == field) {
            Some(status) => Ok(status),
            None if field.is_empty() => Ok(Status::Auto),
            None => Err(self.malformed(format!("{field:?} is no status"), "write auto, man or rejected")),
        }
    }

    /// The current line without its line end.
    fn content(&self) -> &[u8] {
        let line = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    fn text(&self) -> Result<&str> {
        str::from_utf8(self.content()).map_err(|cause| {
            Error::new(Kind::Decode, &self.source, "not valid UTF-8")
                .line(self.line)
                .byte(self.start + cause.valid_up_to())
                .remedy("the parallel TSV is UTF-8: save it as that")
        })
    }

    fn malformed(&self, cause: String, remedy: &str) -> Error {
        Error::new(Kind::Malformed, &self.source, cause)
            .line(self.line)
            .remedy(remedy)
    }
}
