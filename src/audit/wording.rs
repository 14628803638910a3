//! Lists of words against a text: which of them stand in it, and where.

use crate::span::Span;

/// Words, and phrases, with a comma between them.
pub(crate) type WordList = &'static str;

/// The words of a list.
pub(crate) fn listed(list: WordList) -> impl Iterator<Item = &'static str> {
    list.split(',').map(str::trim)
}

/// Whether a word stands in a list as it is.
pub(crate) fn is_listed(list: WordList, word: &str) -> bool {
    listed(list).any(|listed| listed == word)
}

/// Where words of a list stand in a text as they are written, in the text's order.
pub(crate) fn found_in(text: &str, list: WordList) -> Vec<Span> {
    let mut spans: Vec<Span> = listed(list)
        .flat_map(|word| {
            text.match_indices(word)
                .map(|(at, word)| Span::new(at, at + word.len()))
        })
        .collect();
    spans.sort();
    spans.dedup();
    spans
}

/// The words of a lower-case English text, with their places; an apostrophe is part of its word.
pub(crate) fn en_words(lower: &str) -> Vec<(&str, Span)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in lower.char_indices().chain([(lower.len(), ' ')]) {
        let inside = c.is_alphanumeric() || matches!(c, '\'' | '’') && start.is_some();
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((&lower[from..at], Span::new(from, at)));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The first word that begins with one of these stems.
pub(crate) fn with_stem<'t>(words: &[(&'t str, Span)], stems: WordList) -> Option<(&'t str, Span)> {
    words
        .iter()
        .find(|(word, _)| listed(stems).any(|stem| word.starts_with(stem)))
        .copied()
}
