//! Lines of pages into paragraphs, headings, cells and notes, and into what stands on every page.

use super::page::{Line, Page};
use crate::ingest::{SegmentKind, joint, letters};
use std::collections::{HashMap, HashSet};

#[derive(Debug)]
pub(super) struct Block {
    pub kind: SegmentKind,
    /// Without white space at its ends.
    pub text: String,
    /// Runs of bytes and the pages, from 1, that they stand on.
    pub pages: Vec<(usize, usize, usize)>,
}

pub(super) struct LaidOut {
    /// The body, then notes, then heads and feet of pages, each once.
    pub blocks: Vec<Block>,
    pub title: Option<String>,
    /// Characters of page numbers.
    pub page_numbers: usize,
}

/// Of the size of most of the text: what is larger is a heading, what is smaller at the foot of a page a note.
const HEADING: f64 = 1.15;
const NOTE: f64 = 0.93;
/// Lines this near in size are of one paragraph.
const SAME_SIZE: f64 = 0.08;
/// Of the usual distance between lines: more is a gap between paragraphs.
const GAP: f64 = 1.3;
/// In ems: the least indent of a paragraph's first line.
const INDENT: f64 = 1.2;
/// Lines on either side that tell where a column ends.
const WINDOW: usize = 12;

pub(super) fn blocks(pages: &[Page]) -> LaidOut {
    let margins = margins(pages);
    let size = usual_size(pages);
    let (mut body, mut notes) = (Vec::new(), Vec::new());
    for (number, page) in pages.iter().enumerate() {
        let lines: Vec<&Line> = page
            .lines
            .iter()
            .enumerate()
            .filter(|&(at, _)| !margins.is_out(number, at))
            .map(|(_, line)| line)
            .collect();
        // Wherever in the page's content they are drawn.
        let is_large = |line: &&&Line| line.size >= NOTE * size;
        let bottom = lines
            .iter()
            .filter(is_large)
            .map(|line| line.y)
            .fold(f64::INFINITY, f64::min);
        let is_note = |line: &&Line| bottom.is_finite() && line.size < NOTE * size && line.y < bottom;
        let (foot, main): (Vec<&Line>, Vec<&Line>) = lines.into_iter().partition(is_note);
        body.push((number + 1, main));
        notes.push((number + 1, foot));
    }
    let hyphenated = hyphenated(pages);
    let mut blocks = paragraphs(&body, size, &hyphenated);
    let title = blocks
        .iter()
        .filter(|block| block.block.pages[0].2 == 1 && block.block.kind == SegmentKind::Heading);
    let title = title
        .reduce(|best, next| if next.size > best.size { next } else { best })
        .map(|title| title.block.text.clone());
    let mut notes = paragraphs(&notes, size, &hyphenated);
    notes
        .iter_mut()
        .for_each(|note| note.block.kind = SegmentKind::Note);
    blocks.append(&mut notes);
    let mut blocks: Vec<Block> = blocks.into_iter().map(|sized| sized.block).collect();
    blocks.extend(margins.running.into_iter().map(|text| Block {
        kind: SegmentKind::Running,
        text,
        pages: Vec::new(),
    }));
    LaidOut {
        blocks,
        title,
        page_numbers: margins.page_numbers,
    }
}

/// What stands on every page.
struct Margins {
    /// Pages and their lines that are no part of the body.
    out: HashSet<(usize, usize)>,
    running: Vec<String>,
    page_numbers: usize,
}

impl Margins {
    fn is_out(&self, page: usize, line: usize) -> bool {
        self.out.contains(&(page, line))
    }
}

/// Finds lines at the edges of pages that come back at the same height with the same words, whatever their numbers, and
/// numbers that stand there alone.
fn margins(pages: &[Page]) -> Margins {
    let mut places: HashMap<(String, i64), HashSet<usize>> = HashMap::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let edges: Vec<Vec<usize>> = pages.iter().map(edges).collect();
    let key = |line: &Line| (shape(&line.text), (line.y / 4.0).round() as i64);
    for (number, (page, edges)) in pages.iter().zip(&edges).enumerate() {
        for &at in edges {
            places.entry(key(&page.lines[at])).or_default().insert(number);
            if is_page_number(&page.lines[at].text) {
                *numbers.entry(shape(&page.lines[at].text)).or_default() += 1;
            }
        }
    }
    let mut margins = Margins {
        out: HashSet::new(),
        running: Vec::new(),
        page_numbers: 0,
    };
    let mut seen = HashSet::new();
    for (number, (page, edges)) in pages.iter().zip(&edges).enumerate() {
        for &at in edges {
            let line = &page.lines[at];
            let shape = shape(&line.text);
            let is_alone = || {
                !page
                    .lines
                    .iter()
                    .enumerate()
                    .any(|(other, line2)| other != at && (line2.y - line.y).abs() < line.size * 0.5)
            };
            if is_page_number(&line.text) && numbers[&shape] * 3 >= pages.len() && is_alone() {
                margins.page_numbers += letters(&line.text);
                margins.out.insert((number, at));
            } else if line.text.chars().any(char::is_alphabetic) && places[&key(line)].len() >= 2 {
                margins.out.insert((number, at));
                if seen.insert(shape) {
                    margins.running.push(line.text.trim().to_owned());
                }
            }
        }
    }
    margins
}

