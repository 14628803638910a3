//! Documents' profiles into pairs: which English document says what a Chinese one says.
//!
//! A pair's score is how much likelier, per word, each document's words are next to the other one than anywhere in the
//! collection: IBM model 1 (Brown et al. 1993) as a language model for retrieval across languages (Xu, Weischedel and
//! Nguyen 2001), read in both directions. The unit is nats: 0 is chance.

use super::{Entry, Pairs, Task, joint_id};
use crate::error::{Error, Kind, Note};
use crate::ingest::Document;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::value::date::Date;
use crate::words::{self, name, words};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What pairing needs to know of a document: its different words with their counts. A tenth of the document's size, or
/// less; the document can be dropped.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The document's source.
    pub source: String,
    /// The side that most of the text is on; none for a document in other languages, which has no partner.
    pub side: Option<Side>,
    date: Option<Date>,
    /// In the order of their keys.
    terms: Vec<Term>,
    /// Chinese words that may be names, by key, and stems that they may be spelled as.
    sounds: Vec<(u64, u64)>,
    /// Running words.
    length: f32,
    /// Columns that the text fills, without white space.
    width: f32,
}

/// A word of a document.
#[derive(Debug, Clone, Copy)]
struct Term {
    /// A hash of the word as [`words`] gives it.
    key: u64,
    /// The number of a Chinese word in the lexicon.
    zh: Option<u32>,
    count: u32,
    /// The share that the word has of running text, as far as one can know without the collection.
    share: f32,
}

/// The share of a word that the lexicon does not hold, and of a small number: lists and dates are full of them.
const UNKNOWN: f32 = 1e-6;
const SMALL_VALUE: f32 = 1e-3;

impl Profile {
    /// Profiles of different documents can be made on different threads.
    pub fn new(document: &Document, lexicon: &Lexicon) -> Profile {
        let side = document.side();
        let mut profile = Profile {
            source: document.source.clone(),
            side,
            date: document.date,
            terms: Vec::new(),
            sounds: Vec::new(),
            length: 0.0,
            width: 0.0,
        };
        if let Some(side) = side {
            profile.count(document, side, lexicon);
        }
        profile
    }

    fn count(&mut self, document: &Document, side: Side, lexicon: &Lexicon) {
        let mut terms: HashMap<u64, Term> = HashMap::new();
        for segment in document
            .segments
            .iter()
            .filter(|segment| segment.lang.side() == Some(side))
        {
            let text = segment.span.of(&document.text);
            let columns = |c: char| if c >= '\u{2e80}' { 2.0 } else { 1.0 };
            self.width += text
                .chars()
                .filter(|c| !c.is_whitespace())
                .map(columns)
                .sum::<f32>();
            for word in words(text, side)
                .iter()
                .filter(|word| word.kind != words::Kind::Mark)
            {
                self.length += 1.0;
                let key = hash(&word.key);
                terms
                    .entry(key)
                    .or_insert_with(|| self.term(key, word, side, lexicon))
                    .count += 1;
            }
        }
        self.terms = terms.into_values().collect();
        self.terms.sort_unstable_by_key(|term| term.key);
    }

    fn term(&mut self, key: u64, word: &words::Word, side: Side, lexicon: &Lexicon) -> Term {
        let zh = lexicon.zh(&word.key).filter(|_| side == Side::Zh);
        if zh.is_none() && word.kind == words::Kind::Han {
            self.sounds.extend(
                name::spellings(&word.key)
                    .iter()
                    .map(|spelling| (key, hash(spelling))),
            );
        }
        let known = match side {
            Side::Zh => zh.map(|zh| lexicon.zh_share(zh)),
            Side::En => lexicon.en(&word.key).map(|en| lexicon.en_share(en)),
        };
        let share = match word.kind {
            words::Kind::Value if word.key.len() <= 2 => SMALL_VALUE,
            _ => known.unwrap_or(UNKNOWN).max(UNKNOWN),
        };
        Term {
            key,
            zh,
            count: 0,
            share,
        }
    }
}

/// The same in every run: the hasher's keys are fixed.
fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// Two documents that go together, by their places in the list of profiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    pub zh: usize,
    pub en: usize,
    /// Nats per word.
    pub score: f32,
    /// Whether both documents are far from every other; if not, a note says so.
    pub is_sure: bool,
}

