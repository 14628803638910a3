//! A name stands for another: 北京 against "Tianjin", 张彬彬 against "Wang Lei".
//!
//! Two kinds of names are looked at. Countries, provinces and great cities, by the table in `nam01.txt`: a finding says that
//! one stands in the Chinese and another in the English. Chinese persons, by the sound of their names: an English name that
//! is written in pinyin (Zhang Binbin, Binbin Zhang, Zhang Bin-bin) must be the reading of characters that stand together in
//! the Chinese.
//! A place on one side only is a notice.
//!
//! Passed over: short forms (中美, 沪), capitals for their countries, 我国 and "the country"; names in other romanizations,
//! which do not parse as pinyin; surnames by themselves; names of rows nearby that a pronoun stands for.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::super::wording::WordList;
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::span::Span;
use aho_corasick::AhoCorasick;
use pinyin::ToPinyinMulti;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    code: "NAM01",
    title: "a name stands for another",
    severity: Severity::Warning,
    modes: Mode::BOTH,
    source: include_str!("nam01.rs"),
    check: Check::Document(check),
};

/// A place's names on both sides, the first of each the one that is looked for.
struct Place {
    zh: Vec<&'static str>,
    en: Vec<&'static str>,
}

/// The table of places, and what finds all names of one language in one pass.
struct Gazetteer {
    places: Vec<Place>,
    zh: Finder,
    en: Finder,
}

struct Finder {
    names: AhoCorasick,
    /// For each name of the automaton, its place and its number among the place's names.
    of: Vec<(usize, usize)>,
}

/// What of the table stands in a text.
#[derive(Default)]
struct Said {
    /// The places by any of their names.
    by_any: HashSet<usize>,
    /// The places by the name that is looked for, with where it stands first.
    by_name: BTreeMap<usize, Span>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let lines = include_str!("nam01.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let places = lines.filter_map(|line| {
        let (zh, en) = line.split_once('\t')?;
        let names = |names: &'static str| names.split(',').map(str::trim).collect();
        Some(Place {
            zh: names(zh),
            en: names(en),
        })
    });
    let places: Vec<Place> = places.collect();
    Gazetteer {
        zh: Finder::new(places.iter().map(|place| &place.zh)),
        en: Finder::new(places.iter().map(|place| &place.en)),
        places,
    }
});

impl Finder {
    fn new<'p>(places: impl Iterator<Item = &'p Vec<&'static str>>) -> Finder {
        let (mut names, mut of) = (Vec::new(), Vec::new());
        for (place, all) in places.enumerate() {
            for (number, name) in all.iter().enumerate() {
                names.push(*name);
                of.push((place, number));
            }
        }
        Finder {
            names: AhoCorasick::new(names).expect("a table of places is a small automaton"),
            of,
        }
    }

    fn said(&self, text: &str, stands: impl Fn(Span) -> bool) -> Said {
        let mut said = Said::default();
        for found in self.names.find_overlapping_iter(text) {
            let span = Span::new(found.start(), found.end());
            if stands(span) {
                let (place, name) = self.of[found.pattern().as_usize()];
                said.by_any.insert(place);
                if name == 0 {
                    said.by_name.entry(place).or_insert(span);
                }
            }
        }
        said
    }
}

impl Said {
    /// The places that are named here and in no way in the other text. A name inside a longer one of the table (中国
    /// in 中国香港) is not meant.
    fn without<'g>(&self, other: &Said, name: impl Fn(usize) -> &'g str) -> Vec<(usize, Span)> {
        let longer = |place: usize| {
            let inside = |longer: &str| longer.len() > name(place).len() && longer.contains(name(place));
            self.by_name.keys().any(|&other| inside(name(other)))
        };
        self.by_name
            .iter()
            .map(|(&place, &span)| (place, span))
            .filter(|(place, _)| !other.by_any.contains(place) && !longer(*place))
            .collect()
    }
}

/// The names of places that a text holds, each under the name that the table has first: in Chinese that name alone, for short
/// forms are parts of words, and in English each form with a capital.
pub(in crate::audit) fn places_named(text: &str, side: Side) -> Vec<(&'static str, Span)> {
    let Gazetteer { places, zh, en } = &*GAZETTEER;
    let finder = if side == Side::Zh { zh } else { en };
    let mut named: Vec<(&str, Span)> = finder
        .names
        .find_overlapping_iter(text)
        .filter_map(|found| {
            let span = Span::new(found.start(), found.end());
            let (place, number) = finder.of[found.pattern().as_usize()];
            let is_name = match side {
                Side::Zh => number == 0,
                Side::En => is_word(text, span) && span.of(text).starts_with(char::is_uppercase),
            };
            is_name.then_some((places[place].zh[0], span))
        })
        .collect();
    // The longest of those that overlap: 中国香港 is not 中国.
    named.sort_by_key(|(_, span)| (span.start(), std::cmp::Reverse(span.end())));
    let mut end = 0;
    named.retain(|(_, span)| {
        let is_apart = span.start() >= end;
        end = end.max(span.end());
        is_apart
    });
    named
}

