//! Numbers as they stand in a text: where, of what value, in what sense and how exact.

use super::ratio::Ratio;
use crate::span::Span;
use serde::Serialize;

/// A number found in a text. `value` is what matching compares: it is exact, hashes, and is the same for 4300万 and
/// "43 million", for 百分之十五 and "15%", for 第二 and "second"; `sense` and `bound` say the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Number {
    /// The numeral itself, with its magnitude and sign of percent, without unit or measure word.
    pub span: Span,
    /// 15% is 3/20, 三成 is 3/10.
    pub value: Ratio,
    pub sense: Sense,
    pub bound: Bound,
}

/// What a number is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sense {
    /// 三个, "three".
    Cardinal,
    /// 第三, "third", "Part III".
    Ordinal,
    /// 百分之三, 三成, "3%".
    Percent,
    /// 三个百分点, "three percentage points".
    Point,
    /// 三分之二, 一半, "two-thirds", "half".
    Fraction,
    /// 三倍, "threefold", "twice".
    Multiple,
}

/// How exact a number is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// Just the number; also the ends of a range that are both written out.
    Exact,
    /// 约, 近, 左右, "about", "nearly", "some"; both ends of 三四十.
    About,
    /// 多, 余, 超过, 以上, "more than", "at least".
    More,
    /// 不到, 至多, 以下, "less than", "up to".
    Less,
    /// A number of these: 数百, "hundreds", with 100 as the value.
    Several,
}

/// What the low end of a range takes from the high end: in 3至4万, "3 to 4 million" and "3-4%" the magnitude or the
/// sign is written once.
pub(super) fn share(low: &mut Number, high: &Number, coefficient: Ratio) {
    let shares = low.sense == Sense::Cardinal && low.value < coefficient;
    if let (true, Some(value)) = (shares, scaled(low.value, high.value, coefficient)) {
        low.value = value;
        low.sense = high.sense;
        if low.bound == Bound::Exact && high.bound == Bound::About {
            low.bound = Bound::About;
        }
    }
}

/// `low` times the factor that makes `coefficient` into `high`.
fn scaled(low: Ratio, high: Ratio, coefficient: Ratio) -> Option<Ratio> {
    low.times(high.divided_by(coefficient)?)
}
