//! What a function made of words, kept for those that come again: of running words, nine in ten were met before.

/// The results of one function, each for the last word that had its place.
pub(crate) struct Memo<T> {
    places: Vec<Place<T>>,
}

/// Where some word may be kept; it lies in one piece of what a processor reads of memory at a time.
#[derive(Clone)]
#[repr(align(32))]
struct Place<T>(Option<(Key, T)>);

/// A word's bytes, and behind them their number: what is looked up millions of times a second should not lie elsewhere.
type Key = u128;

/// As a power of two: of a hundred running words six or seven are worked out anew, half of them because they are new.
const PLACES: u32 = 17;
/// Bytes of a word that is worth keeping: only one in some hundred has more.
const LONGEST: usize = 15;

fn key(word: &str) -> Option<Key> {
    let mut key = [0; LONGEST + 1];
    let (bytes, length) = key.split_at_mut(LONGEST);
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    length[0] = word.len() as u8;
    Some(Key::from_le_bytes(key))
}

fn place(key: Key) -> usize {
    let both = key as u64 ^ ((key >> 64) as u64).rotate_left(29);
    (both.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - PLACES)) as usize
}

impl<T: Clone> Memo<T> {
    pub fn new() -> Memo<T> {
        Memo {
            places: vec![Place(None); 1 << PLACES],
        }
    }

    /// What `make` makes of a word.
    pub fn get(&mut self, word: &str, make: impl FnOnce() -> T) -> T {
        match key(word) {
            Some(key) => self.at(key, make),
            None => make(),
        }
    }

    /// What `make` makes of each word. All places are known before the first is looked at, so that a processor waits for
    /// many of them at a time.
    pub fn all(&mut self, words: &[&str], make: impl Fn(&str) -> T) -> Vec<T> {
        let keys: Vec<Option<Key>> = words.iter().map(|word| key(word)).collect();
        let made = |(key, word): (Option<Key>, &&str)| match key {
            Some(key) => self.at(key, || make(word)),
            None => make(word),
        };
        keys.into_iter().zip(words).map(made).collect()
    }

    fn at(&mut self, key: Key, make: impl FnOnce() -> T) -> T {
        let Place(place) = &mut self.places[place(key)];
        match place {
            Some((known, made)) if *known == key => made.clone(),
            _ => place.insert((key, make())).1.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_worked_out_once_as_long_as_it_has_its_place() {
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
        let many = 100 << PLACES;
        (0..many).for_each(|number| _ = ask(&number.to_string()));
        assert_eq!(ask("雨"), 5 + many + 1);
    }
}
