//! `duizhao compare`: documents of one event in; what they share, and what one alone says, out.

use super::account::Log;
use super::events::{self, Job};
use super::input::{OwnLexicons, Reading, Unit};
use super::{Outcome, say_note, to_stdout};
use clap::{Args, ValueEnum};
use duizhao::batch::in_order;
use duizhao::compare::{Comparison, Event, Link, Source, page};
use duizhao::corpus::output;
use duizhao::corpus::text::one_line;
use duizhao::corpus::{Pair, Text, links};
use duizhao::error::{Error, Kind, Result};
use duizhao::ingest::{Document, Settings};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use duizhao::span::Span;
use duizhao::split::{Sentence, Split};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(
    after_help = "For texts that are no translations of each other: readouts of both sides, press coverage. INPUT is
  files              documents of one event, in either language
  a folder           the documents in it
  one file           a bundle of documents, one after the other
  events.tsv         a manifest of many events, with columns `event`, `path` and, if wanted, `role`

Labels: same, part (a part of one passage), topic (a candidate; it is not shown that both say the same). What is not found
in a source is not found there, which does not mean that the source denies it.

Examples:
  duizhao compare event/ -o event.html
  duizhao compare readout.zh.txt readout.en.txt coverage.en.txt --format json
  duizhao compare --split line --format links readout.zh readout.en
  duizhao compare --group archive/ -o events/ --format html"
)]
pub struct Arguments {
    /// Documents: files, a folder, a bundle, or a manifest of events
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Where to write: a file, or for many events a folder [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// [default: by the output's extension, else tsv]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Find the events among many documents, and compare the documents of each
    #[arg(long)]
    group: bool,
    /// The unit to link
    #[arg(long, value_enum, default_value = "sentence")]
    split: Unit,
    /// Terms to go by, a line of Chinese, a tab, English each; or a lexicon that `lexicon train` made, which is mixed
    /// with the program's own (may be given several times)
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<String>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The parallel TSV, with a column `label`: what is the same or in part, and sentences that have no link (`none`)
    Tsv,
    /// A table of all links and candidates, by the numbers of sentences or lines, from 0: evidence, which links belong
    /// together, and, of longer sentences, the clauses that say the same
    Links,
    /// Everything: sources, links with evidence, quotations, gaps, who says what
    Json,
    /// A page to read side by side
    Html,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let run = Run::new(arguments, quiet)?;
    match &arguments.inputs[..] {
        [manifest] if manifest.ends_with(".tsv") => run.many(&events::listed(manifest)?, Vec::new()),
        inputs => {
            let (documents, failed) = events::documents(inputs, run.split, &run.reading)?;
            if arguments.group {
                return run.many(&events::grouped(documents, &run.lexicon)?, failed);
            }
            match failed.into_iter().next() {
                Some(error) => Err(error),
                None => run.one(documents),
            }
        }
    }
}

/// What the arguments come to.
struct Run<'a> {
    lexicon: Lexicon,
    reading: Settings,
    split: Split,
    format: Format,
    output: Option<&'a Path>,
    quiet: bool,
}

