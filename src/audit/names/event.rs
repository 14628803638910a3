//! The sources of an event into who names whom: persons, places and bodies, in either language.

use super::capital::{Entity, entities};
use super::foreign::{ALIKE, foreign_spans, is_foreign, sounds_like};
use super::person::{all_sounding, is_surname, reading, syllables, with_capital};
use super::place::places_meant;
use crate::compare::Event;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::script::fold_text;
use crate::words::{Kind, en, words};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A name, and how often each source of an event gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// As the Chinese sources write it and as the English ones do; empty where none does, or where it could not be told.
    pub zh: String,
    pub en: String,
    /// Times that each source names it, in the order of the sources. None is "not found".
    pub counts: Vec<usize>,
}

impl Named {
    /// Both forms, as far as they are known.
    pub fn shown(&self) -> String {
        let forms = [&self.zh, &self.en].into_iter().filter(|form| !form.is_empty());
        forms.map(String::as_str).collect::<Vec<_>>().join(" / ")
    }
}

/// How surely the lexicon must know a Chinese word for an English one: how many times likelier one makes the other.
const KNOWN: f32 = 200.0;
/// Of a person's occurrences this share must have an English word for it to be a name of theirs.
const USUAL: f32 = 0.5;
/// A word that has this share of its language is no name by itself.
const COMMON: f32 = 3.2e-5;
/// How much a name of two characters must sound like one in letters.
const SAME: f32 = 0.99;

/// All names of an event: those that most sources give first, then the most frequent.
pub fn named(event: &Event, lexicon: &Lexicon) -> Vec<Named> {
    let texts: Vec<Read> = event.sources.iter().map(Read::new).collect();
    let mut named = places(&texts);
    named.extend(others(&texts, lexicon));
    let sources = |named: &Named| named.counts.iter().filter(|count| **count > 0).count();
    named.sort_by_cached_key(|named| {
        let count: usize = named.counts.iter().sum();
        (
            Reverse(sources(named)),
            Reverse(count),
            named.en.clone(),
            named.zh.clone(),
        )
    });
    named
}

/// A source, its passages joined by lines.
struct Read {
    side: Side,
    /// In simplified characters.
    text: String,
}

impl Read {
    fn new(source: &crate::compare::Source) -> Read {
        let passages: Vec<&str> = source.passages.iter().map(|passage| passage.text).collect();
        let text = passages.join("\n");
        Read {
            side: source.side,
            text: match source.side {
                Side::Zh => fold_text(&text).into_owned(),
                Side::En => text,
            },
        }
    }
}

/// The places of the table.
fn places(texts: &[Read]) -> Vec<Named> {
    let mut found: BTreeMap<&str, Named> = BTreeMap::new();
    for (source, read) in texts.iter().enumerate() {
        for place in places_meant(&read.text, read.side) {
            let named = found.entry(place.zh()).or_insert_with(|| Named {
                zh: place.zh().into(),
                en: place.en().into(),
                counts: vec![0; texts.len()],
            });
            named.counts[source] += 1;
        }
    }
    found.into_values().collect()
}

/// Every other name: the English ones with their Chinese, then the Chinese ones that are left.
fn others(texts: &[Read], lexicon: &Lexicon) -> Vec<Named> {
    let of = |side| texts.iter().filter(move |read| read.side == side);
    let english: Vec<&str> = of(Side::En).map(|read| read.text.as_str()).collect();
    let entities = entities(&english);
    let mut chinese = chinese_names(of(Side::Zh), lexicon);
    let mut named: Vec<Named> = Vec::new();
    for entity in entities {
        let zh = match entity.in_chinese(&chinese, of(Side::Zh)) {
            Some(heard) => heard,
            None if entity.is_rare(lexicon) => entity.in_lexicon(&chinese, lexicon),
            None => continue,
        };
        chinese
            .names
            .retain(|name| !zh.iter().any(|form| name.contains(form.as_str())));
        let in_text = |form: &str, read: &Read| read.text.matches(form).count();
        let counts = texts.iter().map(|read| match read.side {
            Side::Zh => zh.iter().map(|form| in_text(form, read)).sum(),
            Side::En => entity.count(&read.text),
        });
        let in_all = |form: &String| of(Side::Zh).map(|read| in_text(form, read)).sum::<usize>();
        named.push(Named {
            counts: counts.collect(),
            zh: zh
                .iter()
                .max_by_key(|form| in_all(form))
                .cloned()
                .unwrap_or_default(),
            en: entity.name(),
        });
    }
    named.extend(chinese.names.into_iter().map(|name| {
        Named {
            counts: texts
                .iter()
                .map(|read| read.text.matches(name.as_str()).count())
                .collect(),
            zh: name,
            en: String::new(),
        }
    }));
    named
}

/// What Chinese texts hold that may be a name.
struct Chinese {
    /// Foreign names and persons with their office.
    names: BTreeSet<String>,
    /// Words of two characters that a foreign name could be, and that are rare.
    short: BTreeSet<String>,
    /// Words of two characters and more that are no places, by their numbers in the lexicon.
    words: BTreeMap<u32, String>,
}

impl Entity {
    /// Whether one of its words is no common one.
    fn is_rare(&self, lexicon: &Lexicon) -> bool {
        let share = |word: &String| {
            lexicon
                .en(&en::stem(word))
                .map_or(0.0, |word| lexicon.en_share(word))
        };
        let is_acronym = |word: &String| !word.contains(char::is_lowercase);
        self.words
            .iter()
            .any(|word| is_acronym(word) || share(word) < COMMON)
    }

