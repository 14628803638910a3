//! A date, a weekday or a time of day differs: 5月8日 against "May 9", 周二 against "Wednesday".
//!
//! Dates are compared part by part: 8日 is "May 8", 2018年5月 is "May 8, 2018", 上世纪90年代 is "the 1990s". A weekday is
//! held against the other side's weekday and, where the document's date is known, against the calendar: 8日 in a document
//! of May 2018 is "Tuesday". Times are compared by the clock: 下午3点半 is "3:30 p.m.".
//! A date that one side lacks is a warning, one that differs an error.
//!
//! Passed over: a date on one side where the other has words such as 今年, 当天, "last year" or "that day"; a part of a date
//! that only one side gives; a weekday on one side only when the document's date is not known.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::num01::neighbours;
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::span::Span;
use crate::value::date::{Date, Dated, Part, Timed, Weekday};
use crate::value::number::Number;

pub(super) const RULE: Rule = Rule {
    code: "DAT01",
    title: "a date, a weekday or a time differs",
    severity: Severity::Error,
    modes: Mode::BOTH,
    source: include_str!("dat01.rs"),
    checks: &[Check::Document(check)],
};

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        dates(document, index, passage, &mut found);
        weekdays(document, index, passage, &mut found);
        times(index, passage, &mut found);
    }
    found
}

const ZH_RELATIVE: [&str; 33] = [
    "今年",
    "去年",
    "明年",
    "前年",
    "当年",
    "同年",
    "次年",
    "翌年",
    "本月",
    "上月",
    "上个月",
    "下月",
    "当月",
    "今天",
    "昨天",
    "明天",
    "昨日",
    "今日",
    "明日",
    "前天",
    "当天",
    "当日",
    "同日",
    "次日",
    "翌日",
    "近日",
    "日前",
    "春节",
    "国庆",
    "年初",
    "年底",
    "新年",
    "元旦",
];
const EN_RELATIVE: [&str; 31] = [
    "this year",
    "last year",
    "next year",
    "that year",
    "previous year",
    "same year",
    "the year",
    "year-on-year",
    "this month",
    "last month",
    "next month",
    "that month",
    "today",
    "yesterday",
    "tomorrow",
    "that day",
    "same day",
    "the day",
    "next day",
    "following day",
    "recently",
    "new year",
    "year later",
    "years later",
    "years ago",
    "a year",
    "month later",
    "the month",
    "overnight",
    "tonight",
    "annual",
];

/// The dates of a row, each with what the other side says of it.
#[derive(Default)]
pub(in crate::audit) struct Pairing<'p> {
    pub same: Vec<(Said<'p>, Said<'p>)>,
    pub differ: Vec<(&'p Dated, &'p Dated)>,
    pub zh_only: Vec<&'p Dated>,
    pub en_only: Vec<&'p Dated>,
}

/// A date, or a number that says as much: 2018 for 2018年.
#[derive(Clone, Copy)]
pub(in crate::audit) enum Said<'p> {
    Date(&'p Dated),
    Number(&'p Number),
}

/// Dates that are equal meet first, then those that agree in the parts that both give. What is left says again what a date
/// of the other side says, or stands there as a number, or is told otherwise by the first date with a part in common.
pub(in crate::audit) fn pairing<'p>(passage: &'p Passage) -> Pairing<'p> {
    let of = |side: Side| -> Vec<&'p Dated> {
        let dates = passage.values(side).dates.iter();
        dates.filter(|dated| dated.date != Date::default()).collect()
    };
    let (mut zh, mut en) = (of(Side::Zh), of(Side::En));
    let (all_zh, all_en) = (zh.clone(), en.clone());
    let mut same = Vec::new();
    for agree in [equal as fn(&Dated, &Dated) -> bool, agrees] {
        zh.retain(|&dated| match en.iter().position(|other| agree(dated, other)) {
            Some(at) => {
                same.push((Said::Date(dated), Said::Date(en.remove(at))));
                false
            }
            None => true,
        });
    }
    let elsewhere = |dated: &Dated, all: &[&'p Dated], side: Side| {
        let again = all.iter().find(|other| agrees(dated, other)).copied();
        let numbers = &passage.values(side).numbers;
        again
            .map(Said::Date)
            .or_else(|| as_number(dated.date, numbers).map(Said::Number))
    };
    zh.retain(|&dated| {
        let said = elsewhere(dated, &all_en, Side::En);
        same.extend(said.map(|en| (Said::Date(dated), en)));
        said.is_none()
    });
    en.retain(|&dated| {
        let said = elsewhere(dated, &all_zh, Side::Zh);
        same.extend(said.map(|zh| (zh, Said::Date(dated))));
        said.is_none()
    });
    let mut differ = Vec::new();
    while let Some(&dated) = zh.first()
        && let Some(at) = en.iter().position(|other| same_parts(dated.date, other.date))
    {
        differ.push((zh.remove(0), en.remove(at)));
    }
    Pairing {
        same,
        differ,
        zh_only: zh,
        en_only: en,
    }
}

