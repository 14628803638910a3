//! A forbidden term is used: the glossary forbids "one-China policy" for 一个中国原则.
//!
//! Needs a glossary (`--glossary terms.tsv`) with terms whose status is `forbidden`. A line with both languages forbids the
//! English where the Chinese stands; a line with one language alone forbids that word everywhere.
//!
//! Passed over: the English word where its Chinese does not stand; longer words that hold it ("policymaker").

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::glossary::{Status, find_en};
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "TRM04",
    title: "a forbidden term is used",
    severity: Severity::Warning,
    modes: Mode::BOTH,
    source: include_str!("trm04.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    let forbidden = || {
        document
            .glossary
            .terms
            .iter()
            .filter(|term| term.status == Status::Forbidden)
    };
    for (index, passage) in document.passages.iter().enumerate() {
        let zh = passage.zh_folded();
        for term in forbidden() {
            // Most terms stand in few rows, and reading the English costs more than this.
            let Some(at) = zh.find(&term.zh) else { continue };
            let zh_at = (!term.zh.is_empty()).then_some(at);
            let zh_at = zh_at.map(|at| Span::new(at, at + term.zh.len()));
            let zh_at = zh_at.and_then(|span| passage.on_text(Side::Zh, span));
            let en_at = find_en(passage.en_text(), &term.en);
            let message = match (zh_at, en_at) {
                (Some(_), Some(_)) => format!("\"{}\" is forbidden for {}", term.en, term.zh),
                (None, Some(_)) if term.zh.is_empty() => format!("\"{}\" is forbidden", term.en),
                (Some(_), None) if term.en.is_empty() => format!("{} is forbidden", term.zh),
                _ => continue,
            };
            let finding = Found::new(index, message).zh(zh_at).en(en_at);
            found.push(if term.note.is_empty() {
                finding
            } else {
                finding.evidence("note", &term.note)
            });
        }
    }
    found
}
