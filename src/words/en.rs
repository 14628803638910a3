//! English into words: cut as Unicode cuts them; in lower case, stemmed.

use super::memo::Memo;
use rust_stemmers::{Algorithm, Stemmer};
use std::cell::RefCell;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

pub(super) fn cut(text: &str) -> impl Iterator<Item = &str> {
    text.split_word_bounds()
}

thread_local! {
    static STEMS: RefCell<Memo<Box<str>>> = RefCell::new(Memo::new());
}

/// A word in lower case, with a straight apostrophe, stemmed (Snowball's English stemmer).
pub fn stem(word: &str) -> String {
    STEMS
        .with_borrow_mut(|stems| stems.get(word, || new_stem(word)))
        .into()
}

/// As [`stem`], for those who keep what they make of it themselves.
pub(crate) fn new_stem(word: &str) -> Box<str> {
    let is_plain = !word.chars().any(|c| c.is_uppercase() || c == '’');
    if is_plain {
        STEMMER.stem(word).into()
    } else {
        STEMMER.stem(&word.to_lowercase().replace('’', "'")).into()
    }
}
