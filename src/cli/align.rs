//! `duizhao align`: documents in, a parallel corpus out.

use super::input::{Reading, Unit, table};
use super::jobs::{Job, Jobs, Pairing, jobs};
use super::progress::{Progress, Style};
use super::{Outcome, say_error, say_note};
use clap::Args;
use duizhao::batch::{Journal, in_order};
use duizhao::corpus::manifest::{self, Checksum, Head, Record};
use duizhao::corpus::output::{self, Output};
use duizhao::corpus::{File, Format, Row, Settings, Writer, tmx};
use duizhao::error::{Error, Kind, Result};
use duizhao::ingest;
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::{Aligned, align_documents};
use duizhao::split::Split;
use serde_json::json;
use std::io::{self, BufWriter};
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

A score of 0.9 means: of the rows that have it, nine in ten should be right. Rows without a partner (1-0, 0-1) have none.")]
pub struct Arguments {
    /// What to align: two files, a folder, a manifest or a bundle
    #[arg(required = true, num_args = 1..=2, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Where to write: a file, or for many pairs a folder [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// tsv, jsonl, moses, tmx, vecalign or html [default: by the output's extension, else tsv]
    #[arg(long)]
    format: Option<Format>,
    /// Leave out rows without a partner
    #[arg(long)]
    linked_only: bool,
    /// The unit to align
    #[arg(long, value_enum, default_value = "sentence")]
    split: Unit,
    /// How documents of a folder find their partners
    #[arg(long, value_enum, default_value = "names")]
    pair: Pairing,
    /// Terms to go by: a line holds Chinese, a tab, English
    #[arg(long, value_name = "FILE")]
    lexicon: Option<String>,
    /// Language codes for TMX instead of each row's own, such as `zh-CN,en-US`
    #[arg(long, value_name = "ZH,EN")]
    tmx_langs: Option<tmx::Languages>,
    /// Begin TSV with a byte order mark, for spreadsheets that need one
    #[arg(long)]
    bom: bool,
    /// How progress is told
    #[arg(long, value_enum, default_value = "auto")]
    progress: Style,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let run = Run::new(arguments)?;
    let Jobs {
        jobs,
        unpaired,
        notes,
    } = jobs(&arguments.inputs, arguments.pair, &run.reading, &run.lexicon)?;
    if !quiet {
        notes.iter().for_each(|note| say_note(note));
        unpaired.iter().for_each(|error| say_note(error));
    }
    let mut log = Log {
        failures: unpaired
            .into_iter()
            .map(|error| Failure { id: None, error })
            .collect(),
        failed: 0,
    };
    let progress = Progress::new(jobs.len(), arguments.progress, quiet);
    match Target::new(arguments.output.as_deref(), jobs.len()) {
        Target::Stream(path) => run.stream(&jobs, path, progress, &mut log, quiet)?,
        Target::Folder(folder) => run.fill(&jobs, folder, progress, &mut log, quiet)?,
    }
    match (log.failed, jobs.len()) {
        (0, _) => Ok(Outcome::Done),
        // The only pair there was: nothing is done.
        (1, 1) => Err(log.failures.pop().expect("one has failed").error),
        _ => Ok(Outcome::Failed),
    }
}

