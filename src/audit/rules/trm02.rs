//! One term, several renderings: 公司 is "company" in three rows and "firm" in a fourth.
//!
//! The terms are found in the document itself, as `duizhao terms` finds them: runs of Chinese words that come at least three
//! times, with the English that their links span. Where a row has another word than most rows have, it is shown with the
//! renderings, how often each stands, and a row with the usual one. It is a warning where the document is of one mind
//! otherwise, and a notice where it wavers, or where the word is an everyday one, which each place renders as it needs. Two terms that share one rendering are a notice, too. For many documents at once,
//! run `duizhao terms`, go through its table, and give that as `--glossary`.
//!
//! Passed over: inflections and derivations (economy, economic), shorter and longer forms (the goods, consignment goods), rows
//! that have the usual rendering elsewhere, verbs and adjectives, terms that come less often, and terms of the glossary, which
//! TRM01 is about.

use super::super::finding::{Found, Severity};
use super::super::glossary::find_en;
use super::super::{Document, Terms};
use super::{Check, Mode, Rule};
use crate::span::Span;
use crate::terms::{Finder, Place, Term};

pub(super) const RULE: Rule = Rule {
    code: "TRM02",
    title: "one term has several renderings",
    severity: Severity::Warning,
    modes: Mode::TRANSLATION,
    source: include_str!("trm02.rs"),
    checks: &[Check::Document(check)],
};

/// Times that the usual rendering stands for each time that it does not, and at least, for a finding and for a warning.
const NOTICE: (usize, usize) = (1, 2);
const WARNING: (usize, usize) = (3, 3);
/// Nats by which a term of one mind is rarer than an everyday word: one in seven thousand words, or rarer.
const RARE: f32 = 2.0;

fn check(document: &Document) -> Vec<Found> {
    let Terms {
        found,
        finder,
        passages,
    } = document.terms();
    let is_own = |term: &&Term| !document.glossary.terms.iter().any(|own| own.zh == term.zh);
    let mut terms: Vec<&Term> = found.iter().filter(is_own).collect();
    // The longest first: what is said of a compound is not said of its parts again.
    terms.sort_by_key(|term| std::cmp::Reverse(term.zh.len()));
    // What is known to be another word goes first: that a compound has no rendering may be for that word.
    let cases = terms
        .iter()
        .flat_map(|&term| cases(term, finder).into_iter().map(move |case| (term, case)));
    let (known, unknown): (Vec<_>, Vec<_>) = cases.partition(|(_, case)| case.en.is_some());
    let mut told: Vec<(usize, Span)> = Vec::new();
    let mut found = Vec::new();
    for (term, case) in known.into_iter().chain(unknown) {
        let is_part = |(row, span): &(usize, Span)| {
            *row == case.row && span.start() < case.zh.end() && case.zh.start() < span.end()
        };
        if !told.iter().any(is_part) {
            told.push((case.row, case.zh));
            found.push(case.found(term, finder, passages));
        }
    }
    for term in terms {
        shared(term, finder, passages, &mut found);
    }
    found
}

/// A row that has a term and not its usual rendering.
struct Case {
    row: usize,
    zh: Span,
    /// What it has instead, where that is known.
    en: Option<Span>,
    severity: Severity,
}

fn cases(term: &Term, finder: &Finder) -> Vec<Case> {
    let (usual, others): (Vec<_>, Vec<_>) = term.renderings.iter().partition(|own| !own.differs);
    let has_usual = |row: usize| {
        let en = finder.texts(row).1;
        usual.iter().any(|own| find_en(en, &own.en).is_some())
    };
    let others = others
        .iter()
        .flat_map(|other| &other.places)
        .map(|place| (place.row, place.zh, Some(place.en)));
    let without = term.unrendered.iter().map(|&(row, zh)| (row, zh, None));
    let unusual: Vec<_> = others
        .chain(without)
        .filter(|(row, ..)| !has_usual(*row))
        .collect();
    let count: usize = usual.iter().map(|own| own.count).sum();
    let is_sure = |(to_one, least): (usize, usize)| count >= least && count >= to_one * unusual.len();
    if !is_sure(NOTICE) {
        return Vec::new();
    }
    let severity = |en: Option<Span>| match en {
        Some(_) if is_sure(WARNING) && term.rarity >= RARE => Severity::Warning,
        _ => Severity::Info,
    };
    let case = |(row, zh, en)| Case {
        row,
        zh,
        en,
        severity: severity(en),
    };
    unusual.iter().copied().map(case).collect()
}

impl Case {
    fn found(&self, term: &Term, finder: &Finder, passages: &[usize]) -> Found {
        let usual = &term.renderings[0];
        let here = self.en.map_or("something else".into(), |span| {
            format!("\"{}\"", span.of(finder.texts(self.row).1))
        });
        let message = format!(
            "{} is {here} here and \"{}\" in {} other places",
            term.zh, usual.en, usual.count
        );
        Found::new(passages[self.row], message)
            .severity(self.severity)
            .zh([self.zh])
            .en(self.en)
            .evidence("renderings", counted(term))
            .evidence("for one", concordance(&usual.places[0], finder))
    }
}

/// Of two terms with one rendering, the one that comes less often is told of, once.
fn shared(term: &Term, finder: &Finder, passages: &[usize], found: &mut Vec<Found>) {
    let usual = &term.renderings[0];
    if !usual.also.is_empty() {
        let place = &usual.places[0];
        let message = format!(
            "\"{}\" stands for {} and for {}",
            usual.en,
            term.zh,
            usual.also.join(", ")
        );
        let finding = Found::new(passages[place.row], message)
            .zh([place.zh])
            .en([place.en])
            .evidence("renderings", counted(term))
            .severity(Severity::Info);
        found.push(finding.evidence("for one", concordance(place, finder)));
    }
}

/// `company 3, firm 1`.
fn counted(term: &Term) -> String {
    let counts = term
        .renderings
        .iter()
        .map(|own| format!("{} {}", own.en, own.count));
    counts.collect::<Vec<_>>().join(", ")
}

/// Letters of text that a concordance shows on either side.
const AROUND: usize = 30;

/// The rendering in its row, with what stands around it.
fn concordance(place: &Place, finder: &Finder) -> String {
    let (_, en) = finder.texts(place.row);
    let before: Vec<char> = en[..place.en.start()].chars().rev().take(AROUND).collect();
    let behind: String = en[place.en.end()..].chars().take(AROUND).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{before}[{}]{behind}", place.en.of(en))
}
