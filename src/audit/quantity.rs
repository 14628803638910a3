//! The numbers of a row against each other: which say the same, which differ, and which stand alone.

use super::unit::{Unit, to_f64, unit};
use crate::language::Side;
use crate::span::Span;
use crate::value::number::{Bound, Number, Sense};
use crate::value::{Ratio, Values};

/// What became of the numbers of a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Comparison {
    /// Numbers that say the same, with the units they stand with.
    pub same: Vec<Same>,
    /// A number of each side that stand where the other should, and differ.
    pub differ: Vec<(Number, Number)>,
    /// Chinese numbers without an English one, and the reverse.
    pub zh_only: Vec<Number>,
    pub en_only: Vec<Number>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Same {
    pub zh: Number,
    pub en: Number,
    pub units: Option<(Unit, Unit)>,
}

/// A row's texts and values, as far as numbers go.
pub(crate) struct Sides<'a> {
    pub zh_text: &'a str,
    pub en_text: &'a str,
    pub zh: &'a Values,
    pub en: &'a Values,
}

/// Compares the numbers of a row.
///
/// Equal values meet first, whatever they are written as; then those that say the same in other words: rounded, in other
/// units, threefold for 增长两倍. What is left of one side may be said in words (both, 双, a decade) or as part of a date;
/// what is left after that differs, where each side has something left, or stands alone.
pub(crate) fn compare(sides: &Sides) -> Comparison {
    let mut comparison = Comparison::default();
    let mut zh: Vec<Number> = sides.zh.numbers.clone();
    let mut en: Vec<Number> = sides.en.numbers.clone();
    let passes: [fn(&Sides, &Number, &Number) -> bool; 3] = [same_number, same_value, same_in_other_words];
    for is_same in passes {
        zh.retain(|number| {
            let Some(at) = en.iter().position(|other| is_same(sides, number, other)) else {
                return true;
            };
            comparison.same.push(sides.same(*number, en.remove(at)));
            false
        });
    }
    // A value may be said once where the other side says it twice.
    let (zh_said, en_said) = (comparison.zh_values(), comparison.en_values());
    zh.retain(|number| !zh_said.contains(&number.value) && !sides.en_says(number));
    en.retain(|number| !en_said.contains(&number.value) && !sides.zh_says(number));
    comparison.part(sides, zh, en);
    comparison
}

fn same_number(sides: &Sides, zh: &Number, en: &Number) -> bool {
    let contradict = || {
        let units = sides.same(*zh, *en).units;
        units.is_some_and(|(left, right)| left.contradicts(right))
    };
    zh.value == en.value && zh.sense == en.sense && !contradict()
}

fn same_value(_: &Sides, zh: &Number, en: &Number) -> bool {
    zh.value == en.value
}

fn same_in_other_words(sides: &Sides, zh: &Number, en: &Number) -> bool {
    sides.is_rounded(zh, en)
        || is_multiple(zh, en)
        || is_share(zh, en)
        || is_dozen(zh, en)
        || sides.in_tens(zh, en)
        || match (sides.zh_unit(zh), sides.en_unit(en)) {
            (Some(left), Some(right)) => left.converts(zh.value, right, en.value),
            _ => false,
        }
}

/// One is the other, written with fewer digits.
pub(super) fn is_coarser(a: Ratio, b: Ratio) -> bool {
    let (fine, coarse) = if digits(a) >= digits(b) { (a, b) } else { (b, a) };
    let places = digits(coarse);
    if places == 0 || digits(fine) <= places || fine < Ratio::whole(10) && fine.to_whole().is_some() {
        return false;
    }
    let (fine, coarse) = (to_f64(fine), to_f64(coarse));
    let unit = 10f64.powi(coarse.abs().log10().floor() as i32 + 1 - places as i32);
    // Down as well as off: 12.9亿 is "more than 1.2 billion", and 1.29 billion "1.3 billion".
    let off = fine - coarse;
    (off >= -unit / 2.0 && off < unit) && off.abs() < 0.1 * fine
}

/// How many digits a value is written with, without zeros at its ends; none for a fraction without a decimal form.
fn digits(value: Ratio) -> usize {
    let mut scaled = value;
    for _ in 0..6 {
        if scaled.to_whole().is_some() {
            break;
        }
        match scaled.times(Ratio::whole(10)) {
            Some(next) => scaled = next,
            None => return 0,
        }
    }
    let Some(mut whole) = scaled.to_whole().filter(|&whole| whole > 0) else {
        return 0;
    };
    while whole % 10 == 0 {
        whole /= 10;
    }
    whole.to_string().len()
}

