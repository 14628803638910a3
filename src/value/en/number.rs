//! English numbers in digits, words or both: their values, senses and bounds.

use super::token::{Kind, Word};
use super::{Reader, whole};
use crate::span::Span;
use crate::value::date::{Date, Part};
use crate::value::number::{Bound, Number, Sense, share};
use crate::value::ratio::Ratio;

const ABOUT: &[&[&str]] = &[
    &["about"],
    &["around"],
    &["approximately"],
    &["roughly"],
    &["some"],
    &["nearly"],
    &["almost"],
    &["close", "to"],
    &["approaching"],
    &["estimated"],
    &["an", "estimated"],
    &["circa"],
    &["virtually"],
];
const MORE: &[&[&str]] = &[
    &["more", "than"],
    &["over"],
    &["at", "least"],
    &["above"],
    &["exceeding"],
    &["exceed"],
    &["exceeds"],
    &["exceeded"],
    &["upwards", "of"],
    &["no", "less", "than"],
    &["not", "less", "than"],
    &["no", "fewer", "than"],
    &["excess", "of"],
    &["greater", "than"],
    &["higher", "than"],
    &["minimum", "of"],
    &["surpassed"],
    &["surpassing"],
    &["topped"],
];
const LESS: &[&[&str]] = &[
    &["less", "than"],
    &["fewer", "than"],
    &["under"],
    &["below"],
    &["up", "to"],
    &["at", "most"],
    &["no", "more", "than"],
    &["not", "more", "than"],
    &["as", "many", "as"],
    &["lower", "than"],
    &["maximum", "of"],
    &["within"],
];
/// Names that are followed by a number in Roman letters.
const BEFORE_ROMAN: &[&str] = &[
    "war", "part", "chapter", "act", "volume", "section", "article", "phase", "title", "book", "annex",
    "table",
];
/// "first" and "second" that are no ordinal numbers.
const AFTER_FIRST: &[&str] = &["lady", "aid", "of", "and", "name", "hand", "class"];

/// A numeral that has been read: up to which token, its value, and the value before its last magnitude.
struct Numeral {
    end: usize,
    value: Ratio,
    coefficient: Ratio,
    sense: Sense,
    bound: Bound,
}

