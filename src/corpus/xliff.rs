//! Rows into XLIFF 1.2 or 2.0, the files that CAT tools pass round, and back.

mod reader;

pub use reader::Reader;

use super::tmx::{Languages, code};
use super::{Row, property, text::one_line, xml};
use crate::ingest::name::whole;
use crate::language::Side;
use quick_xml::escape::escape;
use std::io::{self, Write};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 1.2, OASIS 2008.
    V1,
    /// 2.0, OASIS 2014.
    V2,
}

/// One `file` for each document pair and one unit a row, source Chinese; what else a row says stands in a context group
/// (1.2) or in metadata (2.0). An omission has no `target`, an addition an empty `source`.
///
/// XML cannot hold control characters. XLIFF 2.0 names them (`<cp hex="001B"/>`); in 1.2 they are left out and counted.
pub struct Writer<W> {
    out: W,
    version: Version,
    languages: Option<Languages>,
    /// What the rows of the open `file` have in common, and how many there are.
    open: Option<(Head, usize)>,
    files: usize,
    /// The root's languages, once it is written.
    root: Option<[String; 2]>,
    illegal: usize,
}

#[derive(PartialEq)]
struct Head {
    doc_pair_id: String,
    src_url: String,
    trg_url: String,
}

impl<W: Write> Writer<W> {
    /// `languages` are the codes of all texts; without them each `file` has those of its first row.
    pub fn new(out: W, version: Version, languages: Option<Languages>) -> Self {
        Writer {
            out,
            version,
            languages,
            open: None,
            files: 0,
            root: None,
            illegal: 0,
        }
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        let languages = self.languages(row);
        if self.root.is_none() {
            self.begin(&languages)?;
        }
        let head = Head {
            doc_pair_id: row.doc_pair_id.clone(),
            src_url: whole(&row.src_url).to_owned(),
            trg_url: whole(&row.trg_url).to_owned(),
        };
        let number = match self.open.take() {
            Some((open, number)) if open == head => number + 1,
            open => {
                self.begin_file(open.is_some(), row, &languages)?;
                1
            }
        };
        self.open = Some((head, number));
        self.unit(row, number, &languages)
    }

    /// Gives back the output and the number of characters that had to be left out.
    pub fn finish(mut self) -> io::Result<(W, usize)> {
        if self.root.is_none() {
            // A file without a `file` is no XLIFF.
            let row = Row::default();
            let languages = self.languages(&row);
            self.begin(&languages)?;
            self.begin_file(false, &row, &languages)?;
            if self.version == Version::V2 {
                self.out
                    .write_all(b"    <unit id=\"1\"><segment><source/></segment></unit>\n")?;
            }
        }
        self.end_file()?;
        self.out.write_all(b"</xliff>\n")?;
        Ok((self.out, self.illegal))
    }

    /// The codes of a row's two sides, escaped.
    fn languages(&self, row: &Row) -> [String; 2] {
        [(Side::Zh, &row.src_lang), (Side::En, &row.trg_lang)]
            .map(|(side, own)| code(self.languages.as_ref(), side, own))
    }