/// The places that one side of a row names and the other does not, under the name that the table has first.
pub(in crate::audit) fn places_alone(passage: &Passage) -> Vec<&'static str> {
    let places = &GAZETTEER.places;
    let [lost, added] = unmatched(passage);
    let added = added
        .into_iter()
        .filter(|(place, _)| places[*place].en[0] != "China");
    lost.into_iter()
        .chain(added)
        .map(|(place, _)| places[place].zh[0])
        .collect()
}

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        places(index, passage, &mut found);
        persons(index, passage, &mut found);
    }
    found
}

/// The places that only the Chinese names, and that only the English does.
fn unmatched(passage: &Passage) -> [Vec<(usize, Span)>; 2] {
    let Gazetteer { places, zh, en } = &*GAZETTEER;
    let en_text = passage.en_text();
    let (zh, en) = (
        zh.said(passage.zh_folded(), |_| true),
        en.said(en_text, |span| is_word(en_text, span)),
    );
    let mut lost = zh.without(&en, |place| places[place].zh[0]);
    lost.retain(|(_, span)| passage.on_text(Side::Zh, *span).is_some());
    [lost, en.without(&zh, |place| places[place].en[0])]
}

fn places(index: usize, passage: &Passage, found: &mut Vec<Found>) {
    let places = &GAZETTEER.places;
    let [lost, added] = unmatched(passage);
    for (at, &(place, span)) in lost.iter().enumerate() {
        let name = places[place].zh[0];
        found.push(match added.get(at) {
            Some(&(other, en_span)) => {
                let message = format!("{name} in Chinese, {} in English", places[other].en[0]);
                Found::new(index, message).zh([span]).en([en_span])
            }
            None => Found::new(index, format!("{name} is not in the English"))
                .severity(Severity::Info)
                .zh([span]),
        });
    }
    // English names China where the Chinese speaks from within it and names nothing.
    let added = added.iter().skip(lost.len());
    for &(place, span) in added.filter(|(place, _)| places[*place].en[0] != "China") {
        found.push(
            Found::new(index, format!("{} is not in the Chinese", places[place].en[0]))
                .severity(Severity::Info)
                .en([span]),
        );
    }
}

/// Whether a name stands as a word, or as a part of one with a hyphen.
pub(super) fn is_word(text: &str, name: Span) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(text[..name.start()].chars().next_back()) && !letter(text[name.end()..].chars().next())
}

/// Surnames that tell a name from two words with capitals.
static SURNAMES: WordList = WordList::new(
    "Wang, Li, Zhang, Liu, Chen, Yang, Zhao, Huang, Zhou, Wu, Xu, Sun, Hu, Zhu, Gao, Lin, He, Guo, Ma, \
     Luo, Liang, Song, Zheng, Xie, Tang, Han, Cao, Deng, Xiao, Feng, Zeng, Cheng, Cai, Peng, Pan, Yuan, \
     Yu, Dong, Su, Ye, Lu, Wei, Jiang, Tian, Du, Ding, Shen, Fan, Fu, Zhong, Lv, Dai, Cui, Ren, Liao, \
     Yao, Fang, Jin, Qiu, Xia, Tan, Zou, Shi, Xiong, Meng, Qin, Yan, Xue, Hou, Lei, Bai, Long, Duan, Hao, \
     Kong, Shao, Mao, Chang, Wan, Gu, Lai, Kang, Qian, Xi, Pang, Niu, Hong, Gong, Ning, Qi, An, Wen, Lan, \
     Zhuang, Mei, Ouyang, Sima, Zhuge",
);

pub(super) fn is_surname(word: &str) -> bool {
    SURNAMES.holds(word)
}

