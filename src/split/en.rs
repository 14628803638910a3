//! English running text into sentences.

use super::brackets::Brackets;
use super::{cut, is_ornament, line_ends_sentence, reference_mark, words_of};
use crate::span::Span;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The longest word, in bytes, that is looked at before or behind a stop; longer ones are no abbreviations.
const LONGEST_WORD: usize = 24;

/// How many quotes, brackets, dashes and spaces may stand before the first word of a sentence.
const MOST_OPENERS: usize = 8;

/// How many words may stand between a quotation and its verb of speech: "Why?" Mr. Li of Hebei asked.
const LONGEST_SPEAKER: usize = 5;

/// The sentences of an English text, as spans into it: in order, trimmed, with nothing but white space between them.
///
/// A sentence ends with `.`, `!`, `?` or an ellipsis, and with the quotes and brackets that close behind these, where
/// white space follows and then anything but a small letter. Abbreviations, initials, the marks of lists and the words
/// that say who spoke go on. Inside brackets no sentence ends. Line ends are white space unless a blank line, an indented
/// one or the item of a list follows.
///
/// ```
/// use duizhao::split::en;
/// let text = "Mr. Hu lives in the U.S. The rest of us don't. \"Why?\" Anna asked. \"Ask J. R. Hu.\"";
/// let sentences: Vec<&str> = en::sentences(text).into_iter().map(|span| span.of(text)).collect();
/// assert_eq!(
///     sentences,
///     ["Mr. Hu lives in the U.S.", "The rest of us don't.", "\"Why?\" Anna asked.", "\"Ask J. R. Hu.\""]
/// );
/// ```
pub fn sentences(text: &str) -> Vec<Span> {
    cut(text, Scan::new(text).ends())
}

/// One walk through the text, from left to right.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// Where the running sentence starts.
    start: usize,
    brackets: Brackets,
    ends: Vec<usize>,
}

/// What stands at the end of what may be a sentence.
#[derive(Debug, Clone, Copy)]
struct Stop {
    start: usize,
    end: usize,
    mark: Mark,
    /// A quote or bracket closes with it.
    closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// One dot.
    Dot,
    /// `!` or `?`, with whatever else.
    Loud,
    /// `...`, `…` or `. . .`.
    Ellipsis,
    /// A dash before a closing quote: a speech broken off.
    Dash,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Scan {
            text,
            at: 0,
            start: 0,
            brackets: Brackets::of(text),
            ends: Vec::new(),
        }
    }

    fn ends(mut self) -> Vec<usize> {
        while let Some(step) = self.text.as_bytes()[self.at..]
            .iter()
            .position(|&byte| may_matter(byte))
        {
            self.at += step;
            match self.text[self.at..].chars().next() {
                Some('\n') => self.line_end(),
                Some('-') if !self.text[self.at..].starts_with("--") => self.at += 1,
                Some(c @ ('.' | '!' | '?' | '…' | '。' | '！' | '？' | '—' | '–' | '-')) => {
                    self.stop(c)
                }
                Some(c) => match self.brackets.at(self.at) {
                    Some(passage) => self.skip(passage),
                    None => self.at += c.len_utf8(),
                },
                None => break,
            }
        }
        self.ends
    }

    fn end_at(&mut self, end: usize) {
        self.ends.push(end);
        self.start = end;
    }

    fn line_end(&mut self) {
        if line_ends_sentence(self.text, self.at) {
            self.end_at(self.at);
        }
        self.at += 1;
    }

    /// Leaves a bracketed passage behind. One that opens the sentence and holds a stop at its end is a sentence itself.
    fn skip(&mut self, passage: Span) {
        let inside = passage.of(self.text).trim_end_matches(is_close);
        let opens = self.text[self.start..passage.start()].trim_start().is_empty();
        self.at = passage.end();
        if opens && inside.ends_with(['.', '!', '?', '…']) && !goes_on(&self.text[self.at..]) {
            self.end_at(passage.end());
        }
    }

    /// Takes in the marks of a stop, and decides whether a sentence ends behind them.
    fn stop(&mut self, first: char) {
        let stop = self.stop_here(first);
        self.at = stop.end;
        if self.is_end(stop) {
            self.end_at(stop.end);
        }
    }

    fn stop_here(&self, first: char) -> Stop {
        let rest = &self.text[self.at..];
        let marks = match first {
            '—' | '–' | '-' => rest.trim_start_matches(first),
            _ => behind_marks(rest),
        };
        let run = &rest[..rest.len() - marks.len()];
        let mark = match first {
            '—' | '–' | '-' => Mark::Dash,
            _ if run.contains(['!', '?', '！', '？']) => Mark::Loud,
            _ if matches!(run, "." | "。") => Mark::Dot,
            _ => Mark::Ellipsis,
        };
        let closers = behind_closers(marks);
        let behind = &closers[reference_mark(closers)..];
        Stop {
            start: self.at,
            end: self.text.len() - behind.len(),
            mark,
            closed: closers.len() < marks.len(),
        }
    }

    fn is_end(&self, stop: Stop) -> bool {
        if stop.mark == Mark::Dash && !stop.closed {
            return false;
        }
        let rest = &self.text[stop.end..];
        if rest.is_empty() {
            return true;
        }
        let next = rest.trim_start();
        let glued = next.len() == rest.len();
        if glued {
            // “Go.”“Why?”
            return stop.closed && rest.starts_with(['“', '‘']);
        }
        if goes_on(next) || is_ornament(next) {
            return false;
        }
        let opened = next.starts_with(['"', '“', '\'', '‘']);
        let next = Word::first_of(behind_openers(next));
        let before = &self.text[self.start..stop.start];
        match stop.mark {
            _ if stop.closed && !opened && is_speech_tag(next) => false,
            Mark::Dot if !stop.closed => ends_with_dot(before, next, opened),
            // I... I've no idea.
            Mark::Ellipsis if !stop.closed => {
                next.word.split(['\'', '’', '-']).next() != Some(last_word(before.trim_end()))
            }
            _ => true,
        }
    }
}

