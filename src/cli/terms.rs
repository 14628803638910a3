//! `duizhao terms`: corpora in, their bilingual terms out, those that are rendered in several ways first.

use super::input::OwnLexicons;
use super::stream::{open, say_left};
use super::{Outcome, to_place};
use clap::{Args, ValueEnum};
use duizhao::audit::Glossary;
use duizhao::corpus::text::one_line;
use duizhao::error::{Error, Kind, Result};
use duizhao::ingest::name::uncompressed;
use duizhao::terms::{Finder, Rendering, Settings, Term};
use serde_json::json;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(
    after_help = "A table with a line for each English rendering of a Chinese term: the term, the rendering, status and note, \
how often and in how many documents that rendering stands, how often the term does, in how many ways it is rendered, the \
log-likelihood ratio of the two against chance, other Chinese terms with the same rendering, and a row as an example. The \
terms that are rendered by different words most often come first.

The most frequent rendering is `required`, the others `allowed`: gone through by a person, the table is a glossary for \
`audit --glossary`, and TBX goes into a termbase. All rows are held in memory, about a kilobyte for each.

Examples:
  duizhao terms memory.tmx.gz | head -n 50
  duizhao align reports/ -o corpus/ && duizhao terms corpus/*.tsv > terms.tsv
  duizhao terms memory.tmx.gz -o terms.tbx"
)]
pub struct Arguments {
    /// The corpora to look through, as one
    #[arg(default_value = "-")]
    inputs: Vec<PathBuf>,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format to write [default: by the output's extension, else tsv]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Times that a term must occur at least
    #[arg(long, value_name = "N", default_value = "3")]
    least: NonZeroUsize,
    /// Terms to link words by, or a lexicon that `lexicon train` made (may be given several times)
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<String>,
    /// The format of the corpora [default: by the extension, else tsv]
    #[arg(long, value_name = "FORMAT")]
    from: Option<duizhao::corpus::Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Tsv,
    Json,
    /// A termbase, TBX-Basic of 2008, which most tools of translators read: terms, renderings, status
    Tbx,
}

impl Arguments {
    fn format(&self) -> Result<Format> {
        let Some(path) = self.output.as_deref().filter(|path| path.to_str() != Some("-")) else {
            return Ok(self.format.unwrap_or(Format::Tsv));
        };
        let name = path.to_string_lossy();
        let extension = Path::new(uncompressed(&name)).extension();
        match (self.format, extension.and_then(|extension| extension.to_str())) {
            (Some(format), _) => Ok(format),
            (None, None | Some("tsv" | "txt")) => Ok(Format::Tsv),
            (None, Some("json")) => Ok(Format::Json),
            (None, Some("tbx")) => Ok(Format::Tbx),
            (None, Some(other)) => {
                let cause = format!("does not say a format by .{other}");
                Err(Error::new(Kind::Usage, &*name, cause).remedy("say it with --format"))
            }
        }
    }
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let format = arguments.format()?;
    let lexicon = OwnLexicons::open(&arguments.lexicon)?.lexicon()?;
    let mut finder = Finder::new(&lexicon);
    for input in &arguments.inputs {
        let mut rows = open(input, arguments.from)?;
        for row in rows.by_ref() {
            finder.add(&row?);
        }
        say_left(input, rows.left(), quiet);
    }
    let terms = finder.terms(&Settings {
        least: arguments.least.get(),
        ..Settings::default()
    });
    to_place(arguments.output.as_deref(), |out| match format {
        Format::Tsv => tsv(out, &terms, &finder),
        Format::Json => json(out, &terms, &finder),
        Format::Tbx => Glossary::of(&terms).write_tbx(out),
    })
}

const COLUMNS: [&str; 12] = [
    "zh",
    "en",
    "status",
    "note",
    "count",
    "documents",
    "of",
    "ways",
    "association",
    "also",
    "zh_example",
    "en_example",
];

fn tsv(out: &mut dyn Write, terms: &[Term], finder: &Finder) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join("\t"))?;
    for term in terms {
        for (place, rendering) in term.renderings.iter().enumerate() {
            let (zh, en) = example(rendering, finder);
            let fields = [
                term.zh.clone(),
                rendering.en.clone(),
                status(place).into(),
                String::new(),
                rendering.count.to_string(),
                rendering.documents.to_string(),
                term.count.to_string(),
                term.renderings.len().to_string(),
                format!("{:.1}", rendering.association),
                rendering.also.join(" "),
                one_line(zh).0.into_owned(),
                one_line(en).0.into_owned(),
            ];
            writeln!(out, "{}", fields.join("\t"))?;
        }
    }
    Ok(())
}

/// What the audit may make of a rendering before a person says more.
fn status(place: usize) -> &'static str {
    if place == 0 { "required" } else { "allowed" }
}

fn example<'f>(rendering: &Rendering, finder: &'f Finder) -> (&'f str, &'f str) {
    rendering
        .places
        .first()
        .map_or(("", ""), |place| finder.texts(place.row))
}

fn json(out: &mut dyn Write, terms: &[Term], finder: &Finder) -> io::Result<()> {
    let rendering = |rendering: &Rendering| {
        let (zh, en) = example(rendering, finder);
        json!({
            "en": rendering.en, "count": rendering.count, "documents": rendering.documents,
            "association": rendering.association, "differs": rendering.differs, "also": rendering.also,
            "example": {"zh": zh, "en": en},
        })
    };
    let term = |term: &Term| {
        json!({
            "zh": term.zh, "count": term.count, "documents": term.documents,
            "renderings": term.renderings.iter().map(rendering).collect::<Vec<_>>(),
        })
    };
    let terms: Vec<_> = terms.iter().map(term).collect();
    serde_json::to_writer_pretty(&mut *out, &json!({"schema": 1, "terms": terms}))?;
    writeln!(out)
}