/// What became of the documents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matches {
    /// In the order of the Chinese documents, then of the English ones; a document may go with several.
    pub pairs: Vec<Match>,
    /// Documents without a partner, with the nearest one, in the order of the profiles.
    pub unpaired: Vec<Error>,
    /// The pairs that are not sure, with the runner-up.
    pub notes: Vec<Note>,
}

/// A score from which two documents say the same. Of 246 news stories with their translations, shuffled together, the
/// lowest score of a translation is .25, and half of the best wrong ones are below -.57; readouts of one event by both
/// sides are at -.44 to .04, chapters of novels at -.58 to -.36.
const SURE: f32 = -0.3;
/// Below this, two documents have no more in common than any two of one kind.
const FLOOR: f32 = -0.6;
/// What the best partner must be ahead of the next. The closest of those news stories is ahead by .33, of novels by .14.
const LEAD: f32 = 0.1;

/// Finds which English document says what a Chinese one says.
///
/// The most alike pair is taken first, then the most alike of what is left, as long as they say the same, or are at least
/// nearer to each other than to any other document. A document that is about as near to two as to one goes with both,
/// if both are nearest to it. What is left is unpaired.
///
/// ```
/// use duizhao::{ingest::{Settings, Source, read}, lexicon::Lexicon, pair::content::{Profile, pair}};
/// let texts = [
///     "周三早上下大雪，所有学校都关门了。孩子们在河上滑冰。",
///     "The farmer sold three horses and bought a tractor.",
///     "农民卖了三匹马，买了一台拖拉机。",
///     "It snowed heavily on Wednesday morning, and all schools were closed. Children skated on the river.",
/// ];
/// let profile = |text: &str| {
///     let source = Source { name: "news.txt".into(), bytes: text.into() };
///     Ok(Profile::new(&read(source, &Settings::default())?, Lexicon::embedded()))
/// };
/// let profiles = texts.into_iter().map(profile).collect::<Result<Vec<_>, _>>()?;
/// let found = pair(&profiles, Lexicon::embedded());
/// assert_eq!(found.pairs.iter().map(|pair| (pair.zh, pair.en)).collect::<Vec<_>>(), [(0, 3), (2, 1)]);
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub fn pair(profiles: &[Profile], lexicon: &Lexicon) -> Matches {
    let near = Neighbours::new(profiles.len(), candidates(profiles, lexicon));
    let mut pairs = near.closest();
    near.join(&mut pairs);
    pairs.sort_unstable_by_key(|pair| (pair.zh, pair.en));
    let is_paired: HashSet<usize> = pairs.iter().flat_map(|pair| [pair.zh, pair.en]).collect();
    let alone = |(at, profile): (usize, &Profile)| {
        let nearest = near.around[at]
            .first()
            .map(|edge| (&*profiles[edge.other(at)].source, edge.score));
        (!is_paired.contains(&at)).then(|| unpaired(profile, nearest))
    };
    Matches {
        unpaired: profiles.iter().enumerate().filter_map(alone).collect(),
        notes: pairs
            .iter()
            .filter(|pair| !pair.is_sure)
            .map(|pair| near.doubt(pair, profiles))
            .collect(),
        pairs,
    }
}

fn unpaired(profile: &Profile, nearest: Option<(&str, f32)>) -> Error {
    let cause = match (profile.side, nearest) {
        (None, _) => "neither Chinese nor English, so it has no partner".into(),
        (_, None) => "no document in the other language has a word in common with it".into(),
        (_, Some((other, score))) => {
            format!("no document says the same; the nearest is {other} ({score:.2}, where 0 is chance)")
        }
    };
    Error::new(Kind::Unpaired, &profile.source, cause)
        .remedy("if it has a partner, name the two in a manifest")
}

/// The tasks that matches make, where each document is a file: `files` are in the order of the profiles, each with its
/// id ([`super::document_id`]).
pub fn tasks(files: &[(String, Entry)], matches: Matches) -> Pairs {
    let mut by_id: BTreeMap<String, Task> = BTreeMap::new();
    for pair in &matches.pairs {
        let ((zh_id, zh), (en_id, en)) = (&files[pair.zh], &files[pair.en]);
        let joint = joint_id(zh_id, en_id);
        // Two files of one folder may differ in their extensions only.
        let numbered = (2..).map(|number| format!("{joint}+{number}"));
        let id = [joint.clone()]
            .into_iter()
            .chain(numbered)
            .find(|id| !by_id.contains_key(id));
        let id = id.expect("there are more numbers than tasks");
        by_id.insert(
            id.clone(),
            Task {
                id,
                zh: zh.clone(),
                en: en.clone(),
            },
        );
    }
    Pairs {
        tasks: by_id.into_values().collect(),
        unpaired: matches.unpaired,
        notes: matches.notes,
    }
}

