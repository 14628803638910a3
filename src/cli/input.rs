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

/// The files of `--lexicon`: glossaries, and lexicons that were trained.
pub struct OwnLexicons(Vec<Source>);

impl OwnLexicons {
    pub fn open(paths: &[String]) -> Result<OwnLexicons> {
        let open = |path: &String| Source::open(path, &ingest::Settings::default());
        paths.iter().map(open).collect::<Result<_>>().map(OwnLexicons)
    }

    /// Trained lexicons are mixed with the embedded one; glossaries are laid over that, in the order given.
    pub fn lexicon(&self) -> Result<Lexicon> {
        let (trained, glossaries): (Vec<&Source>, Vec<&Source>) =
            self.0.iter().partition(|own| Lexicon::is_lexicon(&own.bytes));
        let trained = trained
            .into_iter()
            .map(|own| Lexicon::read(&own.name, own.bytes.clone().into()))
            .collect::<Result<Vec<_>>>()?;
        let lexicon = match trained[..] {
            [] => Lexicon::embedded().clone(),
            _ => Lexicon::embedded().mixed(&trained)?,
        };
        glossaries.into_iter().try_fold(lexicon, |lexicon, own| {
            let table = std::str::from_utf8(&own.bytes).map_err(|cause| {
                Error::new(Kind::Decode, &own.name, "not valid UTF-8")
                    .byte(cause.valid_up_to())
                    .remedy("save it as UTF-8")
            })?;
            lexicon.with_glossary(&own.name, table)
        })
    }

    pub fn checksums(&self) -> Vec<String> {
        self.0.iter().map(|own| Checksum::of(&own.bytes).sha256).collect()
    }
}
