//! A document's passages into weighed words: what a comparison looks at.

use super::speaker::{Speaker, speakers};
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::value::values;
use crate::words::{Kind, Word, en, words};
use std::collections::{HashMap, HashSet};
use unicode_segmentation::UnicodeSegmentation;

/// A document as its comparison with others sees it: passages of numbered, weighed words.
pub struct Text {
    pub side: Side,
    pub(super) units: Vec<Unit>,
    pub(super) types: Vec<Type>,
}

/// A different word of a document.
pub(super) struct Type {
    pub key: Box<str>,
    /// As it is written where it first stands, for evidence.
    pub shown: Box<str>,
    pub kind: Kind,
    /// What it says: words that are rare at large and in this document say more.
    pub weight: f32,
    /// An English word that is written with a capital inside sentences: part of a name.
    pub is_proper: bool,
    /// Where it stands: passage and place among its words.
    pub places: Vec<(u32, u16)>,
}

/// A passage.
pub(super) struct Unit {
    pub tokens: Vec<Token>,
    /// Where its clauses stand in its text, one behind the other.
    pub clauses: Vec<Span>,
    pub speaker: Speaker,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Its place in [`Text::types`].
    pub word: u32,
    pub clause: u16,
    /// Whether the passage had this word before: it counts once.
    pub is_again: bool,
}

/// A passage of more words is judged by its beginning.
const MOST_WORDS: usize = 1024;

impl Text {
    /// Reads the passages of a document in one language, in order.
    pub fn new(side: Side, passages: &[&str], lexicon: &Lexicon) -> Text {
        let mut types = Vec::new();
        let mut numbers = HashMap::new();
        let mut units: Vec<Unit> = passages
            .iter()
            .enumerate()
            .map(|(at, passage)| unit(at, passage, side, lexicon, &mut types, &mut numbers))
            .collect();
        weigh(&mut types, side, units.len(), lexicon);
        if side == Side::En {
            let proper = proper(passages);
            for word in types.iter_mut().filter(|word| word.kind == Kind::Latin) {
                word.is_proper = proper.contains(&*word.key);
            }
            show(&mut types, &numbers, passages);
        }
        let said = speakers(side, &units, &types);
        units
            .iter_mut()
            .zip(said)
            .for_each(|(unit, speaker)| unit.speaker = speaker);
        Text { side, units, types }
    }

    /// Number of passages.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// What each word of a passage weighs; nothing where the passage had it before.
    pub(super) fn weights(&self, unit: &Unit) -> Vec<f32> {
        let weight = |token: &Token| match token.is_again {
            true => 0.0,
            false => self.types[token.word as usize].weight,
        };
        unit.tokens.iter().map(weight).collect()
    }
}

fn unit(
    at: usize,
    passage: &str,
    side: Side,
    lexicon: &Lexicon,
    types: &mut Vec<Type>,
    numbers: &mut HashMap<Box<str>, u32>,
) -> Unit {
    let mut tokens: Vec<Token> = Vec::new();
    let mut clauses: Vec<Span> = Vec::new();
    // Words of the last clause.
    let mut length = 0;
    for piece in pieces(passage, side) {
        match clauses.last_mut() {
            Some(last) if length < shortest_clause(side) => *last = Span::new(last.start(), piece.end()),
            _ => {
                clauses.push(piece);
                length = 0;
            }
        }
        let mut found = words(piece.of(passage), side);
        if side == Side::Zh {
            found = known_parts(found, lexicon);
        }
        for word in found.iter().filter(|word| word.kind != Kind::Mark) {
            if tokens.len() == MOST_WORDS {
                break;
            }
            let number = *numbers.entry((&*word.key).into()).or_insert_with(|| {
                types.push(Type {
                    key: (&*word.key).into(),
                    shown: shown(word).into(),
                    kind: word.kind,
                    weight: 0.0,
                    is_proper: false,
                    places: Vec::new(),
                });
                types.len() as u32 - 1
            });
            let is_again = tokens.iter().any(|token| token.word == number);
            types[number as usize]
                .places
                .push((at as u32, tokens.len() as u16));
            tokens.push(Token {
                word: number,
                clause: clauses.len() as u16 - 1,
                is_again,
            });
            length += 1;
        }
    }
    // A tail too short to be a clause belongs to the one before it.
    if clauses.len() > 1 && length < shortest_clause(side) {
        let tail = clauses.pop().expect("there are two clauses");
        let last = clauses.last_mut().expect("there is one before the tail");
        *last = Span::new(last.start(), tail.end());
        let clause = clauses.len() as u16;
        let of_tail = tokens.iter_mut().filter(|token| token.clause == clause);
        of_tail.for_each(|token| token.clause -= 1);
    }
    Unit {
        tokens,
        clauses,
        speaker: Speaker::Nobody,
    }
}

