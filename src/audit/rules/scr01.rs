//! Scripts mixed and characters hidden: a zero-width space, a Cyrillic "о" in an English word, 這 in simplified text.
//!
//! Looked for on both sides: characters that cannot be seen (zero-width, soft hyphens, marks of direction, control
//! characters), U+FFFD where a character was lost, Greek or Cyrillic letters inside Latin words, Chinese characters and
//! Chinese marks in English, and traditional characters in a text of simplified ones and the reverse.
//!
//! Passed over: the joiners inside emoji; names quoted in the other script that stand in brackets or quotes; a text with too
//! few characters of either script to say what it is written in.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::{Check, Mode, Rule};
use crate::script::{Script, evidence, is_han};
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "SCR01",
    title: "scripts mixed or characters hidden",
    severity: Severity::Info,
    modes: Mode::BOTH,
    source: include_str!("scr01.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.passages.iter().enumerate() {
        for (text, is_zh) in [(passage.zh_text(), true), (passage.en_text(), false)] {
            let mut add = |message: String, spans: Vec<Span>| {
                if !spans.is_empty() {
                    let finding = Found::new(index, message);
                    found.push(if is_zh {
                        finding.zh(spans)
                    } else {
                        finding.en(spans)
                    });
                }
            };
            let hidden = places(text, is_hidden);
            let names: Vec<String> = hidden
                .iter()
                .filter_map(|span| span.of(text).chars().next())
                .map(|c| format!("U+{:04X}", c as u32))
                .collect();
            add(
                format!("a character that cannot be seen: {}", names.join(", ")),
                hidden,
            );
            add("a character was lost".into(), places(text, |c| c == '\u{fffd}'));
            add("letters of another script inside a word".into(), lookalikes(text));
            if is_zh {
                add(
                    "traditional and simplified characters mixed".into(),
                    minority(text),
                );
            } else {
                add(
                    "a Chinese mark in English".into(),
                    places(text, |c| "，。；：？！、（）《》「」".contains(c)),
                );
                add("Chinese in the English".into(), bare_han(text));
            }
        }
    }
    found
}

fn places(text: &str, is: impl Fn(char) -> bool) -> Vec<Span> {
    text.char_indices()
        .filter(|(_, c)| is(*c))
        .map(|(at, c)| Span::new(at, at + c.len_utf8()))
        .collect()
}

fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}

/// Greek and Cyrillic letters that touch a Latin one.
fn lookalikes(text: &str) -> Vec<Span> {
    let foreign = |c: char| matches!(c, '\u{370}'..='\u{52f}') && c.is_alphabetic();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    places(text, foreign)
        .into_iter()
        .filter(|span| {
            // μm and Ω are units.
            let unit = matches!(span.of(text), "μ" | "Ω" | "α" | "β" | "γ" | "δ");
            !unit
                && (latin(text[..span.start()].chars().next_back())
                    || latin(text[span.end()..].chars().next()))
        })
        .collect()
}

/// The characters of the script that the text is not written in.
fn minority(text: &str) -> Vec<Span> {
    let of = |script| places(text, |c| evidence(c) == Some(script));
    let (hans, hant) = (of(Script::Hans), of(Script::Hant));
    let (few, many) = if hans.len() < hant.len() {
        (hans, hant)
    } else {
        (hant, hans)
    };
    if many.len() >= 4 && few.len() * 4 <= many.len() {
        few
    } else {
        Vec::new()
    }
}

/// Chinese characters that stand neither in brackets nor in quotes.
fn bare_han(text: &str) -> Vec<Span> {
    let spans = places(text, is_han);
    let enclosed = |span: &Span| {
        let before = text[..span.start()].trim_end_matches(|c: char| is_han(c) || c == '·');
        before.ends_with(['(', '（', '"', '“', '\'', '‘', '[', '《', '「', '/', ' '])
            && !before.ends_with(' ')
    };
    spans.into_iter().filter(|span| !enclosed(span)).collect()
}
