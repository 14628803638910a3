//! Rows into hunalign's ladder, rungs `zh en score`, and back into beads.

use super::Row;
use super::input::Lines;
use super::places::{Placed, places};
use super::vecalign::one_pair;
use super::writer::invalid;
use crate::error::{Error, Kind, Result};
use std::io::{self, BufRead, Write};

/// A rung says how many sentences of either side lie before it, with the score of the bead that begins there, and the
/// last one how many sentences there are. Rows must thus be in the order of both documents; sentences that no row has are
/// omissions and additions, whose score is 0.
pub struct Writer<W> {
    out: W,
    doc_pair_id: Option<String>,
    /// Sentences before the next rung.
    top: [usize; 2],
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> Self {
        Writer {
            out,
            doc_pair_id: None,
            top: [0, 0],
        }
    }

    /// # Errors
    /// Besides failing outputs: what [`vecalign::Writer`](super::vecalign::Writer) refuses, and a row that begins
    /// before the end of the one before it.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        one_pair(&mut self.doc_pair_id, row, "a ladder")?;
        let sides = places(row, "ladder").map_err(invalid)?;
        for (side, places) in sides.iter().enumerate() {
            let Some(first) = places.first() else { continue };
            if *first < self.top[side] || !places.iter().copied().eq(*first..first + places.len()) {
                return Err(invalid(format!(
                    "row {} of {} has the sentences {places:?} where {} is the next one, and a ladder takes them in \
                     their order: write vecalign instead",
                    row.link_no, row.doc_pair_id, self.top[side]
                )));
            }
            if *first > self.top[side] {
                self.rung(0.0)?;
                self.top[side] = *first;
            }
        }
        self.rung(row.aligner_score.unwrap_or_default())?;
        for (top, places) in self.top.iter_mut().zip(&sides) {
            *top += places.len();
        }
        Ok(())
    }

    fn rung(&mut self, score: f32) -> io::Result<()> {
        writeln!(self.out, "{}\t{}\t{score:.4}", self.top[0], self.top[1])
    }

    pub fn finish(mut self) -> io::Result<W> {
        writeln!(self.out, "{}\t{}\t0", self.top[0], self.top[1])?;
        Ok(self.out)
    }
}

/// More sentences than any document has, the Bible some thirty times over: beyond it a number is a slip, and two rungs
/// of a few bytes would make a bead of all of them.
const MOST: usize = 1_000_000;

/// Beads one at a time, each from one rung to the next.
///
/// ```
/// use duizhao::corpus::ladder;
/// let mut beads = ladder::Beads::new("x", "0\t0\t0.9\n1\t2\t0.4\n".as_bytes());
/// let bead = beads.next().unwrap()?;
/// assert_eq!((bead.zh, bead.en, bead.score), (vec![0], vec![0, 1], Some(0.9)));
/// assert!(beads.next().is_none());
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub struct Beads<R> {
    lines: Lines<R>,
    most: [usize; 2],
    below: Option<Rung>,
    beads: usize,
    done: bool,
}

#[derive(Clone, Copy)]
struct Rung {
    zh: usize,
    en: usize,
    score: Option<f64>,
    line: usize,
}

impl<R: BufRead> Beads<R> {
    pub fn new(source: impl Into<String>, input: R) -> Self {
        Beads {
            lines: Lines::new(source, input),
            most: [MOST; 2],
            below: None,
            beads: 0,
            done: false,
        }
    }

    /// Refuses rungs above the ends of the documents, which have as many sentences.
    pub fn within(mut self, most: [usize; 2]) -> Self {
        self.most = most.map(|most| most.min(MOST));
        self
    }

    fn read(&mut self) -> Result<Option<Placed>> {
        while self.lines.advance_to_content()? {
            let rung = self.rung()?;
            match self.below.replace(rung) {
                None if (rung.zh, rung.en) != (0, 0) => {
                    let cause = format!("the first rung is {} {}", rung.zh, rung.en);
                    return Err(self.lines.malformed(cause, "begin the ladder with 0 0"));
                }
                None => {}
                Some(below) if rung.zh < below.zh || rung.en < below.en => {
                    let cause = format!(
                        "rung {} {} lies below the rung before it, {} {}",
                        rung.zh, rung.en, below.zh, below.en
                    );
                    let remedy = "a ladder only climbs: put the rungs in order";
                    return Err(self.lines.malformed(cause, remedy));
                }
                Some(below) => {
                    self.beads += 1;
                    return Ok(Some(Placed {
                        zh: (below.zh..rung.zh).collect(),
                        en: (below.en..rung.en).collect(),
                        score: below.score,
                        line: below.line,
                    }));
                }
            }
        }
        match self.beads {
            0 => Err(Error::new(
                Kind::Malformed,
                &self.lines.source,
                "a single rung, and a bead needs two",
            )
            .remedy("end the ladder with the numbers of Chinese and English sentences")),
            _ => Ok(None),
        }
    }

    fn rung(&self) -> Result<Rung> {
        let line = self.lines.text()?;
        let rung = rung(line, self.lines.line).ok_or_else(|| {
            let remedy = "write three columns with TABs between: Chinese sentence, English sentence, score";
            self.lines.malformed(format!("no rung: {line:?}"), remedy)
        })?;
        let [zh, en] = self.most;
        if rung.zh > zh || rung.en > en {
            let cause = format!(
                "rung {} {} lies above the end, {zh} Chinese sentences and {en} English ones",
                rung.zh, rung.en
            );
            let remedy = "number the sentences of the very files that were aligned";
            return Err(self.lines.malformed(cause, remedy));
        }
        Ok(rung)
    }
}

impl<R: BufRead> Iterator for Beads<R> {
    type Item = Result<Placed>;

    /// Nothing follows an error: a bead needs the rungs on both of its ends.
    fn next(&mut self) -> Option<Result<Placed>> {
        if self.done {
            return None;
        }
        let read = self.read().transpose();
        self.done = !matches!(read, Some(Ok(_)));
        read
    }
}

fn rung(text: &str, line: usize) -> Option<Rung> {
    let mut columns = text.split('\t').map(str::trim);
    let (zh, en) = (columns.next()?.parse().ok()?, columns.next()?.parse().ok()?);
    let score = match columns.next() {
        Some(score) => Some(score.parse::<f64>().ok()?),
        None => None,
    };
    Some(Rung {
        zh,
        en,
        score: score.filter(|score| score.is_finite()),
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rungs_make_no_bead_of_more_sentences_than_any_document_has() {
        let ladder = |end: usize| Beads::new("x", format!("0\t0\t0.5\n{end}\t1\n").as_bytes()).next();
        assert_eq!(ladder(MOST).unwrap().unwrap().zh.len(), MOST);
        let error = ladder(MOST + 1).unwrap().unwrap_err();
        assert!(
            error.to_string().contains("rung 1000001 1 lies above the end"),
            "{error}"
        );
    }
}
