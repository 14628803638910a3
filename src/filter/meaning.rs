//! Two texts into how much of each is translated by the other, as far as the lexicon can see it.

use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::script::{fold, is_han};
use crate::words::{Kind, Word, en::stem, memo::Memo, words};
use foldhash::HashMap;
use std::cell::RefCell;
use std::sync::LazyLock;

/// The share of words translated on both sides together, each word weighing as much as it is rare, with [`PRIOR`] added
/// to either: from 0, where much is said and nothing of it twice, to 1.
///
/// A glance that takes no time to cut words is enough for most translations, and only what looks doubtful is read word
/// by word: corpora have hundreds of millions of pairs.
pub(super) fn meaning(zh: &str, en: &str) -> f32 {
    let glance = glance(zh, en);
    if glance >= PLAIN { glance } else { reading(zh, en) }
}

/// From here on no misaligned pair of the samples is found, read by word or not, and most clean ones are.
const PLAIN: f32 = 0.6;

/// How many times likelier than by chance a word must make another to count as its translation.
const LEAST_LIFT: f32 = 10.0;

/// The weight that is taken as said and translated before the first word: two words that do not fit say little, twenty
/// much. Of the values tried (0 to 50) this parts the samples' clean pairs from misaligned ones best.
const PRIOR: f32 = 30.0;

/// The weight of a word that the lexicon does not know: a name, a number.
const UNKNOWN: f32 = 5.0;

/// What a word has to say: nothing if every tenth word is it.
fn weight(share: f32) -> f32 {
    (0.1 / share.max(1e-6)).ln().max(0.05)
}

/// A sum of weights, and how much of it is translated.
struct Sum {
    all: f32,
    found: f32,
}

impl Sum {
    fn new() -> Sum {
        Sum {
            all: PRIOR,
            found: PRIOR,
        }
    }

    fn add(&mut self, weight: f32, is_found: bool) {
        self.all += weight;
        self.found += if is_found { weight } else { 0.0 };
    }

    fn add_english(&mut self, english: &[EnglishWord]) {
        for word in english {
            self.add(word.weight, word.is_found);
        }
    }

    fn share(&self) -> f32 {
        self.found / self.all
    }
}

#[derive(Clone, Copy)]
struct EnglishWord {
    /// The lexicon's; none for a word that no Chinese one makes [`LEAST_LIFT`] times likelier: one that the lexicon does
    /// not know, and "the".
    number: Option<u32>,
    weight: f32,
    is_found: bool,
}

impl EnglishWord {
    fn new(stem: &str) -> EnglishWord {
        let lexicon = Lexicon::embedded();
        let number = lexicon.en(stem);
        EnglishWord {
            number: number.filter(|number| CHINESE.translated.hold(*number as usize)),
            weight: number.map_or(UNKNOWN, |number| weight(lexicon.en_share(number))),
            is_found: false,
        }
    }
}

/// Whether a Chinese word translates some of the English words; they are found then.
fn translates(zh: u32, en: &mut [EnglishWord]) -> bool {
    let links = &CHINESE.links[zh as usize];
    let mut any = false;
    for word in en.iter_mut() {
        if word.number.is_some_and(|number| links.hold(number)) {
            word.is_found = true;
            any = true;
        }
    }
    any
}

/// The English words that a Chinese one makes likelier by [`LEAST_LIFT`].
struct Links {
    numbers: Box<[u32]>,
    /// Most words are no translation of most others, and this tells at a glance.
    bits: Bits,
}

impl Links {
    fn of(lexicon: &Lexicon, zh: u32) -> Links {
        let strong = lexicon.row(zh).filter(|entry| entry.lift >= LEAST_LIFT);
        let mut numbers: Vec<u32> = strong.map(|entry| entry.en).collect();
        numbers.sort_unstable();
        let mut bits = Bits::new(numbers.len() * 8);
        numbers.iter().for_each(|number| bits.set(*number as usize));
        Links {
            bits,
            numbers: numbers.into(),
        }
    }

    fn hold(&self, number: u32) -> bool {
        self.bits.hold(number as usize) && self.numbers.binary_search(&number).is_ok()
    }
}

/// Which numbers there are, modulo the count of bits, a power of two.
struct Bits(Box<[u64]>);

impl Bits {
    fn new(least: usize) -> Bits {
        Bits(vec![0; (least / 64 + 1).next_power_of_two()].into())
    }

    fn place(&self, number: usize) -> (usize, u64) {
        ((number / 64) & (self.0.len() - 1), 1 << (number % 64))
    }

    fn set(&mut self, number: usize) {
        let (place, bit) = self.place(number);
        self.0[place] |= bit;
    }

    fn hold(&self, number: usize) -> bool {
        let (place, bit) = self.place(number);
        self.0[place] & bit != 0
    }
}

/// What every pair of a corpus asks the lexicon dozens of times, read once and laid out to be found quickly.
struct Chinese {
    /// Words of up to [`LONGEST`] characters by [`key`].
    numbers: HashMap<u128, u32>,
    /// The beginnings of these words by [`scattered`]: small enough for a processor's cache,
    /// where most places of a text end the search for a longer word.
    beginnings: Bits,
    /// By the word's number, what it has to say.
    weights: Vec<f32>,
    /// By the word's number, what it translates.
    links: Vec<Links>,
    /// The English words in any of them.
    translated: Bits,
}