/// The word that follows a stop, and the text behind it.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    word: &'a str,
    rest: &'a str,
}

impl<'a> Word<'a> {
    fn first_of(text: &'a str) -> Self {
        let end = text
            .char_indices()
            .find(|&(at, c)| at >= LONGEST_WORD || !(c.is_alphanumeric() || is_inner(c)))
            .map_or(text.len(), |(at, _)| at);
        let word = text[..end].trim_end_matches(is_inner);
        Word {
            word,
            rest: &text[word.len()..],
        }
    }

    /// Whether it is capitalised for opening a sentence, as far as can be told.
    fn opens_sentence(self) -> bool {
        let initial = self.word.len() == 1 && self.rest.starts_with('.');
        !initial && RULES.openers.contains(self.word)
    }

    /// Whether it may open a sentence though its letter is small: iPhone, or the `b.` of a list.
    fn opens_in_small(self) -> bool {
        let item = self.word.len() == 1
            && self.rest.starts_with(". ")
            && !RULES.abbreviations.contains_key(self.word);
        item || self.word.chars().nth(1).is_some_and(char::is_uppercase)
    }

    fn is_number(self) -> bool {
        self.word.starts_with(|c: char| c.is_ascii_digit())
            || self.word != "I" && is_roman(self.word)
            || self.rest.starts_with('#')
    }
}

/// Whether a sentence that so far reads `before` ends with the dot that stands behind it.
fn ends_with_dot(before: &str, next: Word, opened: bool) -> bool {
    let word = last_word(before);
    if is_list_mark(word) && is_lead(&before[..before.len() - word.len()]) {
        return false;
    }
    let name_may_follow = match RULES.abbreviations.get(word) {
        Some(Follows::Anything) => return false,
        Some(Follows::Number) => return !next.is_number(),
        Some(Follows::Name) => true,
        None if word.ends_with(".m") => return !tells_time(next.word),
        None => is_initials(word),
    };
    !name_may_follow || opened || next.opens_sentence()
}

/// Whether a number behind these words is the mark of an item: nothing, the end of a list's announcement, or a label.
fn is_lead(words: &str) -> bool {
    const LABELS: [&str; 10] = [
        "Figure", "Table", "Chapter", "Section", "Part", "Step", "Article", "Rule", "Example", "Appendix",
    ];
    let label = words.trim();
    label.is_empty() || LABELS.contains(&label) || words.ends_with(": ") || words.ends_with(":\n")
}

/// `J`, `U.S`, `F.B.I`, `Ph.D`, but not the pronoun `I`.
fn is_initials(word: &str) -> bool {
    let dotted = word.contains('.') && word.split('.').all(|part| part.len() <= 2 && is_letters(part));
    dotted || word.len() == 1 && word != "I" && word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether `word` goes on with a time of day: 5 p.m. Monday, 8 a.m. Eastern.
fn tells_time(word: &str) -> bool {
    matches!(
        word,
        "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday"
    ) || matches!(word, "Eastern" | "Central" | "Mountain" | "Pacific" | "Beijing")
        || matches!(
            word,
            "EST" | "EDT" | "ET" | "PST" | "PDT" | "PT" | "CST" | "GMT" | "BST" | "UTC"
        )
}

/// Whether `next`, behind a quotation, opens with the words that say who spoke: names and a verb of speech, then a mark
/// or the manner of speaking. (A small letter behind the quotation says as much without this.)
fn is_speech_tag(next: Word) -> bool {
    const BEHIND: [&str; 12] = [
        "him", "her", "me", "them", "us", "again", "as", "with", "in", "from", "at", "aloud",
    ];
    let mut word = next;
    for number in 0..=LONGEST_SPEAKER {
        if number > 0 && RULES.speech.contains(word.word) {
            let behind = Word::first_of(word.rest.trim_start());
            return !word.rest.starts_with(char::is_whitespace)
                || behind.word.ends_with("ly")
                || BEHIND.contains(&behind.word);
        }
        let is_name =
            word.word.starts_with(char::is_uppercase) || matches!(word.word, "of" | "de" | "van" | "von");
        if !is_name || number == 0 && word.word != "I" && word.opens_sentence() {
            return false;
        }
        let rest = word.rest.strip_prefix('.').unwrap_or(word.rest);
        let Some(rest) = rest.strip_prefix([' ', '\n']) else {
            return false;
        };
        word = Word::first_of(rest);
    }
    false
}

/// Whether the sentence goes on with what stands behind its stop: a small letter (but not that of iPhone) or a comma.
fn goes_on(behind: &str) -> bool {
    let behind = behind_openers(behind.trim_start());
    match behind.chars().next() {
        Some(c) if c.is_lowercase() => !Word::first_of(behind).opens_in_small(),
        Some(c) => matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '…') || is_close(c),
        None => false,
    }
}

