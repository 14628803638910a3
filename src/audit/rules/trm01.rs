//! A required term is not used: the glossary has 一个中国原则 as "one-China principle", the English says something else.
//!
//! Needs a glossary (`--glossary terms.tsv`: columns zh, en, status, note). Chinese terms are found by their longest match,
//! so that 政策 inside 货币政策 is not looked at where both are terms; English ones whatever their inflection.
//!
//! Passed over: rows where any required or allowed English term of the Chinese one stands; terms that are only forbidden.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::glossary::{Status, find_en};
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "TRM01",
    title: "a required term is not used",
    severity: Severity::Warning,
    modes: Mode::TRANSLATION,
    source: include_str!("trm01.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let terms = &document.glossary.terms;
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        let zh = passage.zh_folded();
        for span in longest(zh, terms.iter().map(|term| term.zh.as_str())) {
            let of_this = || {
                terms
                    .iter()
                    .filter(|term| term.zh == span.of(zh) && term.status != Status::Forbidden)
            };
            let used = of_this().any(|term| find_en(passage.en_text(), &term.en).is_some());
            if let (false, Some(wanted)) = (used, of_this().next()) {
                let all: Vec<&str> = of_this().map(|term| term.en.as_str()).collect();
                let finding = Found::new(
                    index,
                    format!("{} is not rendered as {}", wanted.zh, all.join(" or ")),
                );
                let finding = finding.zh(passage.on_text(Side::Zh, span));
                found.push(if wanted.note.is_empty() {
                    finding
                } else {
                    finding.evidence("note", &wanted.note)
                });
            }
        }
    }
    found
}

/// Where terms stand in a text, the longest at each place; each term once.
fn longest<'t>(text: &str, terms: impl Iterator<Item = &'t str>) -> Vec<Span> {
    let mut all: Vec<Span> = terms
        .filter(|term| !term.is_empty())
        .flat_map(|term| {
            text.match_indices(term)
                .map(|(at, term)| Span::new(at, at + term.len()))
                .collect::<Vec<_>>()
        })
        .collect();
    all.sort_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
    let mut kept: Vec<Span> = Vec::new();
    for span in all {
        let inside = kept
            .iter()
            .any(|held| held.start() <= span.start() && span.end() <= held.end());
        if !inside && !kept.iter().any(|held| held.of(text) == span.of(text)) {
            kept.push(span);
        }
    }
    kept
}
