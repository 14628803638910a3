//! What a function made of words, kept for those that come again: of running words, nine in ten were met before.

use foldhash::{HashMap, HashMapExt};

/// The results of one function, for as many words as there is room for.
pub(crate) struct Memo<T> {
    known: HashMap<Key, T>,
}

/// A word's bytes, and behind them their number: what is looked up millions of times a second should not lie elsewhere.
type Key = u128;

/// Words that are kept; when there are more, all are forgotten, and the usual ones are soon back.
const MOST: usize = 1 << 16;
/// Bytes of a word that is worth keeping: only one in some hundred has more.
const LONGEST: usize = 15;

fn key(word: &str) -> Option<Key> {
    let mut key = [0; LONGEST + 1];
    let (bytes, length) = key.split_at_mut(LONGEST);
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    length[0] = word.len() as u8;
    Some(Key::from_le_bytes(key))
}

impl<T: Clone> Memo<T> {
    pub fn new() -> Memo<T> {
        Memo {
            known: HashMap::new(),
        }
    }

    /// What `make` makes of a word.
    pub fn get(&mut self, word: &str, make: impl FnOnce() -> T) -> T {
        let Some(key) = key(word) else { return make() };
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let made = make();
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.insert(key, made.clone());
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_worked_out_once_as_long_as_there_is_room() {
        let (mut memo, mut made) = (Memo::new(), 0);
        let mut ask = |word: &str| {
            memo.get(word, || {
                made += 1;
                word.len()
            });
            made
        };
        assert_eq!((ask("雨"), ask("雨"), ask("伞")), (1, 1, 2));
        let long = "a".repeat(LONGEST + 1);
        assert_eq!(
            (ask(&long), ask(&long), ask(&long[1..]), ask(&long[1..])),
            (3, 4, 5, 5)
        );
        (0..MOST).for_each(|number| _ = ask(&number.to_string()));
        assert_eq!(ask("雨"), 5 + MOST + 1);
    }
}