fn dates(document: &Document, index: usize, passage: &Passage, found: &mut Vec<Found>) {
    let Pairing {
        differ,
        zh_only: zh,
        en_only: en,
        ..
    } = pairing(passage);
    for (dated, other) in differ {
        found.push(
            Found::new(
                index,
                format!(
                    "{} against {}",
                    dated.span.of(passage.zh_text()),
                    other.span.of(passage.en_text())
                ),
            )
            .zh([dated.span])
            .en([other.span])
            .evidence("date in Chinese", dated.date.to_string())
            .evidence("date in English", other.date.to_string()),
        );
    }
    let en_lower = passage.en_text().to_lowercase();
    let relative_en = EN_RELATIVE.iter().any(|word| en_lower.contains(word))
        || passage
            .values(Side::En)
            .dates
            .iter()
            .any(|dated| dated.weekday.is_some());
    let relative_zh = ZH_RELATIVE.iter().any(|word| passage.zh_text().contains(word))
        || passage
            .values(Side::Zh)
            .dates
            .iter()
            .any(|dated| dated.weekday.is_some());
    for dated in zh {
        let near = neighbours(document, index)
            .any(|other| other.values(Side::En).dates.iter().any(|en| agrees(dated, en)));
        if is_full(dated) && !relative_en && !near {
            let message = format!("{} is not in the English", dated.span.of(passage.zh_text()));
            found.push(
                Found::new(index, message)
                    .severity(Severity::Warning)
                    .zh([dated.span]),
            );
        }
    }
    for dated in en {
        let near = neighbours(document, index)
            .any(|other| other.values(Side::Zh).dates.iter().any(|zh| agrees(zh, dated)));
        if is_full(dated) && !relative_zh && !near {
            let message = format!("{} is not in the Chinese", dated.span.of(passage.en_text()));
            found.push(
                Found::new(index, message)
                    .severity(Severity::Warning)
                    .en([dated.span]),
            );
        }
    }
}

fn equal(a: &Dated, b: &Dated) -> bool {
    a.date == b.date
}

fn agrees(a: &Dated, b: &Dated) -> bool {
    a.date.agrees(b.date)
}

/// A year that the other side writes as a number; a number of days for a day.
fn as_number(date: Date, numbers: &[Number]) -> Option<&Number> {
    let whole = |part: Option<u128>| {
        part.and_then(|part| {
            numbers
                .iter()
                .find(|number| number.value.to_whole() == Some(part))
        })
    };
    let year = date.year.and_then(|year| u128::try_from(year).ok());
    match date {
        Date {
            month: None,
            day: None,
            ..
        } => whole(year).or_else(|| whole(year.map(|year| year % 100))),
        Date {
            year: None,
            month: None,
            day,
        } => whole(day.map(u128::from)),
        Date {
            year: None,
            month,
            day: None,
        } => whole(month.map(u128::from)),
        _ => None,
    }
}

