//! A Chinese numeral, in digits, characters or both, into its value: 4300万, 三千五百万, 1.2亿, 一万二, 二〇一八.

use crate::value::digits;
use crate::value::number::Bound;
use crate::value::ratio::Ratio;

/// A numeral by itself; whether it is meant as a number is for others to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeral {
    /// The byte behind it.
    pub end: usize,
    /// None where the characters make no number (十三五, 千百) or one too large.
    pub value: Option<Ratio>,
    /// The upper number of 三四十, and the byte its character begins at.
    pub upper: Option<(usize, Ratio)>,
    pub form: Form,
    /// What 几, 数, 多 and 余 inside it say.
    pub bound: Bound,
    /// The value before its last magnitude: 4300 in 4300万.
    pub coefficient: Option<Ratio>,
    /// How many digits, if it is a string of them: 2018, 二〇一八.
    pub plain: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// It begins with digits 0-9.
    Arabic,
    /// One character, or two that stand for "three or four": 三, 十, 三四.
    Single,
    /// 百, 千, 万, 亿 with nothing before them: 百万, 千.
    Bare,
    /// Anything longer: 三十, 一百零八, 二〇一八.
    Long,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glyph {
    Digit(u8),
    Zero,
    /// Ten, a hundred, a thousand.
    Unit(u128),
    /// 万 and its powers.
    Big(u128),
    /// Digits 0-9, or characters with 点 between them.
    Value(Ratio),
}

/// No quantity needs more characters; a longer run that is no string of digits has no value.
const LONGEST: usize = 40;

/// Reads the numeral that begins at `at`, to its last character.
pub(super) fn read(text: &str, at: usize) -> Option<Numeral> {
    let mut reader = Reader::new(text, at);
    reader.begin();
    while reader.step() {}
    reader.finish()
}

/// Whether a character can stand in a numeral written in characters.
pub(super) fn is_numeral(c: char) -> bool {
    glyph(c).is_some()
}

fn glyph(c: char) -> Option<Glyph> {
    Some(match c {
        '〇' | '零' | '○' => Glyph::Zero,
        '一' | '壹' => Glyph::Digit(1),
        '二' | '两' | '兩' | '贰' | '貳' => Glyph::Digit(2),
        '三' | '叁' | '叄' => Glyph::Digit(3),
        '四' | '肆' => Glyph::Digit(4),
        '五' | '伍' => Glyph::Digit(5),
        '六' | '陆' | '陸' => Glyph::Digit(6),
        '七' | '柒' => Glyph::Digit(7),
        '八' | '捌' => Glyph::Digit(8),
        '九' | '玖' => Glyph::Digit(9),
        '十' | '拾' => Glyph::Unit(10),
        '百' | '佰' => Glyph::Unit(100),
        '千' | '仟' => Glyph::Unit(1000),
        '万' | '萬' => Glyph::Big(10_000),
        '亿' | '億' => Glyph::Big(100_000_000),
        '兆' => Glyph::Big(1_000_000_000_000),
        _ => return None,
    })
}

