//! What a function made of words, kept for those that come again: of running words, nine in ten were met before.

use foldhash::{HashMap, HashMapExt};

/// The results of one function, for as many words as there is room for.
pub(crate) struct Memo<T> {
    known: HashMap<Box<str>, T>,
}

/// Words that are kept; when there are more, all are forgotten, and the usual ones are soon back.
const MOST: usize = 1 << 16;
/// Bytes of a word that is worth keeping.
const LONGEST: usize = 64;

impl<T: Clone> Memo<T> {
    pub fn new() -> Memo<T> {
        Memo {
            known: HashMap::new(),
        }
    }

    /// What `make` makes of a word.
    pub fn get(&mut self, word: &str, make: impl FnOnce() -> T) -> T {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        let made = make();
        if self.known.len() >= MOST {
            self.known.clear();
        }
        if word.len() <= LONGEST {
            self.known.insert(word.into(), made.clone());
        }
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
        let long = "长".repeat(LONGEST);
        assert_eq!((ask(&long), ask(&long)), (3, 4));
        (0..MOST).for_each(|number| _ = ask(&number.to_string()));
        assert_eq!(ask("雨"), 4 + MOST + 1);
    }
}
