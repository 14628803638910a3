//! `duizhao dedup`: a corpus in, each of its rows once out.

use super::stream::{Formats, say_left};
use super::{Outcome, say_note};
use clap::Args;
use duizhao::error::Result;
use duizhao::filter::duplicate::{Sameness, Seen};
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "A row is a duplicate if both of its texts came before, together. Memory: about 20 bytes a row.

Example: duizhao dedup corpus.tsv.gz --near -o unique.tsv.gz"
)]
pub struct Arguments {
    /// The corpus to go through
    #[arg(default_value = "-")]
    input: PathBuf,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Rows are the same, too, if they differ in digits, case, marks, spaces or script only
    #[arg(long)]
    near: bool,
    /// Corpora whose rows are left out, too: test sets that must not be trained on
    #[arg(long, value_name = "PATH")]
    against: Vec<PathBuf>,
    #[command(flatten)]
    formats: Formats,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let mut seen = Seen::new(if arguments.near {
        Sameness::Near
    } else {
        Sameness::Exact
    });
    for path in &arguments.against {
        for row in arguments.formats.open_by_name(path)? {
            seen.is_new(&row?);
        }
    }
    let mut rows = arguments.formats.open(&arguments.input)?;
    let mut sheet = arguments.formats.create(arguments.output.as_deref())?;
    let (mut all, mut kept) = (0, 0);
    for row in rows.by_ref() {
        let row = row?;
        all += 1;
        if seen.is_new(&row) {
            kept += 1;
            sheet.row(&row)?;
        }
    }
    sheet.commit()?;
    say_left(&arguments.input, rows.left(), quiet);
    if !quiet {
        say_note(&format!("{kept} of {all} rows are kept"));
    }
    Ok(Outcome::Done)
}