/// What stands behind the marks that `text` opens with: `?!`, `...`, `. . .`.
fn behind_marks(text: &str) -> &str {
    let mut rest = text;
    loop {
        let behind = rest.trim_start_matches(['.', '!', '?', '…', '。', '！', '？']);
        let spaced = behind.strip_prefix([' ', '\u{A0}']).unwrap_or_default();
        match spaced.strip_prefix(['.', '…']) {
            Some(more) if !more.starts_with(char::is_alphanumeric) => rest = spaced,
            _ => return behind,
        }
    }
}

/// What stands behind the quotes and brackets that `text` opens with and that close something. A straight quote behind
/// a space (or before a letter) opens.
fn behind_closers(text: &str) -> &str {
    let is_closer = |c: char| is_close(c) || matches!(c, '"' | '\'' | '*' | '_');
    let closed = text.trim_start_matches(is_closer);
    match closed.strip_prefix(' ') {
        Some(spaced) if spaced.starts_with(['”', ')', ']']) => spaced.trim_start_matches(is_closer),
        Some(spaced) if spaced.starts_with("\" ") || spaced == "\"" => &spaced[1..],
        _ => closed,
    }
}

/// The last word of `text`, with the dots and apostrophes inside it; none if something else stands at the end.
fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .find(|&(at, c)| text.len() - at > LONGEST_WORD || !(c.is_alphanumeric() || is_inner(c)))
        .map_or(0, |(at, c)| at + c.len_utf8());
    text[start..].trim_start_matches(is_inner)
}

/// Whether a word may number the item of a list: `1`, `12`, `a`, `B`, `iv`.
fn is_list_mark(word: &str) -> bool {
    let number = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let letter = word.len() == 1 && is_letters(word);
    !word.is_empty() && (number || letter || is_roman(word) || is_roman(&word.to_ascii_uppercase()))
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 5 && word.bytes().all(|byte| b"IVXLC".contains(&byte))
}

fn is_letters(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Marks that may stand inside a word.
fn is_inner(c: char) -> bool {
    matches!(c, '.' | '\'' | '’' | '-' | '&')
}

/// What stands behind the marks that may come before the word that says whether a sentence opens.
fn behind_openers(text: &str) -> &str {
    let is_opener = |c: char| {
        matches!(
            c,
            ' ' | '"' | '\'' | '“' | '‘' | '(' | '[' | '{' | '«' | '¿' | '¡'
        ) || matches!(c, '—' | '–' | '-' | '*' | '_' | '•' | '$' | '£' | '€')
    };
    let length: usize = text
        .chars()
        .take(MOST_OPENERS)
        .take_while(|&c| is_opener(c))
        .map(char::len_utf8)
        .sum();
    &text[length..]
}

fn is_close(c: char) -> bool {
    matches!(c, '”' | '’' | ')' | ']' | '}' | '»' | '」' | '』')
}

/// Whether a byte may start something that bears on where sentences end.
fn may_matter(byte: u8) -> bool {
    matches!(
        byte,
        b'.' | b'!' | b'?' | b'\n' | b'(' | b'[' | b'{' | b'-' | 0xC2 | 0xE2 | 0xE3 | 0xEF
    )
}

/// What has to follow the dot of an abbreviation for the sentence to go on.
#[derive(Debug, Clone, Copy)]
enum Follows {
    Anything,
    Number,
    Name,
}

/// The word lists beside this file, read.
struct Rules {
    abbreviations: HashMap<&'static str, Follows>,
    openers: HashSet<&'static str>,
    speech: HashSet<&'static str>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut abbreviations = HashMap::new();
    let mut follows = Follows::Anything;
    for word in words_of(include_str!("en-abbreviations.txt")) {
        match word {
            "[always]" => follows = Follows::Anything,
            "[number]" => follows = Follows::Number,
            "[name]" => follows = Follows::Name,
            _ => {
                abbreviations.insert(word, follows);
            }
        }
    }
    Rules {
        abbreviations,
        openers: words_of(include_str!("en-openers.txt")).collect(),
        speech: words_of(include_str!("en-speech.txt")).collect(),
    }
});