impl<'a> Run<'a> {
    fn new(arguments: &'a Arguments, quiet: bool) -> Result<Run<'a>> {
        Ok(Run {
            lexicon: OwnLexicons::open(&arguments.lexicon)?.lexicon()?,
            reading: arguments.reading.settings()?,
            split: arguments.split.split(),
            format: arguments.format()?,
            output: arguments.output.as_deref(),
            quiet,
        })
    }

    /// The documents of one event, to one place.
    fn one(&self, documents: Vec<Document>) -> Result<Outcome> {
        if !self.quiet {
            documents
                .iter()
                .flat_map(|document| &document.notes)
                .for_each(say_note);
        }
        let written = self.written(&events::compare(&documents, self.split, &self.lexicon)?)?;
        match self.output {
            None => to_stdout(|out| out.write_all(&written)),
            Some(path) => output::write(path, &written).map(|()| Outcome::Done),
        }
    }

    /// Each event to a file of its own, on all threads, and a list of who is in which. What failed before, or fails now,
    /// stops nothing else.
    fn many(&self, jobs: &[Job], failed: Vec<Error>) -> Result<Outcome> {
        let Some(folder) = self.output.filter(|path| !path.is_file()) else {
            let error = Error::new(Kind::Usage, "--output", "many events go to a folder");
            return Err(error.remedy("name one with -o FOLDER/"));
        };
        std::fs::create_dir_all(folder)
            .map_err(|cause| Error::write(folder.display().to_string(), &cause))?;
        let mut log = Log::new(failed, self.quiet);
        let mut list = String::from("event\tsource\tlang\tdate\trole\trole_is_guessed\tissuer\tversion_of\n");
        in_order(
            jobs,
            |job| {
                let documents = job.documents(self.split, &self.reading)?;
                Ok(match &documents[..] {
                    [alone] => (None, members(&job.id, &[Source::new(alone, self.split)?])),
                    documents => {
                        let event = events::compare(documents, self.split, &self.lexicon)?;
                        (Some(self.written(&event)?), members(&job.id, &event.sources))
                    }
                })
            },
            |job, done| {
                match done {
                    Ok((written, members)) => {
                        list.push_str(&members);
                        let path = folder.join(format!("{}.{}", job.id, self.format.extension()));
                        written.map_or(Ok(()), |written| output::write(&path, &written))?;
                    }
                    Err(error) => log.fail(&job.id, error),
                }
                Ok(())
            },
        )?;
        output::write(folder.join("events.tsv"), list.as_bytes())?;
        log.write(&folder.join("errors.jsonl"))?;
        Ok(if log.failed == 0 {
            Outcome::Done
        } else {
            Outcome::Failed
        })
    }

    fn written(&self, event: &Event) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        let written = match self.format {
            Format::Tsv => table(&mut out, event),
            Format::Links => link_table(&mut out, event),
            Format::Json => writeln!(out, "{:#}", report(event)),
            Format::Html => page::write(&mut out, event.sources[0].title(), event),
        };
        written.map_err(|cause| Error::write("memory", &cause))?;
        Ok(out)
    }
}

/// The lines of an event in the list of events.
fn members(event: &str, sources: &[Source]) -> String {
    let line = |source: &Source| {
        let version_of = source
            .version_of
            .map_or("", |before| &sources[before].document.source);
        let date = source
            .document
            .date
            .map_or(String::new(), |date| date.to_string());
        let fields: [&str; 8] = [
            event,
            &source.document.source,
            source.side.name(),
            &date,
            page::role(source.role),
            if source.role_is_guessed { "yes" } else { "no" },
            source.issuer.as_deref().unwrap_or_default(),
            version_of,
        ];
        fields.map(|field| one_line(field).0).join("\t") + "\n"
    };
    sources.iter().map(line).collect()
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Format::Tsv => "tsv",
            Format::Links => "links.tsv",
            Format::Json => "json",
            Format::Html => "html",
        }
    }
}

impl Arguments {
    fn format(&self) -> Result<Format> {
        let extension = self
            .output
            .as_deref()
            .and_then(Path::extension)
            .and_then(|name| name.to_str());
        match (self.format, extension) {
            (Some(format), _) => Ok(format),
            (None, None | Some("tsv" | "txt")) => Ok(Format::Tsv),
            (None, Some("json")) => Ok(Format::Json),
            (None, Some("html" | "htm")) => Ok(Format::Html),
            (None, Some(other)) => {
                let path = self
                    .output
                    .as_ref()
                    .map_or(String::new(), |path| path.display().to_string());
                let cause = format!("does not say a format by .{other}");
                Err(Error::new(Kind::Usage, path, cause).remedy("say it with --format"))
            }
        }
    }
}

/// What is linked, document pair by document pair, and then, document by document, what is linked with nothing: every
/// sentence is in a row.
fn table(out: &mut dyn Write, event: &Event) -> io::Result<()> {
    let text = |source: usize| Text {
        document: event.sources[source].document,
        sentences: &event.sources[source].passages,
    };
    let side = |source: usize| event.sources[source].side;
    let mut rows = Vec::new();
    let mut is_linked: Vec<Vec<bool>> = (0..event.sources.len())
        .map(|source| vec![false; event.sources[source].passages.len()])
        .collect();
    for pair in &event.pairs {
        if (side(pair.zh), side(pair.en)) != (Side::Zh, Side::En) {
            continue;
        }
        let (zh, en) = (text(pair.zh), text(pair.en));
        let id = format!("{}-{}", zh.document.id, en.document.id);
        let linked = links::link_rows(&Pair { id: &id, zh, en }, &pair.groups);
        rows.extend(linked.into_iter().map(|(row, label)| (row, Some(label))));
        for group in &pair.groups {
            group
                .zh
                .iter()
                .for_each(|&passage| is_linked[pair.zh][passage] = true);
            group
                .en
                .iter()
                .for_each(|&passage| is_linked[pair.en][passage] = true);
        }
    }
    for (source, is_linked) in is_linked.iter().enumerate() {
        let alone: Vec<usize> = (0..is_linked.len())
            .filter(|&passage| !is_linked[passage])
            .collect();
        let alone = links::rows_alone(side(source), &text(source), &alone);
        rows.extend(alone.into_iter().map(|row| (row, None)));
    }
    links::write(out, &rows)
}

