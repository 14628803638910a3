//! A row as the rules see it: both texts with their words and values, each read once and only if a rule asks, and what
//! the lexicon links.

use super::clause::{self, Coverage, Cut, Part};
use super::quantity::{Comparison, Sides, compare};
use crate::corpus::Row;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::script::fold_text;
use crate::span::Span;
use crate::value::{Values, values};
use crate::words::{Kind, Word, name, words};
use foldhash::{HashMap, HashMapExt};
use std::cell::OnceCell;
use std::collections::HashSet;

/// One row. What is read off it is read when a rule first asks, and kept: a rule pays for what it looks at.
pub(crate) struct Passage<'a> {
    pub row: &'a Row,
    zh: Text<'a>,
    en: Text<'a>,
    numbers: OnceCell<Comparison>,
    links: OnceCell<Vec<Link>>,
    lexicon: &'a Lexicon,
}

/// One side of a row.
struct Text<'a> {
    text: &'a str,
    /// Where its sentences end, as far as that is known.
    ends: &'a [usize],
    values: OnceCell<Values>,
    /// Its words and its clauses.
    cut: OnceCell<(Vec<Word<'a>>, Vec<Part>)>,
    /// How much of its sentences and of its clauses the other side says.
    sentences: OnceCell<Vec<Coverage>>,
    clauses: OnceCell<Vec<Coverage>>,
    plain: OnceCell<String>,
}

/// A Chinese and an English word of a row, by their places among its words, that translate each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Link {
    pub zh: usize,
    pub en: usize,
    /// How many times likelier one makes the other.
    pub lift: f32,
}

impl Link {
    /// Its word on a side, and its word on the other one.
    pub fn ends(&self, side: Side) -> (usize, usize) {
        match side {
            Side::Zh => (self.zh, self.en),
            Side::En => (self.en, self.zh),
        }
    }
}

/// Words more common than one in 150 stand everywhere and show nothing; in nats.
pub(crate) const COMMON: f32 = 5.0;
/// How many times likelier one word must make the other to count as its translation.
pub(super) const LIFT: f32 = 8.0;
/// How many times likelier one word must make the other for one to be the other, whatever stands around it.
const SURE: f32 = 40.0;
/// Words behind another among which the one is looked for that it is said of.
const REACH: usize = 4;
/// What a match at sight (a value, Latin letters, a sound) is worth beside one that the lexicon knows.
const AT_SIGHT: f32 = 3000.0;

