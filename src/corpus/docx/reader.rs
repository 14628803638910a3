//! Tables of Word documents of any maker into rows.

use crate::corpus::Row;
use crate::corpus::columns::Columns;
use crate::corpus::package::{Package, Part};
use crate::corpus::xml::{Element, Piece};
use crate::error::{Error, Kind, Result};
use std::path::Path;

/// Rows one at a time, from the document's tables: the first one begins with a header as a TSV has, and where the header
/// comes again it is passed over, as are blank lines and all that stands outside tables. Changes that are tracked are
/// read as if they were accepted; paragraphs of a cell are lines of its text.
///
/// Rows stream; nothing is kept in memory but one of them and the header.
pub struct Reader {
    source: String,
    /// None where nothing is left to read.
    part: Option<Part>,
    header: Vec<Cell>,
    columns: Option<Columns>,
    /// Lines of tables that were read, the header's among them.
    lines: usize,
    rows: usize,
}

/// A text that is not empty, and its column.
type Cell = (usize, String);

/// Columns that Word lets a table have.
const MOST_COLUMNS: usize = 63;

impl Reader {
    /// # Errors
    /// [`Kind::Read`]; [`Kind::Malformed`] for what is no Word document.
    pub fn open(path: &Path) -> Result<Reader> {
        let mut package = Package::open(path, ".docx")?;
        let mut main = String::from("word/document.xml");
        package.each_element("_rels/.rels", |element| {
            let is_main = element
                .get("Type")
                .is_some_and(|kind| kind.ends_with("/officeDocument"));
            if let (true, Some(target)) = (is_main, element.get("Target")) {
                main = target.trim_start_matches('/').into();
            }
        })?;
        Ok(Reader {
            part: Some(package.needed(&main)?),
            source: package.source,
            header: vec![],
            columns: None,
            lines: 0,
            rows: 0,
        })
    }

    /// The next row; none at the end. The outer error ends the corpus.
    fn read(&mut self) -> Result<Option<Result<Row>>> {
        loop {
            let line = match &mut self.part {
                Some(part) => line(part)?,
                None => return Ok(None),
            };
            let Some(cells) = line else {
                self.part = None;
                return match self.columns {
                    Some(_) => Ok(None),
                    None => Err(Error::new(Kind::Malformed, &self.source, "no table in it").remedy(
                        "a corpus is a table with columns src_text and trg_text; texts are for duizhao align",
                    )),
                };
            };
            self.lines += 1;
            if cells.iter().all(|(_, text)| text.trim().is_empty()) || cells == self.header {
                continue;
            }
            let place = || format!("{} (row {})", self.source, self.lines);
            match &self.columns {
                Some(columns) => {
                    self.rows += 1;
                    let cells = cells.iter().map(|(column, text)| (*column, text.as_str()));
                    let row = columns.row_of_cells(cells, self.rows);
                    return Ok(Some(row.map_err(|fault| fault.of(&place()))));
                }
                None => {
                    let columns = Columns::of_cells(&cells).map_err(|fault| fault.of(&place()))?;
                    self.columns = Some(columns);
                    self.header = cells;
                }
            }
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Row>;

    /// A row whose fields are wrong is an error, and those after it can still be read; broken XML ends the corpus.
    fn next(&mut self) -> Option<Result<Row>> {
        self.read().unwrap_or_else(|error| {
            self.part = None;
            Some(Err(error))
        })
    }
}

/// The cells of the next line of a table that say something; none at the end of the document. A line that is deleted
/// has none.
fn line(part: &mut Part) -> Result<Option<Vec<Cell>>> {
    loop {
        part.next_unit();
        match part.next()? {
            Piece::Start(element) if element.name == "tr" => break,
            Piece::Eof => return Ok(None),
            _ => {}
        }
    }
    let (mut cells, mut column, mut is_deleted) = (vec![], 0_usize, false);
    loop {
        match part.next()? {
            Piece::Start(element) => match element.name.as_str() {
                "tc" => {
                    let (text, width) = cell(part)?;
                    if !text.is_empty() && column < MOST_COLUMNS {
                        cells.push((column, text));
                    }
                    column = column.saturating_add(width);
                }
                "gridBefore" => column = column.saturating_add(number(&element)),
                // Within the properties of the line; deletions of texts are in its cells.
                "del" => is_deleted = true,
                "sdtPr" => part.skip()?,
                _ => {}
            },
            Piece::End(name) if name == "tr" => {
                if is_deleted {
                    cells.clear();
                }
                return Ok(Some(cells));
            }
            _ => {}
        }
    }
}

/// The text of the cell whose start was read last, and the columns that it takes.
fn cell(part: &mut Part) -> Result<(String, usize)> {
    let (mut text, mut width) = (String::new(), 1);
    // Cells open around the piece within this one, and paragraphs that ended before it.
    let (mut inner, mut ends) = (0, 0);
    let mut in_text = false;
    loop {
        let mut push = |piece: &str| {
            text.extend(std::iter::repeat_n('\n', std::mem::take(&mut ends)));
            text.push_str(piece);
        };
        match part.next()? {
            Piece::Text(piece) if in_text => push(&piece),
            Piece::Start(element) => match element.name.as_str() {
                "t" => in_text = true,
                "tab" | "ptab" => push("\t"),
                "cr" => push("\n"),
                "br" if matches!(element.get("type"), None | Some("textWrapping")) => push("\n"),
                "noBreakHyphen" => push("-"),
                "softHyphen" => push("\u{AD}"),
                "sym" => {
                    let code = element.get("char");
                    let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
                    push(
                        &code
                            .and_then(char::from_u32)
                            .map(String::from)
                            .unwrap_or_default(),
                    );
                }
                "gridSpan" => width = number(&element),
                "tc" => inner += 1,
                // Deletions, what stands there a second time, readings above characters, and what is said of paragraphs.
                "del" | "moveFrom" | "Fallback" | "rt" | "pPr" | "rPr" | "sdtPr" => part.skip()?,
                _ => {}
            },
            Piece::End(name) => match name.as_str() {
                "t" => in_text = false,
                "p" => ends += 1,
                "tc" if inner == 0 => return Ok((text, width)),
                "tc" => inner -= 1,
                _ => {}
            },
            _ => {}
        }
    }
}

/// The columns that an element says; Word has it at 1 where it says no number.
fn number(element: &Element) -> usize {
    let said = element.get("val").and_then(|number| number.parse().ok());
    said.unwrap_or(1)
}