/// What grows by 两倍 is three times as much; translators count both ways.
fn is_multiple(zh: &Number, en: &Number) -> bool {
    let is = |number: &Number| number.sense == Sense::Multiple;
    let plus_one = |a: Ratio, b: Ratio| a.plus(Ratio::ONE) == Some(b);
    let percent = |multiple: &Number, other: &Number| {
        is(multiple) && other.sense == Sense::Percent && plus_one(other.value, multiple.value)
    };
    (is(zh) || is(en))
        && (plus_one(zh.value, en.value) || plus_one(en.value, zh.value))
        && (is(zh) && is(en) || zh.sense == Sense::Cardinal || en.sense == Sense::Cardinal)
        || percent(zh, en)
        || percent(en, zh)
}

/// 30% and "30 of a hundred": the percent sign is read on one side only, as in tables.
fn is_share(zh: &Number, en: &Number) -> bool {
    let (percent, plain) = match (zh.sense, en.sense) {
        (Sense::Percent | Sense::Point, Sense::Cardinal) => (zh, en),
        (Sense::Cardinal, Sense::Percent | Sense::Point) => (en, zh),
        _ => return false,
    };
    percent.value.times(Ratio::whole(100)) == Some(plain.value)
}

/// 十几, 十来 and 十多 are "a dozen".
fn is_dozen(zh: &Number, en: &Number) -> bool {
    zh.value == Ratio::whole(10) && zh.bound != Bound::Exact && en.value == Ratio::whole(12)
}

impl Sides<'_> {
    fn zh_unit(&self, number: &Number) -> Option<Unit> {
        unit(self.zh_text, number.span, Side::Zh)
    }

    fn en_unit(&self, number: &Number) -> Option<Unit> {
        unit(self.en_text, number.span, Side::En)
    }

    /// Rounding says so: by 约 or "about", or by a magnitude in words. English with more digits than the Chinese has is
    /// no rounding.
    fn is_rounded(&self, zh: &Number, en: &Number) -> bool {
        let written = en.span.of(self.en_text);
        let says_so = en.bound != Bound::Exact || written.contains("illion") || written.contains("thousand");
        says_so && digits(en.value) < digits(zh.value) && is_coarser(zh.value, en.value)
    }

    fn same(&self, zh: Number, en: Number) -> Same {
        Same {
            zh,
            en,
            units: self.zh_unit(&zh).zip(self.en_unit(&en)),
        }
    }

    /// 三十年 is "three decades".
    fn in_tens(&self, zh: &Number, en: &Number) -> bool {
        let behind = self.en_text[en.span.end()..].trim_start_matches([' ', '-']);
        let times = match () {
            () if behind.starts_with("decade") => 10,
            () if behind.starts_with("dozen") => 12,
            () if behind.starts_with("score") => 20,
            () if behind.starts_with("centur") => 100,
            () => return false,
        };
        en.value.times(Ratio::whole(times)) == Some(zh.value)
    }

    /// Whether the English says a Chinese number without writing one.
    fn en_says(&self, number: &Number) -> bool {
        let words: &[&str] = match (number.value.to_whole(), number.sense) {
            (None, _) if number.value == Ratio::HALF => &[
                "half",
                "halfway",
                "mid",
                "semi",
                "midway",
                "six month",
                "six-month",
            ],
            (Some(1), Sense::Percent) => &[
                "all",
                "full",
                "fully",
                "entire",
                "every",
                "complete",
                "completely",
                "total",
            ],
            (Some(0), _) => &["no", "none", "zero"],
            (Some(1), _) => &[
                "one",
                "first",
                "single",
                "once",
                "a",
                "an",
                "new",
                "inaugural",
                "debut",
                "maiden",
                "unprecedented",
            ],
            (Some(2), _) => &[
                "both",
                "two",
                "pair",
                "couple",
                "second",
                "double",
                "twice",
                "bilateral",
                "either",
                "each other",
                "dual",
                "twin",
                "neither",
                "doubled",
                "half",
                "another",
                "secondary",
                "mutual",
                "again",
                "cross-strait",
                "the two",
                "between",
            ],
            (Some(3), _) => &["three", "third", "triple", "tripled", "trio", "trilateral", "tri"],
            (Some(4), _) => &["four", "fourth", "quarter", "quadruple", "quartet"],
            (Some(10), _) => &["decade", "ten", "tenth", "decathlon"],
            (Some(12), _) => &["dozen", "year"],
            (Some(100), _) => &[
                "century",
                "centenary",
                "hundred",
                "hundreds",
                "centennial",
                "hundredth",
            ],
            (Some(1000), _) => &["millennium", "thousand", "thousands", "millennia", "kilo"],
            (Some(10_000), _) => &["thousands", "countless", "myriad", "tens"],
            _ => &[],
        };
        let lower = self.en_text.to_lowercase();
        let in_words = words.iter().any(|word| holds_word(&lower, word)) || {
            let tens = number
                .value
                .to_whole()
                .and_then(|value| usize::try_from(value / 10).ok());
            tens.and_then(|tens| {
                [
                    "", "", "twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet",
                ]
                .get(tens)
            })
            .is_some_and(|tens| !tens.is_empty() && lower.contains(&format!("{tens}ies")))
        };
        in_words || in_dates(number, self.en) || in_name(number, self.en_text)
    }

    /// Whether the Chinese says an English number without writing one that counts.
    fn zh_says(&self, number: &Number) -> bool {
        let words: &[&str] = match number.value.to_whole() {
            None if number.value == Ratio::HALF => &["半"],
            Some(0) => &["零", "无", "没", "〇"],
            Some(1) => &["一", "首", "单", "头", "初", "独", "个"],
            Some(2) => &[
                "两", "二", "双", "俩", "对", "倍", "再", "兩", "雙", "第二", "次", "乙", "次",
            ],
            Some(3) => &["三", "仨"],
            Some(4) => &["四", "季"],
            Some(5) => &["五"],
            Some(6) => &["六", "半年"],
            Some(7) => &["七"],
            Some(8) => &["八"],
            Some(9) => &["九"],
            Some(10) => &["十", "旬"],
            Some(12) => &["十二", "打", "一年"],
            Some(100) => &["百", "世纪"],
            Some(1000) => &["千"],
            Some(10_000) => &["万"],
            Some(100_000) => &["十万", "十几万"],
            Some(10_000_000) => &["千万"],
            Some(100_000_000) => &["亿"],
            Some(1_000_000) => &["百万", "数百万", "几百万", "上百万"],
            Some(1_000_000_000) => &["十亿", "数十亿"],
            _ => &[],
        };
        words.iter().any(|word| self.zh_text.contains(word))
            || in_dates(number, self.zh)
            || in_name(number, self.zh_text)
    }
}

