//! `duizhao score`: a corpus in, the same rows with what can be measured of each out; `filter` decides by the same measures.

use super::Outcome;
use super::stream::{Formats, say_left};
use clap::Args;
use duizhao::corpus::output::Output;
use duizhao::corpus::{Row, tsv};
use duizhao::error::{Error, Result};
use duizhao::filter::measure;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "The TSV's columns, and behind them:
  zh_width, en_width     lengths, in Chinese characters (3.6 letters are as wide as one)
  ratio                  English width to Chinese width, 4 added to both
  run, echo              the longest run of one character, and of one word or phrase, on either side
  markup                 1 where tags, entities or placeholders are left
  copied                 share of the Chinese side that stands in the English side, letter for letter
  language               1 where both sides are in their languages
  ends                   1 where both sides end as sentences do, or neither
  numbers                1 where no side has numbers that the other has not, or only one has
  meaning                0 to 1: how much of either side the lexicon sees translated
No row is left out, and `filter` asks no more than this of a row; readers of TSV pass over columns that they do not know.

Example: duizhao score corpus.tsv.gz -o scored.tsv.gz")]
pub struct Arguments {
    /// The corpus to score
    #[arg(default_value = "-")]
    input: PathBuf,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    formats: Formats,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let mut rows = arguments.formats.open(&arguments.input)?;
    let path = arguments
        .output
        .as_deref()
        .filter(|path| path.to_str() != Some("-"));
    match path {
        Some(path) => {
            let failed = |cause: &io::Error| Error::write(path.display().to_string(), cause);
            let mut output = Output::create(path)?;
            score(&mut rows, &mut output, &failed)?;
            output.commit()?;
        }
        None => {
            let failed = |cause: &io::Error| Error::write("standard output", cause);
            let mut output = BufWriter::new(io::stdout().lock());
            score(&mut rows, &mut output, &failed)?;
            output.flush().map_err(|cause| failed(&cause))?;
        }
    }
    say_left(&arguments.input, rows.left(), quiet);
    Ok(Outcome::Done)
}

const SCORES: [&str; 11] = [
    "zh_width", "en_width", "ratio", "run", "echo", "markup", "copied", "language", "ends", "numbers",
    "meaning",
];

fn score(
    rows: &mut dyn Iterator<Item = Result<Row>>,
    out: &mut dyn Write,
    failed: &dyn Fn(&io::Error) -> Error,
) -> Result<()> {
    let write =
        |out: &mut dyn Write, row: &Row| writeln!(out, "{}\t{}", tsv::line(row), scores(row).join("\t"));
    writeln!(
        out,
        "{}\t{}",
        duizhao::corpus::COLUMNS.join("\t"),
        SCORES.join("\t")
    )
    .map_err(|cause| failed(&cause))?;
    for row in rows {
        write(out, &row?).map_err(|cause| failed(&cause))?;
    }
    Ok(())
}

/// In the order of [`SCORES`].
fn scores(row: &Row) -> [String; SCORES.len()] {
    let measures = measure(row);
    let (zh, en) = (&measures.zh, &measures.en);
    let yes = |is: bool| u8::from(is).to_string();
    [
        format!("{:.1}", zh.width),
        format!("{:.1}", en.width),
        format!("{:.4}", measures.ratio()),
        zh.run().max(en.run()).to_string(),
        zh.echo().max(en.echo()).to_string(),
        yes(zh.has_markup() || en.has_markup()),
        format!("{:.4}", measures.copied()),
        yes(zh.is_own_language() && en.is_own_language()),
        yes(zh.ends() == en.ends()),
        yes(!measures.numbers_differ()),
        format!("{:.4}", measures.meaning()),
    ]
}
