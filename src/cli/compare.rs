//! `duizhao compare`: documents of one event in, the links between them out.

use super::input::{OwnLexicon, Reading, Unit};
use super::{Outcome, say_note, to_stdout};
use clap::Args;
use duizhao::compare::{Text, Weights, link};
use duizhao::corpus::sift;
use duizhao::error::{Error, Kind, Result};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::load;
use duizhao::split::split;

#[derive(Args)]
pub struct Arguments {
    /// Documents of one event
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// The unit to link
    #[arg(long, value_enum, default_value = "sentence")]
    split: Unit,
    #[arg(long)]
    format: Option<String>,
    /// Terms to go by, a line of Chinese, a tab, English each; or a lexicon that `lexicon train` made
    #[arg(long, value_name = "FILE")]
    lexicon: Option<String>,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: &Arguments, quiet: bool) -> Result<Outcome> {
    let settings = arguments.reading.settings()?;
    let own = arguments.lexicon.as_deref().map(OwnLexicon::open).transpose()?;
    let lexicon = match &own {
        Some(own) => own.lexicon()?,
        None => Lexicon::embedded().clone(),
    };
    let loaded: Vec<_> = arguments
        .inputs
        .iter()
        .map(|path| load(path, &settings))
        .collect::<Result<_>>()?;
    if !quiet {
        loaded
            .iter()
            .flat_map(|loaded| &loaded.document.notes)
            .for_each(say_note);
    }
    let [a, b] = &loaded[..] else {
        return Err(Error::new(Kind::Usage, "compare", "two documents"));
    };
    let (za, _) = sift(Side::Zh, split(&a.document, arguments.split.split()));
    let (eb, _) = sift(Side::En, split(&b.document, arguments.split.split()));
    let zt: Vec<&str> = za.iter().map(|s| s.text).collect();
    let et: Vec<&str> = eb.iter().map(|s| s.text).collect();
    let zh = Text::new(Side::Zh, &zt, &lexicon);
    let en = Text::new(Side::En, &et, &lexicon);
    let links = link(&zh, &en, &lexicon, Weights::embedded());
    to_stdout(|out| {
        writeln!(out, "zh\ten\tscore\tlabel")?;
        for link in &links {
            writeln!(
                out,
                "{}\t{}\t{:.4}\t{}",
                za[link.zh].index,
                eb[link.en].index,
                link.score,
                link.label.name()
            )?;
        }
        Ok(())
    })
}
