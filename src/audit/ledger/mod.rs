//! The rows of a document pair into ledgers: every number, date and quotation with its partner, every term with its
//! renderings, every name with its forms.

mod names;

pub use names::{Kind, NameLine};

use super::Document;
use super::passage::Passage;
use super::rules::dat01::{self, Pairing, Said};
use super::rules::{att02, shown};
use crate::language::Side;
use crate::value::date::Dated;
use serde::Serialize;
use std::collections::HashSet;

/// What an auditor goes through line by line, whether anything was found or not.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Ledger {
    /// In the order of the rows; the numbers of a row before its dates.
    pub values: Vec<Line>,
    /// The inconsistent ones first.
    pub terms: Vec<TermLine>,
    /// The inconsistent ones first.
    pub names: Vec<NameLine>,
    /// In the order of the rows.
    pub quotations: Vec<Quotation>,
}

/// Words between marks of quotation and their counterpart, where a row has as many on either side; empty where it has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quotation {
    pub document: String,
    /// The row's place in its document pair.
    pub row: usize,
    pub zh: String,
    pub en: String,
    /// `same` says that ATT02 sees no difference, and one side only that the other has the words without marks or not at all.
    pub verdict: Verdict,
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
    let id = document.id();
    let mut ledger = Ledger {
        terms: terms(document, id),
        names: names::names(document, id),
        quotations: quotations(document),
        ..Ledger::default()
    };
    for (_, passage) in document.linked() {
        numbers(passage, &mut ledger.values);
        dates(passage, &mut ledger.values);
    }
    ledger
}

fn terms(document: &Document, id: &str) -> Vec<TermLine> {
    let terms = document.terms().found.iter();
    terms
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
        .collect()
}

fn quotations(document: &Document) -> Vec<Quotation> {
    let found = att02::check(document);
    let judged = found
        .iter()
        .flat_map(|found| found.en.iter().map(|span| (found.passage, *span)));
    let differ: HashSet<_> = judged.collect();
    let mut lines = Vec::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let [zh, en] = [Side::Zh, Side::En].map(|side| att02::quoted(passage.text(side), side));
        let mut add = |zh: &str, en: &str, verdict| {
            lines.push(Quotation {
                document: passage.row.doc_pair_id.clone(),
                row: passage.row.link_no,
                zh: zh.into(),
                en: en.into(),
                verdict,
            });
        };
        let verdict = |en, otherwise| match differ.contains(&(index, en)) {
            true => Verdict::Differs,
            false => otherwise,
        };
        if zh.len() == en.len() {
            for (zh, en) in zh.into_iter().zip(en) {
                let verdict = verdict(en, Verdict::Same);
                add(zh.of(passage.zh_text()), en.of(passage.en_text()), verdict);
            }
            continue;
        }
        zh.into_iter()
            .for_each(|zh| add(zh.of(passage.zh_text()), "", Verdict::ZhOnly));
        en.into_iter()
            .for_each(|en| add("", en.of(passage.en_text()), verdict(en, Verdict::EnOnly)));
    }
    lines
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

/// Dates as DAT01 pairs them.
fn dates(passage: &Passage, lines: &mut Vec<Line>) {
    let said = |said: Said, side: Side| {
        let text = passage.text(side);
        Some(match said {
            Said::Date(dated) => (dated.span.of(text).to_owned(), dated.date.to_string()),
            Said::Number(number) => (number.span.of(text).to_owned(), shown(number)),
        })
    };
    let date = |dated: &Dated, side| said(Said::Date(dated), side);
    let Pairing {
        same,
        differ,
        zh_only,
        en_only,
    } = dat01::pairing(passage);
    let mut add = |zh, en, verdict| lines.push(line(passage, [zh, en], verdict));
    for (zh, en) in same {
        add(said(zh, Side::Zh), said(en, Side::En), Verdict::Same);
    }
    for (zh, en) in differ {
        add(date(zh, Side::Zh), date(en, Side::En), Verdict::Differs);
    }
    for zh in zh_only {
        add(date(zh, Side::Zh), None, Verdict::ZhOnly);
    }
    for en in en_only {
        add(None, date(en, Side::En), Verdict::EnOnly);
    }
}
