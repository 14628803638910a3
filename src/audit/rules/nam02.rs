//! One name has several renderings: 卢比奥 here and 鲁比奥 there for "Rubio", "Kiev" here and "Kyiv" there.
//!
//! Looked for over the whole document: names of a table, each of whose forms means the same; names in
//! pinyin that are written with other hyphens, apostrophes and spaces or in another order (Zhang Binbin, Zhang Bin-bin, Binbin
//! Zhang); and foreign names in characters that sound alike but for one syllable, in rows that share an English name. A finding
//! shows the form that stands there and the form that the document has more often, or had first, with the counts.
//!
//! Looked for over a whole corpus: documents that are each of one mind and differ from each other. A finding says which form
//! stands in how many of them. Foreign names count there where one English word stands in every row of the name: 鲁比奥 in
//! one document for the Rubio of another, and Zelensky in one for the Zelenskyy of another.
//!
//! Passed over: a surname by itself, and a name all in capitals; traditional characters for simplified ones; names that
//! sound alike in rows that share no English name.

use super::super::Document;
use super::super::finding::{Found, Remark, Severity};
use super::super::names::{CorpusNames, Form, Key, Uses, sound_alike, spelled_alike, usual};
use super::{Check, Mode, Rule};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    code: "NAM02",
    title: "one name, several renderings",
    severity: Severity::Warning,
    modes: Mode::TRANSLATION,
    source: include_str!("nam02.rs"),
    checks: &[Check::Document(check), Check::Corpus(over_documents)],
};

fn check(document: &Document) -> Vec<Found> {
    let names = document.names_found();
    let groups = [&names.listed, &names.persons].into_iter();
    let mut found: Vec<Found> = groups.flat_map(BTreeMap::values).flat_map(outliers).collect();
    found.extend(names.alike().into_iter().map(|(usual, other)| {
        let (form, most) = (&names.foreign[other].0, names.foreign[usual].0.count);
        told(other, form, usual, most)
    }));
    found.sort_by_key(|found| found.passage);
    found
}

/// All forms of a name but the usual one.
fn outliers(forms: &BTreeMap<String, Form>) -> Vec<Found> {
    let Some((usual, most)) = usual(forms) else {
        return Vec::new();
    };
    let others = forms.iter().filter(|(written, _)| *written != usual);
    others
        .map(|(written, form)| told(written, form, usual, most.count))
        .collect()
}

fn told(written: &str, form: &Form, usual: &str, most: usize) -> Found {
    Found::new(form.passage, format!("{written} here, {usual} elsewhere"))
        .side(form.side, [form.span])
        .evidence("this form", times(form.count))
        .evidence("the other", times(most))
}

pub(super) fn times(count: usize) -> String {
    match count {
        1 => "once".into(),
        _ => format!("{count} times"),
    }
}

/// Forms that some documents keep to and most others do not.
fn over_documents(corpus: &CorpusNames) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (key, forms) in corpus.several() {
        let (usual, most) = forms[0];
        let is_one = |form: &str| match key {
            Key::Listed(_) | Key::Person(_) => true,
            Key::InEnglish(_) => sound_alike(usual, form),
            Key::InChinese(_) => spelled_alike(usual, form),
        };
        let others = forms[1..].iter().filter(|(form, _)| is_one(form));
        remarks.extend(others.map(|(form, uses)| {
            let count = documents(uses.documents);
            let message = format!("{form} in {count}, {usual} in {}", most.documents);
            Remark::new(&uses.shown[0], message)
                .evidence("this form", places(uses))
                .evidence("the other", places(most))
        }));
    }
    remarks
}

fn documents(count: usize) -> String {
    match count {
        1 => "1 document".into(),
        _ => format!("{count} documents"),
    }
}

fn places(uses: &Uses) -> String {
    let more = match uses.documents - uses.shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{} in {}{more}", times(uses.count), uses.shown.join(", "))
}
