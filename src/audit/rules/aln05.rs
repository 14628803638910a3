//! A clause without a counterpart inside a row: 他来了，还带来一筐苹果。 against "He came."
//!
//! Both texts are cut into clauses, and each clause's words, weighed by how rare they are, are looked for in the other
//! side by the lexicon. A clause of some length of which nothing is found is shown.
//!
//! Passed over: short clauses; rows that ALN01, ALN02 or ALN03 tell of; a text that is one clause; set phrases that the
//! lexicon cannot see through pass where any of their words is found.

use super::super::Document;
use super::super::clause::{Coverage, en_coverage, parts, zh_coverage};
use super::super::finding::{Found, Severity};
use super::aln01::{self, percent};
use super::{Check, Rule};
use crate::language::Side;

pub(super) const RULE: Rule = Rule {
    code: "ALN05",
    title: "a clause without a counterpart",
    severity: Severity::Warning,
    source: include_str!("aln05.rs"),
    check: Check::Document(check),
};

/// A clause is judged from this weight on, in nats: three words or so.
const LEAST_WEIGHT: f32 = 25.0;
const LEAST_WORDS: usize = 3;
/// A clause of which the other side says no more than this is missing.
const MISSING: f32 = 0.12;

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document
        .passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| passage.row.is_link())
    {
        let zh = parts(passage.zh_text(), Side::Zh, false);
        if zh.len() > 1 {
            let sentences = parts(passage.zh_text(), Side::Zh, true);
            let whole = |coverage: &Coverage| {
                sentences.len() > 1
                    && sentences.iter().any(|&sentence| {
                        sentence.range().contains(&coverage.span.start())
                            && aln01::is_missing(&zh_coverage(passage, sentence))
                    })
            };
            for coverage in zh
                .iter()
                .map(|&span| zh_coverage(passage, span))
                .filter(is_missing)
            {
                if !whole(&coverage) {
                    found.push(
                        Found::new(index, "no English for this part of the Chinese")
                            .zh([coverage.span])
                            .evidence("of its words in the English", percent(coverage.share)),
                    );
                }
            }
        }
        let en = parts(passage.en_text(), Side::En, false);
        if en.len() > 1 {
            let sentences = parts(passage.en_text(), Side::En, true);
            let whole = |coverage: &Coverage| {
                sentences.len() > 1
                    && sentences.iter().any(|&sentence| {
                        sentence.range().contains(&coverage.span.start())
                            && aln01::is_missing(&en_coverage(passage, sentence))
                    })
            };
            for coverage in en
                .iter()
                .map(|&span| en_coverage(passage, span))
                .filter(is_missing)
            {
                if !whole(&coverage) {
                    found.push(
                        Found::new(index, "no Chinese for this part of the English")
                            .en([coverage.span])
                            .evidence("of its words in the Chinese", percent(coverage.share)),
                    );
                }
            }
        }
    }
    found
}

fn is_missing(coverage: &Coverage) -> bool {
    coverage.weight >= LEAST_WEIGHT && coverage.words >= LEAST_WORDS && coverage.share <= MISSING
}
