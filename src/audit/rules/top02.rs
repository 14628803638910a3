//! Who asked for a meeting or a call, and on which day it was: 应约 in one readout, nothing of the kind in the other.
//!
//! 应约 says that a call or a meeting was at the other side's request, and 应邀 that a visit was at its invitation; "at the
//! request of" and "at his invitation" say so in English. Who asked whom is what each side likes to tell in its own way: where
//! one source says it and another does not, a notice names both. A day that sources give differently at their beginning is a
//! notice, too: it may be a time zone.
//!
//! Passed over: excerpts and other versions, as TOP01 passes them over; sources that give no day. Where a meeting took place
//! is compared as every place is, by NAM01, in what both sources say.

use super::super::event::file;
use super::super::finding::{Remark, Severity};
use super::top01::is_whole;
use super::{Check, Mode, Rule};
use crate::compare::{Event, Source};
use crate::language::Side;
use crate::script::fold_text;
use crate::value::date::Date;
use crate::value::values;

pub(super) const RULE: Rule = Rule {
    code: "TOP02",
    title: "who asked for it, and on which day",
    severity: Severity::Info,
    modes: Mode::COMPARABLE,
    source: include_str!("top02.rs"),
    checks: &[Check::Event(check)],
};

/// At whose wish something took place, as each language says it.
struct Wish {
    what: &'static str,
    zh: &'static [&'static str],
    /// What may stand some characters behind 应.
    zh_behind: &'static [&'static str],
    en: &'static [&'static str],
}

const WISHES: [Wish; 2] = [
    Wish {
        what: "at the other side's request",
        zh: &["应约"],
        zh_behind: &["请求", "要求", "提议"],
        en: &[
            "at the request of",
            "at his request",
            "at her request",
            "at their request",
            "at its request",
            "'s request",
        ],
    },
    Wish {
        what: "at the other side's invitation",
        zh: &["应邀"],
        zh_behind: &["邀请"],
        en: &[
            "at the invitation of",
            "at his invitation",
            "at her invitation",
            "at their invitation",
            "at its invitation",
            "'s invitation",
        ],
    },
];
/// Characters between 应 and what the other side uttered: 应俄罗斯总统普京邀请.
const FAR: usize = 20;
/// Characters that make a word with 应 behind or before them: 反应, 应该.
const BEFORE: &str = "反响适相供回效感答理";
const BEHIND: &str = "该当对用有急";
/// Passages in which a source says when it was.
const BEGINNING: usize = 3;

fn check(event: &Event) -> Vec<Remark> {
    let whole: Vec<&Source> = (0..event.sources.len())
        .filter(|&source| is_whole(event, source))
        .map(|source| &event.sources[source])
        .collect();
    let wishes = WISHES.iter().filter_map(|wish| asked(&whole, wish));
    wishes.chain(days(&whole)).collect()
}

/// A wish that some sources tell of and others do not.
fn asked(sources: &[&Source], wish: &Wish) -> Option<Remark> {
    let (tellers, silent): (Vec<&Source>, Vec<&Source>) =
        sources.iter().partition(|source| wish.told(source).is_some());
    let teller = tellers.first()?;
    let silent: Vec<&str> = silent
        .iter()
        .map(|source| file(&source.document.source))
        .collect();
    let name = file(&teller.document.source);
    (!silent.is_empty()).then(|| {
        let message = format!(
            "{name} says that it was {}; not found in {}",
            wish.what,
            silent.join(", ")
        );
        Remark::new(&teller.document.source, message).evidence("there", wish.told(teller).unwrap_or_default())
    })
}

impl Wish {
    /// The passage that tells of it.
    fn told<'a>(&self, source: &Source<'a>) -> Option<&'a str> {
        let mut texts = source.passages.iter().map(|passage| passage.text);
        texts.find(|text| self.is_in(text, source.side))
    }

    fn is_in(&self, text: &str, side: Side) -> bool {
        match side {
            Side::En => {
                let lower = text.to_lowercase().replace('’', "'");
                self.en.iter().any(|said| lower.contains(said))
            }
            Side::Zh => {
                let folded = fold_text(text);
                let uttered = |(at, found): (usize, &str)| {
                    let before = folded[..at].chars().next_back();
                    let behind = folded[at + found.len()..].chars();
                    let clause: String = behind.take(FAR).take_while(|c| !"，。；".contains(*c)).collect();
                    let is_word = before.is_some_and(|c| BEFORE.contains(c))
                        || clause.starts_with(|c| BEHIND.contains(c));
                    !is_word && self.zh_behind.iter().any(|said| clause.contains(said))
                };
                self.zh.iter().any(|said| folded.contains(said)) || folded.match_indices('应').any(uttered)
            }
        }
    }
}

/// The first source whose day is not that of one before it.
fn days(sources: &[&Source]) -> Option<Remark> {
    let dated: Vec<(&Source, Date, String)> = sources.iter().filter_map(|source| day(source)).collect();
    let (first, date, said) = dated.first()?;
    let (other, _, other_said) = dated.iter().find(|(_, other, _)| !date.agrees(*other))?;
    let (one, two) = (file(&first.document.source), file(&other.document.source));
    let message = format!("{one} gives {said}, {two} gives {other_said}");
    Some(Remark::new(&other.document.source, message))
}

/// The first day that a source gives, as it is written.
fn day<'a>(source: &'a Source<'a>) -> Option<(&'a Source<'a>, Date, String)> {
    source.passages.iter().take(BEGINNING).find_map(|passage| {
        let dates = values(passage.text, source.side).dates;
        let dated = dates
            .into_iter()
            .find(|dated| dated.date.month.is_some() && dated.date.day.is_some())?;
        Some((source, dated.date, dated.span.of(passage.text).to_owned()))
    })
}