/// A line for each pair of passages: of a group, each link has its own score. Documents are named where there are more
/// than two.
fn link_table(out: &mut dyn Write, event: &Event) -> io::Result<()> {
    let are_named = event.sources.len() > 2;
    writeln!(
        out,
        "zh\ten\tscore\tlabel\tevidence\tgroup\tzh_part\ten_part{}",
        if are_named { "\tzh_url\ten_url" } else { "" }
    )?;
    for pair in &event.pairs {
        let (zh, en) = (&event.sources[pair.zh], &event.sources[pair.en]);
        for link in &pair.links {
            let (from, to) = (&zh.passages[link.zh], &en.passages[link.en]);
            let [zh_part, en_part] = match link.group {
                Some(_) => [part(from, link.zh_part), part(to, link.en_part)],
                None => [String::new(), String::new()],
            };
            let mut fields = vec![
                from.index.to_string(),
                to.index.to_string(),
                format!("{:.4}", link.score),
                link.label.name().to_owned(),
                page::evidence(&link.evidence),
                link.group.map_or(String::new(), |group| (group + 1).to_string()),
                zh_part,
                en_part,
            ];
            if are_named {
                fields.extend([zh, en].map(|source| one_line(&source.document.source).0.into_owned()));
            }
            writeln!(out, "{}", fields.join("\t"))?;
        }
    }
    Ok(())
}

/// The words of a part, or nothing if it is all of the passage.
fn part(passage: &Sentence, part: Span) -> String {
    match part.len() < passage.text.len() {
        true => one_line(part.of(passage.text)).0.into_owned(),
        false => String::new(),
    }
}

fn report(event: &Event) -> Value {
    let sources: Vec<Value> = (0..event.sources.len()).map(|at| source(event, at)).collect();
    let pairs: Vec<Value> = event.pairs.iter().map(|pair| links_of(event, pair)).collect();
    let statements: Vec<Value> = event
        .statements()
        .iter()
        .map(|statement| {
            let cell = |cell: &Option<(_, usize)>| {
                cell.map(|(label, passage)| json!({"label": label, "passage": passage}))
            };
            let found: Vec<Option<Value>> = statement.found.iter().map(cell).collect();
            json!({"source": statement.source, "passage": statement.passage, "found": found})
        })
        .collect();
    json!({
        "schema": 1,
        "program": format!("duizhao {}", env!("CARGO_PKG_VERSION")),
        "sources": sources,
        "pairs": pairs,
        "quotes": event.quotes,
        "statements": statements,
    })
}

/// Links with the words of their parts, whose places are bytes of the passages.
fn links_of(event: &Event, pair: &Comparison) -> Value {
    let passage = |source: usize, passage: usize| event.sources[source].passages[passage].text;
    let link = |link: &Link| {
        let mut value = json!(link);
        value["zh_part"]["text"] = json!(link.zh_part.of(passage(pair.zh, link.zh)));
        value["en_part"]["text"] = json!(link.en_part.of(passage(pair.en, link.en)));
        value
    };
    let links: Vec<Value> = pair.links.iter().map(link).collect();
    json!({"zh": pair.zh, "en": pair.en, "links": links, "groups": pair.groups})
}

fn source(event: &Event, at: usize) -> Value {
    let source = &event.sources[at];
    let passages: Vec<Value> = source
        .passages
        .iter()
        .map(|passage| {
            let id = format!("{}.{}", passage.segment + 1, passage.number + 1);
            json!({"id": id, "index": passage.index, "lang": passage.lang, "text": passage.text})
        })
        .collect();
    json!({
        "source": source.document.source,
        "title": source.title(),
        "date": source.document.date.map(|date| date.to_string()),
        "side": source.side,
        "role": page::role(source.role),
        "role_is_guessed": source.role_is_guessed,
        "issuer": source.issuer,
        "version_of": source.version_of,
        "passages": passages,
        "not_found_elsewhere": event.gaps(at),
    })
}
