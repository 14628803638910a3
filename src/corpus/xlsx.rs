//! Rows into an XLSX workbook, the TSV's columns on a sheet, and back.

mod reader;

pub use reader::Reader;

use super::columns::{COLUMNS, fields};
use super::package::{Packer, RELATIONS, relations, types};
use super::writer::invalid;
use super::{Row, xml};
use std::io::{self, Write};

/// A header and one line a row, in cells of text that wrap; scores and numbers of rows are numbers. A cell that begins
/// with `=` is text, and stays so when a translator edits it. A sheet that is full, by lines or bytes, is followed by another. Nothing is
/// kept in memory.
pub struct Writer<W: Write> {
    zip: Packer<W>,
    sheets: usize,
    /// Lines of the open sheet.
    lines: usize,
    /// Bytes of their fields.
    bytes: usize,
}

/// What a sheet of Excel holds, and a cell of it in units of UTF-16.
const MOST_LINES: usize = 1 << 20;
const MOST_UNITS: usize = 32_767;
/// Bytes of fields in a sheet: a part of a package has up to 4 GiB, and a byte may take six as XML.
const MOST_BYTES: usize = 512 << 20;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> io::Result<Self> {
        let mut writer = Writer {
            zip: Packer::new(out),
            sheets: 0,
            lines: 0,
            bytes: 0,
        };
        writer.begin_sheet()?;
        Ok(writer)
    }

    /// # Errors
    /// Besides failing outputs: a text that is longer than a cell may be.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.lines == MOST_LINES || self.bytes >= MOST_BYTES {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        let fields = fields(row);
        let too_long = |field: &&str| field.len() > MOST_UNITS && field.encode_utf16().count() > MOST_UNITS;
        if let Some(long) = fields.iter().map(|field| &**field).find(too_long) {
            return Err(invalid(format!(
                "row {} has a text of {} characters, and a cell holds {MOST_UNITS}: write tsv or csv",
                row.link_no,
                long.chars().count()
            )));
        }
        self.line(fields.iter().map(|field| &**field))
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.end_sheet()?;
        let sheets: Vec<(String, String)> = (1..=self.sheets)
            .map(|sheet| (format!("rId{sheet}"), format!("worksheets/sheet{sheet}.xml")))
            .collect();
        let named: String = (1..=self.sheets)
            .map(|sheet| format!("<sheet name=\"rows{sheet}\" sheetId=\"{sheet}\" r:id=\"rId{sheet}\"/>"))
            .collect();
        let parts: Vec<String> = sheets.iter().map(|(_, target)| format!("xl/{target}")).collect();
        let mut typed = vec![
            ("xl/workbook.xml", "spreadsheetml.sheet.main"),
            ("xl/styles.xml", "spreadsheetml.styles"),
        ];
        typed.extend(
            parts
                .iter()
                .map(|part| (part.as_str(), "spreadsheetml.worksheet")),
        );
        let mut related = vec![("styles", "styles", "styles.xml")];
        related.extend(
            sheets
                .iter()
                .map(|(id, target)| ("worksheet", id.as_str(), target.as_str())),
        );
        let workbook =
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{named}</sheets></workbook>");
        let package = relations(&[("officeDocument", "rId1", "xl/workbook.xml")]);
        self.zip.part("[Content_Types].xml", &types(&typed))?;
        self.zip.part("_rels/.rels", &package)?;
        self.zip.part("xl/workbook.xml", &workbook)?;
        self.zip
            .part("xl/_rels/workbook.xml.rels", &relations(&related))?;
        self.zip.part("xl/styles.xml", &STYLES.replace("MAIN", MAIN))?;
        self.zip.finish()
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        self.lines = 0;
        self.bytes = 0;
        self.zip
            .begin(&format!("xl/worksheets/sheet{}.xml", self.sheets))?;
        // The header stays in sight; columns 3 and 4 are the texts.
        writeln!(
            self.zip,
            "<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" \
             topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>\
             <col min=\"1\" max=\"2\" width=\"12\" customWidth=\"1\" style=\"1\"/>\
             <col min=\"3\" max=\"4\" width=\"60\" customWidth=\"1\" style=\"1\"/>\
             <col min=\"5\" max=\"15\" width=\"12\" customWidth=\"1\" style=\"1\"/></cols><sheetData>"
        )?;
        self.line(COLUMNS.into_iter())
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        self.zip.write_all(b"</sheetData></worksheet>\n")
    }

    fn line<'a>(&mut self, fields: impl Iterator<Item = &'a str>) -> io::Result<()> {
        self.lines += 1;
        let line = self.lines;
        write!(self.zip, "<row r=\"{line}\">")?;
        for (place, field) in fields.enumerate().filter(|(_, field)| !field.is_empty()) {
            self.bytes += field.len();
            let column = char::from(b'A' + place as u8);
            let is_number = line > 1 && ["aligner_score", "link_no"].contains(&COLUMNS[place]);
            match is_number {
                true => write!(self.zip, "<c r=\"{column}{line}\"><v>{field}</v></c>")?,
                false => write!(
                    self.zip,
                    "<c r=\"{column}{line}\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    cell(field)
                )?,
            }
        }
        self.zip.write_all(b"</row>\n")
    }
}

/// Style 1 is text (format 49), wrapped.
const STYLES: &str = "<styleSheet xmlns=\"MAIN\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
    <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\">\
    <alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>\
    <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

/// A text as a cell holds it: what XML cannot, and a CR, by its number, as Excel writes it (`_x001B_`).
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        match character {
            '_' if number(&text[at..]).is_some() => cell.push_str("_x005F_"),
            '\r' => cell.push_str("_x000D_"),
            c if !xml::is_legal(c) => cell.push_str(&format!("_x{:04X}_", u32::from(c))),
            c => cell.push(c),
        }
    }
    quick_xml::escape::escape(cell).into_owned()
}

/// The character of a number that a text begins with.
fn number(text: &str) -> Option<char> {
    let digits = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hexadecimal
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
        .and_then(char::from_u32)
}
