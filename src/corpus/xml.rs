//! XML a piece at a time, as the readers of TMX and XLIFF want it, and texts in the form that XML can hold.

use super::input::MOST;
use super::text::one_line;
use crate::error::{Error, Kind, Result};
use crate::ingest::xml::{character, local};
use quick_xml::XmlVersion;
use quick_xml::encoding::DecodingReader;
use quick_xml::escape::escape;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// A piece of an XML file. Names are without their prefixes: `xlf:unit` is `unit`, `xml:lang` is `lang`.
#[derive(Debug)]
pub(crate) enum Piece {
    Start(Element),
    /// Comes after an element without content, too.
    End(String),
    Text(String),
    /// The root element has ended.
    Eof,
}

#[derive(Debug)]
pub(crate) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    pub fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(known, _)| known == name)
    }

    /// An attribute's value; none if it is missing or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}

/// Reads XML in the encoding it declares. Entities of a document's own are refused, and so are those that grow into
/// gigabytes; so is a piece or a unit of more than 16 MiB.
pub(crate) struct Xml<R: BufRead> {
    source: String,
    reader: quick_xml::Reader<Counted<R>>,
    buffer: Vec<u8>,
    /// Elements that are open.
    depth: usize,
    begun: bool,
    /// Where the last piece began.
    place: (usize, usize),
}

impl<R: BufRead> Xml<R> {
    pub fn new(source: impl Into<String>, mut input: R) -> Result<Xml<R>> {
        let source = source.into();
        let declared = declared(input.fill_buf().map_err(|cause| Error::read(&source, &cause))?);
        let mut decoded = DecodingReader::new(input);
        if let Some(encoding) = declared {
            decoded.set_encoding(encoding);
        }
        let mut reader = quick_xml::Reader::from_reader(Counted::new(decoded));
        reader.config_mut().expand_empty_elements = true;
        Ok(Xml {
            source,
            reader,
            buffer: vec![],
            depth: 0,
            begun: false,
            place: (1, 1),
        })
    }

    /// The next piece; comments, instructions and the document type are passed over.
    ///
    /// # Errors
    /// With line and column, for what is no well-formed XML; nothing can be read after that.
    pub fn next(&mut self) -> Result<Piece> {
        loop {
            self.buffer.clear();
            self.place = self.reader.get_ref().place();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(cause) => return Err(self.broken(&cause)),
            };
            let version = XmlVersion::Implicit1_0;
            return Ok(match event {
                Event::Start(element) => {
                    self.begun = true;
                    self.depth += 1;
                    let name = local(element.name().0).to_owned();
                    let mut attributes = vec![];
                    for attribute in element.attributes() {
                        let attribute = match attribute {
                            Ok(attribute) => attribute,
                            Err(cause) => return Err(self.malformed(cause.to_string(), WELL_FORMED)),
                        };
                        let value = match attribute.normalized_value(version) {
                            Ok(value) => value.into_owned(),
                            Err(cause) => return Err(self.malformed(cause.to_string(), ENTITIES)),
                        };
                        attributes.push((local(attribute.key.0).to_owned(), value));
                    }
                    Piece::Start(Element { name, attributes })
                }
                Event::End(element) => {
                    self.depth -= 1;
                    Piece::End(local(element.name().0).to_owned())
                }
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => match character(&name) {
                    Ok(character) => Piece::Text(character.into()),
                    Err(cause) => return Err(self.malformed(cause, ENTITIES)),
                },
                Event::Eof if self.depth > 0 => {
                    return Err(self.malformed("the file ends inside an element", "fetch the whole file"));
                }
                Event::Eof if !self.begun => {
                    return Err(self.malformed("no XML: not one element", "is this the format you named?"));
                }
                Event::Eof => Piece::Eof,
                Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {
                    continue;
                }
            });
        }
    }

    /// Lets the next unit have its 16 MiB.
    pub fn next_unit(&mut self) {
        self.reader.get_mut().read = 0;
    }

    /// Passes over the rest of the element whose start was read last.
    pub fn skip(&mut self) -> Result<()> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// An error where the last piece stands.
    pub fn malformed(&self, cause: impl Into<String>, remedy: &str) -> Error {
        self.error(Kind::Malformed, cause).remedy(remedy)
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    /// The line that the last piece begins in.
    pub fn line(&self) -> usize {
        self.place.0
    }

    fn error(&self, kind: Kind, cause: impl Into<String>) -> Error {
        let (line, column) = self.place;
        Error::new(kind, &self.source, cause).line(line).column(column)
    }

    fn broken(&self, cause: &quick_xml::Error) -> Error {
        match cause {
            quick_xml::Error::Io(cause) if cause.kind() == io::ErrorKind::FileTooLarge => self.malformed(
                cause.to_string(),
                "an element that is never closed? close it, or cut the text into smaller units",
            ),
            quick_xml::Error::Io(cause) if cause.kind() != io::ErrorKind::InvalidData => {
                Error::read(&self.source, cause).line(self.place.0)
            }
            quick_xml::Error::Io(_) | quick_xml::Error::Encoding(_) => self
                .error(Kind::Decode, cause.to_string())
                .remedy("write the encoding into its first line, or save it as UTF-8"),
            _ => self.malformed(cause.to_string(), WELL_FORMED),
        }
    }
}

