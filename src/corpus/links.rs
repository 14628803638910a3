//! Links between texts that are no translations into rows: the parallel TSV with one column more.

use super::rows::{Half, row};
use super::{Pair, Row, tsv};
use crate::align::Bead;
use crate::compare::{Label, Link};
use crate::language::Side;
use std::io::{self, Write};

/// A row for each link that is more than a topic, in the order of the links.
pub fn link_rows(pair: &Pair, links: &[Link]) -> Vec<(Row, Label)> {
    let linked = links.iter().filter(|link| link.label.is_link()).enumerate();
    linked
        .map(|(number, link)| {
            let bead = Bead {
                zh: link.zh..link.zh + 1,
                en: link.en..link.en + 1,
                score: link.score,
            };
            let zh = Half::new(Side::Zh, &pair.zh.sentences[bead.zh.clone()]);
            let en = Half::new(Side::En, &pair.en.sentences[bead.en.clone()]);
            (row(pair, &bead, number + 1, zh, en), link.label)
        })
        .collect()
}

/// Writes the columns of the parallel TSV, and `label`: `same` or `part`.
pub fn write(out: &mut dyn Write, rows: &[(Row, Label)]) -> io::Result<()> {
    let mut lines = tsv::Writer::new(Vec::new(), false)?;
    rows.iter().try_for_each(|(row, _)| lines.row(row))?;
    let lines = lines.finish()?;
    let labels = std::iter::once("label").chain(rows.iter().map(|(_, label)| label.name()));
    for (line, label) in lines.split(|byte| *byte == b'\n').zip(labels) {
        out.write_all(line)?;
        writeln!(out, "\t{label}")?;
    }
    Ok(())
}
