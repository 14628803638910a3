//! Sources into documents: bytes become text, text becomes segments, segments get their languages.

use crate::error::Note;
use crate::language::Lang;
use crate::span::Span;
use crate::value::date::Date;
use serde::{Deserialize, Serialize};

/// Bytes with a name; nothing is known about them yet.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as the user gave it, a URI, or `-` for standard input.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A text with its segments. Valid UTF-8, lines end in `\n`, never edited after [`read`]; characters are those of the
/// source, never normalised.
#[derive(Debug, Clone)]
pub struct Document {
    /// Names the document within a run: file name without language mark and extension, or the manifest's word.
    pub id: String,
    /// Where it came from: the source's name, with `#n` behind it for the n-th document of a bundle.
    pub source: String,
    pub title: Option<String>,
    pub date: Option<Date>,
    pub role: Option<Role>,
    pub text: String,
    /// In order and disjoint; what lies between them is white space, mark-up or listed in `notes`.
    pub segments: Vec<Segment>,
    pub encoding: Encoding,
    pub notes: Vec<Note>,
}

/// A paragraph or what does a paragraph's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    pub span: Span,
    pub kind: SegmentKind,
    pub lang: Lang,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SegmentKind {
    Paragraph,
    Heading,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// A footnote, caption or the like.
    Note,
    /// A block of program text or the like, which is never cut into sentences.
    Code,
}

/// What a document is to its event; given in a manifest, or guessed and marked as guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Readout,
    Coverage,
    Transcript,
    Statement,
}

/// How the bytes were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoding {
    /// The encoding's WHATWG name: `UTF-8`, `gb18030`, `Big5`, `UTF-16LE`, ...
    pub name: String,
    pub found: EncodingFound,
    /// Malformed sequences replaced by U+FFFD, which only `--lossy` allows.
    pub replaced: usize,
}

/// How the encoding was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EncodingFound {
    /// By `--encoding` or a manifest.
    Given,
    /// By a byte order mark.
    Mark,
    /// By a declaration inside the file (HTML's `meta charset`).
    Declared,
    /// Because all bytes are valid UTF-8.
    Valid,
    /// By the statistics of the bytes: a guess.
    Guessed,
}
