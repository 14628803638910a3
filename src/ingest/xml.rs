//! The XML of a part of a package into pieces: elements by their names without prefixes, and texts.

use crate::error::{Error, Kind, Result};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// A piece of XML.
pub(super) enum Piece<'a> {
    Start(Element<'a>),
    /// The local name; comes after an element without content, too.
    End(Cow<'a, str>),
    Text(Cow<'a, str>),
}

pub(super) struct Element<'a>(BytesStart<'a>);

/// Reads one part from its start to its end. Entities of a document's own are refused, so none can grow.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    source: &'a str,
    part: &'a str,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// `source` and `part` are for errors: the package, and the part in it.
    pub fn new(source: &'a str, part: &'a str, xml: &'a str) -> Xml<'a> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        Xml {
            reader,
            source,
            part,
            depth: 0,
        }
    }

    /// The next piece, or none at the end; comments, instructions and the document type are passed over.
    ///
    /// # Errors
    /// [`Kind::Malformed`] for what is no well-formed XML, and for an entity that XML does not know.
    pub fn next(&mut self) -> Result<Option<Piece<'a>>> {
        loop {
            let event = self
                .reader
                .read_event()
                .map_err(|cause| self.broken(&cause.to_string()))?;
            return Ok(Some(match event {
                Event::Start(element) => {
                    self.depth += 1;
                    Piece::Start(Element(element))
                }
                Event::End(element) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::End(Cow::Owned(local(element.name().0).to_owned()))
                }
                Event::Text(text) => Piece::Text(Cow::Owned(text.xml10_content().into_owned())),
                Event::CData(text) => Piece::Text(Cow::Owned(text.xml10_content().into_owned())),
                Event::GeneralRef(name) => {
                    let character = character(&name).map_err(|cause| self.broken(&cause))?;
                    Piece::Text(Cow::Owned(character.into()))
                }
                Event::Eof if self.depth > 0 => return Err(self.broken("it ends inside an element")),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {
                    continue;
                }
            }));
        }
    }

    fn broken(&self, cause: &str) -> Error {
        let byte = self.reader.buffer_position();
        let cause = format!("{}: byte {byte}: {cause}", self.part);
        Error::new(Kind::Malformed, self.source, cause).remedy(SAVE_ANEW)
    }
}

pub(super) const SAVE_ANEW: &str = "open it in the program that made it, and save it anew";

impl Element<'_> {
    /// Without its prefix: `w:p` is `p`.
    pub fn name(&self) -> &str {
        let name = self.0.name().0;
        local(name)
    }

    /// An attribute's value by its name without prefix; none if it is missing or broken.
    pub fn get(&self, name: &str) -> Option<String> {
        let found = self
            .0
            .attributes()
            .flatten()
            .find(|attribute| local(attribute.key.0) == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }
}

/// The character that a reference names: by its number, or one of the five entities that every XML has.
///
/// # Errors
/// The cause, for an entity of a document's own: such grow into gigabytes.
pub(crate) fn character(reference: &BytesRef) -> std::result::Result<char, String> {
    let known = match &**reference {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    };
    known.ok_or_else(|| format!("&{}; is no entity that XML knows", &**reference))
}

/// A name without its prefix: `w:p` is `p`.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}