/// The characters of cheques: as words of the language they are surnames, land and picking up.
fn is_financial(c: char) -> bool {
    "壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟".contains(c)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    glyphs: Vec<(usize, Glyph)>,
    bound: Bound,
    plain: Option<usize>,
    /// Digits 0-9 with more of them than a value has.
    too_long: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        Reader {
            text,
            at,
            end: at,
            glyphs: Vec::new(),
            bound: Bound::Exact,
            plain: None,
            too_long: false,
        }
    }

    fn next(&self) -> Option<char> {
        self.text[self.end..].chars().next()
    }

    fn after(&self, c: char) -> &'a str {
        &self.text[self.end + c.len_utf8()..]
    }

    fn take(&mut self, c: char, glyph: Glyph) {
        match (self.glyphs.last_mut(), glyph) {
            // 万亿 is one magnitude: 一万亿五千亿 has 1.5 of them.
            (Some((_, last @ Glyph::Big(10_000))), Glyph::Big(100_000_000)) => {
                *last = Glyph::Big(1_000_000_000_000)
            }
            _ => self.glyphs.push((self.end, glyph)),
        }
        self.end += c.len_utf8();
    }

    /// 几 and 数 stand for a digit at the head: 数百, 几十万.
    fn begin(&mut self) {
        if let Some(c @ ('几' | '幾' | '数' | '數')) = self.next()
            && matches!(next_glyph(self.after(c)), Some(Glyph::Unit(_) | Glyph::Big(_)))
        {
            self.bound = Bound::Several;
            self.take(c, Glyph::Value(Ratio::ONE));
        }
    }

    /// Takes in one more part of the numeral, if there is one.
    fn step(&mut self) -> bool {
        let Some(c) = self.next() else { return false };
        if digits::digit(c).is_some() {
            return self.digits();
        }
        match glyph(c) {
            Some(Glyph::Big(_)) if c == '兆' && !self.is_trillion() => false,
            Some(glyph) => {
                self.take(c, glyph);
                true
            }
            None => match c {
                '点' | '點' => self.decimals(c),
                ' ' => self.spaced_magnitude(),
                '个' | '個' => self.counted_magnitude(c),
                '多' | '余' | '餘' | '来' | '來' | '几' | '幾' => self.and_some(c),
                _ => false,
            },
        }
    }

    fn digits(&mut self) -> bool {
        if !matches!(
            self.glyphs.last(),
            None | Some((_, Glyph::Unit(_) | Glyph::Big(_)))
        ) {
            return false;
        }
        let Some(digits) = digits::read(self.text, self.end) else {
            return false;
        };
        self.plain = digits.plain;
        // Only one digit can be short for a magnitude: 1万2 is 12,000, 1万0002 is not.
        if !self.glyphs.is_empty() && digits.plain != Some(1) {
            self.glyphs.push((self.end, Glyph::Zero));
        }
        self.too_long |= digits.value.is_none();
        let value = digits.value.unwrap_or(Ratio::whole(0));
        self.glyphs.push((self.end, Glyph::Value(value)));
        self.end = digits.end;
        true
    }

    /// 兆 is also the mega- of units (兆瓦) and a word of its own (征兆).
    fn is_trillion(&self) -> bool {
        !self.glyphs.is_empty()
            && !self
                .after('兆')
                .starts_with(['瓦', '赫', '字', '比', '帕', '欧', '歐', '位'])
    }

    /// 三点五; but not the 点 of the clock (三点五分, 三点十分).
    fn decimals(&mut self, point: char) -> bool {
        if self.glyphs.is_empty()
            || self
                .glyphs
                .iter()
                .any(|(_, glyph)| matches!(glyph, Glyph::Value(_)))
        {
            return false;
        }
        let rest = self.after(point);
        let length: usize = rest
            .chars()
            .take_while(|&c| single_digit(c).is_some())
            .map(char::len_utf8)
            .sum();
        let behind = &rest[length..];
        let clock =
            behind.starts_with('分') || behind.starts_with(['十', '百', '刻', '线', '線', '点', '點']);
        if length == 0 || length > LONGEST || clock {
            return false;
        }
        let fraction = rest[..length]
            .chars()
            .filter_map(single_digit)
            .fold((0u128, 1u128), |(over, under), digit| {
                (over * 10 + u128::from(digit), under * 10)
            });
        let glyphs: Vec<Glyph> = self.glyphs.iter().map(|&(_, glyph)| glyph).collect();
        let value = worth(&glyphs).and_then(|whole| whole.plus(Ratio::new(fraction.0, fraction.1)?));
        self.too_long |= value.is_none();
        self.glyphs = vec![(self.at, Glyph::Value(value.unwrap_or(Ratio::whole(0))))];
        self.end += point.len_utf8() + length;
        true
    }

    /// `3 亿`, as the typography of manuals has it.
    fn spaced_magnitude(&mut self) -> bool {
        let digits = matches!(self.glyphs[..], [(_, Glyph::Value(_))]);
        let magnitude = matches!(next_glyph(self.after(' ')), Some(Glyph::Big(_)));
        if digits && magnitude {
            self.end += 1;
        }
        digits && magnitude
    }

    /// 4个亿, as one says it.
    fn counted_magnitude(&mut self, c: char) -> bool {
        let rest = self.after(c);
        let counted = !self.glyphs.is_empty() && rest.starts_with(['亿', '億']);
        if counted {
            self.end += c.len_utf8();
        }
        counted
    }

    /// 40多万, 十几亿, 二十来万.
    fn and_some(&mut self, c: char) -> bool {
        let rest = self.after(c);
        let round = matches!(self.glyphs.last(), Some((_, Glyph::Unit(_) | Glyph::Value(_))));
        let inside = round && matches!(next_glyph(rest), Some(Glyph::Big(_)));
        let last = matches!(self.glyphs.last(), Some((_, Glyph::Unit(10)))) && (c == '几' || c == '幾');
        if inside || last {
            self.bound = if c == '来' || c == '來' {
                Bound::About
            } else {
                Bound::More
            };
            self.end += c.len_utf8();
        }
        inside || last
    }

    fn finish(self) -> Option<Numeral> {
        let (_, first) = *self.glyphs.first()?;
        let glyphs: Vec<Glyph> = self.glyphs.iter().map(|&(_, glyph)| glyph).collect();
        let string = glyphs
            .iter()
            .all(|glyph| matches!(glyph, Glyph::Digit(_) | Glyph::Zero));
        let pair = self.pair();
        let (value, upper) = match pair {
            _ if self.too_long || glyphs.len() > LONGEST => (None, None),
            Some((place, at)) => (
                worth(&without(&glyphs, place + 1)),
                worth(&without(&glyphs, place)).map(|v| (at, v)),
            ),
            None if string => (digit_string(&glyphs), None),
            None => (worth(&glyphs), None),
        };
        let form = match (first, glyphs.len()) {
            _ if self.text[self.at..].starts_with(|c| digits::digit(c).is_some()) => Form::Arabic,
            (Glyph::Big(_) | Glyph::Unit(100 | 1000), _) => Form::Bare,
            (_, 1) if self.bound == Bound::Exact && !matches!(first, Glyph::Value(_)) => Form::Single,
            (_, 2) if string => Form::Single,
            _ => Form::Long,
        };
        Some(Numeral {
            end: self.end,
            value: value.filter(|_| self.is_spelled_as_one()),
            upper,
            form,
            bound: if pair.is_some() { Bound::About } else { self.bound },
            coefficient: coefficient(&glyphs),
            plain: if string {
                Some(glyphs.len())
            } else {
                self.plain.filter(|_| glyphs.len() == 1)
            },
        })
    }

    /// Two digits side by side that mean "one or the other": the first's index, and the byte of the second.
    fn pair(&self) -> Option<(usize, usize)> {
        let digit = |place: usize| match self.glyphs[place].1 {
            Glyph::Digit(digit) => Some(digit),
            _ => None,
        };
        if self.glyphs.len() > LONGEST {
            return None;
        }
        let place = (1..self.glyphs.len()).find(|&i| digit(i - 1).is_some() && digit(i).is_some())? - 1;
        let (low, high) = (digit(place)?, digit(place + 1)?);
        let near = high == low + 1 || place == 0 && (low, high) == (3, 5);
        // A longer string of digits is a year or a number plate.
        let alone = self.glyphs.len() == 2
            || self
                .glyphs
                .iter()
                .any(|(_, g)| matches!(g, Glyph::Unit(_) | Glyph::Big(_)));
        (near && alone).then(|| (place, self.glyphs[place + 1].0))
    }

    /// The characters of cheques count only among themselves: 伍佰, not the 陆 of 大陆.
    fn is_spelled_as_one(&self) -> bool {
        let written = &self.text[self.at..self.end];
        let mut financial = written.chars().filter(|&c| is_financial(c)).peekable();
        financial.peek().is_none() || financial.any(|c| "拾佰仟".contains(c))
    }
}

