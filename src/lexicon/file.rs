//! The lexicon's file: read in place; all that is built is an index of its words.
//!
//! ```text
//! magic     8 bytes  "duizhao" and the version of this layout
//! lengths   u32 x 6  notice, zh words, zh bytes, en words, en bytes, entries
//! notice    text     sources and licences
//! zh, en    each: f32 total of counts, u32 ends of the words, f32 counts, the words in byte order, run together
//! rows      u32      ends of the rows of entries, one a Chinese word
//! entries   u32      English word << 8 | t(en|zh) as a step of 1/16 octave below 1
//! ```
//! Numbers are little-endian and stand on no particular boundary.

use foldhash::fast::FixedState;
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// The first bytes of the file.
pub const MAGIC: &[u8; 8] = b"duizhao\x01";
const STEPS_PER_OCTAVE: f32 = 16.0;

/// Where everything lies in the file's bytes.
#[derive(Debug, Clone)]
pub struct View {
    notice: Range<usize>,
    pub zh: Vocabulary,
    pub en: Vocabulary,
    row_ends: usize,
    entries: Range<usize>,
}

#[derive(Debug, Clone)]
pub struct Vocabulary {
    len: usize,
    total: usize,
    ends: usize,
    counts: usize,
    words: usize,
    /// Words by their hash, each one more than its number, or 0: a power of two of places, half of them free.
    index: Arc<[u32]>,
}

/// What is written: words in byte order with their counts, and a row of `(en, t(en|zh))` for each Chinese word.
pub struct Contents<'a> {
    pub notice: &'a str,
    pub zh: Vec<(&'a str, f32)>,
    pub en: Vec<(&'a str, f32)>,
    pub rows: Vec<Vec<(u32, f32)>>,
    pub zh_total: f32,
    pub en_total: f32,
}

impl View {
    /// Finds the parts and checks every place that a look-up will follow.
    pub fn new(bytes: &[u8]) -> Result<View, String> {
        if bytes.get(..8) != Some(MAGIC) {
            return Err("not a lexicon of this version".into());
        }
        let mut at = 8;
        let mut lengths = [0usize; 6];
        for length in &mut lengths {
            *length = checked_u32(bytes, at)? as usize;
            at += 4;
        }
        let [notice, zh, zh_bytes, en, en_bytes, entries] = lengths;
        let mut take = |len: usize| {
            let start = at;
            at += len;
            start
        };
        let notice = take(notice)..8 + 24 + notice;
        let mut vocabulary = |len: usize, words: usize| Vocabulary {
            len,
            total: take(4),
            ends: take(4 * len),
            counts: take(4 * len),
            words: take(words),
            index: [].into(),
        };
        let mut view = View {
            notice,
            zh: vocabulary(zh, zh_bytes),
            en: vocabulary(en, en_bytes),
            row_ends: take(4 * zh),
            entries: take(4 * entries)..at,
        };
        if at != bytes.len() {
            return Err(format!("{} bytes long where its head says {at}", bytes.len()));
        }
        view.check(bytes, zh_bytes, en_bytes, entries)?;
        for vocabulary in [&mut view.zh, &mut view.en] {
            vocabulary.index = vocabulary.index(bytes);
        }
        Ok(view)
    }

    fn check(&self, bytes: &[u8], zh_bytes: usize, en_bytes: usize, entries: usize) -> Result<(), String> {
        std::str::from_utf8(&bytes[self.notice.clone()]).map_err(|_| "its notice is not UTF-8")?;
        for (vocabulary, words) in [(&self.zh, zh_bytes), (&self.en, en_bytes)] {
            ascending(bytes, vocabulary.ends, vocabulary.len, words)?;
            let text = std::str::from_utf8(&bytes[vocabulary.words..vocabulary.words + words])
                .map_err(|_| "its words are not UTF-8")?;
            if (0..vocabulary.len)
                .any(|i| !text.is_char_boundary(u32_at(bytes, vocabulary.ends + 4 * i) as usize))
            {
                return Err("a word ends inside a character".into());
            }
        }
        for vocabulary in [&self.zh, &self.en] {
            let is_count = |at: usize| {
                let count = f32::from_bits(u32_at(bytes, at));
                count.is_finite() && count > 0.0
            };
            let counts = (0..vocabulary.len).map(|word| vocabulary.counts + 4 * word);
            if vocabulary.len > 0 && !counts.chain([vocabulary.total]).all(is_count) {
                return Err("a word's count is none".into());
            }
        }
        ascending(bytes, self.row_ends, self.zh.len, entries)?;
        if (0..entries).any(|i| (u32_at(bytes, self.entries.start + 4 * i) >> 8) as usize >= self.en.len) {
            return Err("an entry names an English word that is not there".into());
        }
        Ok(())
    }

    pub fn notice<'a>(&self, bytes: &'a [u8]) -> &'a str {
        std::str::from_utf8(&bytes[self.notice.clone()]).expect("checked when the file was opened")
    }

    pub fn entries(&self) -> usize {
        self.entries.len() / 4
    }

    /// The entries of a Chinese word: English word and `t(en|zh)`.
    pub fn row<'a>(&self, bytes: &'a [u8], zh: usize) -> impl Iterator<Item = (u32, f32)> + use<'a> {
        let start = if zh == 0 {
            0
        } else {
            u32_at(bytes, self.row_ends + 4 * (zh - 1)) as usize
        };
        let end = u32_at(bytes, self.row_ends + 4 * zh) as usize;
        let entries = &bytes[self.entries.start + 4 * start..self.entries.start + 4 * end];
        entries.chunks_exact(4).map(|entry| {
            let packed = u32_at(entry, 0);
            (packed >> 8, SHARES[usize::from(packed as u8)])
        })
    }
}

