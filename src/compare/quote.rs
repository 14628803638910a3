//! Coverage and readouts into quotations: which words of which readout a passage quotes, and as whose.

use super::event::{Comparison, Source};
use super::feature::{Grid, WordLinks};
use super::text::Text;
use crate::ingest::Role;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::words::en::stem;
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

/// Words between quotation marks in one source that another one says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quote {
    /// The quoting source and its passage, from 0.
    pub coverage: usize,
    pub passage: usize,
    /// The source quoted and its passage.
    pub readout: usize,
    pub quoted: usize,
    pub kind: QuoteKind,
    /// The words between the marks.
    pub words: String,
    /// Who is said to have said so, in the passage's own words.
    pub speaker: Option<String>,
}

impl Quote {
    /// Whether it is of, or in, this passage of this source.
    pub fn names(&self, source: usize, passage: usize) -> bool {
        [(self.coverage, self.passage), (self.readout, self.quoted)].contains(&(source, passage))
    }
}

/// How words are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// Word for word.
    Exact,
    /// Word for word, with a gap.
    Cut,
    /// With other words among them.
    Reworded,
    /// From the other language.
    Translated,
}

impl QuoteKind {
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Exact => "exact",
            QuoteKind::Cut => "cut",
            QuoteKind::Reworded => "reworded",
            QuoteKind::Translated => "translated",
        }
    }
}

/// Fewer words may be anybody's.
const FEWEST: usize = 3;
/// Share of the quoted words that a reworded quotation keeps, in order.
const KEPT: f32 = 0.6;
/// Letters of words that say something: of these the same share is kept.
const LONG: usize = 4;
/// Of a quotation in translation: how far the readout's passage covers the words, and how probable it is that the
/// passages say the same. Where the one is high, less of the other will do.
const ENOUGH: [(f32, f32); 2] = [(0.5, 0.1), (0.3, 0.4)];

/// The quotations in sources that are no readouts, in the order of the sources and their passages.
pub(super) fn quotes(sources: &[Source], pairs: &[Comparison], lexicon: &Lexicon) -> Vec<Quote> {
    let mut found = Vec::new();
    for (coverage, source) in sources.iter().enumerate() {
        if source.role != Role::Coverage {
            continue;
        }
        let spans = Span::all(source);
        for span in &spans {
            let own = readouts(sources).filter(|(_, readout)| readout.side == source.side);
            let best = own.filter_map(|(at, readout)| Some((at, same_words(&span.words, readout)?)));
            let best = best.min_by_key(|(at, (kind, _))| (*kind as u8, *at));
            if let Some((readout, (kind, quoted))) = best {
                found.push(span.quote(coverage, readout, quoted, kind));
            }
        }
        let is_known = |span: &Span, found: &[Quote]| {
            found.iter().any(|quote| {
                quote.coverage == coverage && quote.passage == span.passage && quote.words == span.text
            })
        };
        let left: Vec<&Span> = spans.iter().filter(|span| !is_known(span, &found)).collect();
        for (readout, other) in readouts(sources).filter(|(_, readout)| readout.side != source.side) {
            let pair = pairs
                .iter()
                .find(|pair| [(pair.zh, pair.en), (pair.en, pair.zh)].contains(&(readout, coverage)));
            if let Some(pair) = pair {
                for (span, quoted) in translated(&left, source.side, other, pair, lexicon) {
                    found.push(span.quote(coverage, readout, quoted, QuoteKind::Translated));
                }
            }
        }
    }
    found.sort_by_key(|quote| (quote.coverage, quote.passage, quote.readout, quote.quoted));
    found
}

fn readouts<'s, 'a>(sources: &'s [Source<'a>]) -> impl Iterator<Item = (usize, &'s Source<'a>)> {
    sources
        .iter()
        .enumerate()
        .filter(|(_, source)| source.role != Role::Coverage)
}

/// What stands between two quotation marks.
struct Span<'a> {
    passage: usize,
    text: &'a str,
    /// Stems, and nothing where words were left out.
    words: Vec<Option<String>>,
    speaker: Option<String>,
}

impl<'a> Span<'a> {
    fn all(source: &'a Source<'_>) -> Vec<Span<'a>> {
        let mut spans = Vec::new();
        let mut last: Option<String> = None;
        for (passage, sentence) in source.passages.iter().enumerate() {
            // Who spoke last speaks on as "she", and where nothing but a quotation stands.
            let speaker = match speaker(sentence.text) {
                Some(speaker) if !is_pronoun(&speaker) => Some(speaker),
                None if !sentence.text.starts_with(['“', '"']) => None,
                _ => last.clone(),
            };
            for text in between_marks(sentence.text) {
                spans.push(Span {
                    passage,
                    text,
                    words: stems(text),
                    speaker: speaker.clone(),
                });
            }
            last = speaker.or(last);
        }
        spans
    }

    fn quote(&self, coverage: usize, readout: usize, quoted: usize, kind: QuoteKind) -> Quote {
        Quote {
            coverage,
            passage: self.passage,
            readout,
            quoted,
            kind,
            words: self.text.to_owned(),
            speaker: self.speaker.clone(),
        }
    }
}

