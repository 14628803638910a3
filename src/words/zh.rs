//! Chinese into words, as jieba cuts it, traditional characters read as simplified ones.
//!
//! What `jieba_rs::Jieba::cut` does with its own dictionary, in two halves: the most probable way through the words of
//! the dictionary is found here, in [`super::dictionary`], which is read in place; the characters that are in no word are
//! left to `jieba_rs` and its hidden Markov model, which needs no dictionary. A test holds the two to the same cut.

use super::dictionary::{Code, Dictionary};
use crate::script::{fold, fold_text};
use jieba_rs::Jieba;
use std::sync::LazyLock;

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    Dictionary::read(include_bytes!("../../corpora/dictionary.bin")).expect("a test reads the dictionary")
});

/// Without words: it cuts by its hidden Markov model alone.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::empty);

/// Hands out the words of a text in order, each as it stands there.
pub(super) fn cut<'a>(text: &'a str, mut word: impl FnMut(&'a str)) {
    let mut block = Block::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| !is_of_words(c)).unwrap_or(rest.len());
        if end == 0 {
            let (mark, behind) = rest.split_at(first.len_utf8());
            word(mark);
            rest = behind;
        } else {
            let (inside, behind) = rest.split_at(end);
            block.cut(inside, &mut word);
            rest = behind;
        }
    }
}

/// Whether jieba looks for words with this character in them: the Unified Ideographs, and what Latin words, numbers and
/// file names are made of. Every other character stands alone.
fn is_of_words(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => true,
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-'),
        _ => matches!(c,
            '\u{3400}'..='\u{4DBF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{2A6DF}'
            | '\u{2A700}'..='\u{2EBEF}'
            | '\u{2F800}'..='\u{2FA1F}'),
    }
}

/// A run of characters that may be words, and the room to cut it in, kept from one run to the next.
#[derive(Default)]
struct Block {
    /// Where each character begins, and what the dictionary calls it, folded.
    characters: Vec<(usize, Option<Code>)>,
    /// For each character the best word that begins there.
    best: Vec<Way>,
}

/// The most probable cut of what is left from a character on.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    probability: f64,
    /// The character behind the first word.
    end: usize,
}

impl Block {
    fn cut<'a>(&mut self, text: &'a str, word: &mut impl FnMut(&'a str)) {
        let dictionary = &*DICTIONARY;
        self.characters.clear();
        let characters = text.char_indices();
        self.characters
            .extend(characters.map(|(at, c)| (at, dictionary.code(fold(c)))));
        self.find_way(dictionary);
        let len = self.characters.len();
        let (mut at, mut alone) = (0, 0);
        while at < len {
            let end = self.best[at].end;
            if end > at + 1 {
                self.cut_unknown(text, alone..at, word);
                word(self.text(text, at..end));
                alone = end;
            }
            at = end;
        }
        self.cut_unknown(text, alone..len, word);
    }

    fn text<'a>(&self, text: &'a str, run: std::ops::Range<usize>) -> &'a str {
        let byte = |at: usize| self.characters.get(at).map_or(text.len(), |&(byte, _)| byte);
        &text[byte(run.start)..byte(run.end)]
    }

    /// From the last character to the first. A character that begins no word of the dictionary is one that was seen once.
    fn find_way(&mut self, dictionary: &Dictionary) {
        let len = self.characters.len();
        self.best.clear();
        self.best.resize(len + 1, Way::default());
        for start in (0..len).rev() {
            let mut best: Option<Way> = None;
            let mut place = dictionary.root();
            for end in start + 1..=len {
                let code = self.characters[end - 1].1;
                let Some(next) = code.and_then(|code| dictionary.step(place, code)) else {
                    break;
                };
                place = next;
                if let Some(log_frequency) = dictionary.log_frequency(place) {
                    let probability = log_frequency - dictionary.log_total + self.best[end].probability;
                    // Of words that make it as probable, the longest.
                    if best.is_none_or(|best| probability >= best.probability) {
                        best = Some(Way { probability, end });
                    }
                }
            }
            self.best[start] = best.unwrap_or_else(|| Way {
                probability: -dictionary.log_total + self.best[start + 1].probability,
                end: start + 1,
            });
        }
    }

    /// Cuts a run of characters that the dictionary leaves alone.
    fn cut_unknown<'a>(&self, text: &'a str, run: std::ops::Range<usize>, word: &mut impl FnMut(&'a str)) {
        // The dictionary has the run as one word and still prefers it cut.
        let is_word = || {
            let codes = self.characters[run.clone()].iter();
            let end = codes
                .map(|&(_, code)| code)
                .try_fold(DICTIONARY.root(), |place, code| DICTIONARY.step(place, code?));
            end.is_some_and(|place| DICTIONARY.log_frequency(place).is_some())
        };
        if run.len() < 2 || is_word() {
            run.for_each(|at| word(self.text(text, at..at + 1)));
            return;
        }
        let folded = fold_text(self.text(text, run.clone()));
        for token in JIEBA.cut(&folded, true) {
            word(self.text(text, run.start + token.start..run.start + token.end));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Words as jieba cuts them, with its own dictionary.
    static TWIN: LazyLock<Jieba> = LazyLock::new(Jieba::new);

    fn ours(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        cut(text, |word| words.push(fold_text(word).into_owned()));
        words
    }

    fn jiebas(text: &str) -> Vec<String> {
        let folded = fold_text(text);
        let tokens = TWIN.cut(&folded, true).into_iter();
        tokens.map(|token| token.word.to_owned()).collect()
    }

    #[test]
    fn real_texts_are_cut_as_jieba_cuts_them() {
        for folder in ["corpora/pairs", "corpora/event", "corpora/encodings"] {
            for file in std::fs::read_dir(folder).expect("tests run at the root") {
                if let Ok(text) = std::fs::read_to_string(file.expect("a file of ours").path()) {
                    assert_eq!(ours(&text), jiebas(&text));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_cut_as_jieba_cuts_it(text in "\\PC*|[的一是在不了有和人這中大為上個國我以要他時來用們生到作地于出就分對成會可主發年動同工也能下過子說產種面而方后多定行學法所民得經十三之進着等部度家電力里如水化高自二理起小物現實加量都兩體制機當使点从業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣a1.%-，。]{0,60}") {
            // A carriage return and its line end are one token to jieba; neither is a word.
            prop_assume!(!text.contains('\r'));
            prop_assert_eq!(ours(&text), jiebas(&text));
        }
    }
}