/// Whether a text holds a word as a word, or its plural.
fn holds_word(lower: &str, word: &str) -> bool {
    lower.match_indices(word).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let behind = &lower[at + word.len()..];
        let behind = behind.strip_prefix('s').unwrap_or(behind);
        !letter(lower[..at].chars().next_back()) && !letter(behind.chars().next())
    })
}

/// Whether the other side has the value as a year, month, day or hour.
fn in_dates(number: &Number, other: &Values) -> bool {
    let Some(value) = number.value.to_whole() else {
        // 7.19 is a day where the other side has July 19.
        return other
            .dates
            .iter()
            .any(|dated| match (dated.date.month, dated.date.day) {
                (Some(month), Some(day)) => {
                    Ratio::new(u128::from(month) * 100 + u128::from(day), 100) == Some(number.value)
                        || Ratio::new(u128::from(month) * 10 + u128::from(day), 10) == Some(number.value)
                }
                _ => false,
            });
    };
    let is = |part: Option<u128>| part == Some(value);
    let date = other.dates.iter().any(|dated| {
        let date = dated.date;
        is(date.year.and_then(|year| u128::try_from(year).ok()))
            || is(date.year.and_then(|year| u128::try_from(year % 100).ok()))
            || is(date.month.map(u128::from))
            || is(date.day.map(u128::from))
    });
    let time = other.times.iter().any(|timed| {
        let (hour, minute) = (timed.time.hour, timed.time.minute);
        is(Some(hour.into())) || is(Some((hour % 12).into())) || is(Some(minute.into()))
    });
    date || time
}

/// Whether the value stands in the other text as digits that count nothing, as in `COVID-19` and `5G`.
fn in_name(number: &Number, other: &str) -> bool {
    let value = match number.sense {
        Sense::Percent => number.value.times(Ratio::whole(100)),
        _ => Some(number.value),
    };
    let Some(value) = value.and_then(Ratio::to_whole) else {
        return false;
    };
    let value = value.to_string();
    let percent = number.sense == Sense::Percent;
    other.match_indices(&value).any(|(at, _)| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let (before, behind) = (
            other[..at].chars().next_back(),
            other[at + value.len()..].chars().next(),
        );
        let hyphen = before == Some('-') && letter(other[..at - 1].chars().next_back());
        let signed = !percent || matches!(behind, Some('%' | '％'));
        signed && !digit(before) && !digit(behind) && (letter(before) || letter(behind) || hyphen)
    })
}

