//! `duizhao dedup`: a corpus in, each of its rows once out.

use super::stream::{Formats, say_left};
use super::{Outcome, say_note};
use clap::Args;
use duizhao::corpus::Row;
use duizhao::error::Result;
use duizhao::filter::duplicate::{Sameness, Seen};
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "A row is a duplicate if both of its texts came before, together. Memory: about 20 bytes a row.

Examples:
  duizhao dedup corpus.tsv.gz --near -o unique.tsv.gz
  duizhao dedup train.tsv --against test.tsv --either-side --near -o clean.tsv"
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
    /// Rows are left out, too, that share only one of their texts with those corpora
    #[arg(long, requires = "against")]
    either_side: bool,
    #[command(flatten)]
    formats: Formats,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let sameness = if arguments.near {
        Sameness::Near
    } else {
        Sameness::Exact
    };
    let mut seen = Seen::new(sameness);
    // The texts of the test sets, each alone.
    let mut tested = Seen::new(sameness);
    for path in &arguments.against {
        for row in arguments.formats.open_by_name(path)? {
            let row = row?;
            seen.is_new(&row);
            if arguments.either_side {
                texts(&row).for_each(|text| {
                    tested.is_new_hash(sameness.hash_texts([text]));
                });
            }
        }
    }
    let mut rows = arguments.formats.open(&arguments.input)?;
    let mut sheet = arguments.formats.create(arguments.output.as_deref())?;
    let (mut all, mut kept) = (0, 0);
    for row in rows.by_ref() {
        let row = row?;
        all += 1;
        let is_tested =
            arguments.either_side && texts(&row).any(|text| tested.holds_hash(sameness.hash_texts([text])));
        if seen.is_new(&row) && !is_tested {
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

/// What a row says; nothing is said by an empty side.
fn texts(row: &Row) -> impl Iterator<Item = &str> {
    let texts = [row.src_text.as_str(), row.trg_text.as_str()];
    texts.into_iter().filter(|text| !text.is_empty())
}
