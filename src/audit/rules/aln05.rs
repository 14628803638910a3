//! A clause without a counterpart inside a row: 他来了，还带来一筐苹果。 against "He came."
//!
//! Both texts are cut into clauses, and each clause's words, weighed by how rare they are, are looked for in the other
//! side by the lexicon. A clause of some length of which nothing is found is shown.
//!
//! Passed over: short clauses; rows that ALN01, ALN02 or ALN03 tell of; a text that is one clause; set phrases that the
//! lexicon cannot see through pass where any of their words is found.

use super::super::Document;
use super::super::clause::Coverage;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::aln01;
use super::{Check, Rule};
use crate::language::Side;
use crate::span::Span;

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
const MISSING: f32 = 0.14;

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        for span in missing(passage, Side::Zh) {
            found.push(Found::new(index, "no English for this part of the Chinese").zh([span]));
        }
        for span in missing(passage, Side::En) {
            found.push(Found::new(index, "no Chinese for this part of the English").en([span]));
        }
    }
    found
}

/// The clauses of one side without a counterpart, but for those of sentences that have none as a whole.
fn missing(passage: &Passage, side: Side) -> Vec<Span> {
    let clauses = passage.clause_coverage(side);
    if clauses.len() < 2 {
        return Vec::new();
    }
    let sentences = passage.sentence_coverage(side);
    let whole = |span: Span| {
        let mut missing = sentences.iter().filter(|sentence| aln01::is_missing(sentence));
        sentences.len() > 1 && missing.any(|sentence| sentence.span.range().contains(&span.start()))
    };
    clauses
        .iter()
        .filter(|clause| is_missing(clause) && !whole(clause.span))
        .map(|clause| clause.span)
        .collect()
}

fn is_missing(coverage: &Coverage) -> bool {
    coverage.weight >= LEAST_WEIGHT && coverage.words >= LEAST_WORDS && coverage.share <= MISSING
}