const WELL_FORMED: &str = "mend the XML there: xmllint names the place, too";
const ENTITIES: &str = "write the character itself, or &amp; for an ampersand";

/// The encoding in the declaration, where it is one that a byte order mark does not tell (GB18030, Big5).
fn declared(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let declaration = start.strip_prefix(b"<?xml")?;
    let end = declaration.iter().position(|byte| *byte == b'>')?;
    let declaration = str::from_utf8(&declaration[..end]).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let name = value.get(1..)?.split(['"', '\'']).next()?;
    let encoding = encoding_rs::Encoding::for_label(name.as_bytes())?;
    encoding.is_ascii_compatible().then_some(encoding)
}

/// Counts lines, columns, and the bytes since the last unit.
struct Counted<R> {
    input: DecodingReader<R>,
    read: usize,
    line: usize,
    /// Characters since the line began.
    column: usize,
}

impl<R> Counted<R> {
    fn new(input: DecodingReader<R>) -> Self {
        Counted {
            input,
            read: 0,
            line: 1,
            column: 0,
        }
    }

    /// Line and column of the next byte, both from 1.
    fn place(&self) -> (usize, usize) {
        (self.line, self.column + 1)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read > MOST {
            let cause = format!("a unit of more than {MOST} bytes");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, cause));
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if amount == 0 {
            return;
        }
        self.read += amount;
        // What was filled stands there still: asking again reads nothing.
        if let Ok(bytes) = self.input.fill_buf() {
            let bytes = &bytes[..amount.min(bytes.len())];
            let characters = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
            match bytes.iter().rposition(|byte| *byte == b'\n') {
                Some(last) => {
                    self.line += bytes.iter().filter(|byte| **byte == b'\n').count();
                    self.column = characters(&bytes[last + 1..]);
                }
                None => self.column += characters(bytes),
            }
        }
        self.input.consume(amount);
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let filled = self.fill_buf()?;
        let read = filled.len().min(bytes.len());
        bytes[..read].copy_from_slice(&filled[..read]);
        self.consume(read);
        Ok(read)
    }
}

/// A text on one line, as XML holds it (escaped), and how many characters had to be left out for that.
pub(crate) fn legal(text: &str) -> (String, usize) {
    let line = one_line(text).0;
    match line.chars().filter(|c| !is_legal(*c)).count() {
        0 => (escape(line).into_owned(), 0),
        illegal => {
            let legal: Cow<str> = line.chars().filter(|c| is_legal(*c)).collect();
            (escape(legal).into_owned(), illegal)
        }
    }
}

/// XML 1.0, production 2: the characters that a document may hold, escaped or not.
pub(super) fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