fn next_glyph(rest: &str) -> Option<Glyph> {
    rest.chars().next().and_then(glyph)
}

fn single_digit(c: char) -> Option<u8> {
    match glyph(c)? {
        Glyph::Digit(digit) => Some(digit),
        Glyph::Zero => Some(0),
        _ => None,
    }
}

fn without(glyphs: &[Glyph], place: usize) -> Vec<Glyph> {
    let mut rest = glyphs.to_vec();
    rest.remove(place);
    rest
}

/// 二〇一八. Two or three digits in a row are names (五四, 九一一) unless a zero is among them.
fn digit_string(glyphs: &[Glyph]) -> Option<Ratio> {
    let zero = glyphs.contains(&Glyph::Zero);
    if glyphs.len() > 1 && glyphs.len() < 4 && !zero || glyphs.len() > 24 {
        return None;
    }
    let value = glyphs.iter().fold(0, |value: u128, glyph| match glyph {
        Glyph::Digit(digit) => value * 10 + u128::from(*digit),
        _ => value * 10,
    });
    Some(Ratio::whole(value))
}

/// The value of a numeral, read around its greatest magnitude: what is left of it multiplies, what is right is added.
fn worth(glyphs: &[Glyph]) -> Option<Ratio> {
    let big = |glyph: &Glyph| match glyph {
        Glyph::Big(big) => Some(*big),
        _ => None,
    };
    let Some(greatest) = glyphs.iter().filter_map(big).max() else {
        return section(glyphs);
    };
    let place = glyphs.iter().rposition(|glyph| big(glyph) == Some(greatest))?;
    let left = match &glyphs[..place] {
        [] => Ratio::ONE,
        left => worth(left)?,
    };
    let product = left.times(Ratio::whole(greatest))?;
    let right = match &glyphs[place + 1..] {
        [] => return Some(product),
        [last] => short_for(*last, greatest)?,
        right => worth(right)?,
    };
    (right < Ratio::whole(greatest))
        .then(|| product.plus(right))
        .flatten()
}