    /// Its forms in Chinese texts by its sound: pinyin, or characters that are read alike.
    fn in_chinese<'t>(
        &self,
        chinese: &Chinese,
        texts: impl Iterator<Item = &'t Read>,
    ) -> Option<BTreeSet<String>> {
        let spelled = self.words.concat().to_lowercase().replace(['-', '\'', '’'], "");
        if (2..=4).contains(&syllables(&spelled)) {
            let heard: BTreeSet<&str> = texts
                .flat_map(|read| all_sounding(&read.text, &spelled))
                .collect();
            if !heard.is_empty() {
                // Lifeng is the 何立峰 whose office stands before his name.
                let whole = |form: &str| chinese.names.iter().find(|name| name.ends_with(form)).cloned();
                let forms = heard.into_iter().map(|form| whole(form).unwrap_or(form.into()));
                return Some(forms.collect());
            }
        }
        let alike = |name: &&String| {
            let mut words = self.words.iter();
            words.any(|word| word.len() > 3 && sounds_like(name, word) >= ALIKE)
        };
        let mut alike: BTreeSet<String> = chinese.names.iter().filter(alike).cloned().collect();
        if alike.is_empty() {
            let same = |name: &&String| {
                let mut words = self.words.iter();
                words.any(|word| word.len() > 3 && sounds_like(name, word) >= SAME)
            };
            alike = chinese.short.iter().filter(same).cloned().collect();
        }
        (!alike.is_empty()).then_some(alike)
    }

    /// The Chinese word that the lexicon links best with all words of the name, or a person for whom it knows one of them:
    /// 金正恩 for the Jong of Kim Jong-un.
    fn in_lexicon(&self, chinese: &Chinese, lexicon: &Lexicon) -> BTreeSet<String> {
        let words = self.words.iter().flat_map(|word| word.split('-'));
        let own: Vec<Option<u32>> = words.map(|word| lexicon.en(&en::stem(word))).collect();
        let least = |zh: u32| {
            let lift = |word: &Option<u32>| {
                let mut entries = lexicon.row(zh);
                let entry = entries.find(|entry| Some(entry.en) == *word);
                entry.map_or(0.0, |entry| entry.lift)
            };
            own.iter().map(lift).fold(f32::INFINITY, f32::min)
        };
        let is_called = |zh: u32, word: &str| {
            let mut usual = lexicon.row(zh).filter(|entry| entry.en_given_zh >= USUAL);
            usual.any(|entry| own.contains(&Some(entry.en))) && is_person(word, lexicon)
        };
        let weighed = chinese.words.iter().map(|(&zh, word)| (least(zh), word));
        let best = weighed.max_by(|(one, _), (other, _)| one.total_cmp(other));
        let known = best.filter(|(lift, _)| *lift >= KNOWN).map(|(_, word)| word);
        let person = || {
            let mut words = chinese.words.iter();
            words
                .find(|(zh, word)| is_called(**zh, word))
                .map(|(_, word)| word)
        };
        known.or_else(person).into_iter().cloned().collect()
    }
}

/// What words end with behind which a person's name stands: 外交部长.
const OFFICES: [&str; 17] = [
    "主席",
    "总理",
    "部长",
    "外长",
    "委员",
    "大使",
    "总统",
    "首相",
    "发言人",
    "书记",
    "国务卿",
    "秘书长",
    "议长",
    "国王",
    "助理",
    "主任",
    "代表",
];

fn chinese_names<'t>(texts: impl Iterator<Item = &'t Read>, lexicon: &Lexicon) -> Chinese {
    let mut chinese = Chinese {
        names: BTreeSet::new(),
        short: BTreeSet::new(),
        words: BTreeMap::new(),
    };
    let is_place = |word: &str| places_meant(word, Side::Zh).next().is_some();
    let is_office = |word: &str| OFFICES.iter().any(|office| word.ends_with(office));
    for line in texts.flat_map(|read| read.text.lines()) {
        let foreign = foreign_spans(line).into_iter().map(|span| span.of(line));
        let foreign = foreign.filter(|name| !is_place(name));
        chinese.names.extend(foreign.map(str::to_owned));
        let mut before = "";
        let words = words(line, Side::Zh);
        for word in &words {
            let key = &*word.key;
            if word.kind == Kind::Han && is_office(before) && is_person(key, lexicon) {
                chinese.names.insert(key.to_owned());
            }
            if word.kind == Kind::Han && key.chars().nth(1).is_some() && !is_place(key) {
                let known = lexicon.zh(key);
                if is_foreign(key) && known.is_none_or(|zh| lexicon.zh_share(zh) < COMMON) {
                    chinese.short.insert(key.to_owned());
                }
                chinese.words.extend(known.map(|zh| (zh, key.to_owned())));
            }
            before = key;
        }
    }
    chinese
}

/// Whether a word begins with a surname, and the lexicon knows it for nothing but its sound.
fn is_person(word: &str, lexicon: &Lexicon) -> bool {
    let count = word.chars().count();
    let Some(first) = word.chars().next().and_then(reading) else {
        return false;
    };
    let is_known = lexicon.zh(word).is_some_and(|zh| {
        let mut best: Vec<_> = lexicon.row(zh).collect();
        best.sort_by(|one, other| other.lift.total_cmp(&one.lift));
        let sound: String = word.chars().filter_map(reading).collect();
        !best
            .iter()
            .take(3)
            .any(|entry| sound.contains(lexicon.en_word(entry.en)))
    });
    (2..=3).contains(&count) && is_surname(&with_capital(&first)) && !is_known
}
