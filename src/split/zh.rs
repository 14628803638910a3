//! Chinese running text into sentences.

use super::brackets::Brackets;
use super::{cut, is_ornament, line_ends_sentence, reference_mark, words_of};
use crate::span::Span;
use std::collections::HashSet;
use std::sync::LazyLock;

/// How far a speech tag may reach behind its quotation, in characters: 美国国务院发言人……在记者会上表示 is near the limit.
const LONGEST_TAG: usize = 40;

/// A bare …… this close behind the last mark is a stammer (我……我不知道), not an end. In characters.
const SHORTEST_TRAILING_OFF: usize = 5;

/// How many characters back is looked for what announces a quotation.
const NEAR: usize = 4;

/// Quotes that may stand open at once; of more, the outermost are forgotten, so that quotes nobody closes cost nothing.
const DEEPEST_QUOTE: usize = 4;

/// The sentences of a Chinese text, as spans into it: in order, trimmed, with nothing but white space between them.
///
/// A sentence ends with 。！？ or ……, and with the quotes and brackets that close behind these. Inside quotes each
/// sentence is one; inside brackets (（）, 《》, ...) none ends. A quotation and the words that say who spoke are one
/// sentence. Line ends are white space unless a blank line, an indented one or the item of a list follows.
///
/// ```
/// use duizhao::split::zh;
/// let text = "“这是对的。”他说。“走吧。”她站了起来。";
/// let sentences: Vec<&str> = zh::sentences(text).into_iter().map(|span| span.of(text)).collect();
/// assert_eq!(sentences, ["“这是对的。”他说。", "“走吧。”", "她站了起来。"]);
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
    quotes: Vec<Quote>,
    ends: Vec<usize>,
}

/// A quotation that stands open.
#[derive(Debug, Clone, Copy)]
struct Quote {
    close: char,
    role: Role,
}

/// What a quotation is to the sentence it opens in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It was announced: 他说：“...”, 他问，“...”.
    Announced,
    /// It opens its sentence or a clause of it: who spoke may still be said.
    Open,
    /// A word among words: 他喊了声“...”就跑.
    Embedded,
}