    fn begin(&mut self, [zh, en]: &[String; 2]) -> io::Result<()> {
        writeln!(self.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        match self.version {
            Version::V1 => writeln!(
                self.out,
                "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">"
            )?,
            Version::V2 => writeln!(
                self.out,
                "<xliff version=\"2.0\" xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" \
                 xmlns:mda=\"urn:oasis:names:tc:xliff:metadata:2.0\" srcLang=\"{zh}\" trgLang=\"{en}\">"
            )?,
        }
        self.root = Some([zh.clone(), en.clone()]);
        Ok(())
    }

    fn begin_file(&mut self, is_open: bool, row: &Row, [zh, en]: &[String; 2]) -> io::Result<()> {
        if is_open {
            self.end_file()?;
        }
        self.files += 1;
        let (original, number) = (self.text(whole(&row.src_url)), self.files);
        match self.version {
            Version::V1 => {
                self.root = Some([zh.clone(), en.clone()]);
                writeln!(
                    self.out,
                    "  <file original=\"{original}\" source-language=\"{zh}\" target-language=\"{en}\" \
                     datatype=\"plaintext\">\n    <body>"
                )
            }
            Version::V2 => writeln!(self.out, "  <file id=\"f{number}\" original=\"{original}\">"),
        }
    }

    fn end_file(&mut self) -> io::Result<()> {
        self.out.write_all(match self.version {
            Version::V1 => b"    </body>\n  </file>\n",
            Version::V2 => b"  </file>\n",
        })
    }

    fn unit(&mut self, row: &Row, number: usize, languages: &[String; 2]) -> io::Result<()> {
        let name = self.text(&row.pair_id);
        match self.version {
            Version::V1 => {
                writeln!(
                    self.out,
                    "      <trans-unit id=\"{number}\" resname=\"{name}\" xml:space=\"preserve\">"
                )?;
                self.texts(row, "        ", "")?;
                self.properties(row, languages)?;
                writeln!(self.out, "      </trans-unit>")
            }
            Version::V2 => {
                writeln!(self.out, "    <unit id=\"{number}\" name=\"{name}\">")?;
                self.properties(row, languages)?;
                writeln!(self.out, "      <segment>")?;
                self.texts(row, "        ", " xml:space=\"preserve\"")?;
                writeln!(self.out, "      </segment>\n    </unit>")
            }
        }
    }

    fn texts(&mut self, row: &Row, indent: &str, space: &str) -> io::Result<()> {
        let source = self.content(&row.src_text);
        writeln!(self.out, "{indent}<source{space}>{source}</source>")?;
        if !row.trg_text.is_empty() {
            let target = self.content(&row.trg_text);
            writeln!(self.out, "{indent}<target{space}>{target}</target>")?;
        }
        Ok(())
    }

    fn properties(&mut self, row: &Row, languages: &[String; 2]) -> io::Result<()> {
        let mut properties: Vec<_> = property::of(row).collect();
        properties.push(("trg-url", row.trg_url.as_str().into()));
        if whole(&row.src_url) != row.src_url {
            properties.push(("src-url", row.src_url.as_str().into()));
        }
        let common = self.root.clone().unwrap_or_default();
        for (name, text, own, common) in [
            ("src-lang", &row.src_text, &languages[0], &common[0]),
            ("trg-lang", &row.trg_text, &languages[1], &common[1]),
        ] {
            if own != common && !text.is_empty() {
                properties.push((name, own.as_str().into()));
            }
        }
        let [before, open, between, close, after] = match self.version {
            Version::V1 => [
                "        <context-group name=\"duizhao\" purpose=\"information\">",
                "          <context context-type=\"x-",
                "\">",
                "</context>",
                "        </context-group>",
            ],
            Version::V2 => [
                "      <mda:metadata><mda:metaGroup category=\"duizhao\">",
                "        <mda:meta type=\"",
                "\">",
                "</mda:meta>",
                "      </mda:metaGroup></mda:metadata>",
            ],
        };
        writeln!(self.out, "{before}")?;
        for (name, value) in properties.into_iter().filter(|(_, value)| !value.is_empty()) {
            let value = self.text(&value);
            writeln!(self.out, "{open}{name}{between}{value}{close}")?;
        }
        writeln!(self.out, "{after}")
    }

    /// A text with whatever stands in it, as far as the version can say it.
    fn content(&mut self, text: &str) -> String {
        if self.version == Version::V1 {
            return self.text(text);
        }
        let line = one_line(text).0;
        let mut content = String::with_capacity(line.len());
        let mut rest = &*line;
        while let Some(at) = rest.find(|c| !xml::is_legal(c)) {
            content.push_str(&escape(&rest[..at]));
            let mut characters = rest[at..].chars();
            let illegal = characters.next().map_or(0, u32::from);
            content.push_str(&format!("<cp hex=\"{illegal:04X}\"/>"));
            rest = characters.as_str();
        }
        content + &escape(rest)
    }

    fn text(&mut self, text: &str) -> String {
        let (text, illegal) = xml::legal(text);
        self.illegal += illegal;
        text
    }
}
