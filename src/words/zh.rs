//! Chinese into words, by jieba's dictionary, traditional characters read as simplified ones.

use super::{Kind, Word, en};
use crate::script::{fold_text, is_han};
use jieba_rs::Jieba;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Loaded at first use, once, for all threads.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

pub(super) fn cut<'a>(text: &'a str, words: &mut Vec<Word<'a>>) {
    match fold_text(text) {
        Cow::Borrowed(text) => words.extend(tokens(text)),
        Cow::Owned(text) => words.extend(tokens(&text).map(|word| Word {
            kind: word.kind,
            key: word.key.into_owned().into(),
        })),
    }
}

fn tokens(text: &str) -> impl Iterator<Item = Word<'_>> {
    JIEBA
        .cut(text, true)
        .into_iter()
        .filter_map(|token| match token.word.chars().next() {
            Some(first) if is_han(first) => Some(Word {
                kind: Kind::Han,
                key: token.word.into(),
            }),
            _ => en::word(token.word),
        })
}
