//! Jieba's words in a trie that is read in place: which words begin at a character, and how frequent each is.
//!
//! ```text
//! magic        8 bytes  "duizhao" and the version of this layout
//! total        u64      sum of the frequencies of all words
//! frequencies  u32      how many there are that differ
//!              u32 each in rising order
//! codes        u16 each of the characters of the Basic Multilingual Plane, the most usual ones lowest; 0 where none
//! nodes        u64 each a double array (Aoe 1989), the root first: the child of a node by a character stands at the
//!                       node's base plus the character's code. Base, parent and frequency, 21 bits each from the lowest
//!                       up; a frequency of n is the n-th of those above, of 0 no word
//! ```
//! Numbers are little-endian. To load `jieba_rs`'s own dictionary takes as long as to align a short story, because it is
//! unpacked, parsed and put into a table, word by word; here nothing is touched but what a text asks for.

use std::collections::{BTreeMap, BTreeSet};

const MAGIC: &[u8; 8] = b"duizhao\x01";
/// Characters that have a code or none.
const CODES: usize = 1 << 16;
const BITS: u32 = 21;
const MASK: u64 = (1 << BITS) - 1;
const NO_PARENT: u64 = MASK;

/// Words with their frequencies in some large text.
pub struct Dictionary {
    codes: &'static [[u8; 2]],
    nodes: &'static [[u8; 8]],
    /// Logarithm of each frequency that there is.
    logs: Vec<f64>,
    /// Logarithm of the sum of all words' frequencies.
    pub log_total: f64,
}

/// A character of some word.
#[derive(Debug, Clone, Copy)]
pub struct Code(u16);

/// Where a walk through the trie stands.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    number: u64,
    node: u64,
}

impl Dictionary {
    /// Reads what [`write()`] made; none for other bytes. What `write` made is taken at its word.
    pub fn read(bytes: &'static [u8]) -> Option<Dictionary> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (total, rest) = rest.split_first_chunk()?;
        let (count, rest) = rest.split_first_chunk()?;
        let (frequencies, rest) = rest.split_at_checked(4 * u32::from_le_bytes(*count) as usize)?;
        let (frequencies, _) = frequencies.as_chunks();
        let (codes, nodes) = rest.split_at_checked(2 * CODES)?;
        Some(Dictionary {
            codes: codes.as_chunks().0,
            nodes: nodes.as_chunks().0,
            logs: frequencies
                .iter()
                .map(|&bytes| f64::from(u32::from_le_bytes(bytes)).ln())
                .collect(),
            log_total: (u64::from_le_bytes(*total) as f64).ln(),
        })
    }

    /// Before the first character of a word.
    pub fn root(&self) -> Place {
        Place {
            number: 0,
            node: self.node(0).unwrap_or(0),
        }
    }

    /// What a character is called here; none for one that is in no word.
    pub fn code(&self, c: char) -> Option<Code> {
        let code = u16::from_le_bytes(*self.codes.get(c as usize)?);
        (code != 0).then_some(Code(code))
    }

    /// Behind the next character, if a word goes on with it.
    pub fn step(&self, from: Place, Code(code): Code) -> Option<Place> {
        let number = (from.node & MASK) + u64::from(code);
        let node = self.node(number)?;
        (node >> BITS & MASK == from.number).then_some(Place { number, node })
    }

    /// The logarithm of the frequency of the word that ends here, if one does.
    pub fn log_frequency(&self, at: Place) -> Option<f64> {
        let frequency = (at.node >> (2 * BITS)).checked_sub(1)?;
        Some(self.logs[frequency as usize])
    }

    fn node(&self, number: u64) -> Option<u64> {
        self.nodes
            .get(number as usize)
            .map(|&bytes| u64::from_le_bytes(bytes))
    }
}

/// The bytes that [`Dictionary::read`] reads; words of characters outside the Basic Multilingual Plane are left out.
///
/// ```
/// use duizhao::words::dictionary::{Dictionary, write};
/// let dictionary = Dictionary::read(write([("雨", 30), ("雨伞", 7)]).leak()).unwrap();
/// let [rain, cover] = ['雨', '伞'].map(|c| dictionary.code(c).unwrap());
/// let at = dictionary.step(dictionary.root(), rain).unwrap();
/// assert_eq!(dictionary.log_frequency(at), Some(30f64.ln()));
/// let at = dictionary.step(at, cover).unwrap();
/// assert_eq!(dictionary.log_frequency(at), Some(7f64.ln()));
/// assert!(dictionary.step(at, rain).is_none());
/// ```
pub fn write<'a>(words: impl IntoIterator<Item = (&'a str, u32)>) -> Vec<u8> {
    let words: BTreeMap<&str, u32> = words
        .into_iter()
        .filter(|(word, _)| word.chars().all(|c| u16::try_from(c).is_ok()))
        .collect();
    let frequencies: BTreeSet<u32> = words.values().copied().collect();
    let ranks: BTreeMap<u32, u64> = frequencies.iter().copied().zip(1..).collect();
    let mut array = Array::new(words.keys().copied());
    // Breadth first, and the nodes of most children first: what is hard to place is placed while there is room.
    let mut level = vec![(
        0,
        0,
        words
            .iter()
            .map(|(word, frequency)| (*word, ranks[frequency]))
            .collect(),
    )];
    while !level.is_empty() {
        let mut below = Vec::new();
        for (node, depth, words) in level {
            array.place_children(node, depth, words, &mut below);
        }
        below.sort_by_key(|(_, _, words): &(usize, usize, Vec<_>)| std::cmp::Reverse(words.len()));
        level = below;
    }
    let mut out = MAGIC.to_vec();
    let total: u64 = words.values().copied().map(u64::from).sum();
    out.extend(total.to_le_bytes());
    out.extend((frequencies.len() as u32).to_le_bytes());
    frequencies
        .iter()
        .for_each(|frequency| out.extend(frequency.to_le_bytes()));
    array.codes.iter().for_each(|code| out.extend(code.to_le_bytes()));
    array.nodes.iter().for_each(|node| out.extend(node.to_le_bytes()));
    out
}

