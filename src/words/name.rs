//! Chinese words into the ways their sound is spelled in English: 近平 is "jinping".

use super::en::stem;
use pinyin::ToPinyin;

/// Longer words are no names; of one syllable there are too few to tell a name by.
const SYLLABLES: std::ops::RangeInclusive<usize> = 2..=4;

/// Stems of the pinyin of a word, whole and without its first syllable, which may be a surname.
///
/// ```
/// assert_eq!(duizhao::words::name::spellings("王小明"), ["wangxiaom", "xiaom"]);
/// ```
pub fn spellings(word: &str) -> Vec<String> {
    let syllables: Vec<&str> = word
        .to_pinyin()
        .flatten()
        .map(|syllable| syllable.plain())
        .collect();
    if !SYLLABLES.contains(&syllables.len()) {
        return Vec::new();
    }
    [&syllables[..], &syllables[1..]]
        .iter()
        .map(|part| stem(&part.concat()).into_owned())
        .collect()
}
