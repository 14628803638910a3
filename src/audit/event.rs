//! The sources of an event into rows to audit: for each Chinese and each English source, what both say.

use crate::compare::{Comparison, Event};
use crate::corpus::{Pair, Row, Text, links};
use crate::language::Side;
use crate::value::date::Date;
use std::collections::HashSet;

/// A Chinese and an English source of an event.
pub struct SourcePair {
    /// What both say. Of passages that say the same in part, only that part: the rest says nothing of the other source.
    pub linked: Vec<Row>,
    /// Passages of either one that the other does not have.
    pub alone: Vec<Row>,
    pub date: Option<Date>,
}

/// The pairs of sources in two languages, in the order of the event's. The `doc_pair_id` of their rows names both files.
pub fn source_pairs(event: &Event) -> Vec<SourcePair> {
    let side = |source: usize| event.sources[source].side;
    let pairs = event.pairs.iter();
    pairs
        .filter(|pair| (side(pair.zh), side(pair.en)) == (Side::Zh, Side::En))
        .map(|pair| source_pair(event, pair))
        .collect()
}

fn source_pair(event: &Event, pair: &Comparison) -> SourcePair {
    let text = |source: usize| Text {
        document: event.sources[source].document,
        sentences: &event.sources[source].passages,
    };
    let (zh, en) = (text(pair.zh), text(pair.en));
    let id = format!("{} + {}", file(&zh.document.source), file(&en.document.source));
    let mut linked = links::part_rows(&Pair { id: &id, zh, en }, &pair.links, &pair.groups);
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
    SourcePair {
        linked,
        alone,
        date: zh.document.date.or(en.document.date),
    }
}

/// The name of a source without its folders.
fn file(source: &str) -> &str {
    source.rsplit(['/', '\\']).next().unwrap_or(source)
}