/// What stands at the end of what may be a sentence.
#[derive(Debug, Clone, Copy)]
struct Stop {
    start: usize,
    end: usize,
    mark: Mark,
    /// The outermost quotation that closes with it.
    quote: Option<Quote>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A full stop among the marks: it ends more surely than the others.
    Full,
    /// ！ or ？.
    Loud,
    /// Nothing but an ellipsis, or a dash before a closing quote.
    Trailing,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Scan {
            text,
            at: 0,
            start: 0,
            brackets: Brackets::of(text),
            quotes: Vec::new(),
            ends: Vec::new(),
        }
    }

    fn ends(mut self) -> Vec<usize> {
        while let Some(c) = self.text[self.at..].chars().next() {
            if is_han(c) || c.is_alphanumeric() {
                self.at += c.len_utf8();
            } else if c == '\n' {
                if line_ends_sentence(self.text, self.at) {
                    self.end_at(self.at);
                    self.quotes.clear();
                }
                self.at += 1;
            } else if let Some(passage) = self.brackets.at(self.at) {
                self.skip(passage);
            } else if self.stops(c) {
                self.stop();
            } else {
                self.quote(c);
                self.at += c.len_utf8();
            }
        }
        self.ends
    }

    fn end_at(&mut self, end: usize) {
        self.ends.push(end);
        self.start = end;
    }

    /// Leaves a bracketed passage behind. Parentheses that open the sentence and hold a stop
    /// at their end are a sentence themselves.
    fn skip(&mut self, passage: Span) {
        let inside = passage.of(self.text);
        let close = inside.chars().next_back().map_or(0, char::len_utf8);
        let opens = self.text[self.start..passage.start()].trim_start().is_empty();
        self.at = passage.end();
        if opens
            && inside.starts_with(['（', '('])
            && inside[..inside.len() - close]
                .trim_end()
                .ends_with(['。', '！', '？', '…', '.', '!', '?'])
        {
            self.end_at(passage.end());
        }
    }

    /// Whether the mark `c`, here, may end a sentence.
    fn stops(&self, c: char) -> bool {
        let before = self.text[..self.at].chars().next_back();
        let after = self.text[self.at + c.len_utf8()..].chars().next();
        match c {
            // `?a=1`, `!important`, `Yahoo!Mail`: between Latin letters they are no stops.
            '!' | '?' => !after.is_some_and(|c| c.is_ascii_alphanumeric()),
            // 3.14, v2.0, Mr. 王, a.txt: a low dot is a stop behind a Chinese character alone, and in `...`.
            '.' | '．' => {
                after == Some(c)
                    || (before.is_some_and(|c| is_han(c) || is_close(c))
                        && !after.is_some_and(|c| c.is_ascii_alphanumeric()))
            }
            // “你为什么——”
            '—' => !self.quotes.is_empty() && dash_closes(&self.text[self.at..]),
            _ => is_stop(c),
        }
    }

    /// Takes in the marks of a stop, and decides whether a sentence ends behind them.
    fn stop(&mut self) {
        let start = self.at;
        let (mut end, mut quote) = (start, None);
        while let Some(c) = self.text[end..].chars().next() {
            let behind = end + c.len_utf8();
            let is_mark = match c {
                '—' => dash_closes(&self.text[end..]),
                // An omission that stands alone: ”　……
                ' ' | '\u{3000}' => self.text[behind..].starts_with("……"),
                _ => is_stop(c),
            };
            if is_mark {
                end = behind;
            } else if let Some((behind, closed)) = self.closer(end, quote.is_some()) {
                end = behind;
                quote = closed.or(quote);
            } else {
                break;
            }
        }
        let mark = mark_of(&self.text[start..end]);
        end += reference_mark(&self.text[end..]);
        self.at = end;
        if self.is_end(Stop {
            start,
            end,
            mark,
            quote,
        }) {
            self.end_at(end);
        }
    }

    /// The closing quote or bracket at `at`, with the space that may be before it, behind a stop: its end, and the
    /// quotation that it closes if one stands open. `closed`: whether another has closed before it.
    fn closer(&mut self, at: usize, closed: bool) -> Option<(usize, Option<Quote>)> {
        let space = one_space(&self.text[at..]);
        let c = self.text[at + space..].chars().next()?;
        let straight = matches!(c, '"' | '\'');
        if !is_close(c) && !straight {
            return None;
        }
        let end = at + space + c.len_utf8();
        let quote = self.close(c);
        // What closes nothing is a slip and stays where it stands, unless it may as well open what follows.
        let opens = if straight {
            space > 0 || self.text[end..].starts_with(|c: char| !c.is_whitespace())
        } else {
            space > 0 && closed
        };
        (quote.is_some() || !opens).then_some((end, quote))
    }

    /// Closes the innermost open quotation that ends with `c`, and those inside it that nobody closed.
    fn close(&mut self, c: char) -> Option<Quote> {
        let depth = self.quotes.iter().rposition(|quote| quote.close == c)?;
        let quote = self.quotes[depth];
        self.quotes.truncate(depth);
        Some(quote)
    }

    fn is_end(&self, stop: Stop) -> bool {
        let rest = &self.text[stop.end..];
        let Some(next) = rest.chars().find(|c| !c.is_whitespace()) else {
            return true;
        };
        if is_continuation(next) || is_ornament(rest) {
            return false;
        }
        match stop.quote.map(|quote| quote.role) {
            None if stop.mark == Mark::Trailing => next != '—' && self.trails_off(stop.start, next),
            None => true,
            Some(_) if matches!(next, '的' | '之' | '等') => false,
            Some(Role::Announced) => true,
            Some(Role::Embedded) => stop.mark == Mark::Full,
            Some(Role::Open) => !is_speech_tag(rest),
        }
    }

    /// Whether a bare …… ends its sentence: it does behind a clause of some length, unless the same character comes
    /// again (一百个……个个).
    fn trails_off(&self, stop: usize, next: char) -> bool {
        let clause = last_clause(&self.text[self.start..stop]);
        clause.chars().count() >= SHORTEST_TRAILING_OFF && !clause.ends_with(next)
    }

    /// Notes a quote that opens or closes here, behind no stop.
    fn quote(&mut self, c: char) {
        let close = match c {
            '“' => '”',
            '‘' => '’',
            '「' => '」',
            '『' => '』',
            '﹁' => '﹂',
            '﹃' => '﹄',
            '"' if self.quotes.iter().all(|quote| quote.close != '"') => '"',
            _ => {
                self.close(c);
                return;
            }
        };
        if self.quotes.len() == DEEPEST_QUOTE {
            self.quotes.remove(0);
        }
        self.quotes.push(Quote {
            close,
            role: self.role(),
        });
    }

    /// The role of a quotation that opens here.
    fn role(&self) -> Role {
        let sentence = &self.text[self.start..self.at];
        let marks = |&(_, c): &(usize, char)| !(c.is_whitespace() || is_open_quote(c));
        match sentence.char_indices().rev().take(NEAR).find(marks) {
            Some((_, '：' | ':')) => Role::Announced,
            Some((end, '，' | ',')) if ends_with_speech(last_clause(&sentence[..end])) => Role::Announced,
            Some((_, c)) if c.is_alphanumeric() => Role::Embedded,
            _ => Role::Open,
        }
    }
}