/// What two documents have in common.
#[derive(Debug, Clone, Copy)]
struct Edge {
    zh: usize,
    en: usize,
    score: f32,
}

impl Edge {
    fn other(&self, one: usize) -> usize {
        if one == self.zh { self.en } else { self.zh }
    }
}

/// For each document, those of the other language that are most like it, the nearest first.
struct Neighbours {
    around: Vec<Vec<Edge>>,
}

impl Neighbours {
    fn new(documents: usize, mut edges: Vec<Edge>) -> Neighbours {
        edges.sort_unstable_by(|one, next| {
            next.score
                .total_cmp(&one.score)
                .then((one.zh, one.en).cmp(&(next.zh, next.en)))
        });
        let mut around = vec![Vec::new(); documents];
        for edge in edges {
            around[edge.zh].push(edge);
            around[edge.en].push(edge);
        }
        Neighbours { around }
    }

    fn nearest(&self, one: usize) -> Option<usize> {
        Some(self.around[one].first()?.other(one))
    }

    /// One to one, the most alike first.
    fn closest(&self) -> Vec<Match> {
        let mut edges: Vec<Edge> = self
            .around
            .iter()
            .enumerate()
            .flat_map(|(at, edges)| edges.iter().filter(move |edge| edge.zh == at))
            .copied()
            .collect();
        edges.sort_by(|one, next| next.score.total_cmp(&one.score));
        let mut is_free = vec![true; self.around.len()];
        let mut pairs = Vec::new();
        for edge in edges.into_iter().take_while(|edge| edge.score >= FLOOR) {
            if is_free[edge.zh]
                && is_free[edge.en]
                && (edge.score >= SURE || self.stands_out(&edge, &is_free))
            {
                (is_free[edge.zh], is_free[edge.en]) = (false, false);
                pairs.push(self.matched(&edge));
            }
        }
        pairs
    }

    fn matched(&self, edge: &Edge) -> Match {
        Match {
            zh: edge.zh,
            en: edge.en,
            score: edge.score,
            is_sure: edge.score >= SURE
                && self
                    .rivals(edge)
                    .all(|(_, rival)| rival.score <= edge.score - LEAD),
        }
    }

    /// The document of this pair that a rival has too, and the rival.
    fn rivals<'a>(&'a self, edge: &'a Edge) -> impl Iterator<Item = (usize, &'a Edge)> {
        let around = |one: usize| self.around[one].iter().map(move |rival| (one, rival));
        around(edge.zh)
            .chain(around(edge.en))
            .filter(|(_, rival)| (rival.zh, rival.en) != (edge.zh, edge.en))
    }

    /// Whether one of the two is nearest to the other, and no rival that is still free comes close but those that would
    /// go with it anyway.
    fn stands_out(&self, edge: &Edge, is_free: &[bool]) -> bool {
        let contests = |(one, rival): (usize, &Edge)| {
            let other = rival.other(one);
            rival.score > edge.score - LEAD && is_free[other] && self.nearest(other) != Some(one)
        };
        let is_nearest = self.nearest(edge.zh) == Some(edge.en) || self.nearest(edge.en) == Some(edge.zh);
        // What is plainly nearer to a third document is about that one, even if another has it.
        let is_drawn_away = self
            .rivals(edge)
            .any(|(_, rival)| rival.score >= edge.score + LEAD);
        is_nearest && !is_drawn_away && !self.rivals(edge).any(contests)
    }

    /// One to many: what is still alone joins its nearest, if that one is about as near to it as to its own.
    fn join(&self, pairs: &mut Vec<Match>) {
        let paired: HashSet<usize> = pairs.iter().flat_map(|pair| [pair.zh, pair.en]).collect();
        for alone in (0..self.around.len()).filter(|at| !paired.contains(at)) {
            let Some(edge) = self.around[alone].first() else {
                continue;
            };
            let middle = edge.other(alone);
            let best = self.around[middle][0].score;
            if paired.contains(&middle) && edge.score >= FLOOR && edge.score > best - LEAD {
                pairs.push(Match {
                    is_sure: false,
                    ..self.matched(edge)
                });
            }
        }
    }

    fn doubt(&self, pair: &Match, profiles: &[Profile]) -> Note {
        let edge = Edge {
            zh: pair.zh,
            en: pair.en,
            score: pair.score,
        };
        let (zh, en) = (&profiles[pair.zh].source, &profiles[pair.en].source);
        let runner_up = self
            .rivals(&edge)
            .max_by(|(_, one), (_, next)| one.score.total_cmp(&next.score));
        let next = runner_up.map_or(String::new(), |(one, rival)| {
            let (one, other) = (&profiles[one].source, &profiles[rival.other(one)].source);
            format!("; the next is {one} with {other} ({:.2})", rival.score)
        });
        Note::new(
            zh,
            format!("paired with {en}, but not for sure ({:.2}){next}", pair.score),
        )
    }
}

