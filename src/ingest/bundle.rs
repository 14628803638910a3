//! A document that holds several into its documents: cut where the language changes and where a title begins a text.

use super::{Document, Locator, Segment, SegmentKind, line};
use crate::error::Note;
use crate::language::Side;
use crate::span::Span;
use crate::value::date::Date;

/// Cuts a bundle into its documents, in their order; a document that is none comes back alone.
///
/// A document begins at a title with a date line under it, and where the language changes for good. Once one of these
/// shows a file to be a bundle, a headline that is set off from what is above it begins one too; since it may be a
/// heading within a text, the notes say that this cut is uncertain. Nothing is cut before a text has had a paragraph, at
/// a quotation in the other language, nor where two languages alternate paragraph by paragraph.
///
/// Parts are named `id#1` and `source#1` and so on, and have the title and date they begin with. Lines in notes are
/// those of the whole document's text.
///
/// ```
/// use duizhao::ingest::{bundle, read, Settings, Source};
/// let text = "市长会见渔民\n\n2020-06-01\n\n市长六月一日会见了渔民。\n\n渔港开放\n\n2020-06-02\n\n渔港重新开放了。\n";
/// let source = Source { name: "news.txt".into(), bytes: text.into() };
/// let parts = bundle::cut(read(source, &Settings::default())?);
/// let titles: Vec<_> = parts.iter().map(|part| (part.source.as_str(), part.title.as_deref())).collect();
/// assert_eq!(titles, [("news.txt#1", Some("市长会见渔民")), ("news.txt#2", Some("渔港开放"))]);
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub fn cut(mut document: Document) -> Vec<Document> {
    let units = units(&document);
    let alternates = alternates(&units);
    let starts = starts(&units, alternates);
    let heads: Vec<(Option<usize>, Option<Date>)> = ranges(&starts, units.len())
        .map(|(from, to)| head(&units[from..to]))
        .collect();
    if starts.len() > 1 {
        return parts(&document, &starts, &heads);
    }
    if let Some((title, date)) = heads.first() {
        entitle(&mut document, *title, *date);
    }
    if alternates {
        let note =
            "Chinese and English alternate paragraph by paragraph, so the file is read as one document";
        document.notes.push(Note::new(&document.source, note));
    }
    vec![document]
}

/// A segment as the cut sees it.
struct Unit<'a> {
    text: &'a str,
    /// That of the segment before where it has none.
    side: Option<Side>,
    /// Its date, if it is nothing but one.
    date: Option<Date>,
    is_headline: bool,
    /// White space before it on its line.
    indent: &'a str,
    /// Blank lines above it.
    blank: usize,
}

impl Unit<'_> {
    fn is_body(&self) -> bool {
        !self.is_headline && self.date.is_none() && self.text.chars().any(char::is_alphanumeric)
    }
}

fn units(document: &Document) -> Vec<Unit<'_>> {
    let text = document.text.as_str();
    let (mut end, mut side) = (0, None);
    let unit = |segment: &Segment| {
        let gap = &text[end..segment.span.start()];
        end = segment.span.end();
        let inside = segment.span.of(text);
        if segment.kind == SegmentKind::Running {
            return Unit {
                text: inside,
                side,
                date: None,
                is_headline: false,
                indent: "",
                blank: 0,
            };
        }
        side = segment.lang.side().or(side);
        let date = Date::parse_line(inside);
        Unit {
            text: inside,
            side,
            date,
            is_headline: date.is_none() && is_headline(inside),
            indent: gap.rsplit('\n').next().unwrap_or(gap),
            blank: gap.matches('\n').count().saturating_sub(1),
        }
    };
    document.segments.iter().map(unit).collect()
}

/// Bytes of the longest headline: some forty Chinese characters, some twenty English words.
const HEADLINE: usize = 150;

/// A short line with words in it that does not end as a sentence does.
fn is_headline(text: &str) -> bool {
    let ends = [
        '.', '。', '!', '！', ';', '；', ':', '：', ',', '，', '”', '"', '」', '…',
    ];
    text.len() <= HEADLINE
        && !text.contains('\n')
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(ends)
}

/// Why a document begins where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    File,
    Dated,
    Language,
    /// It may be a heading within the text above.
    Headline,
}

fn starts(units: &[Unit], alternates: bool) -> Vec<(usize, Start)> {
    let changes = if alternates {
        vec![false; units.len()]
    } else {
        language_changes(units)
    };
    let is_dated = |at: usize| is_dated(units, at);
    let usual = usual_indent(units);
    let body = units.iter().position(Unit::is_body).unwrap_or(units.len());
    let is_bundle = (body + 1..units.len()).any(|at| changes[at] || is_dated(at));
    let (mut starts, mut had_body) = (vec![(0, Start::File)], false);
    for at in 1..units.len() {
        had_body |= units[at - 1].is_body();
        let start = match at {
            _ if !had_body || !is_bundle => None,
            _ if is_dated(at) => Some(Start::Dated),
            _ if changes[at] => Some(Start::Language),
            _ if !alternates && is_set_off(units, at, usual) => Some(Start::Headline),
            _ => None,
        };
        if let Some(start) = start {
            starts.push((at, start));
            had_body = false;
        }
    }
    starts
}

/// Lines that may stand above a date: a title, a second line of it, a byline.
const HEAD: usize = 3;

/// Whether a head begins here: a headline with a date under it, or several that stand further from the text above than
/// from each other.
fn is_dated(units: &[Unit], at: usize) -> bool {
    let head = units[at..]
        .iter()
        .take(HEAD)
        .take_while(|unit| unit.is_headline && unit.date.is_none())
        .count();
    let is_one_block = units[at..at + head]
        .iter()
        .skip(1)
        .all(|unit| unit.blank < units[at].blank);
    let is_over_date = units.get(at + head).is_some_and(|next| next.date.is_some());
    head > 0 && is_over_date && (head == 1 || is_one_block)
}

