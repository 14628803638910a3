//! `duizhao detect`: how files are read, before anything is aligned.

use super::input::Reading;
use super::{Outcome, for_each_input, say_note, to_stdout};
use clap::Args;
use duizhao::corpus::text::one_line;
use duizhao::error::Result;
use duizhao::ingest::{Document, bundle};
use duizhao::pipeline::load;
use std::io::{self, Write};

#[derive(Args)]
#[command(after_help = "Writes TSV with three kinds of line:
  file      name, encoding, how it was found (valid, mark, declared, guessed, given), number of documents
  document  name, language, date, title
  segment   document, number, language, kind, first byte, byte behind the last, how its text begins

Example: duizhao detect bundle.txt | grep ^document")]
pub struct Arguments {
    /// Documents, or bundles of several documents; `-` is standard input
    #[arg(required = true)]
    inputs: Vec<String>,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let settings = arguments.reading.settings()?;
    for_each_input(&arguments.inputs, |path| {
        let document = load(path, &settings)?.document;
        let encoding = document.encoding.clone();
        let documents = bundle::cut(document);
        to_stdout(|out| {
            let found = format!("{:?}", encoding.found).to_lowercase();
            writeln!(
                out,
                "file\t{path}\t{}\t{found}\t{}",
                encoding.name,
                documents.len()
            )?;
            documents.iter().try_for_each(|document| describe(out, document))
        })?;
        if !quiet {
            documents
                .iter()
                .flat_map(|document| &document.notes)
                .for_each(say_note);
        }
        Ok(Outcome::Done)
    })
}

fn describe(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let date = document.date.map(|date| date.to_string()).unwrap_or_default();
    let side = document
        .segments
        .iter()
        .find(|segment| segment.lang.side() == document.side());
    let lang = side.map_or("und", |segment| segment.lang.tag());
    let title = document.title.as_deref().unwrap_or_default();
    writeln!(
        out,
        "document\t{}\t{lang}\t{date}\t{}",
        document.source,
        one_line(title).0
    )?;
    for (number, segment) in document.segments.iter().enumerate() {
        let kind = format!("{:?}", segment.kind).to_lowercase();
        let (start, end) = (segment.span.start(), segment.span.end());
        let text: String = one_line(segment.span.of(&document.text))
            .0
            .chars()
            .take(40)
            .collect();
        let (source, lang) = (&document.source, segment.lang.tag());
        writeln!(
            out,
            "segment\t{source}\t{}\t{lang}\t{kind}\t{start}\t{end}\t{text}",
            number + 1
        )?;
    }
    Ok(())
}
