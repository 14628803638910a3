//! Plain text into paragraphs: a line each, or, where lines are wrapped, the lines between blank ones.

use super::{Parsed, Segment, SegmentKind};
use crate::script::is_han;
use crate::span::Span;

pub(super) fn parse(text: String) -> Parsed {
    // Chinese and English lines of one file are judged apart: a bundle may hold a web page and a wrapped press release.
    let wrapped = [false, true].map(|chinese| is_wrapped(&text, chinese));
    let mut segments: Vec<Segment> = Vec::new();
    let mut open = false; // whether the line before may go on in this one
    for line in lines(&text) {
        let Line { span, indent } = line;
        if span.is_empty() {
            open = false;
            continue;
        }
        let goes_on = wrapped[usize::from(is_chinese(span.of(&text)))];
        match segments.last_mut() {
            Some(before) if open && goes_on && indent == 0 && before.kind == SegmentKind::Paragraph => {
                before.span = Span::new(before.span.start(), span.end());
            }
            _ => segments.push(Segment::unlabelled(span, kind(span.of(&text)))),
        }
        open = goes_on;
    }
    Parsed {
        text,
        segments,
        ..Parsed::default()
    }
}

#[derive(Clone, Copy)]
struct Line {
    /// Without the white space around it.
    span: Span,
    /// Columns of white space before it.
    indent: usize,
}

fn lines(text: &str) -> impl Iterator<Item = Line> {
    let mut start = 0;
    let line = move |line: &str| {
        let whole = Span::new(start, start + line.len());
        start = whole.end();
        let span = whole.trim(text);
        let indent = width(&text[whole.start()..span.start()]);
        Line { span, indent }
    };
    text.split_inclusive('\n').map(line)
}

/// Lines with another below them, without which there is nothing to judge by.
const WITNESSES: usize = 3;

/// Whether the lines were broken to fit a page.
///
/// A wrapped line has two marks: the first word of the next line would not have fitted behind it, and it mostly ends in
/// the middle of a sentence. The last line of a paragraph has neither and is not asked. Lines that are paragraphs or
/// verses fail the first, lists of headlines the first, one sentence a line the second.
fn is_wrapped(text: &str, chinese: bool) -> bool {
    let pairs = || {
        lines(text)
            .zip(lines(text).skip(1))
            .filter(|(line, next)| !line.span.is_empty() && !next.span.is_empty() && next.indent == 0)
            .filter(|(line, _)| is_chinese(line.span.of(text)) == chinese)
    };
    let (least, most) = PAGE;
    let columns = |line: &Line| line.indent + width(line.span.of(text));
    // How many lines have so many columns; no matter how many more than a page.
    let mut widths = vec![0; most + 2];
    pairs().for_each(|(line, _)| widths[columns(&line).min(most + 1)] += 1);
    let number: usize = widths.iter().sum();
    // Not the very widest: one long URL must not unwrap a book.
    let up_to = widths.iter().scan(0, |lines, here| {
        *lines += here;
        Some(*lines)
    });
    let page = up_to.take_while(|&lines| lines <= number * 9 / 10).count();
    if number < WITNESSES || !(least..=most).contains(&page) {
        return false;
    }
    let is_full =
        |line: &Line, next: &Line| columns(line) + SLACK + width(first_word(next.span.of(text))) > page;
    let full = pairs().filter(|(line, next)| is_full(line, next)).count();
    let unfinished = pairs()
        .filter(|(line, _)| !is_finished(line.span.of(text)))
        .count();
    full * 5 >= number * 4 && unfinished * 2 > number
}

/// Columns that a full line may leave free beside the next word: a space, or a Chinese comma that hangs over the margin.
const SLACK: usize = 2;

/// Columns of a page that text is wrapped to: 20 Chinese characters to a wide terminal.
const PAGE: (usize, usize) = (40, 160);

/// Columns; Chinese characters and their punctuation take two.
fn width(line: &str) -> usize {
    line.chars().map(|c| 1 + usize::from(c >= '\u{2E80}')).sum()
}

/// What cannot be broken at the start of a line: one Chinese character, or all up to a space.
fn first_word(line: &str) -> &str {
    match line.chars().next() {
        Some(first) if is_han(first) => &line[..first.len_utf8()],
        _ => line.split_whitespace().next().unwrap_or(line),
    }
}

fn is_finished(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '\'', '”', '’', '」', '』', ')', '）', '】', '_', '*']);
    bare.ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '：', '；', '…', '—'])
}

fn is_chinese(line: &str) -> bool {
    line.chars().any(is_han)
}

/// A heading is only marked where it says so itself: `第三章 归来`, `CHAPTER IV`.
fn kind(line: &str) -> SegmentKind {
    if is_chapter_zh(line) || is_chapter_en(line) {
        SegmentKind::Heading
    } else {
        SegmentKind::Paragraph
    }
}

/// Characters beyond which a line that begins like a heading is a sentence about a chapter.
const HEADING: usize = 40;

fn is_chapter_zh(line: &str) -> bool {
    let number = |c: char| "〇零一二三四五六七八九十百千两".contains(c) || c.is_ascii_digit();
    let Some(rest) = line.strip_prefix('第') else {
        return false;
    };
    let named = rest.trim_start_matches(number);
    let mut after = named.chars();
    named.len() < rest.len()
        && after.next().is_some_and(|unit| "章回节節卷部篇集".contains(unit))
        && after.next().is_none_or(|c| c.is_whitespace() || c == '：')
        && !is_finished(line)
        && line.chars().count() <= HEADING
}

fn is_chapter_en(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let unit = words.next().is_some_and(|word| {
        ["chapter", "part", "book", "volume"]
            .iter()
            .any(|unit| unit.eq_ignore_ascii_case(word))
    });
    let number = words.next().is_some_and(|word| {
        let bare = word.trim_end_matches(['.', ':']);
        !bare.is_empty()
            && (bare.bytes().all(|b| b.is_ascii_digit()) || bare.bytes().all(|b| b"IVXLC".contains(&b)))
    });
    unit && number && line.chars().count() <= HEADING
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segments(text: &str) -> Vec<String> {
        let parsed = parse(text.into());
        parsed
            .segments
            .iter()
            .map(|segment| segment.span.of(&parsed.text).to_string())
            .collect()
    }

    #[test]
    fn one_long_line_does_not_unwrap_a_text() {
        let wrapped = "The ferry left the island at six in the\nmorning, and nobody on the deck had slept\n\
                       enough to care about the sunrise that the\nguide had promised them the night before.\n";
        let url = "https://example.org/a-very-long-address/that-nobody/would/ever/type/by/hand/at/six\nin the morning.\n";
        let text = format!("{}\n{url}", [wrapped, wrapped, wrapped, wrapped].join("\n"));
        assert_eq!(segments(&text).len(), 5);
    }

    #[test]
    fn a_short_note_of_two_lines_is_two_paragraphs() {
        assert_eq!(segments("Dear Ruth,\nthe boat is late").len(), 2);
    }

    #[test]
    fn a_sentence_about_a_chapter_is_no_heading() {
        for line in [
            "第一章讲的是船。",
            "第三",
            "Chapter 3 of the handbook explains how the crew must behave",
            "Part of it",
        ] {
            assert_eq!(kind(line), SegmentKind::Paragraph, "{line}");
        }
        for line in ["第十二回 风雪夜归人", "第3章", "CHAPTER IV.", "Part 2: The Sea"] {
            assert_eq!(kind(line), SegmentKind::Heading, "{line}");
        }
    }
}
