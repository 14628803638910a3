//! Texts into sentences and clauses, and how much of each the other side says.

use super::passage::{COMMON, Passage};
use crate::language::Side;
use crate::span::Span;
use crate::words::{Kind, words};

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

/// The clauses of a text, or its sentences, without the marks between.
pub(crate) fn parts(text: &str, side: Side, sentences: bool) -> Vec<Span> {
    let marks = match (side, sentences) {
        (Side::Zh, true) => ZH_SENTENCE,
        (Side::Zh, false) => ZH_CLAUSE,
        (Side::En, true) => EN_SENTENCE,
        (Side::En, false) => EN_CLAUSE,
    };
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| marks.contains(*c)) {
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

/// How much of a span of the passage's Chinese its English says.
pub(crate) fn zh_coverage(passage: &Passage, span: Span) -> Coverage {
    let all = words(span.of(passage.zh_text()), Side::Zh);
    let judged = all
        .iter()
        .filter_map(|word| Some((passage.zh_weight(word), passage.is_rendered(word)?)));
    sum(span, judged.filter(|(weight, _)| *weight > COMMON))
}

/// How much of a span of the passage's English its Chinese says.
pub(crate) fn en_coverage(passage: &Passage, span: Span) -> Coverage {
    let rendering = passage.en_rendering();
    let all = words(span.of(passage.en_text()), Side::En);
    let judged = all
        .iter()
        .filter(|word| word.kind != Kind::Mark)
        .map(|word| (passage.en_weight(word), rendering.contains(&*word.key)));
    sum(span, judged.filter(|(weight, _)| *weight > COMMON))
}

fn sum(span: Span, words: impl Iterator<Item = (f32, bool)>) -> Coverage {
    let (mut weight, mut said, mut count) = (0.0, 0.0, 0);
    for (worth, rendered) in words {
        weight += worth;
        said += if rendered { worth } else { 0.0 };
        count += 1;
    }
    Coverage {
        span,
        share: if weight > 0.0 { said / weight } else { 1.0 },
        weight,
        words: count,
    }
}
