//! A document pair's words, numbered once, and which of them translate which: all that scoring looks at.

use super::quotation::Quotation;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::words::{Kind, Word, name, words};
use std::collections::HashMap;

/// Two documents as runs of numbered words, with the links between words that the lexicon or the eye can see.
pub struct Pairing {
    pub(super) zh: Text,
    pub(super) en: Text,
    /// English width to Chinese width, over both documents.
    pub(super) stretch: f32,
    /// For each Chinese type, the English types that translate it, by number.
    pub(super) links: Vec<Vec<Link>>,
    /// For each English type, where it stands: sentence and place, in order.
    pub(super) places: Vec<Vec<(u32, u16)>>,
}

/// An English type that a Chinese type makes likelier, and how many times likelier than chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub en: u32,
    pub ratio: f32,
}

/// One document's side of a pairing.
#[derive(Default)]
pub(super) struct Text {
    pub sentences: Vec<Sentence>,
    /// Words and width before each sentence, and at the end: what a run holds is a difference.
    words_before: Vec<u32>,
    width_before: Vec<f32>,
}

/// A sentence as scoring sees it.
pub(super) struct Sentence {
    pub words: Vec<Token>,
    pub width: f32,
    pub quotes: u32,
    /// Whether it begins inside a quotation.
    pub is_quoted: bool,
    /// The last mark that is no quotation mark: `.`, `?`, ...; none where the sentence ends in a word.
    pub end: Option<char>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub word: u32,
    pub kind: Kind,
}

impl Pairing {
    /// Reads the sentences of both sides, in order.
    pub fn new<'a>(
        zh: impl IntoIterator<Item = &'a str>,
        en: impl IntoIterator<Item = &'a str>,
        lexicon: &Lexicon,
    ) -> Pairing {
        let (mut zh_types, mut en_types) = (Types::default(), Types::default());
        let zh = Text::new(
            zh.into_iter()
                .map(|text| zh_types.sentence(text, &known_parts(words(text, Side::Zh), lexicon))),
        );
        let en = Text::new(
            en.into_iter()
                .map(|text| en_types.sentence(text, &words(text, Side::En))),
        );
        let mut places = vec![Vec::new(); en_types.len()];
        for (j, sentence) in en.sentences.iter().enumerate() {
            for (place, token) in sentence.words.iter().enumerate() {
                places[token.word as usize].push((j as u32, place as u16));
            }
        }
        let stretch = stretch(zh.width(0..zh.len()), en.width(0..en.len()));
        Pairing {
            zh,
            en,
            stretch,
            links: links(&zh_types, &en_types, lexicon),
            places,
        }
    }

    /// Number of Chinese sentences.
    pub fn zh_len(&self) -> usize {
        self.zh.len()
    }

    /// Number of English sentences.
    pub fn en_len(&self) -> usize {
        self.en.len()
    }
}

/// English is about 1.7 times as wide as the Chinese it translates (Han characters counted as two columns); a pair of
/// documents shows its own ratio, and the longer they are, the more it counts.
fn stretch(zh_width: f32, en_width: f32) -> f32 {
    const USUAL: f32 = 1.7;
    const USUAL_WIDTH: f32 = 400.0;
    (en_width + USUAL * USUAL_WIDTH) / (zh_width + USUAL_WIDTH)
}

impl Text {
    fn new(sentences: impl Iterator<Item = Sentence>) -> Text {
        let mut text = Text {
            words_before: vec![0],
            width_before: vec![0.0],
            ..Text::default()
        };
        for sentence in sentences {
            text.words_before
                .push(text.words_before[text.len()] + sentence.words.len() as u32);
            text.width_before
                .push(text.width_before[text.len()] + sentence.width);
            text.sentences.push(sentence);
        }
        text
    }

    pub fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Number of words in a run of sentences.
    pub fn words(&self, run: std::ops::Range<usize>) -> u32 {
        self.words_before[run.end] - self.words_before[run.start]
    }

    /// Columns that a run of sentences fills; white space counts nothing.
    pub fn width(&self, run: std::ops::Range<usize>) -> f32 {
        self.width_before[run.end] - self.width_before[run.start]
    }
}

/// A unit of more words, as of a whole document taken for one, is judged by its beginning.
const MOST_WORDS: usize = 4096;