/// Documents that are looked at closely for each Chinese one.
const CANDIDATES: usize = 20;
/// Words by which they are found: of 246 news stories, every one found its translation among the first five by 20.
const TELLING: usize = 60;

/// Scores each Chinese document with the English ones that have its most telling words.
fn candidates(profiles: &[Profile], lexicon: &Lexicon) -> Vec<Edge> {
    let background = Background::new(profiles);
    let english: Vec<u64> = (0..lexicon.size().1 as u32)
        .map(|en| hash(lexicon.en_word(en)))
        .collect();
    let mut postings: HashMap<u64, Vec<usize>> = HashMap::new();
    for (en, profile) in on(Side::En, profiles) {
        profile
            .terms
            .iter()
            .for_each(|term| postings.entry(term.key).or_default().push(en));
    }
    let mut edges = Vec::new();
    for (zh, profile) in on(Side::Zh, profiles) {
        let query = Query::new(profile, &background, lexicon, &english);
        let mut found: HashMap<usize, f32> = HashMap::new();
        for (key, gain) in query.telling().into_iter().take(TELLING) {
            postings[&key]
                .iter()
                .for_each(|&en| *found.entry(en).or_default() += gain);
        }
        let mut found: Vec<(usize, f32)> = found.into_iter().collect();
        // A long document has more words of every kind.
        found
            .iter_mut()
            .for_each(|(en, gain)| *gain /= (profiles[*en].terms.len() as f32).sqrt());
        found.sort_unstable_by(|one, next| next.1.total_cmp(&one.1).then(one.0.cmp(&next.0)));
        edges.extend(found.into_iter().take(CANDIDATES).map(|(en, _)| Edge {
            zh,
            en,
            score: query.score(profile, &profiles[en]) + beside_words(profile, &profiles[en]),
        }));
    }
    edges
}

fn on(side: Side, profiles: &[Profile]) -> impl Iterator<Item = (usize, &Profile)> {
    profiles
        .iter()
        .enumerate()
        .filter(move |(_, profile)| profile.side == Some(side) && !profile.terms.is_empty())
}

/// English is about this many times as wide as the Chinese it translates.
const STRETCH: f32 = 1.7;

/// What dates and lengths add, less than any doubt among the words: a readout of three lines may stand beside one of
/// thirty, and a story be printed late.
fn beside_words(zh: &Profile, en: &Profile) -> f32 {
    let apart = (en.width / (STRETCH * zh.width).max(1.0))
        .max(f32::MIN_POSITIVE)
        .ln()
        .abs();
    let length = -0.1 * (apart - 2f32.ln()).max(0.0);
    // Days, to within the few that months differ in.
    let day = |date: Date| Some(date.year? * 372 + i32::from(date.month?) * 31 + i32::from(date.day?));
    let date = match (zh.date.and_then(day), en.date.and_then(day)) {
        (Some(zh), Some(en)) if zh.abs_diff(en) <= 4 => 0.1,
        (Some(zh), Some(en)) if zh.abs_diff(en) > 62 => -0.1,
        _ => 0.0,
    };
    length + date
}

/// How often each word occurs in the collection: what chance would give.
struct Background {
    shares: [HashMap<u64, f32>; 2],
}

/// Words of other texts that the collection's own counts are mixed with: a small collection says little about how
/// common a word is.
const PRIOR_WORDS: f32 = 20_000.0;

