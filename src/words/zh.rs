//! Chinese sentences into words, by jieba's dictionary.

use super::{Kind, Word, en, mark};
use jieba_rs::Jieba;
use std::sync::LazyLock;

/// Loaded at first use, once, for all threads.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

pub fn words(sentence: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(sentence.len() / 4);
    for token in JIEBA.cut(sentence, true) {
        let Some(first) = token.word.chars().next() else {
            continue;
        };
        if is_han(first) {
            words.push(Word {
                kind: Kind::Han,
                key: token.word.into(),
            });
        } else if mark(first).is_some() || first.is_alphanumeric() {
            en::push(token.word, &mut words);
        }
    }
    words
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}
