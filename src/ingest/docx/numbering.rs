//! The numbers that Word sets before paragraphs and no text holds: `第一条`, `3.2`, `(a)`.

use super::super::xml::{Element, Piece};
use std::collections::HashMap;

/// The lists of a document, and how far each has been counted.
#[derive(Default)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    /// By what paragraphs call it.
    uses: HashMap<String, Use>,
    open: Open,
}

/// One way of numbering, which several uses may share and go on counting.
#[derive(Default)]
struct List {
    levels: [Level; LEVELS],
    /// The style that says in its place how it numbers.
    style: Option<String>,
    counts: [Option<u32>; LEVELS],
}

/// A list as some paragraphs use it.
#[derive(Default)]
struct Use {
    list: String,
    /// Where it begins to count anew, until it is used for the first time.
    starts: [Option<u32>; LEVELS],
}

#[derive(Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `%1.%2`, with the numbers of the levels from 1 on.
    text: String,
    /// The style of its paragraphs.
    style: Option<String>,
    /// It does not begin anew below a paragraph of a higher level.
    goes_on: bool,
    /// Numbers of all levels are in digits.
    in_digits: bool,
}

const LEVELS: usize = 9;

/// Characters of a number's text that are no list's: a paragraph of some bytes must not grow to many.
const LONGEST: usize = 40;

/// What is being read.
#[derive(Default)]
struct Open {
    list: Option<String>,
    number: Option<String>,
    level: Option<usize>,
}

impl Numbering {
    /// A piece of the part `numbering`.
    pub fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Start(element) => self.start(&element),
            Piece::End(name) => match &*name {
                "abstractNum" => self.open.list = None,
                "num" => self.open.number = None,
                "lvl" | "lvlOverride" => self.open.level = None,
                _ => {}
            },
            Piece::Text(_) => {}
        }
    }

    fn start(&mut self, element: &Element) {
        let value = element.get("val");
        match element.name() {
            "abstractNum" => self.open.list = element.get("abstractNumId"),
            "num" => self.open.number = element.get("numId"),
            "lvl" | "lvlOverride" => {
                let level = element.get("ilvl").and_then(|level| level.parse().ok());
                self.open.level = level.filter(|level| *level < LEVELS);
            }
            name => match (&self.open.list, &self.open.number) {
                (Some(list), _) => {
                    let list = self.lists.entry(list.clone()).or_default();
                    list.property(self.open.level, name, value);
                }
                (None, Some(number)) => {
                    let used = self.uses.entry(number.clone()).or_default();
                    match (name, self.open.level) {
                        ("abstractNumId", _) => used.list = value.unwrap_or_default(),
                        ("startOverride", Some(level)) => {
                            used.starts[level] = value.and_then(|start| start.parse().ok());
                        }
                        _ => {}
                    }
                }
                (None, None) => {}
            },
        }
    }

    /// The style that a use of a list leaves its numbers to, if it does.
    pub fn style(&self, number: &str) -> Option<&str> {
        self.list(number)?.style.as_deref()
    }

    /// The level of a list that is meant for paragraphs of a style.
    pub fn level_of(&self, number: &str, style: &str) -> Option<usize> {
        let levels = &self.list(number)?.levels;
        levels
            .iter()
            .position(|level| level.style.as_deref() == Some(style))
    }

    fn list(&self, number: &str) -> Option<&List> {
        self.lists.get(&self.uses.get(number)?.list)
    }

    /// Counts a paragraph, and tells what stands before it; nothing for a bullet, and for a number in a way of counting
    /// that is not known here.
    pub fn next(&mut self, number: &str, level: usize) -> Option<String> {
        let used = self.uses.get_mut(number)?;
        let list = self.lists.get_mut(&used.list)?;
        let starts = std::mem::take(&mut used.starts).into_iter();
        for (start, (level, count)) in starts.zip(list.levels.iter_mut().zip(&mut list.counts)) {
            if let Some(start) = start {
                level.start = start;
                *count = None;
            }
        }
        list.next(level)
    }
}

impl List {
    fn property(&mut self, level: Option<usize>, name: &str, value: Option<String>) {
        let Some(level) = level.map(|level| &mut self.levels[level]) else {
            if name == "numStyleLink" {
                self.style = value;
            }
            return;
        };
        match (name, value) {
            ("start", Some(start)) => level.start = start.parse().unwrap_or_default(),
            ("numFmt", Some(format)) => level.format = format,
            ("lvlText", Some(text)) => level.text = text,
            ("pStyle", style) => level.style = style,
            ("lvlRestart", Some(restart)) => level.goes_on = restart == "0",
            ("isLgl", value) => level.in_digits = value.is_none_or(|value| value != "0" && value != "false"),
            _ => {}
        }
    }

