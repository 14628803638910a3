//! One name has several renderings: 卢比奥 here and 鲁比奥 there for "Rubio", "Kiev" here and "Kyiv" there.
//!
//! Looked for over the whole document: names of the table in `nam02.txt`, each of whose forms means the same; names in
//! pinyin that are written with other hyphens, apostrophes and spaces or in another order (Zhang Binbin, Zhang Bin-bin, Binbin
//! Zhang); and foreign names in characters that sound alike but for one syllable, in rows that share an English name. A finding
//! shows the form that stands there and the form that the document has more often, or had first, with the counts.
//!
//! Passed over: a surname by itself, and a name all in capitals; traditional characters for simplified ones; names that
//! sound alike in rows that share no English name.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::wording::WordList;
use super::nam01::{capitalised, is_surname, is_word, pinyin_of, plain, syllables};
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::span::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    code: "NAM02",
    title: "one name, several renderings",
    severity: Severity::Warning,
    modes: Mode::TRANSLATION,
    source: include_str!("nam02.rs"),
    check: Check::Document(check),
};

/// Where a form of a name stands first, and how often it stands in the document.
pub(in crate::audit) struct Form {
    pub passage: usize,
    pub side: Side,
    pub span: Span,
    pub count: usize,
}

/// The forms of each name: the name under which they are one, then the form as it is written.
pub(in crate::audit) type Names = BTreeMap<String, BTreeMap<String, Form>>;

fn check(document: &Document) -> Vec<Found> {
    let groups = [listed(document), persons(document)];
    let mut found: Vec<Found> = groups
        .iter()
        .flat_map(BTreeMap::values)
        .flat_map(outliers)
        .collect();
    let foreign = foreign_names(document);
    found.extend(alike(&foreign).into_iter().map(|(usual, other)| {
        let (form, most) = (&foreign[other].0, foreign[usual].0.count);
        told(other, form, usual, most)
    }));
    found.sort_by_key(|found| found.passage);
    found
}

/// The names of the table that stand in a document.
pub(in crate::audit) fn listed(document: &Document) -> Names {
    let mut names = Names::new();
    for (index, passage) in document.passages.iter().enumerate() {
        for side in [Side::Zh, Side::En] {
            for (name, span) in known(passage.text(side)) {
                add(&mut names, name, index, side, span, passage.text(side));
            }
        }
    }
    names
}

/// The persons of a document in pinyin, the surname first: `zhang binbin`.
pub(in crate::audit) fn persons(document: &Document) -> Names {
    let mut names = Names::new();
    for (index, passage) in document.passages.iter().enumerate() {
        for (name, span) in pinyin(passage.en_text()) {
            add(&mut names, name, index, Side::En, span, passage.en_text());
        }
    }
    names
}

fn add(names: &mut Names, name: String, passage: usize, side: Side, span: Span, text: &str) {
    let forms = names.entry(name).or_default();
    let first = Form {
        passage,
        side,
        span,
        count: 0,
    };
    forms.entry(span.of(text).to_owned()).or_insert(first).count += 1;
}

/// The form that the document has most often, or the first of these.
pub(in crate::audit) fn usual(forms: &BTreeMap<String, Form>) -> Option<(&String, &Form)> {
    forms.iter().min_by_key(|(_, form)| rank(form))
}

