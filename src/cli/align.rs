//! `duizhao align`: documents in, a parallel corpus out.

use super::account::{Log, Records, beside};
use super::input::{OwnLexicons, Reading, Unit};
use super::jobs::{Job, Jobs, Pairing, jobs};
use super::progress::{Progress, Style};
use super::sheet::Sheet;
use super::stream::WrittenScript;
use super::{Outcome, say_note};
use clap::Args;
use duizhao::batch::{Journal, in_order};
use duizhao::corpus::manifest::{Head, Record};
use duizhao::corpus::output;
use duizhao::corpus::{File, Format, Row, Settings, tmx, xces};
use duizhao::error::{Error, Kind, Result};
use duizhao::ingest::{self, name::uncompressed};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::{Aligned, align_documents};
use duizhao::split::Split;
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "INPUT is
  two files          a Chinese document and the English one (`-` is standard input)
  a folder           many pairs, matched by their names: x.zh.txt and x.en.txt, zh/x.txt and en/x.txt, ...
  pairs.tsv, .jsonl  a manifest of pairs, with columns `zh` and `en`
  one other file     a bundle of documents in both languages, one after the other

Examples:
  duizhao align novel.zh.txt novel.en.txt > novel.tsv
  duizhao align novel.zh.txt novel.en.txt -o novel.html
  duizhao align documents/ -o corpus/ --format tmx
  duizhao align bundle.txt --linked-only

A score of .9 says that of ten such rows nine are right, to the sentence. Rows without a partner (1-0, 0-1) have none.")]
pub struct Arguments {
    /// What to align: two files, a folder, a manifest or a bundle
    #[arg(required = true, num_args = 1..=2, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Where to write: a file, or for many pairs a folder [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// tsv, csv, jsonl, xlsx, docx, parquet, moses, tmx, xliff, xliff2, xces, intertext, vecalign, ladder or html [default: by the output's extension, else tsv]
    #[arg(long)]
    format: Option<Format>,
    /// Leave out rows without a partner
    #[arg(long)]
    linked_only: bool,
    /// Leave out rows that score less, from 0 to 1; the manifest names their sentences
    #[arg(long, value_name = "SCORE", default_value = "0", value_parser = score, hide_default_value = true)]
    min_score: f32,
    /// The unit to align
    #[arg(long, value_enum, default_value = "sentence")]
    split: Unit,
    /// How documents of a folder find their partners
    #[arg(long, value_enum, default_value = "names")]
    pair: Pairing,
    /// Terms to go by, a line of Chinese, a tab, English each; or a lexicon that `lexicon train` made, which is mixed
    /// with the program's own (may be given several times)
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<String>,
    /// Language codes for TMX instead of each row's own, such as `zh-CN,en-US`
    #[arg(long, value_name = "ZH,EN")]
    tmx_langs: Option<tmx::Languages>,
    /// Begin TSV with a byte order mark, for spreadsheets that need one
    #[arg(long)]
    bom: bool,
    /// The script to write Chinese in; it is aligned as it is
    #[arg(long, value_name = "SCRIPT", value_enum, default_value_t)]
    script: WrittenScript,
    /// How progress is told
    #[arg(long, value_enum, default_value = "auto")]
    progress: Style,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let run = Run::new(arguments, quiet)?;
    let Jobs {
        jobs,
        unpaired,
        notes,
    } = jobs(&arguments.inputs, arguments.pair, &run.reading, &run.lexicon)?;
    if !quiet {
        notes.iter().for_each(say_note);
    }
    if let Some(output) = &arguments.output {
        keep_inputs(output, arguments)?;
    }
    let log = Log::new(unpaired, quiet);
    let progress = Progress::new(jobs.len(), arguments.progress, quiet);
    match Target::new(arguments.output.as_deref(), arguments.inputs.len() == 1) {
        Target::Stream(path) => run.stream(&jobs, path, progress, log),
        Target::Folder(folder) => run.fill(&jobs, folder, progress, log),
    }
}

