//! A clause without a counterpart inside a row: 他来了，还带来一筐苹果。 against "He came."
//!
//! Both texts are cut into clauses, and each clause's words, weighed by how rare they are, are looked for in the other
//! side by the lexicon. A clause of some length of which nothing is found is shown. It is a notice where the lengths of the
//! texts do not speak for it: what leaves out a clause is shorter than translations are, what is rendered freely is not.
//!
//! Passed over: short clauses; rows that ALN01, ALN02 or ALN03 tell of; a text that is one clause; set phrases that the
//! lexicon cannot see through pass where any of their words is found.

use super::super::Document;
use super::super::clause::Coverage;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::aln01;
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::script::is_han;
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "ALN05",
    title: "a clause without a counterpart",
    severity: Severity::Warning,
    modes: Mode::TRANSLATION,
    source: include_str!("aln05.rs"),
    checks: &[Check::Document(check)],
};

/// A clause is judged from this weight on, in nats: three words or so.
const LEAST_WEIGHT: f32 = 25.0;
const LEAST_WORDS: usize = 3;
/// A clause of which the other side says no more than this is missing.
const MISSING: f32 = 0.14;
/// Bytes of English for a Chinese character, over the samples of corpora/pairs.
const USUAL: f32 = 4.4;

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        for (side, message) in [
            (Side::Zh, "no English for this part of the Chinese"),
            (Side::En, "no Chinese for this part of the English"),
        ] {
            let severity = match is_longer(passage, side) {
                true => Severity::Warning,
                false => Severity::Info,
            };
            let told = |span| Found::new(index, message).side(side, [span]).severity(severity);
            found.extend(missing(passage, side).into_iter().map(told));
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

/// Whether a text is longer than what the other side has usually translates.
fn is_longer(passage: &Passage, side: Side) -> bool {
    let zh = passage.zh_text().chars().filter(|&c| is_han(c)).count() as f32;
    let en = passage.en_text().len() as f32;
    match side {
        Side::Zh => en < USUAL * zh,
        Side::En => en > USUAL * zh,
    }
}

fn is_missing(coverage: &Coverage) -> bool {
    coverage.weight >= LEAST_WEIGHT && coverage.words >= LEAST_WORDS && coverage.share <= MISSING
}
