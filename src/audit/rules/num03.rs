//! A unit or a currency differs: 3亿元 against "300 million dollars", 三个百分点 against "three percent".
//!
//! Numbers of the same value are looked at with what they count: currencies by name or sign, measures by name.
//!
//! Passed over: units that English has no word for and that are left as they are; a currency on one side only; and two
//! numbers in units of one measure that are worth the same (15亩, "one hectare").

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::{Check, Mode, Rule};
use crate::value::number::Sense;

pub(super) const RULE: Rule = Rule {
    code: "NUM03",
    title: "a unit or a currency differs",
    severity: Severity::Error,
    modes: Mode::BOTH,
    source: include_str!("num03.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.passages.iter().enumerate() {
        for same in &passage.numbers().same {
            let said = |span: crate::span::Span, text: &str| {
                let behind: String = text[span.end()..].chars().take(12).collect();
                format!("{}{behind}", span.of(text))
            };
            let points = |sense| sense == Sense::Point;
            let message = match same.units {
                Some((zh, en)) if zh.contradicts(en) && same.zh.value == same.en.value => {
                    format!("{} in Chinese, {} in English", zh.name, en.name)
                }
                _ if points(same.zh.sense) && same.en.sense == Sense::Percent => {
                    "percentage points in Chinese, percent in English".into()
                }
                _ if points(same.en.sense) && same.zh.sense == Sense::Percent => {
                    "percent in Chinese, percentage points in English".into()
                }
                _ => continue,
            };
            found.push(
                Found::new(index, message)
                    .zh([same.zh.span])
                    .en([same.en.span])
                    .evidence("Chinese", said(same.zh.span, passage.zh_text()))
                    .evidence("English", said(same.en.span, passage.en_text())),
            );
        }
    }
    found
}
