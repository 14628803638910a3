//! A number's value differs: 1.2亿 against "12 million".
//!
//! Numbers are compared as values, whatever they are written as: 1.2亿 is "120 million", 三成 is "30 percent", 第十九 is
//! "19th", 三十年 is "three decades", 增长一倍 is "doubled", 15亩 is "one hectare".
//! A finding shows the two numbers that stand in each other's place and what each is worth.
//!
//! Passed over: a number that one side rounds as the other is written (12,345 and "12,000"); one that the other side says
//! in words (两国, "both countries") or as part of a date. Where both numbers are small and written in words, and where the
//! Chinese says 多 or 余 and the English gives more digits (6000多万, "64 million"), the finding is a warning only.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::quantity::{is_coarser, is_plain};
use super::super::unit::to_f64;
use super::{Check, Mode, Rule};
use crate::value::Ratio;
use crate::value::number::{Bound, Number, Sense};

pub(super) const RULE: Rule = Rule {
    code: "NUM02",
    title: "a number's value differs",
    severity: Severity::Error,
    modes: Mode::BOTH,
    source: include_str!("num02.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.passages.iter().enumerate() {
        for (zh, en) in &passage.numbers().differ {
            let (zh_said, en_said) = (zh.span.of(passage.zh_text()), en.span.of(passage.en_text()));
            let message = format!(
                "{zh_said} is {}, but the English has {en_said}{}",
                shown(zh),
                times(zh, en)
            );
            let finding = Found::new(index, message)
                .zh([zh.span])
                .en([en.span])
                .evidence("value in Chinese", shown(zh))
                .evidence("value in English", shown(en));
            let plain = is_plain(zh, passage.zh_text()) || is_plain(en, passage.en_text());
            let finer = zh.bound != Bound::Exact && is_coarser(en.value, zh.value);
            found.push(if plain && !finer {
                finding
            } else {
                finding.severity(Severity::Warning)
            });
        }
    }
    found
}

/// A value as English writes it: `120,000,000`, `15%`, `1/3`.
pub(in crate::audit) fn shown(number: &Number) -> String {
    match number.sense {
        Sense::Percent | Sense::Point => format!("{}%", decimal(number.value.times(Ratio::whole(100)))),
        Sense::Ordinal => format!("number {}", decimal(Some(number.value))),
        Sense::Multiple => format!("{} times", decimal(Some(number.value))),
        Sense::Cardinal | Sense::Fraction => decimal(Some(number.value)),
    }
}

fn decimal(value: Option<Ratio>) -> String {
    let Some(value) = value else {
        return "too large a number to show".into();
    };
    match value.to_whole() {
        Some(whole) => grouped(&whole.to_string()),
        None if value.denominator() <= 12 && 10 % value.denominator() != 0 => value.to_string(),
        None => {
            let rounded = format!("{:.4}", to_f64(value));
            rounded.trim_end_matches('0').trim_end_matches('.').into()
        }
    }
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Where one is the other times a power of ten, the magnitude is what went wrong.
fn times(zh: &Number, en: &Number) -> String {
    for (power, name) in [
        (10, "ten"),
        (100, "a hundred"),
        (1000, "a thousand"),
        (10_000, "ten thousand"),
    ] {
        let factor = Ratio::whole(power);
        if zh.value.times(factor) == Some(en.value) {
            return format!(": {name} times as much");
        }
        if en.value.times(factor) == Some(zh.value) {
            return format!(": one {name}th of it")
                .replace("one a ", "one ")
                .replace("ten thousandth", "ten-thousandth");
        }
    }
    String::new()
}
