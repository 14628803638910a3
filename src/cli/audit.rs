//! `duizhao audit`: documents or a corpus in, findings out.

use super::events::{self, Job};
use super::input::{OwnLexicons, Reading};
use super::jobs::{Pairing, jobs};
use super::stream::{open, say_left};
use super::{Outcome, say_error, say_note};
use clap::{Args, ValueEnum};
use duizhao::audit::event::source_pairs;
use duizhao::audit::report::{self, Coverage, Format, Identity};
use duizhao::audit::{
    Auditor, CorpusNames, Finding, Glossary, Ledger, Mode, Review, Settings, Severity, Telling, rules,
};
use duizhao::batch::in_order;
use duizhao::corpus::manifest::Checksum;
use duizhao::corpus::output::Output;
use duizhao::corpus::{self, Row};
use duizhao::error::{Error, Kind, Note, Result};
use duizhao::ingest::{self, Document, Source, name::uncompressed};
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::align_documents;
use duizhao::split::Split;
use duizhao::value::date::Date;
use serde_json::{Value, json};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(
    after_help = "INPUT is a corpus in any format that `convert` reads, or several, which are audited into one report; or \
documents as `align` takes them, which are aligned first.

Examples:
  duizhao audit report.zh.txt report.en.txt
  duizhao audit corpus.tsv --only NUM,DAT --fail-on error
  duizhao audit all/*.tsv --only NAM02
  duizhao audit memory.tmx.gz --glossary terms.tbx
  duizhao audit --event readout.zh.txt readout.en.txt coverage.en.txt

Exit code 1 says that a finding reaches --fail-on. `duizhao explain CODE` says what a code means and passes over.
A row of a corpus whose column `flags` holds !NUM02 is never told of for that code."
)]
pub struct Arguments {
    /// What to audit
    #[arg(required = true, num_args = 1.., value_name = "INPUT")]
    inputs: Vec<String>,
    /// INPUT is the documents of one event, which are no translations of each other: files, a folder or a bundle; or a
    /// manifest of many events, as `compare` takes it. What a document leaves out is no error
    #[arg(long, conflicts_with = "from")]
    event: bool,
    /// INPUT is a corpus in this format [default: by its extension, unless it lists documents]
    #[arg(long, value_name = "FORMAT")]
    from: Option<corpus::Format>,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format of the report: tsv, json, sarif or html
    #[arg(long, default_value = "tsv")]
    format: Format,
    /// Look for these codes only: NUM02, or NUM for all that begin so
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    only: Vec<String>,
    /// Do not look for these codes
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    without: Vec<String>,
    /// Leave out findings below this severity
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "info")]
    least: Level,
    /// Hide what an earlier report holds (TSV or JSON), and tell of sources that changed since (JSON). In the next run give
    /// the same report again; a new one in JSON will do as well, since it names what it hid
    #[arg(long, value_name = "REPORT")]
    baseline: Option<String>,
    /// Keep the verdicts that a reviewer wrote into an earlier report (TSV or JSON); what was dismissed stays, and no longer
    /// counts. Sources that changed since are told of (JSON)
    #[arg(long, value_name = "REPORT")]
    verdicts: Option<String>,
    /// End with exit code 1 when a finding is this severe or more
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Level>,
    /// Terms that must, may or must not be used: TBX, or TSV or CSV with columns zh, en, status, note
    #[arg(long, value_name = "FILE")]
    glossary: Option<String>,
    /// Terms to align by, a line of Chinese, a tab, English each; or a lexicon that `lexicon train` made, which is mixed
    /// with the program's own (may be given several times)
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<String>,
    #[command(flatten)]
    reading: Reading,
}

impl Arguments {
    fn mode(&self) -> Mode {
        match self.event {
            true => Mode::Comparable,
            false => Mode::Translation,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Level {
    Info,
    Warning,
    Error,
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Level::Info => Severity::Info,
            Level::Warning => Severity::Warning,
            Level::Error => Severity::Error,
        }
    }
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let given = Given::of(arguments)?;
    let own = OwnLexicons::open(&arguments.lexicon)?;
    let lexicon = own.lexicon()?;
    let settings = settings(arguments)?;
    let auditor = Auditor::new(&lexicon, &settings);
    let said = said(arguments, &auditor, &own)?;
    let mut report = Report::create(arguments, &said)?;
    match given {
        Given::Events => audit_events(arguments, &lexicon, &auditor, &mut report, quiet)?,
        Given::Corpora => {
            for corpus in &arguments.inputs {
                audit_corpus(corpus, arguments.from, &auditor, &mut report, quiet)?;
            }
        }
        Given::Documents => audit_documents(arguments, &lexicon, &auditor, &mut report, quiet)?,
    }
    report.together(&auditor)?;
    report.finish()
}

/// What the inputs are.
enum Given {
    /// The sources of an event, or a manifest of events.
    Events,
    /// Rows.
    Corpora,
    /// A document pair, or a folder or a list of them.
    Documents,
}

impl Given {
    fn of(arguments: &Arguments) -> Result<Given> {
        if arguments.event {
            return Ok(Given::Events);
        }
        let mut corpora = 0;
        for input in &arguments.inputs {
            corpora += usize::from(is_corpus(input, arguments.from)?);
        }
        match arguments.inputs.len() {
            inputs if corpora == inputs => Ok(Given::Corpora),
            0..=2 => Ok(Given::Documents),
            _ => Err(Error::new(
                Kind::Usage,
                "audit",
                "more than two inputs, and not all are corpora",
            )
            .remedy(
                "give two documents or any number of corpora, or say with --event that all tell of one event",
            )),
        }
    }
}

fn settings(arguments: &Arguments) -> Result<Settings> {
    let mode = arguments.mode();
    for code in &arguments.only {
        let mut named = rules().iter().filter(|rule| rule.is_of(code)).peekable();
        if named.peek().is_some() && !named.any(|rule| rule.modes.contains(&mode)) {
            let cause = format!("{code} says nothing in mode {}", mode.name());
            return Err(Error::new(Kind::Usage, "audit", cause)
                .remedy("`duizhao explain` lists the codes with their modes"));
        }
    }
    for code in arguments.only.iter().chain(&arguments.without) {
        if !rules().iter().any(|rule| rule.is_of(code)) {
            return Err(Error::new(Kind::Usage, "audit", format!("no code {code}"))
                .remedy("`duizhao explain` lists the codes"));
        }
    }
    Ok(Settings {
        mode,
        only: arguments.only.clone(),
        without: arguments.without.clone(),
        glossary: arguments
            .glossary
            .as_deref()
            .map(glossary)
            .transpose()?
            .unwrap_or_default(),
    })
}

/// What was asked for, for the report: files with the SHA-256 of what they hold.
fn said(arguments: &Arguments, auditor: &Auditor, own: &OwnLexicons) -> Result<Value> {
    let file = |path: &Option<String>| -> Result<Value> {
        let Some(path) = path else { return Ok(Value::Null) };
        let Source { bytes, .. } = Source::open(path, &ingest::Settings::default())?;
        Ok(json!({"name": path, "sha256": Checksum::of(&bytes).sha256}))
    };
    let lexicons = arguments.lexicon.iter().zip(own.checksums());
    let lexicons: Vec<Value> = lexicons
        .map(|(name, sha256)| json!({"name": name, "sha256": sha256}))
        .collect();
    Ok(json!({
        "codes": auditor.codes(),
        "least": arguments.least.severity(),
        "glossary": file(&arguments.glossary)?,
        "baseline": file(&arguments.baseline)?,
        "verdicts": file(&arguments.verdicts)?,
        "lexicons": lexicons,
        "reading": arguments.reading.said(),
    }))
}

fn glossary(path: &str) -> Result<Glossary> {
    Glossary::read(path, &text(path)?)
}

/// A small file as text.
fn text(path: &str) -> Result<String> {
    let Source { name, bytes } = Source::open(path, &ingest::Settings::default())?;
    String::from_utf8(bytes).map_err(|cause| {
        Error::new(Kind::Decode, &name, "not valid UTF-8")
            .byte(cause.utf8_error().valid_up_to())
            .remedy("save it as UTF-8")
    })
}

/// Whether an input holds rows and not documents, by the format that was said or its name. A table may list documents
/// instead: then its first row names two files.
fn is_corpus(path: &str, from: Option<corpus::Format>) -> Result<bool> {
    use corpus::Format::{Docx, Jsonl, Tsv};
    let file = Path::new(path);
    if from.is_some() {
        return Ok(true);
    }
    if file.is_dir() || uncompressed(path).ends_with(".txt") {
        return Ok(false);
    }
    match corpus::Format::of(file) {
        Ok(Tsv | Jsonl) => Ok(!lists_documents(file)?),
        // A table of rows, too, but only where that is said.
        Ok(Docx) => Ok(false),
        Ok(format) => Ok(format.is_read()),
        Err(_) => Ok(false),
    }
}

fn lists_documents(path: &Path) -> Result<bool> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let is_file = |name: &str| !name.is_empty() && folder.join(name).is_file();
    match open(path, None).map(|mut rows| rows.next()) {
        Ok(Some(Ok(row))) => Ok(is_file(&row.src_text) || is_file(&row.trg_text)),
        Ok(None | Some(Err(_))) => Ok(false),
        // A header without texts may still be that of a list: its reader says what is amiss.
        Err(error) if error.kind == Kind::Malformed => Ok(true),
        Err(error) => Err(error),
    }
}

/// Rows that are audited together at most: a document, or a stretch of a very long one.
const LONGEST: usize = 4096;
/// Rows read ahead, so that all threads have work.
const BLOCK: usize = 16_384;

/// Streams: no more than a block of rows is held at a time.
fn audit_corpus(
    path: &str,
    from: Option<corpus::Format>,
    auditor: &Auditor,
    report: &mut Report,
    quiet: bool,
) -> Result<()> {
    let mut reader = open(Path::new(path), from)?;
    report.out.source(Identity::of_corpus(path)?);
    let ledgers = report.out_format.has_ledgers();
    loop {
        let mut stretches: Vec<Vec<Row>> = Vec::new();
        let mut held = 0;
        let mut ended = true;
        for row in reader.by_ref() {
            let row = row?;
            held += 1;
            match stretches.last_mut() {
                Some(last) if last[0].doc_pair_id == row.doc_pair_id && last.len() < LONGEST => {
                    last.push(row)
                }
                _ => stretches.push(vec![row]),
            }
            if held >= BLOCK {
                ended = false;
                break;
            }
        }
        in_order(
            &stretches,
            |rows| Ok(told(auditor, rows, None, ledgers)),
            |rows, told| report.document(rows, told?),
        )?;
        if ended {
            say_left(Path::new(path), reader.left(), quiet);
            return Ok(());
        }
    }
}

/// What is told of a document pair.
struct Told {
    findings: Vec<Finding>,
    /// Empty where the report has no place for it.
    ledger: Ledger,
    names: CorpusNames,
}

fn told(auditor: &Auditor, rows: &[Row], date: Option<Date>, has_ledgers: bool) -> Told {
    let document = auditor.read(rows, date);
    Told {
        findings: auditor.findings(&document),
        ledger: match has_ledgers {
            true => document.ledger(),
            false => Ledger::default(),
        },
        names: match auditor.looks_at_corpora() {
            true => document.names(),
            false => CorpusNames::default(),
        },
    }
}

fn audit_documents(
    arguments: &Arguments,
    lexicon: &Lexicon,
    auditor: &Auditor,
    report: &mut Report,
    quiet: bool,
) -> Result<()> {
    let reading = arguments.reading.settings()?;
    let found = jobs(&arguments.inputs, Pairing::Names, &reading, lexicon)?;
    if !quiet {
        found.notes.iter().for_each(say_note);
    }
    for error in found.unpaired {
        report.failed(&error);
    }
    let alone = found.jobs.len() == 1;
    let ledgers = report.out_format.has_ledgers();
    in_order(
        &found.jobs,
        |job| {
            let (zh, en) = job.load(&reading)?;
            let aligned = align_documents(&job.id, &zh, &en, Split::Sentence, lexicon, 0.0)?;
            let date: Option<Date> = zh.document.date.or(en.document.date);
            let sources = [&zh, &en].map(|loaded| Identity::of(&loaded.document, &loaded.checksum));
            let told = told(auditor, &aligned.rows, date, ledgers);
            Ok((sources, aligned.rows, told))
        },
        |_, found| match found {
            Ok((sources, rows, told)) => {
                sources.into_iter().for_each(|source| report.out.source(source));
                report.document(&rows, told)
            }
            Err(error) if alone => Err(error),
            Err(error) => {
                report.failed(&error);
                Ok(())
            }
        },
    )
}

/// The sources of each event against each other: each Chinese one against each English one.
fn audit_events(
    arguments: &Arguments,
    lexicon: &Lexicon,
    auditor: &Auditor,
    report: &mut Report,
    quiet: bool,
) -> Result<()> {
    let reading = arguments.reading.settings()?;
    let (jobs, alone) = match &arguments.inputs[..] {
        [manifest] if manifest.ends_with(".tsv") => (events::listed(manifest)?, false),
        inputs => {
            let (documents, failed) = events::documents(inputs, Split::Sentence, &reading)?;
            if let Some(error) = failed.into_iter().next() {
                return Err(error);
            }
            (vec![Job::of(documents)], true)
        }
    };
    let ledgers = report.out_format.has_ledgers();
    in_order(
        &jobs,
        |job| {
            let documents = job.documents(Split::Sentence, &reading)?;
            AuditedEvent::new(&job.id, &documents, lexicon, auditor, ledgers)
        },
        |_, audited| match audited {
            Ok(audited) => report.event(audited, quiet),
            Err(error) if alone => Err(error),
            Err(error) => {
                report.failed(&error);
                Ok(())
            }
        },
    )
}

/// An event on its way into the report.
struct AuditedEvent {
    sources: Vec<Identity>,
    notes: Vec<Note>,
    coverage: Coverage,
    findings: Vec<Finding>,
    pairs: Vec<(Vec<Row>, Told)>,
}

impl AuditedEvent {
    fn new(
        name: &str,
        documents: &[Document],
        lexicon: &Lexicon,
        auditor: &Auditor,
        ledgers: bool,
    ) -> Result<AuditedEvent> {
        let event = events::compare(documents, Split::Sentence, lexicon)?;
        let telling = Telling::new(&event, lexicon);
        let pairs = source_pairs(name, &event).into_iter().map(|pair| {
            let mut told = told(auditor, &pair.linked, pair.date, ledgers);
            told.findings.retain(|finding| pair.shares(finding));
            ([pair.linked, pair.alone].concat(), told)
        });
        Ok(AuditedEvent {
            sources: documents.iter().map(Identity::of_member).collect::<Result<_>>()?,
            notes: documents
                .iter()
                .flat_map(|document| document.notes.clone())
                .collect(),
            coverage: Coverage::new(name, &telling),
            findings: auditor.event(&telling),
            pairs: pairs.collect(),
        })
    }
}

/// A file that appears whole or not at all, or standard output.
enum Place {
    File(Output),
    Stdout(BufWriter<io::Stdout>),
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Place::File(file) => file.write(bytes),
            Place::Stdout(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Place::File(file) => file.flush(),
            Place::Stdout(out) => out.flush(),
        }
    }
}

/// The report on its way out.
struct Report {
    out: report::Report<Place>,
    out_format: Format,
    place: String,
    least: Severity,
    fail_on: Option<Severity>,
    baseline: Review,
    verdicts: Review,
    names: CorpusNames,
    reached: bool,
    failed: bool,
}

impl Report {
    fn create(arguments: &Arguments, said: &Value) -> Result<Report> {
        let (out, place) = match &arguments.output {
            None => (
                Place::Stdout(BufWriter::new(io::stdout())),
                "standard output".into(),
            ),
            Some(path) => (Place::File(Output::create(path)?), path.display().to_string()),
        };
        let review = |path: &Option<String>| -> Result<Review> {
            let read = |path: &String| Review::read(path, &text(path)?);
            Ok(path.as_ref().map(read).transpose()?.unwrap_or_default())
        };
        Ok(Report {
            baseline: review(&arguments.baseline)?,
            verdicts: review(&arguments.verdicts)?,
            out: report::Report::new(out, arguments.format, arguments.mode(), said)
                .map_err(|cause| Error::write(&place, &cause))?,
            place,
            out_format: arguments.format,
            least: arguments.least.severity(),
            fail_on: arguments.fail_on.map(Level::severity),
            names: CorpusNames::default(),
            reached: false,
            failed: false,
        })
    }

    fn document(&mut self, rows: &[Row], told: Told) -> Result<()> {
        self.out.rows(rows);
        self.out.ledger(told.ledger);
        self.names.add(told.names);
        self.findings(&told.findings)
    }

    fn event(&mut self, audited: AuditedEvent, quiet: bool) -> Result<()> {
        if !quiet {
            audited.notes.iter().for_each(say_note);
        }
        self.out.event(audited.coverage, audited.sources);
        self.findings(&audited.findings)?;
        let mut pairs = audited.pairs.into_iter();
        pairs.try_for_each(|(rows, told)| self.document(&rows, told))
    }

    fn findings(&mut self, findings: &[Finding]) -> Result<()> {
        for finding in findings.iter().filter(|finding| finding.severity >= self.least) {
            if self.baseline.of(&finding.id).is_some() {
                self.out.known(finding);
                continue;
            }
            let opinion = self.verdicts.of(&finding.id);
            let entry = report::Entry { finding, opinion };
            let reaches = |least: Severity| finding.severity >= least && !entry.is_dismissed();
            self.reached |= self.fail_on.is_some_and(reaches);
            self.out
                .entry(&entry)
                .map_err(|cause| Error::write(&self.place, &cause))?;
        }
        Ok(())
    }

    /// What only all documents together show, and what became of the sources of earlier reports.
    fn together(&mut self, auditor: &Auditor) -> Result<()> {
        let findings = auditor.corpus(&self.names);
        self.findings(&findings)?;
        let then = [&self.baseline.sources[..], &self.verdicts.sources[..]].concat();
        let findings = auditor.sources(&then, self.out.sources());
        self.findings(&findings)
    }

    fn failed(&mut self, error: &Error) {
        say_error(error);
        self.failed = true;
    }

    fn finish(self) -> Result<Outcome> {
        let place = self.place;
        let out = self.out.finish().map_err(|cause| Error::write(&place, &cause))?;
        if let Place::File(file) = out {
            file.commit()?;
        }
        Ok(if self.reached || self.failed {
            Outcome::Failed
        } else {
            Outcome::Done
        })
    }
}