impl Reader<'_> {
    pub(super) fn number(&mut self, i: usize) -> Option<usize> {
        if let Some(end) = self.decade(i) {
            return Some(end);
        }
        let Some(numeral) = self.numeral(i) else {
            // A number too long for a value is passed over as a whole.
            return matches!(self.kind(i), Some(Kind::Digits { .. })).then_some(i + 1);
        };
        let numeral = self.and_a_half(numeral);
        let numeral = self.signed(i, numeral)?;
        let bound = match self.bound(i, numeral.end) {
            Bound::Exact => numeral.bound,
            said => said,
        };
        let lone_one = self.says(i, &["one"]) && numeral.end == i + 1 && numeral.sense == Sense::Cardinal;
        if lone_one {
            return Some(i + 1);
        }
        let range = self.ends_range(i);
        self.values.numbers.push(Number {
            span: Span::new(self.tokens[i].start, self.tokens[numeral.end - 1].end),
            value: numeral.value,
            sense: numeral.sense,
            bound,
        });
        if let (true, [.., low, high]) = (range, &mut self.values.numbers[..]) {
            share(low, high, numeral.coefficient);
        }
        Some(numeral.end)
    }

    /// What begins at token `i`, without the percent and the like behind it.
    fn numeral(&self, i: usize) -> Option<Numeral> {
        let plain = |end: usize, value: Ratio, sense: Sense| {
            Some(Numeral {
                end,
                value,
                coefficient: value,
                sense,
                bound: Bound::Exact,
            })
        };
        match self.kind(i)? {
            Kind::Digits { value, .. } => self.in_digits(i, value?),
            Kind::Mark(_) => None,
            Kind::Word(word) => match word {
                Word::Small(1) if self.says(i + 1, &["in"]) => {
                    let whole = self.in_words(i + 2).filter(|whole| whole.value > Ratio::ONE);
                    match whole {
                        Some(whole) => plain(whole.end, Ratio::ONE.divided_by(whole.value)?, Sense::Fraction),
                        None => self.in_words(i),
                    }
                }
                Word::Fold(times) | Word::Times(times) => {
                    let compound = self.past_hyphen(i + 1) > i + 1;
                    (!compound)
                        .then(|| plain(i + 1, whole(times), Sense::Multiple))
                        .flatten()
                }
                Word::Half => self.half(i),
                Word::Quarter | Word::Ordinal(_) if self.is_a_part(i) => {
                    let parts = if let Word::Ordinal(parts) = word { parts } else { 4 };
                    plain(i + 1, Ratio::new(1, parts.into())?, Sense::Fraction)
                }
                Word::Ordinal(_) => {
                    let (value, end) = self.ordinal_in_words(i)?;
                    plain(end, whole(value), Sense::Ordinal)
                }
                Word::Plural(unit) => self.several(i, unit),
                Word::Few => self.several_of(i),
                Word::Decade(tens)
                    if self.before(
                        i,
                        &["his", "her", "their", "my", "your", "early", "mid", "late", "-"],
                    ) =>
                {
                    Some(Numeral {
                        end: i + 1,
                        value: whole(tens),
                        coefficient: whole(tens),
                        sense: Sense::Cardinal,
                        bound: Bound::More,
                    })
                }
                Word::Small(_) | Word::Tens(_) | Word::A | Word::Dozen => self.in_words(i),
                _ => None,
            },
        }
    }

    /// 43 million, $5bn, 19th, 1.2 billion.
    fn in_digits(&self, i: usize, value: Ratio) -> Option<Numeral> {
        let mut numeral = Numeral {
            end: i + 1,
            value,
            coefficient: value,
            sense: Sense::Cardinal,
            bound: Bound::Exact,
        };
        if self.joined(i + 1) {
            if self.is_one_of(i + 1, &["st", "nd", "rd", "th"]) {
                (numeral.end, numeral.sense) = (i + 2, Sense::Ordinal);
                return Some(numeral);
            }
            if let Some(times) = self.suffix(i) {
                (numeral.end, numeral.value) = (i + 2, value.times(whole(times))?);
                return Some(numeral);
            }
        }
        loop {
            let next = self.past_hyphen(numeral.end);
            let times = match self.word(next) {
                Some(Word::Hundred) => 100,
                Some(Word::Big(big)) => big,
                Some(Word::Dozen) => 12,
                _ => return Some(numeral),
            };
            numeral.value = numeral.value.times(whole(times))?;
            numeral.end = next + 1;
        }
    }

    /// The letter of $5k, £43m and 2bn. Without a currency m is metres, so it counts only with one.
    fn suffix(&self, i: usize) -> Option<u128> {
        let money = i > 0 && self.mark(i - 1, "$£€¥￥");
        Some(match self.written(i + 1) {
            "k" | "K" if money => 1000,
            "m" | "M" if money => 1_000_000,
            "b" | "B" if money => 1_000_000_000,
            "t" | "T" if money => 1_000_000_000_000,
            _ => return None,
        })
    }

    /// forty-three million, a hundred and five, two dozen, two-thirds.
    fn in_words(&self, i: usize) -> Option<Numeral> {
        let mut words = Words::default();
        let mut end = i;
        let mut next = i;
        if self.word(i) == Some(Word::A) {
            if !matches!(self.word(i + 1), Some(Word::Hundred | Word::Big(_) | Word::Dozen)) {
                return None;
            }
            next = i + 1;
        }
        while let Some(word) = self.word(next) {
            if word == Word::Quarter && words.value() == Some(Ratio::ONE) {
                return self.parts(i, end, next, word, 4, &words);
            }
            if let (Word::Parts(parts) | Word::Ordinal(parts), true) = (word, end > i) {
                return self.parts(i, end, next, word, parts, &words);
            }
            let Some(()) = words.take(word) else { break };
            end = next + 1;
            next = self.past_hyphen(end);
            if self.word(next) == Some(Word::And) && words.takes_and {
                // "a hundred and five", but "two hundred and the rest".
                let small = matches!(self.word(next + 1), Some(Word::Small(_) | Word::Tens(_)));
                if small { next += 1 } else { break }
            }
        }
        if end == i {
            return None;
        }
        Some(Numeral {
            end,
            value: words.value()?,
            coefficient: words.coefficient()?,
            sense: Sense::Cardinal,
            bound: Bound::Exact,
        })
    }

    /// What a numeral in words (tokens `i..end`) counts when a fraction or an ordinal stands at `next`.
    fn parts(
        &self,
        i: usize,
        end: usize,
        next: usize,
        word: Word,
        parts: u8,
        words: &Words,
    ) -> Option<Numeral> {
        let value = words.value()?;
        let (end, value, sense) = match word {
            Word::Parts(_) => (next + 1, value.divided_by(whole(parts))?, Sense::Fraction),
            _ if value == Ratio::ONE => (next + 1, Ratio::new(1, parts.into())?, Sense::Fraction),
            _ => match self.ordinal_in_words(i) {
                Some((ordinal, end)) => (end, whole(ordinal), Sense::Ordinal),
                None => (end, value, Sense::Cardinal),
            },
        };
        Some(Numeral {
            end,
            value,
            coefficient: value,
            sense,
            bound: Bound::Exact,
        })
    }

    /// first, twenty-first, one hundredth: the value, and the place behind.
    pub(super) fn ordinal_in_words(&self, i: usize) -> Option<(u128, usize)> {
        let one = |i: usize| match self.word(i) {
            Some(Word::Ordinal(value)) => Some(value),
            _ => None,
        };
        if let Some(Word::Tens(tens)) = self.word(i) {
            let next = self.past_hyphen(i + 1);
            let unit = one(next).filter(|&unit| unit < 10)?;
            return Some((u128::from(tens + unit), next + 1));
        }
        let value = one(i)?;
        let no_ordinal = match value {
            1 => {
                // An adverb (they came first), or the head of a count (the first three), which Chinese has no 第一 for.
                let counts = matches!(
                    self.word(i + 1),
                    Some(Word::Small(_) | Word::Tens(_) | Word::Half)
                ) || self.plain(i + 1).is_some();
                let ends = matches!(self.kind(i + 1), Some(Kind::Mark(mark)) if mark != '-' && mark != '‑');
                let named = self.is_one_of(i + 1, AFTER_FIRST) && !self.before(i, &["the"]);
                self.before(i, &["at"]) || counts || ends || named
            }
            2 if self.word(i + 1) == Some(Word::Half) => true,
            2 => {
                self.before(i, &["per", "a", "split", "every"])
                    || i > 0 && self.mark(i - 1, "-/")
                    || i > 0 && self.plain(i - 1).is_some()
            }
            _ => false,
        };
        (!no_ordinal).then_some((value.into(), i + 1))
    }

    /// "a third of", "one quarter": whether the word at `i` is a part of a whole.
    fn is_a_part(&self, i: usize) -> bool {
        self.before(i, &["a", "an"]) && self.says(i + 1, &["of"])
    }

    /// half a million, half an hour, half of it; the first half is a part of a match, not a number.
    fn half(&self, i: usize) -> Option<Numeral> {
        // half-price, half-time
        if self.past_hyphen(i + 1) > i + 1 {
            return None;
        }
        let mut numeral = Numeral {
            end: i + 1,
            value: Ratio::HALF,
            coefficient: Ratio::HALF,
            sense: Sense::Fraction,
            bound: Bound::Exact,
        };
        if matches!(
            i.checked_sub(1).and_then(|i| self.word(i)),
            Some(Word::Ordinal(_))
        ) || self.before(i, &["other", "and"])
        {
            return None;
        }
        let times = match (self.word(i + 1), self.word(i + 2)) {
            (Some(Word::A), Some(Word::Big(big))) => big,
            (Some(Word::A), Some(Word::Dozen)) => 12,
            _ => return Some(numeral),
        };
        (numeral.end, numeral.value, numeral.sense) =
            (i + 3, Ratio::HALF.times(whole(times))?, Sense::Cardinal);
        Some(numeral)
    }

    /// hundreds; tens of thousands.
    fn several(&self, i: usize, unit: u128) -> Option<Numeral> {
        let (mut end, mut value) = (i + 1, unit);
        while let (true, Some(Word::Plural(next))) = (self.says(end, &["of"]), self.word(end + 1)) {
            value = value.checked_mul(next)?;
            end += 2;
        }
        Some(Numeral {
            end,
            value: whole(value),
            coefficient: whole(value),
            sense: Sense::Cardinal,
            bound: Bound::Several,
        })
    }

    /// several hundred; a few hundred thousand.
    fn several_of(&self, i: usize) -> Option<Numeral> {
        let (mut end, mut value) = (i + 1, 1_u128);
        loop {
            let unit = match self.word(end) {
                Some(Word::Hundred) => 100,
                Some(Word::Dozen) => 10,
                Some(Word::Big(unit)) => unit,
                _ => break,
            };
            value = value.checked_mul(unit)?;
            end += 1;
        }
        (value > 1).then(|| Numeral {
            end,
            value: whole(value),
            coefficient: whole(value),
            sense: Sense::Cardinal,
            bound: Bound::Several,
        })
    }

    /// two and a half (million).
    fn and_a_half(&self, numeral: Numeral) -> Numeral {
        let at = numeral.end;
        let half = self.word(at) == Some(Word::And)
            && self.word(at + 1) == Some(Word::A)
            && self.word(at + 2) == Some(Word::Half);
        if !half || numeral.sense != Sense::Cardinal {
            return numeral;
        }
        let magnitude = numeral.value.divided_by(numeral.coefficient);
        let (end, times) = match self.word(at + 3) {
            Some(Word::Big(big)) => (at + 4, whole(big)),
            _ => (at + 3, Ratio::ONE),
        };
        let more = magnitude
            .and_then(|magnitude| numeral.value.plus(Ratio::HALF.times(magnitude)?))
            .and_then(|value| value.times(times));
        match more {
            Some(value) => Numeral {
                end,
                value,
                ..numeral
            },
            None => numeral,
        }
    }

    /// Takes in percent, percentage points, -fold and times behind a numeral. None if the value leaves all bounds.
    fn signed(&self, i: usize, numeral: Numeral) -> Option<Numeral> {
        if numeral.sense != Sense::Cardinal {
            return Some(numeral);
        }
        let at = self.past_hyphen(numeral.end);
        let (end, factor, sense) = if self.mark(at, "%％") || self.is_one_of(at, &["percent", "pct"]) {
            (at + 1, Ratio::new(1, 100)?, Sense::Percent)
        } else if self.says(at, &["per", "cent"]) {
            (at + 2, Ratio::new(1, 100)?, Sense::Percent)
        } else if self.says(at, &["percentage"]) && self.is_one_of(at + 1, &["point", "points"]) {
            (at + 2, Ratio::new(1, 100)?, Sense::Point)
        } else if self.mark(at, "‰") {
            (at + 1, Ratio::new(1, 1000)?, Sense::Percent)
        } else if self.says(at, &["per", "thousand"]) || self.says(at, &["per", "mille"]) {
            (at + 2, Ratio::new(1, 1000)?, Sense::Percent)
        } else if self.is_one_of(at, &["fold"]) {
            (at + 1, Ratio::ONE, Sense::Multiple)
        } else if self.says(at, &["times"])
            && self.is_one_of(
                at + 1,
                &["as", "more", "the", "higher", "larger", "greater", "that"],
            )
        {
            (numeral.end, Ratio::ONE, Sense::Multiple)
        } else if self.is_one_of(at, &["century"]) && !self.says(i, &["one"]) && at > numeral.end {
            (numeral.end, Ratio::ONE, Sense::Ordinal)
        } else {
            return Some(numeral);
        };
        let point = sense == Sense::Percent && self.is_one_of(end, &["point", "points"]);
        Some(Numeral {
            end: end + usize::from(point),
            value: numeral.value.times(factor)?,
            sense: if point { Sense::Point } else { sense },
            ..numeral
        })
    }

    /// the '90s, her mid-20s: a decade, or an age.
    fn decade(&mut self, i: usize) -> Option<usize> {
        let (tens, _) = self
            .plain(i)
            .filter(|(value, length)| *length == 2 && value % 10 == 0 && *value >= 20)?;
        if !(self.joined(i + 1) && self.written(i + 1) == "s") {
            return None;
        }
        let span = Span::new(self.tokens[i].start, self.tokens[i + 1].end);
        // her late 20s, her mid-20s: whose they are stands before the part.
        let mut owner = i;
        while owner > 0 && (self.mark(owner - 1, "-–'’‘") || self.before(owner, &["early", "mid", "late"]))
        {
            owner -= 1;
        }
        if !self.before(owner, &["his", "her", "their", "my", "your", "our"]) {
            let date = Date {
                year: i32::try_from(1900 + tens).ok(),
                ..Date::default()
            };
            self.push_date(span.start(), span.end(), date, None, Some(Part::Decade));
        } else {
            self.values.numbers.push(Number {
                span,
                value: whole(tens),
                sense: Sense::Cardinal,
                bound: Bound::More,
            });
        }
        Some(i + 2)
    }

    /// World War II, Chapter IV: a number in Roman letters after such a name.
    pub(super) fn roman(&mut self, i: usize) -> Option<usize> {
        let value = i
            .checked_sub(1)
            .filter(|&i| self.is_one_of(i, BEFORE_ROMAN))
            .and_then(|_| roman_value(self.written(i)))?;
        let capital = self.written(i - 1).starts_with(|c: char| c.is_ascii_uppercase());
        capital.then(|| {
            self.values.numbers.push(Number {
                span: Span::new(self.tokens[i].start, self.tokens[i].end),
                value: whole(value),
                sense: Sense::Ordinal,
                bound: Bound::Exact,
            });
            i + 1
        })
    }

    /// Whether the last number and a "to" or a dash stand right before token `i`.
    fn ends_range(&self, i: usize) -> bool {
        let Some(last) = self.values.numbers.last() else {
            return false;
        };
        let between = self.text[last.span.end()..self.tokens[i].start]
            .trim()
            .trim_end_matches(['$', '£', '€', '¥'])
            .trim_end();
        let between_and = between == "and" && {
            let before = self.text[..last.span.start()].trim_end_matches([' ', '$', '£', '€', '¥']);
            before.ends_with("between") || before.ends_with("Between")
        };
        between_and || ["-", "–", "—", "to", "‑"].contains(&between)
    }

    /// What the words around tokens `i..end` say of exactness.
    fn bound(&self, i: usize, end: usize) -> Bound {
        let mut i = i;
        while i > 0 && (self.mark(i - 1, "$£€¥￥") || self.is_one_of(i - 1, &["US", "RMB", "a"])) {
            i -= 1;
        }
        let before = |phrases: &[&[&str]]| {
            phrases
                .iter()
                .any(|words| i >= words.len() && self.says(i - words.len(), words))
        };
        match () {
            () if before(&[
                &["no", "less", "than"],
                &["not", "less", "than"],
                &["no", "fewer", "than"],
            ]) =>
            {
                Bound::More
            }
            () if before(LESS) => Bound::Less,
            () if before(MORE) => Bound::More,
            () if before(ABOUT) => Bound::About,
            () if self.mark(end, "+") && self.joined(end) => Bound::More,
            () if self.says(end, &["or", "more"]) || self.says(end, &["plus"]) => Bound::More,
            () if self.says(end, &["or", "less"]) || self.says(end, &["or", "fewer"]) => Bound::Less,
            () if self.says(end, &["or", "so"]) || self.says(end, &["odd"]) => Bound::About,
            () => Bound::Exact,
        }
    }
}