impl Background {
    fn new(profiles: &[Profile]) -> Background {
        let mut shares: [HashMap<u64, f32>; 2] = Default::default();
        let mut lengths = [0.0; 2];
        for (profile, side) in sided(profiles) {
            lengths[side as usize] += profile.length;
            for term in &profile.terms {
                *shares[side as usize]
                    .entry(term.key)
                    .or_insert(PRIOR_WORDS * term.share) += term.count as f32;
            }
        }
        for (shares, length) in shares.iter_mut().zip(lengths) {
            shares
                .values_mut()
                .for_each(|share| *share /= length + PRIOR_WORDS);
        }
        Background { shares }
    }
}

fn sided(profiles: &[Profile]) -> impl Iterator<Item = (&Profile, Side)> {
    profiles
        .iter()
        .filter_map(|profile| Some((profile, profile.side?)))
}

/// A Chinese document seen from the English side: for each English word that could stand in its translation, the Chinese
/// words it would translate.
struct Query {
    senses: HashMap<u64, Vec<Sense>>,
}

struct Sense {
    /// The place of the Chinese word among the document's terms.
    term: usize,
    /// Share of the Chinese word in its document, times how likely it becomes the English word, to chance.
    en_ratio: f32,
    /// How likely the English word becomes the Chinese one, to chance.
    zh_ratio: f32,
}

/// How likely a value, a name or a word in Latin letters is to look the same on the other side.
const AT_SIGHT: f32 = 0.5;
/// Rarer translations are more often noise of training than anything a translator wrote.
const RARE: f32 = 0.005;

impl Query {
    fn new(zh: &Profile, background: &Background, lexicon: &Lexicon, english: &[u64]) -> Query {
        let mut query = Query {
            senses: HashMap::new(),
        };
        for (place, term) in zh.terms.iter().enumerate() {
            let zh_share = background.shares[Side::Zh as usize][&term.key];
            let mut sense = |key: u64, en_given_zh: f32, zh_given_en: f32| {
                let Some(en_share) = background.shares[Side::En as usize].get(&key) else {
                    return;
                };
                query.senses.entry(key).or_default().push(Sense {
                    term: place,
                    en_ratio: term.count as f32 / zh.length * en_given_zh / en_share,
                    zh_ratio: zh_given_en / zh_share,
                });
            };
            sense(term.key, AT_SIGHT, AT_SIGHT);
            let sounds = zh.sounds.iter().filter(|(key, _)| *key == term.key);
            sounds.for_each(|&(_, spelling)| sense(spelling, AT_SIGHT, AT_SIGHT));
            for entry in term.zh.iter().flat_map(|&zh| lexicon.row(zh)) {
                if entry.en_given_zh.max(entry.zh_given_en) > RARE {
                    sense(english[entry.en as usize], entry.en_given_zh, entry.zh_given_en);
                }
            }
        }
        query
    }

    /// English words by how much the Chinese document makes them likelier, the most telling first.
    fn telling(&self) -> Vec<(u64, f32)> {
        let gain = |senses: &[Sense]| senses.iter().map(|sense| sense.en_ratio).sum::<f32>().ln_1p();
        let mut words: Vec<(u64, f32)> = self
            .senses
            .iter()
            .map(|(&key, senses)| (key, gain(senses)))
            .collect();
        words.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        words
    }

    fn score(&self, zh: &Profile, en: &Profile) -> f32 {
        let mut zh_ratios = vec![0.0; zh.terms.len()];
        let mut en_sum = 0.0;
        for term in &en.terms {
            let mut en_ratio = 0.0;
            for sense in self.senses.get(&term.key).map_or(&[][..], Vec::as_slice) {
                en_ratio += sense.en_ratio;
                zh_ratios[sense.term] += term.count as f32 / en.length * sense.zh_ratio;
            }
            en_sum += nats(en_ratio);
        }
        let zh_sum: f32 = zh_ratios.into_iter().map(nats).sum();
        (zh_sum / zh.terms.len() as f32 + en_sum / en.terms.len() as f32) / 2.0
    }
}

/// The share of words that a translator, or a journalist, brings in from elsewhere.
const ELSEWHERE: f32 = 0.3;

fn nats(ratio: f32) -> f32 {
    (ELSEWHERE + (1.0 - ELSEWHERE) * ratio).ln()
}
