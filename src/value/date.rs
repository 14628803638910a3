//! Dates and times of day as they stand in a text, and what they are equal to.

use super::{Values, values};
use crate::language::Side;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day, a month or a year; what is not said is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Date {
    pub year: Option<i32>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

/// A date found in a text. A weekday alone (周二, "Tuesday") is one too: its `date` says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Dated {
    pub span: Span,
    pub date: Date,
    pub weekday: Option<Weekday>,
    pub part: Option<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// The part of the month or year that is meant, or that a year stands for its decade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// 上旬, 初, "early".
    Early,
    /// 中旬, "mid-".
    Middle,
    /// 下旬, 底, "late", "the end of".
    Late,
    /// 90年代, "the 1990s".
    Decade,
}

/// A time of day, 0:00 to 24:00. Where neither 下午 nor "p.m." says otherwise, the hour is what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Time {
    pub hour: u8,
    pub minute: u8,
}

/// A time of day found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Timed {
    pub span: Span,
    pub time: Time,
}

/// As ISO 8601 writes it; what is not said is left out: `2018-05-08`, `2018-05`, `2018`, `--05-08`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        match (self.month, self.day) {
            (Some(month), Some(day)) => write!(f, "-{month:02}-{day:02}"),
            (Some(month), None) => write!(f, "-{month:02}"),
            (None, Some(day)) => write!(f, "---{day:02}"),
            (None, None) => Ok(()),
        }
    }
}

impl Date {
    /// The date of a line that holds nothing but a date: with weekday, time of day, brackets and punctuation, but
    /// without another word. It must have a month, and a day or a year.
    ///
    /// ```
    /// use duizhao::value::date::Date;
    /// let day = Date { year: Some(2018), month: Some(5), day: Some(8) };
    /// for line in ["2018-05-08", "（2018年5月8日）", "二〇一八年五月八日", "Tuesday, May 8, 2018", "2018/5/8"] {
    ///     assert_eq!(Date::parse_line(line), Some(day), "{line}");
    /// }
    /// assert_eq!(Date::parse_line("On May 8, 2018"), None);
    /// assert_eq!(Date::parse_line("2018"), None);
    /// ```
    pub fn parse_line(line: &str) -> Option<Date> {
        let line = line.trim();
        if line.len() > LONGEST_DATE_LINE {
            return None;
        }
        [Side::Zh, Side::En]
            .into_iter()
            .find_map(|side| only_date(line, &values(line, side)))
    }

    /// The day of the week, for a date of the Gregorian calendar that gives year, month and day.
    ///
    /// ```
    /// use duizhao::value::date::{Date, Weekday};
    /// let day = Date { year: Some(2018), month: Some(5), day: Some(8) };
    /// assert_eq!(day.weekday(), Some(Weekday::Tuesday));
    /// ```
    pub fn weekday(self) -> Option<Weekday> {
        const SHIFTS: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        const FROM_SUNDAY: [Weekday; 7] = [
            Weekday::Sunday,
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
        ];
        let (month, day) = (usize::from(self.month?), i32::from(self.day?));
        // Sakamoto's method: years begin in March.
        let year = self.year? - i32::from(month < 3);
        let days = year + year / 4 - year / 100 + year / 400 + SHIFTS.get(month.checked_sub(1)?)? + day;
        FROM_SUNDAY
            .get(usize::try_from(days.rem_euclid(7)).ok()?)
            .copied()
    }

    /// Whether the two dates say nothing against each other: every part that both give is the same, and there is one.
    pub fn agrees(self, other: Date) -> bool {
        let mut shared = false;
        let mut same = |a: Option<i32>, b: Option<i32>| match (a, b) {
            (Some(a), Some(b)) => {
                shared = true;
                a == b
            }
            _ => true,
        };
        let agree = same(self.year, other.year)
            & same(self.month.map(i32::from), other.month.map(i32::from))
            & same(self.day.map(i32::from), other.day.map(i32::from));
        agree && shared
    }
}

/// `Wednesday, September 30, 2015, 11:45 p.m. (Beijing Time)` is about the longest that is nothing but a date.
const LONGEST_DATE_LINE: usize = 80;

fn only_date(line: &str, values: &Values) -> Option<Date> {
    let (date, more) = values.dates.split_first().filter(|_| values.numbers.is_empty())?;
    // A weekday apart from its date (`May 8, 2018 Tuesday`) adds nothing.
    if more.iter().any(|other| other.date != Date::default()) {
        return None;
    }
    let mut spans: Vec<Span> = values.dates.iter().map(|dated| dated.span).collect();
    spans.extend(values.times.iter().map(|timed| timed.span));
    let nothing_else = line
        .char_indices()
        .filter(|(at, _)| !spans.iter().any(|span| span.range().contains(at)))
        .all(|(_, c)| c.is_whitespace() || ",.()[]|/-，。（）【】—·".contains(c));
    let date = date.date;
    (nothing_else && date.month.is_some() && (date.day.is_some() || date.year.is_some())).then_some(date)
}

