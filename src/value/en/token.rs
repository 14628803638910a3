//! English text into tokens: digits, the words that numbers and dates are made of, other words, and marks.

use crate::value::date::Weekday;
use crate::value::digits;
use crate::value::ratio::Ratio;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Digits {
        /// None where there are too many of them.
        value: Option<Ratio>,
        /// How many, if digits are all there is.
        plain: Option<usize>,
    },
    Word(Word),
    Mark(char),
}

/// What a word is to numbers and dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// one to nineteen.
    Small(u8),
    /// twenty to ninety.
    Tens(u8),
    Hundred,
    /// thousand, million, billion, trillion.
    Big(u128),
    Dozen,
    /// tens, dozens, hundreds, millions: a number of these.
    Plural(u128),
    /// several, few: before hundred or million a number of these.
    Few,
    /// first to nineteenth, twentieth to ninetieth.
    Ordinal(u8),
    /// thirds, quarters, fifths.
    Parts(u8),
    Half,
    Quarter,
    /// twofold to tenfold.
    Fold(u8),
    /// twice, doubled, tripled.
    Times(u8),
    /// twenties to nineties.
    Decade(u8),
    /// A month, and whether its name can be nothing else.
    Month(u8, bool),
    Weekday(Weekday),
    And,
    A,
    Other,
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        let kind = if c.is_ascii_alphabetic() {
            at += text.as_bytes()[at..]
                .iter()
                .take_while(|b| b.is_ascii_alphabetic())
                .count();
            Kind::Word(word(&text[start..at]))
        } else if let Some(digits) = digits::read(text, at) {
            at = digits.end;
            Kind::Digits {
                value: digits.value,
                plain: digits.plain,
            }
        } else {
            at += c.len_utf8();
            if c.is_whitespace() {
                continue;
            }
            Kind::Mark(c)
        };
        tokens.push(Token { start, end: at, kind });
    }
    tokens
}

const LONGEST: usize = 11; // seventeenth

fn word(written: &str) -> Word {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..written.len()) else {
        return Word::Other;
    };
    lower.copy_from_slice(written.as_bytes());
    lower.make_ascii_lowercase();
    let capital = written.starts_with(|c: char| c.is_ascii_uppercase());
    match &*lower {
        b"a" | b"an" => Word::A,
        b"and" => Word::And,
        _ => counting(lower)
            .or_else(|| if capital { calendar(lower) } else { None })
            .unwrap_or(Word::Other),
    }
}