impl<'a> Passage<'a> {
    pub fn new(row: &'a Row, lexicon: &'a Lexicon) -> Passage<'a> {
        Passage {
            row,
            zh: Text::new(&row.src_text, &row.src_ends),
            en: Text::new(&row.trg_text, &row.trg_ends),
            numbers: OnceCell::new(),
            links: OnceCell::new(),
            lexicon,
        }
    }

    fn side(&self, side: Side) -> &Text<'a> {
        match side {
            Side::Zh => &self.zh,
            Side::En => &self.en,
        }
    }

    pub fn text(&self, side: Side) -> &'a str {
        self.side(side).text
    }

    pub fn zh_text(&self) -> &'a str {
        self.zh.text
    }

    pub fn en_text(&self) -> &'a str {
        self.en.text
    }

    /// The Chinese in simplified characters.
    pub fn zh_folded(&self) -> &str {
        self.zh.plain.get_or_init(|| fold_text(self.zh.text).into_owned())
    }

    /// The English in small letters, as far as they are ASCII: places are the same as in the text.
    pub fn en_lower(&self) -> &str {
        self.en.plain.get_or_init(|| self.en.text.to_ascii_lowercase())
    }

    /// A place of the folded or lower-case text, where the text itself has the bounds of characters there, too.
    pub fn on_text(&self, side: Side, span: Span) -> Option<Span> {
        self.text(side).get(span.range()).map(|_| span)
    }

    pub fn values(&self, side: Side) -> &Values {
        let text = self.side(side);
        text.values.get_or_init(|| values(text.text, side))
    }

    /// The numbers of both sides against each other.
    pub fn numbers(&self) -> &Comparison {
        self.numbers.get_or_init(|| {
            compare(&Sides {
                zh_text: self.zh.text,
                en_text: self.en.text,
                zh: self.values(Side::Zh),
                en: self.values(Side::En),
            })
        })
    }

    fn cut(&self, side: Side) -> &(Vec<Word<'a>>, Vec<Part>) {
        let text = self.side(side);
        text.cut.get_or_init(|| clause::cut(text.text, side, text.ends))
    }

    pub fn words(&self, side: Side) -> &[Word<'a>] {
        &self.cut(side).0
    }

    /// The clauses of a text, with their words.
    pub fn parts(&self, side: Side) -> &[Part] {
        &self.cut(side).1
    }

    /// Words that translate each other.
    pub fn links(&self) -> &[Link] {
        self.links
            .get_or_init(|| links(self.words(Side::Zh), self.words(Side::En), self.lexicon))
    }

    /// How much of each sentence the other side says.
    pub fn sentence_coverage(&self, side: Side) -> &[Coverage] {
        let kept = &self.side(side).sentences;
        kept.get_or_init(|| clause::sentences(self, side))
    }

    /// How much of each clause the other side says.
    pub fn clause_coverage(&self, side: Side) -> &[Coverage] {
        let kept = &self.side(side).clauses;
        kept.get_or_init(|| clause::clauses(self, side))
    }

    /// The sentences of a text.
    pub fn sentences(&self, side: Side) -> Vec<Span> {
        let text = self.side(side);
        clause::spans(text.text, side, Cut::Sentences, text.ends)
    }

    /// How rare a word is, in nats: what its absence weighs.
    pub fn weight(&self, word: &Word, side: Side) -> f32 {
        let share = match side {
            Side::Zh => self.lexicon.zh(&word.key).map(|zh| self.lexicon.zh_share(zh)),
            Side::En => self.lexicon.en(&word.key).map(|en| self.lexicon.en_share(en)),
        };
        -share.unwrap_or(1e-5).max(1e-6).ln()
    }

    /// The share of the Chinese words, weighed by how rare they are, that the English says.
    pub fn share(&self) -> f32 {
        let said = self.links().iter().map(|link| link.zh).collect();
        self.share_of(self.words(Side::Zh), Side::Zh, &said)
    }

    /// The same of any text of one side, as far as the other side of this row goes.
    pub fn share_said(&self, side: Side, text: &str) -> f32 {
        let all = words(text, side);
        let said = self.told(&all, side);
        self.share_of(&all, side, &said)
    }

    /// What a word such as "not" or "must" is said of: the first word behind it, up to the place `end`, that says
    /// something, and where it stands on the other side; none if it does not stand there.
    pub fn behind(&self, side: Side, at: usize, end: usize) -> Option<(usize, Vec<usize>)> {
        let words = self.words(side);
        let mut near = at + 1..end.min(at + 1 + REACH);
        let behind = near.find(|&at| self.weight(&words[at], side) > COMMON)?;
        let links = self.links().iter().filter(|link| link.lift >= SURE);
        let places: Vec<usize> = links
            .map(|link| link.ends(side))
            .filter(|(own, _)| *own == behind)
            .map(|(_, other)| other)
            .collect();
        (!places.is_empty()).then_some((behind, places))
    }

    /// The clause of a text that one of its words stands in.
    pub fn clause_of(&self, side: Side, word: usize) -> Option<&Part> {
        self.parts(side).iter().find(|part| part.words.contains(&word))
    }

    /// The words that one of two texts holds, each with what it weighs and whether the other one says it.
    pub fn said(&self, side: Side, zh: &str, en: &str) -> Saying {
        let (zh, en) = (words(zh, Side::Zh), words(en, Side::En));
        let linked = ends(&links(&zh, &en, self.lexicon), side);
        let all = match side {
            Side::Zh => zh,
            Side::En => en,
        };
        let judged = all.iter().enumerate().filter(|(_, word)| word.kind != Kind::Mark);
        let words = judged.map(|(at, word)| Uttered {
            weight: self.weight(word, side),
            known: self.known(word),
            said: linked.contains(&at),
            key: word.key.to_string(),
        });
        Saying {
            words: words.filter(|word| word.weight > COMMON).collect(),
        }
    }

    /// Which words of a text of one side the other side of this row says.
    fn told(&self, all: &[Word], side: Side) -> HashSet<usize> {
        let links = match side {
            Side::Zh => links(all, self.words(Side::En), self.lexicon),
            Side::En => links(self.words(Side::Zh), all, self.lexicon),
        };
        ends(&links, side)
    }

    /// The share of a Chinese word's renderings that the lexicon knows.
    fn known(&self, word: &Word) -> f32 {
        let Some(zh) = self.lexicon.zh(&word.key).filter(|_| word.kind == Kind::Han) else {
            return 0.0;
        };
        let entries = self.lexicon.row(zh).filter(|entry| entry.lift >= LIFT);
        entries.map(|entry| entry.en_given_zh).sum()
    }

    /// Words that stand everywhere weigh nothing.
    fn share_of(&self, words: &[Word], side: Side, said: &HashSet<usize>) -> f32 {
        let (mut all, mut held) = (0.0, 0.0);
        for (at, word) in words.iter().enumerate() {
            let weight = self.weight(word, side);
            if word.kind != Kind::Mark && weight > COMMON {
                all += weight;
                held += if said.contains(&at) { weight } else { 0.0 };
            }
        }
        if all > 0.0 { held / all } else { 0.0 }
    }
}

