//! Rows into vecalign's format, the numbers of their sentences `[0, 1]:[2]:0.9512`, and back into beads.

use super::Row;
use super::input::Lines;
use super::places::{Placed, places};
use super::writer::invalid;
use crate::error::Result;
use std::io::{self, BufRead, Write};

/// One line a bead, Chinese first, sentences counted from 0; omissions and additions (`[3]:[]`) have no score.
///
/// The format has no place for document names, so a file holds one document pair.
pub struct Writer<W> {
    out: W,
    doc_pair_id: Option<String>,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> Self {
        Writer {
            out,
            doc_pair_id: None,
        }
    }

    /// # Errors
    /// Besides failing outputs: a second document pair, and a row that has texts but no sentence numbers, as rows that
    /// name sentences by paragraphs have none.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        one_pair(&mut self.doc_pair_id, row, "vecalign's format")?;
        let [zh, en] = places(row, "vecalign").map_err(invalid)?;
        write!(self.out, "{zh:?}:{en:?}")?;
        match row.aligner_score {
            Some(score) => writeln!(self.out, ":{score:.4}"),
            None => writeln!(self.out),
        }
    }

    pub fn finish(self) -> io::Result<W> {
        Ok(self.out)
    }
}

/// Refuses a row of another document pair than the first one's.
pub(super) fn one_pair(doc_pair_id: &mut Option<String>, row: &Row, format: &str) -> io::Result<()> {
    let first = doc_pair_id.get_or_insert_with(|| row.doc_pair_id.clone());
    match *first == row.doc_pair_id {
        true => Ok(()),
        false => Err(invalid(format!(
            "{format} holds one document pair, and {} follows {first}; write a file for each",
            row.doc_pair_id
        ))),
    }
}

/// Beads one at a time. What stands behind a second colon is their score if it is a number, else a note that is passed
/// over.
///
/// ```
/// use duizhao::corpus::vecalign;
/// let mut beads = vecalign::Beads::new("x", "[0]:[0, 1]:0.51\n[1]:[\n[1]:[]\n".as_bytes());
/// let bead = beads.next().unwrap()?;
/// assert_eq!((bead.zh, bead.en, bead.score), (vec![0], vec![0, 1], Some(0.51)));
/// assert_eq!(
///     beads.next().unwrap().unwrap_err().to_string(),
///     r#"x: line 2: no bead: "[1]:["; write it as [0, 1]:[2]:0.51, places of sentences from 0"#,
/// );
/// assert_eq!(beads.next().unwrap()?.score, None);
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub struct Beads<R>(Lines<R>);

impl<R: BufRead> Beads<R> {
    pub fn new(source: impl Into<String>, input: R) -> Self {
        Beads(Lines::new(source, input))
    }

    fn bead(&self) -> Result<Placed> {
        let line = self.0.text()?;
        bead(line, self.0.line).ok_or_else(|| {
            let remedy = "write it as [0, 1]:[2]:0.51, places of sentences from 0";
            self.0.malformed(format!("no bead: {line:?}"), remedy)
        })
    }
}

impl<R: BufRead> Iterator for Beads<R> {
    type Item = Result<Placed>;

    fn next(&mut self) -> Option<Result<Placed>> {
        match self.0.advance_to_content() {
            Ok(true) => Some(self.bead()),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

fn bead(text: &str, line: usize) -> Option<Placed> {
    let mut fields = text.split(':');
    Some(Placed {
        zh: sentences(fields.next()?)?,
        en: sentences(fields.next()?)?,
        score: fields
            .next()
            .and_then(|score| score.trim().parse().ok())
            .filter(|score: &f64| score.is_finite()),
        line,
    })
}

fn sentences(field: &str) -> Option<Vec<usize>> {
    let inside = field.trim().strip_prefix('[')?.strip_suffix(']')?;
    if inside.trim().is_empty() {
        return Some(vec![]);
    }
    inside.split(',').map(|place| place.trim().parse().ok()).collect()
}
