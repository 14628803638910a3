//! Texts into sentences and clauses, and how much of each the other side says.

use super::passage::{COMMON, Passage};
use crate::language::Side;
use crate::span::Span;
use crate::words::{Kind, Word, words};
use foldhash::{HashMap, HashMapExt};
use std::ops::Range;

/// A part of a text and how much of it has a counterpart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Coverage {
    pub span: Span,
    /// The share of its words, weighed by how rare they are, that the other side translates.
    pub share: f32,
    /// The weight of all its words, in nats.
    pub weight: f32,
    /// How many words it was judged by.
    pub words: usize,
}

/// What a clause ends with.
const ZH_CLAUSE: &str = "，；：。！？…";
const ZH_SENTENCE: &str = "。！？…";
const EN_CLAUSE: &str = ",;:.!?—";
const EN_SENTENCE: &str = ".!?";

/// How small the parts are that a text is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    Sentences,
    Clauses,
}

/// The clauses of a text, or its sentences, without the marks between. They end at marks and, marks or not, at `ends`.
pub(crate) fn spans(text: &str, side: Side, cut: Cut, ends: &[usize]) -> Vec<Span> {
    let marks = match (side, cut) {
        (Side::Zh, Cut::Sentences) => ZH_SENTENCE,
        (Side::Zh, Cut::Clauses) => ZH_CLAUSE,
        (Side::En, Cut::Sentences) => EN_SENTENCE,
        (Side::En, Cut::Clauses) => EN_CLAUSE,
    };
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if start < at && ends.contains(&at) {
            spans.push(Span::new(start, at).trim(text));
            start = at;
        }
        if !marks.contains(c) {
            continue;
        }
        let behind = &text[at + c.len_utf8()..];
        // 3.5, 1,200 and U.S. go on.
        let joined =
            side == Side::En && behind.starts_with(|c: char| c.is_alphanumeric() || ".,".contains(c));
        let initial = side == Side::En && c == '.' && is_abbreviated(&text[start..at]);
        if !joined && !initial {
            spans.push(Span::new(start, at).trim(text));
            start = at + c.len_utf8();
        }
    }
    spans.push(Span::new(start, text.len()).trim(text));
    spans.retain(|span| span.of(text).contains(char::is_alphanumeric));
    spans
}

/// Whether the point behind a text is one of an abbreviation: one letter, or Mr and his like.
fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit([' ', '(', '“', '"']).next().unwrap_or("");
    let last = word.rsplit('.').next().unwrap_or("");
    last.chars().count() == 1 && last.chars().all(char::is_alphabetic)
        || [
            "Mr", "Mrs", "Ms", "Dr", "No", "St", "Gen", "Sen", "Rep", "Gov", "Prof", "Jr", "Inc", "Co",
            "Ltd", "vs",
        ]
        .contains(&word)
}

/// A clause of a text with its words.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub span: Span,
    /// Which sentence of the text it stands in.
    pub sentence: usize,
    /// Its words among those of the text.
    pub words: Range<usize>,
}

/// The words of a text, and its clauses.
pub(crate) fn cut<'a>(text: &'a str, side: Side, ends: &[usize]) -> (Vec<Word<'a>>, Vec<Part>) {
    let sentences = spans(text, side, Cut::Sentences, ends);
    let mut all = Vec::new();
    let mut cut = Vec::new();
    for span in spans(text, side, Cut::Clauses, ends) {
        let start = all.len();
        all.extend(words(span.of(text), side));
        cut.push(Part {
            span,
            sentence: sentences.partition_point(|sentence| sentence.end() < span.end()),
            words: start..all.len(),
        });
    }
    (all, cut)
}

/// How much of each clause the other side says.
pub(crate) fn clauses(passage: &Passage, side: Side) -> Vec<Coverage> {
    let parts = passage.parts(side);
    let groups: Vec<(Span, Range<usize>)> =
        parts.iter().map(|part| (part.span, part.words.clone())).collect();
    coverages(passage, side, &groups)
}

/// How much of each sentence the other side says.
pub(crate) fn sentences(passage: &Passage, side: Side) -> Vec<Coverage> {
    let mut groups: Vec<(usize, Span, Range<usize>)> = Vec::new();
    for part in passage.parts(side) {
        match groups.last_mut() {
            Some((sentence, span, words)) if *sentence == part.sentence => {
                *span = Span::new(span.start(), part.span.end());
                words.end = part.words.end;
            }
            _ => groups.push((part.sentence, part.span, part.words.clone())),
        }
    }
    let groups: Vec<_> = groups.into_iter().map(|(_, span, words)| (span, words)).collect();
    coverages(passage, side, &groups)
}

/// A word of the other side counts for one group only: for the one with the word it translates best, so that words of the
/// document's subject, which stand everywhere, do not speak for a sentence that nobody translated.
fn coverages(passage: &Passage, side: Side, groups: &[(Span, Range<usize>)]) -> Vec<Coverage> {
    let own = passage.words(side);
    let weights: Vec<f32> = own.iter().map(|word| passage.weight(word, side)).collect();
    let group_of = |word: usize| groups.iter().position(|(_, words)| words.contains(&word));
    let mut linked = vec![false; own.len()];
    passage
        .links()
        .iter()
        .for_each(|link| linked[link.ends(side).0] = true);
    let plain: Vec<f32> = groups
        .iter()
        .map(|(span, words)| gather(*span, words.clone(), own, &weights, &linked).share)
        .collect();
    // For each word of the other side, the group it speaks for.
    let mut best: HashMap<usize, (f32, f32, usize)> = HashMap::new();
    for link in passage.links() {
        let (word, other) = link.ends(side);
        if let Some(group) = group_of(word) {
            let rank = (link.lift, plain[group], group);
            let held = best.entry(other).or_insert(rank);
            if (rank.0, rank.1) > (held.0, held.1) {
                *held = rank;
            }
        }
    }
    let mut said = vec![false; own.len()];
    for link in passage.links() {
        let (word, other) = link.ends(side);
        said[word] |= best
            .get(&other)
            .is_some_and(|(_, _, group)| groups[*group].1.contains(&word));
    }
    groups
        .iter()
        .map(|(span, words)| gather(*span, words.clone(), own, &weights, &said))
        .collect()
}

fn gather(span: Span, range: Range<usize>, words: &[Word], weights: &[f32], said: &[bool]) -> Coverage {
    let (mut weight, mut covered, mut count) = (0.0, 0.0, 0);
    for at in range.filter(|&at| words[at].kind != Kind::Mark && weights[at] > COMMON) {
        weight += weights[at];
        covered += if said[at] { weights[at] } else { 0.0 };
        count += 1;
    }
    Coverage {
        span,
        share: if weight > 0.0 { covered / weight } else { 1.0 },
        weight,
        words: count,
    }
}
