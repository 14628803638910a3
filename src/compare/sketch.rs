//! Texts into the few numbers that tell which of them are one text, edited or not.

use crate::ingest::Document;
use crate::words::{Kind, words};
use foldhash::fast::FixedState;
use std::hash::{BuildHasher, Hash};

/// The least hashes of a text's runs of words: what two texts share of these they share of their runs (Broder 1997).
#[derive(Debug, Clone)]
pub struct Sketch(Vec<u64>);

/// Runs that stand for a text, and how many words a run has.
const RUNS: usize = 64;
const WORDS: usize = 4;
/// Share of runs from which two documents are one text, edited.
const ONE_TEXT: f32 = 0.5;

impl Sketch {
    pub fn new(document: &Document) -> Sketch {
        let mut hashes = Vec::new();
        for segment in &document.segments {
            let Some(side) = segment.lang.side() else { continue };
            let words = words(segment.span.of(&document.text), side).into_iter();
            hashes.extend(
                words
                    .filter(|word| word.kind != Kind::Mark)
                    .map(|word| hash(&word.key)),
            );
        }
        let mut runs: Vec<u64> = hashes.windows(WORDS).map(hash).collect();
        runs.sort_unstable();
        runs.dedup();
        runs.truncate(RUNS);
        Sketch(runs)
    }

    /// Whether two documents are one text: the same, a later version, or one that was cut from the other by a little.
    pub fn is_version_of(&self, other: &Sketch) -> bool {
        self.resemblance(other) >= ONE_TEXT
    }

    /// The share of their runs of words that two documents have in common, estimated.
    fn resemblance(&self, other: &Sketch) -> f32 {
        let mut union: Vec<u64> = self.0.iter().chain(&other.0).copied().collect();
        union.sort_unstable();
        union.dedup();
        union.truncate(RUNS);
        let both = |run: &&u64| self.0.binary_search(run).is_ok() && other.0.binary_search(run).is_ok();
        union.iter().filter(both).count() as f32 / union.len().max(1) as f32
    }
}

/// The same in every run: its key is fixed.
pub(super) fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    FixedState::default().hash_one(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Settings, Source, read};

    fn sketch(text: &str) -> Sketch {
        let source = Source {
            name: "news.txt".into(),
            bytes: text.into(),
        };
        Sketch::new(&read(source, &Settings::default()).unwrap())
    }

    #[test]
    fn an_edited_text_is_found_to_be_one_and_another_of_the_same_words_is_not() {
        let first = "The harbour office said on Monday that the new pier would open to ferries in September, \
                     after two winters of work on its piles, and that tickets would cost the same as before.";
        let later = sketch(&first.replace("in September", "in October"));
        let other = sketch(
            "After two winters on the pier the ferries said that in September the office of the new harbour, as \
             before, would open its piles on Monday, and the work would cost the same tickets.",
        );
        assert!(later.is_version_of(&sketch(first)));
        assert!(!other.is_version_of(&sketch(first)));
    }

    #[test]
    fn what_holds_no_run_of_words_is_a_version_of_nothing() {
        assert!(!sketch("Yes, indeed.").is_version_of(&sketch("Yes, indeed.")));
    }
}
