//! Sentences into words: what the lexicon knows, what can be compared at sight (values, Latin letters, the sound of a
//! name), and punctuation marks.

use crate::language::Side;
use crate::span::Span;
use crate::value::{Values, date::Dated, values};
use std::borrow::Cow;

pub mod en;
pub mod name;
pub mod zh;

/// One word of a sentence in the form in which it is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    pub kind: Kind,
    /// Chinese in simplified characters; English and other Latin words in lower case and stemmed; a value as its number,
    /// `m5` for a month, `d8` for a day, `y2018` for a year; a mark in the form both languages share (`。` and `.` are
    /// `.`).
    pub key: Cow<'a, str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A Chinese word.
    Han,
    /// A word in other letters: every English word, and `Python` in a Chinese sentence.
    Latin,
    /// A number, or a part of a date or time.
    Value,
    /// A punctuation mark.
    Mark,
}

/// The words of a sentence, in order.
///
/// ```
/// use duizhao::{language::Side, words::words};
/// let keys = |text, side| words(text, side).into_iter().map(|word| word.key.into_owned()).collect::<Vec<_>>();
/// assert_eq!(keys("5月8日，4300萬人投票。", Side::Zh), ["m5", "d8", ",", "43000000", "人", "投票", "."]);
/// assert_eq!(keys("On May 8, 43 million people voted.", Side::En), ["on", "m5", "d8", ",", "43000000", "peopl", "vote", "."]);
/// ```
pub fn words(sentence: &str, side: Side) -> Vec<Word<'_>> {
    let cut = match side {
        Side::Zh => zh::cut,
        Side::En => en::cut,
    };
    let mut words = Vec::with_capacity(sentence.len() / 4);
    let mut done = 0;
    for (span, keys) in in_order(values(sentence, side)) {
        cut(&sentence[done..span.start()], &mut words);
        words.extend(keys.into_iter().map(|key| Word {
            kind: Kind::Value,
            key: key.into(),
        }));
        done = span.end();
    }
    cut(&sentence[done..], &mut words);
    words
}

/// Where values stand in a sentence and the keys of each.
fn in_order(values: Values) -> Vec<(Span, Vec<String>)> {
    let mut found: Vec<(Span, Vec<String>)> = Vec::new();
    found.extend(
        values
            .numbers
            .iter()
            .map(|number| (number.span, vec![number.value.to_string()])),
    );
    found.extend(values.dates.iter().map(|dated| (dated.span, date_keys(dated))));
    found.extend(values.times.iter().map(|timed| {
        let (hour, minute) = (timed.time.hour, timed.time.minute);
        (timed.span, vec![format!("t{}:{minute:02}", hour % 12)])
    }));
    found.sort_unstable_by_key(|(span, _)| *span);
    found
}

/// Parts of a date one by one: one side may leave out the year, or the month.
fn date_keys(dated: &Dated) -> Vec<String> {
    let part = |letter: char, number: Option<i32>| number.map(|number| format!("{letter}{number}"));
    let date = dated.date;
    let parts = [
        part('y', date.year),
        part('m', date.month.map(i32::from)),
        part('d', date.day.map(i32::from)),
    ];
    let weekday = dated.weekday.map(|weekday| format!("w{weekday:?}"));
    parts.into_iter().flatten().chain(weekday).collect()
}

/// The form that both languages share, for marks that mean the same; none for what is no mark of punctuation.
fn mark(c: char) -> Option<&'static str> {
    Some(match c {
        '。' | '.' | '．' => ".",
        '，' | ',' => ",",
        '、' => "、",
        '？' | '?' => "?",
        '！' | '!' => "!",
        '：' | ':' => ":",
        '；' | ';' => ";",
        // Single and double quotation marks: houses differ in which they put outside.
        '“' | '”' | '"' | '„' | '「' | '」' | '『' | '』' | '＂' | '〝' | '〞' | '‘' | '’' | '\'' => {
            "\""
        }
        '…' => "…",
        '—' | '–' | '―' | '─' => "—",
        '（' | '(' => "(",
        '）' | ')' => ")",
        '《' | '〈' => "《",
        '》' | '〉' => "》",
        '%' | '％' => "%",
        '$' | '＄' => "$",
        _ => return None,
    })
}