/// The texts between double quotation marks of a sentence; one that is left open runs to the end.
fn between_marks(sentence: &str) -> Vec<&str> {
    let mut spans = Vec::new();
    let mut open: Option<usize> = None;
    for (at, mark) in sentence.char_indices() {
        match (mark, open) {
            ('“' | '「', None) | ('"', None) => open = Some(at + mark.len_utf8()),
            ('”' | '」' | '"', Some(from)) => {
                spans.push(&sentence[from..at]);
                open = None;
            }
            _ => {}
        }
    }
    spans.extend(open.map(|from| &sentence[from..]));
    spans.retain(|span| span.chars().any(char::is_alphanumeric));
    spans
}

/// Stems of the words of a text, with a gap where it shows that some were left out.
fn stems(text: &str) -> Vec<Option<String>> {
    let text = text
        .replace("[...]", "…")
        .replace("...", "…")
        .replace(". . .", "…");
    let word = |piece: &str| match piece.chars().next() {
        Some('…') => Some(None),
        Some(first) if first.is_alphanumeric() => Some(Some(stem(piece))),
        _ => None,
    };
    text.split_word_bounds().filter_map(word).collect()
}

/// How a source of the same language says the words, and in which passage: the best way there is.
fn same_words(words: &[Option<String>], source: &Source) -> Option<(QuoteKind, usize)> {
    if words.iter().flatten().count() < FEWEST {
        return None;
    }
    let ways = source.passages.iter().enumerate().filter_map(|(at, passage)| {
        let said: Vec<String> = stems(passage.text).into_iter().flatten().collect();
        let (kind, kept) = way(words, &said)?;
        Some((kind, kept, at))
    });
    // The first of the best.
    let best = ways.min_by(|one, other| {
        (one.0 as u8)
            .cmp(&(other.0 as u8))
            .then(other.1.total_cmp(&one.1))
            .then(one.2.cmp(&other.2))
    })?;
    Some((best.0, best.2))
}

fn way(words: &[Option<String>], said: &[String]) -> Option<(QuoteKind, f32)> {
    let parts: Vec<Vec<&str>> = words
        .split(Option::is_none)
        .map(|part| part.iter().flatten().map(String::as_str).collect())
        .filter(|part: &Vec<&str>| !part.is_empty())
        .collect();
    let mut from = 0;
    let in_order = parts.iter().all(|part| match find(part, &said[from..]) {
        Some(at) => {
            from += at + part.len();
            true
        }
        None => false,
    });
    if in_order {
        let kind = if parts.len() > 1 {
            QuoteKind::Cut
        } else {
            QuoteKind::Exact
        };
        return Some((kind, 1.0));
    }
    let words: Vec<&str> = parts.concat();
    let long = |word: &str| word.chars().count() >= LONG;
    let long_words: Vec<&str> = words.iter().copied().filter(|word| long(word)).collect();
    let long_said: Vec<String> = said.iter().filter(|word| long(word)).cloned().collect();
    let kept = share(&words, said).min(share(&long_words, &long_said));
    (kept >= KEPT && words.len() > FEWEST).then_some((QuoteKind::Reworded, kept))
}

/// The share of the words that are said, in order.
fn share(words: &[&str], said: &[String]) -> f32 {
    in_common(words, said) as f32 / words.len().max(1) as f32
}

fn find(part: &[&str], said: &[String]) -> Option<usize> {
    said.windows(part.len())
        .position(|window| window.iter().zip(part).all(|(said, word)| said == word))
}

/// Length of the longest run of words, in order and close together, that both have.
fn in_common(words: &[&str], said: &[String]) -> usize {
    // Within a window, so that a long passage does not hold any words there are by chance.
    let window = (words.len() * 3 / 2).max(words.len() + 2).min(said.len());
    said.windows(window.max(1))
        .map(|said| longest_common(words, said))
        .max()
        .unwrap_or(0)
}

fn longest_common(words: &[&str], said: &[String]) -> usize {
    let mut row = vec![0; said.len() + 1];
    for word in words {
        let mut before = 0;
        for (at, said) in said.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if said == word {
                before + 1
            } else {
                above.max(row[at])
            };
            before = above;
        }
    }
    row[said.len()]
}

