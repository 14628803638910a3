//! `duizhao search`: a corpus and an expression in, the rows that it matches out, on both sides.

use super::Outcome;
use super::stream::{Formats, say_left};
use clap::{Args, ValueEnum};
use duizhao::corpus::Row;
use duizhao::error::Result;
use regex::{Regex, RegexBuilder};
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "Rows come out as they went in, so that what is found can be searched again, filtered or converted.

Examples:
  duizhao search 关切 corpus.tsv --side zh | duizhao search -v 'concern' --side en
  duizhao search '\\bbank(s)?\\b' memory.tmx | cut -f 3,4"
)]
pub struct Arguments {
    /// A regular expression; letters match in either case
    pattern: String,
    /// The corpus to search
    #[arg(default_value = "-")]
    input: PathBuf,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// The side to search [default: either]
    #[arg(long, value_enum)]
    side: Option<Side>,
    /// Show the rows that do not match
    #[arg(long, short = 'v')]
    invert: bool,
    #[command(flatten)]
    formats: Formats,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Side {
    Zh,
    En,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let pattern = RegexBuilder::new(&arguments.pattern)
        .case_insensitive(true)
        .build();
    let pattern = pattern.map_err(|cause| {
        duizhao::error::Error::new(duizhao::error::Kind::Usage, "PATTERN", cause.to_string())
            .remedy("put \\ before a mark that stands for itself")
    })?;
    let mut rows = arguments.formats.open(&arguments.input)?;
    let mut sheet = arguments.formats.create(arguments.output.as_deref())?;
    for row in rows.by_ref() {
        let row = row?;
        if matches(&pattern, arguments.side, &row) != arguments.invert {
            sheet.row(&row)?;
        }
    }
    sheet.commit()?;
    say_left(&arguments.input, rows.left(), quiet);
    Ok(Outcome::Done)
}

fn matches(pattern: &Regex, side: Option<Side>, row: &Row) -> bool {
    (side != Some(Side::En) && pattern.is_match(&row.src_text))
        || (side != Some(Side::Zh) && pattern.is_match(&row.trg_text))
}
