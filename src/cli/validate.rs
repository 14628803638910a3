//! `duizhao validate`: corpora in, everything in them that cannot be read, and ids that come twice, out.

use super::stream::Formats;
use super::{Outcome, to_stdout};
use clap::Args;
use duizhao::corpus::Row;
use duizhao::corpus::input::name;
use duizhao::error::{Error, Kind, Result};
use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "Each finding is a line on standard output: file, line, column where it is known, what is wrong, \
how to mend it. Where a format goes by lines every bad row is found; broken XML ends at the first. An id that two rows \
have is a finding, too.
Exit codes: 0 nothing found; 1 something.

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
        let mut ids = Ids::default();
        for row in rows {
            let error = match row {
                Ok(row) => ids.repeated(&row, &name(input)),
                Err(error) => Some(error),
            };
            if let Some(error) = error {
                outcome = print(&error)?;
            }
        }
    }
    Ok(outcome)
}

/// The rows of a corpus that have ids, by a hash of these: 20 bytes a row.
#[derive(Default)]
struct Ids {
    rows: HashMap<u64, u32>,
    read: u32,
    /// The id and number of the row before, which several rows of one unit share.
    before: (String, usize),
}

impl Ids {
    fn repeated(&mut self, row: &Row, source: &str) -> Option<Error> {
        self.read = self.read.saturating_add(1);
        let unit = (row.pair_id.clone(), row.link_no);
        if row.pair_id.is_empty() || unit == self.before {
            return None;
        }
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(&row.pair_id);
        self.before = unit;
        let first = *self.rows.entry(hash).or_insert(self.read);
        (first != self.read).then(|| {
            let cause = format!(
                "row {} has the pair_id of row {first}, {:?}",
                self.read, row.pair_id
            );
            Error::new(Kind::Malformed, source, cause)
                .remedy("an id is for one row: leave out duplicates with `duizhao dedup`, or give it another")
        })
    }
}

fn print(error: &Error) -> Result<Outcome> {
    to_stdout(|out| writeln!(out, "{error}"))?;
    Ok(Outcome::Failed)
}
