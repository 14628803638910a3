//! Segments into languages: which side of the alignment each belongs to, and in which script.

use serde::{Deserialize, Serialize};

/// The language of a segment, by its BCP-47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Lang {
    /// Chinese in simplified characters, or in characters that both scripts share where nothing near says more.
    #[serde(rename = "zh-Hans")]
    Hans,
    /// Chinese in traditional characters.
    #[serde(rename = "zh-Hant")]
    Hant,
    #[serde(rename = "en")]
    En,
    /// Neither Chinese nor English: such a segment is kept out of the alignment and named.
    #[serde(rename = "und")]
    Other,
}

/// The two sides of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Zh,
    En,
}

impl Lang {
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Hans => "zh-Hans",
            Lang::Hant => "zh-Hant",
            Lang::En => "en",
            Lang::Other => "und",
        }
    }

    /// The side of the alignment that a text in this language stands on.
    pub fn side(self) -> Option<Side> {
        match self {
            Lang::Hans | Lang::Hant => Some(Side::Zh),
            Lang::En => Some(Side::En),
            Lang::Other => None,
        }
    }
}
