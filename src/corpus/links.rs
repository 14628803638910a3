//! Links between texts that are no translations into rows: the parallel TSV with one column more.

use super::rows::{Half, row, row_of_one};
use super::{Pair, Row, Text, tsv};
use crate::compare::{Label, LinkGroup};
use crate::language::Side;
use crate::split::Sentence;
use std::io::{self, Write};

/// A row for each group of links, in their order.
pub fn link_rows(pair: &Pair, groups: &[LinkGroup]) -> Vec<(Row, Label)> {
    let half = |side: Side, text: &Text, passages: &[usize]| {
        let sentences: Vec<Sentence> = passages.iter().map(|&passage| text.sentences[passage]).collect();
        Half::new(side, &sentences)
    };
    groups
        .iter()
        .enumerate()
        .map(|(number, group)| {
            let zh = half(Side::Zh, &pair.zh, &group.zh);
            let en = half(Side::En, &pair.en, &group.en);
            (row(pair, Some(group.score), number + 1, zh, en), group.label)
        })
        .collect()
}

/// A row for each passage that has no link: `1-0` or `0-1`, its other side empty.
pub fn rows_alone(side: Side, text: &Text, passages: &[usize]) -> Vec<Row> {
    passages
        .iter()
        .enumerate()
        .map(|(number, &passage)| row_of_one(side, text, passage, number + 1))
        .collect()
}

/// Writes the columns of the parallel TSV, and `label`: `same`, `part` or, for a row without a label, `none`.
pub fn write(out: &mut dyn Write, rows: &[(Row, Option<Label>)]) -> io::Result<()> {
    let mut lines = tsv::Writer::new(Vec::new(), false)?;
    rows.iter().try_for_each(|(row, _)| lines.row(row))?;
    let lines = lines.finish()?;
    let labels = rows.iter().map(|(_, label)| label.map_or("none", Label::name));
    for (line, label) in lines
        .split(|byte| *byte == b'\n')
        .zip(std::iter::once("label").chain(labels))
    {
        out.write_all(line)?;
        writeln!(out, "\t{label}")?;
    }
    Ok(())
}