fn counting(lower: &[u8]) -> Option<Word> {
    Some(match lower {
        b"one" => Word::Small(1),
        b"two" => Word::Small(2),
        b"three" => Word::Small(3),
        b"four" => Word::Small(4),
        b"five" => Word::Small(5),
        b"six" => Word::Small(6),
        b"seven" => Word::Small(7),
        b"eight" => Word::Small(8),
        b"nine" => Word::Small(9),
        b"ten" => Word::Small(10),
        b"eleven" => Word::Small(11),
        b"twelve" => Word::Small(12),
        b"thirteen" => Word::Small(13),
        b"fourteen" => Word::Small(14),
        b"fifteen" => Word::Small(15),
        b"sixteen" => Word::Small(16),
        b"seventeen" => Word::Small(17),
        b"eighteen" => Word::Small(18),
        b"nineteen" => Word::Small(19),
        b"twenty" => Word::Tens(20),
        b"thirty" => Word::Tens(30),
        b"forty" => Word::Tens(40),
        b"fifty" => Word::Tens(50),
        b"sixty" => Word::Tens(60),
        b"seventy" => Word::Tens(70),
        b"eighty" => Word::Tens(80),
        b"ninety" => Word::Tens(90),
        b"hundred" => Word::Hundred,
        b"thousand" => Word::Big(1000),
        b"million" | b"mn" => Word::Big(1_000_000),
        b"billion" | b"bn" => Word::Big(1_000_000_000),
        b"trillion" | b"tn" => Word::Big(1_000_000_000_000),
        b"dozen" => Word::Dozen,
        b"tens" | b"dozens" => Word::Plural(10),
        b"hundreds" => Word::Plural(100),
        b"several" | b"few" => Word::Few,
        b"thousands" => Word::Plural(1000),
        b"millions" => Word::Plural(1_000_000),
        b"billions" => Word::Plural(1_000_000_000),
        b"trillions" => Word::Plural(1_000_000_000_000),
        b"first" => Word::Ordinal(1),
        b"second" | b"secondly" => Word::Ordinal(2),
        b"third" | b"thirdly" => Word::Ordinal(3),
        b"fourth" => Word::Ordinal(4),
        b"fifth" => Word::Ordinal(5),
        b"sixth" => Word::Ordinal(6),
        b"seventh" => Word::Ordinal(7),
        b"eighth" => Word::Ordinal(8),
        b"ninth" => Word::Ordinal(9),
        b"tenth" => Word::Ordinal(10),
        b"eleventh" => Word::Ordinal(11),
        b"twelfth" => Word::Ordinal(12),
        b"thirteenth" => Word::Ordinal(13),
        b"fourteenth" => Word::Ordinal(14),
        b"fifteenth" => Word::Ordinal(15),
        b"sixteenth" => Word::Ordinal(16),
        b"seventeenth" => Word::Ordinal(17),
        b"eighteenth" => Word::Ordinal(18),
        b"nineteenth" => Word::Ordinal(19),
        b"twentieth" => Word::Ordinal(20),
        b"thirtieth" => Word::Ordinal(30),
        b"fortieth" => Word::Ordinal(40),
        b"fiftieth" => Word::Ordinal(50),
        b"sixtieth" => Word::Ordinal(60),
        b"seventieth" => Word::Ordinal(70),
        b"eightieth" => Word::Ordinal(80),
        b"ninetieth" => Word::Ordinal(90),
        b"hundredth" => Word::Ordinal(100),
        b"thirds" => Word::Parts(3),
        b"quarters" => Word::Parts(4),
        b"fourths" => Word::Parts(4),
        b"fifths" => Word::Parts(5),
        b"sixths" => Word::Parts(6),
        b"sevenths" => Word::Parts(7),
        b"eighths" => Word::Parts(8),
        b"ninths" => Word::Parts(9),
        b"tenths" => Word::Parts(10),
        b"half" => Word::Half,
        b"quarter" => Word::Quarter,
        b"twofold" => Word::Fold(2),
        b"threefold" => Word::Fold(3),
        b"fourfold" => Word::Fold(4),
        b"fivefold" => Word::Fold(5),
        b"sixfold" => Word::Fold(6),
        b"sevenfold" => Word::Fold(7),
        b"eightfold" => Word::Fold(8),
        b"ninefold" => Word::Fold(9),
        b"tenfold" => Word::Fold(10),
        b"twice" | b"double" | b"doubled" | b"doubling" | b"doubles" => Word::Times(2),
        b"thrice" | b"triple" | b"tripled" | b"tripling" => Word::Times(3),
        b"quadruple" | b"quadrupled" => Word::Times(4),
        b"twenties" => Word::Decade(20),
        b"thirties" => Word::Decade(30),
        b"forties" => Word::Decade(40),
        b"fifties" => Word::Decade(50),
        b"sixties" => Word::Decade(60),
        b"seventies" => Word::Decade(70),
        b"eighties" => Word::Decade(80),
        b"nineties" => Word::Decade(90),
        _ => return None,
    })
}

/// Months and weekdays, which English writes with a capital.
fn calendar(lower: &[u8]) -> Option<Word> {
    Some(match lower {
        b"january" => Word::Month(1, true),
        b"february" => Word::Month(2, true),
        b"march" => Word::Month(3, false),
        b"april" => Word::Month(4, true),
        b"may" => Word::Month(5, false),
        b"june" => Word::Month(6, true),
        b"july" => Word::Month(7, true),
        b"august" => Word::Month(8, true),
        b"september" => Word::Month(9, true),
        b"october" => Word::Month(10, true),
        b"november" => Word::Month(11, true),
        b"december" => Word::Month(12, true),
        b"jan" => Word::Month(1, false),
        b"feb" => Word::Month(2, false),
        b"mar" => Word::Month(3, false),
        b"apr" => Word::Month(4, false),
        b"jun" => Word::Month(6, false),
        b"jul" => Word::Month(7, false),
        b"aug" => Word::Month(8, false),
        b"sep" | b"sept" => Word::Month(9, false),
        b"oct" => Word::Month(10, false),
        b"nov" => Word::Month(11, false),
        b"dec" => Word::Month(12, false),
        b"monday" => Word::Weekday(Weekday::Monday),
        b"tuesday" => Word::Weekday(Weekday::Tuesday),
        b"wednesday" => Word::Weekday(Weekday::Wednesday),
        b"thursday" => Word::Weekday(Weekday::Thursday),
        b"friday" => Word::Weekday(Weekday::Friday),
        b"saturday" => Word::Weekday(Weekday::Saturday),
        b"sunday" => Word::Weekday(Weekday::Sunday),
        _ => return None,
    })
}
