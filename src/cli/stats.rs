//! `duizhao stats`: a corpus in, a table of what is in it out.

use super::stream::Formats;
use super::{Outcome, to_stdout};
use clap::Args;
use duizhao::corpus::Row;
use duizhao::error::Result;
use duizhao::filter::duplicate::{Sameness, Seen};
use duizhao::filter::measure;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "A table on standard output: what is counted, its value, how many rows have it, and a bar. Widths are in \
Chinese characters, an English letter being 1/3.6 of one; the ratio is English width to Chinese width. Scores, widths \
and ratios are counted up to the value that is named.

Example: duizhao filter corpus.tsv.gz | duizhao stats"
)]
pub struct Arguments {
    /// The corpora to count, as one
    #[arg(default_value = "-")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    formats: Formats,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut counts = Counts::new();
    for input in &arguments.inputs {
        for row in arguments.formats.open(input)? {
            counts.add(&row?);
        }
    }
    to_stdout(|out| counts.write(out))
}

/// Upper ends of the classes that numbers are counted in; the last class has none.
const SCORES: [f32; 10] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];
const WIDTHS: [f32; 8] = [5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0];
const RATIOS: [f32; 8] = [0.33, 0.5, 0.67, 0.8, 1.25, 1.5, 2.0, 3.0];

struct Counts {
    rows: usize,
    documents: Seen,
    different_documents: usize,
    exact: Seen,
    near: Seen,
    exact_duplicates: usize,
    near_duplicates: usize,
    omissions: usize,
    additions: usize,
    characters: [usize; 2],
    statuses: BTreeMap<&'static str, usize>,
    languages: BTreeMap<String, usize>,
    beads: BTreeMap<String, usize>,
    scores: Classes,
    widths: [Classes; 2],
    ratios: Classes,
}

impl Counts {
    fn new() -> Counts {
        Counts {
            rows: 0,
            documents: Seen::new(Sameness::Exact),
            different_documents: 0,
            exact: Seen::new(Sameness::Exact),
            near: Seen::new(Sameness::Near),
            exact_duplicates: 0,
            near_duplicates: 0,
            omissions: 0,
            additions: 0,
            characters: [0; 2],
            statuses: BTreeMap::new(),
            languages: BTreeMap::new(),
            beads: BTreeMap::new(),
            scores: Classes::new(&SCORES),
            widths: [Classes::new(&WIDTHS), Classes::new(&WIDTHS)],
            ratios: Classes::new(&RATIOS),
        }
    }

    fn add(&mut self, row: &Row) {
        self.rows += 1;
        if !row.doc_pair_id.is_empty() {
            let document = Sameness::Exact.hash_texts([&row.doc_pair_id]);
            self.different_documents += usize::from(self.documents.is_new_hash(document));
        }
        self.exact_duplicates += usize::from(!self.exact.is_new(row));
        self.near_duplicates += usize::from(!self.near.is_new(row));
        self.omissions += usize::from(row.trg_text.is_empty() && !row.src_text.is_empty());
        self.additions += usize::from(row.src_text.is_empty() && !row.trg_text.is_empty());
        self.characters[0] += row.src_text.chars().count();
        self.characters[1] += row.trg_text.chars().count();
        *self.statuses.entry(row.status.name()).or_default() += 1;
        let languages = format!("{}>{}", said(&row.src_lang), said(&row.trg_lang));
        count(&mut self.languages, languages);
        count(&mut self.beads, said(&row.align_type).to_owned());
        if let Some(score) = row.aligner_score {
            self.scores.add(score);
        }
        let measures = measure(row);
        self.widths[0].add(measures.zh.width);
        self.widths[1].add(measures.en.width);
        if row.is_link() {
            self.ratios.add(measures.ratio());
        }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "count\tvalue\trows\tbar")?;
        for (name, number) in [
            ("rows", self.rows),
            ("document pairs", self.different_documents),
            ("zh characters", self.characters[0]),
            ("en characters", self.characters[1]),
            ("omissions", self.omissions),
            ("additions", self.additions),
            ("exact duplicates", self.exact_duplicates),
            ("near duplicates", self.near_duplicates),
        ] {
            writeln!(out, "{name}\t\t{number}\t")?;
        }
        let statuses = self
            .statuses
            .iter()
            .map(|(name, number)| (name.to_string(), *number));
        histogram(out, "status", statuses.collect())?;
        histogram(out, "languages", by_number(&self.languages))?;
        histogram(out, "bead", by_number(&self.beads))?;
        histogram(out, "score", self.scores.named())?;
        histogram(out, "zh width", self.widths[0].named())?;
        histogram(out, "en width", self.widths[1].named())?;
        histogram(out, "ratio", self.ratios.named())
    }
}

/// Different values of one kind that are counted apart: a corpus names few, and a broken one must not fill the memory.
const VALUES: usize = 1000;

fn count(counts: &mut BTreeMap<String, usize>, value: String) {
    if counts.len() < VALUES || counts.contains_key(&value) {
        *counts.entry(value).or_default() += 1;
    } else {
        *counts.entry("others".into()).or_default() += 1;
    }
}

/// A dash where a row says nothing.
fn said(field: &str) -> &str {
    if field.is_empty() { "-" } else { field }
}

/// The most frequent first, those of one number in the order of their names.
fn by_number(counts: &BTreeMap<String, usize>) -> Vec<(String, usize)> {
    let mut all: Vec<_> = counts
        .iter()
        .map(|(name, number)| (name.clone(), *number))
        .collect();
    all.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    all
}

/// How many numbers are in each class.
struct Classes {
    ends: &'static [f32],
    numbers: Vec<usize>,
}

impl Classes {
    fn new(ends: &'static [f32]) -> Classes {
        Classes {
            ends,
            numbers: vec![0; ends.len() + 1],
        }
    }

    fn add(&mut self, value: f32) {
        self.numbers[self.ends.partition_point(|end| *end < value)] += 1;
    }

    /// From the first class that has any to the last.
    fn named(&self) -> Vec<(String, usize)> {
        let ends = self.ends.iter().map(f32::to_string).chain(["more".into()]);
        let all: Vec<_> = ends.zip(self.numbers.iter().copied()).collect();
        let has_any = |(_, number): &(String, usize)| *number > 0;
        match (all.iter().position(has_any), all.iter().rposition(has_any)) {
            (Some(first), Some(last)) => all[first..=last].to_vec(),
            _ => vec![],
        }
    }
}

/// Characters of the longest bar.
const BAR: usize = 40;

fn histogram(out: &mut dyn Write, name: &str, counts: Vec<(String, usize)>) -> io::Result<()> {
    let most = counts.iter().map(|(_, number)| *number).max().unwrap_or(0);
    for (value, number) in counts {
        let bar = "█".repeat((number * BAR).div_ceil(most.max(1)));
        writeln!(out, "{name}\t{value}\t{number}\t{bar}")?;
    }
    Ok(())
}
