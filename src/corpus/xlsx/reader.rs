//! XLSX workbooks of any maker into rows.

use super::number;
use crate::corpus::Row;
use crate::corpus::columns::Columns;
use crate::corpus::input::{self, Stretch};
use crate::corpus::xml::{Element, Piece, Xml};
use crate::error::{Error, Kind, Result};
use crate::ingest::package::most_unpacked;
use flate2::read::DeflateDecoder;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use zip::{CompressionMethod, ZipArchive};

/// Rows one at a time, from every sheet in the workbook's order; each begins with a header as a TSV has. Blank lines
/// are passed over. Cells are what they show: of a formula its last value, of a date its number.
///
/// Rows stream; the texts that Excel shares between cells are in memory, as they are in Excel.
pub struct Reader {
    source: String,
    file: File,
    /// The directory of the file.
    archive: ZipArchive<BufReader<File>>,
    /// The parts of the sheets, the next one last.
    sheets: Vec<String>,
    shared: Vec<String>,
    sheet: Option<Sheet>,
    rows: usize,
}

type Part = Xml<BufReader<Box<dyn Read + Send>>>;

struct Sheet {
    xml: Part,
    columns: Option<Columns>,
    line: usize,
}

/// Bytes of shared texts that are held, of those that are packed as texts are ([`most_unpacked`]).
const MOST_SHARED: u64 = 1 << 30;
/// The part that they are in.
const SHARED: &str = "xl/sharedStrings.xml";
/// A sheet's columns: what a reference names beyond `XFD` is no cell.
const MOST_COLUMNS: usize = 1 << 14;

impl Reader {
    /// # Errors
    /// [`Kind::Read`]; [`Kind::Malformed`] for what is no workbook.
    pub fn open(path: &Path) -> Result<Reader> {
        let source = input::name(path);
        let file = input::seekable(path, b"PK")?;
        let directory = file.try_clone().map_err(|cause| Error::read(&source, &cause))?;
        let archive = ZipArchive::new(BufReader::new(directory)).map_err(|cause| {
            Error::new(Kind::Malformed, &source, cause.to_string())
                .remedy("save it as .xlsx: .xls is another format")
        })?;
        let mut reader = Reader {
            source,
            file,
            archive,
            sheets: vec![],
            shared: vec![],
            sheet: None,
            rows: 0,
        };
        reader.sheets = reader.find_sheets()?;
        reader.shared = reader.read_shared()?;
        Ok(reader)
    }

    /// The sheets' parts, the last sheet first.
    fn find_sheets(&mut self) -> Result<Vec<String>> {
        let mut targets = HashMap::new();
        self.each_element("xl/_rels/workbook.xml.rels", |element| {
            if let (Some(id), Some(target)) = (element.get("Id"), element.get("Target")) {
                let part = target
                    .strip_prefix('/')
                    .map_or_else(|| format!("xl/{target}"), str::to_owned);
                targets.insert(id.to_owned(), part);
            }
        })?;
        let mut sheets = vec![];
        self.each_element("xl/workbook.xml", |element| {
            if element.name == "sheet" {
                sheets.extend(element.get("id").and_then(|id| targets.get(id)).cloned());
            }
        })?;
        sheets.reverse();
        Ok(sheets)
    }

