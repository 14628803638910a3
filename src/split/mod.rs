//! Documents into sentences: every byte of a segment is in one sentence or in a gap of white space between two.

use crate::ingest::{Document, Segment, SegmentKind};
use crate::language::{Lang, Side};
use crate::span::Span;

mod brackets;
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

/// Cuts a document into the units to align, in order. Each segment is cut by the rules of its own language; program text
/// is cut at its lines. A segment of white space gives nothing. Takes time in proportion to the text's length.
///
/// Under [`Split::None`] the unit runs from the first segment to the last and bears the first one's index and the
/// language that most of its bytes are in.
pub fn split(document: &Document, how: Split) -> Vec<Sentence<'_>> {
    match how {
        Split::None => whole(document).into_iter().collect(),
        _ => by_segment(document, how),
    }
}

fn by_segment(document: &Document, how: Split) -> Vec<Sentence<'_>> {
    let text = document.text.as_str();
    let mut lines = Lines {
        text,
        seen: 0,
        number: 0,
    };
    let mut sentences = Vec::new();
    for (segment_index, segment) in document.segments.iter().enumerate() {
        let start = segment.span.start();
        for (number, span) in units(segment, segment.span.of(text), how).into_iter().enumerate() {
            let span = Span::new(start + span.start(), start + span.end());
            let index = match how {
                Split::Line => lines.number_at(span.start()),
                _ => sentences.len(),
            };
            sentences.push(Sentence {
                span,
                text: span.of(text),
                lang: segment.lang,
                segment: segment_index,
                number,
                index,
            });
        }
    }
    sentences
}

fn units(segment: &Segment, text: &str, how: Split) -> Vec<Span> {
    match (how, segment.kind, segment.lang.side()) {
        (Split::Paragraph | Split::None, _, _) => cut(text, []),
        (Split::Line, _, _) | (_, SegmentKind::Code, _) => {
            cut(text, text.match_indices('\n').map(|(at, _)| at))
        }
        (_, _, Some(Side::Zh)) => zh::sentences(text),
        (_, _, Some(Side::En) | None) => en::sentences(text),
    }
}

fn whole(document: &Document) -> Option<Sentence<'_>> {
    // What stands on every page lies behind the text.
    let last = document
        .segments
        .iter()
        .rfind(|segment| segment.kind != SegmentKind::Running);
    let (first, last) = (document.segments.first()?, last?);
    let span = Span::new(first.span.start(), last.span.end()).trim(&document.text);
    (!span.is_empty()).then(|| Sentence {
        span,
        text: span.of(&document.text),
        lang: main_language(&document.segments),
        segment: 0,
        number: 0,
        index: 0,
    })
}

/// The language that most bytes are in; of equals, the one met first.
fn main_language(segments: &[Segment]) -> Lang {
    let mut bytes: Vec<(Lang, usize)> = Vec::new();
    for segment in segments {
        match bytes.iter_mut().find(|(lang, _)| *lang == segment.lang) {
            Some((_, sum)) => *sum += segment.span.len(),
            None => bytes.push((segment.lang, segment.span.len())),
        }
    }
    let most = bytes.iter().map(|&(_, sum)| sum).max();
    bytes
        .iter()
        .find(|&&(_, sum)| Some(sum) == most)
        .map_or(Lang::Other, |&(lang, _)| lang)
}

/// Counts lines while walking through a text once.
struct Lines<'a> {
    text: &'a str,
    seen: usize,
    number: usize,
}

impl Lines<'_> {
    /// The number, from 0, of the line that byte `at` is in; to be asked from left to right.
    fn number_at(&mut self, at: usize) -> usize {
        self.number += self.text[self.seen..at].matches('\n').count();
        self.seen = at;
        self.number
    }
}

/// Cuts `text` at `ends` (in order) and at its own end; the pieces are trimmed, blank ones dropped.
fn cut(text: &str, ends: impl IntoIterator<Item = usize>) -> Vec<Span> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for end in ends.into_iter().chain([text.len()]) {
        let piece = Span::new(start, end).trim(text);
        if !piece.is_empty() {
            pieces.push(piece);
        }
        start = end;
    }
    pieces
}

/// Whether the line end at `at` ends a sentence, stop or no stop: a blank line, an indented line or the next item of a
/// list follows. Any other line end may be the wrapping of a paragraph.
fn line_ends_sentence(text: &str, at: usize) -> bool {
    let next = text[at + 1..].trim_start_matches([' ', '\t', '\r']);
    if next.is_empty() || next.starts_with(['\n', '\u{3000}']) {
        return true;
    }
    opens_with_list_mark(next) && {
        let line = &text[text[..at].rfind('\n').map_or(0, |before| before + 1)..at];
        line.trim_end()
            .ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '：', '；'])
            || opens_with_list_mark(line.trim_start())
    }
}

/// Whether a line starts as the items of a list do: `- `, `•`, `1. `, `(2) `, `a) `, `一、`, `（三）`.
fn opens_with_list_mark(line: &str) -> bool {
    if line.starts_with(['•', '●', '○', '■', '◆', '▪', '‣']) {
        return true;
    }
    if ["- ", "* ", "+ ", "– "]
        .iter()
        .any(|bullet| line.starts_with(bullet))
    {
        return true;
    }
    let inside = line.trim_start_matches(['(', '（']);
    let Some(first) = inside.chars().next() else {
        return false;
    };
    let behind = if first.is_ascii_alphabetic() {
        &inside[1..]
    } else {
        inside.trim_start_matches(|c: char| c.is_ascii_digit() || is_zh_digit(c))
    };
    let numbered = behind.len() < inside.len() && inside.len() - behind.len() <= 9;
    let marks: &[&str] = if inside.len() < line.len() {
        &[")", "）"]
    } else {
        &[". ", ") ", "）", "、", "．"]
    };
    numbered && marks.iter().any(|mark| behind.starts_with(mark))
}

fn is_zh_digit(c: char) -> bool {
    "一二三四五六七八九十百".contains(c)
}

/// Whether all that is left of a text is a flourish without a word in it, such as 👋, which is no sentence.
fn is_ornament(rest: &str) -> bool {
    const LONGEST: usize = 16;
    let is_said = |c: char| c.is_alphanumeric() || matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？');
    rest.chars().nth(LONGEST).is_none() && !rest.contains(is_said)
}

/// The length of a footnote's mark behind a stop: `[12]`, `①`, `¹`.
fn reference_mark(rest: &str) -> usize {
    let digits = |c: char| c.is_ascii_digit();
    match rest.chars().next() {
        Some('[') => {
            let behind = rest[1..].trim_start_matches(digits);
            let length = rest.len() - behind.len();
            if (2..=4).contains(&length) && behind.starts_with(']') {
                length + 1
            } else {
                0
            }
        }
        Some(c @ ('①'..='⑳' | '¹' | '²' | '³' | '⁴'..='⁹')) => c.len_utf8(),
        _ => 0,
    }
}

/// The lines of a word list: one word each; blank lines and those behind `#` say nothing.
fn words_of(list: &str) -> impl Iterator<Item = &str> {
    list.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}
