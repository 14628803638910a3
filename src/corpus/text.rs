//! Sentences into the text of one line: joined as their side joins them, free of what ends a line or a field.

use crate::language::Side;
use std::borrow::Cow;

/// The sentences of one side of a bead as one text.
///
/// English sentences are joined with a space, Chinese ones with nothing. On the Chinese side a space stands only where
/// two words would fuse otherwise: after an ASCII character or a narrow letter, before a narrow letter or digit
/// (`我用Linux` + `3天了。`, and English sentences that a Chinese document quotes).
pub fn join<'a>(side: Side, sentences: impl IntoIterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for sentence in sentences {
        let space = match side {
            Side::En => !joined.is_empty(),
            Side::Zh => joined
                .chars()
                .next_back()
                .zip(sentence.chars().next())
                .is_some_and(|(left, right)| fuses(left, right)),
        };
        if space {
            joined.push(' ');
        }
        joined.push_str(sentence);
    }
    joined
}

/// The text on one line, and how many places had to change for it.
///
/// A run of TABs and line ends, with the spaces around it, becomes one space; where it holds a line end and stands
/// between two characters of Chinese, as in a hard-wrapped paragraph, it becomes nothing; so it does at either end.
/// A line end is what any common reader takes for one: CR, LF, U+2028 and U+2029, but also VT, FF, U+001C to U+001E
/// and NEL, at which Python's `splitlines` would cut a Moses file out of step.
pub fn one_line(text: &str) -> (Cow<'_, str>, usize) {
    // Most texts hold no byte that any of these characters begins with.
    let begins_break = |byte: u8| byte < b' ' || byte == 0xC2 || byte == 0xE2;
    if !text.bytes().any(begins_break) || !text.contains(is_break) {
        return (Cow::Borrowed(text), 0);
    }
    let (mut line, mut changes) = (String::with_capacity(text.len()), 0);
    let mut rest = text;
    while let Some(at) = rest.find(is_break) {
        line.push_str(rest[..at].trim_end_matches(' '));
        let after = rest[at..].trim_start_matches(|c| is_break(c) || c == ' ');
        let run = &rest[at..rest.len() - after.len()];
        if let Some((left, right)) = line.chars().next_back().zip(after.chars().next())
            && !(run.contains(is_line_end) && continues(left, right))
        {
            line.push(' ');
        }
        changes += 1;
        rest = after;
    }
    line.push_str(rest);
    (Cow::Owned(line), changes)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_break(c: char) -> bool {
    c == '\t' || is_line_end(c)
}

/// Whether Chinese runs on from `left` to `right`: both belong to Chinese text, and one of them to no other.
fn continues(left: char, right: char) -> bool {
    (is_wide(left) && (is_wide(right) || is_shared_mark(right))) || (is_shared_mark(left) && is_wide(right))
}

fn fuses(left: char, right: char) -> bool {
    right.is_alphanumeric()
        && !is_wide(right)
        && (left.is_ascii() || left.is_alphanumeric() && !is_wide(left))
}

/// Han characters and the marks that stand among them: what is set in a full square and without spaces.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303f}' | '\u{3100}'..='\u{312f}' | '\u{31a0}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks that Chinese shares with English: curly quotes, dashes, the ellipsis, the middle dot.
fn is_shared_mark(c: char) -> bool {
    matches!(
        c,
        '\u{2014}' | '\u{2015}' | '\u{2018}'..='\u{201f}' | '\u{2026}' | '\u{b7}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_joins_as_it_is_written() {
        for (side, sentences, joined) in [
            (Side::Zh, vec!["他来了。", "她走了。"], "他来了。她走了。"),
            (Side::Zh, vec!["“走吧。”", "“好。”"], "“走吧。”“好。”"),
            (Side::Zh, vec!["我用Linux", "3天了。"], "我用Linux 3天了。"),
            (Side::Zh, vec!["He left.", "She stayed."], "He left. She stayed."),
            (Side::Zh, vec!["他说：", "OK。"], "他说：OK。"),
            (Side::Zh, vec!["价格是3.", "很贵。"], "价格是3.很贵。"),
            (Side::Zh, vec!["café", "a"], "café a"),
            (Side::En, vec!["He left.", "She stayed."], "He left. She stayed."),
            (Side::En, vec!["He left."], "He left."),
            (Side::En, vec![], ""),
        ] {
            assert_eq!(join(side, sentences), joined);
        }
    }

    #[test]
    fn a_line_end_inside_chinese_vanishes_and_elsewhere_leaves_a_space() {
        for (text, line, changes) in [
            ("春天\n来了", "春天来了", 1),
            ("春天，\r\n  来了", "春天，来了", 1),
            ("他说\n“走”", "他说“走”", 1),
            ("春天\t来了", "春天 来了", 1),
            ("用\nRust写", "用 Rust写", 1),
            (
                "the old \n mill\tby the\u{2028}river",
                "the old mill by the river",
                3,
            ),
            ("“Go,”\n“now”", "“Go,” “now”", 1),
            ("a\u{b}b\u{c}c\u{1c}d\u{85}e\u{2029}f", "a b c d e f", 5),
            ("\n a \n", "a", 2),
            ("two  spaces stay", "two  spaces stay", 0),
            ("", "", 0),
        ] {
            let (found, count) = one_line(text);
            assert_eq!((found.as_ref(), count), (line, changes), "{text:?}");
        }
    }
}
