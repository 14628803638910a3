//! `duizhao doctor`: is this program whole, and does it do what it did when it was built?

use super::{Outcome, to_stdout};
use duizhao::error::Result;
use duizhao::ingest::{Settings, Source};
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::{align_documents, read};
use duizhao::split::Split;

const ZH: &str = "五月八日，码头上来了三百多人。“船呢？”老周问。没有人回答。潮水退了，泥滩上只剩下一只旧鞋。";
const EN: &str = "On May 8, more than three hundred people came to the wharf. \"Where is the boat?\" Old Zhou asked, \
                  but no one answered. The tide had gone out. Only an old shoe was left on the mud.";
const ANSWER: [&str; 3] = ["1-1", "2-1", "1-2"];

pub fn run() -> Result<Outcome> {
    let lexicon = Lexicon::embedded();
    let (zh_words, en_words, pairs) = lexicon.size();
    let settings = Settings::default();
    let source = |name: &str, text: &str| Source {
        name: name.into(),
        bytes: text.into(),
    };
    let zh = read(source("doctor.zh.txt", ZH), &settings)?;
    let en = read(source("doctor.en.txt", EN), &settings)?;
    let aligned = align_documents("doctor", &zh, &en, Split::Sentence, lexicon, 0.0)?;
    let beads: Vec<&str> = aligned.rows.iter().map(|row| row.align_type.as_str()).collect();
    let well = beads == ANSWER;
    to_stdout(|out| {
        writeln!(out, "version\t{}", env!("CARGO_PKG_VERSION"))?;
        writeln!(
            out,
            "lexicon\t{pairs} pairs of {zh_words} Chinese and {en_words} English words"
        )?;
        writeln!(out, "checksum\t{}", lexicon.checksum())?;
        writeln!(out, "threads\t{}", rayon::current_num_threads())?;
        let verdict = if well { "as expected" } else { "not as expected" };
        writeln!(out, "built-in pair\t{} ({verdict})", beads.join(" "))
    })?;
    Ok(if well { Outcome::Done } else { Outcome::Failed })
}
