//! What went into a corpus and what became of it: `<name>.manifest.json`.

use super::rows::hexadecimal;
use super::{Dropped, Pair, Rows, Text};
use crate::ingest::Encoding;
use crate::language::Side;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Raised when a field changes its meaning or goes; a new field alone raises nothing.
pub const SCHEMA: u32 = 1;

/// What holds for the whole corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    pub schema: u32,
    pub program: String,
    pub version: String,
    /// The SHA-256 of the lexicon that the scores rest on.
    pub lexicon: String,
    /// The settings of the run, as the command that made it names them.
    pub settings: serde_json::Value,
}

impl Head {
    pub fn new(lexicon: impl Into<String>, settings: serde_json::Value) -> Self {
        Head {
            schema: SCHEMA,
            program: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
            lexicon: lexicon.into(),
            settings,
        }
    }
}

/// One document pair: what went in and what came out. A line of the batch's journal holds one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub doc_pair_id: String,
    pub zh: Input,
    pub en: Input,
    pub counts: Counts,
    /// Sentences kept out of the alignment, then those of rows that score too little; both in the order of the documents,
    /// Chinese first.
    pub dropped: Vec<Dropped>,
}

/// One document of a pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    pub id: String,
    pub source: String,
    pub title: Option<String>,
    #[serde(flatten)]
    pub checksum: Checksum,
    pub encoding: Encoding,
    /// What reading it had to say.
    pub notes: Vec<String>,
}

/// Names the bytes of a file as they lie on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checksum {
    pub bytes: usize,
    /// 64 hexadecimal digits.
    pub sha256: String,
}

/// What came out of a document pair, or of all of them.
///
/// The law: sentences read = `sentences` (each in exactly one row) + `dropped`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub rows: usize,
    /// Rows per kind of bead: `1-1`, `1-2`, `1-0`, ...
    pub beads: BTreeMap<String, usize>,
    pub zh: Sentences,
    pub en: Sentences,
    /// Places where a TAB or a line end inside a sentence gave way to a space or to nothing.
    pub spaces: usize,
}

/// The sentences of one side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentences {
    /// Those in rows.
    pub sentences: usize,
    /// Of these, those with a counterpart.
    pub linked: usize,
    /// Those in no row.
    pub dropped: usize,
}

impl Checksum {
    /// ```
    /// use duizhao::corpus::manifest::Checksum;
    /// let checksum = Checksum::of("茶".as_bytes());
    /// assert_eq!((checksum.bytes, &checksum.sha256[..8]), (3, "7e005ba3"));
    /// ```
    pub fn of(bytes: &[u8]) -> Self {
        Checksum {
            bytes: bytes.len(),
            sha256: hexadecimal(&Sha256::digest(bytes)),
        }
    }
}

impl Record {
    /// `zh` and `en` are the checksums of the files that the documents were read from, `dropped` what
    /// [`sift`](super::sift) and [`drop_below`](super::drop_below) kept out of both.
    pub fn new(pair: &Pair, zh: Checksum, en: Checksum, rows: &Rows, dropped: Vec<Dropped>) -> Self {
        Record {
            doc_pair_id: pair.id.to_owned(),
            zh: Input::new(&pair.zh, zh),
            en: Input::new(&pair.en, en),
            counts: Counts::of(rows, &dropped),
            dropped,
        }
    }
}

impl Input {
    fn new(text: &Text, checksum: Checksum) -> Self {
        Input {
            id: text.document.id.clone(),
            source: text.document.source.clone(),
            title: text.document.title.clone(),
            checksum,
            encoding: text.document.encoding.clone(),
            notes: text.document.notes.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Counts {
    fn of(rows: &Rows, dropped: &[Dropped]) -> Self {
        let mut counts = Counts {
            rows: rows.rows.len(),
            spaces: rows.spaces,
            ..Counts::default()
        };
        for row in &rows.rows {
            *counts.beads.entry(row.align_type.clone()).or_default() += 1;
            for (side, index) in [(&mut counts.zh, &row.src_index), (&mut counts.en, &row.trg_index)] {
                side.sentences += index.len();
                side.linked += if row.is_link() { index.len() } else { 0 };
            }
        }
        counts.zh.dropped = dropped.iter().filter(|dropped| dropped.side == Side::Zh).count();
        counts.en.dropped = dropped.len() - counts.zh.dropped;
        counts
    }

    fn add(&mut self, other: &Counts) {
        self.rows += other.rows;
        self.spaces += other.spaces;
        for (kind, number) in &other.beads {
            *self.beads.entry(kind.clone()).or_default() += number;
        }
        for (side, other) in [(&mut self.zh, other.zh), (&mut self.en, other.en)] {
            side.sentences += other.sentences;
            side.linked += other.linked;
            side.dropped += other.dropped;
        }
    }
}

/// Writes a manifest record by record, one to a line, so that a run over many pairs holds none of them in memory.
///
/// ```
/// use duizhao::corpus::manifest::{Head, Writer};
/// let settings = serde_json::json!({"split": "sentence"});
/// let manifest = Writer::new(Vec::new(), &Head::new("7e005ba3", settings))?.finish(0)?;
/// assert!(String::from_utf8(manifest).unwrap().starts_with("{\n\"schema\": 1,\n\"program\": \"duizhao\",\n"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Writer<W> {
    out: W,
    pairs: usize,
    counts: Counts,
}

impl<W: Write> Writer<W> {
    pub fn new(mut out: W, head: &Head) -> io::Result<Self> {
        writeln!(out, "{{")?;
        writeln!(out, "\"schema\": {},", head.schema)?;
        writeln!(out, "\"program\": {},", serde_json::to_string(&head.program)?)?;
        writeln!(out, "\"version\": {},", serde_json::to_string(&head.version)?)?;
        writeln!(out, "\"lexicon\": {},", serde_json::to_string(&head.lexicon)?)?;
        writeln!(out, "\"settings\": {},", serde_json::to_string(&head.settings)?)?;
        write!(out, "\"pairs\": [")?;
        Ok(Writer {
            out,
            pairs: 0,
            counts: Counts::default(),
        })
    }

    pub fn record(&mut self, record: &Record) -> io::Result<()> {
        let comma = if self.pairs > 0 { "," } else { "" };
        self.pairs += 1;
        self.counts.add(&record.counts);
        write!(self.out, "{comma}\n{}", serde_json::to_string(record)?)
    }

    /// Writes the totals. `illegal` is what [`Finished`](super::Finished) says of the corpus's own writer.
    pub fn finish(mut self, illegal: usize) -> io::Result<W> {
        let totals = Totals {
            pairs: self.pairs,
            counts: self.counts,
            illegal_characters: illegal,
        };
        writeln!(
            self.out,
            "\n],\n\"totals\": {}\n}}",
            serde_json::to_string(&totals)?
        )?;
        Ok(self.out)
    }
}

#[derive(Serialize)]
struct Totals {
    pairs: usize,
    #[serde(flatten)]
    counts: Counts,
    /// Characters that the corpus's format cannot hold.
    illegal_characters: usize,
}
