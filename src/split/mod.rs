//! Documents into sentences: every byte of a segment is in one sentence or in a gap of white space between two.

use crate::ingest::Document;
use crate::language::Lang;
use crate::span::Span;

pub mod en;
pub mod zh;

/// The unit that is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// Bytes of the document's text; never empty, no white space at its ends.
    pub span: Span,
    pub text: &'a str,
    pub lang: Lang,
    /// Index of the segment it lies in.
    pub segment: usize,
    /// Its place within the segment, from 0.
    pub number: usize,
    /// Its place in the document, from 0: what vecalign and gold files call it. Under [`Split::Line`] it is the number of
    /// its line, blank ones counted.
    pub index: usize,
}

/// Where a text is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Split {
    /// At the ends of sentences, inside segments.
    #[default]
    Sentence,
    /// At the ends of lines: for text that is cut already.
    Line,
    /// At the ends of segments.
    Paragraph,
    /// Nowhere: the document is one unit.
    None,
}
