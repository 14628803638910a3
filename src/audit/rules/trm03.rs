//! A variant of a term is chosen: the glossary allows "one-China policy" beside "one-China principle", with a note.
//!
//! Needs a glossary (`--glossary`) in which a Chinese term has an `allowed` English one with a note: what the choice says of
//! the register, the house or the side. Each row that chooses it is told of, as a notice with the note.
//!
//! Passed over: variants without a note; rows where the required term stands, too; the English without its Chinese.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::glossary::{Status, find_en};
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "TRM03",
    title: "a variant of a term is chosen",
    severity: Severity::Info,
    modes: Mode::BOTH,
    source: include_str!("trm03.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let terms = &document.glossary.terms;
    let is_variant = |term: &&super::super::glossary::Term| {
        term.status == Status::Allowed && !term.note.is_empty() && !term.zh.is_empty()
    };
    let mut found = Vec::new();
    for variant in terms.iter().filter(is_variant) {
        let required = || {
            terms
                .iter()
                .filter(|term| term.zh == variant.zh && term.status == Status::Required)
        };
        for (index, passage) in document.passages.iter().enumerate() {
            let Some(at) = passage.zh_folded().find(&variant.zh) else {
                continue;
            };
            let Some(en) = find_en(passage.en_text(), &variant.en) else {
                continue;
            };
            if required().any(|term| find_en(passage.en_text(), &term.en).is_some()) {
                continue;
            }
            let span = Span::new(at, at + variant.zh.len());
            let usual: Vec<&str> = required().map(|term| term.en.as_str()).collect();
            let finding = Found::new(
                index,
                format!("{} is \"{}\" here", variant.zh, en.of(passage.en_text())),
            );
            let finding = finding.zh(passage.on_text(Side::Zh, span)).en([en]);
            let finding = finding.evidence("note", &variant.note);
            found.push(if usual.is_empty() {
                finding
            } else {
                finding.evidence("required", usual.join(", "))
            });
        }
    }
    found
}