/// Whether two dates give a part in common, so that one can be wrong where the other is right.
fn same_parts(a: Date, b: Date) -> bool {
    a.year.is_some() && b.year.is_some()
        || a.month.is_some() && b.month.is_some()
        || a.day.is_some() && b.day.is_some()
}

/// A date that nobody leaves out by chance.
fn is_full(dated: &Dated) -> bool {
    dated.date.month.is_some()
        && (dated.date.day.is_some() || dated.date.year.is_some())
        && dated.part != Some(Part::Decade)
}

fn weekdays(document: &Document, index: usize, passage: &Passage, found: &mut Vec<Found>) {
    let weekdays = |dates: &[Dated]| -> Vec<(Weekday, Span)> {
        dates
            .iter()
            .filter_map(|dated| Some((dated.weekday?, dated.span)))
            .collect()
    };
    let (zh, en) = (
        weekdays(&passage.values(Side::Zh).dates),
        weekdays(&passage.values(Side::En).dates),
    );
    let missing = |these: &[(Weekday, Span)], those: &[(Weekday, Span)]| -> Option<(Weekday, Span)> {
        these
            .iter()
            .find(|(weekday, _)| !those.iter().any(|(other, _)| other == weekday))
            .copied()
    };
    if let (Some((left, zh_span)), Some((right, en_span))) = (missing(&zh, &en), missing(&en, &zh)) {
        let message = format!("{left:?} in Chinese, {right:?} in English");
        found.push(Found::new(index, message).zh([zh_span]).en([en_span]));
    }
    if zh.is_empty()
        && let Some((weekday, span)) = en.first()
        && let Some((day, dated)) = calendar_day(passage, document.date)
        && day.weekday() != Some(*weekday)
        && en.len() == 1
    {
        let message = format!(
            "{} is a {:?}, the English says {weekday:?}",
            day,
            day.weekday().expect("a calendar day has a weekday")
        );
        found.push(
            Found::new(index, message)
                .zh([dated.span])
                .en([*span])
                .evidence("calendar", day.to_string()),
        );
    }
}

/// The day that the only date of the Chinese names, its year and month taken from the document's date.
fn calendar_day<'p>(passage: &'p Passage, date: Option<Date>) -> Option<(Date, &'p Dated)> {
    let [dated] = &passage.values(Side::Zh).dates[..] else {
        return None;
    };
    let day = Date {
        year: dated.date.year.or(date.and_then(|date| date.year)),
        month: dated.date.month.or(date.and_then(|date| date.month)),
        day: dated.date.day,
    };
    let english_agrees = passage
        .values(Side::En)
        .dates
        .iter()
        .all(|other| other.date == Date::default() || other.date.agrees(dated.date));
    (day.weekday().is_some() && english_agrees).then_some((day, dated))
}

fn times(index: usize, passage: &Passage, found: &mut Vec<Found>) {
    let same = |a: &Timed, b: &Timed| a.time.minute == b.time.minute && a.time.hour % 12 == b.time.hour % 12;
    let left = |these: &[Timed], those: &[Timed]| -> Vec<Timed> {
        these
            .iter()
            .filter(|time| !those.iter().any(|other| same(time, other)))
            .copied()
            .collect()
    };
    let (zh, en) = (
        left(&passage.values(Side::Zh).times, &passage.values(Side::En).times),
        left(&passage.values(Side::En).times, &passage.values(Side::Zh).times),
    );
    for (left, right) in zh.iter().zip(&en) {
        let (zh_said, en_said) = (left.span.of(passage.zh_text()), right.span.of(passage.en_text()));
        let clock = |timed: &Timed| format!("{}:{:02}", timed.time.hour, timed.time.minute);
        found.push(
            Found::new(index, format!("{zh_said} against {en_said}"))
                .zh([left.span])
                .en([right.span])
                .evidence("time in Chinese", clock(left))
                .evidence("time in English", clock(right)),
        );
    }
}
