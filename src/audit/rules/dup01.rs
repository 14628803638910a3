//! A sentence stands twice: on one side only, or a whole row again.
//!
//! Sentences of the same document are compared letter for letter, case and spaces aside. Where a sentence comes again on one
//! side and its counterpart does not, it was pasted twice or left behind in an edit.
//!
//! A line without an end mark, such as a headline, may be the same words twice over.
//!
//! Passed over: short sentences (refrains, headings, "Thank you."); sentences that come again on both sides alike.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::span::Span;
use std::collections::HashMap;

pub(super) const RULE: Rule = Rule {
    code: "DUP01",
    title: "a sentence stands twice",
    severity: Severity::Info,
    modes: Mode::BOTH,
    source: include_str!("dup01.rs"),
    checks: &[Check::Document(check)],
};

/// Letters and digits that a sentence must have to be looked at.
const ZH_LEAST: usize = 8;
const EN_LEAST: usize = 24;

fn check(document: &Document) -> Vec<Found> {
    let (zh, en) = (again(document, Side::Zh), again(document, Side::En));
    let mut found = Vec::new();
    for (index, first, span) in &zh {
        if en.len() < zh.len() || !en.iter().any(|(place, ..)| place == index) {
            found.push(Found::new(*index, message(document, "Chinese", *first)).zh([*span]));
        }
    }
    for (index, first, span) in &en {
        if zh.len() < en.len() || !zh.iter().any(|(place, ..)| place == index) {
            found.push(Found::new(*index, message(document, "English", *first)).en([*span]));
        }
    }
    found
}

fn message(document: &Document, side: &str, first: usize) -> String {
    let row = document.passages[first].row;
    format!("this {side} sentence stands in row {} already", row.link_no)
}

/// Sentences that stand in the document before: the row, the row of the first, and the place in the text.
fn again(document: &Document, side: Side) -> Vec<(usize, usize, Span)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut again = Vec::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let text = passage.text(side);
        for span in passage.sentences(side) {
            let key: String = span
                .of(text)
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            let least = match side {
                Side::Zh => ZH_LEAST,
                Side::En => EN_LEAST,
            };
            if key.chars().count() < least {
                continue;
            }
            if let Some(behind) = is_doubled(&key, least).then(|| half(span, text)) {
                again.push((index, index, behind));
                continue;
            }
            match seen.get(&key) {
                Some(&first) => again.push((index, first, span)),
                None => {
                    seen.insert(key, index);
                }
            }
        }
    }
    again
}

/// Whether letters are the same twice over, as where a headline without an end mark was pasted twice.
fn is_doubled(key: &str, least: usize) -> bool {
    let (first, second) = key.split_at_checked(key.len() / 2).unwrap_or((key, ""));
    first == second && first.chars().count() >= least
}

/// The second half of what stands under a span.
fn half(span: Span, text: &str) -> Span {
    let middle = span.start() + span.len() / 2;
    let start = (middle..span.end()).find(|&at| text.is_char_boundary(at));
    Span::new(start.unwrap_or(span.end()), span.end()).trim(text)
}
