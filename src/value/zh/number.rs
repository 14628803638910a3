//! Chinese numerals into numbers: which of them are meant as numbers, in what sense, and how exactly.

use super::numeral::{self, Form, Numeral};
use super::words::*;
use super::{Reader, behind};
use crate::span::Span;
use crate::value::digits;
use crate::value::number::{Bound, Number, Sense, share};
use crate::value::ratio::Ratio;

impl Reader<'_> {
    /// Words that begin like a numeral and are none: gives the byte behind them.
    pub(super) fn passed_over(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if let Some((word, value)) = NAMED_BY_NUMBER.iter().find(|(word, _)| rest.starts_with(word)) {
            let end = at + word.len();
            return Some(self.push(at, end, Ratio::whole(*value), Sense::Ordinal, Bound::Exact));
        }
        if rest.starts_with("一半") {
            return Some(self.push(at, at + "一半".len(), Ratio::HALF, Sense::Fraction, Bound::Exact));
        }
        if let Some(length) = opens(rest, VERY) {
            let counted = NOT_VERY.iter().any(|word| rest[length..].starts_with(word));
            return (!counted).then_some(at + length);
        }
        opens(rest, NO_NUMBERS).map(|length| at + length)
    }

    /// The number that a numeral is, if it is one.
    pub(super) fn number(&mut self, at: usize, numeral: &Numeral) -> Option<usize> {
        let value = numeral.value?;
        let rest = behind(self.text, numeral.end);
        let behind_at = |left: &str| self.text.len() - left.len();
        // 3分之后 is behind three points.
        if let Some(parts) = rest.strip_prefix("分之")
            && let Some(end) = self.fraction(at, value, behind_at(parts))
        {
            return Some(end);
        }
        if let Some((left, per)) = percent_sign(rest) {
            let end = behind_at(left);
            return self.push_scaled(at, end, numeral, per, Sense::Percent);
        }
        if let Some(left) = ["个百分点", "個百分點", "百分点", "百分點"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
        {
            let end = behind_at(left);
            return self.push_scaled(at, end, numeral, Ratio::new(1, 100)?, Sense::Point);
        }
        if rest.starts_with('成')
            && value < Ratio::whole(10)
            && !rest["成".len()..].starts_with(|c| NO_TENTHS.contains(c))
        {
            return self.tenths(at, behind_at(rest) + '成'.len_utf8(), numeral);
        }
        if let Some(length) = opens(rest, AND_A_HALF) {
            let end = behind_at(rest) + length;
            let bound = self.bound(at, end, numeral);
            return Some(self.push(at, end, value.plus(Ratio::HALF)?, Sense::Cardinal, bound));
        }
        let sense = match rest {
            _ if rest.starts_with('倍') => Sense::Multiple,
            _ if rest.starts_with("世纪") || rest.starts_with("世紀") => Sense::Ordinal,
            _ => Sense::Cardinal,
        };
        if sense == Sense::Multiple && value == Ratio::ONE && numeral.form == Form::Single {
            // What grows 一倍 doubles.
            let end = behind_at(rest) + '倍'.len_utf8();
            return Some(self.push(at, end, Ratio::whole(2), sense, Bound::Exact));
        }
        let meant = sense != Sense::Cardinal || self.is_meant(at, numeral, rest);
        meant
            .then(|| self.push_scaled(at, numeral.end, numeral, Ratio::ONE, sense))
            .flatten()
    }

    /// Whether a numeral in characters counts something: by its length, or by the measure word behind it.
    fn is_meant(&self, at: usize, numeral: &Numeral, rest: &str) -> bool {
        let measured = rest.starts_with(|c| MEASURES.contains(c));
        let before = &self.text[..at];
        match numeral.form {
            Form::Arabic => true,
            Form::Long => {
                numeral.bound != Bound::Several
                    || !before
                        .ends_with(|c| "人次总總倍分指系少多件票参參字函岁年天户度点个基半无無".contains(c))
            }
            Form::Single if numeral.value == Some(Ratio::ONE) && numeral.upper.is_none() => false,
            Form::Single => {
                let range = rest.starts_with(['至', '到'])
                    && rest
                        .chars()
                        .nth(1)
                        .is_some_and(|c| numeral::is_numeral(c) && c != '一');
                let more = rest.starts_with(['多', '余', '餘', '来', '來'])
                    && numeral.value >= Some(Ratio::whole(10));
                (measured || range || more) && !before.ends_with(['初', '老'])
            }
            Form::Bare => {
                measured && numeral.end - at > '万'.len_utf8()
                    || before.ends_with(['上', '近', '成', '超', '逾', '过'])
            }
        }
    }

    /// 第二, 第十九, 第3.
    pub(super) fn ordinal(&mut self, at: usize) -> Option<usize> {
        if let Some(length) = opens(&self.text[at..], NEXT) {
            return Some(at + length);
        }
        let numeral = numeral::read(self.text, at + '第'.len_utf8())?;
        if let (Some(value), true) = (numeral.value, numeral.bound == Bound::Exact) {
            self.push(at, numeral.end, value, Sense::Ordinal, Bound::Exact);
        }
        if let (Some(low), Some((split, high))) = (numeral.value, numeral.upper) {
            self.push(at, split, low, Sense::Ordinal, Bound::Exact);
            self.push(split, numeral.end, high, Sense::Ordinal, Bound::Exact);
        }
        Some(numeral.end)
    }

    /// 首次, 首届.
    pub(super) fn first(&mut self, at: usize) -> Option<usize> {
        let end = at + '首'.len_utf8();
        let counts = self.text[end..].starts_with(|c| FIRSTS.contains(c));
        counts.then(|| self.push(at, end, Ratio::ONE, Sense::Ordinal, Bound::Exact))
    }

    /// 半年, 半个, 半数; not 上半年, which is a part of the year.
    pub(super) fn half(&mut self, at: usize) -> Option<usize> {
        opens(&self.text[at..], HALVES)?;
        let part = self.text[..at].ends_with(['上', '下', '前', '后', '後', '大', '多', '小']);
        (!part).then(|| {
            self.push(
                at,
                at + '半'.len_utf8(),
                Ratio::HALF,
                Sense::Fraction,
                Bound::Exact,
            )
        })
    }

    /// 翻番, 翻两番.
    pub(super) fn doubling(&mut self, at: usize) -> Option<usize> {
        let (word, times) = DOUBLINGS
            .iter()
            .find(|(word, _)| self.text[at..].starts_with(word))?;
        Some(self.push(
            at,
            at + word.len(),
            Ratio::whole(*times),
            Sense::Multiple,
            Bound::Exact,
        ))
    }

    /// 三分之二, 百分之十五: what stands behind 分之 counts the parts.
    fn fraction(&mut self, at: usize, parts: Ratio, from: usize) -> Option<usize> {
        let count = numeral::read(self.text, from)?;
        let hundredths = [100, 1000, 10_000].map(Ratio::whole).contains(&parts);
        let sense = if hundredths {
            Sense::Percent
        } else {
            Sense::Fraction
        };
        let part = Ratio::ONE.divided_by(parts)?;
        let count = Numeral {
            // 百分之百: what is bare elsewhere is a count here.
            form: Form::Long,
            ..count
        };
        self.push_scaled(at, count.end, &count, part, sense)
    }

    /// 三成, 三成五, 七八成; `end` is the byte behind 成.
    fn tenths(&mut self, at: usize, end: usize, numeral: &Numeral) -> Option<usize> {
        let half = self.text[end..]
            .chars()
            .next()
            .filter(|&c| digits::digit(c).is_none());
        let extra = half
            .and_then(|_| numeral::read(self.text, end))
            .filter(|extra| extra.form == Form::Single);
        match (extra.and_then(|extra| Some((extra, extra.value?))), numeral.upper) {
            (Some((extra, hundredths)), None) if hundredths < Ratio::whole(10) => {
                let value = numeral
                    .value?
                    .times(Ratio::new(1, 10)?)?
                    .plus(hundredths.times(Ratio::new(1, 100)?)?)?;
                let bound = self.bound(at, extra.end, numeral);
                Some(self.push(at, extra.end, value, Sense::Percent, bound))
            }
            _ => self.push_scaled(at, end, numeral, Ratio::new(1, 10)?, Sense::Percent),
        }
    }

    /// Adds the numeral's value, or both of its values, times `factor`.
    fn push_scaled(
        &mut self,
        at: usize,
        end: usize,
        numeral: &Numeral,
        factor: Ratio,
        sense: Sense,
    ) -> Option<usize> {
        let bound = self.bound(at, end, numeral);
        let value = numeral.value?.times(factor)?;
        let Some((split, upper)) = numeral.upper else {
            let range = self.ends_range(at);
            self.push(at, end, value, sense, bound);
            if let (true, Some(coefficient), [.., low, high]) =
                (range, numeral.coefficient, &mut self.values.numbers[..])
            {
                share(low, high, coefficient);
            }
            return Some(end);
        };
        self.push(at, split, value, sense, Bound::About);
        Some(self.push(split, end, upper.times(factor)?, sense, Bound::About))
    }

    /// Whether the last number and a 至 or a dash stand right before `at`.
    fn ends_range(&self, at: usize) -> bool {
        let between = self
            .values
            .numbers
            .last()
            .and_then(|last| self.text.get(last.span.end()..at));
        between.is_some_and(|between| ["至", "到", "-", "－", "–", "—", "~", "～"].contains(&between.trim()))
    }

    fn push(&mut self, start: usize, end: usize, value: Ratio, sense: Sense, bound: Bound) -> usize {
        self.values.numbers.push(Number {
            span: Span::new(start, end),
            value,
            sense,
            bound,
        });
        end
    }

    /// What the words around a number say of its exactness.
    fn bound(&self, at: usize, end: usize, numeral: &Numeral) -> Bound {
        if numeral.bound != Bound::Exact {
            return numeral.bound;
        }
        let before = self.text[..at].trim_end_matches([' ', '$', '￥', '¥', '€', '£']);
        if numeral.form == Form::Bare && before.ends_with(['上', '成']) {
            return Bound::Several;
        }
        let wide =
            |words: &[&str], but: &[&str]| closes(before, words).is_some() && closes(before, but).is_none();
        let rest = &self.text[end..];
        match () {
            () if wide(LESS, NOT_LESS) => Bound::Less,
            () if wide(MORE, NOT_MORE) && !before.ends_with('上') => Bound::More,
            () if wide(ABOUT, &["最近"]) => Bound::About,
            () if rest.starts_with(['多', '余', '餘', '+']) => Bound::More,
            () if rest.starts_with(['来', '來'])
                && rest.chars().nth(1).is_some_and(|c| MEASURES.contains(c)) =>
            {
                Bound::About
            }
            () if opens(behind(self.text, end), MEASURE_AND_MORE).is_some_and(|length| {
                !behind(self.text, end)[length..].starts_with(['次', '地', '种', '方'])
            }) =>
            {
                Bound::More
            }
            () => bound_behind(rest),
        }
    }
}

/// 左右, 以上, 以内: up to four characters behind a number, in the same clause.
fn bound_behind(rest: &str) -> Bound {
    let near = rest
        .char_indices()
        .take(5)
        .take_while(|(_, c)| !"，。；、！？,;".contains(*c) && digits::digit(*c).is_none());
    for (at, _) in near {
        let rest = &rest[at..];
        for (words, bound) in [
            (ABOUT_BEHIND, Bound::About),
            (MORE_BEHIND, Bound::More),
            (LESS_BEHIND, Bound::Less),
        ] {
            if opens(rest, words).is_some() {
                return bound;
            }
        }
    }
    Bound::Exact
}

/// %, ％ or ‰: what follows it, and what it divides by.
fn percent_sign(rest: &str) -> Option<(&str, Ratio)> {
    let mut rest = rest.chars();
    let per = match rest.next()? {
        '%' | '％' => 100,
        '‰' => 1000,
        _ => return None,
    };
    Some((rest.as_str(), Ratio::new(1, per)?))
}
