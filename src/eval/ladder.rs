//! Hunalign's ladder, rungs `zh en score`, into beads: each reaches from one rung to the next.

use super::{Bead, Beads};
use crate::error::{Error, Kind, Result};

/// More sentences than any document has: beyond it a number is a slip, and would cost memory.
const MOST: usize = 10_000_000;

/// A rung says how many sentences of either side lie before it, so the first is `0 0` and the last tells how many
/// sentences there are.
pub fn read(source: &str, text: &str) -> Result<Beads> {
    let mut beads = vec![];
    let mut below = None;
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let error = |cause: String, remedy: &str| {
            Error::new(Kind::Malformed, source, cause)
                .line(number + 1)
                .remedy(remedy)
        };
        let Some((zh, en)) = rung(line) else {
            return Err(error(
                format!("no rung: {line:?}"),
                "write three columns with TABs between: Chinese sentence, English sentence (at most 10000000), score",
            ));
        };
        match below {
            None if (zh, en) != (0, 0) => {
                return Err(error(
                    format!("the first rung is {zh} {en}"),
                    "begin the ladder with 0 0",
                ));
            }
            Some((below_zh, below_en)) if zh < below_zh || en < below_en => {
                return Err(error(
                    format!("rung {zh} {en} lies below the rung before it, {below_zh} {below_en}"),
                    "a ladder only climbs: put the rungs in order",
                ));
            }
            Some((below_zh, below_en)) => beads.push(Bead {
                zh: (below_zh..zh).collect(),
                en: (below_en..en).collect(),
            }),
            None => {}
        }
        below = Some((zh, en));
    }
    match beads.is_empty() {
        true => Err(
            Error::new(Kind::Malformed, source, "a single rung, and a bead needs two")
                .remedy("end the ladder with the numbers of Chinese and English sentences"),
        ),
        false => Ok(beads),
    }
}

fn rung(line: &str) -> Option<(usize, usize)> {
    let mut columns = line.split('\t').map(str::trim);
    let (zh, en) = (columns.next()?.parse().ok()?, columns.next()?.parse().ok()?);
    let scored = columns.next().is_none_or(|score| score.parse::<f64>().is_ok());
    (scored && zh <= MOST && en <= MOST).then_some((zh, en))
}
