//! A run of bytes in a text: the one unit of place inside a document.

use serde::Serialize;
use std::ops::Range;

/// Bytes `start..end` of a text of at most 4 GiB; never out of order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    // A page of one-letter paragraphs has a span for every other byte.
    start: u32,
    end: u32,
}

impl Span {
    /// # Panics
    /// If `end` lies before `start`, or beyond 4 GiB.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        assert!(end <= u32::MAX as usize, "a span ends beyond 4 GiB: {end}");
        Span {
            start: start as u32,
            end: end as u32,
        }
    }

    pub fn start(self) -> usize {
        self.start as usize
    }

    pub fn end(self) -> usize {
        self.end as usize
    }

    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The text under the span.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The span without the white space at its ends (full-width spaces too).
    pub fn trim(self, text: &str) -> Span {
        let inside = self.of(text);
        let start = self.start() + (inside.len() - inside.trim_start().len());
        Span::new(start, start + inside.trim().len())
    }
}