/// What stands between a passage's commas and their like; each mark belongs to what it ends.
fn pieces(passage: &str, side: Side) -> Vec<Span> {
    let values = values(passage, side);
    let numbers = values.numbers.iter().map(|number| number.span);
    let dates = values.dates.iter().map(|dated| dated.span);
    let whole: Vec<Span> = numbers
        .chain(dates)
        .chain(values.times.iter().map(|timed| timed.span))
        .collect();
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, mark) in passage.match_indices(ends_clause) {
        let is_inside = whole.iter().any(|span| span.start() < at && at < span.end());
        let behind = &passage[at + mark.len()..];
        let end = passage.len()
            - behind
                .trim_start_matches(|mark| closes(mark) || ends_clause(mark))
                .len();
        if !is_inside && at >= start {
            pieces.push(Span::new(start, end).trim(passage));
            start = end;
        }
    }
    pieces.push(Span::new(start, passage.len()).trim(passage));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// A Chinese word that the lexicon does not hold is read as its parts.
fn known_parts<'a>(words: Vec<Word<'a>>, lexicon: &Lexicon) -> Vec<Word<'a>> {
    let mut known = Vec::with_capacity(words.len());
    for word in words {
        if word.kind != Kind::Han {
            known.push(word);
            continue;
        }
        known.extend(lexicon.zh_parts(&word.key).map(|(part, _)| Word {
            kind: Kind::Han,
            key: part.to_owned().into(),
        }));
    }
    known
}

/// A value in words that both languages can be shown in; other words as they are compared.
fn shown(word: &Word) -> String {
    let key = &*word.key;
    let part = |letter: char| {
        key.strip_prefix(letter)
            .filter(|rest| word.kind == Kind::Value && !rest.is_empty())
    };
    match (part('y'), part('m'), part('d'), part('w'), part('t')) {
        (Some(year), ..) => format!("year {year}"),
        (_, Some(month), ..) => format!("month {month}"),
        (_, _, Some(day), ..) => format!("day {day}"),
        (_, _, _, Some(weekday), _) => weekday.to_owned(),
        (.., Some(time)) => time.to_owned(),
        _ => decimal(key).unwrap_or_else(|| key.to_owned()),
    }
}

/// A number that is no whole one is compared as a fraction.
fn decimal(key: &str) -> Option<String> {
    let (above, below) = key.split_once('/')?;
    Some((above.parse::<f64>().ok()? / below.parse::<f64>().ok()?).to_string())
}

/// English words are compared by their stems and shown as they are written.
fn show(types: &mut [Type], numbers: &HashMap<Box<str>, u32>, passages: &[&str]) {
    let mut is_shown = vec![false; types.len()];
    for word in passages.iter().flat_map(|passage| passage.unicode_words()) {
        if let Some(&number) = numbers.get(&*en::stem(word))
            && types[number as usize].kind == Kind::Latin
            && !std::mem::replace(&mut is_shown[number as usize], true)
        {
            types[number as usize].shown = word.into();
        }
    }
}

/// Marks at which a passage falls into clauses.
fn ends_clause(mark: char) -> bool {
    matches!(mark, ',' | '，' | ';' | '；' | ':' | '：' | '—' | '–' | '―' | '─')
}

/// What closes behind such a mark.
fn closes(mark: char) -> bool {
    matches!(mark, '”' | '’' | '」' | '』' | ')' | '）')
}

/// Words that a clause has at least; a shorter piece goes with what follows.
fn shortest_clause(side: Side) -> usize {
    match side {
        Side::Zh => 3,
        Side::En => 5,
    }
}

/// The rarest share a word is taken to have, of all running words: one in a million.
const RAREST: f32 = 1e-6;
/// A word as frequent as this share of the scale says nothing; small numbers are at most this rare.
const EMPTY: f32 = 0.2;
const SMALL_NUMBER: f32 = 0.6;
/// How much rarity counts.
const BEND: f32 = 0.7;
const LEAST: f32 = 0.02;

/// Weighs each word by its rarity at large times its rarity among the document's passages, each from 0 to 1.
fn weigh(types: &mut [Type], side: Side, passages: usize, lexicon: &Lexicon) {
    let passages = passages as f32;
    for word in types {
        let share = match side {
            Side::Zh => lexicon.zh(&word.key).map(|zh| lexicon.zh_share(zh)),
            Side::En => lexicon.en(&word.key).map(|en| lexicon.en_share(en)),
        };
        let mut rarity = share.unwrap_or(0.0).max(RAREST).ln() / RAREST.ln();
        if word.key.len() <= 2 && word.key.bytes().all(|byte| byte.is_ascii_digit()) {
            rarity = rarity.min(SMALL_NUMBER);
        }
        let units = word.places.chunk_by(|(one, _), (other, _)| one == other).count() as f32;
        let here = (1.0 + passages / units).ln() / (1.0 + passages).ln();
        word.weight = (rarity - EMPTY).max(LEAST).powf(BEND) * here.powf(BEND);
    }
}

/// Stems that are mostly written with a capital, sentence beginnings aside.
fn proper(passages: &[&str]) -> HashSet<Box<str>> {
    let mut balance: HashMap<Box<str>, i32> = HashMap::new();
    for passage in passages {
        let mut is_first = true;
        for word in passage.unicode_words() {
            if !is_first {
                let is_capital = word.starts_with(char::is_uppercase);
                *balance.entry((&*en::stem(word)).into()).or_default() += if is_capital { 1 } else { -1 };
            }
            is_first = false;
        }
    }
    balance
        .into_iter()
        .filter(|&(_, balance)| balance > 0)
        .map(|(stem, _)| stem)
        .collect()
}