static CHINESE: LazyLock<Chinese> = LazyLock::new(|| {
    let lexicon = Lexicon::embedded();
    let (zh, en, _) = lexicon.size();
    let all = 0..u32::try_from(zh).expect("the lexicon numbers its words in 32 bits");
    let links: Vec<Links> = all.clone().map(|number| Links::of(lexicon, number)).collect();
    let mut translated = Bits::new(en);
    for number in links.iter().flat_map(|links| &links.numbers) {
        translated.set(*number as usize);
    }
    let mut numbers = HashMap::default();
    let mut beginnings = Bits::new(1 << 21);
    for number in all.clone() {
        let word = lexicon.zh_word(number);
        if word.chars().count() > LONGEST {
            continue;
        }
        let mut whole = 0;
        for character in word.chars() {
            whole = key(whole, character);
            beginnings.set(scattered(whole));
        }
        numbers.insert(whole, number);
    }
    Chinese {
        numbers,
        beginnings,
        weights: all.map(|number| weight(lexicon.zh_share(number))).collect(),
        links,
        translated,
    }
});

/// The longest word in characters that is looked for at a glance.
const LONGEST: usize = 4;

/// The key of a word with one more character.
fn key(word: u128, character: char) -> u128 {
    word << 32 | u128::from(u32::from(character))
}

/// A number that says little of the key, and stands alone all the same.
fn scattered(key: u128) -> usize {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let (high, low) = ((key >> 64) as u64, key as u64);
    let mixed = (low ^ high.wrapping_mul(ODD)).wrapping_mul(ODD);
    (mixed >> 40) as usize
}

/// Words as the aligner sees them, values and names among them.
fn reading(zh: &str, en: &str) -> f32 {
    let lexicon = Lexicon::embedded();
    let is_word = |word: &Word| word.kind != Kind::Mark;
    let zh: Vec<Word> = words(zh, Side::Zh).into_iter().filter(is_word).collect();
    let en: Vec<Word> = words(en, Side::En).into_iter().filter(is_word).collect();
    let same = |word: &Word, others: &[Word]| others.iter().any(|other| other.key == word.key);
    let english = en.iter().map(|word| EnglishWord {
        is_found: same(word, &zh),
        ..EnglishWord::new(&word.key)
    });
    let mut english: Vec<EnglishWord> = english.collect();
    let mut sum = Sum::new();
    for word in &zh {
        let number = lexicon.zh(&word.key);
        let mut is_found = same(word, &en);
        match number {
            Some(number) => is_found |= translates(number, &mut english),
            // A word that the lexicon does not know is read by its characters.
            None => {
                for part in word
                    .key
                    .chars()
                    .filter_map(|c| lexicon.zh(c.encode_utf8(&mut [0; 4])))
                {
                    is_found |= translates(part, &mut english);
                }
            }
        }
        sum.add(weight_of(number), is_found);
    }
    sum.add_english(&english);
    sum.share()
}

/// The weight of a Chinese word.
fn weight_of(number: Option<u32>) -> f32 {
    number.map_or(UNKNOWN, |number| CHINESE.weights[number as usize])
}

thread_local! {
    static KNOWN: RefCell<Memo<EnglishWord>> = RefCell::new(Memo::new());
}

/// Chinese by the longest words of the lexicon, English by its letters.
fn glance(zh: &str, en: &str) -> f32 {
    let has_letters = zh.contains(|c: char| c.is_ascii_alphabetic());
    let written = en
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| word.starts_with(char::is_alphabetic));
    let mut english: Vec<EnglishWord> = KNOWN.with_borrow_mut(|known| {
        let word = |word: &str| EnglishWord {
            is_found: has_letters && word.len() > 1 && zh.contains(word),
            ..known.get(word, || EnglishWord::new(&stem(word)))
        };
        written.map(word).collect()
    });
    let mut sum = Sum::new();
    let folded: Vec<char> = zh.chars().map(fold).collect();
    let mut rest = &folded[..];
    while let Some(first) = rest.first() {
        let mut taken = 1;
        if is_han(*first) {
            let word = longest_word(rest);
            taken = word.map_or(1, |(length, _)| length);
            let number = word.map(|(_, number)| number);
            let is_found = number.is_some_and(|number| translates(number, &mut english));
            sum.add(weight_of(number), is_found);
        }
        rest = &rest[taken..];
    }
    sum.add_english(&english);
    sum.share()
}

/// The longest word of the lexicon that a text begins with, and how many characters it has.
fn longest_word(text: &[char]) -> Option<(usize, u32)> {
    let (mut keys, mut length) = ([0; LONGEST], 0_usize);
    for character in text.iter().take(LONGEST).take_while(|c| is_han(**c)) {
        let before = length.checked_sub(1).map_or(0, |last| keys[last]);
        let here = key(before, *character);
        if !CHINESE.beginnings.hold(scattered(here)) {
            break;
        }
        keys[length] = here;
        length += 1;
    }
    (1..=length)
        .rev()
        .find_map(|taken| Some((taken, *CHINESE.numbers.get(&keys[taken - 1])?)))
}
