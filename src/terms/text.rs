//! A text into the numbers of its words, and each word's place in it.

use super::function;
use crate::language::Side;
use crate::span::Span;
use crate::words::{Kind, Piece, pieces};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A row with both sides.
pub(super) struct Stored {
    pub zh: Words,
    pub en: Words,
    pub document: u32,
}

/// A text, and its words by their numbers in a [`Vocabulary`].
pub(super) struct Words {
    pub text: Box<str>,
    pub ids: Box<[u32]>,
    spans: Box<[(u32, u32)]>,
}

impl Words {
    pub fn new(text: &str, vocabulary: &mut Vocabulary) -> Words {
        let (mut ids, mut spans) = (Vec::new(), Vec::new());
        // A value and a mark have no place of their own: no term has one in it.
        let mut done = 0;
        pieces(text, vocabulary.side, |piece| {
            let (start, end) = match &piece {
                Piece::Han(word) | Piece::Latin(word) => {
                    let start = word.as_ptr() as usize - text.as_ptr() as usize;
                    (start, start + word.len())
                }
                Piece::Value(_) | Piece::Mark(_) => (done, done),
            };
            done = end;
            ids.push(vocabulary.number(piece));
            spans.push((start as u32, end as u32));
        });
        Words {
            text: text.into(),
            ids: ids.into(),
            spans: spans.into(),
        }
    }

    /// From the first to the last of some words.
    pub fn span(&self, words: Range<usize>) -> Span {
        Span::new(
            self.spans[words.start].0 as usize,
            self.spans[words.end - 1].1 as usize,
        )
    }
}

/// The words of one side, each with a number and what is known of it.
pub(super) struct Vocabulary {
    pub side: Side,
    numbers: HashMap<Box<str>, u32>,
    words: Vec<Entry>,
    lists: Lists,
}

struct Entry {
    word: Box<str>,
    kind: Kind,
    is_function: bool,
    marks_verb: bool,
    marks_noun: bool,
    is_article: bool,
}

/// Words of the side by what they do.
struct Lists {
    function: HashSet<&'static str>,
    marks_verb: HashSet<&'static str>,
    marks_noun: HashSet<&'static str>,
    articles: HashSet<&'static str>,
}

impl Vocabulary {
    pub fn new(side: Side) -> Vocabulary {
        let [function, marks_verb, marks_noun, articles] = match side {
            Side::Zh => [function::ZH, function::ZH_BEHIND_VERB, "", ""],
            Side::En => [
                function::EN,
                function::EN_BEFORE_VERB,
                function::EN_BEFORE_NOUN,
                function::EN_ARTICLES,
            ],
        }
        .map(|list| list.split_whitespace().collect());
        Vocabulary {
            side,
            numbers: HashMap::new(),
            words: Vec::new(),
            lists: Lists {
                function,
                marks_verb,
                marks_noun,
                articles,
            },
        }
    }

    fn number(&mut self, piece: Piece) -> u32 {
        let kind = piece.kind();
        let word = piece.into_key();
        if let Some(&number) = self.numbers.get(&*word) {
            return number;
        }
        let number = self.words.len() as u32;
        let is_in = |list: &HashSet<&str>| list.contains(&*word);
        self.words.push(Entry {
            kind,
            is_function: is_in(&self.lists.function),
            marks_verb: is_in(&self.lists.marks_verb),
            marks_noun: is_in(&self.lists.marks_noun),
            is_article: is_in(&self.lists.articles),
            word: (&*word).into(),
        });
        self.numbers.insert((&*word).into(), number);
        number
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The number of a word that was met.
    pub fn find(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    pub fn word(&self, number: u32) -> &str {
        &self.words[number as usize].word
    }

    pub fn kind(&self, number: u32) -> Kind {
        self.words[number as usize].kind
    }

    /// A word that a term may have in it: no mark, no value, no word of grammar.
    pub fn is_content(&self, number: u32) -> bool {
        let entry = &self.words[number as usize];
        matches!(entry.kind, Kind::Han | Kind::Latin) && !entry.is_function
    }

    /// Whether a verb stands next to it: behind an English word, before a Chinese one.
    pub fn marks_verb(&self, number: u32) -> bool {
        self.words[number as usize].marks_verb
    }

    pub fn marks_noun(&self, number: u32) -> bool {
        self.words[number as usize].marks_noun
    }

    /// The words of a rendering that tell it from others: without articles.
    pub fn key<'a>(&'a self, words: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
        words
            .iter()
            .copied()
            .filter(|&word| !self.words[word as usize].is_article)
    }

    pub fn content_of<'a>(&'a self, words: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
        words.iter().copied().filter(|&word| self.is_content(word))
    }
}
