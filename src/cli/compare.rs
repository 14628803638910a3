//! `duizhao compare`: documents of one event in; what they share, and what one alone says, out.

use super::input::{OwnLexicon, Reading, Unit};
use super::{Outcome, say_note, to_stdout};
use clap::{Args, ValueEnum};
use duizhao::compare::{Event, page};
use duizhao::corpus::output::Output;
use duizhao::corpus::text::one_line;
use duizhao::corpus::{Pair, Text, links};
use duizhao::error::{Error, Kind, Result};
use duizhao::ingest::{self, Document, bundle};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::load;
use duizhao::split::Split;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(
    after_help = "For texts that are no translations of each other: readouts of both sides, press coverage. INPUT is
  files              documents of one event, in either language
  a folder           the documents in it
  one file           a bundle of documents, one after the other

Labels: same, part (a part of one passage), topic (a candidate; it is not shown that both say the same). What is not found
in a source is not found there, which does not mean that the source denies it.

Examples:
  duizhao compare event/ -o event.html
  duizhao compare readout.zh.txt readout.en.txt coverage.en.txt --format json
  duizhao compare --split line --format links readout.zh readout.en"
)]
pub struct Arguments {
    /// Documents of one event: files, a folder, or a bundle
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// [default: by the output's extension, else tsv]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The unit to link
    #[arg(long, value_enum, default_value = "sentence")]
    split: Unit,
    /// Terms to go by, a line of Chinese, a tab, English each; or a lexicon that `lexicon train` made
    #[arg(long, value_name = "FILE")]
    lexicon: Option<String>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The parallel TSV of what is the same at least in part, with a column `label`
    Tsv,
    /// A table of all links and candidates, by the numbers of sentences or lines, from 0
    Links,
    /// Everything: sources, links with evidence, quotations, gaps, who says what
    Json,
    /// A page to read side by side
    Html,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let format = arguments.format()?;
    let own = arguments.lexicon.as_deref().map(OwnLexicon::open).transpose()?;
    let lexicon = match &own {
        Some(own) => own.lexicon()?,
        None => Lexicon::embedded().clone(),
    };
    let split = arguments.split.split();
    let documents = documents(&arguments.inputs, split, &arguments.reading.settings()?)?;
    if !quiet {
        documents
            .iter()
            .flat_map(|document| &document.notes)
            .for_each(say_note);
    }
    let event = Event::compare(&documents, split, &lexicon)?;
    let write = |out: &mut dyn Write| match format {
        Format::Tsv => table(out, &event),
        Format::Links => link_table(out, &event),
        Format::Json => writeln!(out, "{:#}", report(&event)),
        Format::Html => page::write(out, event.sources[0].title(), &event),
    };
    match &arguments.output {
        None => to_stdout(|out| write(out)),
        Some(path) => {
            let mut output = Output::create(path.clone())?;
            write(&mut output).map_err(|cause| Error::write(path.display().to_string(), &cause))?;
            output.commit()?;
            Ok(Outcome::Done)
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

/// The documents that the inputs hold; lines are taken as they are, and other files may be bundles.
fn documents(inputs: &[String], split: Split, settings: &ingest::Settings) -> Result<Vec<Document>> {
    let mut documents = Vec::new();
    for input in inputs {
        let files = if Path::new(input).is_dir() {
            files(input)?
        } else {
            vec![input.clone()]
        };
        for file in files {
            let document = load(&file, settings)?.document;
            match split {
                Split::Line => documents.push(document),
                _ => documents.extend(bundle::cut(document)),
            }
        }
    }
    if documents.len() < 2 {
        let error = Error::new(
            Kind::Unpaired,
            inputs.join(" "),
            "one document, which there is nothing to compare with",
        );
        return Err(error.remedy("give the documents of one event"));
    }
    Ok(documents)
}

/// The files of a folder, by name; hidden ones are passed over.
fn files(folder: &str) -> Result<Vec<String>> {
    let failed = |cause: io::Error| Error::read(folder, &cause);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !is_hidden {
            files.push(path.display().to_string());
        }
    }
    files.sort();
    Ok(files)
}

fn table(out: &mut dyn Write, event: &Event) -> io::Result<()> {
    let text = |source: usize| Text {
        document: event.sources[source].document,
        sentences: &event.sources[source].passages,
    };
    let side = |source: usize| event.sources[source].side;
    let of_both = event
        .pairs
        .iter()
        .filter(|pair| (side(pair.zh), side(pair.en)) == (Side::Zh, Side::En));
    let mut rows = Vec::new();
    for pair in of_both {
        let (zh, en) = (text(pair.zh), text(pair.en));
        let id = format!("{}-{}", zh.document.id, en.document.id);
        rows.extend(links::link_rows(&Pair { id: &id, zh, en }, &pair.links));
    }
    links::write(out, &rows)
}

/// Documents are named where there are more than two.
fn link_table(out: &mut dyn Write, event: &Event) -> io::Result<()> {
    let are_named = event.sources.len() > 2;
    writeln!(
        out,
        "zh\ten\tscore\tlabel\tevidence{}",
        if are_named { "\tzh_url\ten_url" } else { "" }
    )?;
    for pair in &event.pairs {
        let (zh, en) = (&event.sources[pair.zh], &event.sources[pair.en]);
        for link in &pair.links {
            let (from, to) = (zh.passages[link.zh].index, en.passages[link.en].index);
            let evidence = page::evidence(&link.evidence);
            write!(
                out,
                "{from}\t{to}\t{:.4}\t{}\t{evidence}",
                link.score,
                link.label.name()
            )?;
            if are_named {
                let name = |source: &str| one_line(source).0.into_owned();
                write!(
                    out,
                    "\t{}\t{}",
                    name(&zh.document.source),
                    name(&en.document.source)
                )?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

fn report(event: &Event) -> Value {
    let sources: Vec<Value> = (0..event.sources.len()).map(|at| source(event, at)).collect();
    let pairs: Vec<Value> = event
        .pairs
        .iter()
        .map(|pair| json!({"zh": pair.zh, "en": pair.en, "links": pair.links}))
        .collect();
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
        "passages": passages,
        "not_found_elsewhere": event.gaps(at),
    })
}
