//! A name stands for another: 北京 against "Tianjin", 张彬彬 against "Wang Lei".
//!
//! Two kinds of names are looked at. Countries, provinces and great cities, by a table: a finding says that
//! one stands in the Chinese and another in the English. Chinese persons, by the sound of their names: an English name that
//! is written in pinyin (Zhang Binbin, Binbin Zhang, Zhang Bin-bin) must be the reading of characters that stand together in
//! the Chinese.
//! A place on one side only is a notice, and between the sources of an event every finding is.
//!
//! Passed over: short forms (中美, 沪), capitals for their countries, 我国 and "the country"; names in other romanizations,
//! which do not parse as pinyin; surnames by themselves; names of rows nearby that a pronoun stands for.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::names::{
    ALIKE, capitalised, foreign_spans, has_place, is_surname, plain, sounding, sounds_like, syllables,
    unmatched,
};
use super::super::passage::Passage;
use super::{Check, Mode, Rule};
use crate::span::Span;
use std::collections::HashSet;

pub(super) const RULE: Rule = Rule {
    code: "NAM01",
    title: "a name stands for another",
    severity: Severity::Warning,
    modes: Mode::BOTH,
    source: include_str!("nam01.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        places(index, passage, document.mode, &mut found);
        persons(index, passage, &mut found);
    }
    found
}

fn places(index: usize, passage: &Passage, mode: Mode, found: &mut Vec<Found>) {
    // Where sources of an event name each its own places, it is chance which of them stands for which.
    let severity = match mode {
        Mode::Translation => Severity::Warning,
        Mode::Comparable => Severity::Info,
    };
    let [lost, added] = unmatched(passage);
    for (at, &(place, span)) in lost.iter().enumerate() {
        let name = place.zh();
        found.push(match added.get(at) {
            Some(&(other, en_span)) => {
                let message = format!("{name} in Chinese, {} in English", other.en());
                Found::new(index, message)
                    .severity(severity)
                    .zh([span])
                    .en([en_span])
            }
            None => Found::new(index, format!("{name} is not in the English"))
                .severity(Severity::Info)
                .zh([span]),
        });
    }
    let added = added.iter().skip(lost.len());
    for &(place, span) in added.filter(|(place, _)| !place.is_china()) {
        found.push(
            Found::new(index, format!("{} is not in the Chinese", place.en()))
                .severity(Severity::Info)
                .en([span]),
        );
    }
}

fn persons(index: usize, passage: &Passage, found: &mut Vec<Found>) {
    let text = passage.en_text();
    let words = capitalised(text);
    let mut told = HashSet::new();
    let mut at = 0;
    while at + 1 < words.len() {
        let (first, second) = (words[at], words[at + 1]);
        let between = &text[first.end()..second.start()];
        let name = Span::new(first.start(), second.end());
        let is_surname = |span: Span| is_surname(span.of(text));
        let given = |span: Span| syllables(&plain(span.of(text))) >= 1 && span.len() > 1;
        let is_name =
            between == " " && (is_surname(first) && given(second) || is_surname(second) && given(first));
        if !is_name || has_place(name.of(text)) {
            at += 1;
            continue;
        }
        at += 2;
        let (left, right) = (plain(first.of(text)), plain(second.of(text)));
        let heard = sounding(passage.zh_text(), &format!("{left}{right}")).is_some()
            || sounding(passage.zh_text(), &format!("{right}{left}")).is_some();
        // A given name of several syllables may be written as several words: Zhang Bin Bin.
        let goes_on = words
            .get(at)
            .is_some_and(|third| text.get(name.end()..third.start()) == Some(" "));
        // Teresa Mei: a foreign name may parse as pinyin.
        let is_foreign = || {
            let spans = foreign_spans(passage.zh_folded()).into_iter();
            let mut names = spans.map(|span| span.of(passage.zh_folded()));
            names.any(|zh| {
                [first, second]
                    .iter()
                    .any(|en| sounds_like(zh, en.of(text)) >= ALIKE)
            })
        };
        if !heard && !goes_on && !is_foreign() && told.insert(name.of(text)) {
            found.push(
                Found::new(
                    index,
                    format!("nobody in the Chinese is called {}", name.of(text)),
                )
                .en([name]),
            );
        }
    }
}
