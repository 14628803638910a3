//! The bilingual lexicon: how likely an English word is where a Chinese word stands, and the other way round.

mod association;
mod file;
mod glossary;
mod mix;
pub mod sources;
mod train;

pub(crate) use association::log_likelihood;
pub use train::{Pair, Training, train};

use crate::error::{Error, Kind, Result};
use file::View;
use glossary::Glossary;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::LazyLock;

static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::read(
        "embedded lexicon",
        include_bytes!("../../corpora/lexicon.bin").as_slice().into(),
    )
    .expect("the embedded lexicon is checked by a test")
});

/// Word pairs with one number each: the share of the Chinese word's occurrences that the English word translates.
///
/// Training lets the two directions agree on every link before it is counted, so the number divided by how often the
/// English word occurs at all says how much likelier either word makes the other.
///
/// ```
/// let lexicon = duizhao::lexicon::Lexicon::embedded();
/// let (water, zh) = (lexicon.en("water").unwrap(), lexicon.zh("水").unwrap());
/// assert!(lexicon.row(zh).any(|entry| entry.en == water && entry.en_given_zh > 0.3));
/// ```
#[derive(Clone)]
pub struct Lexicon {
    bytes: Cow<'static, [u8]>,
    view: View,
    glossary: Glossary,
}

/// One pair of a Chinese word's row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    pub en: u32,
    /// Share of the Chinese word's occurrences that the English word translates.
    pub en_given_zh: f32,
    /// Share of the English word's occurrences that the Chinese word translates.
    pub zh_given_en: f32,
    /// How many times likelier the Chinese word makes the English one, and the English one the Chinese.
    pub lift: f32,
}

/// The share of a word that no text was seen with: one in a hundred thousand.
const RARE: f32 = 1e-5;

impl Lexicon {
    /// The lexicon inside the program.
    pub fn embedded() -> &'static Lexicon {
        &EMBEDDED
    }

    /// Whether bytes begin as what [`train`] wrote does.
    pub fn is_lexicon(bytes: &[u8]) -> bool {
        bytes.starts_with(file::MAGIC)
    }

    /// Reads what [`train`] wrote; `name` is for errors.
    pub fn read(name: &str, bytes: Cow<'static, [u8]>) -> Result<Lexicon> {
        let view = View::new(&bytes).map_err(|cause| {
            Error::new(Kind::Malformed, name, cause).remedy("make it anew with `duizhao lexicon train`")
        })?;
        Ok(Lexicon {
            bytes,
            view,
            glossary: Glossary::default(),
        })
    }

    /// Where the word pairs come from, and under which terms.
    pub fn notice(&self) -> &str {
        self.view.notice(&self.bytes)
    }

    /// Number of Chinese words, English words and word pairs.
    pub fn size(&self) -> (usize, usize, usize) {
        let Glossary { zh, en, rows } = &self.glossary;
        let pairs = rows.values().map(Vec::len).sum::<usize>();
        let View {
            zh: zh_words,
            en: en_words,
            ..
        } = &self.view;
        (
            zh_words.len() + zh.words.len(),
            en_words.len() + en.words.len(),
            self.view.entries() + pairs,
        )
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Names this lexicon in manifests: the SHA-256 of its file.
    pub fn checksum(&self) -> String {
        Sha256::digest(&self.bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The number of a Chinese word in the form that [`crate::words`] gives it.
    pub fn zh(&self, word: &str) -> Option<u32> {
        self.view
            .zh
            .find(&self.bytes, word)
            .or_else(|| self.glossary.zh.numbers.get(word).copied())
    }

    /// A Chinese word, or where it is none of these, its longest parts that are, each with its number; a character that
    /// begins none stands alone.
    ///
    /// ```
    /// let lexicon = duizhao::lexicon::Lexicon::embedded();
    /// let parts: Vec<&str> = lexicon.zh_parts("经济海关").map(|(part, _)| part).collect();
    /// assert_eq!(parts, ["经济", "海关"]);
    /// ```
    pub fn zh_parts<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (&'a str, Option<u32>)> + 'a {
        let mut rest = word;
        std::iter::from_fn(move || {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let longest = ends
                .clone()
                .rev()
                .find_map(|end| Some((end, Some(self.zh(&rest[..end])?))));
            let (end, known) = longest.or(ends.clone().next().map(|end| (end, None)))?;
            let (part, left) = rest.split_at(end);
            rest = left;
            Some((part, known))
        })
    }

    /// The number of an English stem.
    pub fn en(&self, stem: &str) -> Option<u32> {
        self.view
            .en
            .find(&self.bytes, stem)
            .or_else(|| self.glossary.en.numbers.get(stem).copied())
    }

    /// The English words that translate a Chinese one: the lexicon's in the order of their numbers, then a glossary's.
    pub fn row(&self, zh: u32) -> impl Iterator<Item = Entry> + '_ {
        let zh_share = self.zh_share(zh);
        self.translations(zh).map(move |(en, en_given_zh)| {
            let lift = en_given_zh / self.en_share(en);
            Entry {
                en,
                en_given_zh,
                zh_given_en: (lift * zh_share).min(1.0),
                lift,
            }
        })
    }

    /// The words of [`Lexicon::row`] with [`Entry::en_given_zh`] alone, for those who want few of them.
    pub fn translations(&self, zh: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        let known = (zh as usize) < self.view.zh.len();
        let known = known
            .then(|| self.view.row(&self.bytes, zh as usize))
            .into_iter()
            .flatten();
        let own = self.glossary.rows.get(&zh).into_iter().flatten().copied();
        known.chain(own)
    }

    /// Share of all running Chinese words that are this one; a word that only a glossary knows is taken to be rare.
    pub fn zh_share(&self, zh: u32) -> f32 {
        if (zh as usize) < self.view.zh.len() {
            self.view.zh.share(&self.bytes, zh as usize)
        } else {
            RARE
        }
    }

    /// Share of all running English words that are this one, likewise.
    pub fn en_share(&self, en: u32) -> f32 {
        if (en as usize) < self.view.en.len() {
            self.view.en.share(&self.bytes, en as usize)
        } else {
            RARE
        }
    }

    /// The word with a number that [`Lexicon::zh`] gave.
    pub fn zh_word(&self, zh: u32) -> &str {
        match (zh as usize).checked_sub(self.view.zh.len()) {
            Some(new) => &self.glossary.zh.words[new],
            None => self.view.zh.word(&self.bytes, zh as usize),
        }
    }

    /// The stem with a number that [`Lexicon::en`] gave.
    pub fn en_word(&self, en: u32) -> &str {
        match (en as usize).checked_sub(self.view.en.len()) {
            Some(new) => &self.glossary.en.words[new],
            None => self.view.en.word(&self.bytes, en as usize),
        }
    }
}
