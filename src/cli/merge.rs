//! `duizhao merge`: corpora in any formats in, all of their rows in one out.

use super::Outcome;
use super::stream::{Formats, say_left};
use clap::Args;
use duizhao::error::Result;
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "Example: duizhao merge memory.tmx novel.tsv - -o all.jsonl.zst")]
pub struct Arguments {
    /// The corpora, in the order in which their rows come out
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    formats: Formats,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let mut sheet = arguments.formats.create(arguments.output.as_deref())?;
    for input in &arguments.inputs {
        let mut rows = arguments.formats.open(input)?;
        for row in rows.by_ref() {
            sheet.row(&row?)?;
        }
        say_left(input, rows.left(), quiet);
    }
    sheet.commit()?;
    Ok(Outcome::Done)
}
