//! Sentences into words: what the lexicon knows, what can be compared at sight (values, Latin letters, the sound of a
//! name), and punctuation marks.

use crate::language::Side;
use crate::script::{fold_text, is_han};
use crate::span::Span;
use crate::value::{Values, date::Dated, values};
use std::borrow::Cow;

pub mod dictionary;
pub mod en;
pub(crate) mod memo;
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
    let mut words = Vec::with_capacity(sentence.len() / 4);
    pieces(sentence, side, |piece| {
        words.push(Word {
            kind: piece.kind(),
            key: piece.into_key(),
        })
    });
    words
}

/// A word before it is brought into the form in which it is looked up: who has met it before need not do so again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// As it stands in the sentence.
    Han(&'a str),
    /// Likewise.
    Latin(&'a str),
    /// As a [`Word`]'s key.
    Value(String),
    /// Likewise.
    Mark(&'static str),
}

impl<'a> Piece<'a> {
    /// A word or a mark; white space and symbols are neither.
    fn of(text: &'a str, is_chinese: bool) -> Option<Piece<'a>> {
        match text.chars().next()? {
            first if is_chinese && is_han(first) => Some(Piece::Han(text)),
            first if first.is_alphanumeric() => Some(Piece::Latin(text)),
            first => mark(first).map(Piece::Mark),
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Piece::Han(_) => Kind::Han,
            Piece::Latin(_) => Kind::Latin,
            Piece::Value(_) => Kind::Value,
            Piece::Mark(_) => Kind::Mark,
        }
    }

    pub(crate) fn into_key(self) -> Cow<'a, str> {
        match self {
            Piece::Han(text) => fold_text(text),
            Piece::Latin(text) => en::stem(text).into(),
            Piece::Value(key) => key.into(),
            Piece::Mark(key) => key.into(),
        }
    }
}

/// Hands out the pieces of a sentence, in order.
pub(crate) fn pieces<'a>(sentence: &'a str, side: Side, mut each: impl FnMut(Piece<'a>)) {
    let mut done = 0;
    for (span, keys) in in_order(values(sentence, side)) {
        cut(&sentence[done..span.start()], side, &mut each);
        keys.into_iter().map(Piece::Value).for_each(&mut each);
        done = span.end();
    }
    cut(&sentence[done..], side, &mut each);
}

fn cut<'a>(text: &'a str, side: Side, each: &mut impl FnMut(Piece<'a>)) {
    match side {
        Side::Zh => zh::cut(text, |token| {
            Piece::of(token, true).into_iter().for_each(&mut *each)
        }),
        Side::En => en::cut(text)
            .filter_map(|token| Piece::of(token, false))
            .for_each(each),
    }
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