fn rank(form: &Form) -> (std::cmp::Reverse<usize>, usize, Span) {
    (std::cmp::Reverse(form.count), form.passage, form.span)
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

fn times(count: usize) -> String {
    match count {
        1 => "once".into(),
        _ => format!("{count} times"),
    }
}

/// Lines of names that mean the same.
struct Table {
    finder: AhoCorasick,
    /// For each form of the finder the first form of its line.
    names: Vec<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lines = include_str!("nam02.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let (mut forms, mut names) = (Vec::new(), Vec::new());
    for line in lines {
        let all = || line.split(',').map(str::trim);
        forms.extend(all());
        names.extend(all().filter_map(|_| all().next()));
    }
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(forms);
    Table {
        finder: finder.expect("a table of names is a small automaton"),
        names,
    }
});

/// The names of the table that stand in a text.
fn known(text: &str) -> impl Iterator<Item = (String, Span)> {
    let found = TABLE.finder.find_iter(text).map(|found| {
        let name = TABLE.names[found.pattern().as_usize()];
        (name.to_owned(), Span::new(found.start(), found.end()))
    });
    found.filter(|(_, span)| !span.of(text).is_ascii() || is_word(text, *span))
}

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

/// Characters that foreign names are written with, and hardly a word of the language.
static SOUNDS: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
    "阿埃艾爱安奥澳巴拜班邦鲍贝本比彼毕别宾波伯勃博布达戴丹道德登迪蒂丁杜顿多恩尔法范菲费芬弗福夫盖冈戈格葛古圭哈海汉赫亨霍基吉加贾杰捷金\
     卡凯坎康考柯科克肯库夸奎拉莱赖兰朗劳勒雷蕾里利莉丽林琳龙隆卢鲁伦罗洛马玛迈曼梅门蒙米密明莫默穆拿纳娜南内尼宁纽努诺欧帕潘庞佩彭皮珀\
     普齐奇契乔切琴丘茹瑞萨塞桑瑟森沙莎山舍施史斯思苏所索塔泰坦汤特滕提廷图托瓦万威维韦魏温文沃乌伍西希锡夏肖谢休雅亚扬耶叶伊因英尤于扎詹珍芝朱卓兹佐"
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
});
/// A run of them is a foreign name from this many characters on; longer ones are several names.
const LEAST: usize = 3;
const MOST: usize = 8;

/// A foreign name in characters: where it stands, and the words with a capital in its rows, with the number of these rows.
pub(in crate::audit) type Foreign<'p> = BTreeMap<&'p str, (Form, BTreeMap<&'p str, usize>)>;

pub(in crate::audit) fn foreign_names<'p>(document: &'p Document) -> Foreign<'p> {
    let mut names = Foreign::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let text = passage.zh_folded();
        let spans = foreign(text);
        if spans.is_empty() || text.len() != passage.zh_text().len() {
            continue;
        }
        let english: BTreeSet<&str> = capitalised(passage.en_text())
            .iter()
            .map(|span| span.of(passage.en_text()))
            .filter(|word| word.len() > 3 && !IDLE.holds(word))
            .collect();
        for span in spans {
            let form = Form {
                passage: index,
                side: Side::Zh,
                span,
                count: 0,
            };
            let (form, beside) = names.entry(span.of(text)).or_insert((form, BTreeMap::new()));
            form.count += 1;
            english
                .iter()
                .for_each(|word| *beside.entry(word).or_default() += 1);
        }
    }
    names
}

/// Pairs of foreign names that sound alike but for one syllable, in rows that share an English name; the usual one first.
pub(in crate::audit) fn alike<'p>(names: &Foreign<'p>) -> Vec<(&'p str, &'p str)> {
    let all: Vec<_> = names.iter().collect();
    let mut pairs = Vec::new();
    for (at, (one, (form, english))) in all.iter().enumerate() {
        for (other, (other_form, other_english)) in &all[at + 1..] {
            let shares = || english.keys().any(|word| other_english.contains_key(word));
            if sound_alike(one, other) && shares() {
                let pair = if rank(form) <= rank(other_form) {
                    (**one, **other)
                } else {
                    (**other, **one)
                };
                pairs.push(pair);
            }
        }
    }
    pairs
}

/// Words with a capital that are no names.
static IDLE: WordList = WordList::new(
    "The, This, That, These, Those, They, There, Then, When, While, With, What, Where, Which, After, Before, From, \
     According, However, Meanwhile, President, Minister, Secretary, State, Foreign, Later, Chinese, American, China, \
     United, States, Mr, Mrs, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, January, February, \
     March, April, June, July, August, September, October, November, December, Prime, General, Council, National",
);

fn foreign(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, SOUNDS.contains(&c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                spans.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    spans.retain(|span| (LEAST..=MOST).contains(&span.of(text).chars().count()));
    spans
}

/// As many syllables, all but one the same.
fn sound_alike(one: &str, other: &str) -> bool {
    if one.chars().count() != other.chars().count() {
        return false;
    }
    let same = |a: char, b: char| {
        let (a, b) = (pinyin_of(a).unwrap_or_default(), pinyin_of(b).unwrap_or_default());
        a.iter().any(|reading| b.contains(reading))
    };
    let differ = one
        .chars()
        .zip(other.chars())
        .filter(|(a, b)| a != b && !same(*a, *b))
        .count();
    let written = one.chars().zip(other.chars()).filter(|(a, b)| a != b).count();
    differ <= 1 && written < one.chars().count()
}
