//! Two texts into whether their numbers contradict each other.

use super::measure::has_byte;
use crate::language::Side;
use crate::span::Span;
use crate::value::number::{Number, Sense};
use crate::value::{Ratio, values};

/// Whether each side has a value that the other has not. One side alone may: 一 and "one" are often no numbers, a year
/// may go without saying, and Chinese counts where English does not. Without digits on either side nothing is asked.
pub(super) fn differ(zh: &str, en: &str) -> bool {
    let has_digits = |text: &str| has_byte(text, |byte| byte.is_ascii_digit());
    if !has_digits(zh) && !has_digits(en) {
        return false;
    }
    let (zh, en) = (keys(zh, Side::Zh), keys(en, Side::En));
    let lacks = |one: &[Key], other: &[Key]| -> Vec<bool> {
        let missing = |key: &&Key| !other.iter().any(|known| known.value == key.value);
        one.iter().filter(missing).map(|key| key.in_digits).collect()
    };
    let (zh_alone, en_alone) = (lacks(&zh, &en), lacks(&en, &zh));
    !zh_alone.is_empty()
        && !en_alone.is_empty()
        && zh_alone.iter().chain(&en_alone).any(|in_digits| *in_digits)
}

/// What a value is compared by.
struct Key {
    value: String,
    in_digits: bool,
}

/// A date goes by its parts, since one side may leave some out, and digits that are no value (`WS-3`) by themselves. One
/// and a half in words are left out: they are as often no numbers.
fn keys(text: &str, side: Side) -> Vec<Key> {
    let values = values(text, side);
    let in_digits = |span: Span| span.of(text).contains(|c: char| c.is_ascii_digit());
    let key = |span, value: String| Key {
        value,
        in_digits: in_digits(span),
    };
    let vague = |number: &Number| {
        [Ratio::ONE, Ratio::HALF].contains(&number.value)
            && number.sense != Sense::Ordinal
            && !in_digits(number.span)
    };
    let counted = values.numbers.iter().filter(|number| !vague(number));
    let mut keys: Vec<Key> = counted
        .map(|number| key(number.span, number.value.to_string()))
        .collect();
    for dated in &values.dates {
        let date = dated.date;
        let parts = [date.year, date.month.map(i32::from), date.day.map(i32::from)];
        keys.extend(
            parts
                .into_iter()
                .flatten()
                .map(|part| key(dated.span, part.to_string())),
        );
    }
    keys.extend(values.times.iter().map(|timed| {
        let (hour, minute) = (timed.time.hour, timed.time.minute);
        key(timed.span, format!("{}:{minute:02}", hour % 12))
    }));
    let numbers = values.numbers.iter().map(|number| number.span);
    let dates = values.dates.iter().map(|dated| dated.span);
    let read: Vec<Span> = numbers
        .chain(dates)
        .chain(values.times.iter().map(|timed| timed.span))
        .collect();
    let others = digits(text).filter(|run| {
        !read
            .iter()
            .any(|span| span.start() < run.end() && run.start() < span.end())
    });
    keys.extend(others.map(|run| key(run, run.of(text).to_owned())));
    keys
}

/// The runs of ASCII digits of a text.
fn digits(text: &str) -> impl Iterator<Item = Span> {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let starts = (0..text.len()).filter(move |&at| is_digit(at) && (at == 0 || !is_digit(at - 1)));
    starts.map(move |start| Span::new(start, (start..).find(|&at| !is_digit(at)).unwrap_or(text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_number_differs_and_a_missing_one_does_not() {
        for (zh, en, differs) in [
            ("一共有4300万人。", "There were 43 million people.", false),
            ("一共有4300万人。", "There were 53 million people.", true),
            ("5月8日，4300万人。", "On May 8, 43 million people.", false),
            ("5月8日，4300万人。", "On May 9, 43 million people.", true),
            ("他等了很久。", "He waited for 3 hours.", false),
            ("第12章", "Chapter 12", false),
            ("晚上八点在大厅等21路。", "Wait at eight for bus 21.", false),
            ("WS-3气象站", "Weather Station WS-7", true),
            ("约四成人来过。", "Some 47 percent came.", true),
            ("没有数字。", "No digits.", false),
        ] {
            assert_eq!(differ(zh, en), differs, "{zh} {en}");
        }
    }
}
