//! Two texts into how much of each is translated by the other, as far as the lexicon can see it.

use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::script::{fold, is_han};
use crate::words::{Kind, Word, en::stem, words};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The share of words translated on both sides together, each word weighing as much as it is rare, with [`PRIOR`] added
/// to either: from 0, where much is said and nothing of it twice, to 1.
///
/// A glance that takes no time to cut words is enough for most translations, and only what looks doubtful is read word
/// by word: corpora have hundreds of millions of pairs.
pub(super) fn meaning(zh: &str, en: &str) -> f32 {
    let lexicon = Lexicon::embedded();
    let glance = glance(lexicon, zh, en);
    if glance >= PLAIN {
        glance
    } else {
        reading(lexicon, zh, en)
    }
}

/// From here on no misaligned pair of the samples is found, read by word or not, and most clean ones are.
const PLAIN: f32 = 0.6;

/// How many times likelier than by chance a word must make another to count as its translation.
const LEAST_LIFT: f32 = 8.0;

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

    fn share(&self) -> f32 {
        self.found / self.all
    }
}

/// An English word that may turn out to be translated.
struct English {
    /// The lexicon's; none for a word it does not know.
    number: Option<u32>,
    is_found: bool,
}

impl English {
    fn weight(&self, lexicon: &Lexicon) -> f32 {
        self.number
            .map_or(UNKNOWN, |number| weight(lexicon.en_share(number)))
    }
}

/// Whether a Chinese word translates some of the English words; they are found then.
fn translates(zh: u32, en: &mut [English]) -> bool {
    let links = &LINKS[zh as usize];
    let mut any = false;
    for word in en.iter_mut() {
        if word
            .number
            .is_some_and(|number| links.binary_search(&number).is_ok())
        {
            word.is_found = true;
            any = true;
        }
    }
    any
}

/// For each Chinese word of the lexicon the English words that it makes likelier by [`LEAST_LIFT`], in order: read once,
/// since every pair of a corpus asks for dozens of rows.
static LINKS: LazyLock<Vec<Box<[u32]>>> = LazyLock::new(|| {
    let lexicon = Lexicon::embedded();
    let strong = |zh| {
        lexicon
            .row(zh)
            .filter(|entry| entry.lift >= LEAST_LIFT)
            .map(|entry| entry.en)
    };
    let links = |zh| {
        let mut links: Vec<u32> = strong(zh).collect();
        links.sort_unstable();
        links.into_boxed_slice()
    };
    zh_numbers(lexicon).map(links).collect()
});

/// The numbers of the lexicon's Chinese words.
fn zh_numbers(lexicon: &Lexicon) -> std::ops::Range<u32> {
    let (zh, ..) = lexicon.size();
    0..u32::try_from(zh).expect("the lexicon numbers its words in 32 bits")
}

/// Words as the aligner sees them, values and names among them.
fn reading(lexicon: &Lexicon, zh: &str, en: &str) -> f32 {
    let is_word = |word: &Word| word.kind != Kind::Mark;
    let zh: Vec<Word> = words(zh, Side::Zh).into_iter().filter(is_word).collect();
    let en: Vec<Word> = words(en, Side::En).into_iter().filter(is_word).collect();
    let same = |word: &Word, others: &[Word]| others.iter().any(|other| other.key == word.key);
    let mut english: Vec<English> = en
        .iter()
        .map(|word| English {
            number: lexicon.en(&word.key),
            is_found: same(word, &zh),
        })
        .collect();
    let mut sum = Sum::new();
    for word in &zh {
        let number = lexicon.zh(&word.key);
        // A word that the lexicon does not know is read by its characters.
        let parts: Vec<u32> = match number {
            Some(number) => vec![number],
            None => word
                .key
                .chars()
                .filter_map(|c| lexicon.zh(c.encode_utf8(&mut [0; 4])))
                .collect(),
        };
        let mut is_found = same(word, &en);
        for part in parts {
            is_found |= translates(part, &mut english);
        }
        sum.add(
            number.map_or(UNKNOWN, |number| weight(lexicon.zh_share(number))),
            is_found,
        );
    }
    for word in &english {
        sum.add(word.weight(lexicon), word.is_found);
    }
    sum.share()
}

/// Chinese by the longest words of the lexicon, English by its letters.
fn glance(lexicon: &Lexicon, zh: &str, en: &str) -> f32 {
    let has_letters = zh.contains(|c: char| c.is_ascii_alphabetic());
    let mut english: Vec<English> = en
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| word.starts_with(char::is_alphabetic))
        .map(|word| English {
            number: lexicon.en(&stem(word)),
            is_found: has_letters && word.len() > 1 && zh.contains(word),
        })
        .collect();
    let mut sum = Sum::new();
    let folded: Vec<char> = zh.chars().map(fold).collect();
    let mut rest = &folded[..];
    while let Some(first) = rest.first() {
        let mut taken = 1;
        if is_han(*first) {
            let word = longest_word(rest);
            taken = word.map_or(1, |(length, _)| length);
            let is_found = word.is_some_and(|(_, word)| translates(word, &mut english));
            sum.add(
                word.map_or(UNKNOWN, |(_, word)| weight(lexicon.zh_share(word))),
                is_found,
            );
        }
        rest = &rest[taken..];
    }
    for word in &english {
        sum.add(word.weight(lexicon), word.is_found);
    }
    sum.share()
}

/// The longest word in characters that is looked for.
const LONGEST: usize = 4;

/// The lexicon's Chinese words: to look one up here is quicker than in the file.
static WORDS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let lexicon = Lexicon::embedded();
    zh_numbers(lexicon)
        .map(|number| (lexicon.zh_word(number), number))
        .collect()
});

/// The longest word of the lexicon that a text begins with, and how many characters it has.
fn longest_word(text: &[char]) -> Option<(usize, u32)> {
    let (mut piece, mut ends, mut length) = ([0; 4 * LONGEST], [0; LONGEST], 0);
    let mut characters = 0;
    for character in text.iter().take(LONGEST).take_while(|c| is_han(**c)) {
        length += character.encode_utf8(&mut piece[length..]).len();
        ends[characters] = length;
        characters += 1;
    }
    (1..=characters).rev().find_map(|taken| {
        let piece = str::from_utf8(&piece[..ends[taken - 1]]).expect("characters were encoded");
        Some((taken, *WORDS.get(piece)?))
    })
}
