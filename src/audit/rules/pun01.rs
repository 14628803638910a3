//! Quotation marks or brackets unpaired, or another end mark: “走吧。 without ”, a question that ends in a full stop.
//!
//! Marks are counted in each text of a row. Full-width and half-width forms are the same, and so are the quotation marks of
//! all houses.
//!
//! Passed over: a quotation that runs over several rows, which leaves both sides open alike; single quotation marks, which
//! are apostrophes; marks of feet and inches; 。 against "!"; headings.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::{Check, Mode, Rule};
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "PUN01",
    title: "marks unpaired, or another end mark",
    severity: Severity::Info,
    modes: Mode::TRANSLATION,
    source: include_str!("pun01.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        for (name, marks) in [("quotation mark", QUOTES), ("bracket", BRACKETS)] {
            let (zh, en) = (
                unpaired(passage.zh_text(), marks),
                unpaired(passage.en_text(), marks),
            );
            match (zh, en) {
                (None, Some(span)) => {
                    found.push(Found::new(index, format!("a {name} in English has no partner")).en([span]))
                }
                (Some(span), None) => {
                    found.push(Found::new(index, format!("a {name} in Chinese has no partner")).zh([span]))
                }
                _ => {}
            }
        }
        found.extend(end_mark(index, passage));
    }
    found
}

/// Opening marks, closing marks, and marks that are both.
type Marks = (&'static str, &'static str, &'static str);
const QUOTES: Marks = ("“「『", "”」』", "\"＂");
const BRACKETS: Marks = ("(（", ")）", "");

/// The first mark without a partner, or the last of an odd number of straight ones.
fn unpaired(text: &str, (open, close, both): Marks) -> Option<Span> {
    let mut stack: Vec<Span> = Vec::new();
    let mut lone = None;
    let mut straight = Vec::new();
    for (at, c) in text.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        let before = text[..at].chars().next_back();
        let list_mark =
            matches!(c, ')' | '）') && stack.is_empty() && before.is_some_and(|c| c.is_ascii_alphanumeric());
        if open.contains(c) {
            stack.push(span);
        } else if close.contains(c) && stack.pop().is_none() && !list_mark {
            lone = lone.or(Some(span));
        } else if both.contains(c) && !before.is_some_and(|c| c.is_ascii_digit()) {
            straight.push(span);
        }
    }
    // One straight mark may close what a curly one opened.
    let mixed = (stack.len() + usize::from(lone.is_some()) + straight.len()).is_multiple_of(2)
        && !straight.is_empty()
        && (!straight.len().is_multiple_of(2));
    let odd = straight
        .last()
        .copied()
        .filter(|_| !straight.len().is_multiple_of(2));
    if mixed {
        None
    } else {
        lone.or(stack.first().copied()).or(odd)
    }
}

/// A question on one side only.
fn end_mark(index: usize, passage: &Passage) -> Option<Found> {
    let last = |text: &str| -> Option<(char, Span)> {
        let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || "”\"’'」』）)".contains(c));
        let c = trimmed.chars().next_back()?;
        Some((c, Span::new(trimmed.len() - c.len_utf8(), trimmed.len())))
    };
    let (zh, en) = (last(passage.zh_text())?, last(passage.en_text())?);
    let asks = |c: char| matches!(c, '？' | '?');
    let states = |c: char| matches!(c, '。' | '.' | '！' | '!');
    let differ = asks(zh.0) && states(en.0) || asks(en.0) && states(zh.0);
    differ.then(|| {
        Found::new(
            index,
            format!("ends in {} in Chinese and in {} in English", zh.0, en.0),
        )
        .zh([zh.1])
        .en([en.1])
    })
}
