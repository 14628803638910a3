//! `duizhao eval`: beads against gold.

use super::{Outcome, to_stdout};
use clap::Args;
use duizhao::error::{Error, Kind, Result};
use duizhao::eval::{self, Beads, Bin, Measure, Reliability};
use duizhao::ingest::{Settings, Source};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(
    after_help = "Gold and test are two files, or two folders whose files are matched by name without extension. \
Each file is in vecalign's form (`[0, 1]:[2]:0.51`), InterText or cesAlign XML, or hunalign's ladder.

A null bead counts in precision and not in recall, as in Vecalign's score.py; counts are pooled over all documents.

With --reliability, beads are counted by score instead: how many there are, their mean score, the share that is gold \
(right), the share that lies within one gold bead (inside, for gold of whole blocks). `error` is how far score and share \
are apart, averaged over beads. Omissions and additions have no score.

Examples:
  duizhao eval --gold gold/ --test out/
  duizhao eval --gold gold/ --test out/ --reliability"
)]
pub struct Arguments {
    /// Beads that are right
    #[arg(long)]
    gold: PathBuf,
    /// Beads to judge
    #[arg(long)]
    test: PathBuf,
    /// Say how often beads are right by their scores, which must be in vecalign's form
    #[arg(long)]
    reliability: bool,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let pairs = pairs(&arguments.gold, &arguments.test)?;
    let open = |path: &Path| Source::open(&path.display().to_string(), &Settings::default());
    let read = |path: &Path| -> Result<Beads> { eval::read(&open(path)?) };
    let gold = pairs
        .iter()
        .map(|(gold, _)| read(gold))
        .collect::<Result<Vec<_>>>()?;
    if arguments.reliability {
        let test = pairs
            .iter()
            .map(|(_, test)| eval::read_scored(&open(test)?))
            .collect::<Result<Vec<_>>>()?;
        return tell_reliability(&eval::reliability(&gold, &test)?);
    }
    let test = pairs
        .iter()
        .map(|(_, test)| read(test))
        .collect::<Result<Vec<_>>>()?;
    let scores = eval::score(&gold, &test)?;
    to_stdout(|out| {
        writeln!(out, "measure\tprecision\trecall\tf1")?;
        for (
            name,
            Measure {
                precision,
                recall,
                f1,
            },
        ) in [("strict", scores.strict), ("lax", scores.lax)]
        {
            writeln!(out, "{name}\t{precision:.4}\t{recall:.4}\t{f1:.4}")?;
        }
        Ok(())
    })
}

fn tell_reliability(table: &Reliability) -> Result<Outcome> {
    to_stdout(|out| {
        writeln!(out, "scores\tbeads\tscore\tright\tinside")?;
        let bins = table.bins.iter().enumerate();
        let named = bins.map(|(tenth, bin)| (format!(".{tenth}"), *bin));
        for (name, bin) in named.chain([("all".into(), table.all())]) {
            let Bin {
                beads,
                score,
                right,
                inside,
            } = bin;
            writeln!(out, "{name}\t{beads}\t{score:.4}\t{right:.4}\t{inside:.4}")?;
        }
        writeln!(
            out,
            "error\t\t\t{:.4}\t{:.4}",
            table.error(),
            table.error_inside()
        )
    })
}

/// Gold and test files that belong together.
fn pairs(gold: &Path, test: &Path) -> Result<Vec<(PathBuf, PathBuf)>> {
    match (gold.is_dir(), test.is_dir()) {
        (false, false) => Ok(vec![(gold.into(), test.into())]),
        (true, true) => folder_pairs(gold, test),
        _ => Err(Error::new(
            Kind::Usage,
            "--gold and --test",
            "one is a folder and the other is not",
        )
        .remedy("give two files or two folders")),
    }
}

/// Every gold file needs a test file: one left out would make the figures look better than they are.
fn folder_pairs(gold: &Path, test: &Path) -> Result<Vec<(PathBuf, PathBuf)>> {
    const BEADS: [&str; 5] = ["gold", "vecalign", "align", "ladder", "xml"];
    let files = |folder: &Path| -> Result<Vec<PathBuf>> {
        let failed = |cause| Error::read(folder.display().to_string(), &cause);
        let entries = std::fs::read_dir(folder).map_err(failed)?;
        let mut files = entries
            .map(|entry| entry.map(|entry| entry.path()).map_err(failed))
            .collect::<Result<Vec<_>>>()?;
        files.retain(|file| {
            file.extension()
                .is_some_and(|extension| BEADS.iter().any(|known| extension == *known))
        });
        files.sort();
        Ok(files)
    };
    let tests = files(test)?;
    let golds = files(gold)?;
    if golds.is_empty() {
        return Err(
            Error::new(Kind::Empty, gold.display().to_string(), "no file of beads")
                .remedy(format!("name them with one of .{}", BEADS.join(", ."))),
        );
    }
    for files in [&golds, &tests] {
        if let Some(pair) = files
            .windows(2)
            .find(|pair| pair[0].file_stem() == pair[1].file_stem())
        {
            let cause = format!("{} has the same name, and one of them counts", pair[1].display());
            return Err(
                Error::new(Kind::Usage, pair[0].display().to_string(), cause).remedy("take one of them away")
            );
        }
    }
    let partner = |gold: PathBuf| match tests.iter().find(|test| test.file_stem() == gold.file_stem()) {
        Some(test) => Ok((gold, test.clone())),
        None => Err(Error::new(
            Kind::Unpaired,
            gold.display().to_string(),
            "no test file of this name",
        )
        .remedy(format!(
            "align it, too, or take it out of {}",
            gold.parent().unwrap_or(&gold).display()
        ))),
    };
    golds.into_iter().map(partner).collect()
}
