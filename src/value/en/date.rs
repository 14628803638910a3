//! English dates, weekdays and times of day.

use super::Reader;
use super::token::{Kind, Word};
use crate::span::Span;
use crate::value::date::{Date, Dated, Part, Time, Timed, Weekday, day_of, year};
use std::ops::Range;

/// Before a month that could be a verb or a name, these make it a month: "in May", "last March".
const BEFORE_MONTH: &[&str] = &[
    "on", "in", "of", "since", "last", "this", "next", "by", "until", "till", "early", "late", "mid", "from",
    "through", "during", "before", "after", "every", "each", "around", "to",
];
/// Before four digits, these make them a year whatever follows.
const BEFORE_YEAR: &[&str] = &[
    "in", "since", "of", "by", "from", "until", "till", "year", "during", "before", "after", "early", "late",
    "mid", "to", "through", "and", "circa", "spring", "summer", "autumn", "fall", "winter", "the",
];
/// Behind four digits, these count: 2000 people.
const COUNTED: &[&str] = &[
    "people",
    "men",
    "women",
    "children",
    "percent",
    "per",
    "km",
    "m",
    "kg",
    "mw",
    "feet",
    "dollars",
    "yuan",
    "tonnes",
    "tons",
    "meters",
    "metres",
    "kilometers",
    "kilometres",
    "miles",
    "mm",
    "cm",
    "cc",
    "euros",
    "pounds",
    "square",
    "years",
    "days",
    "hours",
    "students",
    "workers",
    "jobs",
    "soldiers",
    "troops",
    "calories",
    "votes",
    "points",
    "times",
    "acres",
    "hectares",
    "words",
    "million",
    "billion",
    "rpm",
    "yards",
    "households",
    "families",
    "companies",
    "residents",
    "employees",
];

