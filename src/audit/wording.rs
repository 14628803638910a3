//! Lists of words against a text: which of them stand in it, and where.

use crate::span::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use foldhash::{HashSet, HashSetExt};
use std::sync::OnceLock;

/// Words, and phrases, with a comma between them: read once, at first use.
pub(crate) struct WordList {
    list: &'static str,
    read: OnceLock<Read>,
}

/// A list in the forms that texts are held against.
struct Read {
    words: HashSet<&'static str>,
    /// Finds every word, also inside another.
    all: AhoCorasick,
    /// Finds the longest word at each place.
    longest: AhoCorasick,
}

impl WordList {
    pub const fn new(list: &'static str) -> WordList {
        WordList {
            list,
            read: OnceLock::new(),
        }
    }

    fn read(&self) -> &Read {
        self.read.get_or_init(|| {
            let finder = |kind| {
                AhoCorasick::builder()
                    .match_kind(kind)
                    .build(listed(self.list))
                    .expect("a list of words is a small automaton")
            };
            let mut words = HashSet::new();
            words.extend(listed(self.list));
            Read {
                words,
                all: finder(MatchKind::Standard),
                longest: finder(MatchKind::LeftmostLongest),
            }
        })
    }

    /// Whether a word stands in the list as it is.
    pub fn holds(&self, word: &str) -> bool {
        self.read().words.contains(word)
    }

    /// Whether a word begins with one of the list, itself included.
    pub fn holds_stem_of(&self, word: &str) -> bool {
        self.stems_of(word).next().is_some()
    }

    /// The words of the list that a word begins with, the shortest first.
    pub fn stems_of<'t>(&self, word: &'t str) -> impl Iterator<Item = &'t str> {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.map(|end| &word[..end]).filter(|stem| self.holds(stem))
    }

    /// Whether a word of the list stands anywhere in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.read().all.is_match(text)
    }

    /// Where words of the list stand in a text as they are written, in the text's order; words inside words, too.
    pub fn find(&self, text: &str) -> Vec<Span> {
        let found = self.read().all.find_overlapping_iter(text);
        let mut spans: Vec<Span> = found.map(|found| Span::new(found.start(), found.end())).collect();
        spans.sort();
        spans
    }

    /// The text with the words of the list blanked out, the longest at each place, so that places stay.
    pub fn blank(&self, text: &str) -> String {
        self.blank_where(text, |_| true)
    }

    /// The same for those of the words only that are wanted where they stand.
    pub fn blank_where(&self, text: &str, wanted: impl Fn(Span) -> bool) -> String {
        let mut blank = String::with_capacity(text.len());
        let found = self.read().longest.find_iter(text);
        for found in found.filter(|found| wanted(Span::new(found.start(), found.end()))) {
            blank.push_str(&text[blank.len()..found.start()]);
            blank.extend(std::iter::repeat_n(' ', found.len()));
        }
        blank.push_str(&text[blank.len()..]);
        blank
    }

    /// The first of some words that begins with one of the list.
    pub fn first_stem<'t>(&self, words: &[(&'t str, Span)]) -> Option<(&'t str, Span)> {
        words.iter().find(|(word, _)| self.holds_stem_of(word)).copied()
    }

    /// The first of some words that stands in the list.
    pub fn first<'t>(&self, words: &[(&'t str, Span)]) -> Option<(&'t str, Span)> {
        words.iter().find(|(word, _)| self.holds(word)).copied()
    }
}

/// Words of both languages that may stand for each other.
pub(crate) struct Counterparts {
    zh: WordList,
    /// Stems of English words that may stand for `zh`.
    en_near: WordList,
    /// English words that need one of `zh_near`.
    en: WordList,
    zh_near: WordList,
}

impl Counterparts {
    pub const fn new(
        zh: &'static str,
        en_near: &'static str,
        en: &'static str,
        zh_near: &'static str,
    ) -> Counterparts {
        Counterparts {
            zh: WordList::new(zh),
            en_near: WordList::new(en_near),
            en: WordList::new(en),
            zh_near: WordList::new(zh_near),
        }
    }

    /// A Chinese word for which the English has nothing.
    pub fn lost(&self, zh: &str, en: &[(&str, Span)]) -> Option<Span> {
        let said = *self.zh.find(zh).first()?;
        self.en_near.first_stem(en).is_none().then_some(said)
    }

    /// An English word for which the Chinese has nothing.
    pub fn added<'t>(&self, zh: &str, en: &[(&'t str, Span)]) -> Option<(&'t str, Span)> {
        let word = self.en.first(en)?;
        (!self.zh_near.is_in(zh)).then_some(word)
    }
}

fn listed(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// The words of a lower-case English text, with their places; an apostrophe is part of its word.
pub(crate) fn en_words(lower: &str) -> Vec<(&str, Span)> {
    let mut words = Vec::with_capacity(lower.len() / 5);
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

#[cfg(test)]
mod tests {
    use super::*;

    static LIST: WordList = WordList::new("不, 不断, un, under, not only");

    #[test]
    fn a_word_inside_a_word_is_found_and_the_longest_is_blanked() {
        let spans: Vec<&str> = LIST
            .find("不断，不")
            .iter()
            .map(|span| span.of("不断，不"))
            .collect();
        assert_eq!(spans, ["不", "不断", "不"]);
        assert_eq!(LIST.blank("雨不断，not only"), "雨      ，        ");
    }

    #[test]
    fn a_word_is_known_as_it_is_and_by_its_beginning() {
        assert!(LIST.holds("under") && !LIST.holds("unde"));
        assert_eq!(LIST.stems_of("underline").collect::<Vec<_>>(), ["un", "under"]);
        let words = en_words("it is undone");
        assert_eq!(LIST.first_stem(&words), Some(("undone", Span::new(6, 12))));
        assert_eq!(LIST.first(&words), None);
    }
}
