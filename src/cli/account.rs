//! What a run leaves beside its rows: the manifest, and `errors.jsonl`.

use super::{say_error, say_note};
use duizhao::corpus::manifest::{self, Head, Record};
use duizhao::corpus::output::{self, Output};
use duizhao::error::{Error, Kind, Result};
use duizhao::ingest::name::uncompressed;
use serde::Serialize;
use serde_json::json;
use std::io;
use std::path::{Path, PathBuf};

/// The manifest on its way to its file.
pub struct Records {
    writer: manifest::Writer<Output>,
    path: PathBuf,
}

impl Records {
    pub fn create(path: &Path, head: &Head) -> Result<Records> {
        let writer = manifest::Writer::new(Output::create(path)?, head);
        let writer = writer.map_err(|cause| Error::write(path.display().to_string(), &cause))?;
        Ok(Records {
            writer,
            path: path.to_owned(),
        })
    }

    pub fn add(&mut self, record: &Record) -> Result<()> {
        let added = self.writer.record(record);
        added.map_err(|cause| Error::write(self.path.display().to_string(), &cause))
    }

    pub fn commit(self, illegal: usize) -> Result<()> {
        let output = self.writer.finish(illegal);
        output
            .map_err(|cause| Error::write(self.path.display().to_string(), &cause))?
            .commit()
    }
}

/// Documents that came to nothing, for `errors.jsonl`.
pub struct Log {
    lines: Vec<Line>,
    /// Those that failed; a document without a partner did not.
    pub failed: usize,
}

#[derive(Serialize)]
struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    doc_pair_id: Option<String>,
    #[serde(flatten)]
    error: Error,
}

impl Log {
    /// Begins with what came to nothing before anything was aligned, and says it, to quiet users only what failed.
    pub fn new(before: Vec<Error>, quiet: bool) -> Log {
        let (alone, failed): (Vec<_>, Vec<_>) = before.iter().partition(|error| error.kind == Kind::Unpaired);
        failed.iter().for_each(say_error);
        if !quiet {
            alone.iter().for_each(say_note);
        }
        let failed = failed.len();
        let line = |error| Line {
            doc_pair_id: None,
            error,
        };
        Log {
            lines: before.into_iter().map(line).collect(),
            failed,
        }
    }

    /// Says what happened to a pair, and keeps it.
    pub fn fail(&mut self, id: &str, error: Error) {
        say_error(&error);
        self.failed += 1;
        self.lines.push(Line {
            doc_pair_id: Some(id.into()),
            error,
        });
    }

    /// Writes the file, or takes away the one that an earlier run left.
    pub fn write(&self, path: &Path) -> Result<()> {
        if !self.lines.is_empty() {
            let lines: String = self
                .lines
                .iter()
                .map(|line| json!(line).to_string() + "\n")
                .collect();
            return output::write(path, lines.as_bytes());
        }
        match std::fs::remove_file(path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                Err(Error::write(path.display().to_string(), &cause))
            }
            _ => Ok(()),
        }
    }
}

/// `novel.manifest.json` beside `novel.tsv.gz`.
pub fn beside(path: &Path, extension: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = Path::new(uncompressed(&name))
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    path.with_file_name(format!("{stem}.{extension}"))
}
