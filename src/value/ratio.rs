//! Exact values: a numerator over a denominator, in lowest terms, so that equal values are equal bits.

use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// A value of zero or more, exact and in lowest terms: `Eq` and `Hash` compare values, whatever they were written as.
///
/// Arithmetic is checked. A value that does not fit in 128 bits is `None`, and a number in a text whose value is `None`
/// is left out rather than rounded.
///
/// ```
/// use duizhao::value::Ratio;
/// assert_eq!(Ratio::new(15, 100), Ratio::new(3, 20));
/// assert_eq!(Ratio::new(15, 100).unwrap().to_string(), "3/20");
/// assert_eq!(Ratio::new(1, 0), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    over: u128,
    under: u128,
}

impl Ratio {
    pub const ONE: Ratio = Ratio::whole(1);
    pub const HALF: Ratio = Ratio { over: 1, under: 2 };

    /// `over / under`; none when `under` is zero.
    pub fn new(over: u128, under: u128) -> Option<Self> {
        let common = common_divisor(over, under);
        (under != 0).then(|| Ratio {
            over: over / common,
            under: under / common,
        })
    }

    pub const fn whole(value: u128) -> Self {
        Ratio {
            over: value,
            under: 1,
        }
    }

    /// The value, if it is a whole number.
    pub fn to_whole(self) -> Option<u128> {
        (self.under == 1).then_some(self.over)
    }

    pub fn numerator(self) -> u128 {
        self.over
    }

    pub fn denominator(self) -> u128 {
        self.under
    }

    pub fn times(self, other: Ratio) -> Option<Self> {
        // Dividing across first keeps every product as small as it can be.
        let (left, right) = (
            common_divisor(self.over, other.under),
            common_divisor(other.over, self.under),
        );
        let over = (self.over / left).checked_mul(other.over / right)?;
        let under = (self.under / right).checked_mul(other.under / left)?;
        Ratio::new(over, under)
    }

    pub fn plus(self, other: Ratio) -> Option<Self> {
        let left = self.over.checked_mul(other.under)?;
        let right = other.over.checked_mul(self.under)?;
        Ratio::new(left.checked_add(right)?, self.under.checked_mul(other.under)?)
    }

    pub fn divided_by(self, other: Ratio) -> Option<Self> {
        if other.over == 0 {
            return None;
        }
        self.times(Ratio {
            over: other.under,
            under: other.over,
        })
    }
}

impl From<u128> for Ratio {
    fn from(value: u128) -> Self {
        Ratio::whole(value)
    }
}

impl Ord for Ratio {
    /// Whole parts first, then the remainders turned upside down, as one would divide by hand: nothing can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut left, mut right) = (*self, *other);
        let mut turned = false;
        loop {
            let whole = (left.over / left.under).cmp(&(right.over / right.under));
            let rest = (left.over % left.under, right.over % right.under);
            let order = match (whole, rest) {
                (Ordering::Equal, (0, _) | (_, 0)) => rest.0.cmp(&rest.1),
                (Ordering::Equal, _) => {
                    left = Ratio {
                        over: left.under,
                        under: rest.0,
                    };
                    right = Ratio {
                        over: right.under,
                        under: rest.1,
                    };
                    turned = !turned;
                    continue;
                }
                (decided, _) => decided,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    /// `1200`, `3/20`.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.under {
            1 => write!(f, "{}", self.over),
            _ => write!(f, "{}/{}", self.over, self.under),
        }
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(over: u128, under: u128) -> Ratio {
        Ratio::new(over, under).expect("the tests divide by nothing that is zero")
    }

    #[test]
    fn equal_values_are_equal_however_they_were_reached() {
        assert_eq!(ratio(1, 2).plus(ratio(1, 3)), Some(ratio(10, 12)));
        assert_eq!(ratio(3, 2).times(ratio(2, 1)), Some(Ratio::whole(3)));
        assert_eq!(ratio(3, 1).divided_by(ratio(4, 1)), Some(ratio(3, 4)));
        assert_eq!(Ratio::new(0, 7), Ratio::new(0, 1));
    }

    #[test]
    fn what_does_not_fit_is_none() {
        assert_eq!(Ratio::whole(u128::MAX).times(Ratio::whole(2)), None);
        assert_eq!(Ratio::whole(u128::MAX).plus(Ratio::ONE), None);
        assert_eq!(Ratio::ONE.divided_by(Ratio::whole(0)), None);
    }

    #[test]
    fn order_is_that_of_the_values() {
        assert!(ratio(1, 3) < ratio(1, 2));
        assert!(ratio(7, 2) > ratio(10, 3));
        assert!(ratio(u128::MAX, 2) > ratio(u128::MAX, 3));
        assert_eq!(ratio(4, 2).cmp(&Ratio::whole(2)), Ordering::Equal);
        assert!(Ratio::whole(0) < ratio(1, 9) && ratio(3, 4) < Ratio::ONE);
    }
}