impl Comparison {
    fn zh_values(&self) -> Vec<Ratio> {
        self.same.iter().map(|same| same.zh.value).collect()
    }

    fn en_values(&self) -> Vec<Ratio> {
        self.same.iter().map(|same| same.en.value).collect()
    }

    /// Parts what is left into pairs that differ and numbers that stand alone. A pair must be of one kind; the nearer
    /// in value and in place come together first.
    fn part(&mut self, sides: &Sides, mut zh: Vec<Number>, mut en: Vec<Number>) {
        let place = |span: Span, text: &str| span.start() as f64 / text.len().max(1) as f64;
        while !zh.is_empty() && !en.is_empty() {
            let distance = |i: usize, j: usize| {
                let (left, right): (&Number, &Number) = (&zh[i], &en[j]);
                let ratio = (to_f64(left.value).max(1e-6) / to_f64(right.value).max(1e-6))
                    .log10()
                    .abs();
                let apart = (place(left.span, sides.zh_text) - place(right.span, sides.en_text)).abs();
                let strange = if kind(left) == kind(right) { 0.0 } else { 4.0 };
                ratio.min(4.0) + 3.0 * apart + strange
            };
            let all = (0..zh.len()).flat_map(|i| (0..en.len()).map(move |j| (i, j)));
            let best = all
                .map(|(i, j)| (distance(i, j), i, j))
                .min_by(|a, b| a.0.total_cmp(&b.0));
            let (far, i, j) = best.expect("both sides have numbers left");
            if far > 5.0 {
                break;
            }
            self.differ.push((zh.remove(i), en.remove(j)));
        }
        (self.zh_only, self.en_only) = (zh, en);
    }
}

/// Senses that are counted alike.
fn kind(number: &Number) -> u8 {
    match number.sense {
        Sense::Cardinal | Sense::Fraction => 0,
        Sense::Ordinal => 1,
        Sense::Percent | Sense::Point => 2,
        Sense::Multiple => 3,
    }
}

/// Whether a number is written so that it must be meant: in digits, or greater than what words play with.
pub(crate) fn is_plain(number: &Number, text: &str) -> bool {
    let written = number.span.of(text);
    let digits = written.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    digits
        || number.value > Ratio::whole(12)
            && number.value != Ratio::whole(100)
            && number.value != Ratio::whole(1000)
            && number.value != Ratio::whole(10_000)
        || matches!(number.sense, Sense::Percent | Sense::Point)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::values;

    fn compared(zh: &str, en: &str) -> (usize, usize, usize, usize) {
        let (zh_values, en_values) = (values(zh, Side::Zh), values(en, Side::En));
        let sides = Sides {
            zh_text: zh,
            en_text: en,
            zh: &zh_values,
            en: &en_values,
        };
        let found = compare(&sides);
        (
            found.same.len(),
            found.differ.len(),
            found.zh_only.len(),
            found.en_only.len(),
        )
    }

    #[test]
    fn equal_values_meet_whatever_they_are_written_as() {
        assert_eq!(compared("4300万人", "43 million people"), (1, 0, 0, 0));
        assert_eq!(compared("增长三成", "grew 30 percent"), (1, 0, 0, 0));
        assert_eq!(compared("15亩地", "one hectare, or 1 hectare"), (1, 0, 0, 0));
        assert_eq!(compared("三十年", "three decades"), (1, 0, 0, 0));
        assert_eq!(compared("12345人", "about 12,000 people"), (1, 0, 0, 0));
    }

    #[test]
    fn what_differs_comes_in_pairs_and_what_is_missing_alone() {
        assert_eq!(compared("4300万人", "48 million people"), (0, 1, 0, 0));
        assert_eq!(compared("3.4亿", "34 million"), (0, 1, 0, 0));
        assert_eq!(compared("来了35人", "people came"), (0, 0, 1, 0));
        assert_eq!(compared("来了人", "35 people came"), (0, 0, 0, 1));
    }

    #[test]
    fn numbers_said_in_words_are_not_missing() {
        assert_eq!(compared("两国关系", "bilateral ties"), (0, 0, 0, 0));
        assert_eq!(compared("新冠疫情", "COVID-19"), (0, 0, 0, 0));
    }
}
