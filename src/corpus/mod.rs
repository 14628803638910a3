//! Beads into rows, and rows into the files that hold parallel corpora.

pub mod text;
mod rows;
mod format;
mod columns;
mod property;
pub(crate) mod xml;
pub mod input;
pub mod output;
pub mod tsv;
pub mod csv;
pub mod jsonl;
mod package;
pub mod xlsx;
pub mod docx;
pub mod parquet;
pub mod moses;
pub mod tmx;
pub mod xliff;
pub mod po;
pub mod xces;
pub mod places;
pub mod vecalign;
pub mod ladder;
pub mod html;
pub mod manifest;
pub mod links;
mod writer;
mod reader;
mod file;

pub use columns::COLUMNS;
pub use file::File;
pub use format::Format;
pub use reader::{Left, Reader};
pub use rows::{Dropped, Pair, Rows, Text, drop_below, rows, sift};
pub use writer::{Finished, Settings, Writer};

use serde::{Deserialize, Serialize};

/// One bead as a corpus holds it: the columns of the parallel TSV, in their order.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Row {
    /// The Chinese document's path or URI, with the place in it where there is one ([`address`](crate::ingest::Document::address)).
    pub src_url: String,
    /// The English document's.
    pub trg_url: String,
    /// Chinese, in its original script; empty in an addition.
    pub src_text: String,
    /// English; empty in an omission.
    pub trg_text: String,
    /// Probability, 0 to 1, that the bead is right; none for omissions and additions.
    pub aligner_score: Option<f32>,
    /// 16 hexadecimal digits: a hash of document ids, sentence ids and texts.
    pub pair_id: String,
    /// Joins the row to the manifest.
    pub doc_pair_id: String,
    /// The row's place in its document pair, from 1.
    pub link_no: usize,
    /// `1-1`, `2-3`, `1-0`, ...: Chinese sentences to English ones.
    pub align_type: String,
    /// `3.2 3.3`: paragraph and sentence, both from 1.
    pub src_sent_ids: String,
    pub trg_sent_ids: String,
    /// BCP-47: `zh-Hans`, `zh-Hant`.
    pub src_lang: String,
    pub trg_lang: String,
    /// Codes of findings, comma-separated.
    pub flags: String,
    pub status: Status,
    /// The sentences' places in their documents, from 0: what vecalign's format holds and the TSV does not.
    #[serde(skip)]
    pub src_index: Vec<usize>,
    #[serde(skip)]
    pub trg_index: Vec<usize>,
    /// Where each sentence ends in the text, in bytes: a heading has no mark there. Empty where a file does not say it.
    #[serde(skip)]
    pub src_ends: Vec<usize>,
    #[serde(skip)]
    pub trg_ends: Vec<usize>,
}

impl Row {
    /// Whether it pairs something with something: the rows that `--linked-only` keeps.
    pub fn is_link(&self) -> bool {
        !self.src_text.is_empty() && !self.trg_text.is_empty()
    }
}

/// Who stands behind a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    #[default]
    Auto,
    Man,
    Rejected,
}

impl Status {
    /// As the TSV writes it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Auto => "auto",
            Status::Man => "man",
            Status::Rejected => "rejected",
        }
    }
}
