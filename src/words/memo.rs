//! What a function made of words, kept for those that come again: of running words, nine in ten were met before.

/// The results of one function, each for the last word that had its place.
pub(crate) struct Memo<T> {
    /// A power of two of them, at most half of them taken as long as there may be more.
    places: Vec<Place<T>>,
    taken: usize,
}

/// Where some word may be kept; it lies in one piece of what a processor reads of memory at a time.
#[derive(Clone)]
#[repr(align(32))]
struct Place<T>(Option<(Key, T)>);

/// A word's bytes, and behind them their number: what is looked up millions of times a second should not lie elsewhere.
type Key = u128;

/// Places at first, which a short text does with.
const FEWEST: usize = 1 << 10;
/// Places at last: of a hundred running words six or seven are worked out anew, half of them because they are new.
const MOST: usize = 1 << 17;
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
            places: vec![Place(None); FEWEST],
            taken: 0,
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
        let place = self.place(key);
        if let Place(Some((known, made))) = &self.places[place]
            && *known == key
        {
            return made.clone();
        }
        let made = make();
        let before = self.places[place].0.replace((key, made.clone()));
        self.taken += usize::from(before.is_none());
        if self.taken > self.places.len() / 2 && self.places.len() < MOST {
            self.grow();
        }
        made
    }

    /// By the uppermost bits of a product with all of the key's, so that twice as many places part what shared one.
    fn place(&self, key: Key) -> usize {
        let both = key as u64 ^ ((key >> 64) as u64).rotate_left(29);
        (both.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - self.places.len().ilog2())) as usize
    }

    fn grow(&mut self) {
        let more = vec![Place(None); 2 * self.places.len()];
        for Place(kept) in std::mem::replace(&mut self.places, more) {
            if let Some((key, made)) = kept {
                let place = self.place(key);
                self.places[place] = Place(Some((key, made)));
            }
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
        let many = 100 * MOST;
        (0..many).for_each(|number| _ = ask(&number.to_string()));
        assert_eq!(ask("雨"), 5 + many + 1);
    }
}