/// Numerals in words, added up from left to right.
#[derive(Default)]
struct Words {
    total: u128,
    group: u128,
    /// The last magnitude that multiplied, 1 where there was none.
    last_big: Option<u128>,
    /// What may come next is smaller than this.
    below: u128,
    begun: bool,
    takes_and: bool,
    before_magnitude: u128,
    too_large: bool,
}

impl Words {
    /// Adds a word, unless it cannot follow what was said: "two three" is two numbers.
    fn take(&mut self, word: Word) -> Option<()> {
        let below = if self.begun { self.below } else { u128::MAX };
        self.takes_and = false;
        match word {
            Word::Small(value) if u128::from(value) < below => {
                self.group += u128::from(value);
                self.below = 0;
            }
            Word::Tens(value) if u128::from(value) < below => {
                self.group += u128::from(value);
                self.below = 10;
            }
            Word::Hundred if self.group < 100 => {
                self.group = self.group.max(1) * 100;
                (self.below, self.takes_and) = (100, true);
            }
            Word::Dozen if self.group < 100 && self.total == 0 => {
                self.group = self.group.max(1) * 12;
                self.below = 0;
            }
            Word::Big(big) => {
                if self.last_big.is_some_and(|last| big >= last) && self.group > 0 {
                    return None;
                }
                self.multiply(big);
            }
            _ => return None,
        }
        self.begun = true;
        Some(())
    }

