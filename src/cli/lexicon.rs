//! `duizhao lexicon train`: parallel text and dictionaries into a lexicon file.

use super::Outcome;
use clap::{Args, Subcommand};
use duizhao::corpus::{Format, Reader, Row, Status, input, output};
use duizhao::error::Result;
use duizhao::lexicon::{Pair, Training, sources, train};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Command {
    /// Learn word pairs from parallel text
    Train(Arguments),
}

#[derive(Args)]
#[command(
    after_help = "Dictionaries come first, then tables, then corpora, each in the order given; the same files make the \
same lexicon, byte for byte, on any number of threads. A million sentence pairs take about two minutes on two cores, \
and 0.7 gigabytes. Corpora are what `duizhao convert` reads, by their extensions: TSV, CSV, JSONL, TMX, XLIFF, Moses.

Example: duizhao lexicon train memory.tmx corpus.zh --cedict cedict_ts.u8 -o own.lexicon"
)]
pub struct Arguments {
    /// Corpora whose rows translate each other
    #[arg(required_unless_present_any = ["tsv", "cedict"])]
    corpora: Vec<PathBuf>,
    /// Parallel text without a header: a line holds Chinese, a tab, English
    #[arg(long, value_name = "FILE")]
    tsv: Vec<PathBuf>,
    /// A dictionary in the form of CC-CEDICT
    #[arg(long, value_name = "FILE")]
    cedict: Vec<PathBuf>,
    /// Where the texts come from and under which terms; kept in the file
    #[arg(long, default_value = "")]
    notice: String,
    /// The file to write
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

pub fn run(command: &Command, quiet: bool) -> Result<Outcome> {
    let Command::Train(arguments) = command;
    let mut pairs: Vec<Box<dyn Iterator<Item = Result<Pair>>>> = Vec::new();
    for path in &arguments.cedict {
        pairs.push(Box::new(sources::cedict(
            &path.display().to_string(),
            input::open(path)?,
        )));
    }
    for path in &arguments.tsv {
        pairs.push(Box::new(sources::tsv(
            &path.display().to_string(),
            input::open(path)?,
        )));
    }
    for path in &arguments.corpora {
        pairs.push(Box::new(
            Reader::open(path, Format::of(path)?)?.filter_map(|row| row.map(translation).transpose()),
        ));
    }
    let lexicon = train(
        pairs.into_iter().flatten(),
        &Training::default(),
        &arguments.notice,
    )?;
    output::write(&arguments.output, lexicon.bytes())?;
    if !quiet {
        let (zh, en, pairs) = lexicon.size();
        eprintln!(
            "{}: {pairs} pairs of {zh} Chinese and {en} English words",
            arguments.output.display()
        );
    }
    Ok(Outcome::Done)
}

/// What a row teaches: nothing without a partner, or when it was judged no translation.
fn translation(row: Row) -> Option<Pair> {
    let is_one = !row.src_text.is_empty() && !row.trg_text.is_empty() && row.status != Status::Rejected;
    is_one.then_some(Pair {
        zh: row.src_text,
        en: row.trg_text,
        weight: 1.0,
    })
}
