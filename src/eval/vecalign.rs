//! Vecalign's form, `[0, 1]:[2]:0.51`, into beads.

use super::{Bead, Beads};
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