/// Where rows go: one after another to one place, or each pair to a file of its own.
enum Target<'a> {
    Stream(Option<&'a Path>),
    Folder(&'a Path),
}

impl<'a> Target<'a> {
    fn new(output: Option<&'a Path>, jobs: usize) -> Target<'a> {
        match output {
            None => Target::Stream(None),
            Some(path) if path.is_dir() || path.to_string_lossy().ends_with('/') => Target::Folder(path),
            Some(path) if jobs > 1 && path.extension().is_none() => Target::Folder(path),
            Some(path) => Target::Stream(Some(path)),
        }
    }
}

/// What the arguments come to.
struct Run {
    reading: ingest::Settings,
    split: Split,
    lexicon: Lexicon,
    format: Format,
    writing: Settings,
    linked_only: bool,
    head: Head,
}

impl Run {
    fn new(arguments: &Arguments) -> Result<Run> {
        let glossary = arguments
            .lexicon
            .as_deref()
            .map(|path| Ok((path, table(path)?)))
            .transpose()?;
        let lexicon = match &glossary {
            Some((path, table)) => Lexicon::embedded().with_glossary(path, table)?,
            None => Lexicon::embedded().clone(),
        };
        let format = arguments
            .format
            .or_else(|| format_of(arguments.output.as_deref()?))
            .unwrap_or(Format::Tsv);
        let settings = json!({
            "split": format!("{:?}", arguments.split.split()).to_lowercase(),
            "format": format.name(),
            "linked_only": arguments.linked_only,
            "glossary": glossary.map(|(_, table)| Checksum::of(table.as_bytes()).sha256),
            "reading": arguments.reading.said(),
            "tmx_langs": arguments.tmx_langs.as_ref().map(|codes| format!("{codes:?}")),
            "bom": arguments.bom,
        });
        let writing = Settings {
            bom: arguments.bom,
            tmx: tmx::Settings {
                languages: arguments.tmx_langs.clone(),
                ..tmx::Settings::default()
            },
        };
        Ok(Run {
            reading: arguments.reading.settings()?,
            split: arguments.split.split(),
            head: Head::new(lexicon.checksum(), settings),
            lexicon,
            format,
            writing,
            linked_only: arguments.linked_only,
        })
    }

    fn align(&self, job: &Job) -> Result<Aligned> {
        let (zh, en) = job.load(&self.reading)?;
        align_documents(&job.id, &zh, &en, self.split, &self.lexicon)
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
        log: &mut Log,
        quiet: bool,
    ) -> Result<()> {
        let mut sheet = Sheet::create(path, self.format, &self.writing)?;
        let mut records = path
            .map(|path| Records::create(&beside(path, "manifest.json"), &self.head))
            .transpose()?;
        in_order(
            jobs,
            |job| self.align(job),
            |job, aligned| {
                progress.step(aligned.is_err());
                match aligned {
                    Ok(Aligned { rows, record }) => {
                        if jobs.len() == 1 && !quiet {
                            say_notes(&record);
                        }
                        sheet.begin(&record)?;
                        self.wanted(&rows).try_for_each(|row| sheet.row(row))?;
                        records.as_mut().map_or(Ok(()), |records| records.add(&record))
                    }
                    Err(error) => log.fail(job, error, jobs.len()),
                }
            },
        )?;
        if log.failed == jobs.len() && path.is_some() {
            // Not a row was written: an empty corpus would look like a result.
            return log.write(path.map(|path| beside(path, "errors.jsonl")).as_deref());
        }
        let illegal = sheet.commit()?;
        if let Some(records) = records {
            records.commit(illegal)?;
        }
        progress.finish();
        log.write(path.map(|path| beside(path, "errors.jsonl")).as_deref())
    }

    /// Each pair to a file of its own in a folder, where an interrupted run goes on when it is started again.
    fn fill(
        &self,
        jobs: &[Job],
        folder: &Path,
        mut progress: Progress,
        log: &mut Log,
        quiet: bool,
    ) -> Result<()> {
        let made = std::fs::create_dir_all(folder);
        made.map_err(|cause| Error::write(folder.display().to_string(), &cause))?;
        let settings = json!([self.head.version, self.head.lexicon, self.head.settings]).to_string();
        let journal = Journal::open(&folder.join("journal.jsonl"), &settings)?;
        in_order(
            jobs,
            |job| self.write_pair(job, folder, &journal),
            |job, written| {
                progress.step(written.is_err());
                written.or_else(|error| log.fail(job, error, jobs.len()))
            },
        )?;
        let mut records = Records::create(&folder.join("manifest.json"), &self.head)?;
        let mut illegal = 0;
        for job in jobs {
            if let Some((record, left_out)) = journal.record(&job.id)? {
                illegal += left_out;
                records.add(&record)?;
                if jobs.len() == 1 && !quiet {
                    say_notes(&record);
                }
            }
        }
        records.commit(illegal)?;
        progress.finish();
        log.write(Some(&folder.join("errors.jsonl")))?;
        journal.remove()
    }

    fn write_pair(&self, job: &Job, folder: &Path, journal: &Journal) -> Result<()> {
        let (zh, en) = job.load(&self.reading)?;
        let path = job.path(folder, self.format);
        let stands = self.format.files(&path).iter().all(|file| file.exists());
        if stands && journal.has(&job.id, &zh.checksum, &en.checksum) {
            return Ok(());
        }
        let Aligned { rows, record } = align_documents(&job.id, &zh, &en, self.split, &self.lexicon)?;
        if let Some(parent) = path.parent() {
            let made = std::fs::create_dir_all(parent);
            made.map_err(|cause| Error::write(parent.display().to_string(), &cause))?;
        }
        let mut file = File::create(&path, self.format, &self.writing)?;
        file.begin(&record)?;
        self.wanted(&rows).try_for_each(|row| file.row(row))?;
        let illegal = file.commit()?;
        journal.enter(&record, illegal)
    }
}

/// Rows on their way to one place.
enum Sheet {
    File(File),
    Stdout(Writer<BufWriter<io::Stdout>>),
}

impl Sheet {
    fn create(path: Option<&Path>, format: Format, settings: &Settings) -> Result<Sheet> {
        match path {
            Some(path) => File::create(path, format, settings).map(Sheet::File),
            None if format.extensions().len() > 1 => {
                let cause = format!("{format} is written to {} files", format.extensions().len());
                Err(Error::new(Kind::Usage, "--format", cause).remedy("name them with -o PATH"))
            }
            None => {
                let writer = Writer::create(format, vec![BufWriter::new(io::stdout())], settings);
                writer.map(Sheet::Stdout).map_err(|cause| stdout(&cause))
            }
        }
    }

    fn begin(&mut self, record: &Record) -> Result<()> {
        match self {
            Sheet::File(file) => file.begin(record),
            Sheet::Stdout(writer) => writer.begin(record).map_err(|cause| stdout(&cause)),
        }
    }

    fn row(&mut self, row: &Row) -> Result<()> {
        match self {
            Sheet::File(file) => file.row(row),
            Sheet::Stdout(writer) => writer.row(row).map_err(|cause| stdout(&cause)),
        }
    }

    fn commit(self) -> Result<usize> {
        match self {
            Sheet::File(file) => file.commit(),
            Sheet::Stdout(writer) => {
                let finished = writer.finish().map_err(|cause| stdout(&cause))?;
                for mut output in finished.outputs {
                    io::Write::flush(&mut output).map_err(|cause| stdout(&cause))?;
                }
                Ok(finished.illegal)
            }
        }
    }
}

fn stdout(cause: &io::Error) -> Error {
    Error::write("standard output", cause)
}

/// The manifest on its way to its file.
struct Records {
    writer: manifest::Writer<Output>,
    path: PathBuf,
}

impl Records {
    fn create(path: &Path, head: &Head) -> Result<Records> {
        let writer = manifest::Writer::new(Output::create(path)?, head);
        let writer = writer.map_err(|cause| Error::write(path.display().to_string(), &cause))?;
        Ok(Records {
            writer,
            path: path.to_owned(),
        })
    }

    fn add(&mut self, record: &Record) -> Result<()> {
        let added = self.writer.record(record);
        added.map_err(|cause| Error::write(self.path.display().to_string(), &cause))
    }

    fn commit(self, illegal: usize) -> Result<()> {
        let output = self.writer.finish(illegal);
        output
            .map_err(|cause| Error::write(self.path.display().to_string(), &cause))?
            .commit()
    }
}

/// What went wrong, for people at once and for `errors.jsonl` at the end.
struct Log {
    failures: Vec<Failure>,
    failed: usize,
}

#[derive(serde::Serialize)]
struct Failure {
    #[serde(rename = "doc_pair_id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(flatten)]
    error: Error,
}

impl Log {
    fn fail(&mut self, job: &Job, error: Error, jobs: usize) -> Result<()> {
        if jobs > 1 {
            say_error(&error);
        }
        self.failed += 1;
        self.failures.push(Failure {
            id: Some(job.id.clone()),
            error,
        });
        Ok(())
    }

    /// Writes the file, or takes away the one that an earlier run left.
    fn write(&self, path: Option<&Path>) -> Result<()> {
        let Some(path) = path else { return Ok(()) };
        if self.failures.is_empty() {
            return match std::fs::remove_file(path) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                    Err(Error::write(path.display().to_string(), &cause))
                }
                _ => Ok(()),
            };
        }
        let lines: String = self
            .failures
            .iter()
            .map(|failure| json!(failure).to_string() + "\n")
            .collect();
        output::write(path, lines.as_bytes())
    }
}

/// `novel.manifest.json` beside `novel.tsv.gz`.
fn beside(path: &Path, extension: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name
        .strip_suffix(".gz")
        .or(name.strip_suffix(".zst"))
        .unwrap_or(&name);
    let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}.{extension}"))
}

fn format_of(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_string_lossy();
    let name = name
        .strip_suffix(".gz")
        .or(name.strip_suffix(".zst"))
        .unwrap_or(&name);
    let extension = Path::new(name).extension()?;
    Format::ALL
        .into_iter()
        .find(|format| format.extensions().len() == 1 && extension == format.extensions()[0])
}

fn say_notes(record: &Record) {
    record
        .zh
        .notes
        .iter()
        .chain(&record.en.notes)
        .for_each(|note| say_note(note));
    for dropped in &record.dropped {
        let source = if dropped.side == duizhao::language::Side::Zh {
            &record.zh.source
        } else {
            &record.en.source
        };
        say_note(&format!(
            "{source}: sentence {} is kept out: {}",
            dropped.id, dropped.reason
        ));
    }
}