impl Reader<'_> {
    pub(super) fn date(&mut self, i: usize) -> Option<usize> {
        match self.kind(i)? {
            Kind::Word(Word::Weekday(weekday)) => Some(self.weekday(i, weekday)),
            Kind::Word(Word::Month(month, certain)) => self.month_first(i, month, certain),
            Kind::Word(Word::Ordinal(_) | Word::Tens(_) | Word::Small(_)) => self.day_in_words(i),
            Kind::Digits { .. } => self
                .day_first(i)
                .or_else(|| self.day_alone(i))
                .or_else(|| self.year(i)),
            _ => None,
        }
    }

    /// A weekday, and the date it belongs to: Tuesday, May 8; Tuesday 8 May; Tuesday (May 8).
    fn weekday(&mut self, i: usize, weekday: Weekday) -> usize {
        let count = self.values.dates.len();
        let next = if self.mark(i + 1, ",(") { i + 2 } else { i + 1 };
        let start = self.tokens[i].start;
        let is_day = matches!(
            self.kind(next),
            Some(Kind::Digits { .. } | Kind::Word(Word::Month(..)))
        );
        if let Some(end) = is_day.then(|| self.date(next)).flatten() {
            if let Some(dated) = self
                .values
                .dates
                .get_mut(count)
                .filter(|dated| dated.date.day.is_some())
            {
                dated.weekday = Some(weekday);
                dated.span = Span::new(start, dated.span.end());
                return end;
            }
            // A year or a month behind a weekday is a date of its own, and stands behind the weekday.
            self.values.dates.truncate(count);
        }
        self.push_date(start, self.tokens[i].end, Date::default(), Some(weekday), None);
        i + 1
    }

    /// May 8, 2018; May 8th; May 8-10; May 2018; May. The Long March 5 is a rocket.
    fn month_first(&mut self, i: usize, month: u8, certain: bool) -> Option<usize> {
        if i > 0 && self.says(i - 1, &["long"]) {
            return None;
        }
        let start = self.tokens[i].start;
        let dot = self.mark(i + 1, ".") && self.joined(i + 1) && self.written(i).len() <= 4;
        let after = if dot { i + 2 } else { i + 1 };
        let mut date = Date {
            month: Some(month),
            ..Date::default()
        };
        let the = if self.says(after, &["the"]) {
            after + 1
        } else {
            after
        };
        if let Some((day, behind)) = self.day(the, Some(month)) {
            date.day = Some(day);
            let last = self.last_day(behind, Some(month));
            let (year, end) = self.year_behind(last.map_or(behind, |(_, end)| end));
            date.year = year;
            let first_end = if last.is_some() { behind } else { end };
            self.push_tokens(i..first_end, date);
            if let Some((day, from)) = last {
                let date = Date {
                    day: Some(day),
                    ..date
                };
                let from = self.token_before_day(from);
                self.push_tokens(from..end, date);
            }
            return Some(end);
        }
        let comma = if self.mark(after, ",") || self.says(after, &["of"]) {
            after + 1
        } else {
            after
        };
        if let Some(year) = self.four_digits(comma) {
            date.year = Some(year);
            let part = self.part(i);
            self.push_date(start, self.tokens[comma].end, date, None, part);
            return Some(comma + 1);
        }
        let hyphen = self.mark(i.wrapping_sub(1), "-–") && i > 1;
        if !certain && !self.before(if hyphen { i - 1 } else { i }, BEFORE_MONTH)
            || !certain && !dot && self.written(i).len() == 3 && month != 5
        {
            return None;
        }
        let part = self.part(i);
        self.push_date(start, self.tokens[i].end, date, None, part);
        Some(i + 1)
    }

    /// 8 May 2018; the 8th of May; 8-10 May.
    fn day_first(&mut self, i: usize) -> Option<usize> {
        let (day, behind) = self.day(i, None)?;
        let last = self.last_day(behind, None);
        let mut at = last.map_or(behind, |(_, end)| end);
        if self.says(at, &["day"]) {
            at += 1;
        }
        let of = self.says(at, &["of"]);
        at += usize::from(of);
        let Some(Word::Month(month, certain)) = self.word(at) else {
            return None;
        };
        let (year, end) =
            self.year_behind(at + 1 + usize::from(self.mark(at + 1, ".") && self.written(at).len() <= 4));
        // "the 10 May be" needs the capital, which the month has; only a bare short form stays out.
        if !certain && year.is_none() && !of && self.written(at).len() == 3 && month != 5 {
            return None;
        }
        let date = Date {
            year,
            month: Some(month),
            day: Some(day_of(Some(month), day.into())?),
        };
        let first_end = if last.is_some() { behind } else { end };
        self.push_tokens(i..first_end, date);
        if let Some((day, from)) = last {
            let from = self.token_before_day(from);
            let date = Date {
                day: Some(day),
                ..date
            };
            self.push_tokens(from..end, date);
        }
        Some(end)
    }

    /// The second of May; the twenty-first of June.
    fn day_in_words(&mut self, i: usize) -> Option<usize> {
        let (value, behind) = self.ordinal_in_words(i)?;
        let at = if self.says(behind, &["of"]) {
            behind + 1
        } else {
            return None;
        };
        let Some(Word::Month(month, _)) = self.word(at) else {
            return None;
        };
        let (year, end) = self.year_behind(at + 1);
        let date = Date {
            year,
            month: Some(month),
            day: Some(day_of(Some(month), value)?),
        };
        self.push_tokens(i..end, date);
        Some(end)
    }

    /// "the 8th day of the month"; "on the 8th", with nothing behind it that an eighth thing could be.
    fn day_alone(&mut self, i: usize) -> Option<usize> {
        let (day, behind) = self.day(i, None)?;
        let suffixed = behind == i + 2;
        let on_the = i >= 2
            && self.says(i - 1, &["the"])
            && self.is_one_of(i - 2, &["on", "of", "until", "from", "by", "since"]);
        if suffixed && self.says(behind, &["day", "of", "the", "month"]) {
            let date = Date {
                day: Some(day),
                ..Date::default()
            };
            self.push_tokens(i..behind + 4, date);
            return Some(behind + 4);
        }
        let nothing =
            matches!(self.kind(behind), None | Some(Kind::Mark(_))) && !self.joined_by_hyphen(behind);
        if !suffixed || !on_the || !nothing {
            return None;
        }
        let date = Date {
            day: Some(day),
            ..Date::default()
        };
        self.push_tokens(i..behind, date);
        Some(behind)
    }

    fn joined_by_hyphen(&self, i: usize) -> bool {
        self.mark(i, "-–—") && self.joined(i)
    }

    /// 2018, where it is a year; 1990s, where it is a decade.
    fn year(&mut self, i: usize) -> Option<usize> {
        let year = self.four_digits(i)?;
        let date = Date {
            year: Some(year),
            ..Date::default()
        };
        let start = self.tokens[i].start;
        if self.joined(i + 1) && self.written(i + 1) == "s" {
            self.push_date(start, self.tokens[i + 1].end, date, None, Some(Part::Decade));
            return Some(i + 2);
        }
        let money = self.mark(i.wrapping_sub(1), "$£€¥￥");
        let glued = self.joined(i + 1) && self.word(i + 1).is_some() || self.mark(i + 1, "%");
        let counted = self.is_one_of(i + 1, COUNTED);
        let meant = (1800..=2199).contains(&year) || self.before(i, BEFORE_YEAR);
        if money
            || glued
            || counted
            || !meant
            || matches!(self.word(i + 1), Some(Word::Big(_) | Word::Hundred))
        {
            return None;
        }
        let part = self.part(i);
        self.push_date(start, self.tokens[i].end, date, None, part);
        Some(i + 1)
    }

    /// Early, mid- or late before a month or a year.
    fn part(&self, i: usize) -> Option<Part> {
        let i = i.checked_sub(1)?;
        let i = if self.mark(i, "-–") {
            i.checked_sub(1)?
        } else {
            i
        };
        let i = if self.says(i, &["of"]) {
            i.checked_sub(1)?
        } else {
            i
        };
        match self.written(i).to_ascii_lowercase().as_str() {
            "early" | "beginning" | "start" => Some(Part::Early),
            "mid" | "middle" => Some(Part::Middle),
            "late" | "end" => Some(Part::Late),
            _ => None,
        }
    }

    /// A day of the month in digits, with or without its -th: the day, and the place behind it.
    fn day(&self, i: usize, month: Option<u8>) -> Option<(u8, usize)> {
        let (value, length) = self.plain(i)?;
        let day = day_of(month, value).filter(|_| length <= 2)?;
        let suffix = self.joined(i + 1) && self.is_one_of(i + 1, &["st", "nd", "rd", "th"]);
        let other =
            !suffix && (self.joined(i + 1) && (self.word(i + 1).is_some() || self.mark(i + 1, "%:/")));
        let counted = matches!(self.word(i + 1), Some(Word::Big(_) | Word::Hundred))
            || self.is_one_of(i + 1, &["percent", "per"]);
        (!other && !counted).then_some((day, i + 1 + usize::from(suffix)))
    }

    /// The second day of `May 8-10`: the day, and the place behind it.
    fn last_day(&self, i: usize, month: Option<u8>) -> Option<(u8, usize)> {
        let joins = self.mark(i, "-–—") || self.is_one_of(i, &["to", "and", "through"]);
        let (day, end) = joins.then(|| self.day(i + 1, month)).flatten()?;
        // "May 8 and 10 people": only a dash or what ends a clause makes the second a day.
        let ends = matches!(
            self.kind(end),
            None | Some(Kind::Mark(_) | Kind::Word(Word::Month(..)))
        );
        (self.mark(i, "-–—") || ends).then_some((day, end))
    }

    /// Where the day that ends at token place `end` begins.
    fn token_before_day(&self, end: usize) -> usize {
        let suffix = matches!(self.kind(end - 1), Some(Kind::Word(_)));
        end - 1 - usize::from(suffix)
    }

    fn year_behind(&self, i: usize) -> (Option<i32>, usize) {
        let at = if self.mark(i, ",") { i + 1 } else { i };
        match self.four_digits(at) {
            Some(year) => (Some(year), at + 1),
            None => (None, i),
        }
    }

    fn four_digits(&self, i: usize) -> Option<i32> {
        let (value, length) = self.plain(i)?;
        year(value).filter(|_| length == 4)
    }

    /// 3 p.m., 3 o'clock; `8:30` has been read already.
    pub(super) fn time(&mut self, i: usize) -> Option<usize> {
        let (hour, _) = self
            .plain(i)
            .filter(|(hour, length)| *hour <= 12 && *length <= 2)?;
        let hour = u8::try_from(hour).ok()?;
        let start = self.tokens[i].start;
        let oclock = self.says(i + 1, &["o"]) && self.mark(i + 2, "'’") && self.says(i + 3, &["clock"]);
        if oclock {
            return Some(self.push_time(start, self.tokens[i + 3].end, Time { hour, minute: 0 }, i + 4));
        }
        self.half_of_day(i + 1)?;
        Some(self.push_time(start, self.tokens[i].end, Time { hour, minute: 0 }, i + 1))
    }

    /// a.m. or p.m. at token `i`: whether it is afternoon, and the place behind.
    fn half_of_day(&self, i: usize) -> Option<(bool, usize)> {
        let letter = |i: usize, letters: &[&str]| self.is_one_of(i, letters);
        if letter(i, &["am", "pm"]) {
            return Some((letter(i, &["pm"]), i + 1));
        }
        let dotted =
            letter(i, &["a", "p"]) && self.mark(i + 1, ".") && letter(i + 2, &["m"]) && self.joined(i + 2);
        dotted.then(|| {
            (
                letter(i, &["p"]),
                i + 3 + usize::from(self.mark(i + 3, ".") && self.joined(i + 3)),
            )
        })
    }

    /// Adds a time, with the p.m. at token `next`.
    pub(super) fn push_time(&mut self, start: usize, end: usize, time: Time, next: usize) -> usize {
        let (end, hour, next) = match self.half_of_day(next) {
            Some((afternoon, next)) => {
                let hour = time.hour % 12 + if afternoon { 12 } else { 0 };
                (
                    self.tokens[next - 1].end,
                    if time.hour > 12 { time.hour } else { hour },
                    next,
                )
            }
            None => (end, time.hour, next),
        };
        self.values.times.push(Timed {
            span: Span::new(start, end),
            time: Time { hour, ..time },
        });
        next
    }

    /// A date that stands in these tokens and says no more than its day, month or year.
    fn push_tokens(&mut self, tokens: Range<usize>, date: Date) {
        let (start, end) = (self.tokens[tokens.start].start, self.tokens[tokens.end - 1].end);
        self.push_date(start, end, date, None, None);
    }

    pub(super) fn push_date(
        &mut self,
        start: usize,
        end: usize,
        date: Date,
        weekday: Option<Weekday>,
        part: Option<Part>,
    ) {
        self.values.dates.push(Dated {
            span: Span::new(start, end),
            date,
            weekday,
            part,
        });
    }
}
