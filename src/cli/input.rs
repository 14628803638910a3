//! Options that say how documents are read and cut, shared by the commands that read any.

use clap::{Args, ValueEnum};
use duizhao::corpus::manifest::Checksum;
use duizhao::error::{Error, Kind, Result};
use duizhao::ingest::{self, Source, decode};
use duizhao::lexicon::Lexicon;
use duizhao::split::Split;

#[derive(Args)]
pub struct Reading {
    /// The encoding of the input (`gb18030`, `big5`, `utf-16le`, ...) [default: found]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Replace malformed bytes by U+FFFD and count them, instead of refusing the file
    #[arg(long)]
    lossy: bool,
}

impl Reading {
    /// What was asked for, for the manifest.
    pub fn said(&self) -> serde_json::Value {
        serde_json::json!({"encoding": self.encoding, "lossy": self.lossy})
    }

    pub fn settings(&self) -> Result<ingest::Settings> {
        let encoding = self.encoding.as_deref().map(decode::named).transpose()?;
        Ok(ingest::Settings {
            encoding,
            lossy: self.lossy,
            ..ingest::Settings::default()
        })
    }
}

/// The unit that is aligned.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Unit {
    Sentence,
    /// Lines, for text that is cut already
    Line,
    Paragraph,
    /// The whole document as one unit
    None,
}

impl Unit {
    pub fn split(self) -> Split {
        match self {
            Unit::Sentence => Split::Sentence,
            Unit::Line => Split::Line,
            Unit::Paragraph => Split::Paragraph,
            Unit::None => Split::None,
        }
    }
}

/// The file of `--lexicon`: a glossary, or a lexicon that was trained.
pub struct OwnLexicon(Source);

impl OwnLexicon {
    pub fn open(path: &str) -> Result<OwnLexicon> {
        Source::open(path, &ingest::Settings::default()).map(OwnLexicon)
    }

    /// A glossary is laid over the embedded lexicon; a trained lexicon takes its place.
    pub fn lexicon(&self) -> Result<Lexicon> {
        let Source { name, bytes } = &self.0;
        if Lexicon::is_lexicon(bytes) {
            return Lexicon::read(name, bytes.clone().into());
        }
        let table = std::str::from_utf8(bytes).map_err(|cause| {
            Error::new(Kind::Decode, name, "not valid UTF-8")
                .byte(cause.valid_up_to())
                .remedy("save it as UTF-8")
        })?;
        Lexicon::embedded().with_glossary(name, table)
    }

    pub fn checksum(&self) -> Checksum {
        Checksum::of(&self.0.bytes)
    }
}
