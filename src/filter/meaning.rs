//! Two texts into how much of each is translated by the other, as far as the lexicon can see it.

use super::measure::has_byte;
use super::tree::Tree;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::script::{fold, is_han};
use crate::words::{Kind, Word, en::new_stem, memo::Memo, words};
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

/// From here on no preset rejects; hardly a pair in two thousand that looks so likely would be read as one to reject.
const PLAIN: f32 = 0.55;

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

    fn add_english(&mut self, english: &English) {
        for word in &english.words {
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
            number: number.filter(|number| CHINESE.translated[*number as usize]),
            weight: number.map_or(UNKNOWN, |number| weight(lexicon.en_share(number))),
            is_found: false,
        }
    }
}

/// The English side of a pair, as a Chinese word asks for its translations in it.
struct English {
    words: Vec<EnglishWord>,
    /// Which numbers there may be, modulo their count: most words are no translation of most others, and this tells at
    /// a glance.
    bits: [u64; PIECES],
}

const PIECES: usize = 64;

impl English {
    fn new(words: Vec<EnglishWord>) -> English {
        let mut bits = [0; PIECES];
        for number in words.iter().filter_map(|word| word.number) {
            let (place, bit) = English::place(number);
            bits[place] |= bit;
        }
        English { words, bits }
    }

    fn place(number: u32) -> (usize, u64) {
        (number as usize / 64 % PIECES, 1 << (number % 64))
    }

    /// Whether a Chinese word translates some of the words; they are found then.
    fn is_translated_by(&mut self, zh: ChineseWord) -> bool {
        let mut any = false;
        for link in CHINESE.links(zh) {
            let (place, bit) = English::place(*link);
            if self.bits[place] & bit != 0 {
                for word in self.words.iter_mut().filter(|word| word.number == Some(*link)) {
                    word.is_found = true;
                    any = true;
                }
            }
        }
        any
    }
}

/// What every pair of a corpus asks the lexicon dozens of times, read once and laid out to be found quickly: a look at
/// memory that no cache holds takes as long as all else that is done for a word, so frequent words lie together.
struct Chinese {
    /// The more frequent, the earlier.
    words: Vec<ChineseWord>,
    /// The English words that the Chinese ones make likelier by [`LEAST_LIFT`], one's behind another's.
    links: Vec<u32>,
    /// By its number, whether an English word is among them.
    translated: Vec<bool>,
    /// By a word's number in the lexicon, its place among the words here.
    places: Vec<u32>,
    /// The places of words by their characters.
    tree: Tree,
}

#[derive(Clone, Copy)]
struct ChineseWord {
    /// What the word has to say.
    weight: f32,
    /// Where its links are.
    links: (u32, u32),
}

static CHINESE: LazyLock<Chinese> = LazyLock::new(|| {
    let lexicon = Lexicon::embedded();
    let (zh, en, _) = lexicon.size();
    let mut numbers = Vec::from_iter(0..u32::try_from(zh).expect("the lexicon numbers its words in 32 bits"));
    numbers.sort_by(|one, other| lexicon.zh_share(*other).total_cmp(&lexicon.zh_share(*one)));
    let mut links = Vec::new();
    let mut words = Vec::with_capacity(zh);
    let mut places = vec![0; zh];
    for (place, number) in (0..).zip(&numbers) {
        let start = links.len() as u32;
        let strong = lexicon.row(*number).filter(|entry| entry.lift >= LEAST_LIFT);
        links.extend(strong.map(|entry| entry.en));
        words.push(ChineseWord {
            weight: weight(lexicon.zh_share(*number)),
            links: (start, links.len() as u32),
        });
        places[*number as usize] = place;
    }
    let mut translated = vec![false; en];
    links
        .iter()
        .for_each(|number| translated[*number as usize] = true);
    Chinese {
        words,
        links,
        translated,
        tree: Tree::of(numbers.iter().map(|number| lexicon.zh_word(*number))),
        places,
    }
});

impl Chinese {
    /// By its number in the lexicon.
    fn word(&self, number: u32) -> ChineseWord {
        self.words[self.places[number as usize] as usize]
    }

