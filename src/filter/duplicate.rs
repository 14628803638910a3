//! Rows into whether they were seen before, in eight bytes of memory a row.

use crate::corpus::Row;
use crate::script::{fold, is_han, is_letter};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// What makes two rows the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// Both texts, character for character.
    Exact,
    /// Both texts without digits, case, marks, spaces and the difference of scripts: boilerplate that differs in a number
    /// or a full stop is one row.
    Near,
}

/// The rows seen so far, as hashes of 64 bits: among ten million different rows the chance that any two are taken for
/// the same is one in 370,000.
///
/// ```
/// use duizhao::corpus::Row;
/// use duizhao::filter::duplicate::{Sameness, Seen};
/// let row = |zh: &str, en: &str| Row { src_text: zh.into(), trg_text: en.into(), ..Row::default() };
/// let mut seen = Seen::new(Sameness::Near);
/// assert!(seen.is_new(&row("第3章", "Chapter 3")));
/// assert!(!seen.is_new(&row("第12章。", "CHAPTER 12.")));
/// ```
pub struct Seen {
    sameness: Sameness,
    hashes: HashSet<u64, BuildHasherDefault<Already>>,
}

impl Seen {
    pub fn new(sameness: Sameness) -> Seen {
        Seen {
            sameness,
            hashes: HashSet::default(),
        }
    }

    /// Whether no row before was the same; it is one of those before from now on.
    pub fn is_new(&mut self, row: &Row) -> bool {
        self.is_new_hash(self.sameness.hash(row))
    }

    /// As [`Seen::is_new`], for a row whose [`Sameness::hash`] is known already.
    pub fn is_new_hash(&mut self, hash: u64) -> bool {
        self.hashes.insert(hash)
    }

    /// Whether a row with this hash is among those seen.
    pub fn holds_hash(&self, hash: u64) -> bool {
        self.hashes.contains(&hash)
    }
}

impl Sameness {
    /// The same on every machine and run, so that what is dropped is, too.
    pub fn hash(self, row: &Row) -> u64 {
        self.hash_texts([&row.src_text, &row.trg_text])
    }

    /// As [`Sameness::hash`], for any texts in their order.
    pub fn hash_texts<const N: usize>(self, texts: [&str; N]) -> u64 {
        let mut hash = Sha256::new();
        for text in texts {
            match self {
                Sameness::Exact => hash.update(text),
                Sameness::Near => hash.update(bare(text)),
            }
            // No text holds this byte, so that no two rows can feed the same bytes.
            hash.update([0xFF]);
        }
        let digest = hash.finalize();
        u64::from_be_bytes(
            digest[..8]
                .try_into()
                .expect("a digest has more than eight bytes"),
        )
    }
}

/// The letters of a text in lower case, traditional ones as simplified; all of it where there are none.
fn bare(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            'a'..='z' => letters.push(character),
            'A'..='Z' => letters.push(character.to_ascii_lowercase()),
            '\0'..='\x7F' => {}
            _ if !is_letter(character) => {}
            _ if is_han(character) => letters.push(fold(character)),
            _ => letters.extend(character.to_lowercase().map(fold)),
        }
    }
    if letters.is_empty() {
        text.to_owned()
    } else {
        letters
    }
}

/// What is hashed already need not be hashed again.
#[derive(Default)]
struct Already(u64);

impl Hasher for Already {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
