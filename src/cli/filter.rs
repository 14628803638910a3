//! `duizhao filter`: a corpus in, its good rows out, and an account of the others.

use super::sheet::Sheet;
use super::stream::{Formats, say_left};
use super::{Outcome, say, say_note};
use clap::{Args, ValueEnum};
use duizhao::batch::in_order;
use duizhao::corpus::{Reader, Row, Status};
use duizhao::error::{Error, Kind, Result};
use duizhao::filter::duplicate::Seen;
use duizhao::filter::{self, Limits, Rule, judge, measure};
use regex::Regex;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

#[derive(Args)]
#[command(
    after_help = "Rules, in the order in which they are asked: a row is counted for the first that it breaks.
  broken      it cannot be read              empty       one side says nothing
  score       the aligner doubts it          long        it is longer than a sentence is
  ratio       the sides' lengths differ      repeats     a character or word over and over
  markup      tags, entities                 copy        both sides in the same letters
  language    a side is not in its language  truncated   one side breaks off
  numbers     the sides' numbers differ      meaning     the words do not translate each other
  pattern     --reject matches               duplicate   it came before

Examples:
  duizhao filter corpus.tsv.gz -o clean.tsv.gz --explain
  duizhao convert memory.tmx - | duizhao filter --preset tm | duizhao dedup -o clean.tmx"
)]
pub struct Arguments {
    /// The corpus to filter
    #[arg(default_value = "-")]
    input: PathBuf,
    /// Where to write the rows that are kept [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// How strict to be
    #[arg(long, value_enum, default_value = "mt")]
    preset: Preset,
    /// Reject rows in which this regular expression matches either side
    #[arg(long, value_name = "REGEX")]
    reject: Vec<Regex>,
    /// Write the rows that are rejected here, the rule among their flags
    #[arg(long, value_name = "PATH")]
    keep_rejected: Option<PathBuf>,
    /// Say on standard error what each rule took, with examples
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    formats: Formats,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Preset {
    /// Data to tune or test on: what is doubtful goes
    Strict,
    /// Data to train on: noise goes, and one clean row in a hundred
    Mt,
    /// Translation memories: only what is no translation goes
    Tm,
}

impl Preset {
    fn limits(self) -> Limits {
        match self {
            Preset::Strict => filter::Preset::Strict,
            Preset::Mt => filter::Preset::Mt,
            Preset::Tm => filter::Preset::Tm,
        }
        .limits()
    }
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let mut rows = arguments.formats.open(&arguments.input)?;
    let mut run = Run {
        limits: arguments.preset.limits(),
        patterns: &arguments.reject,
        kept: arguments.formats.create(arguments.output.as_deref())?,
        rejected: match &arguments.keep_rejected {
            Some(path) => Some(arguments.formats.create_by_name(path)?),
            None => None,
        },
        seen: Seen::new(arguments.preset.limits().same),
        funnel: Funnel::default(),
    };
    let (sender, batches) = sync_channel(1);
    thread::scope(|scope| {
        scope.spawn(|| read(&mut rows, sender));
        batches.into_iter().try_for_each(|batch| run.judge(batch?))
    })?;
    run.kept.commit()?;
    run.rejected.map_or(Ok(0), Sheet::commit)?;
    say_left(&arguments.input, rows.left(), quiet);
    if arguments.explain {
        run.funnel.say();
    } else if !quiet {
        say_note(&format!(
            "{} of {} rows are kept",
            run.funnel.kept(),
            run.funnel.all
        ));
    }
    Ok(Outcome::Done)
}

struct Run<'a> {
    limits: Limits,
    patterns: &'a [Regex],
    kept: Sheet,
    rejected: Option<Sheet>,
    seen: Seen,
    funnel: Funnel,
}

/// Rows that are read before they are judged: enough for all threads, and few megabytes.
const BATCH: usize = 1 << 14;
/// Rows that a thread judges at a time.
const SHARE: usize = 1 << 9;

/// Rows as they are read, while those before are judged.
#[derive(Default)]
struct Batch {
    rows: Vec<Row>,
    /// What is said of those among them that cannot be read.
    broken: Vec<String>,
}

impl Batch {
    fn is_full(&self) -> bool {
        self.rows.len() + self.broken.len() >= BATCH
    }
}