fn persons(index: usize, passage: &Passage, found: &mut Vec<Found>) {
    let text = passage.en_text();
    let words = capitalised(text);
    let mut told = HashSet::new();
    let mut at = 0;
    while at + 1 < words.len() {
        let (first, second) = (words[at], words[at + 1]);
        let between = &text[first.end()..second.start()];
        let name = Span::new(first.start(), second.end());
        let is_surname = |span: Span| is_surname(span.of(text));
        let given = |span: Span| syllables(&plain(span.of(text))) >= 1 && span.len() > 1;
        let is_name =
            between == " " && (is_surname(first) && given(second) || is_surname(second) && given(first));
        let is_place = || {
            GAZETTEER
                .places
                .iter()
                .any(|place| place.en.contains(&name.of(text)))
        };
        if !is_name || is_place() {
            at += 1;
            continue;
        }
        at += 2;
        let (left, right) = (plain(first.of(text)), plain(second.of(text)));
        let heard = sounding(passage.zh_text(), &format!("{left}{right}")).is_some()
            || sounding(passage.zh_text(), &format!("{right}{left}")).is_some();
        // A given name of several syllables may be written as several words: Zhang Bin Bin.
        let goes_on = words
            .get(at)
            .is_some_and(|third| text.get(name.end()..third.start()) == Some(" "));
        if !heard && !goes_on && told.insert(name.of(text)) {
            found.push(
                Found::new(
                    index,
                    format!("nobody in the Chinese is called {}", name.of(text)),
                )
                .en([name]),
            );
        }
    }
}

/// The words of a text that begin with a capital and go on in small letters.
pub(super) fn capitalised(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphabetic()
            || start.is_some()
                && (c == '-' || c == '\'' || c == '’')
                && text[at + c.len_utf8()..].starts_with(char::is_alphabetic);
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let span = Span::new(from, at);
                let mut letters = span.of(text).chars();
                let capital = letters.next().is_some_and(|c| c.is_ascii_uppercase());
                let possessive = span
                    .of(text)
                    .strip_suffix("'s")
                    .or(span.of(text).strip_suffix("’s"))
                    .map(str::len);
                if capital && letters.next().is_none_or(|c| c.is_lowercase()) {
                    spans.push(possessive.map_or(span, |length| Span::new(from, from + length)));
                }
                start = None;
            }
            _ => {}
        }
    }
    spans
}

/// A spelling without hyphens, apostrophes and capitals, and with one letter for ü.
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphabetic());
    letters
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, 'ü' | 'v') { 'u' } else { c })
        .collect()
}

/// The syllables that characters are read as.
static SYLLABLES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let common = '\u{4e00}'..='\u{9fa5}';
    common.filter_map(pinyin_of).flatten().collect()
});

pub(super) fn pinyin_of(c: char) -> Option<Vec<String>> {
    let readings = std::iter::once(c).collect::<String>();
    let multi = readings.as_str().to_pinyin_multi().next().flatten()?;
    Some(multi.into_iter().map(|reading| plain(reading.plain())).collect())
}

/// How many syllables a spelling is made of, at least; none if it is no pinyin.
pub(super) fn syllables(spelling: &str) -> usize {
    let mut reach = vec![usize::MAX; spelling.len() + 1];
    reach[0] = 0;
    for start in 0..spelling.len() {
        if reach[start] == usize::MAX || !spelling.is_char_boundary(start) {
            continue;
        }
        for end in start + 1..=(start + 6).min(spelling.len()) {
            if spelling
                .get(start..end)
                .is_some_and(|part| SYLLABLES.contains(part))
            {
                reach[end] = reach[end].min(reach[start] + 1);
            }
        }
    }
    let least = reach[spelling.len()];
    if least == usize::MAX { 0 } else { least }
}

/// Characters that stand together and are read as a spelling.
pub(in crate::audit) fn sounding(zh: &str, spelling: &str) -> Option<Span> {
    let places: Vec<(usize, char)> = zh.char_indices().collect();
    let readings: Vec<Vec<String>> = places
        .iter()
        .map(|(_, c)| pinyin_of(*c).unwrap_or_default())
        .collect();
    (0..readings.len()).find_map(|start| {
        let count = reads(&readings[start..], spelling)?;
        let end = places.get(start + count).map_or(zh.len(), |(at, _)| *at);
        Some(Span::new(places[start].0, end))
    })
}

/// How many of the first characters are read as all of a spelling.
fn reads(readings: &[Vec<String>], spelling: &str) -> Option<usize> {
    let (first, rest) = readings.split_first()?;
    first
        .iter()
        .find_map(|reading| match spelling.strip_prefix(reading.as_str()) {
            Some("") => Some(1),
            Some(left) if !reading.is_empty() => Some(1 + reads(rest, left)?),
            _ => None,
        })
}
