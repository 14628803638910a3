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
use crate::compare::{Event, Statement};

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
    let of = |&source: &usize| {
        [
            alone(event, source),
            untold(event, source, statements),
            named_alone(event, source, names),
            unnamed(event, source, names),
        ]
    };
    whole.iter().flat_map(of).flatten().collect()
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
fn untold(event: &Event, source: usize, statements: &[Statement]) -> Option<Remark> {
    let name = |source: usize| file(&event.sources[source].document.source);
    let tellers = |statement: &Statement| -> Vec<usize> {
        let found = statement.found.iter().enumerate();
        let told = found.filter(|(other, label)| label.is_some() && is_whole(event, *other));
        told.map(|(other, _)| other).collect()
    };
    let missing: Vec<(&Statement, Vec<usize>)> = statements
        .iter()
        .map(|statement| (statement, tellers(statement)))
        .filter(|(_, tellers)| tellers.len() >= 2 && !tellers.contains(&source))
        .collect();
    let message = match missing.len() {
        0 => return None,
        1 => format!(
            "a statement that other sources share was not found in {}",
            name(source)
        ),
        count => format!(
            "{count} statements that other sources share were not found in {}",
            name(source)
        ),
    };
    let shown = missing.iter().take(SHOWN);
    Some(shown.fold(
        Remark::new(&event.sources[source].document.source, message),
        |remark, (statement, tellers)| {
            let names: Vec<&str> = tellers.iter().map(|&teller| name(teller)).collect();
            let text = event.sources[statement.source].passages[statement.passage].text;
            remark.evidence("elsewhere", format!("{}: {text}", names.join(", ")))
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

/// Names that two others give and this one does not.
fn unnamed(event: &Event, source: usize, names: &[Named]) -> Option<Remark> {
    let name = |source: usize| file(&event.sources[source].document.source);
    let tellers = |named: &Named| -> Vec<usize> {
        let counts = named.counts.iter().enumerate();
        let told = counts.filter(|(other, count)| **count > 0 && is_whole(event, *other));
        told.map(|(other, _)| other).collect()
    };
    let missing: Vec<(&Named, Vec<usize>)> = names
        .iter()
        .filter(|named| named.counts[source] == 0)
        .map(|named| (named, tellers(named)))
        .filter(|(_, tellers)| tellers.len() >= 2)
        .collect();
    let message = match missing.len() {
        0 => return None,
        1 => format!(
            "a name that other sources share was not found in {}",
            name(source)
        ),
        count => format!(
            "{count} names that other sources share were not found in {}",
            name(source)
        ),
    };
    let shown = missing.iter().take(SHOWN);
    Some(shown.fold(
        Remark::new(&event.sources[source].document.source, message),
        |remark, (named, tellers)| {
            let names: Vec<&str> = tellers.iter().map(|&teller| name(teller)).collect();
            remark.evidence("elsewhere", format!("{}: {}", names.join(", "), named.shown()))
        },
    ))
}

/// Numbers in order into runs without a gap.
fn runs(numbers: &[usize]) -> Vec<&[usize]> {
    numbers.chunk_by(|one, next| one + 1 == *next).collect()
}
