//! Rows into the two files of Moses and back: the n-th line of one says what the n-th line of the other says.

use super::input::Lines;
use super::{Row, text::one_line};
use crate::error::Result;
use std::io::{self, BufRead, Write};

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

/// Rows one at a time, numbered by their lines. An empty line stands for an omission or an addition.
///
/// ```
/// use duizhao::corpus::moses;
/// let mut rows = moses::Reader::new(["tea.zh", "tea.en"], ["水开了。\n茶好了。\n", "The water boils.\n"].map(str::as_bytes));
/// assert_eq!(rows.next().unwrap()?.src_text, "水开了。");
/// assert_eq!(
///     rows.next().unwrap().unwrap_err().to_string(),
///     "tea.zh: line 2: a line that tea.en has no line for; both must have as many lines: \
///     if one was cut or joined, every line behind that place is paired with a wrong one",
/// );
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub struct Reader<R> {
    zh: Lines<R>,
    en: Lines<R>,
}

impl<R: BufRead> Reader<R> {
    /// The two files' names and contents, Chinese first.
    pub fn new([zh_source, en_source]: [&str; 2], [zh, en]: [R; 2]) -> Self {
        Reader {
            zh: Lines::new(zh_source, zh),
            en: Lines::new(en_source, en),
        }
    }

    fn read(&mut self) -> Result<Option<Row>> {
        let [longer, shorter] = match self.advance()? {
            (true, true) => {
                return Ok(Some(Row {
                    src_text: self.zh.text()?.into(),
                    trg_text: self.en.text()?.into(),
                    link_no: self.zh.line,
                    ..Row::default()
                }));
            }
            (false, false) => return Ok(None),
            (true, false) => [&self.zh, &self.en],
            (false, true) => [&self.en, &self.zh],
        };
        let cause = format!("a line that {} has no line for", shorter.source);
        let remedy = "both must have as many lines: if one was cut or joined, every line behind that place is paired \
            with a wrong one";
        let error = longer.malformed(cause, remedy);
        self.close();
        Err(error)
    }

    /// Where one file cannot be read on, the other's lines pair with none.
    fn advance(&mut self) -> Result<(bool, bool)> {
        match (self.zh.advance(), self.en.advance()) {
            (Ok(zh), Ok(en)) => Ok((zh, en)),
            (Err(error), _) | (_, Err(error)) => {
                self.close();
                Err(error)
            }
        }
    }

    fn close(&mut self) {
        self.zh.close();
        self.en.close();
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        self.read().transpose()
    }
}