/// Whether most of many runs in one language are a single paragraph: a text and its translation, side by side.
fn alternates(units: &[Unit]) -> bool {
    let runs: Vec<usize> = units
        .chunk_by(|one, next| one.side == next.side)
        .map(<[Unit]>::len)
        .collect();
    runs.len() >= 6 && runs.iter().filter(|&&length| length == 1).count() * 2 > runs.len()
}

/// Bytes below which a single segment in the other language is a quotation and no document.
const SLIGHT: usize = 150;

/// Where the language changes for good: not for a quotation, nor before the text has come to its own.
fn language_changes(units: &[Unit]) -> Vec<bool> {
    let mut changes = vec![false; units.len()];
    let (mut at, mut side) = (0, None);
    for run in units.chunk_by(|one, next| one.side == next.side) {
        if side.is_none() || !is_quotation(run, units.get(at + run.len())) {
            changes[at] = side.is_some() && side != run[0].side;
            // A date line above belongs to the text below it, unless a title above has it: digits have no language.
            if changes[at] && at > 1 && units[at - 1].date.is_some() && !units[at - 2].is_headline {
                changes.swap(at, at - 1);
            }
            side = run[0].side;
        }
        at += run.len();
    }
    changes
}

/// A single segment that is short, or that the text goes on after without a title of its own.
fn is_quotation(run: &[Unit], next: Option<&Unit>) -> bool {
    let goes_on = next.is_some_and(|next| !next.is_headline && next.date.is_none());
    run.len() == 1 && (run[0].text.len() < SLIGHT || goes_on)
}

/// The indent that most segments have.
fn usual_indent<'a>(units: &[Unit<'a>]) -> &'a str {
    let mut indents: Vec<&str> = units.iter().map(|unit| unit.indent).collect();
    indents.sort_unstable();
    indents
        .chunk_by(|one, next| one == next)
        .max_by_key(|same| same.len())
        .map_or("", |same| same[0])
}

/// Blank lines that set a headline off; more than any paragraph needs.
const GAP: usize = 3;

/// A headline with a text under it and something between it and the text above: an indent of its own, a wide gap, a rule.
fn is_set_off(units: &[Unit], at: usize, usual: &str) -> bool {
    let unit = &units[at];
    let is_indented = !unit.indent.is_empty() && unit.indent != usual;
    let is_under_rule = !units[at - 1].text.chars().any(char::is_alphanumeric);
    unit.is_headline && at + 1 < units.len() && (is_indented || unit.blank >= GAP || is_under_rule)
}

/// The locators between two bytes, which are ends of lines, as a document of these alone has them.
fn locators_within(document: &Document, first: usize, last: usize) -> Vec<(Span, Locator)> {
    let inside = document
        .locators
        .iter()
        .filter(|(span, _)| first <= span.start() && span.end() <= last);
    inside
        .map(|&(span, locator)| (Span::new(span.start() - first, span.end() - first), locator))
        .collect()
}

/// The place of the title and the date among the first segments of a document.
fn head(units: &[Unit]) -> (Option<usize>, Option<Date>) {
    let before_body = units.iter().take(4).take_while(|unit| !unit.is_body());
    let date = before_body.clone().find_map(|unit| unit.date);
    let title = before_body
        .clone()
        .position(|unit| unit.is_headline)
        .filter(|_| units.iter().any(Unit::is_body));
    (title, date)
}

fn entitle(document: &mut Document, title: Option<usize>, date: Option<Date>) {
    if let (None, Some(segment)) = (&document.title, title.map(|at| &mut document.segments[at])) {
        document.title = Some(segment.span.of(&document.text).into());
        segment.kind = SegmentKind::Heading;
    }
    document.date = document.date.or(date);
}

fn ranges(starts: &[(usize, Start)], end: usize) -> impl Iterator<Item = (usize, usize)> {
    let ends = starts.iter().skip(1).map(|&(at, _)| at).chain([end]);
    starts.iter().map(|&(at, _)| at).zip(ends)
}

fn parts(
    document: &Document,
    starts: &[(usize, Start)],
    heads: &[(Option<usize>, Option<Date>)],
) -> Vec<Document> {
    let line_start = |segment: &Segment| {
        document.text[..segment.span.start()]
            .rfind('\n')
            .map_or(0, |end| end + 1)
    };
    let mut parts = Vec::new();
    for ((number, (from, to)), (&(_, start), &(title, date))) in ranges(starts, document.segments.len())
        .enumerate()
        .zip(starts.iter().zip(heads))
    {
        let first = if number == 0 {
            0
        } else {
            line_start(&document.segments[from])
        };
        let last = document.segments.get(to).map_or(document.text.len(), line_start);
        let moved = |segment: &Segment| Segment {
            span: Span::new(segment.span.start() - first, segment.span.end() - first),
            ..*segment
        };
        let mut part = Document {
            id: format!("{}#{}", document.id, number + 1),
            source: format!("{}#{}", document.source, number + 1),
            title: None,
            date: None,
            role: document.role,
            text: document.text[first..last].into(),
            segments: document.segments[from..to].iter().map(moved).collect(),
            locators: locators_within(document, first, last),
            encoding: document.encoding.clone(),
            notes: if number == 0 {
                document.notes.clone()
            } else {
                Vec::new()
            },
        };
        entitle(&mut part, title, date);
        if start == Start::Headline {
            let doubt = "uncertain cut: this headline may be a heading within the text before";
            let place = line(&document.text, document.segments[from].span.start());
            part.notes.push(Note::new(&part.source, doubt).line(place));
        }
        parts.push(part);
    }
    parts
}
