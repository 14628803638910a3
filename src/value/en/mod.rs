//! English text into values: tokens first, then one pass over them from left to right.

mod date;
mod number;
mod token;

use super::Values;
use super::date::{clock, numeric};
use super::digits;
use super::ratio::Ratio;
use token::{Kind, Token, Word};

pub(super) fn values(text: &str) -> Values {
    let mut reader = Reader {
        text,
        tokens: token::tokens(text),
        values: Values::default(),
    };
    let mut i = 0;
    while i < reader.tokens.len() {
        i = reader.read(i).unwrap_or(i + 1);
    }
    reader.values
}

struct Reader<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    values: Values,
}

/// In the methods of a reader, `i` is a token's place, and what they give is the place of the token behind.
impl Reader<'_> {
    /// Takes in what begins at token `i`, if something does.
    fn read(&mut self, i: usize) -> Option<usize> {
        match self.tokens[i].kind {
            Kind::Digits { .. } => self
                .written_alike(i)
                .or_else(|| self.date(i))
                .or_else(|| self.time(i))
                .or_else(|| self.number(i)),
            Kind::Word(Word::Other) => self.roman(i),
            Kind::Word(Word::And) | Kind::Mark(_) => None,
            Kind::Word(_) => self.date(i).or_else(|| self.number(i)),
        }
    }

    /// Dates, times and names in digits that look the same in both languages.
    fn written_alike(&mut self, i: usize) -> Option<usize> {
        let Token { start, end, .. } = self.tokens[i];
        if let Some((end, date)) = numeric(self.text, start) {
            self.push_date(start, end, date, None, None);
            return Some(self.token_at(i, end));
        }
        if let Some((end, time)) = clock(self.text, start) {
            let next = self.token_at(i, end);
            return Some(self.push_time(start, end, time, next));
        }
        digits::name(self.text, start, end).map(|end| self.token_at(i, end))
    }

    /// The first token from `i` on that begins at or behind byte `at`.
    fn token_at(&self, i: usize, at: usize) -> usize {
        let behind = self.tokens[i..]
            .iter()
            .take_while(|token| token.start < at)
            .count();
        i + behind
    }

    fn kind(&self, i: usize) -> Option<Kind> {
        self.tokens.get(i).map(|token| token.kind)
    }

    fn word(&self, i: usize) -> Option<Word> {
        match self.kind(i)? {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// A whole number in digits, and how many digits it has.
    fn plain(&self, i: usize) -> Option<(u128, usize)> {
        match self.kind(i)? {
            Kind::Digits {
                value,
                plain: Some(length),
            } => Some((value?.to_whole()?, length)),
            _ => None,
        }
    }

    fn mark(&self, i: usize, marks: &str) -> bool {
        matches!(self.kind(i), Some(Kind::Mark(c)) if marks.contains(c))
    }

    /// Whether the tokens from `i` on are these words, whatever their case.
    fn says(&self, i: usize, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(k, word)| self.written(i + k).eq_ignore_ascii_case(word))
    }

    /// The token's text; nothing where there is no token.
    fn written(&self, i: usize) -> &str {
        self.tokens
            .get(i)
            .map_or("", |token| &self.text[token.start..token.end])
    }

    fn is_one_of(&self, i: usize, words: &[&str]) -> bool {
        let written = self.written(i);
        words.iter().any(|word| written.eq_ignore_ascii_case(word))
    }

    fn before(&self, i: usize, words: &[&str]) -> bool {
        i.checked_sub(1).is_some_and(|i| self.is_one_of(i, words))
    }

    /// Whether token `i` stands right behind the one before it.
    fn joined(&self, i: usize) -> bool {
        i > 0
            && self
                .tokens
                .get(i)
                .is_some_and(|token| token.start == self.tokens[i - 1].end)
    }

    /// Past a hyphen inside a compound: the place of the second part of `forty-three`.
    fn past_hyphen(&self, i: usize) -> usize {
        if self.mark(i, "-‑") && self.joined(i) && self.joined(i + 1) {
            i + 1
        } else {
            i
        }
    }
}

fn whole(value: impl Into<u128>) -> Ratio {
    Ratio::whole(value.into())
}