/// Whether `rest`, behind a quotation, is the words that say who spoke and no more: a clause that ends in a verb of
/// speech, then a stop or the rest of the speech (他说，“...”). What 她又说：“...” or 他说，他... announce is yet to come.
fn is_speech_tag(rest: &str) -> bool {
    let rest = rest.trim_start();
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '·' | '-' | '、' | '《' | '》');
    let Some((end, mark)) = rest.char_indices().take(LONGEST_TAG).find(|&(_, c)| is_mark(c)) else {
        return rest.chars().nth(LONGEST_TAG).is_none() && ends_with_speech(rest);
    };
    let quotation_follows = || {
        rest[end + mark.len_utf8()..]
            .trim_start()
            .starts_with(is_open_quote)
    };
    match mark {
        '。' | '！' | '？' | '…' | '.' | '!' | '?' => ends_with_speech(&rest[..end]),
        '，' | ',' => quotation_follows() && ends_with_speech(&rest[..end]),
        _ => false,
    }
}

/// Whether a clause ends in a verb of speech, with what may follow one: 说着, 问他, 喊了一声, 嚷起来.
fn ends_with_speech(clause: &str) -> bool {
    const BEHIND: [&str; 15] = [
        "着", "了", "过", "我", "你", "您", "他", "她", "它", "们", "起来", "一声", "一句", "大家", "自己",
    ];
    if SPEECH.objects.iter().any(|verb| clause.contains(verb)) {
        return true;
    }
    let mut clause = clause.trim_end();
    loop {
        let ends = |words: &HashSet<&str>| tails(clause).any(|tail| words.contains(tail));
        if ends(&SPEECH.verbs) && !ends(&SPEECH.others) {
            return true;
        }
        match BEHIND.iter().find_map(|word| clause.strip_suffix(word)) {
            Some(shorter) => clause = shorter,
            None => return false,
        }
    }
}

/// What stands behind the last mark of a sentence, if that is near enough to be read.
fn last_clause(sentence: &str) -> &str {
    let near = sentence.char_indices().rev().take(LONGEST_TAG);
    let mut start = sentence.len();
    for (at, _) in near.take_while(|&(_, c)| c.is_alphanumeric()) {
        start = at;
    }
    &sentence[start..]
}

/// The last one, two and three characters of a clause.
fn tails(clause: &str) -> impl Iterator<Item = &str> {
    clause
        .char_indices()
        .rev()
        .take(3)
        .map(move |(at, _)| &clause[at..])
}

/// `zh-speech.txt`, read.
struct Speech {
    verbs: HashSet<&'static str>,
    others: HashSet<&'static str>,
    /// Verbs that the person spoken to always follows.
    objects: [&'static str; 2],
}

static SPEECH: LazyLock<Speech> = LazyLock::new(|| {
    let (others, verbs): (Vec<_>, Vec<_>) =
        words_of(include_str!("zh-speech.txt")).partition(|word| word.starts_with('-'));
    Speech {
        verbs: verbs.into_iter().collect(),
        others: others.into_iter().map(|word| &word[1..]).collect(),
        objects: ["告诉", "告訴"],
    }
});

/// The length of the one space, ordinary or full-width, that `rest` may open with.
fn one_space(rest: &str) -> usize {
    match rest.chars().next() {
        Some(c @ (' ' | '\u{3000}')) => c.len_utf8(),
        _ => 0,
    }
}

fn is_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '…' | '⋯' | '｡' | '!' | '?' | '.' | '．' | '‼' | '⁇' | '⁈' | '⁉'
    )
}

fn mark_of(stop: &str) -> Mark {
    let marks = stop.trim_end_matches(|c| is_close(c) || matches!(c, '"' | '\'' | ' ' | '\u{3000}'));
    let full = marks.contains(['。', '｡']) && !marks.contains("。。");
    if full || matches!(marks, "." | "．") {
        Mark::Full
    } else if marks.contains(['！', '？', '!', '?', '‼', '⁇', '⁈', '⁉']) {
        Mark::Loud
    } else {
        Mark::Trailing
    }
}

/// Whether `rest` opens with a dash, of two marks at most, that a quotation closes behind.
fn dash_closes(rest: &str) -> bool {
    let dash = |rest: &str| {
        rest.strip_prefix('—')
            .is_some_and(|rest| rest.starts_with(is_close_quote))
    };
    dash(rest) || rest.strip_prefix('—').is_some_and(dash)
}

/// Marks that no sentence opens with: what stands before them goes on.
fn is_continuation(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | ',' | ';' | ':' | '·' | '～') || is_close(c)
}

fn is_close(c: char) -> bool {
    is_close_quote(c)
        || matches!(
            c,
            '）' | '】' | '》' | '〉' | '〕' | '〗' | '］' | ')' | ']' | '}'
        )
}

fn is_close_quote(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '﹂' | '﹄')
}

fn is_open_quote(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '﹁' | '﹃')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}