/// The words of a text that say something.
pub(crate) struct Saying {
    words: Vec<Uttered>,
}

struct Uttered {
    /// The word as it is looked up.
    key: String,
    weight: f32,
    /// The share of its renderings that the lexicon knows.
    known: f32,
    said: bool,
}

impl Saying {
    pub fn weight(&self) -> f32 {
        self.words.iter().map(|word| word.weight).sum()
    }

    /// The share of the weight that the other side says.
    pub fn share(&self) -> f32 {
        let said = self.words.iter().filter(|word| word.said).map(|word| word.weight);
        said.sum::<f32>() / self.weight().max(f32::MIN_POSITIVE)
    }

    /// The first word of some weight that the other side does not say though the lexicon knows at least this share of
    /// its renderings.
    pub fn missing(&self, least: f32, known: f32) -> Option<&str> {
        let mut words = self.words.iter();
        let word = words.find(|word| !word.said && word.weight >= least && word.known >= known)?;
        Some(&word.key)
    }

    /// The words of some weight that the other side does not say.
    pub fn unsaid(&self, least: f32) -> HashSet<&str> {
        let of_weight = |word: &&Uttered| !word.said && word.weight >= least;
        let words = self.words.iter().filter(of_weight);
        words.map(|word| word.key.as_str()).collect()
    }
}

impl<'a> Text<'a> {
    fn new(text: &'a str, ends: &'a [usize]) -> Text<'a> {
        Text {
            text,
            ends,
            values: OnceCell::new(),
            cut: OnceCell::new(),
            sentences: OnceCell::new(),
            clauses: OnceCell::new(),
            plain: OnceCell::new(),
        }
    }
}

/// The words of one side that are linked.
fn ends(links: &[Link], side: Side) -> HashSet<usize> {
    links.iter().map(|link| link.ends(side).0).collect()
}

/// The words of two texts that translate each other: by the lexicon, by the same letters or value, or by sound. A
/// Chinese word that the lexicon does not hold is taken for its parts that it does hold.
fn links(zh: &[Word], en: &[Word], lexicon: &Lexicon) -> Vec<Link> {
    let mut known: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, word) in en.iter().enumerate().filter(|(_, word)| word.kind != Kind::Mark) {
        by_key.entry(&word.key).or_default().push(at);
        if let Some(number) = lexicon.en(&word.key) {
            known.entry(number).or_default().push(at);
        }
    }
    let mut links = Vec::new();
    for (at, word) in zh.iter().enumerate() {
        let at_sight = |key: &str, links: &mut Vec<Link>| {
            let places = by_key.get(key).into_iter().flatten();
            links.extend(places.map(|&en| Link {
                zh: at,
                en,
                lift: AT_SIGHT,
            }));
        };
        match word.kind {
            Kind::Mark => {}
            Kind::Value | Kind::Latin => at_sight(&word.key, &mut links),
            Kind::Han => {
                for part in lexicon.zh_parts(&word.key).filter_map(|(_, known)| known) {
                    for (en, en_given_zh) in lexicon.translations(part) {
                        let Some(places) = known.get(&en) else { continue };
                        let lift = en_given_zh / lexicon.en_share(en);
                        if lift >= LIFT {
                            links.extend(places.iter().map(|&en| Link { zh: at, en, lift }));
                        }
                    }
                }
                for spelling in name::spellings(&word.key).iter() {
                    at_sight(spelling, &mut links);
                }
            }
        }
    }
    links
}
