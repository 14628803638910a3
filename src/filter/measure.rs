//! A row into numbers that say how likely its sides translate each other; they decide nothing.

use super::meaning::meaning;
use super::numbers::differ;
use crate::corpus::Row;
use crate::language::{Side, label};
use crate::script::is_han;
use serde::Serialize;

/// What can be measured of a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measures {
    pub zh: Half,
    pub en: Half,
    /// English width to Chinese width.
    pub ratio: f32,
    /// Share of the Chinese side's characters, spaces and marks apart, in words that stand in the English side, too.
    pub copied: f32,
    /// Whether each side has numbers or dates that the other has not, where either writes any in digits.
    pub numbers_differ: bool,
    /// How much of what is said on either side the lexicon can see translated on the other, from 0 to 1; near 1 where
    /// there is little to go by.
    pub meaning: f32,
}

/// What can be measured of one side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Half {
    /// In Chinese characters: one is 1, anything else that is no space [`NARROW`].
    pub width: f32,
    /// Whether the text is in its side's language, or says too little to be in any.
    pub is_own_language: bool,
    /// Whether it ends as a sentence does.
    pub ends: bool,
    /// The longest run of one character.
    pub run: usize,
    /// The longest run of one word or phrase.
    pub echo: usize,
    /// Whether there are tags, entities or placeholders in it.
    pub markup: bool,
}

/// The width of a letter: English needs 3.6 of them, spaces apart, for what Chinese says with a character (measured on
/// the samples).
const NARROW: f32 = 1.0 / 3.6;

/// Measures a row's two texts. Pure: it depends on nothing else.
pub fn measure(row: &Row) -> Measures {
    let (zh, en) = (row.src_text.as_str(), row.trg_text.as_str());
    let (zh_half, en_half) = (Half::of(Side::Zh, zh), Half::of(Side::En, en));
    Measures {
        ratio: (en_half.width + MARGIN) / (zh_half.width + MARGIN),
        zh: zh_half,
        en: en_half,
        copied: copied(zh, en),
        numbers_differ: differ(zh, en),
        meaning: meaning(zh, en),
    }
}

/// Added to both widths, so that two words against four are no mismatch.
const MARGIN: f32 = 4.0;

impl Half {
    fn of(side: Side, text: &str) -> Half {
        Half {
            width: width(text),
            is_own_language: is_in(side, text),
            ends: ends(text),
            run: run(text),
            echo: echo(text),
            markup: has_markup(text),
        }
    }
}

fn width(text: &str) -> f32 {
    let wide = |c: char| if is_han(c) { 1.0 } else { NARROW };
    text.chars().filter(|c| !c.is_whitespace()).map(wide).sum()
}

/// Between sentences of its own language a text is taken to be in another only on evidence.
fn is_in(side: Side, text: &str) -> bool {
    let frame = match side {
        Side::Zh => "这是一个用中文写的句子。",
        Side::En => "This is what they said of it.",
    };
    label(&[frame, text, frame])[1].side() == Some(side)
}

/// Whether the last character, closing marks apart, ends a sentence; a colon or a dash leads on, which ends one, too.
fn ends(text: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || "\"'”’」』）)》〉]】*_".contains(c);
    text.trim_end_matches(closing).ends_with([
        '。', '！', '？', '…', '.', '!', '?', '：', ':', '；', ';', '—', '．', '｡',
    ])
}

fn run(text: &str) -> usize {
    let (mut longest, mut here, mut last) = (0, 0, None);
    for character in text.chars() {
        here = if last == Some(character) { here + 1 } else { 1 };
        longest = longest.max(here);
        last = Some(character);
    }
    longest
}

/// The longest run of a piece of 2 to 12 characters, repeated without a break.
fn echo(text: &str) -> usize {
    let characters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut most = 1;
    for length in 2..=12 {
        let mut same = 0;
        for (one, other) in characters.iter().zip(characters.iter().skip(length)) {
            same = if one == other { same + 1 } else { 0 };
            most = most.max(same / length + 1);
        }
    }
    most
}

fn has_markup(text: &str) -> bool {
    let tag = |at: usize| {
        let inside = text[at + 1..].trim_start_matches('/');
        inside.starts_with(|c: char| c.is_ascii_alphabetic()) && inside.contains('>')
    };
    let entity = |at: usize| {
        let inside: &str = text[at + 1..].split(';').next().unwrap_or_default();
        (2..=8).contains(&inside.len())
            && text[at + 1 + inside.len()..].starts_with(';')
            && inside
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    };
    text.bytes().enumerate().any(|(at, byte)| match byte {
        b'<' => tag(at),
        b'&' => entity(at),
        b'{' => text[at..].starts_with("{{"),
        b'\\' => text[at..].starts_with("\\u") || text[at..].starts_with("\\x"),
        _ => false,
    })
}

/// Words of three letters or characters and more are looked for in the other side as they are.
fn copied(zh: &str, en: &str) -> f32 {
    if en.is_empty() {
        return 0.0;
    }
    let (mut all, mut found) = (0, 0);
    for word in zh
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let length = word.chars().count();
        all += length;
        let is_word = word.chars().all(char::is_alphabetic) && word.len() >= 3;
        if is_word && en.contains(word) {
            found += length;
        }
    }
    if all == 0 { 0.0 } else { found as f32 / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_echo_is_a_piece_over_and_over_and_not_a_word_that_comes_twice() {
        assert_eq!(echo("很好很好很好很好很好"), 5);
        assert_eq!(echo("click here click here click here"), 3);
        assert!(echo("It was the best of times, it was the worst of times.") <= 1);
        assert_eq!(echo(""), 1);
    }

    #[test]
    fn markup_is_what_a_page_leaves_behind_and_not_what_mathematics_writes() {
        for text in [
            "<b>tea</b>",
            "tea&nbsp;pot",
            "&#39;tea",
            "{{cite}}",
            "\\u8336",
            "</p>",
        ] {
            assert!(has_markup(text), "{text}");
        }
        for text in ["1 < 2 and 3 > 2", "R&D", "Tom & Jerry; Spike", "茶 <3", "a {b}"] {
            assert!(!has_markup(text), "{text}");
        }
    }

    #[test]
    fn a_name_or_a_number_is_in_either_language() {
        for text in ["OK", "3.14", "Python", "***", ""] {
            assert!(is_in(Side::Zh, text) && is_in(Side::En, text), "{text}");
        }
        assert!(!is_in(
            Side::En,
            "Il parle peu et regarde la mer pendant des heures."
        ));
        assert!(!is_in(Side::En, "他用中文写作。"));
        assert!(!is_in(Side::Zh, "She wrote it all in English that day."));
    }
}
