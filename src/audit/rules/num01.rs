//! A number stands on one side only: 来了35人 against "people came".
//!
//! Numbers are compared as values (see NUM02). A finding shows the number that has no counterpart.
//!
//! Passed over: numbers up to twelve that are written in words (三个, "two"), since languages differ in what they count;
//! numbers that the other side says in words or as part of a date; the marks of a list (`3.`, `(2)`, 二是); a number that
//! stands in the neighbouring row of the other side; and rows with one side only, which ALN01 and ALN02 are about.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::super::quantity::is_plain;
use super::num02::shown;
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::value::number::Number;

pub(super) const RULE: Rule = Rule {
    code: "NUM01",
    title: "a number stands on one side only",
    severity: Severity::Error,
    modes: Mode::BOTH,
    source: include_str!("num01.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        let near = || neighbours(document, index);
        for zh in &passage.numbers().zh_only {
            let moved = near().any(|other| {
                other
                    .values(Side::En)
                    .numbers
                    .iter()
                    .any(|en| en.value == zh.value)
            });
            if is_plain(zh, passage.zh_text()) && !is_list_mark(zh, passage.zh_text()) && !moved {
                let message = format!(
                    "{} ({}) is not in the English",
                    zh.span.of(passage.zh_text()),
                    shown(zh)
                );
                found.push(
                    Found::new(index, message)
                        .zh([zh.span])
                        .evidence("value in Chinese", shown(zh)),
                );
            }
        }
        for en in &passage.numbers().en_only {
            let moved = near().any(|other| {
                other
                    .values(Side::Zh)
                    .numbers
                    .iter()
                    .any(|zh| zh.value == en.value)
            });
            if is_plain(en, passage.en_text()) && !is_list_mark(en, passage.en_text()) && !moved {
                let message = format!("{} is not in the Chinese", en.span.of(passage.en_text()));
                found.push(
                    Found::new(index, message)
                        .en([en.span])
                        .evidence("value in English", shown(en)),
                );
            }
        }
    }
    found
}

/// The rows before and behind a row.
pub(super) fn neighbours<'d, 'a>(
    document: &'d Document<'a>,
    index: usize,
) -> impl Iterator<Item = &'d Passage<'a>> {
    let places = [index.checked_sub(1), Some(index + 1)];
    places
        .into_iter()
        .flatten()
        .filter_map(|place| document.passages.get(place))
}

/// `3.`, `(2)`, `4、` at the head of the text or behind a stop.
fn is_list_mark(number: &Number, text: &str) -> bool {
    let before = text[..number.span.start()].trim_end_matches([' ', '(', '（']);
    let behind = &text[number.span.end()..];
    let heads = before.is_empty() || before.ends_with(['。', '.', ';', '；', ':', '：']);
    heads && behind.starts_with(['.', ')', '）', '、', '．'])
}
