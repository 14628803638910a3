//! `duizhao diff`: two corpora in, the rows that only one of them has out, flagged with what became of them.

use super::stream::{Formats, say_left};
use super::{Outcome, say_note};
use clap::Args;
use duizhao::corpus::Row;
use duizhao::error::{Error, Kind, Result};
use duizhao::filter::duplicate::{Sameness, Seen};
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "A row is what its two texts are; ids, scores and order do not count. In the column `flags`:
  added         NEW has it, and OLD has neither of its texts
  changed-to    NEW has it, and OLD has one of its texts with another partner
  removed       OLD has it, and NEW has neither of its texts
  changed-from  OLD has it, and NEW has one of its texts with another partner
NEW's rows come first. Memory: about 60 bytes a row of either; OLD is read twice, so it is a file.

Example: duizhao diff before.tsv after.tsv | cut -f 3,4,14 | sort"
)]
pub struct Arguments {
    /// The corpus as it was: a file
    old: PathBuf,
    /// The corpus as it is
    #[arg(default_value = "-")]
    new: PathBuf,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    formats: Formats,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    if arguments.old.to_str() == Some("-") {
        return Err(
            Error::new(Kind::Usage, "standard input", "the old corpus is read twice")
                .remedy("save it to a file first, or give the new one by -"),
        );
    }
    let mut sheet = arguments.formats.create(arguments.output.as_deref())?;
    let mut old = Texts::new();
    for row in arguments.formats.open_by_name(&arguments.old)? {
        old.add(&row?);
    }
    let mut new = Texts::new();
    let mut numbers = [0; 4];
    let mut rows = arguments.formats.open(&arguments.new)?;
    for row in rows.by_ref() {
        let row = row?;
        // Twice the same is one change.
        if new.add(&row)
            && let Some(is_changed) = old.lack(&row)
        {
            numbers[usize::from(is_changed)] += 1;
            sheet.row(&flagged(row, if is_changed { "changed-to" } else { "added" }))?;
        }
    }
    say_left(&arguments.new, rows.left(), quiet);
    let mut told = Texts::new();
    for row in arguments.formats.open_by_name(&arguments.old)? {
        let row = row?;
        if told.add(&row)
            && let Some(is_changed) = new.lack(&row)
        {
            numbers[2 + usize::from(is_changed)] += 1;
            sheet.row(&flagged(row, if is_changed { "changed-from" } else { "removed" }))?;
        }
    }
    sheet.commit()?;
    if !quiet {
        let [added, to, removed, from] = numbers;
        say_note(&format!(
            "{added} added, {to} changed-to, {removed} removed, {from} changed-from"
        ));
    }
    Ok(Outcome::Done)
}

/// A corpus as hashes of its rows and of each side's texts.
struct Texts {
    rows: Seen,
    zh: Seen,
    en: Seen,
}

impl Texts {
    fn new() -> Texts {
        let seen = || Seen::new(Sameness::Exact);
        Texts {
            rows: seen(),
            zh: seen(),
            en: seen(),
        }
    }

    /// Whether the row is new.
    fn add(&mut self, row: &Row) -> bool {
        // The empty side of an omission is no text that could change its partner.
        for (seen, text) in [(&mut self.zh, &row.src_text), (&mut self.en, &row.trg_text)] {
            if !text.is_empty() {
                seen.is_new_hash(Sameness::Exact.hash_texts([text]));
            }
        }
        self.rows.is_new(row)
    }

    /// Nothing for a row that is among these, else whether one of its texts is.
    fn lack(&self, row: &Row) -> Option<bool> {
        let has = |seen: &Seen, text: &str| seen.holds_hash(Sameness::Exact.hash_texts([text]));
        let is_there = self.rows.holds_hash(Sameness::Exact.hash(row));
        (!is_there).then(|| has(&self.zh, &row.src_text) || has(&self.en, &row.trg_text))
    }
}

fn flagged(row: Row, flag: &str) -> Row {
    let flags = match row.flags.as_str() {
        "" => flag.to_owned(),
        flags => format!("{flags},{flag}"),
    };
    Row { flags, ..row }
}
