//! English without Chinese: an addition.
//!
//! Raised for a row that has no Chinese, and for a whole English sentence that was joined to its neighbour in one row
//! while the Chinese of the row says nothing of it.
//!
//! Passed over: sentences without a word that says something; and, as a notice only, sentences that the Chinese of the
//! neighbouring rows may hold already. Glosses inside a sentence, such as "(the CPC leader)", are no sentence.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::aln01::{Said, missing};
use super::{Check, Mode, Rule};
use crate::language::Side;

pub(super) const RULE: Rule = Rule {
    code: "ALN02",
    title: "English without Chinese",
    severity: Severity::Warning,
    modes: Mode::TRANSLATION,
    source: include_str!("aln02.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let said = Said {
        alone: "no Chinese for this English",
        inside: "no Chinese for this sentence of the English",
        next_to: "of its words in the Chinese next to it",
        in_row: "of its words in the Chinese",
    };
    missing(document, Side::En, &said)
}