/// A double array in the making.
struct Array {
    codes: Vec<u16>,
    nodes: Vec<u64>,
    /// By the number of children, as a power of two: below this node there are only holes that so many do not fit.
    crowded: [usize; 16],
}

/// Places tried in vain for the children of one node from which on the first half of them counts as crowded.
const TRIES: usize = 4000;

const FREE: u64 = NO_PARENT << BITS;

impl Array {
    fn new<'a>(words: impl Iterator<Item = &'a str>) -> Array {
        let mut counts = vec![0u32; CODES];
        words.flat_map(str::chars).for_each(|c| counts[c as usize] += 1);
        let mut usual: Vec<usize> = (0..CODES).filter(|&c| counts[c] > 0).collect();
        usual.sort_by_key(|&c| std::cmp::Reverse(counts[c]));
        let mut codes = vec![0; CODES];
        usual.into_iter().zip(1..).for_each(|(c, code)| codes[c] = code);
        Array {
            codes,
            nodes: vec![FREE],
            crowded: [1; 16],
        }
    }
}

/// A node, its depth in bytes, and the words below it, in order, with the ranks of their frequencies.
type Branch<'a> = (usize, usize, Vec<(&'a str, u64)>);

impl Array {
    fn place_children<'a>(
        &mut self,
        node: usize,
        depth: usize,
        words: Vec<(&'a str, u64)>,
        below: &mut Vec<Branch<'a>>,
    ) {
        let first = |word: &str| word[depth..].chars().next();
        let longer: Vec<(&str, u64)> = words.into_iter().filter(|(word, _)| word.len() > depth).collect();
        let children: Vec<&[(&str, u64)]> = longer.chunk_by(|a, b| first(a.0) == first(b.0)).collect();
        let code =
            |child: &&[(&str, u64)]| usize::from(self.codes[first(child[0].0).map_or(0, |c| c as usize)]);
        let codes: Vec<usize> = children.iter().map(code).collect();
        let Some(base) = self.base(&codes) else { return };
        self.nodes[node] |= base as u64;
        for (child, code) in children.iter().zip(codes) {
            let number = base + code;
            let depth = depth + child[0].0[depth..].chars().next().map_or(0, char::len_utf8);
            // Words are in order, so the one that ends here is the first.
            let rank = if child[0].0.len() == depth { child[0].1 } else { 0 };
            self.nodes[number] = rank << (2 * BITS) | (node as u64) << BITS;
            below.push((number, depth, child.to_vec()));
        }
    }

    /// The first base that finds room for all children; none for no children.
    fn base(&mut self, codes: &[usize]) -> Option<usize> {
        let (&first, &last) = (codes.iter().min()?, codes.iter().max()?);
        let is_free = |number: usize| self.nodes.get(number).is_none_or(|&node| node == FREE);
        let size = codes.len().ilog2() as usize;
        let mut tried = 0;
        let mut crowded = self.crowded[size];
        let place = (first.max(crowded)..)
            .filter(|&number| is_free(number))
            .find(|&number| {
                tried += 1;
                if tried == TRIES / 2 {
                    crowded = number;
                }
                codes.iter().all(|code| is_free(number - first + code))
            })?;
        if tried >= TRIES {
            self.crowded[size] = crowded;
        } else if codes.len() == 1 && first <= crowded {
            self.crowded[size] = place;
        }
        let base = place - first;
        self.nodes.resize(self.nodes.len().max(base + last + 1), FREE);
        Some(base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bytes_are_no_dictionary() {
        assert!(Dictionary::read(b"").is_none());
        assert!(Dictionary::read(b"duizhao\x01\0\0\0\0\0\0\0\0\xff\xff\xff\xff").is_none());
    }

    #[test]
    fn nothing_is_found_that_is_not_there() {
        let dictionary = Dictionary::read(write([("河", 2), ("河边", 3), ("边", 4)]).leak()).unwrap();
        assert!(
            ['\0', 'a', '海', '𠮷', '\u{ffff}']
                .iter()
                .all(|&c| dictionary.code(c).is_none())
        );
        let [river, side] = ['河', '边'].map(|c| dictionary.code(c).unwrap());
        let at_river = dictionary.step(dictionary.root(), river).unwrap();
        assert!(dictionary.step(at_river, river).is_none());
        let at_side = dictionary.step(at_river, side).unwrap();
        assert!(
            [river, side]
                .iter()
                .all(|&code| dictionary.step(at_side, code).is_none())
        );
        assert_eq!(dictionary.log_total, 9f64.ln());
    }
}
