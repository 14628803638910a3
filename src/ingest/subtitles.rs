//! SubRip and WebVTT into text: what is said without a pause becomes a paragraph, and each cue keeps its time.
//!
//! Times and tags go; names of speakers, comments and repeated lines are counted in a note.

use super::{Locator, Parsed, SegmentKind, joint, letters, line as line_number};
use crate::error::{Error, Kind, Note, Result};
use crate::script::is_han;
use crate::span::Span;
use std::collections::BTreeMap;

/// How the files differ: `NOTE`, `STYLE`, entities and the like mean something in WebVTT alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    SubRip,
    WebVtt,
}

pub(super) fn parse(source: &str, text: &str, syntax: Syntax) -> Result<Parsed> {
    let mut left_out = BTreeMap::new();
    let mut cues = cues(text, syntax, &mut left_out);
    if cues.is_empty() {
        let cause = "no cue in it: no line like 00:00:01,000 --> 00:00:02,500";
        return Err(
            Error::new(Kind::Malformed, source, cause).remedy("give a text without times the extension .txt")
        );
    }
    for cue in &mut cues {
        cue.says = said(&cue.lines, syntax, &mut left_out);
    }
    if syntax == Syntax::WebVtt {
        drop_repeated(&mut cues, &mut left_out);
    }
    let mut writer = Writer {
        has_stops: has_stops(&cues),
        ..Writer::default()
    };
    cues.iter().for_each(|cue| writer.cue(cue));
    writer.flush();
    let (mut parsed, has_stops) = (writer.parsed, writer.has_stops);
    let untimed = cues.iter().find(|cue| cue.time.is_none());
    parsed.notes.extend(untimed.map(|cue| {
        Note::new(source, "a time that cannot be read; what is said there has none")
            .line(line_number(text, cue.byte))
    }));
    if !has_stops {
        parsed.notes.push(Note::new(
            source,
            "most of its cues end without a stop, so each is read as a sentence",
        ));
    }
    parsed.kept_out = left_out;
    Ok(parsed)
}

#[derive(Debug)]
struct Cue<'a> {
    /// Milliseconds.
    time: Option<(u64, u64)>,
    /// Where it begins in the file.
    byte: usize,
    lines: Vec<&'a str>,
    says: Vec<Line>,
}

/// A line without its mark-up.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    text: String,
    /// Who says it, where that is said.
    speaker: Option<String>,
}

fn cues<'a>(text: &'a str, syntax: Syntax, left_out: &mut BTreeMap<String, usize>) -> Vec<Cue<'a>> {
    let (mut cues, mut head): (Vec<Cue>, Vec<&str>) = (Vec::new(), Vec::new());
    let (mut byte, mut counter) = (0, None);
    for line in text.split('\n') {
        if line.contains("-->") {
            if let Some(cue) = cues.last_mut() {
                counter = take_counter(&mut cue.lines, counter);
            }
            cues.push(Cue {
                time: time_line(line),
                byte,
                lines: Vec::new(),
                says: Vec::new(),
            });
        } else if let Some(cue) = cues.last_mut() {
            cue.lines.push(line.trim());
        } else {
            head.push(line.trim());
        }
        byte += line.len() + 1;
    }
    if syntax == Syntax::WebVtt {
        count_comments(&head, left_out);
        for Cue { lines, .. } in &mut cues {
            let end = lines
                .iter()
                .position(|line| line.is_empty())
                .unwrap_or(lines.len());
            count_comments(&lines[end..], left_out);
            lines.truncate(end);
        }
    }
    cues
}

/// Takes away the number of the next cue, which stands right above its time; text may end in a number, too.
fn take_counter(lines: &mut Vec<&str>, before: Option<u64>) -> Option<u64> {
    let number = lines.last()?.parse().ok()?;
    let is_apart = lines.len() < 2 || lines[lines.len() - 2].is_empty();
    if is_apart && lines.len() > 1 || before.and_then(|before| u64::checked_add(before, 1)) == Some(number) {
        lines.pop();
        return Some(number);
    }
    before
}

