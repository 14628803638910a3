//! Foreign names as characters write them, and what they sound like.

use super::person::pinyin_of;
use crate::span::Span;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The foreign names that stand in a text.
pub(in crate::audit) fn foreign_spans(text: &str) -> Vec<Span> {
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

/// Whether a word could be a foreign name of two characters.
pub(super) fn is_foreign(word: &str) -> bool {
    word.chars().count() == 2 && word.chars().all(|c| SOUNDS.contains(&c))
}

/// Characters that foreign names are written with, and hardly a word of the language.
static SOUNDS: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
    "阿埃艾爱安奥澳巴拜班邦鲍贝本比彼毕别宾波伯勃博布达戴丹道德登迪蒂丁杜顿多恩尔法范菲费芬弗福夫盖冈戈哥格葛古圭哈海罕汉赫亨霍基吉加贾杰捷金\
     卡喀凯坎康考柯科克肯库夸奎拉莱赖兰朗劳勒雷蕾里利莉丽林琳龙隆卢鲁伦罗洛马玛迈曼梅门蒙米密明摩莫默姆穆拿纳娜南内尼宁纽努诺欧恰帕潘庞佩彭皮珀\
     普齐奇契乔切琴丘茹瑞萨塞桑瑟森沙莎山舍申施史斯思苏所索塔泰坦汤特滕提廷图托瓦万威维韦魏温文沃乌伍西希锡夏肖谢休雅亚娅扬耶叶伊因英尤于扎詹珍芝朱卓兹佐"
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
});
/// A run of them is a foreign name from this many characters on; longer ones are several names.
const LEAST: usize = 3;
const MOST: usize = 8;

/// As many syllables, all but one the same.
pub(in crate::audit) fn sound_alike(one: &str, other: &str) -> bool {
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

/// From here on a foreign name in characters is one in letters.
pub(in crate::audit) const ALIKE: f32 = 0.76;

/// How much a foreign name in characters sounds like a word in letters, from 0 to 1: by their consonants and how they begin, since
/// vowels are lost first. 芬威克 is Fenwick, 泽连斯基 is Zelensky.
pub(in crate::audit) fn sounds_like(zh: &str, en: &str) -> f32 {
    let (zh, en) = (zh_consonants(zh), en_consonants(en));
    let longer = zh.len().max(en.len());
    match longer {
        0 => 0.0,
        _ => 1.0 - distance(&zh, &en) / longer as f32,
    }
}

/// Consonants as far as both scripts keep them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sound {
    B,
    D,
    F,
    G,
    H,
    /// 基 and 杰: k, g, j, or t before i.
    J,
    L,
    N,
    S,
    /// A vowel, which counts at the beginning only.
    V,
}

fn zh_consonants(name: &str) -> Vec<Sound> {
    let mut sounds = Vec::new();
    for c in name.chars() {
        let Some(reading) = pinyin_of(c).and_then(|readings| readings.into_iter().next()) else {
            continue;
        };
        sounds.extend(match reading.as_bytes() {
            [b'b' | b'p', ..] => Some(Sound::B),
            [b'd' | b't', ..] => Some(Sound::D),
            [b'f' | b'w', ..] => Some(Sound::F),
            [b'g' | b'k', ..] => Some(Sound::G),
            [b'h', ..] => Some(Sound::H),
            [b'j' | b'q', ..] => Some(Sound::J),
            [b'l' | b'r', ..] => Some(Sound::L),
            [b'm' | b'n', ..] => Some(Sound::N),
            [b's' | b'x' | b'z' | b'c', ..] => Some(Sound::S),
            _ => sounds.is_empty().then_some(Sound::V),
        });
        let is_nasal = reading.len() > 1 && reading.ends_with(['n', 'g']);
        sounds.extend(is_nasal.then_some(Sound::N));
    }
    sounds.dedup();
    sounds
}

fn en_consonants(word: &str) -> Vec<Sound> {
    let letters: Vec<u8> = word.to_ascii_lowercase().into_bytes();
    let is_soft = |next: Option<&u8>| matches!(next, Some(b'e' | b'i' | b'y'));
    let sound = |(at, letter): (usize, &u8)| {
        let next = letters.get(at + 1);
        Some(match letter {
            b'p' if next == Some(&b'h') => Sound::F,
            b'b' | b'p' => Sound::B,
            b't' if next == Some(&b'h') => Sound::S,
            b'd' | b't' => Sound::D,
            b'f' | b'v' | b'w' => Sound::F,
            b'c' if is_soft(next) || next == Some(&b'h') => Sound::S,
            b'g' if is_soft(next) => Sound::J,
            b'g' if at > 0 && letters[at - 1] == b'n' => return None,
            b'c' | b'g' | b'k' | b'q' => Sound::G,
            b'h' if at == 0 => Sound::H,
            b'j' => Sound::J,
            b'l' | b'r' => Sound::L,
            b'm' | b'n' => Sound::N,
            b's' | b'z' | b'x' => Sound::S,
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' if at == 0 => Sound::V,
            _ => return None,
        })
    };
    let mut sounds: Vec<Sound> = letters.iter().enumerate().filter_map(sound).collect();
    sounds.dedup();
    sounds
}

/// What one is changed into the other by: a sound that comes or goes, or becomes another one. An r or h that nobody hears
/// goes for half.
fn distance(zh: &[Sound], en: &[Sound]) -> f32 {
    let cost = |sound: Sound| match sound {
        Sound::L | Sound::H => 0.5,
        _ => 1.0,
    };
    let change = |zh: Sound, en: Sound| match (zh, en) {
        (zh, en) if zh == en => 0.0,
        (Sound::J, Sound::G | Sound::D | Sound::S) | (Sound::S | Sound::D, Sound::J) => 0.25,
        (Sound::H, Sound::G) | (Sound::S, Sound::D) | (Sound::H, Sound::F) => 0.5,
        _ => 1.0,
    };
    let mut row: Vec<f32> = en.iter().fold(vec![0.0], |mut row, &sound| {
        row.push(row[row.len() - 1] + cost(sound));
        row
    });
    for &left in zh {
        let mut next = vec![row[0] + cost(left)];
        for (at, &right) in en.iter().enumerate() {
            let kept = row[at] + change(left, right);
            next.push(kept.min(row[at + 1] + cost(left)).min(next[at] + cost(right)));
        }
        row = next;
    }
    row[en.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_name_sounds_like_itself_and_like_no_other() {
        let pairs = [
            ("芬威克", "Fenwick"),
            ("索兰尼亚", "Solania"),
            ("泽连斯基", "Zelensky"),
            ("马克龙", "Macron"),
            ("特朗普", "Trump"),
            ("安克雷奇", "Anchorage"),
        ];
        for (zh, en) in pairs {
            assert!(sounds_like(zh, en) >= 0.75, "{zh} {en} {}", sounds_like(zh, en));
            for (other, _) in pairs.iter().filter(|(other, _)| *other != zh) {
                assert!(
                    sounds_like(other, en) < 0.75,
                    "{other} {en} {}",
                    sounds_like(other, en)
                );
            }
        }
    }
}
