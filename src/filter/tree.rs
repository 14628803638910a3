//! Chinese words into a tree that finds the longest one a text begins with.

use crate::script::is_han;
use std::ops::Range;

/// Words by their characters.
///
/// What it costs to find one is to wait for memory, so what is asked often lies together: a node's children one behind
/// another, those of frequent words before others, and what is asked of each node apart from what is asked of few.
pub(super) struct Tree {
    /// By character; [`NONE`] for one that is in no word.
    codes: Vec<Code>,
    /// By the code of its first character, the node of the words that begin with it; the root where there are none.
    starts: Vec<u32>,
    /// The character by which each node goes on from its parent, breadth first from the root, which has none. Those of a
    /// parent's children are in order.
    steps: Vec<Code>,
    /// What ends at each node.
    ends: Vec<End>,
    /// What follows each node, and an end behind the last one.
    follows: Vec<Follow>,
}

/// A character, by the order in which words have them first.
type Code = u16;

const NONE: Code = 0;

/// The number of the word that ends at a node, from 1 on, doubled; and one more where longer ones go on.
#[derive(Clone, Copy)]
struct End(u32);

impl End {
    fn word(self) -> Option<u32> {
        (self.0 >> 1).checked_sub(1)
    }

    fn goes_on(self) -> bool {
        self.0 & 1 == 1
    }
}

#[derive(Clone, Copy)]
struct Follow {
    /// The [`bit`]s of the steps to a node's children: most characters go on to none.
    steps: u64,
    /// The first of the children; the last one is before the first child of the node behind this one.
    first: u32,
}

/// The longest word in characters that is kept.
const LONGEST: usize = 4;

/// A word's characters, [`NONE`] behind the last one, and its number.
type Entry = ([Code; LONGEST + 1], u32);

fn bit(code: Code) -> u64 {
    1 << (code % 64)
}

impl Tree {
    /// Of words, the most frequent first, each numbered by its place; left out are those that are longer, and those that
    /// are not in Chinese characters of the Basic Multilingual Plane alone.
    pub fn of<'a>(words: impl Iterator<Item = &'a str>) -> Tree {
        let mut tree = Tree {
            codes: vec![NONE; 1 << 16],
            starts: vec![0],
            steps: vec![NONE],
            ends: vec![End(0)],
            follows: Vec::new(),
        };
        let mut entries: Vec<Entry> = (0..)
            .zip(words)
            .filter_map(|(number, word)| Some((tree.encode(word)?, number)))
            .collect();
        entries.sort_unstable();
        // By node: its words, and how many characters they have in common.
        let mut branches = vec![(&entries[..], 0)];
        while let Some(&(entries, depth)) = branches.get(tree.follows.len()) {
            let longer = &entries[entries.partition_point(|(word, _)| word[depth] == NONE)..];
            let mut follow = Follow {
                steps: 0,
                first: tree.steps.len() as u32,
            };
            for entries in longer.chunk_by(|(one, _), (other, _)| one[depth] == other[depth]) {
                let (word, number) = entries[0];
                let is_whole = word[depth + 1] == NONE;
                let goes_on = entries.len() > usize::from(is_whole);
                let end = if is_whole { number + 1 } else { 0 };
                follow.steps |= bit(word[depth]);
                tree.steps.push(word[depth]);
                tree.ends.push(End(end << 1 | u32::from(goes_on)));
                branches.push((entries, depth + 1));
            }
            tree.follows.push(follow);
        }
        tree.follows.push(Follow {
            steps: 0,
            first: tree.steps.len() as u32,
        });
        for start in tree.children(0) {
            tree.starts[usize::from(tree.steps[start])] = start as u32;
        }
        tree
    }

    /// New characters get the next codes.
    fn encode(&mut self, word: &str) -> Option<[Code; LONGEST + 1]> {
        let is_kept = |c: char| is_han(c) && u16::try_from(c).is_ok();
        if word.chars().count() > LONGEST || !word.chars().all(is_kept) {
            return None;
        }
        let mut codes = [NONE; LONGEST + 1];
        for (code, character) in codes.iter_mut().zip(word.chars()) {
            let known = &mut self.codes[character as usize];
            if *known == NONE {
                *known = self.starts.len() as Code;
                self.starts.push(0);
            }
            *code = *known;
        }
        Some(codes)
    }

    fn children(&self, node: usize) -> Range<usize> {
        self.follows[node].first as usize..self.follows[node + 1].first as usize
    }

    fn child(&self, node: usize, step: Code) -> Option<usize> {
        if self.follows[node].steps & bit(step) == 0 {
            return None;
        }
        let children = self.children(node);
        let place = self.steps[children.clone()].binary_search(&step).ok()?;
        Some(children.start + place)
    }

    /// The longest word that a text begins with: how many characters it has, and its number.
    pub fn longest(&self, text: &[char]) -> Option<(usize, u32)> {
        let code = |c: &char| self.codes.get(*c as usize).copied();
        let mut codes = text.iter().map_while(code);
        let mut node = self.starts[usize::from(codes.next()?)] as usize;
        let mut longest = None;
        for length in 1.. {
            let end = self.ends[node];
            if let Some(word) = end.word() {
                longest = Some((length, word));
            }
            let next = codes.next().filter(|_| end.goes_on());
            match next.and_then(|step| self.child(node, step)) {
                Some(child) => node = child,
                None => break,
            }
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_longest_word_is_found(
            words in prop::collection::hash_set("[雨伞河边]{1,4}|a?雨a?|[雨伞]{5}|雨𠮷", 0..20),
            text in "[雨伞河边a𠮷]{0,6}",
        ) {
            let words = Vec::from_iter(words);
            let tree = Tree::of(words.iter().map(String::as_str));
            let text: Vec<char> = text.chars().collect();
            let found = |length: usize| {
                let word = String::from_iter(&text[..length]);
                let is_kept = word.chars().all(|c| is_han(c) && c < '\u{10000}');
                let number = words.iter().position(|known| is_kept && *known == word)?;
                Some((length, number as u32))
            };
            let longest = (1..=LONGEST.min(text.len())).rev().find_map(found);
            prop_assert_eq!(tree.longest(&text), longest);
        }
    }
}
