//! `duizhao split`: documents into sentences, one a line, with their places.

use super::input::{Reading, Unit};
use super::{Outcome, for_each_input, say_note, to_stdout};
use clap::Args;
use duizhao::corpus::text::one_line;
use duizhao::error::Result;
use duizhao::pipeline::load;
use duizhao::split::{Sentence, split};
use std::io::{self, Write};

#[derive(Args)]
#[command(
    after_help = "Writes TSV: document, sentence (paragraph.sentence), first byte, byte behind the last, language, \
text. Bytes are those of the text as it was read: decoded, with LF line ends, without mark-up.

Example: duizhao split novel.txt | cut -f 6"
)]
pub struct Arguments {
    /// Documents; `-` is standard input
    #[arg(required = true)]
    inputs: Vec<String>,
    /// The unit to cut into
    #[arg(long, value_enum, default_value = "sentence")]
    split: Unit,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let settings = arguments.reading.settings()?;
    to_stdout(|out| writeln!(out, "document\tsentence\tstart\tend\tlanguage\ttext"))?;
    for_each_input(&arguments.inputs, |path| {
        let document = load(path, &settings)?.document;
        if !quiet {
            document.notes.iter().for_each(say_note);
        }
        to_stdout(|out| {
            split(&document, arguments.split.split())
                .iter()
                .try_for_each(|sentence| line(out, &document.address(sentence.span), sentence))
        })
    })
}

fn line(out: &mut dyn Write, source: &str, sentence: &Sentence) -> io::Result<()> {
    let (start, end) = (sentence.span.start(), sentence.span.end());
    let (paragraph, number) = (sentence.segment + 1, sentence.number + 1);
    let (lang, text) = (sentence.lang.tag(), one_line(sentence.text).0);
    writeln!(
        out,
        "{source}\t{paragraph}.{number}\t{start}\t{end}\t{lang}\t{text}"
    )
}
