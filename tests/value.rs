//! Texts in, values out: the cases under `tests/value/`, and the laws that hold for every text.

use duizhao::language::Side;
use duizhao::value::date::{Dated, Part, Timed};
use duizhao::value::number::{Bound, Number, Sense};
use duizhao::value::{Ratio, values};
use proptest::prelude::*;
use std::fmt::Write;

/// Every line of a case file is `text TAB values`, the values as [`shown`] writes them; `#` begins a remark.
fn check(cases: &str, side: Side) {
    let mut wrong = String::new();
    for (number, line) in cases.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (text, expected) = line.split_once('\t').unwrap_or((line, ""));
        let found = shown(text, side);
        if found != expected.trim() {
            writeln!(
                wrong,
                "line {}: {text}\n  expected: {expected}\n  found:    {found}",
                number + 1
            )
            .expect("a string takes every line");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The values of a text in its order: `40`, `>40` (more than), `<40`, `~40` (about), `100..` (hundreds), `#2`
/// (ordinal), `15%`, `5pp` (percentage points), `2/3`, `2x` (twice), `2018-05-08`, `-05-08`, `--08`, `friday`, `15:30`.
fn shown(text: &str, side: Side) -> String {
    let found = values(text, side);
    let mut all: Vec<(usize, String)> = Vec::new();
    all.extend(
        found
            .numbers
            .iter()
            .map(|number| (number.span.start(), show_number(number))),
    );
    all.extend(
        found
            .dates
            .iter()
            .map(|dated| (dated.span.start(), show_date(dated))),
    );
    all.extend(
        found
            .times
            .iter()
            .map(|timed| (timed.span.start(), show_time(timed))),
    );
    all.sort();
    all.into_iter()
        .map(|(_, shown)| shown)
        .collect::<Vec<_>>()
        .join(" ")
}

fn show_number(number: &Number) -> String {
    let hundredfold = number
        .value
        .times(Ratio::whole(100))
        .expect("the cases are small");
    let value = match number.sense {
        Sense::Cardinal => number.value.to_string(),
        Sense::Ordinal => format!("#{}", number.value),
        Sense::Percent => format!("{hundredfold}%"),
        Sense::Point => format!("{hundredfold}pp"),
        Sense::Fraction => number.value.to_string(),
        Sense::Multiple => format!("{}x", number.value),
    };
    match number.bound {
        Bound::Exact => value,
        Bound::About => format!("~{value}"),
        Bound::More => format!(">{value}"),
        Bound::Less => format!("<{value}"),
        Bound::Several => format!("{value}.."),
    }
}

fn show_date(dated: &Dated) -> String {
    let date = dated.date;
    let two = |part: Option<u8>| part.map_or(String::new(), |part| format!("-{part:02}"));
    let mut parts = Vec::new();
    match (date.year, date.month, date.day) {
        (None, None, None) => {}
        (None, None, Some(day)) => parts.push(format!("--{day:02}")),
        (year, month, day) => {
            parts.push(format!(
                "{}{}{}",
                year.map_or(String::new(), |y| y.to_string()),
                two(month),
                two(day)
            ));
        }
    }
    if let Some(part) = dated.part {
        let name = match part {
            Part::Early => "early",
            Part::Middle => "mid",
            Part::Late => "late",
            Part::Decade => "decade",
        };
        parts.push(name.to_string());
    }
    if let Some(weekday) = dated.weekday {
        parts.push(format!("{weekday:?}").to_lowercase());
    }
    parts.join("/")
}

fn show_time(timed: &Timed) -> String {
    format!("{}:{:02}", timed.time.hour, timed.time.minute)
}

#[test]
fn chinese_numbers_have_the_values_of_their_cases() {
    check(include_str!("value/numbers.zh.txt"), Side::Zh);
}

#[test]
fn english_numbers_have_the_values_of_their_cases() {
    check(include_str!("value/numbers.en.txt"), Side::En);
}

#[test]
fn chinese_dates_have_the_values_of_their_cases() {
    check(include_str!("value/dates.zh.txt"), Side::Zh);
}

#[test]
fn english_dates_have_the_values_of_their_cases() {
    check(include_str!("value/dates.en.txt"), Side::En);
}

#[test]
fn long_runs_of_any_one_character_are_read_in_linear_time() {
    for unit in [
        "9",
        "一",
        "万",
        "十",
        "1,",
        "1.",
        "三点",
        "5-",
        "two ",
        "1 to ",
        "May ",
        "hundred ",
        "第",
        "周",
        "9年",
        "百分之",
        "half a ",
    ] {
        for side in [Side::Zh, Side::En] {
            values(&unit.repeat(200_000), side);
        }
    }
}

/// Han numerals as they are taught: 三千零五万零二十.
fn in_han(value: u128) -> String {
    let name = |digit: u128| {
        "零一二三四五六七八九"
            .chars()
            .nth(digit as usize)
            .expect("a digit has a name")
    };
    let section = |section: u128| {
        let mut written = String::new();
        let mut gap = false;
        for (unit, mark) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = section / unit % 10;
            if digit == 0 {
                gap = !written.is_empty();
                continue;
            }
            if std::mem::take(&mut gap) {
                written.push('零');
            }
            written.push(name(digit));
            written.push_str(mark);
        }
        written
    };
    let mut written = String::new();
    if value >= 100_000_000 {
        written = in_han(value / 100_000_000) + "亿";
    }
    let mut gap = false;
    for (unit, mark) in [(10_000, "万"), (1, "")] {
        let group = value / unit % 10_000;
        if group == 0 {
            gap = !written.is_empty();
            continue;
        }
        if !written.is_empty() && (std::mem::take(&mut gap) || group < 1000) {
            written.push('零');
        }
        written.push_str(&section(group));
        written.push_str(mark);
    }
    written
}

fn in_english(value: u128) -> String {
    const SMALL: [&str; 20] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let below_hundred = |n: usize| match (n / 10, n % 10) {
        (0 | 1, _) => SMALL[n].to_string(),
        (tens, 0) => TENS[tens].to_string(),
        (tens, unit) => format!("{}-{}", TENS[tens], SMALL[unit]),
    };
    let mut words = Vec::new();
    for (unit, name) in [
        (1_000_000_000_000u128, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
        (1000, "thousand"),
        (1, ""),
    ] {
        let group = (value / unit % 1000) as usize;
        if group >= 100 {
            words.push(format!("{} hundred", SMALL[group / 100]));
        }
        if group >= 100 && !group.is_multiple_of(100) {
            words.push("and".to_string());
        }
        if !group.is_multiple_of(100) {
            words.push(below_hundred(group % 100));
        }
        if group > 0 && !name.is_empty() {
            words.push(name.to_string());
        }
    }
    words.join(" ")
}

fn with_commas(value: u128) -> String {
    let digits = value.to_string();
    let mut written = String::new();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(c);
    }
    written
}

/// Digits and a magnitude: 1.25亿, "1.25 million".
fn with_magnitude(value: u128, unit: u128, mark: &str) -> String {
    let fraction = format!("{:0width$}", value % unit, width = unit.ilog10() as usize);
    let fraction = fraction.trim_end_matches('0');
    match fraction {
        "" => format!("{}{mark}", value / unit),
        _ => format!("{}.{fraction}{mark}", value / unit),
    }
}

fn mixed(value: u128) -> String {
    match (value / 100_000_000, value / 10_000 % 10_000, value % 10_000) {
        (0, 0, rest) => rest.to_string(),
        (0, wan, 0) => format!("{wan}万"),
        (0, wan, rest) => format!("{wan}万{rest:04}"),
        (yi, 0, 0) => format!("{yi}亿"),
        (yi, wan, 0) => format!("{yi}亿{wan:04}万"),
        (yi, wan, rest) => format!("{yi}亿{wan:04}万{rest:04}"),
    }
}

fn only_value(text: &str, side: Side) -> Option<Ratio> {
    let found = values(text, side);
    match found.numbers[..] {
        [number] if found.dates.is_empty() => Some(number.value),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_value_is_the_same_in_every_form_of_both_languages(
        value in prop_oneof![2u128..10_000, 2u128..1_000_000_000, 2u128..9_000_000_000_000, (2u128..10_000).prop_map(|n| n * 10_000)],
    ) {
        let full_width: String = value.to_string().chars().map(|c| "０１２３４５６７８９".chars().nth(c as usize - '0' as usize).expect("a digit")).collect();
        let zh = [value.to_string(), with_commas(value), full_width, in_han(value), mixed(value), with_magnitude(value, 10_000, "万"), with_magnitude(value, 100_000_000, "亿")];
        for numeral in zh {
            let text = format!("这里有{numeral}个人。");
            prop_assert_eq!(only_value(&text, Side::Zh), Some(Ratio::whole(value)), "{}", text);
        }
        let en = [with_commas(value), in_english(value), with_magnitude(value, 1_000_000, " million"), with_magnitude(value, 1_000_000_000, " billion")];
        for numeral in en {
            let text = format!("There were {numeral} people here.");
            prop_assert_eq!(only_value(&text, Side::En), Some(Ratio::whole(value)), "{}", text);
        }
    }

    #[test]
    fn a_day_is_the_same_in_every_form_of_both_languages(year in 1800i32..2100, month in 1u8..=12, day in 1u8..=28) {
        const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let string: String = year.to_string().chars().map(|c| "〇一二三四五六七八九".chars().nth(c as usize - '0' as usize).expect("a digit")).collect();
        let name = MONTHS[month as usize - 1];
        let zh = [
            format!("{year}年{month}月{day}日"),
            format!("{string}年{}月{}日", in_han_day(month), in_han_day(day)),
            format!("{year}-{month:02}-{day:02}"),
        ];
        let en = [
            format!("{name} {day}, {year}"),
            format!("{day} {name} {year}"),
            format!("{year}-{month:02}-{day:02}"),
            format!("{}/{day}/{year}", month),
        ];
        let date = duizhao::value::date::Date { year: Some(year), month: Some(month), day: Some(day) };
        for text in zh.iter().chain(&en) {
            prop_assert_eq!(duizhao::value::date::Date::parse_line(text), Some(date), "{}", text);
        }
    }

    #[test]
    fn spans_are_disjoint_and_lie_in_the_text_whatever_it_is(
        text in prop_oneof![
            any::<String>(),
            "[0-9０-９一二两三十百千万亿兆零〇半点几数多第周星期年月日时分之成倍%,.，。: -]{0,40}",
            "([0-9]{1,4}|one|two|twenty|hundred|million|half|a|and|of|the|May|March|Tuesday|first|second|thirds|percent|to|[-,.:$%/']| ){0,30}",
        ],
    ) {
        for side in [Side::Zh, Side::En] {
            let found = values(&text, side);
            let mut spans: Vec<_> = found.numbers.iter().map(|number| number.span).collect();
            spans.extend(found.dates.iter().map(|dated| dated.span));
            spans.extend(found.times.iter().map(|timed| timed.span));
            spans.sort();
            for span in &spans {
                prop_assert!(!span.of(&text).is_empty());
            }
            for pair in spans.windows(2) {
                prop_assert!(pair[0].end() <= pair[1].start(), "{:?} {:?} in {:?}", pair[0], pair[1], text);
            }
        }
    }
}

/// 十八, where [`in_han`] has 一十八.
fn in_han_day(value: u8) -> String {
    let written = in_han(value.into());
    match written.strip_prefix("一十") {
        Some(unit) => format!("十{unit}"),
        None => written,
    }
}