/// The lines at the two highest and the two lowest heights of a page.
fn edges(page: &Page) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.lines.len()).collect();
    order.sort_by(|&one, &other| page.lines[other].y.total_cmp(&page.lines[one].y));
    let heights = |order: &[usize]| {
        let (mut height, mut count) = (f64::NAN, 0);
        let near = order.iter().take_while(|&&at| {
            let line = &page.lines[at];
            if height.is_nan() || (line.y - height).abs() > line.size * 0.5 {
                (height, count) = (line.y, count + 1);
            }
            count <= 2
        });
        near.copied().collect::<Vec<_>>()
    };
    let mut edges = heights(&order);
    order.reverse();
    edges.extend(heights(&order));
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// A text with its numbers made alike.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for c in text.trim().chars().filter(|c| !c.is_whitespace()) {
        if !c.is_ascii_digit() {
            shape.push(c);
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape.to_lowercase()
}

fn is_page_number(text: &str) -> bool {
    let shape = shape(text);
    let bare = shape.trim_matches(|c: char| "-–—·.|/~()（）[]".contains(c));
    let is_roman = !bare.is_empty() && bare.len() <= 6 && bare.chars().all(|c| "ivxlc".contains(c));
    let known = [
        "#",
        "第#页",
        "page#",
        "p#",
        "p.#",
        "#/#",
        "#of#",
        "page#of#",
        "第#页共#页",
        "第#页，共#页",
        "第#页/共#页",
    ];
    is_roman || known.contains(&bare)
}

/// The size that most characters have.
fn usual_size(pages: &[Page]) -> f64 {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        *counts.entry((line.size * 2.0).round() as i64).or_default() += line.text.len();
    }
    let most = counts.into_iter().max_by_key(|&(size, count)| (count, size));
    most.map_or(10.0, |(size, _)| size as f64 / 2.0)
}

/// Words with hyphens inside lines: where one is broken at its hyphen, the hyphen is its own.
fn hyphenated(pages: &[Page]) -> HashSet<String> {
    let words = pages
        .iter()
        .flat_map(|page| &page.lines)
        .flat_map(|line| line.text.split_whitespace());
    let trimmed = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    trimmed
        .filter(|word| word.contains('-'))
        .map(str::to_lowercase)
        .collect()
}

struct Sized {
    block: Block,
    size: f64,
}

fn paragraphs(pages: &[(usize, Vec<&Line>)], size: f64, hyphenated: &HashSet<String>) -> Vec<Sized> {
    let pitch = pitch(pages, size);
    let widest = pages
        .iter()
        .flat_map(|(_, lines)| lines)
        .filter(|line| is_same_size(line.size, size));
    let widest = widest.map(|line| line.right).fold(0.0, f64::max);
    let mut blocks: Vec<Sized> = Vec::new();
    let mut before: Option<(usize, &Line)> = None;
    for (page, lines) in pages {
        for (at, line) in lines.iter().enumerate() {
            let column = Column::around(lines, at, widest);
            let is_cell = is_cell(lines, at);
            let kind = match line.size >= HEADING * size {
                true => SegmentKind::Heading,
                false if is_cell => SegmentKind::Cell,
                false if begins_item(&line.text) => SegmentKind::Item,
                false => SegmentKind::Paragraph,
            };
            let goes_on = !is_cell
                && blocks
                    .last()
                    .is_some_and(|open| open.block.kind != SegmentKind::Cell)
                && before.is_some_and(|(there, previous)| {
                    goes_on(previous, line, there == *page, pitch, &column, kind)
                });
            match blocks.last_mut().filter(|_| goes_on) {
                Some(open) => append(&mut open.block, line, *page, hyphenated),
                None => {
                    let text = line.text.trim().to_owned();
                    let pages = vec![(0, text.len(), *page)];
                    blocks.push(Sized {
                        block: Block { kind, text, pages },
                        size: line.size,
                    });
                }
            }
            before = Some((*page, line));
        }
    }
    blocks
}

fn is_same_size(one: f64, other: f64) -> bool {
    (one - other).abs() <= SAME_SIZE * one.max(other)
}

/// The usual distance between two lines of a paragraph, in ems.
fn pitch(pages: &[(usize, Vec<&Line>)], size: f64) -> f64 {
    let pairs = pages.iter().flat_map(|(_, lines)| lines.windows(2));
    let of_body =
        pairs.filter(|pair| is_same_size(pair[0].size, pair[1].size) && is_same_size(pair[0].size, size));
    let steps = of_body.map(|pair| (pair[0].y - pair[1].y) / pair[0].size.max(0.1));
    let mut steps: Vec<f64> = steps.filter(|step| (0.8..3.0).contains(step)).collect();
    steps.sort_by(f64::total_cmp);
    // Below the middle: gaps between paragraphs only ever add.
    steps.get(steps.len() / 3).copied().unwrap_or(1.4)
}

