//! A row that may be aligned wrongly: both sides stand together with little in common.
//!
//! Raised where the aligner's own score is below one half, and where no score is given and the sides share hardly a word.
//! What other rules say of such a row may be the alignment's fault, not the translation's.
//!
//! Passed over: rows too short to tell.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::aln01::percent;
use super::{Check, Mode, Rule};
use crate::language::Side;

pub(super) const RULE: Rule = Rule {
    code: "ALN03",
    title: "a row that may be aligned wrongly",
    severity: Severity::Info,
    modes: Mode::BOTH,
    source: include_str!("aln03.rs"),
    checks: &[Check::Document(check)],
};

/// Below this the aligner thinks it likelier wrong than right.
const EVEN: f32 = 0.5;
/// Translations share this much of their words with hardly an exception.
const LEAST_SHARED: f32 = 0.15;
/// Fewer are too few to tell by.
const LEAST_WORDS: usize = 5;

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        let score = passage.row.aligner_score;
        let doubtful = match score {
            Some(score) => score < EVEN,
            None => passage.words(Side::Zh).len() >= LEAST_WORDS && passage.share() < LEAST_SHARED,
        };
        if doubtful {
            let score = score.map_or("none".into(), |score| format!("{score:.2}"));
            found.push(
                Found::new(index, "these may not belong together")
                    .evidence("aligner's score", score)
                    .evidence("of the Chinese words in the English", percent(passage.share())),
            );
        }
    }
    found
}