    fn next(&mut self, level: usize) -> Option<String> {
        let own = self.levels.get(level)?;
        self.counts[level] = Some(self.counts[level].map_or(own.start, |count| count.saturating_add(1)));
        for (deeper, count) in self.levels.iter().zip(&mut self.counts).skip(level + 1) {
            if !deeper.goes_on {
                *count = None;
            }
        }
        if own.format == "bullet" || own.text.chars().count() > LONGEST {
            return None;
        }
        let mut parts = own.text.split('%');
        let mut label = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let place = part.chars().next().and_then(|c| c.to_digit(10)).unwrap_or(0) as usize;
            let Some(counted) = place.checked_sub(1).filter(|place| *place < LEVELS) else {
                label.push('%');
                label.push_str(part);
                continue;
            };
            let Level { start, format, .. } = &self.levels[counted];
            let count = self.counts[counted].unwrap_or(*start);
            let is_decimal = own.in_digits && counted != level;
            label.push_str(&written(count, if is_decimal { "decimal" } else { format })?);
            label.push_str(&part[1..]);
        }
        let label = label.trim();
        (!label.is_empty()).then(|| label.to_owned())
    }
}

/// A number as a list counts; nothing in ways that are not known.
fn written(number: u32, format: &str) -> Option<String> {
    let decimal = || number.to_string();
    let one_of = |signs: &str| {
        let place = (number as usize).checked_sub(1);
        place
            .and_then(|place| signs.chars().nth(place))
            .map_or_else(decimal, String::from)
    };
    Some(match format {
        "decimal" | "decimalHalfWidth" | "" => decimal(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => digits(number, "０１２３４５６７８９"),
        "lowerLetter" => letters(number).unwrap_or_else(decimal),
        "upperLetter" => letters(number).unwrap_or_else(decimal).to_uppercase(),
        "lowerRoman" => roman(number).unwrap_or_else(decimal),
        "upperRoman" => roman(number).unwrap_or_else(decimal).to_uppercase(),
        "ordinal" => format!("{number}{}", ending(number)),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographLegalSimplified" => chinese(number, ["〇一二三四五六七八九", "十百千"]),
        "chineseLegalSimplified" => chinese(number, ["零壹贰叁肆伍陆柒捌玖", "拾佰仟"]),
        "ideographLegalTraditional" => chinese(number, ["零壹貳參肆伍陸柒捌玖", "拾佰仟"]),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            digits(number, "〇一二三四五六七八九")
        }
        "ideographTraditional" => one_of("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => one_of("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedParen" => one_of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalEnclosedFullstop" => one_of("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "ideographEnclosedCircle" => one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "none" => String::new(),
        _ => return None,
    })
}

fn digits(number: u32, signs: &str) -> String {
    let sign = |digit: char| signs.chars().nth(digit.to_digit(10)? as usize);
    number.to_string().chars().filter_map(sign).collect()
}

/// a to z, aa to zz, aaa to zzz.
fn letters(number: u32) -> Option<String> {
    let place = number.checked_sub(1).filter(|place| *place < 78)?;
    let letter = char::from(b'a' + (place % 26) as u8);
    Some(letter.to_string().repeat(place as usize / 26 + 1))
}

fn roman(number: u32) -> Option<String> {
    let mut left = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut roman = String::new();
    for (value, sign) in [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ] {
        roman.push_str(&sign.repeat((left / value) as usize));
        left %= value;
    }
    Some(roman)
}

fn ending(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// Below ten thousand with tens, hundreds and thousands, 十一 and 一百零五; above, digit by digit.
fn chinese(number: u32, [signs, units]: [&str; 2]) -> String {
    if number == 0 || number >= 10_000 {
        return digits(number, signs);
    }
    let sign = |digit: u32| signs.chars().nth(digit as usize);
    let mut text = String::new();
    let mut is_gap = false;
    for power in (0..4).rev() {
        let digit = number / 10_u32.pow(power) % 10;
        if digit == 0 {
            is_gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut is_gap) {
            text.push('零');
        }
        let is_ten_alone = power == 1 && digit == 1 && text.is_empty();
        text.extend(sign(digit).filter(|_| !is_ten_alone));
        text.extend(
            power
                .checked_sub(1)
                .and_then(|unit| units.chars().nth(unit as usize)),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_lists_count() {
        for (format, number, expected) in [
            ("decimal", 12, "12"),
            ("decimalZero", 7, "07"),
            ("lowerLetter", 28, "bb"),
            ("upperLetter", 3, "C"),
            ("lowerRoman", 14, "xiv"),
            ("upperRoman", 1999, "MCMXCIX"),
            ("ordinal", 112, "112th"),
            ("ordinal", 23, "23rd"),
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 21, "二十一"),
            ("chineseCountingThousand", 105, "一百零五"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1005, "一千零五"),
            ("chineseLegalSimplified", 15, "拾伍"),
            ("ideographDigital", 205, "二〇五"),
            ("ideographTraditional", 3, "丙"),
            ("ideographTraditional", 11, "11"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalFullWidth", 10, "１０"),
            ("lowerLetter", u32::MAX, "4294967295"),
            ("lowerRoman", 0, "0"),
        ] {
            assert_eq!(
                written(number, format).as_deref(),
                Some(expected),
                "{format} {number}"
            );
        }
        assert_eq!(written(1, "hebrew1"), None);
    }
}