/// The different words of one document, and the quotation its last sentence left open.
#[derive(Default)]
struct Types {
    numbers: HashMap<Box<str>, u32>,
    list: Vec<(Kind, Box<str>)>,
    quotation: Quotation,
}

impl Types {
    fn len(&self) -> usize {
        self.list.len()
    }

    fn number(&mut self, word: &Word) -> u32 {
        if let Some(&number) = self.numbers.get(&*word.key) {
            return number;
        }
        let number = self.list.len() as u32;
        self.numbers.insert((&*word.key).into(), number);
        self.list.push((word.kind, (&*word.key).into()));
        number
    }

    fn sentence(&mut self, text: &str, words: &[Word]) -> Sentence {
        let is_quoted = self.quotation.is_open();
        self.quotation.read(text);
        let is_quote = |word: &Word| word.key == "\"";
        let width = |c: char| if c >= '\u{2e80}' { 2.0 } else { 1.0 };
        let end = words.iter().rev().find(|word| !is_quote(word));
        Sentence {
            words: words
                .iter()
                .take(MOST_WORDS)
                .map(|word| Token {
                    word: self.number(word),
                    kind: word.kind,
                })
                .collect(),
            width: text.chars().filter(|c| !c.is_whitespace()).map(width).sum(),
            quotes: words.iter().filter(|word| is_quote(word)).count() as u32,
            is_quoted,
            end: end
                .filter(|word| word.kind == Kind::Mark)
                .and_then(|word| word.key.chars().next()),
        }
    }
}

/// A Chinese word that the lexicon does not hold is read as its longest parts that it does hold.
fn known_parts<'a>(words: Vec<Word<'a>>, lexicon: &Lexicon) -> Vec<Word<'a>> {
    let mut known = Vec::with_capacity(words.len());
    for word in words {
        if word.kind != Kind::Han || lexicon.zh(&word.key).is_some() {
            known.push(word);
            continue;
        }
        let mut rest: &str = &word.key;
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let longest = ends.clone().rev().find(|&end| lexicon.zh(&rest[..end]).is_some());
            let end = longest.or(ends.clone().next()).expect("the rest is not empty");
            known.push(Word {
                kind: Kind::Han,
                key: rest[..end].to_owned().into(),
            });
            rest = &rest[end..];
        }
    }
    known
}

/// What a match at sight is worth beside one the lexicon knows, as a ratio to chance. Small numbers and days recur
/// (chapter 1, book 1), so they say less; Latin letters inside Chinese were kept because they are the same in English.
const SAME_VALUE: f32 = 2000.0;
const SAME_SMALL_VALUE: f32 = 300.0;
const SAME_LETTERS: f32 = 3000.0;
const SAME_SOUND: f32 = 2000.0;

fn links(zh: &Types, en: &Types, lexicon: &Lexicon) -> Vec<Vec<Link>> {
    let known: HashMap<u32, u32> = en
        .list
        .iter()
        .enumerate()
        .filter_map(|(number, (_, key))| Some((lexicon.en(key)?, number as u32)))
        .collect();
    let row = |(kind, key): &(Kind, Box<str>)| {
        let mut row: Vec<Link> = Vec::new();
        if let Some(zh) = lexicon.zh(key) {
            row.extend(lexicon.row(zh).filter_map(|entry| {
                let en = *known.get(&entry.en)?;
                Some(Link {
                    en,
                    ratio: entry.lift,
                })
            }));
        }
        let mut at_sight = |key: &str, ratio: f32| {
            if let Some(&en) = en.numbers.get(key)
                && row.iter().all(|link| link.en != en)
            {
                row.push(Link { en, ratio });
            }
        };
        match kind {
            Kind::Value if key.len() <= 2 => at_sight(key, SAME_SMALL_VALUE),
            Kind::Value => at_sight(key, SAME_VALUE),
            Kind::Latin => at_sight(key, SAME_LETTERS),
            Kind::Han => name::spellings(key)
                .iter()
                .for_each(|spelling| at_sight(spelling, SAME_SOUND)),
            Kind::Mark => {}
        }
        row.sort_unstable_by_key(|link| link.en);
        row
    };
    zh.list.iter().map(row).collect()
}
