//! Names of persons in pinyin, and what characters sound like.

use super::super::wording::WordList;
use crate::span::Span;
use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Names of persons in pinyin: a surname with what follows it, or what stands before it, in the order surname first.
pub(in crate::audit) fn pinyin(text: &str) -> Vec<(String, Span)> {
    let words = capitalised(text);
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(&[first, second]) = words.get(at..at + 2) {
        at += 1;
        if text.get(first.end()..second.start()) != Some(" ") {
            continue;
        }
        let given = |span: Span| (2..=3).contains(&syllables(&plain(span.of(text))));
        let third = words
            .get(at + 1)
            .filter(|third| text.get(second.end()..third.start()) == Some(" "));
        let short = |span: Span| syllables(&plain(span.of(text))) == 1 && span.len() > 1;
        let (name, span) = match third {
            Some(&third) if is_surname(first.of(text)) && short(second) && short(third) => {
                ([first, second, third], Span::new(first.start(), third.end()))
            }
            _ if is_surname(first.of(text)) && given(second) => {
                ([first, second, second], Span::new(first.start(), second.end()))
            }
            _ if is_surname(second.of(text)) && given(first) => {
                ([second, first, first], Span::new(first.start(), second.end()))
            }
            _ => continue,
        };
        let [surname, given, rest] = name.map(|part| plain(part.of(text)));
        let rest = if name[1] == name[2] { String::new() } else { rest };
        names.push((format!("{surname} {given}{rest}"), span));
        at += usize::from(third.is_some_and(|third| span.end() == third.end())) + 1;
    }
    names
}

/// Whether a name stands as a word, or as a part of one with a hyphen.
pub(in crate::audit) fn is_word(text: &str, name: Span) -> bool {
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

pub(in crate::audit) fn is_surname(word: &str) -> bool {
    SURNAMES.holds(word)
}

/// The words of a text that begin with a capital and go on in small letters.
pub(in crate::audit) fn capitalised(text: &str) -> Vec<Span> {
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
                if capital && letters.next().is_none_or(|c| c.is_lowercase()) {
                    spans.push(Span::new(from, from + without_possessive(span.of(text)).len()));
                }
                start = None;
            }
            _ => {}
        }
    }
    spans
}

/// Wang of "Wang's".
pub(super) fn without_possessive(word: &str) -> &str {
    let bare = word.strip_suffix("'s").or(word.strip_suffix("’s"));
    bare.unwrap_or(word)
}

/// A word in small letters but for the first.
pub(super) fn with_capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

/// A spelling without hyphens, apostrophes and capitals, and with one letter for ü.
pub(in crate::audit) fn plain(name: &str) -> String {
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

pub(in crate::audit) fn pinyin_of(c: char) -> Option<Vec<String>> {
    let readings = std::iter::once(c).collect::<String>();
    let multi = readings.as_str().to_pinyin_multi().next().flatten()?;
    Some(multi.into_iter().map(|reading| plain(reading.plain())).collect())
}

/// How many syllables a spelling is made of, at least; none if it is no pinyin.
pub(in crate::audit) fn syllables(spelling: &str) -> usize {
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

/// What a character is mostly read as.
pub(super) fn reading(c: char) -> Option<String> {
    c.to_pinyin().map(|reading| plain(reading.plain()))
}

/// Characters that stand together and may be read as a spelling.
pub(in crate::audit) fn sounding(zh: &str, spelling: &str) -> Option<Span> {
    spelled(zh, spelling, |c| pinyin_of(c).unwrap_or_default()).next()
}

/// All places where characters stand that are mostly read as a spelling: unlike [`sounding`], a rare reading is no match.
pub(super) fn all_sounding<'t>(zh: &'t str, spelling: &str) -> impl Iterator<Item = &'t str> {
    spelled(zh, spelling, |c| reading(c).into_iter().collect()).map(|span| span.of(zh))
}

fn spelled(zh: &str, spelling: &str, readings: impl Fn(char) -> Vec<String>) -> impl Iterator<Item = Span> {
    let places: Vec<(usize, char)> = zh.char_indices().collect();
    let readings: Vec<Vec<String>> = places.iter().map(|(_, c)| readings(*c)).collect();
    (0..readings.len()).filter_map(move |start| {
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
