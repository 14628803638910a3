//! What one source of an event alone tells, and what it does not tell that others do.
//!
//! Statements are looked for in every other source, in both languages, as `duizhao compare` links them. For each source a
//! notice says how many of its statements were found in no other one, with the longest runs of them; and, where there are
//! three sources or more, how many statements that two others share were not found in it. Not found is not denied: a source
//! chose to tell of something else, or says it in words that nothing links.
//!
//! The same of names: persons, places and bodies that a source alone names, and those that two others name and it does not.
//! A name is one in both languages by its sound (芬威克, Fenwick; 沈砚秋, Shen Yanqiu), by a table of places, or by the lexicon.
//!
//! Passed over: a source of fewer than three statements, which is an excerpt; another version of a source, which tells the
//! same again; English words with a capital that are common ones; Chinese names that are neither foreign nor behind an office.

use super::super::event::file;
use super::super::finding::{Remark, Severity};
use super::super::names::Named;
use super::super::telling::Telling;
use super::nam02::times;
use super::{Check, Mode, Rule};
use crate::compare::Event;

pub(super) const RULE: Rule = Rule {
    code: "TOP01",
    title: "what one source tells and others do not",
    severity: Severity::Info,
    modes: Mode::COMPARABLE,
    source: include_str!("top01.rs"),
    checks: &[Check::Event(check)],
};

/// A source of fewer statements is an excerpt.
pub(super) const LEAST_STATEMENTS: usize = 3;
/// Runs, and statements, that a notice shows at most.
const SHOWN: usize = 5;

fn check(telling: &Telling) -> Vec<Remark> {
    let Telling {
        event,
        statements,
        names,
    } = telling;
    let whole: Vec<usize> = (0..event.sources.len())
        .filter(|&source| is_whole(event, source))
        .collect();
    let tellers = |tells: &dyn Fn(usize) -> bool| -> Vec<usize> {
        let whole = whole.iter().copied();
        whole.filter(|&source| tells(source)).collect()
    };
    let statements: Vec<Told> = statements
        .iter()
        .map(|statement| Told {
            tellers: tellers(&|source| statement.found[source].is_some()),
            text: event.sources[statement.source].passages[statement.passage]
                .text
                .into(),
        })
        .collect();
    let named: Vec<Told> = names
        .iter()
        .map(|named| Told {
            tellers: tellers(&|source| named.counts[source] > 0),
            text: named.shown(),
        })
        .collect();
    let of = |&source: &usize| {
        [
            alone(event, source),
            untold(event, source, ["statement", "statements"], &statements),
            named_alone(event, source, names),
            untold(event, source, ["name", "names"], &named),
        ]
    };
    whole.iter().flat_map(of).flatten().collect()
}

/// A statement or a name, and which whole sources have it.
struct Told {
    tellers: Vec<usize>,
    text: String,
}

/// Whether a source is neither an excerpt nor another version of one before it.
pub(super) fn is_whole(event: &Event, source: usize) -> bool {
    let source = &event.sources[source];
    source.passages.len() >= LEAST_STATEMENTS && source.version_of.is_none()
}

/// What was found in no other source.
fn alone(event: &Event, source: usize) -> Option<Remark> {
    let gaps = event.gaps(source);
    let of = &event.sources[source];
    let name = file(&of.document.source);
    let count = of.passages.len();
    let message = match gaps.len() {
        0 => return None,
        alone if alone == count => {
            format!("none of the {count} statements of {name} was found in another source")
        }
        1 => format!("one of the {count} statements of {name} was found in no other source"),
        alone => format!("{alone} of the {count} statements of {name} were found in no other source"),
    };
    let mut runs = runs(&gaps);
    runs.sort_by_key(|run| (std::cmp::Reverse(run.len()), run[0]));
    let shown = runs.iter().take(SHOWN);
    Some(
        shown.fold(Remark::new(&of.document.source, message), |remark, run| {
            let text = of.passages[run[0]].text;
            let numbers = match run.len() {
                1 => format!("{}", run[0] + 1),
                length => format!("{} to {}", run[0] + 1, run[0] + length),
            };
            remark.evidence("alone", format!("{numbers}: {text}"))
        }),
    )
}

/// What two others share and this one does not tell.
fn untold(event: &Event, source: usize, [one, many]: [&str; 2], told: &[Told]) -> Option<Remark> {
    let name = |source: usize| file(&event.sources[source].document.source);
    let is_untold = |told: &&Told| told.tellers.len() >= 2 && !told.tellers.contains(&source);
    let missing: Vec<&Told> = told.iter().filter(is_untold).collect();
    let message = match missing.len() {
        0 => return None,
        1 => format!(
            "a {one} that other sources share was not found in {}",
            name(source)
        ),
        count => format!(
            "{count} {many} that other sources share were not found in {}",
            name(source)
        ),
    };
    let shown = missing.iter().take(SHOWN);
    Some(shown.fold(
        Remark::new(&event.sources[source].document.source, message),
        |remark, told| {
            let names: Vec<&str> = told.tellers.iter().map(|&teller| name(teller)).collect();
            remark.evidence("elsewhere", format!("{}: {}", names.join(", "), told.text))
        },
    ))
}

/// Names that no other source gives.
fn named_alone(event: &Event, source: usize, names: &[Named]) -> Option<Remark> {
    let is_alone = |named: &&Named| {
        let mut others = named
            .counts
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != source);
        named.counts[source] > 0 && others.all(|(_, count)| *count == 0)
    };
    let alone: Vec<&Named> = names.iter().filter(is_alone).collect();
    let name = file(&event.sources[source].document.source);
    let message = match alone.len() {
        0 => return None,
        1 => format!("one name of {name} was found in no other source"),
        count => format!("{count} names of {name} were found in no other source"),
    };
    let shown = alone.iter().take(SHOWN);
    Some(shown.fold(
        Remark::new(&event.sources[source].document.source, message),
        |remark, named| {
            remark.evidence(
                "alone",
                format!("{}: {}", named.shown(), times(named.counts[source])),
            )
        },
    ))
}

/// Numbers in order into runs without a gap.
fn runs(numbers: &[usize]) -> Vec<&[usize]> {
    numbers.chunk_by(|one, next| one + 1 == *next).collect()
}