/// Where rows go: one after another to one place, or each pair to a file of its own.
enum Target<'a> {
    Stream(Option<&'a Path>),
    Folder(&'a Path),
}

impl<'a> Target<'a> {
    /// `is_collection`: the user gave something that may hold many pairs, however many it does hold.
    fn new(output: Option<&'a Path>, is_collection: bool) -> Target<'a> {
        match output {
            None => Target::Stream(None),
            Some(path) if is_folder(path) => Target::Folder(path),
            Some(path) if is_collection && path.extension().is_none() => Target::Folder(path),
            Some(path) => Target::Stream(Some(path)),
        }
    }
}

/// What a run writes into a folder beside the corpora.
const JOURNAL: &str = "journal.jsonl";
const MANIFEST: &str = "manifest.json";
const ERRORS: &str = "errors.jsonl";

/// What users hear of documents that alignment in order is wrong for.
const DOUBTFUL: &str = "these may be no translations of each other: most of what could be paired is doubtful; \
                        `duizhao compare` links texts that tell the same event in their own ways";

/// What the arguments come to.
struct Run {
    reading: ingest::Settings,
    split: Split,
    lexicon: Lexicon,
    format: Format,
    writing: Settings,
    linked_only: bool,
    least: f32,
    head: Head,
    quiet: bool,
}

impl Run {
    fn new(arguments: &Arguments, quiet: bool) -> Result<Run> {
        let own = OwnLexicons::open(&arguments.lexicon)?;
        let lexicon = own.lexicon()?;
        let format = match (arguments.format, arguments.output.as_deref()) {
            (Some(format), _) => format,
            (None, Some(output)) => format_of(output)?,
            (None, None) => Format::Tsv,
        };
        if points_at_documents(format) && arguments.output.is_none() {
            let cause = format!("{format} points at documents, which are written beside it");
            return Err(Error::new(Kind::Usage, "--format", cause).remedy("name the alignment with -o PATH"));
        }
        let settings = json!({
            "split": format!("{:?}", arguments.split.split()).to_lowercase(),
            "format": format.name(),
            "linked_only": arguments.linked_only,
            "min_score": arguments.min_score,
            "own_lexicons": own.checksums(),
            "reading": arguments.reading.said(),
            "tmx_langs": arguments.tmx_langs.as_ref().map(|codes| format!("{codes:?}")),
            "bom": arguments.bom,
            "script": arguments.script.script().map(|script| format!("{script:?}").to_lowercase()),
        });
        let writing = Settings {
            bom: arguments.bom,
            tmx: tmx::Settings {
                languages: arguments.tmx_langs.clone(),
                ..tmx::Settings::default()
            },
            script: arguments.script.script(),
        };
        Ok(Run {
            reading: arguments.reading.settings()?,
            split: arguments.split.split(),
            head: Head::new(lexicon.checksum(), settings),
            lexicon,
            format,
            writing,
            linked_only: arguments.linked_only,
            least: arguments.min_score,
            quiet,
        })
    }

    fn align(&self, job: &Job) -> Result<Aligned> {
        let (zh, en) = job.load(&self.reading)?;
        align_documents(&job.id, &zh, &en, self.split, &self.lexicon, self.least)
    }

    fn wanted<'r>(&self, rows: &'r [Row]) -> impl Iterator<Item = &'r Row> {
        let all = !self.linked_only;
        rows.iter().filter(move |row| all || row.is_link())
    }

    /// All pairs, in order, to one file or to standard output.
    fn stream(
        &self,
        jobs: &[Job],
        path: Option<&Path>,
        mut progress: Progress,
        mut log: Log,
    ) -> Result<Outcome> {
        let mut sheet = Sheet::create(path, self.format, &self.writing)?;
        let mut records = path
            .map(|path| Records::create(&beside(path, "manifest.json"), &self.head))
            .transpose()?;
        let (mut written, mut left_out) = (0, 0);
        in_order(
            jobs,
            |job| self.align(job),
            |job, aligned| {
                progress.step(aligned.is_err());
                if let Ok(aligned) = &aligned
                    && aligned.is_doubtful()
                    && !self.quiet
                {
                    say_note(&format!("{}: {DOUBTFUL}", job.id));
                }
                match aligned {
                    Ok(Aligned { mut rows, record }) => {
                        written += 1;
                        self.say_notes(jobs, &record);
                        if let Some(path) = path {
                            left_out += self.write_documents(path, &job.id, &mut rows)?;
                        }
                        sheet.begin(&record)?;
                        self.wanted(&rows).try_for_each(|row| sheet.row(row))?;
                        records.as_mut().map_or(Ok(()), |records| records.add(&record))
                    }
                    Err(error) => self.failed(jobs, job, error, &mut log),
                }
            },
        )?;
        progress.finish();
        // Where not a row was written, an empty corpus would look like a result.
        if written > 0 {
            let illegal = sheet.commit()?;
            records.map_or(Ok(()), |records| records.commit(illegal + left_out))?;
        }
        path.map_or(Ok(()), |path| log.write(&beside(path, "errors.jsonl")))?;
        Ok(outcome(&log))
    }

    /// Each pair to a file of its own in a folder, where an interrupted run goes on when it is started again.
    fn fill(&self, jobs: &[Job], folder: &Path, mut progress: Progress, mut log: Log) -> Result<Outcome> {
        self.keep_own_names(jobs, folder)?;
        make_folder(folder)?;
        let settings = json!([self.head.version, self.head.lexicon, self.head.settings]).to_string();
        let journal = folder.join(JOURNAL);
        if journal.exists() {
            // A run that ends takes its journal away: this one was killed, perhaps in the middle of a file.
            output::sweep(folder)?;
        }
        let journal = Journal::open(&journal, &settings)?;
        in_order(
            jobs,
            |job| self.write_pair(job, folder, &journal),
            |job, written| {
                progress.step(written.is_err());
                if let Err(error) = written {
                    log.fail(&job.id, error);
                }
                Ok(())
            },
        )?;
        progress.finish();
        let mut records = Records::create(&folder.join(MANIFEST), &self.head)?;
        let mut illegal = 0;
        for job in jobs {
            if let Some((record, left_out)) = journal.record(&job.id)? {
                self.say_notes(jobs, &record);
                illegal += left_out;
                records.add(&record)?;
            }
        }
        records.commit(illegal)?;
        log.write(&folder.join(ERRORS))?;
        journal.remove()?;
        Ok(outcome(&log))
    }

    /// A corpus named like a file of the run's own would be overwritten by it.
    fn keep_own_names(&self, jobs: &[Job], folder: &Path) -> Result<()> {
        let own = [JOURNAL, MANIFEST, ERRORS].map(|name| folder.join(name));
        let is_own = |job: &&Job| {
            let files = self.format.files(&job.path(folder, self.format));
            files.iter().any(|file| own.contains(file))
        };
        match jobs.iter().find(is_own) {
            None => Ok(()),
            Some(job) => Err(Error::new(
                Kind::Usage,
                &job.id,
                "its corpus would be named like a file of the run's own",
            )
            .remedy("rename the documents, or choose another --format")),
        }
    }

    /// One pair of many that fails stops nobody; of the only one there is nothing else to say.
    fn failed(&self, jobs: &[Job], job: &Job, error: Error, log: &mut Log) -> Result<()> {
        if jobs.len() == 1 {
            return Err(error);
        }
        log.fail(&job.id, error);
        Ok(())
    }

    /// What reading a single pair had to say; of many, the manifest holds it.
    fn say_notes(&self, jobs: &[Job], record: &Record) {
        if self.quiet || jobs.len() > 1 {
            return;
        }
        record.zh.notes.iter().chain(&record.en.notes).for_each(say_note);
        for dropped in &record.dropped {
            let input = if dropped.side == Side::Zh {
                &record.zh
            } else {
                &record.en
            };
            say_note(&format!(
                "{}: sentence {} is kept out: {}",
                input.source, dropped.id, dropped.reason
            ));
        }
    }

    fn write_pair(&self, job: &Job, folder: &Path, journal: &Journal) -> Result<()> {
        let (zh, en) = job.load(&self.reading)?;
        let path = job.path(folder, self.format);
        let stands = self.format.files(&path).iter().all(|file| file.exists());
        if stands && journal.has(&job.id, &zh, &en) {
            return Ok(());
        }
        let aligned = align_documents(&job.id, &zh, &en, self.split, &self.lexicon, self.least)?;
        if aligned.is_doubtful() && !self.quiet {
            say_note(&format!("{}: {DOUBTFUL}", job.id));
        }
        let Aligned { mut rows, record } = aligned;
        path.parent().map_or(Ok(()), make_folder)?;
        let name = job.id.rsplit('/').next().unwrap_or(&job.id);
        let left_out = self.write_documents(&path, name, &mut rows)?;
        let mut file = File::create(&path, self.format, &self.writing)?;
        file.begin(&record)?;
        self.wanted(&rows).try_for_each(|row| file.row(row))?;
        let illegal = file.commit()?;
        journal.enter(&record, illegal + left_out)
    }

    /// What an alignment points at, if its format does: `pair` with endings, beside it. Gives back the number of characters
    /// that had to be left out.
    fn write_documents(&self, alignment: &Path, pair: &str, rows: &mut [Row]) -> Result<usize> {
        if !points_at_documents(self.format) {
            return Ok(0);
        }
        let folder = alignment.parent().unwrap_or(Path::new(""));
        if xces::documents(pair)
            .iter()
            .any(|name| folder.join(name) == alignment)
        {
            let cause = "one of the documents it points at has this name";
            return Err(
                Error::new(Kind::Usage, alignment.display().to_string(), cause).remedy("name it otherwise")
            );
        }
        folder.join(pair).parent().map_or(Ok(()), make_folder)?;
        xces::write_documents(folder, pair, rows, self.writing.script)
    }
}

