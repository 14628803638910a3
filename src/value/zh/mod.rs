//! Chinese text into values, in one pass from left to right.

mod date;
mod number;
mod numeral;
mod words;

use super::date::{clock, numeric};
use super::{Values, digits};
use numeral::Numeral;

pub(super) fn values(text: &str) -> Values {
    let mut reader = Reader {
        text,
        values: Values::default(),
    };
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at = reader.read(at, c).unwrap_or(at + c.len_utf8());
    }
    reader.values
}

struct Reader<'a> {
    text: &'a str,
    values: Values,
}

impl Reader<'_> {
    /// Takes in what begins at `at`; gives the byte behind it, none where nothing begins.
    fn read(&mut self, at: usize, c: char) -> Option<usize> {
        match c {
            '0'..='9' => self.written_alike(at).or_else(|| self.numeral(at)),
            '０'..='９' | '几' | '幾' | '数' | '數' => self.numeral(at),
            '第' => self.ordinal(at),
            '首' => self.first(at),
            '半' => self.half(at),
            '翻' => self.doubling(at),
            '周' | '週' | '星' | '礼' | '禮' => self.weekday_alone(at),
            _ if numeral::is_numeral(c) => self.numeral(at),
            _ => None,
        }
    }

    /// Dates, times and names in digits that look the same in both languages.
    fn written_alike(&mut self, at: usize) -> Option<usize> {
        if let Some((end, date)) = numeric(self.text, at) {
            return Some(self.push_date(at, end, date, None));
        }
        if let Some((end, time)) = clock(self.text, at) {
            return Some(self.push_time(at, end, time));
        }
        let end = digits::read(self.text, at)?.end;
        digits::name(self.text, at, end)
    }

    fn numeral(&mut self, at: usize) -> Option<usize> {
        if let Some(end) = self.passed_over(at) {
            return Some(end);
        }
        let numeral = numeral::read(self.text, at)?;
        self.date(at, &numeral)
            .or_else(|| self.time(at, &numeral))
            .or_else(|| self.number(at, &numeral))
            .or(Some(numeral.end))
    }
}

/// What stands behind byte `at`, without the one space that some put between digits and words.
fn behind(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    rest.strip_prefix(' ').unwrap_or(rest)
}

impl Numeral {
    fn whole(&self) -> Option<u128> {
        self.value?.to_whole().filter(|_| self.upper.is_none())
    }
}
