//! Options that say how documents are read and cut, shared by the commands that read any.

use clap::{Args, ValueEnum};
use duizhao::error::{Error, Result};
use duizhao::ingest::{self, decode};
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

/// The text of a file that must be UTF-8, for tables of ours.
pub fn table(path: &str) -> Result<String> {
    let source = ingest::Source::open(path, &ingest::Settings::default())?;
    String::from_utf8(source.bytes).map_err(|cause| {
        let byte = cause.utf8_error().valid_up_to();
        Error::new(duizhao::error::Kind::Decode, path, "not valid UTF-8")
            .byte(byte)
            .remedy("save it as UTF-8")
    })
}
