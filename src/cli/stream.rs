//! What the commands on corpora share: a corpus to read rows from, in any format, and a place for rows to go to.

use super::say_note;
use super::sheet::Sheet;
use clap::{Args, ValueEnum};
use duizhao::corpus::{Format, Left, Reader, Settings, tmx};
use duizhao::error::{Error, Result};
use duizhao::script::Script;
use std::path::Path;

#[derive(Args)]
pub struct Formats {
    /// The format to read [default: by the extension, else tsv]
    #[arg(long, value_name = "FORMAT")]
    from: Option<Format>,
    /// The format to write [default: by the extension, else tsv]
    #[arg(long, value_name = "FORMAT")]
    to: Option<Format>,
    /// Language codes for TMX and XLIFF instead of each row's own, such as `zh-CN,en-US`
    #[arg(long, value_name = "ZH,EN")]
    tmx_langs: Option<tmx::Languages>,
    /// Begin TSV and CSV with a byte order mark, for spreadsheets that need one
    #[arg(long)]
    bom: bool,
    /// The script to write Chinese in
    #[arg(long, value_name = "SCRIPT", value_enum, default_value_t)]
    script: WrittenScript,
}

/// The script of what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum WrittenScript {
    /// Simplified
    Hans,
    /// Traditional, in the forms of Taiwan
    Hant,
    /// As it is
    #[default]
    Keep,
}

impl WrittenScript {
    pub fn script(self) -> Option<Script> {
        match self {
            WrittenScript::Hans => Some(Script::Hans),
            WrittenScript::Hant => Some(Script::Hant),
            WrittenScript::Keep => None,
        }
    }
}

impl Formats {
    pub fn open(&self, path: &Path) -> Result<Reader> {
        open(path, self.from)
    }

    /// A further corpus, whose name says its format: `--from` is for the one that flows through.
    pub fn open_by_name(&self, path: &Path) -> Result<Reader> {
        Reader::open(path, format(None, Some(path), "its extension")?)
    }

    /// A further place to write to, likewise.
    pub fn create_by_name(&self, path: &Path) -> Result<Sheet> {
        let further = Formats {
            to: None,
            tmx_langs: self.tmx_langs.clone(),
            ..*self
        };
        further.create(Some(path))
    }

    /// Standard output for no path and for `-`.
    pub fn create(&self, path: Option<&Path>) -> Result<Sheet> {
        let settings = Settings {
            bom: self.bom,
            tmx: tmx::Settings {
                languages: self.tmx_langs.clone(),
                ..tmx::Settings::default()
            },
            script: self.script.script(),
        };
        let path = path.filter(|path| !is_stream(path));
        Sheet::create(path, format(self.to, path, "--to")?, &settings)
    }
}

/// A corpus in the format that was said with `--from`, else in the one that its name says.
pub fn open(path: &Path, from: Option<Format>) -> Result<Reader> {
    Reader::open(path, format(from, Some(path), "--from")?)
}

/// The format that was said, else the one that the path says: a stream says none and is TSV.
fn format(said: Option<Format>, path: Option<&Path>, option: &str) -> Result<Format> {
    match (said, path) {
        (Some(format), _) => Ok(format),
        (None, Some(path)) if !is_stream(path) => Format::of(path).map_err(|error| Error {
            remedy: Some(format!("say it with {option}")),
            ..error
        }),
        (None, _) => Ok(Format::Tsv),
    }
}

fn is_stream(path: &Path) -> bool {
    path.to_str() == Some("-")
}

/// Tells what the rows had no place for.
pub fn say_left(source: &Path, left: Left, quiet: bool) {
    let said = [
        (left.tags, "inline tags are left out: rows hold text"),
        (
            left.texts,
            "texts in other languages than Chinese and English are left out",
        ),
    ];
    for (number, what) in said {
        if number > 0 && !quiet {
            say_note(&format!("{}: {number} {what}", source.display()));
        }
    }
}
