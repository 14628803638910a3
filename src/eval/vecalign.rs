//! Vecalign's form, `[0, 1]:[2]:0.51`, into beads.

use super::{Bead, Beads, Scored};
use crate::error::{Error, Kind, Result};

pub fn read(source: &str, text: &str) -> Result<Beads> {
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            bead(line).ok_or_else(|| {
                Error::new(Kind::Malformed, source, format!("no bead: {line:?}"))
                    .line(number + 1)
                    .remedy("write it as [0, 1]:[2]:0.51, places of sentences from 0")
            })
        })
        .collect()
}

/// Beads with their scores from 0 to 1, each of which is due where a bead has both sides.
pub fn read_scored(source: &str, text: &str) -> Result<Vec<Scored>> {
    let beads = read(source, text)?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let mut scored = Vec::new();
    for (bead, (number, line)) in beads.into_iter().zip(lines) {
        if bead.zh.is_empty() || bead.en.is_empty() {
            continue;
        }
        let score = line
            .split(':')
            .nth(2)
            .and_then(|score| score.trim().parse().ok())
            .filter(|score| (0.0..=1.0).contains(score));
        let score = score.ok_or_else(|| {
            Error::new(Kind::Malformed, source, format!("no score from 0 to 1: {line:?}"))
                .line(number + 1)
                .remedy("give beads as `duizhao align --format vecalign` writes them")
        })?;
        scored.push(Scored { bead, score });
    }
    Ok(scored)
}

/// What stands behind a second colon is a score or a note, and not ours to judge.
fn bead(line: &str) -> Option<Bead> {
    let mut fields = line.split(':');
    Some(Bead {
        zh: places(fields.next()?)?,
        en: places(fields.next()?)?,
    })
}

fn places(field: &str) -> Option<Vec<usize>> {
    let inside = field.trim().strip_prefix('[')?.strip_suffix(']')?;
    if inside.trim().is_empty() {
        return Some(vec![]);
    }
    inside.split(',').map(|place| place.trim().parse().ok()).collect()
}