/// Where the lines around one begin and end.
struct Column {
    left: f64,
    right: f64,
}

impl Column {
    fn around(lines: &[&Line], at: usize, widest: f64) -> Column {
        let line = lines[at];
        let near = &lines[at.saturating_sub(WINDOW)..lines.len().min(at + WINDOW + 1)];
        let overlaps = |other: &&&Line| {
            other.left < line.right && line.left < other.right && is_same_size(other.size, line.size)
        };
        let near: Vec<&&Line> = near.iter().filter(overlaps).collect();
        let right = near.iter().map(|line| line.right).fold(line.right, f64::max);
        Column {
            left: near.iter().map(|line| line.left).fold(line.left, f64::min),
            right: if near.len() < 4 { right.max(widest) } else { right },
        }
    }
}

/// Whether a line stands beside another.
fn is_cell(lines: &[&Line], at: usize) -> bool {
    let beside = |other: &&Line| (other.y - lines[at].y).abs() < lines[at].size * 0.3;
    at > 0 && beside(&lines[at - 1]) || lines.get(at + 1).is_some_and(beside)
}

/// Whether a line goes on with the paragraph of the one before.
fn goes_on(
    before: &Line,
    line: &Line,
    is_same_page: bool,
    pitch: f64,
    column: &Column,
    kind: SegmentKind,
) -> bool {
    let em = line.size.max(0.1);
    if !is_same_size(before.size, line.size) || begins_item(&line.text) {
        return false;
    }
    let step = (before.y - line.y) / em;
    let is_next_line = is_same_page && step > 0.5;
    if kind == SegmentKind::Heading {
        return is_next_line && step <= 1.6;
    }
    if is_next_line && step > pitch * GAP {
        return false;
    }
    let is_indented = line.left - column.left > INDENT * em;
    let is_in_indented_block = is_next_line && (line.left - before.left).abs() < 0.3 * em;
    if is_indented && !is_in_indented_block && !begins_item(&before.text) {
        return false;
    }
    if !is_next_line {
        // Another column or page: the paragraph goes on unless its sentence has ended.
        return !ends_sentence(&before.text);
    }
    // The line before is full if the first word of this one had no room in it.
    let is_wide = line
        .text
        .trim_start()
        .chars()
        .next()
        .is_some_and(|c| c >= '\u{2E80}');
    let needed = line.first_word + if is_wide { 1.0 } else { 0.3 } * em;
    column.right - before.right < needed
}

fn ends_sentence(text: &str) -> bool {
    let inside = text.trim_end_matches(['"', '”', '’', '」', '』', ')', '）', ' ']);
    inside.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '：'])
}

fn begins_item(text: &str) -> bool {
    let text = text.trim_start();
    if text.starts_with(['•', '●', '○', '■', '◆', '▪', '‣', '·', '–']) {
        return true;
    }
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - behind.len();
    let mut behind = behind.chars();
    (1..=3).contains(&digits)
        && matches!(behind.next(), Some('.' | ')' | '、' | '．' | '）'))
        && behind.next().is_some_and(|c| !c.is_ascii_digit())
}

/// Puts a line behind a block: without the hyphen where a word was broken, and without a space next to Chinese.
fn append(block: &mut Block, line: &Line, page: usize, hyphenated: &HashSet<String>) {
    let next = line.text.trim();
    let first = next.chars().next();
    if block.text.ends_with(['-', '\u{AD}', '\u{2010}']) && first.is_some_and(char::is_lowercase) {
        let is_of_word = |c: char| c.is_alphanumeric() || c == '-';
        let start = block.text.trim_end_matches(is_of_word).len();
        let end = next.find(|c| !is_of_word(c)).unwrap_or(next.len());
        let whole = format!("{}{}", &block.text[start..], &next[..end]).to_lowercase();
        if !hyphenated.contains(&whole) {
            block.text.pop();
            if let Some((_, to, _)) = block.pages.last_mut() {
                *to = block.text.len();
            }
        }
    } else {
        block.text.push_str(joint(block.text.chars().next_back(), first));
    }
    let from = block.text.len();
    block.text.push_str(next);
    match block.pages.last_mut().filter(|(_, _, last)| *last == page) {
        Some((_, to, _)) => *to = block.text.len(),
        None => block.pages.push((from, block.text.len(), page)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known_by_their_shape() {
        for text in [
            "12",
            "- 3 -",
            "第 4 页",
            "Page 5 of 10",
            "第 1 页 共 9 页",
            "xii",
            "3/17",
        ] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["1984 was dry", "第四章", "tea", "12%", ""] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn an_item_begins_with_a_mark_and_a_number_with_a_point_inside_does_not() {
        for text in ["• tea", "1. Tea", "2）茶", "10、茶"] {
            assert!(begins_item(text), "{text}");
        }
        for text in ["3.5 metres", "1984. It rained", "茶", "a tea"] {
            assert!(!begins_item(text), "{text}");
        }
    }
}
