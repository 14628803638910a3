//! Sentences into words: what the lexicon knows, what can be compared at sight (numbers, dates, Latin letters), and
//! punctuation marks.

use crate::language::Side;
use std::borrow::Cow;

pub mod en;
pub mod name;
pub mod zh;

/// One word of a sentence in the form in which it is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    pub kind: Kind,
    /// Chinese in simplified characters; English and other Latin words in lower case and stemmed; a mark in the form
    /// both languages share (`。` and `.` are `.`).
    pub key: Cow<'a, str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A Chinese word.
    Han,
    /// A word in other letters: every English word, and `Python` in a Chinese sentence.
    Latin,
    /// A number, by its digits.
    Number,
    /// A punctuation mark.
    Mark,
}

/// The words of a sentence, in order.
pub fn words(sentence: &str, side: Side) -> Vec<Word<'_>> {
    match side {
        Side::Zh => zh::words(sentence),
        Side::En => en::words(sentence),
    }
}

/// The form that both languages share, for marks that mean the same; others stand for themselves.
fn mark(c: char) -> Option<&'static str> {
    Some(match c {
        '。' | '.' | '．' => ".",
        '，' | ',' => ",",
        '、' => "、",
        '？' | '?' => "?",
        '！' | '!' => "!",
        '：' | ':' => ":",
        '；' | ';' => ";",
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
