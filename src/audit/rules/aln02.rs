//! English without Chinese: an addition.
//!
//! Raised for a row that has no Chinese, and for a whole English sentence that was joined to its neighbour in one row
//! while the Chinese of the row says nothing of it.
//!
//! Passed over: sentences without a word that says something; and, as a notice only, sentences that the Chinese of the
//! neighbouring rows may hold already. Glosses inside a sentence, such as "(the CPC leader)", are no sentence.

use super::super::Document;
use super::super::clause::sentences;
use super::super::finding::{Found, Severity};
use super::aln01::{LEAST_WEIGHT, SAID_NEARBY, is_missing, percent};
use super::num01::neighbours;
use super::{Check, Rule};
use crate::language::Side;
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "ALN02",
    title: "English without Chinese",
    severity: Severity::Warning,
    source: include_str!("aln02.rs"),
    check: Check::Document(check),
};

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let row = passage.row;
        if row.src_text.is_empty() && !row.trg_text.is_empty() {
            let all = Span::new(0, row.trg_text.len());
            let own: f32 = sentences(passage, Side::En)
                .iter()
                .map(|coverage| coverage.weight)
                .sum();
            let near = neighbours(document, index)
                .map(|other| other.en_share_said(&row.trg_text))
                .fold(0.0, f32::max);
            let finding = Found::new(index, "no Chinese for this English")
                .en([all])
                .evidence("of its words in the Chinese next to it", percent(near));
            let light = own < LEAST_WEIGHT || near >= SAID_NEARBY;
            found.push(if light {
                finding.severity(Severity::Info)
            } else {
                finding
            });
        } else if row.is_link() {
            let missing = sentences(passage, Side::En);
            let several = missing.len() > 1;
            found.extend(
                missing
                    .iter()
                    .filter(|coverage| several && is_missing(coverage))
                    .map(|coverage| {
                        Found::new(index, "no Chinese for this sentence of the English")
                            .en([coverage.span])
                            .evidence("of its words in the Chinese", percent(coverage.share))
                    }),
            );
        }
    }
    found
}