/// Hands over all rows there are, as long as somebody takes them, and at last the error that ends them, if one does.
fn read(rows: &mut Reader, batches: SyncSender<Result<Batch>>) {
    let mut last = None;
    loop {
        let batch = next(rows, &mut last);
        let is_end = !batch.as_ref().is_ok_and(Batch::is_full);
        if batches.send(batch).is_err() || is_end {
            return;
        }
    }
}

/// The next rows. `last` is what is wrong with the last one so far: an end that cannot be read is an error.
fn next(rows: &mut Reader, last: &mut Option<Error>) -> Result<Batch> {
    let mut batch = Batch::default();
    while !batch.is_full() {
        match rows.next() {
            Some(Ok(row)) => {
                *last = None;
                batch.rows.push(row);
            }
            Some(Err(error)) if error.kind == Kind::Read => return Err(error),
            Some(Err(error)) => {
                batch.broken.push(error.to_string());
                *last = Some(error);
            }
            // What follows a row that cannot be read may be much: a file that breaks off is no corpus.
            None => return last.take().map_or(Ok(batch), Err),
        }
    }
    Ok(batch)
}

impl Run<'_> {
    fn judge(&mut self, batch: Batch) -> Result<()> {
        for error in batch.broken {
            self.funnel.take(Rule::Broken, || error);
        }
        let shares: Vec<&[Row]> = batch.rows.chunks(SHARE).collect();
        let (limits, patterns) = (&self.limits, self.patterns);
        let verdict = |row: &Row| {
            let matched =
                |pattern: &Regex| pattern.is_match(&row.src_text) || pattern.is_match(&row.trg_text);
            let rule = judge(row, &measure(row), limits);
            rule.or_else(|| patterns.iter().any(matched).then_some(Rule::Pattern))
                .ok_or_else(|| limits.same.hash(row))
        };
        in_order(
            &shares,
            |rows| Ok(rows.iter().map(verdict).collect::<Vec<_>>()),
            |rows, verdicts| {
                for (row, verdict) in rows.iter().zip(verdicts?) {
                    let rule = match verdict {
                        Ok(rule) => Some(rule),
                        Err(hash) => (!self.seen.is_new_hash(hash)).then_some(Rule::Duplicate),
                    };
                    self.funnel.all += 1;
                    match rule {
                        None => self.kept.row(row)?,
                        Some(rule) => {
                            self.funnel
                                .take(rule, || format!("{}\t{}", row.src_text, row.trg_text));
                            if let Some(sheet) = &mut self.rejected {
                                sheet.row(&flagged(row, rule))?;
                            }
                        }
                    }
                }
                Ok(())
            },
        )
    }
}

/// The row as it is rejected.
fn flagged(row: &Row, rule: Rule) -> Row {
    let flags = match row.flags.as_str() {
        "" => rule.to_string(),
        flags => format!("{flags},{rule}"),
    };
    Row {
        flags,
        status: Status::Rejected,
        ..row.clone()
    }
}

/// What each rule took.
#[derive(Default)]
struct Funnel {
    /// Rows that could be read.
    all: usize,
    taken: BTreeMap<Rule, (usize, Vec<String>)>,
}

/// Examples of each rule, and characters of each.
const EXAMPLES: usize = 2;
const EXAMPLE: usize = 120;

impl Funnel {
    fn take(&mut self, rule: Rule, example: impl FnOnce() -> String) {
        let (number, examples) = self.taken.entry(rule).or_default();
        *number += 1;
        if examples.len() < EXAMPLES {
            examples.push(example().chars().take(EXAMPLE).collect());
        }
    }

    fn of(&self, rule: Rule) -> usize {
        self.taken.get(&rule).map_or(0, |(number, _)| *number)
    }

    fn kept(&self) -> usize {
        let taken: usize = self.taken.values().map(|(number, _)| number).sum();
        self.all + self.of(Rule::Broken) - taken
    }

    fn say(&self) {
        let mut left = self.all + self.of(Rule::Broken);
        say(&format_args!("rule\ttaken\tleft"));
        say(&format_args!("\t\t{left}"));
        for (rule, (number, examples)) in &self.taken {
            left -= number;
            say(&format_args!("{rule}\t{number}\t{left}"));
            for example in examples {
                say(&format_args!("\t\t\t{example}"));
            }
        }
    }
}
