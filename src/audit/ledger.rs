//! The rows of a document pair into ledgers: every number and date with its partner, every term with its renderings.

use super::Document;
use super::passage::Passage;
use super::rules::shown;
use crate::language::Side;
use crate::terms::{Finder, Settings};
use crate::value::date::{Date, Dated};
use serde::Serialize;

/// What an auditor goes through line by line, whether anything was found or not.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Ledger {
    /// In the order of the rows; the numbers of a row before its dates.
    pub values: Vec<Line>,
    /// The inconsistent ones first.
    pub terms: Vec<TermLine>,
}

/// A number or a date of a row, as each side has it; empty where a side has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub document: String,
    /// The row's place in its document pair.
    pub row: usize,
    pub zh: String,
    pub en: String,
    /// What the words are worth: `120,000,000`, `15%`, `2018-05-08`.
    pub zh_value: String,
    pub en_value: String,
    pub verdict: Verdict,
}

/// Whether both sides say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Same,
    Differs,
    /// The English has none of its own; it may say it in words.
    ZhOnly,
    EnOnly,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Differs => "differs",
            Verdict::ZhOnly => "Chinese only",
            Verdict::EnOnly => "English only",
        }
    }
}

/// A term of a document, and what it is rendered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermLine {
    pub document: String,
    pub zh: String,
    /// Times that it occurs in rows with both sides.
    pub count: usize,
    /// Renderings with how often each stands, the most frequent first.
    pub en: Vec<(String, usize)>,
    /// Whether all of them are forms of one word.
    pub agrees: bool,
}

pub(super) fn ledger(document: &Document) -> Ledger {
    let mut ledger = Ledger::default();
    let mut finder = Finder::new(document.lexicon);
    for (_, passage) in document.linked() {
        numbers(passage, &mut ledger.values);
        dates(passage, &mut ledger.values);
        finder.add(passage.row);
    }
    let id = document
        .passages
        .first()
        .map_or("", |passage| &passage.row.doc_pair_id);
    let found = finder.terms(&Settings {
        parts: true,
        ..Settings::default()
    });
    ledger.terms = found
        .iter()
        .map(|term| TermLine {
            document: id.into(),
            zh: term.zh.clone(),
            count: term.count,
            en: term
                .renderings
                .iter()
                .map(|own| (own.en.clone(), own.count))
                .collect(),
            agrees: term.renderings.iter().all(|own| !own.differs),
        })
        .collect();
    ledger
}

/// A form and its value on each side, where there are any.
type Forms = [Option<(String, String)>; 2];

fn line(passage: &Passage, forms: Forms, verdict: Verdict) -> Line {
    let [(zh, zh_value), (en, en_value)] = forms.map(Option::unwrap_or_default);
    Line {
        document: passage.row.doc_pair_id.clone(),
        row: passage.row.link_no,
        zh,
        en,
        zh_value,
        en_value,
        verdict,
    }
}

fn numbers(passage: &Passage, lines: &mut Vec<Line>) {
    let numbers = passage.numbers();
    let of = |number: &crate::value::number::Number, side| {
        Some((number.span.of(passage.text(side)).to_owned(), shown(number)))
    };
    let mut add = |zh, en, verdict| lines.push(line(passage, [zh, en], verdict));
    for same in &numbers.same {
        add(of(&same.zh, Side::Zh), of(&same.en, Side::En), Verdict::Same);
    }
    for (zh, en) in &numbers.differ {
        add(of(zh, Side::Zh), of(en, Side::En), Verdict::Differs);
    }
    for zh in &numbers.zh_only {
        add(of(zh, Side::Zh), None, Verdict::ZhOnly);
    }
    for en in &numbers.en_only {
        add(None, of(en, Side::En), Verdict::EnOnly);
    }
}

/// Dates meet where they agree in the parts that both give; what is left differs only in the judgement of DAT01, which
/// knows of 当天 and "last year", and stands alone here.
fn dates(passage: &Passage, lines: &mut Vec<Line>) {
    let of = |side: Side| {
        passage
            .values(side)
            .dates
            .iter()
            .filter(|dated| dated.date != Date::default())
    };
    let said = |dated: &Dated, side| {
        Some((
            dated.span.of(passage.text(side)).to_owned(),
            dated.date.to_string(),
        ))
    };
    let mut left: Vec<&Dated> = of(Side::En).collect();
    for zh in of(Side::Zh) {
        let exact = left.iter().position(|en| en.date == zh.date);
        let place = exact.or_else(|| left.iter().position(|en| zh.date.agrees(en.date)));
        let (en, verdict) = match place {
            Some(place) => (said(left.remove(place), Side::En), Verdict::Same),
            None => (None, Verdict::ZhOnly),
        };
        lines.push(line(passage, [said(zh, Side::Zh), en], verdict));
    }
    for en in left {
        lines.push(line(passage, [None, said(en, Side::En)], Verdict::EnOnly));
    }
}
