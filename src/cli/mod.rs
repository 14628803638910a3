//! The commands: each reads as the pipeline and decides nothing itself.

mod account;
mod align;
mod audit;
mod compare;
mod convert;
mod dedup;
mod detect;
mod diff;
mod doctor;
mod eval;
mod events;
mod explain;
mod filter;
mod input;
mod jobs;
mod lexicon;
mod merge;
mod progress;
mod sample;
mod score;
mod search;
mod sheet;
mod shell;
mod split;
mod stats;
mod stream;
mod terms;
mod validate;

use clap::{Parser, Subcommand};
use duizhao::corpus::output::Output;
use duizhao::error::{Error, Kind};
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;

/// Chinese-English translation alignment: documents in, parallel corpora out.
#[derive(Parser)]
#[command(
    name = "duizhao",
    version,
    about,
    arg_required_else_help = true,
    max_term_width = 100
)]
#[command(
    after_help = "Exit codes: 0 done; 1 done, but some documents failed; 2 nothing done: wrong usage, or an error."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Threads to work on [default: one a core]
    #[arg(long, global = true, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Align Chinese documents with English ones and write a parallel corpus
    Align(align::Arguments),
    /// Link what documents of one event say the same, and show what only one of them says
    Compare(compare::Arguments),
    /// Turn a corpus into another format: TSV, CSV, JSONL, XLSX, DOCX, Parquet, TMX, XLIFF, Moses, ...
    Convert(convert::Arguments),
    /// Check corpora: every row that cannot be read, with line, column, cause and remedy
    Validate(validate::Arguments),
    /// Leave out rows that are no translations, by presets for training, memories and test sets
    Filter(filter::Arguments),
    /// Measure each row as `filter` does, in columns of its own, and leave none out
    Score(score::Arguments),
    /// Leave out rows that came before
    Dedup(dedup::Arguments),
    /// Put corpora one behind the other
    Merge(merge::Arguments),
    /// Show the rows that an expression matches, on either side
    Search(search::Arguments),
    /// Count what is in a corpus: rows, duplicates, languages, beads, scores, lengths, ratios
    Stats(stats::Arguments),
    /// Draw rows by chance, or part documents into train, dev and test
    Sample(sample::Arguments),
    /// Show what only one of two corpora has, and what changed its partner
    Diff(diff::Arguments),
    /// Show how files are read: encoding, documents, segments, languages and scripts
    Detect(detect::Arguments),
    /// Cut documents into sentences, with their places
    Split(split::Arguments),
    /// Audit a translation: numbers, dates, omissions
    Audit(audit::Arguments),
    /// Find the terms of a corpus and how each is rendered, the inconsistent ones first
    Terms(terms::Arguments),
    /// Say what an audit's code means
    Explain(explain::Arguments),
    /// Compare alignments with gold: precision, recall and F1, strict and lax
    Eval(eval::Arguments),
    /// Learn a bilingual lexicon from parallel text
    #[command(subcommand)]
    Lexicon(lexicon::Command),
    /// Check this program: version, lexicon, threads, and a built-in pair aligned
    Doctor,
    /// Print a shell's completions
    Completions(shell::Arguments),
    /// Print the manual page
    Man,
}

/// How a command that ran to its end ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Done but for some documents, which were named.
    Failed,
}

/// Runs the command that the program was called with.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        // Whoever reads our output has read enough (`duizhao ... | head`).
        Err(error) if error.kind == Kind::Closed => ExitCode::SUCCESS,
        Err(error) => {
            say_error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments) -> Result<Outcome, Error> {
    if let Some(threads) = arguments.threads {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build_global();
        pool.map_err(|cause| Error::new(Kind::Usage, "--threads", cause.to_string()))?;
    }
    let quiet = arguments.quiet;
    match arguments.command {
        Command::Align(arguments) => align::run(&arguments, quiet),
        Command::Compare(arguments) => compare::run(&arguments, quiet),
        Command::Convert(arguments) => convert::run(&arguments, quiet),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Filter(arguments) => filter::run(&arguments, quiet),
        Command::Score(arguments) => score::run(&arguments, quiet),
        Command::Dedup(arguments) => dedup::run(&arguments, quiet),
        Command::Merge(arguments) => merge::run(&arguments, quiet),
        Command::Search(arguments) => search::run(&arguments, quiet),
        Command::Stats(arguments) => stats::run(&arguments),
        Command::Sample(arguments) => sample::run(&arguments, quiet),
        Command::Diff(arguments) => diff::run(&arguments, quiet),
        Command::Detect(arguments) => detect::run(&arguments, quiet),
        Command::Split(arguments) => split::run(&arguments, quiet),
        Command::Audit(arguments) => audit::run(&arguments, quiet),
        Command::Terms(arguments) => terms::run(&arguments, quiet),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Lexicon(command) => lexicon::run(&command, quiet),
        Command::Doctor => doctor::run(),
        Command::Completions(arguments) => shell::completions(&arguments),
        Command::Man => shell::man(),
    }
}

fn say_error(error: &impl std::fmt::Display) {
    say(&format_args!("\x1b[31;1merror:\x1b[0m {error}"));
}

fn say_note(note: &impl std::fmt::Display) {
    say(&format_args!("\x1b[33;1mnote:\x1b[0m {note}"));
}

/// A line on standard error. Where it cannot be written nobody is left to tell.
fn say(line: &impl std::fmt::Display) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Does the same with each input. One that fails stops nobody and is named in the end; if all fail, that is an error.
fn for_each_input(
    inputs: &[String],
    mut each: impl FnMut(&str) -> Result<Outcome, Error>,
) -> Result<Outcome, Error> {
    let mut errors = Vec::new();
    for input in inputs {
        match each(input) {
            Err(error) if error.kind == Kind::Closed => return Err(error),
            result => errors.extend(result.err()),
        }
    }
    let none_done = errors.len() == inputs.len();
    let last = errors.pop_if(|_| none_done);
    errors.iter().for_each(say_error);
    match last {
        Some(error) => Err(error),
        None if errors.is_empty() => Ok(Outcome::Done),
        None => Ok(Outcome::Failed),
    }
}

/// Writes, by `write`, to a file that appears whole or not at all; to standard output for no path and for `-`.
fn to_place(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<Outcome, Error> {
    let Some(path) = path.filter(|path| path.to_str() != Some("-")) else {
        return to_stdout(write);
    };
    let mut output = Output::create(path)?;
    write(&mut output).map_err(|cause| Error::write(path.display().to_string(), &cause))?;
    output.commit()?;
    Ok(Outcome::Done)
}

/// Writes to standard output, by `write`.
fn to_stdout(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<Outcome, Error> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    write(&mut out)
        .and_then(|()| out.flush())
        .map_err(|cause| Error::write("standard output", &cause))?;
    Ok(Outcome::Done)
}
