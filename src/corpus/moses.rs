//! Rows into the two files of Moses: the n-th line of one says what the n-th line of the other says.

use super::{Row, text::one_line};
use std::io::{self, Write};

/// An omission or addition leaves an empty line on the other side, so that the line numbers of both files are those of
/// the rows; who wants none of them filters the rows first ([`Row::is_link`]).
pub struct Writer<W> {
    zh: W,
    en: W,
}

impl<W: Write> Writer<W> {
    pub fn new(zh: W, en: W) -> Self {
        Writer { zh, en }
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        writeln!(self.zh, "{}", one_line(&row.src_text).0)?;
        writeln!(self.en, "{}", one_line(&row.trg_text).0)
    }

    /// Gives the outputs back, Chinese first.
    pub fn finish(self) -> io::Result<[W; 2]> {
        Ok([self.zh, self.en])
    }
}