    fn links(&self, word: ChineseWord) -> &[u32] {
        let (start, end) = word.links;
        &self.links[start as usize..end as usize]
    }
}

/// Words as the aligner sees them, values and names among them.
fn reading(zh: &str, en: &str) -> f32 {
    let lexicon = Lexicon::embedded();
    let is_word = |word: &Word| word.kind != Kind::Mark;
    let zh: Vec<Word> = words(zh, Side::Zh).into_iter().filter(is_word).collect();
    let en: Vec<Word> = words(en, Side::En).into_iter().filter(is_word).collect();
    let same = |word: &Word, (others, begin): (&[Word], u64)| {
        begin & beginning(word) != 0 && others.iter().any(|other| other.key == word.key)
    };
    let [zh_begin, en_begin] =
        [&zh, &en].map(|words| words.iter().fold(0, |all, word| all | beginning(word)));
    let english = en.iter().map(|word| EnglishWord {
        is_found: same(word, (&zh, zh_begin)),
        ..EnglishWord::new(&word.key)
    });
    let mut english = English::new(english.collect());
    let mut sum = Sum::new();
    for word in &zh {
        let known = lexicon.zh(&word.key).map(|number| CHINESE.word(number));
        let mut is_found = same(word, (&en, en_begin));
        match known {
            Some(known) => is_found |= english.is_translated_by(known),
            // A word that the lexicon does not know is read by its characters.
            None => {
                for part in word
                    .key
                    .chars()
                    .filter_map(|c| lexicon.zh(c.encode_utf8(&mut [0; 4])))
                {
                    is_found |= english.is_translated_by(CHINESE.word(part));
                }
            }
        }
        sum.add(weight_of(known), is_found);
    }
    sum.add_english(&english);
    sum.share()
}

/// A bit for a word's first byte: Chinese words and English ones, which are never the same, begin with others.
fn beginning(word: &Word) -> u64 {
    word.key.bytes().next().map_or(0, |byte| 1 << (byte % 64))
}

/// The weight of a Chinese word.
fn weight_of(word: Option<ChineseWord>) -> f32 {
    word.map_or(UNKNOWN, |word| word.weight)
}

thread_local! {
    static KNOWN: RefCell<Memo<EnglishWord>> = RefCell::new(Memo::new());
}

/// Chinese by the longest words of the lexicon, English by its letters.
///
/// All words of a text are cut before the first is looked up, and all are looked up before the first is asked for its
/// links: so a processor waits for many of them at a time.
fn glance(zh: &str, en: &str) -> f32 {
    let mut english = English::new(english_words(zh, en));
    let mut sum = Sum::new();
    for word in chinese_words(zh) {
        sum.add(
            weight_of(word),
            word.is_some_and(|word| english.is_translated_by(word)),
        );
    }
    sum.add_english(&english);
    sum.share()
}

/// With room for a text of words of three letters: to make room bit by bit takes longer.
fn english_words(zh: &str, en: &str) -> Vec<EnglishWord> {
    let mut written = Vec::with_capacity(en.len() / 4 + 1);
    written.extend(
        en.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .filter(|word| word.starts_with(char::is_alphabetic)),
    );
    let mut words =
        KNOWN.with_borrow_mut(|known| known.all(&written, |word| EnglishWord::new(&new_stem(word))));
    if has_byte(zh, |byte| byte.is_ascii_alphabetic()) {
        for (word, written) in words.iter_mut().zip(written) {
            word.is_found = written.len() > 1 && zh.contains(written);
        }
    }
    words
}

/// None for a character that no word begins with.
fn chinese_words(zh: &str) -> Vec<Option<ChineseWord>> {
    let mut characters = Vec::with_capacity(zh.len() / 3 + 1);
    characters.extend(zh.chars().map(fold));
    let mut words = Vec::with_capacity(characters.len());
    let mut rest = &characters[..];
    while let Some(first) = rest.first() {
        let mut taken = 1;
        if is_han(*first) {
            let longest = CHINESE.tree.longest(rest);
            taken = longest.map_or(1, |(length, _)| length);
            words.push(longest.map(|(_, place)| CHINESE.words[place as usize]));
        }
        rest = &rest[taken..];
    }
    words
}