/// A year as far as texts in modern languages talk about calendar years by number alone.
pub(super) fn year(value: u128) -> Option<i32> {
    i32::try_from(value)
        .ok()
        .filter(|year| (1000..=2199).contains(year))
}

pub(super) fn month(value: u128) -> Option<u8> {
    u8::try_from(value).ok().filter(|month| (1..=12).contains(month))
}

pub(super) fn day(value: u128) -> Option<u8> {
    u8::try_from(value).ok().filter(|day| (1..=31).contains(day))
}

/// `None` where a month has no such day in any year.
pub(super) fn day_of(month: Option<u8>, value: u128) -> Option<u8> {
    let last = match month {
        Some(2) => 29,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    day(value).filter(|&day| day <= last)
}

/// `2018-05-08`, `2018/5/8`, `2018.5.8` and, month first unless that is impossible, `5/8/2018`: written so in both
/// languages. Gives the byte behind it.
pub(super) fn numeric(text: &str, at: usize) -> Option<(usize, Date)> {
    let bytes = text.as_bytes();
    let field = |at: usize| {
        let length = bytes[at..]
            .iter()
            .take(5)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let value = text[at..at + length].parse::<u128>().ok()?;
        Some((at + length, length, value))
    };
    let (first_end, first_length, first) = field(at)?;
    let mark = *bytes.get(first_end).filter(|mark| b"-/.".contains(mark))?;
    let (second_end, second_length, second) = field(first_end + 1)?;
    if bytes.get(second_end) != Some(&mark) {
        return None;
    }
    let (end, third_length, third) = field(second_end + 1)?;
    let ends = !bytes
        .get(end)
        .is_some_and(|b| b.is_ascii_digit() || *b == mark && mark != b'.');
    if !ends || second_length > 2 {
        return None;
    }
    let (y, m, d) = match (first_length, third_length) {
        (4, 1 | 2) => (first, second, third),
        (1 | 2, 4) if month(first).is_none() => (third, second, first),
        (1 | 2, 4) => (third, first, second),
        _ => return None,
    };
    let month = month(m)?;
    let date = Date {
        year: Some(year(y)?),
        month: Some(month),
        day: Some(day_of(Some(month), d)?),
    };
    Some((end, date))
}

/// `8:30`, `20:00`, `8：30`, with or without seconds: written so in both languages. Gives the byte behind it.
pub(super) fn clock(text: &str, at: usize) -> Option<(usize, Time)> {
    let field = |at: usize| {
        let length = text.as_bytes()[at..]
            .iter()
            .take(3)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let value = text[at..at + length].parse::<u8>().ok()?;
        Some((at + length, length, value))
    };
    let colon = |at: usize| match text[at..].chars().next() {
        Some(c @ (':' | '：')) => Some(at + c.len_utf8()),
        _ => None,
    };
    let (hour_end, hour_length, hour) = field(at)?;
    let (mut end, minute_length, minute) = field(colon(hour_end)?)?;
    if hour_length > 2 || hour > 24 || minute_length != 2 || minute > 59 {
        return None;
    }
    if let Some((seconds_end, 2, 0..=59)) = colon(end).and_then(field) {
        end = seconds_end;
    }
    Some((end, Time { hour, minute }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u8, day: u8) -> Date {
        Date {
            year: Some(year),
            month: Some(month),
            day: Some(day),
        }
    }

    #[test]
    fn dates_in_digits_are_read_month_first_unless_that_is_impossible() {
        assert_eq!(numeric("5/8/2018", 0), Some((8, date(2018, 5, 8))));
        assert_eq!(numeric("13/8/2018.", 0), Some((9, date(2018, 8, 13))));
        assert_eq!(numeric("2018.05.08", 0), Some((10, date(2018, 5, 8))));
        assert_eq!(numeric("2018-02-30", 0), None);
        assert_eq!(numeric("192.168.1.1", 0), None);
    }

    #[test]
    fn a_clock_time_has_two_digits_of_minutes() {
        assert_eq!(clock("8:30", 0), Some((4, Time { hour: 8, minute: 30 })));
        assert_eq!(clock("20:15:59", 0).map(|(end, _)| end), Some(8));
        assert_eq!(clock("3:2", 0), None);
        assert_eq!(clock("25:00", 0), None);
    }

    #[test]
    fn dates_agree_where_both_say_something_and_nothing_contradicts() {
        let may = Date {
            month: Some(5),
            ..Date::default()
        };
        assert!(date(2018, 5, 8).agrees(may));
        assert!(!date(2018, 6, 8).agrees(may));
        assert!(!may.agrees(Date::default()));
    }
}