    fn each_element(&mut self, part: &str, mut each: impl FnMut(&Element)) -> Result<()> {
        let mut xml = self.part(part)?.ok_or_else(|| {
            Error::new(Kind::Malformed, &self.source, format!("no {part} in it"))
                .remedy("is this an .xlsx workbook?")
        })?;
        loop {
            xml.next_unit();
            match xml.next()? {
                Piece::Start(element) => each(&element),
                Piece::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn read_shared(&mut self) -> Result<Vec<String>> {
        let (mut shared, mut size) = (vec![], 0);
        let Some(mut xml) = self.part(SHARED)? else {
            return Ok(shared);
        };
        let packed = self
            .archive
            .by_name(SHARED)
            .map_or(0, |file| file.compressed_size());
        let most = most_unpacked(packed).min(MOST_SHARED);
        loop {
            xml.next_unit();
            match xml.next()? {
                Piece::Start(element) if element.name == "si" => {
                    shared.push(text(&mut xml, "si")?);
                    size += (shared.last().map_or(0, String::len) + size_of::<String>()) as u64;
                    if size > most {
                        let cause = format!("more than {most} bytes of shared texts");
                        return Err(
                            xml.malformed(cause, "cut the workbook into smaller ones, or save it as .csv")
                        );
                    }
                }
                Piece::Eof => return Ok(shared),
                _ => {}
            }
        }
    }

    /// A part as a stream of its own; none if it is not there.
    fn part(&mut self, name: &str) -> Result<Option<Part>> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let source = format!("{} ({name})", self.source);
        let malformed =
            |cause: String| Error::new(Kind::Malformed, &source, cause).remedy("save it anew as .xlsx");
        let (start, size, method) = {
            let file = self
                .archive
                .by_index(index)
                .map_err(|cause| malformed(cause.to_string()))?;
            let start = file.data_start().ok_or_else(|| malformed("no data".into()))?;
            (start, file.compressed_size(), file.compression())
        };
        let file = self.file.try_clone();
        let file = file.map_err(|cause| Error::read(&source, &cause))?;
        let raw = Stretch::new(file, start, start.saturating_add(size));
        let bytes: Box<dyn Read + Send> = match method {
            CompressionMethod::Stored => Box::new(raw),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(BufReader::new(raw))),
            other => return Err(malformed(format!("packed by {other}"))),
        };
        Xml::new(source, BufReader::with_capacity(1 << 16, bytes)).map(Some)
    }

    fn read(&mut self) -> Result<Option<Row>> {
        loop {
            let Some(sheet) = &mut self.sheet else {
                let Some(part) = self.sheets.pop() else {
                    return Ok(None);
                };
                let xml = self.part(&part)?.ok_or_else(|| {
                    Error::new(Kind::Malformed, &self.source, format!("no {part} in it"))
                        .remedy("save it anew as .xlsx")
                })?;
                self.sheet = Some(Sheet {
                    xml,
                    columns: None,
                    line: 0,
                });
                continue;
            };
            let Some(fields) = sheet.fields(&self.shared)? else {
                self.sheet = None;
                continue;
            };
            if fields.iter().all(|field| field.trim().is_empty()) {
                continue;
            }
            let fields = fields.iter().map(String::as_str);
            match &sheet.columns {
                None => {
                    let columns =
                        Columns::new(fields).map_err(|fault| fault.at(sheet.xml.source(), sheet.line))?;
                    sheet.columns = Some(columns);
                }
                Some(columns) => {
                    self.rows += 1;
                    let row = columns.row(fields, self.rows);
                    return row
                        .map(Some)
                        .map_err(|fault| fault.at(sheet.xml.source(), sheet.line));
                }
            }
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Row>;

    /// A row whose fields are wrong is an error, and those after it can still be read; a broken sheet ends the corpus.
    fn next(&mut self) -> Option<Result<Row>> {
        let read = self.read().transpose();
        if let Some(Err(error)) = &read
            && (error.place.column.is_some() || error.place.line.is_none())
        {
            self.sheet = None;
            self.sheets.clear();
        }
        read
    }
}

impl Sheet {
    /// The cells of the next line, by their columns; none at the end.
    fn fields(&mut self, shared: &[String]) -> Result<Option<Vec<String>>> {
        self.xml.next_unit();
        loop {
            match self.xml.next()? {
                Piece::Start(element) if element.name == "row" => break,
                Piece::Eof => return Ok(None),
                _ => {}
            }
        }
        self.line += 1;
        let mut fields: Vec<String> = vec![];
        loop {
            match self.xml.next()? {
                Piece::Start(element) if element.name == "c" => {
                    let place = match element.get("r") {
                        Some(reference) => column(reference).ok_or_else(|| {
                            let cause = format!("{reference:?} is no cell");
                            self.xml.malformed(cause, "save it anew as .xlsx")
                        })?,
                        None => fields.len(),
                    };
                    let value = text(&mut self.xml, "c")?;
                    let value = match element.get("t") {
                        Some("s") => {
                            let found = value.trim().parse().ok().and_then(|at: usize| shared.get(at));
                            found.cloned().ok_or_else(|| {
                                let cause = format!("no shared text {value:?}");
                                self.xml.malformed(cause, "save it anew as .xlsx")
                            })?
                        }
                        _ => value,
                    };
                    if fields.len() <= place {
                        fields.resize(place + 1, String::new());
                    }
                    fields[place] = value;
                }
                Piece::Start(_) => self.xml.skip()?,
                Piece::End(name) if name == "row" => return Ok(Some(fields)),
                _ => {}
            }
        }
    }
}

/// The column that a cell's reference names, from 0: `AB7` is 27.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters
        .take(4)
        .fold(0, |number, letter| number * 26 + usize::from(letter - b'A') + 1);
    number.checked_sub(1).filter(|column| *column < MOST_COLUMNS)
}

/// The text of an element up to its end: of formulas their values, and no readings of Chinese characters.
fn text<R: BufRead>(xml: &mut Xml<R>, element: &str) -> Result<String> {
    let (mut text, mut inside) = (String::new(), false);
    loop {
        match xml.next()? {
            Piece::Text(piece) if inside => text.push_str(&piece),
            Piece::Start(inner) => match inner.name.as_str() {
                "t" | "v" => inside = true,
                "is" | "r" => {}
                _ => xml.skip()?,
            },
            Piece::End(name) if name == element => return Ok(characters(&text)),
            Piece::End(name) if name == "t" || name == "v" => inside = false,
            _ => {}
        }
    }
}

/// A cell's text with the characters that stand in it by their numbers.
fn characters(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(at) = rest.find("_x") {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = number(rest).map_or(('_', 1), |character| (character, "_x0000_".len()));
        text.push(character);
        rest = &rest[length..];
    }
    text + rest
}