/// Whether rows say by ids alone which sentences they pair.
fn points_at_documents(format: Format) -> bool {
    matches!(format, Format::Xces | Format::Intertext)
}

fn score(text: &str) -> std::result::Result<f32, String> {
    let score = text.parse().ok().filter(|score| (0.0..=1.0).contains(score));
    score.ok_or_else(|| "no number from 0 to 1".into())
}

/// The format that an output's name says: TSV where it has no extension, as a folder has none.
fn format_of(path: &Path) -> Result<Format> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if is_folder(path) || Path::new(uncompressed(&name)).extension().is_none() {
        return Ok(Format::Tsv);
    }
    Format::of(path).map_err(|error| error.remedy("say it with --format"))
}

/// Whether a path is one, or will be by how it is written: `volume.2/`.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with('/')
}

/// What is read must not be written over.
fn keep_inputs(output: &Path, arguments: &Arguments) -> Result<()> {
    let place = |path: &Path| path.is_file().then(|| path.canonicalize().ok()).flatten();
    let inputs = arguments.inputs.iter().chain(&arguments.lexicon);
    let Some(output) = place(output) else {
        return Ok(());
    };
    match inputs
        .map(Path::new)
        .find(|input| place(input).as_ref() == Some(&output))
    {
        None => Ok(()),
        Some(input) => Err(Error::new(
            Kind::Usage,
            input.display().to_string(),
            "is read and cannot be written to",
        )
        .remedy("name another output")),
    }
}

fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_file() {
        let error = Error::new(
            Kind::Usage,
            folder.display().to_string(),
            "a file where a folder is due",
        );
        return Err(error.remedy("name a folder, or a file with the extension of a format"));
    }
    std::fs::create_dir_all(folder).map_err(|cause| Error::write(folder.display().to_string(), &cause))
}

fn outcome(log: &Log) -> Outcome {
    if log.failed == 0 {
        Outcome::Done
    } else {
        Outcome::Failed
    }
}
