//! The sources of an event into rows to audit: for each Chinese and each English source, what both say.

use super::Finding;
use crate::compare::{Comparison, Event, LinkGroup};
use crate::corpus::{Pair, Row, Text, links};
use crate::language::Side;
use crate::span::Span;
use crate::value::date::Date;
use std::collections::HashSet;

/// A Chinese and an English source of an event.
pub struct SourcePair {
    /// Passages that say the same, whole or in part.
    pub linked: Vec<Row>,
    /// Of each of these rows the parts that both say, in Chinese and in English.
    shared: Vec<[Vec<Span>; 2]>,
    /// Passages of either one that the other does not have.
    pub alone: Vec<Row>,
    pub date: Option<Date>,
}

impl SourcePair {
    /// Whether a finding in a linked row is about what both say. The rest of the row is what one says besides: it can bear
    /// a finding out, as the sentence in which a number stands after all, and is no finding itself.
    pub fn shares(&self, finding: &Finding) -> bool {
        let Some([zh, en]) = finding
            .link_no
            .checked_sub(1)
            .and_then(|row| self.shared.get(row))
        else {
            return false;
        };
        let meets = |found: &[Span], shared: &[Span]| {
            let meet = |one: &Span| {
                shared
                    .iter()
                    .any(|other| one.start() < other.end() && other.start() < one.end())
            };
            found.is_empty() || found.iter().any(meet)
        };
        meets(&finding.zh, zh) && meets(&finding.en, en)
    }
}

/// The pairs of sources in two languages, in the order of the event's. The `doc_pair_id` of their rows names both files, and
/// before them the event, if it has a name.
pub fn source_pairs(name: &str, event: &Event) -> Vec<SourcePair> {
    let side = |source: usize| event.sources[source].side;
    let pairs = event.pairs.iter();
    pairs
        .filter(|pair| (side(pair.zh), side(pair.en)) == (Side::Zh, Side::En))
        .map(|pair| source_pair(name, event, pair))
        .collect()
}

fn source_pair(name: &str, event: &Event, pair: &Comparison) -> SourcePair {
    let text = |source: usize| Text {
        document: event.sources[source].document,
        sentences: &event.sources[source].passages,
    };
    let (zh, en) = (text(pair.zh), text(pair.en));
    let files = format!("{} + {}", file(&zh.document.source), file(&en.document.source));
    let id = match name {
        "" => files,
        name => format!("{name}: {files}"),
    };
    let rows = links::link_rows(&Pair { id: &id, zh, en }, &pair.groups);
    let mut linked: Vec<Row> = rows.into_iter().map(|(row, _)| row).collect();
    let mut seen = HashSet::new();
    for (row, group) in linked.iter_mut().zip(&pair.groups) {
        let zh = group.zh.iter().map(|&passage| (Side::Zh, passage));
        let en = group.en.iter().map(|&passage| (Side::En, passage));
        // A passage with several partners is in several rows, and stands once in its source.
        if zh.chain(en).filter(|&passage| !seen.insert(passage)).count() > 0 {
            row.flags = "!DUP01".into();
        }
    }
    let mut alone = Vec::new();
    for (side, text) in [(Side::Zh, &zh), (Side::En, &en)] {
        let passages = 0..text.sentences.len();
        let left: Vec<usize> = passages
            .filter(|&passage| !seen.contains(&(side, passage)))
            .collect();
        alone.extend(links::rows_alone(side, text, &left));
    }
    for (number, row) in alone.iter_mut().enumerate() {
        row.doc_pair_id.clone_from(&id);
        row.link_no = linked.len() + number + 1;
    }
    let shared = pair.groups.iter().zip(&linked);
    SourcePair {
        shared: shared
            .map(|(group, row)| shared_parts(pair, group, row))
            .collect(),
        linked,
        alone,
        date: zh.document.date.or(en.document.date),
    }
}

/// The parts of a row's texts that its links join.
fn shared_parts(pair: &Comparison, group: &LinkGroup, row: &Row) -> [Vec<Span>; 2] {
    let links = || group.links.iter().map(|&link| &pair.links[link]);
    let placed = |passages: &[usize], ends: &[usize], passage: usize, part: Span| {
        let place = passages.iter().position(|&other| other == passage)?;
        let start = place.checked_sub(1).map_or(0, |before| ends[before]);
        // Between English sentences, and between some Chinese ones, there is a space.
        Some(Span::new(
            start + part.start(),
            start + part.end() + usize::from(place > 0),
        ))
    };
    let zh = links().filter_map(|link| placed(&group.zh, &row.src_ends, link.zh, link.zh_part));
    let en = links().filter_map(|link| placed(&group.en, &row.trg_ends, link.en, link.en_part));
    [zh.collect(), en.collect()]
}

/// The name of a source without its folders, as findings call it.
pub(super) fn file(source: &str) -> &str {
    source.rsplit(['/', '\\']).next().unwrap_or(source)
}