impl Vocabulary {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn word<'a>(&self, bytes: &'a [u8], word: usize) -> &'a str {
        std::str::from_utf8(self.word_bytes(bytes, word)).expect("checked when the file was opened")
    }

    pub fn count(&self, bytes: &[u8], word: usize) -> f32 {
        f32::from_bits(u32_at(bytes, self.counts + 4 * word))
    }

    /// Number of running words that were seen, those not kept included.
    pub fn total(&self, bytes: &[u8]) -> f32 {
        f32::from_bits(u32_at(bytes, self.total))
    }

    pub fn share(&self, bytes: &[u8], word: usize) -> f32 {
        self.count(bytes, word) / self.total(bytes)
    }

    pub fn find(&self, bytes: &[u8], word: &str) -> Option<u32> {
        let mut place = place(word.as_bytes(), self.index.len());
        while let Some(found) = self.index[place].checked_sub(1) {
            if self.word_bytes(bytes, found as usize) == word.as_bytes() {
                return Some(found);
            }
            place = (place + 1) % self.index.len();
        }
        None
    }

    fn index(&self, bytes: &[u8]) -> Arc<[u32]> {
        let mut index = vec![0; (2 * self.len + 1).next_power_of_two()];
        for word in 0..self.len {
            let mut place = place(self.word_bytes(bytes, word), index.len());
            while index[place] != 0 {
                place = (place + 1) % index.len();
            }
            index[place] = word as u32 + 1;
        }
        index.into()
    }

    fn word_bytes<'a>(&self, bytes: &'a [u8], word: usize) -> &'a [u8] {
        let start = if word == 0 {
            0
        } else {
            u32_at(bytes, self.ends + 4 * (word - 1)) as usize
        };
        let end = u32_at(bytes, self.ends + 4 * word) as usize;
        &bytes[self.words + start..self.words + end]
    }
}

/// Where a word stands in an index of so many places, if its place is not taken.
fn place(word: &[u8], places: usize) -> usize {
    FixedState::default().hash_one(word) as usize & (places - 1)
}

/// The file's bytes.
pub fn write(contents: &Contents) -> Vec<u8> {
    let entries: usize = contents.rows.iter().map(Vec::len).sum();
    let length = |words: &[(&str, f32)]| words.iter().map(|(word, _)| word.len()).sum::<usize>();
    let mut out = MAGIC.to_vec();
    for number in [
        contents.notice.len(),
        contents.zh.len(),
        length(&contents.zh),
        contents.en.len(),
        length(&contents.en),
        entries,
    ] {
        push(&mut out, number as u32);
    }
    out.extend(contents.notice.as_bytes());
    for (words, total) in [
        (&contents.zh, contents.zh_total),
        (&contents.en, contents.en_total),
    ] {
        push(&mut out, total.to_bits());
        push_ends(&mut out, words.iter().map(|(word, _)| word.len()));
        words
            .iter()
            .for_each(|(_, count)| push(&mut out, count.to_bits()));
        words.iter().for_each(|(word, _)| out.extend(word.as_bytes()));
    }
    push_ends(&mut out, contents.rows.iter().map(Vec::len));
    for &(en, t) in contents.rows.iter().flatten() {
        push(&mut out, en << 8 | u32::from(to_step(t)));
    }
    out
}

fn to_step(t: f32) -> u8 {
    (-t.log2() * STEPS_PER_OCTAVE).round().clamp(0.0, 255.0) as u8
}

/// What each step stands for.
static SHARES: LazyLock<[f32; 256]> =
    LazyLock::new(|| std::array::from_fn(|step| (-(step as f32) / STEPS_PER_OCTAVE).exp2()));

fn push(out: &mut Vec<u8>, number: u32) {
    out.extend(number.to_le_bytes());
}

fn push_ends(out: &mut Vec<u8>, lengths: impl Iterator<Item = usize>) {
    let mut end = 0;
    for length in lengths {
        end += length;
        push(out, end as u32);
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes were taken"))
}

fn checked_u32(bytes: &[u8], at: usize) -> Result<u32, String> {
    bytes
        .get(at..at + 4)
        .map(|b| u32_at(b, 0))
        .ok_or("cut off in its head".into())
}

fn ascending(bytes: &[u8], at: usize, len: usize, last: usize) -> Result<(), String> {
    let mut ends = (0..len).map(|i| u32_at(bytes, at + 4 * i) as usize);
    if ends.clone().is_sorted() && ends.next_back().unwrap_or(0) == last {
        Ok(())
    } else {
        Err("its ends are out of order".into())
    }
}