    fn multiply(&mut self, big: u128) {
        // "a thousand billion": a magnitude right behind another multiplies all there is.
        let (base, kept) = if self.group == 0 && self.begun {
            (self.total, 0)
        } else {
            (self.group.max(1), self.total)
        };
        self.before_magnitude = if kept == 0 { base } else { 0 };
        match base.checked_mul(big).and_then(|value| value.checked_add(kept)) {
            Some(total) => self.total = total,
            None => self.too_large = true,
        }
        (self.group, self.last_big) = (0, Some(big));
        (self.below, self.takes_and) = (1000, true);
    }

    fn value(&self) -> Option<Ratio> {
        (!self.too_large).then_some(())?;
        self.total.checked_add(self.group).map(Ratio::whole)
    }

    /// The value before the magnitude, if that is the last word; else the value.
    fn coefficient(&self) -> Option<Ratio> {
        if self.group == 0 && self.before_magnitude > 0 {
            Some(Ratio::whole(self.before_magnitude))
        } else {
            self.value()
        }
    }
}

/// I to XXXIX, as chapters and wars are numbered.
fn roman_value(written: &str) -> Option<u128> {
    let tens = written.bytes().take_while(|&b| b == b'X').count();
    let unit = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
        .iter()
        .position(|unit| written.get(tens..).is_some_and(|rest| rest == *unit))?;
    let value = u128::try_from(tens * 10 + unit).ok()?;
    (tens <= 3 && value > 0).then_some(value)
}
