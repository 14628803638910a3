//! English sentences into words: cut as Unicode cuts them, in lower case, stemmed.

use super::{Kind, Word, mark};
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

pub fn words(sentence: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(sentence.len() / 5);
    for piece in sentence.split_word_bounds() {
        push(piece, &mut words);
    }
    words
}

/// Adds a piece that holds no Chinese: a word, a number, a mark, or white space, which is nothing.
pub(super) fn push<'a>(piece: &'a str, words: &mut Vec<Word<'a>>) {
    let Some(first) = piece.chars().next() else { return };
    if piece.bytes().any(|b| b.is_ascii_digit()) {
        words.push(Word {
            kind: Kind::Number,
            key: digits(piece),
        });
    } else if first.is_alphanumeric() {
        words.push(Word {
            kind: Kind::Latin,
            key: stem(piece),
        });
    } else if let Some(key) = mark(first) {
        words.push(Word {
            kind: Kind::Mark,
            key: key.into(),
        });
    }
}

/// Lower case, without the possessive, and stemmed.
pub fn stem(word: &str) -> Cow<'_, str> {
    let lower: Cow<str> = if word.chars().any(|c| c.is_uppercase() || c == '’') {
        word.to_lowercase().replace('’', "'").into()
    } else {
        word.into()
    };
    match lower {
        Cow::Borrowed(word) => STEMMER.stem(word),
        Cow::Owned(word) => STEMMER.stem(&word).into_owned().into(),
    }
}

/// A number without its thousands separators.
fn digits(piece: &str) -> Cow<'_, str> {
    if piece.contains(',') {
        piece.replace(',', "").into()
    } else {
        piece.into()
    }
}
