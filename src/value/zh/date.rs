//! Chinese dates, weekdays and times of day, from the numeral they begin with.

use super::numeral::{self, Form, Numeral};
use super::words::{AFTERNOON, MORNING, NOON, closes};
use super::{Reader, behind};
use crate::span::Span;
use crate::value::date::{Date, Dated, Part, Time, Timed, Weekday, day_of, month, year};
use crate::value::number::Bound;

impl Reader<'_> {
    /// 2018年5月8日 and every shorter form; 90年代.
    pub(super) fn date(&mut self, at: usize, numeral: &Numeral) -> Option<usize> {
        if numeral.bound != Bound::Exact {
            return None;
        }
        if let Some(end) = self.decade(at, numeral) {
            return Some(end);
        }
        let mut date = Date::default();
        let mut end = at;
        let mut next = Some(*numeral);
        if let Some(behind_year) = next.and_then(|numeral| self.year(&numeral, &mut date)) {
            end = behind_year;
            next = self.numeral_behind(end);
        }
        if let Some(behind_month) = next.and_then(|numeral| self.month(&numeral, &mut date)) {
            end = behind_month;
            next = self.numeral_behind(end);
        }
        if let Some(behind_day) = next.and_then(|numeral| self.day(at, &numeral, &mut date, end > at)) {
            end = behind_day;
        }
        if end == at {
            return None;
        }
        let (end, part) = self.part(end, date);
        Some(self.push_date(at, end, date, part))
    }

    fn numeral_behind(&self, at: usize) -> Option<Numeral> {
        let rest = behind(self.text, at);
        numeral::read(self.text, self.text.len() - rest.len())
    }

    /// The byte behind `word`, if it is what follows the numeral.
    fn unit(&self, at: usize, words: &[char]) -> Option<usize> {
        let rest = behind(self.text, at);
        let c = rest.chars().next().filter(|c| words.contains(c))?;
        Some(self.text.len() - rest.len() + c.len_utf8())
    }

    /// A year has four digits. One of two digits with a month behind it is part of the date, but its century is unknown.
    fn year(&self, numeral: &Numeral, date: &mut Date) -> Option<usize> {
        let end = self.unit(numeral.end, &['年'])?;
        let rest = &self.text[end..];
        match numeral.plain {
            Some(4) => {
                let year = year(numeral.whole()?)?;
                let span_of_time = rest.starts_with(['前', '来', '來', '历', '歷', '多']) && year < 1800;
                date.year = Some(year).filter(|_| !span_of_time && !rest.starts_with("历史"));
                date.year.map(|_| end)
            }
            Some(2) => {
                let numeral = self.numeral_behind(end)?;
                self.month(&numeral, &mut Date::default()).map(|_| end)
            }
            _ => None,
        }
    }

    fn month(&self, numeral: &Numeral, date: &mut Date) -> Option<usize> {
        let end = self.unit(numeral.end, &['月'])?;
        date.month = Some(month(numeral.whole()?)?);
        Some(
            end + if self.text[end..].starts_with('份') {
                '份'.len_utf8()
            } else {
                0
            },
        )
    }

    /// A day by itself is written in digits (8日), since 三日 is three days as well; or it ends a range (五月八日至十日).
    fn day(&self, at: usize, numeral: &Numeral, date: &mut Date, joined: bool) -> Option<usize> {
        let marks: &[char] = if joined { &['日', '号', '號'] } else { &['日'] };
        let end = match self.unit(numeral.end, marks) {
            Some(end) => end,
            None => self.before_last_day(numeral.end).filter(|_| joined)?,
        };
        let value = numeral.whole()?;
        if joined {
            date.day = Some(day_of(date.month, value)?);
            return date.month.map(|_| end);
        }
        let earlier = self.range_start(at);
        if self.text[end..].starts_with(['元', '圆', '圓', '本', '均', '内'])
            || numeral.form != Form::Arabic && earlier.is_none()
        {
            return None;
        }
        *date = earlier.unwrap_or_default();
        date.day = Some(day_of(date.month, value)?);
        Some(end)
    }

    /// In 5月8-10日 the first day ends where the dash stands.
    fn before_last_day(&self, at: usize) -> Option<usize> {
        let dash = self.text[at..]
            .chars()
            .next()
            .filter(|&c| "至到-－–—~～".contains(c))?;
        let last = numeral::read(self.text, at + dash.len_utf8())?;
        day_of(None, last.whole()?)?;
        self.unit(last.end, &['日', '号', '號']).map(|_| at)
    }

    /// The date that a range (5月8日至10日) began with, which lends its month and year.
    fn range_start(&self, at: usize) -> Option<Date> {
        let last = self.values.dates.last().filter(|last| last.date.day.is_some())?;
        let between = self.text.get(last.span.end()..at)?;
        ["至", "到", "-", "－", "–", "—", "~", "～", "、", "和"]
            .contains(&between)
            .then_some(last.date)
    }

    /// 上旬, 年底 and the like, right behind a date.
    fn part(&self, at: usize, date: Date) -> (usize, Option<Part>) {
        let rest = &self.text[at..];
        let thirds = [
            ("上旬", Part::Early),
            ("中旬", Part::Middle),
            ("下旬", Part::Late),
        ];
        let ends = [
            ("初", Part::Early),
            ("中期", Part::Middle),
            ("底", Part::Late),
            ("末", Part::Late),
        ];
        let open = date.day.is_none();
        thirds
            .iter()
            .chain(&ends)
            .find(|(word, _)| open && rest.starts_with(word))
            .map_or((at, None), |(word, part)| (at + word.len(), Some(*part)))
    }

    /// 90年代 is the 1990s unless a century before it says otherwise: 20世纪90年代, 上世纪90年代.
    fn decade(&mut self, at: usize, numeral: &Numeral) -> Option<usize> {
        let rest = behind(self.text, numeral.end);
        let end = self.text.len() - rest.strip_prefix("年代")?.len();
        let value = numeral.whole()?;
        let mut start = at;
        let written = match value {
            10..=90 if value % 10 == 0 => {
                let century = self.century(&mut start);
                year((century? - 1) * 100 + value)?
            }
            _ => year(value).filter(|year| year % 10 == 0)?,
        };
        let date = Date {
            year: Some(written),
            ..Date::default()
        };
        Some(self.push_date(start, end, date, Some(Part::Decade)))
    }

    /// The century that stands before `at`; a number that said it becomes part of the date.
    fn century(&mut self, at: &mut usize) -> Option<u128> {
        let before = &self.text[..*at];
        let Some(before) = before
            .strip_suffix("世纪")
            .or_else(|| before.strip_suffix("世紀"))
        else {
            return Some(20);
        };
        match self.values.numbers.last() {
            Some(number) if number.span.end() == before.len() => {
                let century = number
                    .value
                    .to_whole()
                    .filter(|century| (1..=30).contains(century))?;
                *at = number.span.start();
                self.values.numbers.pop();
                Some(century)
            }
            _ => Some(20),
        }
    }

    /// Adds a date, and the weekday that may stand behind it, in brackets or not.
    pub(super) fn push_date(&mut self, start: usize, end: usize, date: Date, part: Option<Part>) -> usize {
        let rest = &self.text[end..];
        let inside = rest.strip_prefix(['（', '(', '，', ' ']).unwrap_or(rest);
        let at = self.text.len() - inside.len();
        let found = weekday(self.text, at).filter(|_| date.day.is_some());
        let end = found.map_or(end, |(end, _)| end);
        self.values.dates.push(Dated {
            span: Span::new(start, end),
            date,
            weekday: found.map(|(_, weekday)| weekday),
            part,
        });
        end
    }

    pub(super) fn weekday_alone(&mut self, at: usize) -> Option<usize> {
        let (end, weekday) = weekday(self.text, at)?;
        self.values.dates.push(Dated {
            span: Span::new(at, end),
            date: Date::default(),
            weekday: Some(weekday),
            part: None,
        });
        Some(end)
    }

    /// 8时30分, 下午3点半; 点 alone is a point as well, so it needs a word that makes it a time.
    pub(super) fn time(&mut self, at: usize, numeral: &Numeral) -> Option<usize> {
        let mark = self.unit(numeral.end, &['时', '時', '点', '點'])?;
        let hour = u8::try_from(numeral.whole()?).ok().filter(|&hour| hour <= 24)?;
        let rest = &self.text[mark..];
        if rest.starts_with(['代', '期', '间', '間', '刻', '候', '段', '空']) {
            return None;
        }
        let (end, minute, said) = self.minutes(mark);
        let oclock = self.text[..mark].ends_with(['时', '時']) && numeral.form == Form::Arabic;
        let part = part_of_day(&self.text[..at]);
        if !said && !oclock && part.is_none() {
            return None;
        }
        Some(self.push_time(at, end, Time { hour, minute }))
    }

    /// The minutes behind an hour: where they end, how many, and whether anything was said.
    fn minutes(&self, at: usize) -> (usize, u8, bool) {
        let rest = &self.text[at..];
        let words = [
            ("半", 30),
            ("一刻", 15),
            ("三刻", 45),
            ("整", 0),
            ("钟", 0),
            ("鐘", 0),
        ];
        if let Some((word, minute)) = words.iter().find(|(word, _)| rest.starts_with(word)) {
            return (at + word.len(), *minute, true);
        }
        let minutes = self.numeral_behind(at).and_then(|numeral| {
            let minute = u8::try_from(numeral.whole()?)
                .ok()
                .filter(|&minute| minute < 60)?;
            let end = match self.unit(numeral.end, &['分']) {
                Some(end) if !self.text[end..].starts_with('之') => end,
                _ if numeral.form == Form::Arabic && numeral.plain == Some(2) => numeral.end,
                _ => return None,
            };
            Some((end, minute, true))
        });
        minutes.unwrap_or((at, 0, false))
    }

    /// Adds a time, with the 下午 before it.
    pub(super) fn push_time(&mut self, at: usize, end: usize, time: Time) -> usize {
        let part = part_of_day(&self.text[..at]);
        let start = part.map_or(at, |(length, _)| at - length);
        let hour = match (part.map(|(_, part)| part), time.hour) {
            (Some(PartOfDay::Afternoon), hour @ 1..=11) | (Some(PartOfDay::Noon), hour @ 1..=3) => hour + 12,
            (Some(PartOfDay::Morning), 12) => 0,
            (_, hour) => hour,
        };
        self.values.times.push(Timed {
            span: Span::new(start, end),
            time: Time { hour, ..time },
        });
        end
    }
}

