//! XLSX workbooks of any maker into rows.

use super::number;
use crate::corpus::Row;
use crate::corpus::columns::Columns;
use crate::corpus::package::{Package, Part};
use crate::corpus::xml::{Piece, Xml};
use crate::error::Result;
use crate::ingest::package::most_unpacked;
use std::collections::HashMap;
use std::io::BufRead;
use std::path::Path;

/// Rows one at a time, from every sheet in the workbook's order; each begins with a header as a TSV has. Blank lines
/// are passed over. Cells are what they show: of a formula its last value, of a date its number.
///
/// Rows stream; the texts that Excel shares between cells are in memory, as they are in Excel.
pub struct Reader {
    package: Package,
    /// The parts of the sheets, the next one last.
    sheets: Vec<String>,
    shared: Vec<String>,
    sheet: Option<Sheet>,
    rows: usize,
}

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
    /// [`Kind::Read`](crate::error::Kind::Read); [`Kind::Malformed`](crate::error::Kind::Malformed) for what is no workbook.
    pub fn open(path: &Path) -> Result<Reader> {
        let mut reader = Reader {
            package: Package::open(path, ".xlsx")?,
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
        self.package
            .each_element("xl/_rels/workbook.xml.rels", |element| {
                if let (Some(id), Some(target)) = (element.get("Id"), element.get("Target")) {
                    let part = target
                        .strip_prefix('/')
                        .map_or_else(|| format!("xl/{target}"), str::to_owned);
                    targets.insert(id.to_owned(), part);
                }
            })?;
        let mut sheets = vec![];
        self.package.each_element("xl/workbook.xml", |element| {
            if element.name == "sheet" {
                sheets.extend(element.get("id").and_then(|id| targets.get(id)).cloned());
            }
        })?;
        sheets.reverse();
        Ok(sheets)
    }

    fn read_shared(&mut self) -> Result<Vec<String>> {
        let (mut shared, mut size) = (vec![], 0);
        let Some(mut xml) = self.package.part(SHARED)? else {
            return Ok(shared);
        };
        let most = most_unpacked(self.package.packed_size(SHARED)).min(MOST_SHARED);
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

    fn read(&mut self) -> Result<Option<Row>> {
        loop {
            let Some(sheet) = &mut self.sheet else {
                let Some(part) = self.sheets.pop() else {
                    return Ok(None);
                };
                let xml = self.package.needed(&part)?;
                self.sheet = Some(Sheet {
                    xml,
                    columns: None,
                    line: 0,
                });
                continue;
            };
            let Some(cells) = sheet.cells(&self.shared)? else {
                self.sheet = None;
                continue;
            };
            if cells.iter().all(|(_, text)| text.trim().is_empty()) {
                continue;
            }
            match &sheet.columns {
                None => {
                    let columns = Columns::of_cells(&cells)
                        .map_err(|fault| fault.at(sheet.xml.source(), sheet.line))?;
                    sheet.columns = Some(columns);
                }
                Some(columns) => {
                    self.rows += 1;
                    let cells = cells.iter().map(|(place, text)| (*place, text.as_str()));
                    let row = columns.row_of_cells(cells, self.rows);
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
    /// The cells of the next line that say something, each with its column; none at the end.
    fn cells(&mut self, shared: &[String]) -> Result<Option<Vec<(usize, String)>>> {
        self.xml.next_unit();
        loop {
            match self.xml.next()? {
                Piece::Start(element) if element.name == "row" => break,
                Piece::Eof => return Ok(None),
                _ => {}
            }
        }
        self.line += 1;
        let (mut cells, mut next) = (vec![], 0);
        loop {
            match self.xml.next()? {
                Piece::Start(element) if element.name == "c" => {
                    let place = match element.get("r") {
                        Some(reference) => column(reference).ok_or_else(|| {
                            let cause = format!("{reference:?} is no cell");
                            self.xml.malformed(cause, "save it anew as .xlsx")
                        })?,
                        None => next,
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
                    next = place + 1;
                    if !value.is_empty() {
                        cells.push((place, value));
                    }
                }
                Piece::Start(_) => self.xml.skip()?,
                Piece::End(name) if name == "row" => return Ok(Some(cells)),
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
