//! Beads, and the promise that an alignment makes about them.

use crate::error::{Error, Kind, Result};
use std::ops::Range;

/// Runs of sentences that say the same; one side may be empty (an omission or an addition), never both.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    pub zh: Range<usize>,
    pub en: Range<usize>,
    /// Probability, 0 to 1, that this very bead is right.
    pub score: f32,
}

impl Bead {
    /// `1-2` and the like.
    pub fn kind(&self) -> (usize, usize) {
        (self.zh.len(), self.en.len())
    }

    /// Whether it pairs something with something.
    pub fn is_link(&self) -> bool {
        !self.zh.is_empty() && !self.en.is_empty()
    }
}

/// Beads that cover both documents without gap, overlap or crossing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    beads: Vec<Bead>,
}

impl Alignment {
    /// Takes beads that must keep the promise for documents of `zh` and `en` sentences.
    pub fn new(beads: Vec<Bead>, zh: usize, en: usize) -> Result<Self> {
        let alignment = Alignment { beads };
        alignment.verify(zh, en)?;
        Ok(alignment)
    }

    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// Checks that every sentence of both sides is in exactly one bead, in order.
    pub fn verify(&self, zh: usize, en: usize) -> Result<()> {
        let (mut next_zh, mut next_en) = (0, 0);
        for (number, bead) in self.beads.iter().enumerate() {
            let fail = |cause: String| Err(Error::new(Kind::Malformed, "alignment", cause).line(number + 1));
            if bead.zh.is_empty() && bead.en.is_empty() {
                return fail("a bead is empty on both sides".into());
            }
            if bead.zh.start != next_zh
                || bead.en.start != next_en
                || bead.zh.end < next_zh
                || bead.en.end < next_en
            {
                return fail(format!(
                    "a bead starts at {}:{} where {next_zh}:{next_en} is next",
                    bead.zh.start, bead.en.start
                ));
            }
            (next_zh, next_en) = (bead.zh.end, bead.en.end);
        }
        if (next_zh, next_en) == (zh, en) {
            return Ok(());
        }
        let cause = format!("beads end at {next_zh}:{next_en}, the documents at {zh}:{en}");
        Err(Error::new(Kind::Malformed, "alignment", cause))
    }
}