/// Of the blocks between two cues of WebVTT comments alone say something.
fn count_comments(lines: &[&str], left_out: &mut BTreeMap<String, usize>) {
    for block in lines.split(|line| line.is_empty()) {
        if let Some(comment) = block.concat().strip_prefix("NOTE") {
            count(left_out, "comments", comment);
        }
    }
}

fn count(left_out: &mut BTreeMap<String, usize>, what: &str, text: &str) {
    *left_out.entry(what.into()).or_default() += letters(text);
}

/// `00:01:02,500 --> 00:01:04,000 position:10%` in milliseconds; hours may be missing, and the comma a point.
fn time_line(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.split_once("-->")?;
    Some((time(start.trim())?, time(end.split_whitespace().next()?)?))
}

fn time(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let digits: String = fraction.chars().chain("00".chars()).take(3).collect();
    let mut seconds: u64 = 0;
    for part in whole.split(':') {
        seconds = seconds
            .checked_mul(60)?
            .checked_add(u64::from(part.trim().parse::<u32>().ok()?))?;
    }
    seconds.checked_mul(1000)?.checked_add(digits.parse().ok()?)
}

/// What the lines of a cue say without their mark-up.
fn said(lines: &[&str], syntax: Syntax, left_out: &mut BTreeMap<String, usize>) -> Vec<Line> {
    let text = lines.join("\n");
    let mut says = vec![Line {
        text: String::new(),
        speaker: None,
    }];
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let open = says.last_mut().expect("there is one from the start");
        match mark(rest, syntax) {
            Some((Mark::Break, length)) => {
                says.push(Line {
                    text: String::new(),
                    speaker: None,
                });
                rest = &rest[length..];
            }
            Some((Mark::Speaker(name), length)) => {
                count(left_out, "names of speakers", name);
                says.push(Line {
                    text: String::new(),
                    speaker: Some(name.trim().to_owned()),
                });
                rest = &rest[length..];
            }
            Some((Mark::Reading(reading), length)) => {
                count(left_out, "readings above characters", reading);
                rest = &rest[length..];
            }
            Some((Mark::Tag, length)) => rest = &rest[length..],
            Some((Mark::Character(character), length)) => {
                open.text.push(character);
                rest = &rest[length..];
            }
            None => {
                open.text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    says.iter_mut()
        .for_each(|line| line.text = line.text.trim().to_owned());
    says.retain(|line| !line.text.is_empty());
    says
}

enum Mark<'a> {
    Break,
    Speaker(&'a str),
    Reading(&'a str),
    Character(char),
    Tag,
}

/// The tags that the two formats know, and those that players take; any other `<` is a character.
const TAGS: [&str; 12] = [
    "b", "i", "u", "s", "c", "v", "em", "font", "lang", "ruby", "span", "strong",
];
/// Bytes of the longest tag: none is looked for further, so that a file of `<` takes no longer than another.
const LONGEST_TAG: usize = 200;

/// The mark-up that a text begins with, and its length.
fn mark(text: &str, syntax: Syntax) -> Option<(Mark<'_>, usize)> {
    if text.starts_with('\n') {
        return Some((Mark::Break, 1));
    }
    if text.starts_with("{\\") {
        return Some((Mark::Tag, end_of(text, '}')? + 1));
    }
    if text.starts_with('&') && syntax == Syntax::WebVtt {
        let known = [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&nbsp;", '\u{A0}'),
            ("&lrm;", '\u{200E}'),
            ("&rlm;", '\u{200F}'),
        ];
        let (name, character) = known.iter().find(|(name, _)| text.starts_with(name))?;
        return Some((Mark::Character(*character), name.len()));
    }
    if !text.starts_with('<') {
        return None;
    }
    let end = end_of(text, '>')?;
    let inside = &text[1..end];
    let name = inside.trim_start_matches('/');
    let name = &name[..name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len())];
    let mark = match name.to_ascii_lowercase().as_str() {
        "br" => Mark::Break,
        "v" if !inside.starts_with('/') => {
            let name = inside
                .split_once(char::is_whitespace)
                .map_or("", |(_, name)| name);
            Mark::Speaker(name)
        }
        "rt" if !inside.starts_with('/') => {
            let behind = &text[end + 1..];
            let reading = &behind[..behind.find('<').unwrap_or(behind.len())];
            return Some((Mark::Reading(reading), end + 1 + reading.len()));
        }
        "rt" => Mark::Tag,
        known if TAGS.contains(&known) => Mark::Tag,
        // Karaoke: when a word is sung.
        _ if inside.contains(':') && time(inside).is_some() => Mark::Tag,
        _ => return None,
    };
    Some((mark, end + 1))
}

fn end_of(text: &str, end: char) -> Option<usize> {
    let within = text.char_indices().take(LONGEST_TAG);
    within
        .take_while(|&(_, c)| c != '\n')
        .find(|&(_, c)| c == end)
        .map(|(at, _)| at)
}

/// Captions that roll show each line twice: last in one cue, first in the next.
fn drop_repeated(cues: &mut [Cue], left_out: &mut BTreeMap<String, usize>) {
    let mut before: Option<Line> = None;
    for cue in cues {
        let last = cue.says.last().cloned();
        if before.is_some() && cue.says.first() == before.as_ref() {
            count(
                left_out,
                "lines repeated from the cue before",
                &cue.says.remove(0).text,
            );
        }
        before = last.or(before);
    }
}

/// Share of cues that end with a stop below which stops say nothing: of English subtitles two thirds do, of Chinese ones,
/// which have a space for a comma and nothing for a full stop, one in ten.
const FEWEST_STOPS: f32 = 0.3;

fn has_stops(cues: &[Cue]) -> bool {
    let last = |cue: &Cue| cue.says.last().map(|line| ends_sentence(&line.text));
    let ends: Vec<bool> = cues.iter().filter_map(last).collect();
    ends.iter().filter(|&&end| end).count() as f32 >= FEWEST_STOPS * ends.len() as f32
}

fn ends_sentence(text: &str) -> bool {
    let inside = text.trim_end_matches(['"', '\'', '”', '’', '」', '』', ')', '）', ']', '♪', ' ']);
    inside.ends_with(['.', '!', '?', '…', '。', '！', '？', '⋯'])
}

/// Milliseconds without a word behind which another paragraph begins: behind a stop, and anywhere.
const PAUSE: u64 = 2_000;
const LONG_PAUSE: u64 = 8_000;

#[derive(Default)]
struct Writer {
    parsed: Parsed,
    has_stops: bool,
    /// The paragraph that is open, and when its parts are said.
    open: String,
    times: Vec<(Span, Locator)>,
    end: Option<u64>,
    speaker: Option<String>,
}

impl Writer {
    fn cue(&mut self, cue: &Cue) {
        if !self.has_stops || self.is_pause(cue) {
            self.flush();
        }
        for line in &cue.says {
            let is_dash = line.text.starts_with(['-', '–', '—', '－'])
                && (!self.has_stops || ends_sentence(&self.open));
            let turns = |(before, after): (char, char)| is_han(before) != is_han(after);
            let ends = self
                .open
                .chars()
                .rfind(|c| c.is_alphabetic())
                .zip(line.text.chars().find(|c| c.is_alphabetic()));
            // Both languages in one cue: Chinese in one line, English in the next.
            let is_other_language = cue.says.len() > 1 && ends.is_some_and(turns);
            let is_turn = line.speaker.is_some() && line.speaker != self.speaker;
            self.speaker = line.speaker.clone().or(self.speaker.take());
            if is_turn || is_dash || is_other_language {
                self.flush();
            }
            let joint = joint(self.open.chars().next_back(), line.text.chars().next());
            self.open.push_str(joint);
            let start = self.open.len();
            self.open.push_str(&line.text);
            if let Some((from, to)) = cue.time {
                let span = Span::new(start, self.open.len());
                self.times.push((
                    span,
                    Locator::Time {
                        from,
                        to: to.max(from),
                    },
                ));
            }
        }
        self.end = cue.time.map(|(_, end)| end).or(self.end);
    }

    fn is_pause(&self, cue: &Cue) -> bool {
        let (Some(end), Some((start, _))) = (self.end, cue.time) else {
            return false;
        };
        let pause = start.saturating_sub(end);
        pause >= LONG_PAUSE || pause >= PAUSE && ends_sentence(&self.open)
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.open);
        let start = self.parsed.text.len();
        self.parsed.push(SegmentKind::Paragraph, &text);
        let moved =
            |(span, locator): (Span, Locator)| (Span::new(start + span.start(), start + span.end()), locator);
        self.parsed.locators.extend(self.times.drain(..).map(moved));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, syntax: Syntax) -> Parsed {
        parse("x.srt", text, syntax).expect("it has a cue")
    }

    #[test]
    fn a_sentence_runs_over_cues_and_a_pause_ends_a_paragraph() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\nThe ferry is\n\n2\n00:00:02,100 --> 00:00:03,000\n<i>late</i> again.\n\n\
                   3\n00:00:09,000 --> 00:00:10,500\n- Is it?\n- It is.\n";
        let parsed = read(srt, Syntax::SubRip);
        assert_eq!(parsed.text, "The ferry is late again.\n- Is it?\n- It is.\n");
        let times: Vec<_> = parsed
            .locators
            .iter()
            .map(|(span, locator)| (span.of(&parsed.text), *locator))
            .collect();
        assert_eq!(
            times[1],
            (
                "late again.",
                Locator::Time {
                    from: 2_100,
                    to: 3_000
                }
            )
        );
    }

    #[test]
    fn chinese_without_stops_is_a_sentence_a_cue() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\n船又晚了\n\n2\n00:00:02,100 --> 00:00:03,000\n我们走吧 别等了\n";
        assert_eq!(read(srt, Syntax::SubRip).text, "船又晚了\n我们走吧 别等了\n");
    }

    #[test]
    fn numbers_that_are_said_stay() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\nWhen was it?\n\n2\n00:00:02,100 --> 00:00:03,000\n1984\n\n\
                   3\n00:00:03,100 --> 00:00:04,000\nRight.\n";
        assert_eq!(read(srt, Syntax::SubRip).text, "When was it? 1984 Right.\n");
    }

    #[test]
    fn a_smaller_than_is_no_tag() {
        let srt = "00:00:01,000 --> 00:00:02,000\nI <3 tea, x<y, <Sighs> and {\\an8}<b>cake</b>.\n";
        assert_eq!(
            read(srt, Syntax::SubRip).text,
            "I <3 tea, x<y, <Sighs> and cake.\n"
        );
    }

    #[test]
    fn names_comments_styles_and_readings_of_webvtt_are_no_text() {
        let vtt = "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE checked twice\n\nintro\n00:01.000 --> 00:02.000 align:start\n\
                   <v Old Lu>Rain &amp; wind.</v>\n\nNOTE later\n\n00:02.000 --> 00:03.000\n<v Xu><ruby>埠<rt>bù</rt></ruby>头。\n";
        let parsed = read(vtt, Syntax::WebVtt);
        assert_eq!(parsed.text, "Rain & wind.\n埠头。\n");
        let kept_out = [
            ("comments", 17),
            ("names of speakers", 7),
            ("readings above characters", 2),
        ];
        assert_eq!(
            parsed.kept_out,
            kept_out.map(|(what, letters)| (what.to_owned(), letters)).into()
        );
    }

    #[test]
    fn lines_that_roll_are_read_once() {
        let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nThe tide\n\n00:02.000 --> 00:03.000\nThe tide\n<00:02.500>is out.\n";
        assert_eq!(read(vtt, Syntax::WebVtt).text, "The tide is out.\n");
    }

    #[test]
    fn a_time_that_is_none_is_told_and_its_text_kept() {
        let srt = "00:00:01,000 --> 00:00:xx\nThe tide is out.\n";
        let parsed = read(srt, Syntax::SubRip);
        assert_eq!(
            (parsed.text.as_str(), parsed.locators.len()),
            ("The tide is out.\n", 0)
        );
        assert_eq!(parsed.notes[0].place.line, Some(1));
    }
}
