//! Rows into a table of a Word document, the TSV's columns in an order for translators, and back.

mod reader;

pub use reader::Reader;

use super::columns::{COLUMNS, fields};
use super::package::{Packer, relations, types};
use super::writer::invalid;
use super::{Row, xml};
use quick_xml::escape::escape;
use std::fmt::Write as _;
use std::io::{self, Write};

/// A landscape page with one table: a header that every page repeats, and one line a row. Number and texts come first;
/// ids and what else a translator leaves alone stand behind them in small print. A row is not cut by a page's end.
///
/// Tabs and line ends stay; characters that XML cannot hold are left out and counted. Nothing is kept in memory.
pub struct Writer<W: Write> {
    zip: Packer<W>,
    /// Bytes of the cells.
    bytes: usize,
    illegal: usize,
}

/// Bytes of cells in a document: more than any program opens, and no part of a package has 4 GiB.
const MOST_BYTES: usize = 1 << 30;

/// The columns in their order, each with its width in twentieths of a point.
const TABLE: [(&str, u32); COLUMNS.len()] = [
    ("link_no", 700),
    ("src_text", 5600),
    ("trg_text", 5600),
    ("aligner_score", 800),
    ("flags", 1200),
    ("status", 900),
    ("pair_id", 1500),
    ("align_type", 700),
    ("src_url", 1000),
    ("trg_url", 1000),
    ("doc_pair_id", 1000),
    ("src_sent_ids", 800),
    ("trg_sent_ids", 800),
    ("src_lang", 600),
    ("trg_lang", 600),
];

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> io::Result<Self> {
        let mut writer = Writer {
            zip: Packer::new(out),
            bytes: 0,
            illegal: 0,
        };
        let parts = [
            ("word/document.xml", "wordprocessingml.document.main"),
            ("word/styles.xml", "wordprocessingml.styles"),
        ];
        let package = relations(&[("officeDocument", "rId1", "word/document.xml")]);
        let document = relations(&[("styles", "rId1", "styles.xml")]);
        writer.zip.part("[Content_Types].xml", &types(&parts))?;
        writer.zip.part("_rels/.rels", &package)?;
        writer.zip.part("word/_rels/document.xml.rels", &document)?;
        writer
            .zip
            .part("word/styles.xml", &STYLES.replace("MAIN", MAIN))?;
        writer.zip.begin("word/document.xml")?;
        let grid: String = TABLE
            .iter()
            .map(|(_, width)| format!("<w:gridCol w:w=\"{width}\"/>"))
            .collect();
        writeln!(
            writer.zip,
            "<w:document xmlns:w=\"{MAIN}\"><w:body><w:tbl><w:tblPr><w:tblStyle w:val=\"Rows\"/>\
             <w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            TABLE.iter().map(|(_, width)| width).sum::<u32>()
        )?;
        writer.line("<w:tblHeader/>", TABLE.map(|(name, _)| name))?;
        Ok(writer)
    }

    /// # Errors
    /// Besides failing outputs: more rows than a document may hold.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.bytes > MOST_BYTES {
            return Err(invalid(format!(
                "row {} comes after {MOST_BYTES} bytes, and a document holds no more: write xlsx or tsv",
                row.link_no
            )));
        }
        let fields = fields(row);
        self.line("", TABLE.map(|(name, _)| &*fields[place(name)]))
    }

    /// Besides the output: the number of characters left out.
    pub fn finish(mut self) -> io::Result<(W, usize)> {
        // A3, which prints on A4 made smaller. Word wants a paragraph behind a table.
        self.zip.write_all(
            b"</w:tbl><w:p/><w:sectPr><w:pgSz w:w=\"23811\" w:h=\"16838\" w:orient=\"landscape\"/>\
              <w:pgMar w:top=\"700\" w:right=\"500\" w:bottom=\"700\" w:left=\"500\" w:header=\"300\" w:footer=\"300\" \
              w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n",
        )?;
        Ok((self.zip.finish()?, self.illegal))
    }

    fn line(&mut self, properties: &str, fields: [&str; TABLE.len()]) -> io::Result<()> {
        write!(self.zip, "<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>")?;
        for ((name, width), field) in TABLE.iter().zip(fields) {
            let style = match name.ends_with("_text") {
                true => "",
                false => "<w:pPr><w:pStyle w:val=\"Codes\"/></w:pPr>",
            };
            let (run, illegal) = run(field);
            self.illegal += illegal;
            self.bytes += run.len();
            write!(
                self.zip,
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p>{style}{run}</w:p></w:tc>"
            )?;
        }
        self.zip.write_all(b"</w:tr>\n")
    }
}

/// Where the fields of a row have a column.
fn place(name: &str) -> usize {
    let place = COLUMNS.iter().position(|column| *column == name);
    place.expect("a test finds every column in the table")
}

/// A text as a run holds it, and how many of its characters no XML can hold.
fn run(text: &str) -> (String, usize) {
    if text.is_empty() {
        return (String::new(), 0);
    }
    let (mut run, mut illegal) = (String::from("<w:r>"), 0);
    let text = text.replace("\r\n", "\n");
    for piece in text.split_inclusive(['\n', '\r', '\t']) {
        let letters = piece.trim_end_matches(['\n', '\r', '\t']);
        let legal: String = letters.chars().filter(|c| xml::is_legal(*c)).collect();
        illegal += letters.chars().count() - legal.chars().count();
        if !legal.is_empty() {
            let legal = escape(&legal);
            write!(run, "<w:t xml:space=\"preserve\">{legal}</w:t>").expect("a string takes all");
        }
        run.push_str(match &piece[letters.len()..] {
            "" => "",
            "\t" => "<w:tab/>",
            _ => "<w:br/>",
        });
    }
    (run + "</w:r>", illegal)
}

/// Fonts for both languages, the small print, and a table with thin lines.
const STYLES: &str = "<w:styles xmlns:w=\"MAIN\"><w:docDefaults><w:rPrDefault><w:rPr>\
    <w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"SimSun\" w:cs=\"Calibri\"/><w:sz w:val=\"21\"/>\
    <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
    <w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Codes\"><w:name w:val=\"Codes\"/>\
    <w:basedOn w:val=\"Normal\"/><w:rPr><w:noProof/><w:color w:val=\"7F7F7F\"/><w:sz w:val=\"14\"/></w:rPr></w:style>\
    <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/></w:style>\
    <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Rows\"><w:name w:val=\"Rows\"/>\
    <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>\
    <w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/><w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/><w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/>\
    </w:tblBorders><w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
    </w:styles>";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_in_the_table_once() {
        let mut names = TABLE.map(|(name, _)| name);
        let mut columns = COLUMNS;
        names.sort_unstable();
        columns.sort_unstable();
        assert_eq!(names, columns);
    }

    #[test]
    fn a_run_keeps_tabs_and_line_ends_and_counts_what_it_cannot_hold() {
        assert_eq!(
            run("茶\t& \r\n\u{1}tea\r"),
            (
                "<w:r><w:t xml:space=\"preserve\">茶</w:t><w:tab/><w:t xml:space=\"preserve\">&amp; </w:t><w:br/>\
                 <w:t xml:space=\"preserve\">tea</w:t><w:br/></w:r>"
                    .into(),
                1
            )
        );
        assert_eq!(run(""), (String::new(), 0));
    }
}
