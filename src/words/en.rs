//! English into words: cut as Unicode cuts them, in lower case, stemmed.

use super::{Kind, Word, mark};
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

pub(super) fn cut<'a>(text: &'a str, words: &mut Vec<Word<'a>>) {
    words.extend(text.split_word_bounds().filter_map(word));
}

/// A word or a mark; white space and symbols are neither.
pub(super) fn word(piece: &str) -> Option<Word<'_>> {
    let first = piece.chars().next()?;
    if first.is_alphanumeric() {
        return Some(Word {
            kind: Kind::Latin,
            key: stem(piece),
        });
    }
    mark(first).map(|key| Word {
        kind: Kind::Mark,
        key: key.into(),
    })
}

/// A word in lower case, with a straight apostrophe, stemmed (Snowball's English stemmer).
pub fn stem(word: &str) -> Cow<'_, str> {
    if word.chars().any(|c| c.is_uppercase() || c == '’') {
        STEMMER
            .stem(&word.to_lowercase().replace('’', "'"))
            .into_owned()
            .into()
    } else {
        STEMMER.stem(word)
    }
}
