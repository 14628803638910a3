//! A document pair into its names: the forms of each on both sides, how often each stands, and which are outliers.

use super::super::Document;
use super::super::names::{Groups, pinyin, places_alone, places_named, sounding, usual};
use crate::language::Side;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A name of a document, and how each side writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameLine {
    pub document: String,
    pub kind: Kind,
    /// Forms with how often each stands, the most frequent first; none where the side's form is not known.
    pub zh: Vec<(String, usize)>,
    pub en: Vec<(String, usize)>,
    /// Forms that the document has for a name that it mostly, or first, writes otherwise (NAM02).
    pub outliers: Vec<String>,
    /// Rows with both sides of which only one has the name (NAM01).
    pub alone: usize,
}

/// What bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Place,
    /// A person with a Chinese name.
    Person,
    /// A foreign name in characters, or one of the table of names with several renderings: a person, a place or a body.
    Other,
}

impl NameLine {
    pub fn agrees(&self) -> bool {
        self.outliers.is_empty() && self.alone == 0
    }
}

/// What is gathered of one name, its forms by side.
#[derive(Default)]
struct Name<'p> {
    forms: [BTreeMap<&'p str, usize>; 2],
    outliers: BTreeSet<&'p str>,
    alone: usize,
}

impl<'p> Name<'p> {
    fn add(&mut self, side: Side, form: &'p str, count: usize) {
        *self.forms[side as usize].entry(form).or_default() += count;
    }
}

/// Names under which their forms are one.
type Names<'p> = BTreeMap<(Kind, String), Name<'p>>;

/// The inconsistent ones first, then the most frequent.
pub(super) fn names(document: &Document, id: &str) -> Vec<NameLine> {
    let mut names = Names::new();
    places(document, &mut names);
    persons(document, &mut names);
    grouped(document, Kind::Other, &document.names_found().listed, &mut names);
    foreign(document, &mut names);
    let mut lines: Vec<NameLine> = names
        .into_iter()
        .map(|((kind, _), name)| line(id, kind, name))
        .collect();
    lines.sort_by_key(|line| (line.agrees(), Reverse(count(line))));
    lines
}

fn count(line: &NameLine) -> usize {
    line.zh.iter().chain(&line.en).map(|(_, count)| count).sum()
}

fn line(id: &str, kind: Kind, name: Name) -> NameLine {
    let [zh, en] = name.forms.map(|forms| {
        let mut forms: Vec<(String, usize)> = forms
            .into_iter()
            .map(|(form, count)| (form.to_owned(), count))
            .collect();
        forms.sort_by_key(|(_, count)| Reverse(*count));
        forms
    });
    NameLine {
        document: id.into(),
        kind,
        zh,
        en,
        outliers: name.outliers.into_iter().map(str::to_owned).collect(),
        alone: name.alone,
    }
}

fn places<'p>(document: &'p Document, names: &mut Names<'p>) {
    for passage in &document.passages {
        for side in [Side::Zh, Side::En] {
            for (place, span) in places_named(passage.text(side), side) {
                let name = names.entry((Kind::Place, place.zh().into())).or_default();
                name.add(side, span.of(passage.text(side)), 1);
            }
        }
        if passage.row.is_link() {
            for place in places_alone(passage) {
                names.entry((Kind::Place, place.zh().into())).or_default().alone += 1;
            }
        }
    }
}

/// Persons in pinyin, with the characters that are read so.
fn persons<'p>(document: &'p Document, names: &mut Names<'p>) {
    grouped(document, Kind::Person, &document.names_found().persons, names);
    let mut characters: BTreeMap<String, BTreeSet<&'p str>> = BTreeMap::new();
    for passage in &document.passages {
        for (person, _) in pinyin(passage.en_text()) {
            match sounding(passage.zh_text(), &person.replace(' ', "")) {
                Some(span) => {
                    let forms = characters.entry(person).or_default();
                    forms.insert(span.of(passage.zh_text()));
                }
                None if passage.row.is_link() => names.entry((Kind::Person, person)).or_default().alone += 1,
                None => {}
            }
        }
    }
    for (person, forms) in characters {
        let name = names.entry((Kind::Person, person)).or_default();
        for form in forms {
            let texts = document.passages.iter().map(|passage| passage.zh_text());
            name.add(Side::Zh, form, texts.map(|text| text.matches(form).count()).sum());
        }
    }
}

/// Forms as NAM02 groups them.
fn grouped<'p>(document: &'p Document, kind: Kind, groups: &'p Groups, names: &mut Names<'p>) {
    for (group, forms) in groups {
        let usual = usual(forms).map(|(usual, _)| usual);
        let name = names.entry((kind, group.clone())).or_default();
        for (written, form) in forms {
            let text = form.span.of(document.passages[form.passage].text(form.side));
            name.add(form.side, text, form.count);
            if Some(written) != usual {
                name.outliers.insert(text);
            }
        }
    }
}

fn foreign<'p>(document: &'p Document, names: &mut Names<'p>) {
    let found = document.names_found();
    let (alike, english) = (found.alike(), BTreeMap::from_iter(found.foreign_in_english()));
    for (form, (place, _)) in &found.foreign {
        // 澳门特别 is a place with a part of the next word.
        if !places_named(form, Side::Zh).is_empty() {
            continue;
        }
        let pair = alike.iter().find(|(_, other)| other == form);
        let usual = pair.map_or(form.as_str(), |(usual, _)| usual);
        let name = names.entry((Kind::Other, usual.to_owned())).or_default();
        name.add(Side::Zh, form, place.count);
        if let Some((_, english, rows)) = english.get(form.as_str()) {
            name.add(Side::En, english, *rows);
        }
        if usual != form {
            name.outliers.insert(form);
        }
    }
}
