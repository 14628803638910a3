//! Digits 0-9, ASCII or full-width, into a value: what Chinese and English write alike.

use super::ratio::Ratio;

/// A run of digits with its commas and its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    /// The byte behind the run.
    pub end: usize,
    /// None where the run has more digits than a value may have.
    pub value: Option<Ratio>,
    /// How many digits, if digits is all there is.
    pub plain: Option<usize>,
}

/// More digits than any quantity has, and few enough that times a trillion still fits.
const MOST: usize = 24;

/// Reads the digits that begin at `at`, if any do: `1,234,567`, `3.14`, `２０１８`. A comma belongs to the number where
/// it stands as a thousands' separator would, a point where a digit follows.
pub(super) fn read(text: &str, at: usize) -> Option<Digits> {
    let mut value = Tally::default();
    let mut end = run(text, at, &mut value);
    if end == at {
        return None;
    }
    let length = value.digits;
    let mut plain = true;
    while let Some(group) = (length <= 3).then(|| thousands(text, end)).flatten() {
        end = run(text, group, &mut value);
        plain = false;
    }
    if let Some(decimals) = point(text, end) {
        let whole = value.digits;
        end = run(text, decimals, &mut value);
        value.decimals = value.digits - whole;
        plain = false;
    }
    Some(Digits {
        end,
        value: value.ratio(),
        plain: plain.then_some(length),
    })
}

/// The digit that a character is.
pub(super) fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '０'..='９' => u8::try_from(c as u32 - '０' as u32).ok(),
        _ => None,
    }
}

/// If the digits at `at` belong to a name (`COVID-19`, `H1N1`, `5G`, `1.2.3`), the byte behind the name's digits.
/// Groups of states (`G20`) are counted by their number.
pub(super) fn name(text: &str, at: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let before = |back: usize| at.checked_sub(back).map(|i| bytes[i]);
    let letter = |back: usize| before(back).is_some_and(|b| b.is_ascii_alphabetic());
    let group = before(1) == Some(b'G') && !letter(2);
    let after = letter(1) && !group || before(1) == Some(b'-') && is_name(&bytes[..at - 1]);
    let behind = |forth: usize| bytes.get(end + forth).copied();
    let mark = behind(0).is_some_and(|b| b.is_ascii_uppercase())
        && !behind(1).is_some_and(|b| b.is_ascii_alphanumeric() || b == b'.');
    let version = behind(0) == Some(b'.') && behind(1).is_some_and(|b| b.is_ascii_digit());
    if version {
        let rest = bytes[end..]
            .iter()
            .take_while(|b| b.is_ascii_digit() || **b == b'.')
            .count();
        return Some(end + rest);
    }
    (after || mark).then_some(end)
}

/// Whether the word that bytes end with is a name that a number may hang on by a hyphen: Covid-19, not mid-20s.
fn is_name(bytes: &[u8]) -> bool {
    const LONGEST: usize = 16;
    let length = bytes
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|b| b.is_ascii_alphabetic())
        .count();
    let word = &bytes[bytes.len() - length..];
    let prefix: [&[u8]; 5] = [b"Mid", b"Pre", b"Post", b"Early", b"Late"];
    word.first().is_some_and(u8::is_ascii_uppercase) && !prefix.contains(&word)
}

/// A value that grows digit by digit.
#[derive(Default)]
struct Tally {
    value: u128,
    digits: usize,
    decimals: usize,
}

impl Tally {
    fn ratio(&self) -> Option<Ratio> {
        if self.digits > MOST {
            return None;
        }
        Ratio::new(self.value, 10u128.pow(u32::try_from(self.decimals).ok()?))
    }
}

/// Takes digits in from `at`; gives the byte behind them.
fn run(text: &str, at: usize, tally: &mut Tally) -> usize {
    let mut end = at;
    for c in text[at..].chars() {
        let Some(digit) = digit(c) else { break };
        if tally.digits < MOST {
            tally.value = tally.value * 10 + u128::from(digit);
        }
        tally.digits += 1;
        end += c.len_utf8();
    }
    end
}

/// Where the three digits behind a separator begin, if a separator stands at `at` and just three digits follow.
fn thousands(text: &str, at: usize) -> Option<usize> {
    let mut rest = text[at..].chars();
    let comma = rest.next().filter(|&c| c == ',' || c == '，')?;
    let three = [rest.next()?, rest.next()?, rest.next()?];
    // The full-width comma ends a clause, unless the digits around it are full-width too.
    let same_width = (comma == ',') == three[0].is_ascii_digit();
    let just_three = three.iter().all(|&c| digit(c).is_some()) && rest.next().and_then(digit).is_none();
    (same_width && just_three).then_some(at + comma.len_utf8())
}

/// Where the decimals begin, if a point and a digit stand at `at`.
fn point(text: &str, at: usize) -> Option<usize> {
    let mut rest = text[at..].chars();
    let point = rest.next().filter(|&c| c == '.' || c == '．')?;
    rest.next().and_then(digit)?;
    Some(at + point.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        read(text, 0)
            .and_then(|digits| digits.value)
            .map(|value| value.to_string())
    }

    #[test]
    fn commas_points_and_full_width_digits_are_one_number() {
        assert_eq!(value("1,234,567元").as_deref(), Some("1234567"));
        assert_eq!(value("3.25"), value("３．２５"));
        assert_eq!(value("１２，０００").as_deref(), Some("12000"));
    }

    #[test]
    fn a_comma_between_two_numbers_separates_them() {
        assert_eq!(value("2018,2019").as_deref(), Some("2018"));
        assert_eq!(value("1,2,3").as_deref(), Some("1"));
        assert_eq!(value("12，345").as_deref(), Some("12"));
    }

    #[test]
    fn a_number_too_long_for_a_value_is_read_to_its_end_and_has_none() {
        let text = "9".repeat(100);
        let digits = read(&text, 0).expect("it is made of digits");
        assert_eq!((digits.end, digits.value, digits.plain), (100, None, Some(100)));
    }
}
