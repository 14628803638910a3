//! `duizhao validate`: corpora in, everything in them that cannot be read out.

use super::stream::Formats;
use super::{Outcome, to_stdout};
use clap::Args;
use duizhao::error::{Error, Result};
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "Each finding is a line on standard output: file, line, column where it is known, what is wrong, \
how to mend it. Where a format goes by lines every bad row is found; broken XML ends at the first.
Exit codes: 0 all rows can be read; 1 some cannot.

Example: duizhao validate memory.tmx corpus.jsonl.gz"
)]
pub struct Arguments {
    /// The corpora to check
    #[arg(default_value = "-")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    formats: Formats,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut outcome = Outcome::Done;
    for input in &arguments.inputs {
        let rows = match arguments.formats.open(input) {
            Ok(rows) => rows,
            Err(error) => {
                outcome = print(&error)?;
                continue;
            }
        };
        for error in rows.filter_map(|row| row.err()) {
            outcome = print(&error)?;
        }
    }
    Ok(outcome)
}

fn print(error: &Error) -> Result<Outcome> {
    to_stdout(|out| writeln!(out, "{error}"))?;
    Ok(Outcome::Failed)
}
