//! A run's finished document pairs on disk, so that an interrupted run can go on.

use crate::corpus::manifest::{Checksum, Record};
use crate::error::{Error, Result};
use crate::pipeline::Loaded;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What a run has finished so far: a line a document pair, written when its output stands.
///
/// A run that finds a journal of the same settings leaves finished pairs alone, unless their files have changed since.
pub struct Journal {
    path: PathBuf,
    file: Mutex<File>,
    /// Where each finished pair's line begins, and what its files were.
    finished: Mutex<HashMap<String, Finished>>,
}

#[derive(Clone)]
struct Finished {
    at: u64,
    zh: (String, Checksum),
    en: (String, Checksum),
}

impl Finished {
    fn new(at: u64, record: Record) -> Finished {
        let Record { zh, en, .. } = record;
        Finished {
            at,
            zh: (zh.source, zh.checksum),
            en: (en.source, en.checksum),
        }
    }
}

/// The journal's first line.
#[derive(Serialize, Deserialize, PartialEq)]
struct Head<'a> {
    /// All that the output depends on but the documents: program, lexicon, settings.
    settings: Cow<'a, str>,
}

/// Every other line.
#[derive(Serialize, Deserialize)]
struct Line<R> {
    illegal: usize,
    record: R,
}

impl Journal {
    /// Goes on with the journal at a path, or starts it: anew if it was kept under other settings.
    pub fn open(path: &Path, settings: &str) -> Result<Journal> {
        let failed = |cause: &std::io::Error| Error::write(path.display().to_string(), cause);
        let finished = read_journal(path, settings)?;
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(path)
            .map_err(|cause| failed(&cause))?;
        // A line cut off by a crash is cut off here, too.
        let whole = finished.as_ref().map_or(0, |(_, whole)| *whole);
        file.set_len(whole).map_err(|cause| failed(&cause))?;
        let head = serde_json::to_string(&Head {
            settings: settings.into(),
        })
        .expect("a string is JSON");
        if whole == 0 {
            writeln!(file, "{head}").map_err(|cause| failed(&cause))?;
        }
        let finished = finished.map_or_else(HashMap::new, |(finished, _)| finished);
        Ok(Journal {
            path: path.to_owned(),
            file: Mutex::new(file),
            finished: Mutex::new(finished),
        })
    }

    /// Whether a pair was finished from these very files: their names stand in the output, too.
    pub fn has(&self, id: &str, zh: &Loaded, en: &Loaded) -> bool {
        let finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |(source, checksum): &(String, Checksum), loaded: &Loaded| {
            *source == loaded.document.source && *checksum == loaded.checksum
        };
        finished
            .get(id)
            .is_some_and(|known| is_same(&known.zh, zh) && is_same(&known.en, en))
    }

    /// Notes that a pair's output stands.
    ///
    /// `illegal` counts the characters that the output's format could not hold.
    pub fn enter(&self, record: &Record, illegal: usize) -> Result<()> {
        let failed = |cause: std::io::Error| Error::write(self.path.display().to_string(), &cause);
        let mut line =
            serde_json::to_string(&Line { illegal, record }).map_err(|cause| failed(cause.into()))?;
        line.push('\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let at = file.seek(SeekFrom::End(0)).map_err(failed)?;
        file.write_all(line.as_bytes()).map_err(failed)?;
        drop(file);
        let id = record.doc_pair_id.clone();
        let mut finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        finished.insert(id, Finished::new(at, record.clone()));
        Ok(())
    }

    /// The record of a finished pair, and the characters that its output could not hold.
    pub fn record(&self, id: &str) -> Result<Option<(Record, usize)>> {
        let failed = |cause: std::io::Error| Error::read(self.path.display().to_string(), &cause);
        let finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(entry) = finished.get(id) else {
            return Ok(None);
        };
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(entry.at)).map_err(failed)?;
        let mut line = Vec::new();
        BufReader::new(&mut *file)
            .read_until(b'\n', &mut line)
            .map_err(failed)?;
        serde_json::from_slice(&line)
            .map(|Line { illegal, record }| Some((record, illegal)))
            .map_err(|cause| failed(cause.into()))
    }

    /// Ends the run: all is done, and the next one starts from nothing.
    pub fn remove(self) -> Result<()> {
        std::fs::remove_file(&self.path)
            .map_err(|cause| Error::write(self.path.display().to_string(), &cause))
    }
}

/// What a journal says is finished and where its last whole line ends; none if there is no journal of these settings.
fn read_journal(path: &Path, settings: &str) -> Result<Option<(HashMap<String, Finished>, u64)>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Error::read(path.display().to_string(), &cause)),
    };
    let mut finished = HashMap::new();
    let mut lines = BufReader::new(file);
    let (mut line, mut at) = (Vec::new(), 0);
    loop {
        line.clear();
        let length = lines
            .read_until(b'\n', &mut line)
            .map_err(|cause| Error::read(path.display().to_string(), &cause))?;
        if at == 0 {
            if !serde_json::from_slice::<Head>(&line).is_ok_and(|head| head.settings == settings) {
                return Ok(None);
            }
        } else {
            match serde_json::from_slice::<Line<Record>>(&line) {
                Ok(Line { record, .. }) if line.ends_with(b"\n") => {
                    finished.insert(record.doc_pair_id.clone(), Finished::new(at, record));
                }
                // The end, or a line that a crash cut off.
                _ => return Ok(Some((finished, at))),
            }
        }
        at += length as u64;
    }
}