/// The quoted words that a source in the other language says, with its passage.
fn translated<'s, 'a>(
    spans: &[&'s Span<'a>],
    side: Side,
    other: &Source,
    pair: &Comparison,
    lexicon: &Lexicon,
) -> Vec<(&'s Span<'a>, usize)> {
    let quoted: Vec<&str> = spans.iter().map(|span| span.text).collect();
    let said: Vec<&str> = other.passages.iter().map(|passage| passage.text).collect();
    let (quoted, said) = (
        Text::new(side, &quoted, lexicon),
        Text::new(other.side, &said, lexicon),
    );
    let (zh, en) = if side == Side::En {
        (&said, &quoted)
    } else {
        (&quoted, &said)
    };
    let grid = Grid::new(&WordLinks::new(zh, en, lexicon));
    let covered = |span: usize, passage: usize| match side {
        Side::En => grid.cover[passage * grid.columns + span][1],
        Side::Zh => grid.cover[span * grid.columns + passage][0],
    };
    let likely = |span: &Span, passage: usize| {
        let (zh, en) = if side == Side::En {
            (passage, span.passage)
        } else {
            (span.passage, passage)
        };
        pair.links
            .iter()
            .find(|link| (link.zh, link.en) == (zh, en))
            .map_or(0.0, |link| link.score)
    };
    let best = |(number, span): (usize, &&'s Span<'a>)| {
        let worth = |passage: usize| covered(number, passage) * (0.3 + likely(span, passage));
        let passage = (0..other.passages.len()).max_by(|&one, &two| worth(one).total_cmp(&worth(two)))?;
        let (share, probability) = (covered(number, passage), likely(span, passage));
        let is_said = ENOUGH
            .iter()
            .any(|&(covered, likely)| share >= covered && probability >= likely);
        is_said.then_some((*span, passage))
    };
    spans.iter().enumerate().filter_map(best).collect()
}

/// Verbs that a quotation goes with, and what stands for the speaker beside them.
const SAYING: [&str; 12] = [
    "said",
    "says",
    "told",
    "called",
    "wrote",
    "added",
    "stressed",
    "noted",
    "warned",
    "answered",
    "replied",
    "according to",
];

/// Who speaks, in the words of an English sentence: what stands before the verb of saying, or behind it.
fn speaker(sentence: &str) -> Option<String> {
    let plain = without_quotations(sentence);
    let (at, verb) = SAYING
        .iter()
        .filter_map(|verb| Some((word_at(&plain, verb)?, *verb)))
        .min()?;
    let before = plain[..at]
        .rsplit([',', ';', ':', '—', '“'])
        .next()
        .unwrap_or_default()
        .trim();
    let behind = plain[at + verb.len()..]
        .split([',', ';', '.', '“', '—'])
        .next()
        .unwrap_or_default()
        .trim();
    let behind = behind.split(" that ").next().unwrap_or_default();
    let is_name = |words: &str| !words.is_empty() && words.len() < 60 && words.contains(char::is_alphabetic);
    let says = if verb != "according to" && is_name(before) {
        before
    } else {
        behind
    };
    is_name(says).then(|| says.to_owned())
}

fn is_pronoun(words: &str) -> bool {
    ["he", "she", "they"]
        .iter()
        .any(|pronoun| words.eq_ignore_ascii_case(pronoun))
}

fn word_at(text: &str, word: &str) -> Option<usize> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).map(|(at, _)| at).find(|&at| {
        !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + word.len()..].chars().next())
    })
}

fn without_quotations(sentence: &str) -> String {
    let mut plain = sentence.to_owned();
    for span in between_marks(sentence) {
        plain = plain.replacen(span, "", 1);
    }
    plain.replace("“”", "“").replace("\"\"", "“")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(words: &str, said: &str) -> Option<QuoteKind> {
        let said: Vec<String> = stems(said).into_iter().flatten().collect();
        Some(way(&stems(words), &said)?.0)
    }

    #[test]
    fn words_are_quoted_exactly_cut_or_reworded() {
        let said = "The bridge will be open to all carts by the end of the month.";
        assert_eq!(ways("will be open to all carts", said), Some(QuoteKind::Exact));
        assert_eq!(
            ways("The bridge … by the end of the month", said),
            Some(QuoteKind::Cut)
        );
        assert_eq!(
            ways("will be opened for all the carts", said),
            Some(QuoteKind::Reworded)
        );
        assert_eq!(ways("the ferry sank on a stormy night", said), None);
    }

    #[test]
    fn the_speaker_stands_before_or_behind_the_verb() {
        assert_eq!(
            speaker("“We shall see,” said Mara Lind, who mends nets.").as_deref(),
            Some("Mara Lind")
        );
        assert_eq!(
            speaker("“We shall see,” the harbour office said.").as_deref(),
            Some("the harbour office")
        );
        assert_eq!(
            speaker("It opens “in May,” according to the mayor’s office.").as_deref(),
            Some("the mayor’s office")
        );
    }

    #[test]
    fn quotations_are_found_by_their_marks() {
        assert_eq!(between_marks("He said “yes” and \"no\"."), ["yes", "no"]);
        assert_eq!(between_marks("“It goes on"), ["It goes on"]);
    }
}
