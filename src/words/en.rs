//! English into words: cut as Unicode cuts them; in lower case, stemmed.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

pub(super) fn cut(text: &str) -> impl Iterator<Item = &str> {
    text.split_word_bounds()
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
