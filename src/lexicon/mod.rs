//! The bilingual lexicon: how likely an English word is where a Chinese word stands, and the other way round.

mod file;
pub mod sources;
mod train;

pub use train::{Pair, Training, train};

use crate::error::{Error, Kind, Result};
use file::View;
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
/// With how often each word occurs, that number says both `t(en|zh)` and `t(zh|en)`, since training lets the two
/// directions agree on every link before it is counted.
///
/// ```
/// let lexicon = duizhao::lexicon::Lexicon::embedded();
/// let (water, zh) = (lexicon.en("water").unwrap(), lexicon.zh("水").unwrap());
/// assert!(lexicon.row(zh).any(|entry| entry.en == water && entry.en_given_zh > 0.3));
/// ```
pub struct Lexicon {
    bytes: Cow<'static, [u8]>,
    view: View,
}

/// One pair of a Chinese word's row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    pub en: u32,
    pub en_given_zh: f32,
    pub zh_given_en: f32,
}

impl Lexicon {
    /// The lexicon inside the program.
    pub fn embedded() -> &'static Lexicon {
        &EMBEDDED
    }

    /// Reads what [`train`] wrote; `name` is for errors.
    pub fn read(name: &str, bytes: Cow<'static, [u8]>) -> Result<Lexicon> {
        let view = View::new(&bytes).map_err(|cause| {
            Error::new(Kind::Malformed, name, cause).remedy("make it anew with `duizhao lexicon train`")
        })?;
        Ok(Lexicon { bytes, view })
    }

    /// Where the word pairs come from, and under which terms.
    pub fn notice(&self) -> &str {
        self.view.notice(&self.bytes)
    }

    /// Number of Chinese words, English words and word pairs.
    pub fn size(&self) -> (usize, usize, usize) {
        (self.view.zh.len(), self.view.en.len(), self.view.entries())
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The number of a Chinese word in the form that [`crate::words`] gives it.
    pub fn zh(&self, word: &str) -> Option<u32> {
        self.view.zh.find(&self.bytes, word)
    }

    /// The number of an English stem.
    pub fn en(&self, stem: &str) -> Option<u32> {
        self.view.en.find(&self.bytes, stem)
    }

    pub fn zh_word(&self, zh: u32) -> &str {
        self.view.zh.word(&self.bytes, zh as usize)
    }

    pub fn en_word(&self, en: u32) -> &str {
        self.view.en.word(&self.bytes, en as usize)
    }

    /// Share of all running Chinese words that are this one.
    pub fn zh_share(&self, zh: u32) -> f32 {
        self.view.zh.share(&self.bytes, zh as usize)
    }

    /// Share of all running English words that are this one.
    pub fn en_share(&self, en: u32) -> f32 {
        self.view.en.share(&self.bytes, en as usize)
    }

    /// The English words that translate a Chinese one, in the order of their numbers.
    pub fn row(&self, zh: u32) -> impl Iterator<Item = Entry> + '_ {
        let zh_count = self.view.zh.count(&self.bytes, zh as usize);
        self.view
            .row(&self.bytes, zh as usize)
            .map(move |(en, en_given_zh)| {
                let en_count = self.view.en.count(&self.bytes, en as usize);
                Entry {
                    en,
                    en_given_zh,
                    zh_given_en: (en_given_zh * zh_count / en_count).min(1.0),
                }
            })
    }
}
