//! A row into numbers that say how likely its sides translate each other; they decide nothing.

use super::meaning::meaning;
use super::numbers::differ;
use crate::corpus::Row;
use crate::language::{Side, is_in};
use crate::script::{is_han, is_letter, is_letter_or_number};

/// What can be measured of a row. Widths are known; the rest is measured when it is asked for, since most of the time
/// goes into what only few rows are still in question for.
#[derive(Debug, Clone, Copy)]
pub struct Measures<'a> {
    pub zh: Half<'a>,
    pub en: Half<'a>,
}

/// What can be measured of one side.
#[derive(Debug, Clone, Copy)]
pub struct Half<'a> {
    side: Side,
    text: &'a str,
    /// In Chinese characters: one is 1, anything else that is no space [`NARROW`].
    pub width: f32,
}

/// The width of a letter: English needs 3.6 of them, spaces apart, for what Chinese says with a character (measured on
/// the samples).
const NARROW: f32 = 1.0 / 3.6;

/// Measures a row's two texts. Pure: it depends on nothing else.
pub fn measure(row: &Row) -> Measures<'_> {
    Measures {
        zh: Half::of(Side::Zh, &row.src_text),
        en: Half::of(Side::En, &row.trg_text),
    }
}

/// Added to both widths, so that two words against four are no mismatch.
const MARGIN: f32 = 4.0;

impl Measures<'_> {
    /// English width to Chinese width.
    pub fn ratio(&self) -> f32 {
        (self.en.width + MARGIN) / (self.zh.width + MARGIN)
    }

    /// Share of the Chinese side's characters, spaces and marks apart, in words that stand in the English side, too.
    pub fn copied(&self) -> f32 {
        copied(self.zh.text, self.en.text)
    }

    /// Whether each side has numbers or dates that the other has not, where either writes any in digits.
    pub fn numbers_differ(&self) -> bool {
        differ(self.zh.text, self.en.text)
    }

    /// How much of what is said on either side the lexicon can see translated on the other, from 0 to 1; near 1 where
    /// there is little to go by.
    pub fn meaning(&self) -> f32 {
        meaning(self.zh.text, self.en.text)
    }
}

impl<'a> Half<'a> {
    fn of(side: Side, text: &'a str) -> Half<'a> {
        let (mut wide, mut narrow) = (0, 0);
        if text.is_ascii() {
            narrow = text
                .bytes()
                .filter(|byte| !matches!(byte, b' ' | b'\t'..=b'\r'))
                .count();
        } else {
            for character in text.chars() {
                if is_han(character) {
                    wide += 1;
                } else if !character.is_whitespace() {
                    narrow += 1;
                }
            }
        }
        let width = wide as f32 + narrow as f32 * NARROW;
        Half { side, text, width }
    }

    /// Whether the text is in its side's language, or says too little to be in any.
    pub fn is_own_language(&self) -> bool {
        is_in(self.side, self.text)
    }

    /// Whether it ends as a sentence does.
    pub fn ends(&self) -> bool {
        ends(self.text)
    }

    /// The longest run of one character.
    pub fn run(&self) -> usize {
        run(self.text)
    }

    /// The longest run of one word or phrase.
    pub fn echo(&self) -> usize {
        echo(self.text)
    }

    /// Whether there are tags, entities or placeholders in it.
    pub fn has_markup(&self) -> bool {
        has_markup(self.text)
    }
}

/// Whether the last character, closing marks apart, ends a sentence; a colon or a dash leads on, which ends one, too.
fn ends(text: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || "\"'”’」』）)》〉]】*_".contains(c);
    text.trim_end_matches(closing).ends_with([
        '。', '！', '？', '…', '.', '!', '?', '：', ':', '；', ';', '—', '．', '｡',
    ])
}

fn run(text: &str) -> usize {
    if text.is_ascii() {
        longest_run(text.bytes())
    } else {
        longest_run(text.chars())
    }
}

fn longest_run<T: PartialEq + Copy>(text: impl Iterator<Item = T>) -> usize {
    let (mut longest, mut here, mut last) = (0, 0, None);
    for character in text {
        here = if last == Some(character) { here + 1 } else { 1 };
        longest = longest.max(here);
        last = Some(character);
    }
    longest
}

/// The longest run of a piece of 2 to 12 letters or numbers, repeated without a break.
fn echo(text: &str) -> usize {
    if text.is_ascii() {
        longest_echo(text.bytes().filter(u8::is_ascii_alphanumeric), text.len())
    } else {
        longest_echo(text.chars().filter(|c| is_letter_or_number(*c)), text.len())
    }
}

/// Where a piece comes twice, as many characters in a row equal those a piece further on as the piece has: one of them
/// stands at a multiple of its length, and only from there is looked at the others.
fn longest_echo<T: PartialEq>(text: impl Iterator<Item = T>, at_most: usize) -> usize {
    let mut characters = Vec::with_capacity(at_most);
    characters.extend(text);
    let mut most = 1;
    for length in 2..=12 {
        let is_same = |at: usize| characters.get(at + length).is_some_and(|c| *c == characters[at]);
        let mut at = 0;
        while at + length < characters.len() {
            if is_same(at) {
                let before = (0..at).rev().take_while(|&at| is_same(at)).count();
                let after = (at..characters.len()).take_while(|&at| is_same(at)).count();
                most = most.max((before + after) / length + 1);
                at += after / length * length;
            }
            at += length;
        }
    }
    most
}

/// Each search ends after a few bytes: texts of nothing but `<` and `&` are read in one go, too.
fn has_markup(text: &str) -> bool {
    if !has_byte(text, |byte| matches!(byte, b'<' | b'&' | b'{' | b'\\')) {
        return false;
    }
    let bytes = text.as_bytes();
    let tag = |at: usize| {
        let inside = text[at + 1..].trim_start_matches('/');
        let mut ends = inside.bytes().filter(|byte| matches!(byte, b'<' | b'>'));
        inside.starts_with(|c: char| c.is_ascii_alphabetic()) && ends.next() == Some(b'>')
    };
    let entity = |at: usize| {
        let inside = bytes[at + 1..].iter().take(9);
        let name = inside
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#')
            .count();
        (2..=8).contains(&name) && bytes.get(at + 1 + name) == Some(&b';')
    };
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'<' => tag(at),
        b'&' => entity(at),
        b'{' => bytes[at..].starts_with(b"{{"),
        b'\\' => bytes[at..].starts_with(b"\\u") || bytes[at..].starts_with(b"\\x"),
        _ => false,
    })
}

/// Whether a text has a byte of some kind. All are asked, since without a branch many are asked at a time.
pub(super) fn has_byte(text: &str, is_one: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |any, byte| any | is_one(byte))
}

/// Words of three letters or characters and more are looked for in the other side as they are.
fn copied(zh: &str, en: &str) -> f32 {
    let is_ascii = en.is_ascii();
    if en.is_empty() || is_ascii && !has_byte(zh, |byte| byte.is_ascii_alphabetic()) {
        return 0.0;
    }
    let (mut all, mut found) = (0, 0);
    for word in zh
        .split(|c: char| !is_letter_or_number(c))
        .filter(|word| !word.is_empty())
    {
        let length = word.chars().count();
        all += length;
        let may_be_there = !is_ascii || word.is_ascii();
        let is_word = || word.chars().all(is_letter) && word.len() >= 3;
        if may_be_there && is_word() && en.contains(word) {
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
