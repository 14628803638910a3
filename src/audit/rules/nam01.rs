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
use super::{Check, Rule};
use crate::span::Span;
use pinyin::ToPinyinMulti;
use std::collections::HashSet;
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    code: "NAM01",
    title: "a name stands for another",
    severity: Severity::Warning,
    source: include_str!("nam01.rs"),
    check: Check::Document(check),
};

/// A place's names on both sides, the first of each the one that is looked for.
struct Place {
    zh: Vec<&'static str>,
    en: Vec<&'static str>,
}

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
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
    places.collect()
});

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document
        .passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| passage.row.is_link())
    {
        places(index, passage, &mut found);
        persons(index, passage, &mut found);
    }
    found
}

fn places(index: usize, passage: &Passage, found: &mut Vec<Found>) {
    let zh = passage.zh_folded();
    let en = passage.en_text();
    let said_in_zh = |place: &Place| place.zh.iter().any(|name| zh.contains(name));
    let said_in_en = |place: &Place| place.en.iter().any(|name| place_in(en, name).is_some());
    let lost = PLACES
        .iter()
        .filter(|place| !said_in_en(place))
        .filter_map(|place| {
            let at = zh.find(place.zh[0])?;
            // 中国南方航空 and 印度尼西亚 hold other names; a name inside a longer one of the table is not meant.
            let longer = PLACES.iter().any(|other| {
                other.zh[0].len() > place.zh[0].len()
                    && other.zh[0].contains(place.zh[0])
                    && zh.contains(other.zh[0])
            });
            (!longer).then(|| (place, Span::new(at, at + place.zh[0].len())))
        });
    let lost: Vec<_> = lost
        .filter(|(_, span)| passage.zh_text().get(span.range()).is_some())
        .collect();
    let added = PLACES
        .iter()
        .filter(|place| !said_in_zh(place))
        .filter_map(|place| {
            let longer = PLACES.iter().any(|other| {
                other.en[0].len() > place.en[0].len()
                    && other.en[0].contains(place.en[0])
                    && place_in(en, other.en[0]).is_some()
            });
            place_in(en, place.en[0])
                .filter(|_| !longer)
                .map(|span| (place, span))
        });
    let added: Vec<_> = added.collect();
    for (at, (place, span)) in lost.iter().enumerate() {
        match added.get(at) {
            Some((other, en_span)) => found.push(
                Found::new(
                    index,
                    format!("{} in Chinese, {} in English", place.zh[0], other.en[0]),
                )
                .zh([*span])
                .en([*en_span]),
            ),
            None => found.push(
                Found::new(index, format!("{} is not in the English", place.zh[0]))
                    .severity(Severity::Info)
                    .zh([*span]),
            ),
        }
    }
    // English names China where the Chinese speaks from within it and names nothing.
    for (place, span) in added
        .iter()
        .skip(lost.len())
        .filter(|(place, _)| place.en[0] != "China")
    {
        found.push(
            Found::new(index, format!("{} is not in the Chinese", place.en[0]))
                .severity(Severity::Info)
                .en([*span]),
        );
    }
}

/// Where a name stands as a word, or as the beginning of one with a hyphen.
fn place_in(text: &str, name: &str) -> Option<Span> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(name)
        .find(|(at, _)| {
            !letter(text[..*at].chars().next_back()) && !letter(text[at + name.len()..].chars().next())
        })
        .map(|(at, _)| Span::new(at, at + name.len()))
}

/// Surnames that tell a name from two words with capitals.
const SURNAMES: &str = "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song Zheng Xie \
    Tang Han Cao Deng Xiao Feng Zeng Cheng Cai Peng Pan Yuan Yu Dong Su Ye Lu Wei Jiang Tian Du Ding Shen Fan Fu Zhong Lv Dai \
    Cui Ren Liao Yao Fang Jin Qiu Xia Tan Zou Shi Xiong Meng Qin Yan Xue Hou Lei Bai Long Duan Hao Kong Shao Mao Chang Wan Gu Lai \
    Kang Qian Xi Pang Niu Hong Gong Ning Qi An Wen Lan Zhuang Mei Ouyang Sima Zhuge";

fn persons(index: usize, passage: &Passage, found: &mut Vec<Found>) {
    let text = passage.en_text();
    let words = capitalised(text);
    let mut told = HashSet::new();
    let mut at = 0;
    while at + 1 < words.len() {
        let (first, second) = (words[at], words[at + 1]);
        let between = &text[first.end()..second.start()];
        let name = Span::new(first.start(), second.end());
        let is_surname = |span: Span| {
            SURNAMES
                .split_whitespace()
                .any(|surname| surname == span.of(text))
        };
        let given = |span: Span| syllables(&plain(span.of(text))) >= 1 && span.len() > 1;
        let is_name =
            between == " " && (is_surname(first) && given(second) || is_surname(second) && given(first));
        let is_place = || PLACES.iter().any(|place| place.en.contains(&name.of(text)));
        if !is_name || is_place() {
            at += 1;
            continue;
        }
        at += 2;
        let (left, right) = (plain(first.of(text)), plain(second.of(text)));
        let heard = sounds(passage.zh_text(), &format!("{left}{right}"))
            || sounds(passage.zh_text(), &format!("{right}{left}"));
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
fn capitalised(text: &str) -> Vec<Span> {
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
fn plain(name: &str) -> String {
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

fn pinyin_of(c: char) -> Option<Vec<String>> {
    let readings = std::iter::once(c).collect::<String>();
    let multi = readings.as_str().to_pinyin_multi().next().flatten()?;
    Some(multi.into_iter().map(|reading| plain(reading.plain())).collect())
}

/// How many syllables a spelling is made of, at least; none if it is no pinyin.
fn syllables(spelling: &str) -> usize {
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

/// Whether characters that stand together are read as a spelling.
fn sounds(zh: &str, spelling: &str) -> bool {
    let readings: Vec<Vec<String>> = zh.chars().map(|c| pinyin_of(c).unwrap_or_default()).collect();
    (0..readings.len()).any(|start| reads(&readings[start..], spelling))
}

fn reads(readings: &[Vec<String>], spelling: &str) -> bool {
    let Some((first, rest)) = readings.split_first() else {
        return false;
    };
    first
        .iter()
        .any(|reading| match spelling.strip_prefix(reading.as_str()) {
            Some("") => true,
            Some(left) => !reading.is_empty() && reads(rest, left),
            None => false,
        })
}
