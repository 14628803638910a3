//! `duizhao convert`: a corpus in one format in, the same rows in another out.

use super::stream::{Formats, say_left};
use super::{Outcome, say_note};
use clap::Args;
use duizhao::error::Result;
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "Formats are known by their extensions:
  tsv, csv, jsonl        tables with columns src_text and trg_text, or zh and en
  xlsx                   the same in a workbook: edit the texts, and take it back in by the ids beside them
  docx                   the same as a table in a Word document, for some thousand rows; elsewhere a .docx is a text
  parquet, hf            translation: {zh, en}, as Hugging Face has it, and the other columns beside it; zh and en alone
                         are read, too; packed by snappy or zstd
  tmx, xlf               translation memories, XLIFF (1.2 is written; 2.0 with --to xliff2)
  zh, en                 Moses: novel.zh and novel.en together, named by either or as novel
  po                     gettext's translations of programs; read only
  xml                    cesAlign (with --to intertext InterText's form): the documents it links stand beside it
  vecalign, ladder       sentence numbers: the sentences stand beside them, one a line, as novel.zh and novel.en
  html                   written only
`.gz` and `.zst` behind them compress. Rows stream: a corpus larger than the memory is as good as any. A row that cannot
be read stops the conversion, and nothing is written.

Examples:
  duizhao convert novel.tsv novel.tmx --tmx-langs zh-CN,en-US
  duizhao convert memory.tmx.gz corpus.zh
  duizhao convert novel.tsv novel.docx; edit it in Word; duizhao convert novel.docx novel.tsv
  duizhao convert corpus.tsv.gz train.parquet
  duizhao convert novel.vecalign novel.tmx
  zcat big.jsonl.gz | duizhao convert - --from jsonl | head")]
pub struct Arguments {
    /// The corpus to read; `-` is standard input
    input: PathBuf,
    /// Where to write [default: standard output]
    output: Option<PathBuf>,
    #[command(flatten)]
    formats: Formats,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let mut rows = arguments.formats.open(&arguments.input)?;
    let mut sheet = arguments.formats.create(arguments.output.as_deref())?;
    for row in rows.by_ref() {
        sheet.row(&row?)?;
    }
    let illegal = sheet.commit()?;
    say_left(&arguments.input, rows.left(), quiet);
    if illegal > 0 && !quiet {
        say_note(&format!(
            "{illegal} characters that the format cannot hold are left out"
        ));
    }
    Ok(Outcome::Done)
}
