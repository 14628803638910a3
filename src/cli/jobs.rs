//! Arguments into pairs of documents to align.

use clap::ValueEnum;
use duizhao::corpus::Format;
use duizhao::error::{Error, Kind, Note, Result};
use duizhao::ingest::{self, name::language_mark};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::{Loaded, load};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How documents of a folder find their partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Pairing {
    /// By their names
    Names,
    /// By what they say
    Content,
}

/// A document pair to align.
pub struct Job {
    /// Unique in a run; may have folders in it.
    pub id: String,
    zh: Origin,
    en: Origin,
}

enum Origin {
    File(String),
    /// Part of a bundle that was read to be cut.
    Ready(Arc<Loaded>),
}

/// What there is to do, and what cannot be done.
pub struct Jobs {
    pub jobs: Vec<Job>,
    /// Documents without a partner.
    pub unpaired: Vec<Error>,
    /// What the user should know of how pairs were found.
    pub notes: Vec<Note>,
}

impl Job {
    /// Reads both documents.
    pub fn load(&self, settings: &ingest::Settings) -> Result<(Arc<Loaded>, Arc<Loaded>)> {
        let read = |origin: &Origin| match origin {
            Origin::File(path) => load(path, settings).map(Arc::new),
            Origin::Ready(loaded) => Ok(loaded.clone()),
        };
        Ok((read(&self.zh)?, read(&self.en)?))
    }

    /// Where its corpus goes in a folder.
    pub fn path(&self, folder: &Path, format: Format) -> PathBuf {
        match format.extensions() {
            [extension] => folder.join(format!("{}.{extension}", self.id)),
            _ => folder.join(&self.id),
        }
    }
}

pub fn jobs(
    inputs: &[String],
    pairing: Pairing,
    settings: &ingest::Settings,
    lexicon: &Lexicon,
) -> Result<Jobs> {
    match inputs {
        [zh, en] => two_files(zh, en, settings),
        _ => Err(Error::new(Kind::Usage, "align", "one or two inputs")),
    }
}

/// The user says which is which by their order; where the texts say otherwise, they are believed.
fn two_files(first: &str, second: &str, settings: &ingest::Settings) -> Result<Jobs> {
    for path in [first, second] {
        if Path::new(path).is_dir() {
            return Err(Error::new(Kind::Usage, path, "a folder where a file is due")
                .remedy("give two files, or one folder"));
        }
    }
    if first == "-" && second == "-" {
        return Err(Error::new(
            Kind::Usage,
            "-",
            "standard input cannot be both documents",
        ));
    }
    let (zh, en) = (
        Arc::new(load(first, settings)?),
        Arc::new(load(second, settings)?),
    );
    let swapped = (zh.document.side(), en.document.side()) == (Some(Side::En), Some(Side::Zh));
    let (zh, en) = if swapped { (en, zh) } else { (zh, en) };
    let mut notes = Vec::new();
    if swapped {
        notes.push(Note::new(
            second,
            format!("is Chinese and {first} is English: taken in that order"),
        ));
    }
    for (loaded, side, language) in [(&zh, Side::Zh, "Chinese"), (&en, Side::En, "English")] {
        if loaded.document.side() != Some(side) {
            notes.push(Note::new(
                &loaded.document.source,
                format!("does not look {language}"),
            ));
        }
    }
    let id = language_mark(&zh.document.source).0;
    let job = Job {
        id,
        zh: Origin::Ready(zh),
        en: Origin::Ready(en),
    };
    Ok(Jobs {
        jobs: vec![job],
        unpaired: Vec::new(),
        notes,
    })
}
