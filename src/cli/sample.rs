//! `duizhao sample`: a corpus in, some of its rows out, or its documents parted into train, dev and test.

use super::stream::{Formats, say_left};
use super::{Outcome, say_note};
use clap::Args;
use duizhao::corpus::{Reader, Row};
use duizhao::error::{Error, Kind, Result};
use duizhao::filter::sample::{Reservoir, Shares};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(
    after_help = "The same rows and seed give the same sample on any machine. A split goes by document pair \
(doc_pair_id), never by row, so that no sentence of a document that is tested on was trained on; a document goes where \
its name and the seed send it, whatever else is in the corpus. Shares are of documents, about.

Examples:
  duizhao sample corpus.tsv.gz --rows 200 -o look.csv
  duizhao sample corpus.tsv.gz --split 98,1,1 -o mt.tsv.gz    # mt.train.tsv.gz, mt.dev.tsv.gz, mt.test.tsv.gz"
)]
pub struct Arguments {
    /// The corpus to sample
    #[arg(default_value = "-")]
    input: PathBuf,
    /// How many rows to draw; they come out in the order of the corpus
    #[arg(
        long,
        value_name = "N",
        required_unless_present = "split",
        conflicts_with = "split"
    )]
    rows: Option<usize>,
    /// Part all rows by document into train, dev and test, in these shares
    #[arg(long, value_name = "TRAIN,DEV,TEST", requires = "output")]
    split: Option<Shares>,
    /// Another seed gives another sample
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    formats: Formats,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let mut rows = arguments.formats.open(&arguments.input)?;
    match (&arguments.split, &arguments.output) {
        (Some(shares), Some(output)) => split(arguments, *shares, output, &mut rows, quiet)?,
        _ => draw(arguments, &mut rows)?,
    }
    say_left(&arguments.input, rows.left(), quiet);
    Ok(Outcome::Done)
}

fn draw(arguments: &Arguments, rows: &mut Reader) -> Result<()> {
    let mut sheet = arguments.formats.create(arguments.output.as_deref())?;
    let mut reservoir = Reservoir::new(arguments.rows.unwrap_or_default(), arguments.seed);
    for row in rows {
        reservoir.offer(row?);
    }
    for row in reservoir.drawn() {
        sheet.row(&row)?;
    }
    sheet.commit().map(|_| ())
}

fn split(arguments: &Arguments, shares: Shares, output: &Path, rows: &mut Reader, quiet: bool) -> Result<()> {
    let mut sheets = Vec::new();
    for part in PARTS {
        sheets.push(arguments.formats.create(Some(&part_of(output, part)))?);
    }
    let mut numbers = [0; PARTS.len()];
    for row in rows {
        let row = row?;
        let part = shares.part(document(&row, arguments)?, arguments.seed);
        numbers[part] += 1;
        sheets[part].row(&row)?;
    }
    for sheet in sheets {
        sheet.commit()?;
    }
    if !quiet {
        let [train, dev, test] = numbers;
        say_note(&format!(
            "{train} rows to train on, {dev} for dev, {test} for test"
        ));
    }
    Ok(())
}

/// What a row belongs to.
fn document<'a>(row: &'a Row, arguments: &Arguments) -> Result<&'a str> {
    if row.doc_pair_id.is_empty() {
        let source = arguments.input.display().to_string();
        let cause = format!(
            "row {} is of no document (doc_pair_id): only whole documents are parted",
            row.link_no
        );
        return Err(Error::new(Kind::Usage, source, cause)
            .remedy("name the documents in a column doc_pair_id, or draw --rows"));
    }
    Ok(&row.doc_pair_id)
}

const PARTS: [&str; 3] = ["train", "dev", "test"];

/// `mt.tsv.gz` is `mt.train.tsv.gz` for the training set.
fn part_of(output: &Path, part: &str) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    let unpacked = duizhao::ingest::name::uncompressed(&name);
    let (stem, extension) = unpacked.rsplit_once('.').unwrap_or((unpacked, ""));
    let packing = &name[unpacked.len()..];
    let dot = if extension.is_empty() { "" } else { "." };
    output.with_file_name(format!("{stem}.{part}{dot}{extension}{packing}"))
}
