//! A Chinese sentence without English: an omission.
//!
//! Raised for a row that has no English, and for a whole Chinese sentence that was joined to its neighbour in one row
//! while the English of the row says nothing of it. The finding shows how much of the sentence's words the English next
//! to it holds.
//!
//! Passed over: sentences without a word that says something; and, as a notice only, sentences that the English of the
//! neighbouring rows may hold already, and lines that English editions leave out (datelines, bylines, captions).

use super::super::Document;
use super::super::clause::{Coverage, sentences};
use super::super::finding::{Found, Severity};
use super::num01::neighbours;
use super::{Check, Rule};
use crate::language::Side;
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "ALN01",
    title: "a Chinese sentence without English",
    severity: Severity::Error,
    source: include_str!("aln01.rs"),
    check: Check::Document(check),
};

/// A sentence of less, in nats, is too little to judge by: two or three words.
pub(super) const LEAST_WEIGHT: f32 = 20.0;
/// A sentence inside a row is missing when the English says no more of it than this; translations say half and more.
pub(super) const MISSING: f32 = 0.24;
/// Where the neighbouring rows say this much of it, it may have been said there.
pub(super) const SAID_NEARBY: f32 = 0.6;

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let row = passage.row;
        if row.trg_text.is_empty() && !row.src_text.is_empty() {
            let all = Span::new(0, row.src_text.len());
            let own: f32 = sentences(passage, Side::Zh)
                .iter()
                .map(|coverage| coverage.weight)
                .sum();
            let near = neighbours(document, index)
                .map(|other| other.zh_share_said(&row.src_text))
                .fold(0.0, f32::max);
            let finding = Found::new(index, "no English for this Chinese")
                .zh([all])
                .evidence("of its words in the English next to it", percent(near));
            let light = own < LEAST_WEIGHT || near >= SAID_NEARBY;
            found.push(if light {
                finding.severity(Severity::Info)
            } else {
                finding
            });
        } else if row.is_link() {
            let missing = sentences(passage, Side::Zh);
            let several = missing.len() > 1;
            found.extend(
                missing
                    .iter()
                    .filter(|coverage| several && is_missing(coverage))
                    .map(|coverage| {
                        Found::new(index, "no English for this sentence of the Chinese")
                            .zh([coverage.span])
                            .evidence("of its words in the English", percent(coverage.share))
                    }),
            );
        }
    }
    found
}

pub(super) fn is_missing(coverage: &Coverage) -> bool {
    coverage.weight >= LEAST_WEIGHT && coverage.words >= 3 && coverage.share <= MISSING
}

pub(super) fn percent(share: f32) -> String {
    format!("{:.0}%", share * 100.0)
}