#[derive(Clone, Copy)]
enum PartOfDay {
    Morning,
    Noon,
    Afternoon,
}

/// The part of the day that a text ends with, and its length in bytes, with the space that may stand behind it.
fn part_of_day(before: &str) -> Option<(usize, PartOfDay)> {
    let parts = [
        (MORNING, PartOfDay::Morning),
        (AFTERNOON, PartOfDay::Afternoon),
        (NOON, PartOfDay::Noon),
    ];
    let word = before.strip_suffix(' ').unwrap_or(before);
    let space = before.len() - word.len();
    parts
        .into_iter()
        .find_map(|(words, part)| Some((closes(word, words)? + space, part)))
}

/// 星期二, 周二, 礼拜天: but not 一周三次, 每周一次, 四周一片.
fn weekday(text: &str, at: usize) -> Option<(usize, Weekday)> {
    let rest = &text[at..];
    let word = super::words::opens(rest, &["星期", "礼拜", "禮拜", "周", "週"])?;
    let mut behind = rest[word..].chars();
    let name = behind.next()?;
    let weekday = match name {
        '一' => Weekday::Monday,
        '二' => Weekday::Tuesday,
        '三' => Weekday::Wednesday,
        '四' => Weekday::Thursday,
        '五' => Weekday::Friday,
        '六' => Weekday::Saturday,
        '日' => Weekday::Sunday,
        '天' if !rest.starts_with(['周', '週']) => Weekday::Sunday,
        _ => return None,
    };
    let next = behind.next();
    let counted = text[..at]
        .ends_with(|c: char| numeral::is_numeral(c) || c.is_ascii_digit() || c == '几' || c == '数');
    let counts = next.is_some_and(|c| numeral::is_numeral(c) || "次个個片圈遍回场場年岁歲".contains(c));
    (!counted && !counts).then(|| (at + word + name.len_utf8(), weekday))
}
