//! A Chinese sentence without English: an omission.
//!
//! Raised for a row that has no English, and for a whole Chinese sentence that was joined to its neighbour in one row
//! while the English of the row says nothing of it. The finding shows how much of the sentence's words the English next
//! to it holds.
//!
//! Where one side is much longer than the other as translations go, the sentence that is said least is a notice.
//!
//! Passed over: sentences without a word that says something; and, as a notice only, sentences that the English of the
//! neighbouring rows may hold already, and lines that English editions leave out (datelines, bylines, captions).

use super::super::Document;
use super::super::clause::Coverage;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::num01::neighbours;
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::script::is_han;
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "ALN01",
    title: "a Chinese sentence without English",
    severity: Severity::Error,
    modes: Mode::TRANSLATION,
    source: include_str!("aln01.rs"),
    checks: &[Check::Document(check)],
};

/// A sentence of less, in nats, is too little to judge by: two or three words.
pub(super) const LEAST_WEIGHT: f32 = 20.0;
/// A sentence inside a row is missing when the English says no more of it than this; translations say half and more.
pub(super) const MISSING: f32 = 0.24;
/// Bytes of English for a Chinese character: of the rows of translated news and speeches, two in a hundred have fewer, two
/// in a hundred more.
const FEWEST: f32 = 3.1;
const MOST: f32 = 8.0;
/// Where the neighbouring rows say this much of it, it may have been said there.
const SAID_NEARBY: f32 = 0.6;

fn check(document: &Document) -> Vec<Found> {
    let said = Said {
        alone: "no English for this Chinese",
        inside: "no English for this sentence of the Chinese",
        next_to: "of its words in the English next to it",
        in_row: "of its words in the English",
    };
    missing(document, Side::Zh, &said)
}

/// What is said of a sentence without a counterpart.
pub(super) struct Said {
    /// In a row of its own, and inside a row.
    pub alone: &'static str,
    pub inside: &'static str,
    /// How much of it the other side has, next to the row and in the row.
    pub next_to: &'static str,
    pub in_row: &'static str,
}

/// The sentences of one side that the other side does not say: omissions in Chinese, additions in English.
pub(super) fn missing(document: &Document, side: Side, said: &Said) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let (zh, en) = (passage.zh_text(), passage.en_text());
        let (own, other) = match side {
            Side::Zh => (zh, en),
            Side::En => (en, zh),
        };
        if other.is_empty() && !own.is_empty() {
            let sentences = passage.sentence_coverage(side).iter();
            let weight: f32 = sentences.map(|coverage| coverage.weight).sum();
            let near = neighbours(document, index)
                .map(|other| other.share_said(side, own))
                .fold(0.0, f32::max);
            let finding = Found::new(index, said.alone)
                .side(side, [Span::new(0, own.len())])
                .evidence(said.next_to, percent(near));
            let light = weight < LEAST_WEIGHT || near >= SAID_NEARBY;
            found.push(if light {
                finding.severity(Severity::Info)
            } else {
                finding
            });
        } else if passage.row.is_link() {
            let sentences = passage.sentence_coverage(side);
            let several = sentences.len() > 1;
            let told = |coverage: &Coverage| {
                Found::new(index, said.inside)
                    .side(side, [coverage.span])
                    .evidence(said.in_row, percent(coverage.share))
            };
            let before = found.len();
            let missing = sentences
                .iter()
                .filter(|coverage| several && is_missing(coverage));
            found.extend(missing.map(told));
            if several && found.len() == before && is_too_long(passage, side) {
                let judged = sentences
                    .iter()
                    .filter(|coverage| coverage.words >= 2 && coverage.share < 1.0);
                let least = judged.min_by(|a, b| a.share.total_cmp(&b.share));
                found.extend(least.map(|coverage| told(coverage).severity(Severity::Info)));
            }
        }
    }
    found
}

pub(super) fn is_missing(coverage: &Coverage) -> bool {
    coverage.weight >= LEAST_WEIGHT && coverage.words >= 3 && coverage.share <= MISSING
}

/// Whether a text is longer than what the other side has translates: then a sentence may be missing though its words are
/// said in another.
fn is_too_long(passage: &Passage, side: Side) -> bool {
    let zh = passage.zh_text().chars().filter(|&c| is_han(c)).count() as f32;
    let en = passage.en_text().len() as f32;
    match side {
        Side::Zh => en < FEWEST * zh,
        Side::En => en > MOST * zh && zh > 0.0,
    }
}

pub(super) fn percent(share: f32) -> String {
    format!("{:.0}%", share * 100.0)
}
