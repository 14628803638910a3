//! Chinese words into the ways their sound is spelled in English: 近平 is "jinping".

use super::en::stem;
use super::memo::Memo;
use pinyin::ToPinyin;
use std::cell::RefCell;
use std::rc::Rc;

/// Longer words are no names; of one syllable there are too few to tell a name by.
const SYLLABLES: std::ops::RangeInclusive<usize> = 2..=4;

/// Stems of the pinyin of a word, whole and without its first syllable, which may be a surname.
///
/// ```
/// assert_eq!(duizhao::words::name::spellings("王小明")[..], ["wangxiaom", "xiaom"]);
/// ```
pub fn spellings(word: &str) -> Rc<[String]> {
    SPELLINGS.with_borrow_mut(|known| known.get(word, || made_spellings(word)))
}

thread_local! {
    static SPELLINGS: RefCell<Memo<Rc<[String]>>> = RefCell::new(Memo::new());
}

fn made_spellings(word: &str) -> Rc<[String]> {
    let syllables: Vec<&str> = word
        .to_pinyin()
        .flatten()
        .map(|syllable| syllable.plain())
        .collect();
    if !SYLLABLES.contains(&syllables.len()) {
        return [].into();
    }
    [&syllables[..], &syllables[1..]]
        .iter()
        .map(|part| stem(&part.concat()))
        .collect()
}