/// A numeral below 万.
fn section(glyphs: &[Glyph]) -> Option<Ratio> {
    let mut total = Ratio::whole(0);
    let mut waiting: Option<(Glyph, Ratio)> = None;
    let mut unit = u128::MAX;
    let mut zero = false;
    for &glyph in glyphs {
        match glyph {
            Glyph::Digit(_) | Glyph::Value(_) if waiting.is_some() => return None,
            Glyph::Digit(digit) => waiting = Some((glyph, Ratio::whole(digit.into()))),
            Glyph::Value(value) => waiting = Some((glyph, value)),
            Glyph::Zero if waiting.is_some() => return None,
            Glyph::Zero => zero = true,
            Glyph::Unit(next) if next >= unit => return None,
            // Only 十 goes without a digit before it inside a numeral: 一百十, not 千百.
            Glyph::Unit(next) if unit < u128::MAX && waiting.is_none() && next != 10 => return None,
            Glyph::Unit(next) => {
                let times = waiting.take().map_or(Ratio::ONE, |(_, value)| value);
                total = total.plus(times.times(Ratio::whole(next))?)?;
                (unit, zero) = (next, false);
            }
            Glyph::Big(_) => return None,
        }
    }
    match waiting {
        None => Some(total),
        Some((last, _)) if unit < u128::MAX && !zero => total.plus(short_for(last, unit)?),
        Some((_, value)) => total.plus(value),
    }
}

/// What a last digit stands for: the next magnitude down after 百 and above (一百二, 一万二), itself after 十.
fn short_for(last: Glyph, unit: u128) -> Option<Ratio> {
    let value = match last {
        Glyph::Digit(digit) => Ratio::whole(digit.into()),
        Glyph::Value(value) => value,
        Glyph::Unit(unit) => Ratio::whole(unit),
        Glyph::Zero | Glyph::Big(_) => return None,
    };
    let short = unit >= 100 && value < Ratio::whole(10) && !matches!(last, Glyph::Unit(_));
    if short {
        value.times(Ratio::whole(unit / 10))
    } else {
        Some(value)
    }
}

/// The value without the magnitudes at its end.
fn coefficient(glyphs: &[Glyph]) -> Option<Ratio> {
    let bigs = glyphs
        .iter()
        .rev()
        .take_while(|glyph| matches!(glyph, Glyph::Big(_)))
        .count();
    match &glyphs[..glyphs.len() - bigs] {
        [] => None,
        rest if rest.len() > LONGEST => None,
        rest => worth(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<u128> {
        let numeral = read(text, 0)?;
        assert_eq!(numeral.end, text.len(), "{text} is not read to its end");
        numeral.value?.to_whole()
    }

    #[test]
    fn the_short_forms_leave_out_the_last_magnitude() {
        assert_eq!(value("一千二"), Some(1200));
        assert_eq!(value("一万二"), Some(12_000));
        assert_eq!(value("一百二"), Some(120));
        assert_eq!(value("两千零五"), Some(2005));
        assert_eq!(value("十二"), Some(12));
        assert_eq!(value("三点五亿"), Some(350_000_000));
    }

    #[test]
    fn magnitudes_multiply_and_add() {
        assert_eq!(value("三千五百万"), Some(35_000_000));
        assert_eq!(value("两亿三千万零五"), Some(230_000_005));
        assert_eq!(value("1.2万亿"), Some(1_200_000_000_000));
        assert_eq!(value("伍仟陆佰萬"), Some(56_000_000));
        assert_eq!(value("2亿3000万"), Some(230_000_000));
    }

    #[test]
    fn what_makes_no_number_has_no_value() {
        for text in ["十三五", "千百", "五四", "二百百", "九一一"] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(value(&"9".repeat(400)), None);
        assert_eq!(value(&"万".repeat(400)), None);
    }
}
