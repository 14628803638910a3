//! Who asked for a meeting or a call, when it was and where: 应约 in one readout, nothing of the kind in the other.
//!
//! 应约 says that a call or a meeting was at the other side's request, and 应邀 that a visit was at its invitation; "at the
//! request of" and "at his invitation" say so in English. Who asked whom is what each side likes to tell in its own way: where
//! one source says it and another does not, a notice names both. A day that sources give differently at their beginning is a
//! notice, too: it may be a time zone. So is the place, where the sentences with which sources begin say that it was in
//! different ones, and neither names the other's there.
//!
//! Passed over: excerpts and other versions, as TOP01 passes them over; sources that give no day, or no place behind 在 or
//! "in" whose name TOP01 would know; a meeting "in China", which each city of China is in.

use super::super::event::file;
use super::super::finding::{Remark, Severity};
use super::super::names::Named;
use super::super::telling::Telling;
use super::top01::is_whole;
use super::{Check, Mode, Rule};
use crate::compare::Source;
use crate::language::Side;
use crate::script::fold_text;
use crate::value::date::Date;
use crate::value::values;
use std::borrow::Cow;

pub(super) const RULE: Rule = Rule {
    code: "TOP02",
    title: "who asked for it, when and where",
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

fn check(telling: &Telling) -> Vec<Remark> {
    let event = telling.event;
    let places: Vec<usize> = (0..event.sources.len())
        .filter(|&source| is_whole(event, source))
        .collect();
    let whole: Vec<&Source> = places.iter().map(|&source| &event.sources[source]).collect();
    let wishes = WISHES.iter().filter_map(|wish| asked(&whole, wish));
    wishes
        .chain(days(&whole))
        .chain(venues(telling, &places))
        .collect()
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

/// What a sentence speaks of that says where something took place.
const MEETINGS: [&str; 15] = [
    "会见",
    "会谈",
    "会晤",
    "见面",
    "举行",
    "磋商",
    "met ",
    "meet ",
    "meeting",
    "talks",
    "held",
    "hosted",
    "summit",
    "conferred",
    "sat down",
];
/// What a place stands behind.
const AT: [&str; 5] = ["在", "于", "in ", "at ", "In "];

/// A source whose place is not that of the first one that gives any.
fn venues(telling: &Telling, sources: &[usize]) -> Option<Remark> {
    let given: Vec<(usize, &Named)> = sources
        .iter()
        .filter_map(|&source| Some((source, venue(telling, source)?)))
        .collect();
    let &(first, place) = given.first()?;
    let names = |source: usize, named: &Named| {
        let form = form(named, telling.event.sources[source].side);
        !form.is_empty() && beginning(telling, source).any(|text| text.contains(form))
    };
    let &(other, other_place) = given
        .iter()
        .find(|(other, at)| *at != place && !names(*other, place) && !names(first, at))?;
    let of = |source: usize| &telling.event.sources[source].document.source;
    let message = format!(
        "{} places it in {}, {} in {}",
        file(of(first)),
        place.shown(),
        file(of(other)),
        other_place.shown()
    );
    Some(Remark::new(of(other), message))
}

fn beginning<'e>(telling: &Telling<'e>, source: usize) -> impl Iterator<Item = Cow<'e, str>> {
    let source = &telling.event.sources[source];
    let passages = source.passages.iter().take(BEGINNING);
    passages.map(|passage| match source.side {
        Side::Zh => fold_text(passage.text),
        Side::En => passage.text.into(),
    })
}

/// The name behind the first "in" of a sentence on a meeting; none that is China.
fn venue<'t>(telling: &'t Telling, source: usize) -> Option<&'t Named> {
    let side = telling.event.sources[source].side;
    let is_form = |named: &&Named| named.en != "China" && !form(named, side).is_empty();
    beginning(telling, source)
        .filter(|text| MEETINGS.iter().any(|meeting| text.contains(meeting)))
        .find_map(|text| {
            let place = |named: &Named| {
                let mut places = text.match_indices(form(named, side));
                places.find_map(|(at, _)| AT.iter().any(|before| text[..at].ends_with(before)).then_some(at))
            };
            let placed = telling.names.iter().filter(is_form);
            let placed = placed.filter_map(|named| Some((place(named)?, named)));
            placed.min_by_key(|(at, _)| *at).map(|(_, named)| named)
        })
}

/// A name as a side writes it; empty if it does not.
fn form(named: &Named, side: Side) -> &str {
    match side {
        Side::Zh => &named.zh,
        Side::En => &named.en,
    }
}
