//! Text into values: numbers, dates and times of both languages, comparable whatever form they are written in.
//!
//! The law of this module: spans of numbers, dates and times are disjoint, and any text is read in one pass, in time
//! linear in its length, without panicking. What is ambiguous is left out on both sides alike:
//!
//! - 一 before a measure word and "one": articles and pronouns more often than numbers;
//! - a numeral of one character with no measure word behind it (三心二意), 百 and 千 by themselves, 第二天;
//! - "first" as an adverb and before a count (the first three), 上半年 and "the first half";
//! - numbers inside names (`COVID-19`, `5G`, `1.2.3`) and numbers of more than 24 digits;
//! - the century of a year of two digits, and signs: −5 is 5.

use crate::language::Side;
use date::{Dated, Timed};
use number::Number;
use serde::Serialize;

pub mod date;
mod digits;
mod en;
pub mod number;
mod ratio;
mod zh;

pub use ratio::Ratio;

/// What a text says in numbers; each list in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Values {
    pub numbers: Vec<Number>,
    pub dates: Vec<Dated>,
    pub times: Vec<Timed>,
}

/// Reads the values of a text in one language. What is part of a date or a time is no number as well.
///
/// ```
/// use duizhao::language::Side;
/// use duizhao::value::{values, number::Bound};
///
/// let zh = values("二〇一八年五月八日，4300万人等了40多天。", Side::Zh);
/// let en = values("On May 8, 2018, 43 million people had waited for more than 40 days.", Side::En);
/// assert_eq!(zh.dates[0].date, en.dates[0].date);
/// assert_eq!(zh.numbers[0].value, en.numbers[0].value);
/// assert_eq!((zh.numbers[1].bound, en.numbers[1].bound), (Bound::More, Bound::More));
/// ```
pub fn values(text: &str, side: Side) -> Values {
    match side {
        Side::Zh => zh::values(text),
        Side::En => en::values(text),
    }
}

/// The numbers of a text that are no part of a date or time.
pub fn numbers(text: &str, side: Side) -> Vec<Number> {
    values(text, side).numbers
}

/// The dates of a text, weekdays included.
pub fn dates(text: &str, side: Side) -> Vec<Dated> {
    values(text, side).dates
}
