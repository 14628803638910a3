//! Two documents into what can be said of each pair of their passages, in numbers.

use super::speaker::Speaker;
use super::text::{Text, Type, Unit};
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::words::{Kind, name};
use std::collections::HashMap;

/// Number of [`Feature`]s.
pub const FEATURES: usize = Feature::ALL.len();

/// A value for each feature.
pub type Features = [f32; FEATURES];

/// What can be said of a pair of passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    Always,
    Cover,
    Margin,
    Clause,
    Lead,
    OtherActor,
    OtherSpeaker,
}

impl Feature {
    pub const ALL: [Feature; 7] = [
        Feature::Always,
        Feature::Cover,
        Feature::Margin,
        Feature::Clause,
        Feature::Lead,
        Feature::OtherActor,
        Feature::OtherSpeaker,
    ];

    /// What it says, for the table.
    pub fn says(self) -> &'static str {
        match self {
            Feature::Always => "any pair: most passages do not belong together",
            Feature::Cover => {
                "share of the words' weight that the other side has, geometric mean of both directions"
            }
            Feature::Margin => "the same, less the mean of the two next best of either passage",
            Feature::Clause => "the same as Cover, of the best pair of clauses",
            Feature::Lead => "both passages are among their document's first three: title and first sentence",
            Feature::OtherActor => "both begin with names, and no name is the same",
            Feature::OtherSpeaker => "different people speak",
        }
    }
}

/// What a word at sight is worth beside one that the lexicon is sure of.
const AT_SIGHT: f32 = 0.85;
/// Ratio to chance at which a word pair of the lexicon begins to count, and from where it counts whole, in nats.
const LOW: f32 = 1.0;
const HIGH: f32 = 8.0;
/// Added to what a passage weighs, so that a short one is not covered by a word.
pub(super) const PRIOR: f32 = 0.3;
/// Names match from this strength on.
const SAME_NAME: f32 = 0.4;

/// Two words, by their places in their passages, that mean the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub zh: u16,
    pub en: u16,
    pub strength: f32,
}

/// All pairs of passages of two documents: how much of each the other one covers.
pub(super) struct Grid {
    pub rows: usize,
    pub columns: usize,
    /// Shares of the first and of the second passage's weight, row by row.
    pub cover: Vec<[f32; 2]>,
    clause: Vec<f32>,
}

/// The features of every pair of passages, row by row: a row is a passage of the first document, which is the Chinese
/// one if only one is.
pub fn features(zh: &Text, en: &Text, lexicon: &Lexicon) -> Vec<Features> {
    let links = WordLinks::new(zh, en, lexicon);
    features_of(&links, &Grid::new(&links))
}

pub(super) fn features_of(links: &WordLinks, grid: &Grid) -> Vec<Features> {
    let cover: Vec<f32> = grid.cover.iter().map(|[zh, en]| (zh * en).sqrt()).collect();
    let margins = margins(&cover, grid.rows, grid.columns);
    let actors = Actors::new(links);
    let mut features = Vec::with_capacity(cover.len());
    for row in 0..grid.rows {
        for column in 0..grid.columns {
            let at = row * grid.columns + column;
            let lead = if row < 3 && column < 3 {
                1.0 / (1 + row + column) as f32
            } else {
                0.0
            };
            features.push([
                1.0,
                cover[at],
                margins[at],
                grid.clause[at],
                lead,
                f32::from(u8::from(actors.differ(row, column))),
                f32::from(u8::from(speakers_differ(links, row, column))),
            ]);
        }
    }
    features
}

/// Which words of two documents mean the same, and how surely.
pub(super) struct WordLinks<'a> {
    pub zh: &'a Text,
    pub en: &'a Text,
    /// For each word of the first document the words of the second, by number, with strengths from 0 to 1.
    pub rows: Vec<Vec<(u32, f32)>>,
}

impl<'a> WordLinks<'a> {
    pub fn new(zh: &'a Text, en: &'a Text, lexicon: &Lexicon) -> WordLinks<'a> {
        let numbers: HashMap<&str, u32> = en
            .types
            .iter()
            .enumerate()
            .map(|(number, word)| (&*word.key, number as u32))
            .collect();
        let translates = zh.side == Side::Zh && en.side == Side::En;
        let known: HashMap<u32, u32> = if translates {
            let number = |(number, word): (usize, &Type)| Some((lexicon.en(&word.key)?, number as u32));
            en.types.iter().enumerate().filter_map(number).collect()
        } else {
            HashMap::new()
        };
        let row = |word: &Type| match translates {
            true => translations(word, &numbers, &known, lexicon),
            false => numbers
                .get(&*word.key)
                .map(|&same| (same, 1.0))
                .into_iter()
                .collect(),
        };
        WordLinks {
            zh,
            en,
            rows: zh.types.iter().map(row).collect(),
        }
    }

    /// How surely two words mean the same.
    pub fn strength(&self, zh: u32, en: u32) -> f32 {
        let found = self.rows[zh as usize].iter().find(|(word, _)| *word == en);
        found.map_or(0.0, |&(_, strength)| strength)
    }

    /// For a passage of the first document, its matches with each passage of the second.
    pub fn matches(&self, zh: usize) -> Vec<Vec<Match>> {
        let mut found = vec![Vec::new(); self.en.len()];
        for (place, token) in self.zh.units[zh].tokens.iter().enumerate() {
            for &(word, strength) in &self.rows[token.word as usize] {
                for &(unit, at) in &self.en.types[word as usize].places {
                    found[unit as usize].push(Match {
                        zh: place as u16,
                        en: at,
                        strength,
                    });
                }
            }
        }
        found
    }
}

fn translations(
    word: &Type,
    numbers: &HashMap<&str, u32>,
    known: &HashMap<u32, u32>,
    lexicon: &Lexicon,
) -> Vec<(u32, f32)> {
    let mut row: Vec<(u32, f32)> = Vec::new();
    if let Some(zh) = lexicon.zh(&word.key) {
        row.extend(lexicon.row(zh).filter_map(|entry| {
            let strength = ((entry.lift.ln() - LOW) / (HIGH - LOW)).clamp(0.0, 1.0);
            Some((*known.get(&entry.en)?, strength))
        }));
    }
    let mut at_sight = |key: &str, strength: f32| {
        if let Some(&en) = numbers.get(key)
            && row.iter().all(|(known, _)| *known != en)
        {
            row.push((en, strength));
        }
    };
    at_sight(&word.key, AT_SIGHT);
    if word.kind == Kind::Han {
        name::spellings(&word.key)
            .iter()
            .for_each(|spelling| at_sight(spelling, 1.0));
    }
    row
}

impl Grid {
    pub fn new(links: &WordLinks) -> Grid {
        let (rows, columns) = (links.zh.len(), links.en.len());
        let mut grid = Grid {
            rows,
            columns,
            cover: Vec::with_capacity(rows * columns),
            clause: Vec::with_capacity(rows * columns),
        };
        let (zh, en) = (Weighed::all(links.zh), Weighed::all(links.en));
        let mut best = Best::default();
        for (row, zh) in zh.iter().enumerate() {
            for (matches, en) in links.matches(row).iter().zip(&en) {
                grid.cover.push(best.cover(matches, zh, en));
                grid.clause.push(best.clause(matches, zh, en));
            }
        }
        grid
    }
}

/// What a passage and its clauses weigh.
struct Weighed<'a> {
    unit: &'a Unit,
    /// Of each word; nothing where the passage had it before.
    weights: Vec<f32>,
    total: f32,
    clauses: Vec<f32>,
}

impl<'a> Weighed<'a> {
    fn all(text: &'a Text) -> Vec<Weighed<'a>> {
        text.units.iter().map(|unit| Weighed::new(unit, text)).collect()
    }

    fn new(unit: &'a Unit, text: &Text) -> Weighed<'a> {
        let weights = text.weights(unit);
        let mut clauses = vec![0.0; unit.clauses.len()];
        for (token, weight) in unit.tokens.iter().zip(&weights) {
            clauses[usize::from(token.clause)] += weight;
        }
        Weighed {
            unit,
            total: weights.iter().sum(),
            weights,
            clauses,
        }
    }

    fn clause(&self, place: u16) -> usize {
        usize::from(self.unit.tokens[usize::from(place)].clause)
    }
}

/// Room for each word's best match, kept between pairs.
#[derive(Default)]
struct Best {
    zh: Vec<f32>,
    en: Vec<f32>,
    zh_sums: Vec<f32>,
    en_sums: Vec<f32>,
}

impl Best {
    /// The share of each passage's weight that the other one covers.
    fn cover(&mut self, matches: &[Match], zh: &Weighed, en: &Weighed) -> [f32; 2] {
        clear(&mut self.zh, zh.weights.len());
        clear(&mut self.en, en.weights.len());
        for found in matches {
            raise(&mut self.zh[usize::from(found.zh)], found.strength);
            raise(&mut self.en[usize::from(found.en)], found.strength);
        }
        let share = |best: &[f32], side: &Weighed| {
            let covered: f32 = best
                .iter()
                .zip(&side.weights)
                .map(|(best, weight)| best * weight)
                .sum();
            covered / (side.total + PRIOR)
        };
        [share(&self.zh, zh), share(&self.en, en)]
    }

    /// The best geometric mean of both shares over all pairs of clauses.
    fn clause(&mut self, matches: &[Match], zh: &Weighed, en: &Weighed) -> f32 {
        let (zh_clauses, en_clauses) = (zh.clauses.len(), en.clauses.len());
        clear(&mut self.zh, zh.weights.len() * en_clauses);
        clear(&mut self.en, en.weights.len() * zh_clauses);
        for found in matches {
            let (zh_clause, en_clause) = (zh.clause(found.zh), en.clause(found.en));
            raise(
                &mut self.zh[usize::from(found.zh) * en_clauses + en_clause],
                found.strength,
            );
            raise(
                &mut self.en[usize::from(found.en) * zh_clauses + zh_clause],
                found.strength,
            );
        }
        clear(&mut self.zh_sums, zh_clauses * en_clauses);
        clear(&mut self.en_sums, zh_clauses * en_clauses);
        for (place, weight) in zh.weights.iter().enumerate() {
            let row = zh.clause(place as u16) * en_clauses;
            for clause in 0..en_clauses {
                self.zh_sums[row + clause] += weight * self.zh[place * en_clauses + clause];
            }
        }
        for (place, weight) in en.weights.iter().enumerate() {
            let column = en.clause(place as u16);
            for clause in 0..zh_clauses {
                self.en_sums[clause * en_clauses + column] += weight * self.en[place * zh_clauses + clause];
            }
        }
        let mut best = 0.0;
        for (at, (zh_sum, en_sum)) in self.zh_sums.iter().zip(&self.en_sums).enumerate() {
            let zh_share = zh_sum / (zh.clauses[at / en_clauses] + PRIOR);
            let en_share = en_sum / (en.clauses[at % en_clauses] + PRIOR);
            raise(&mut best, (zh_share * en_share).sqrt());
        }
        best
    }
}

fn clear(room: &mut Vec<f32>, len: usize) {
    room.clear();
    room.resize(len, 0.0);
}

fn raise(best: &mut f32, to: f32) {
    *best = best.max(to);
}

/// Each value less the mean of its row's and its column's two best others (Artetxe and Schwenk 2019 divide by it).
fn margins(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let best = |line: &mut dyn Iterator<Item = f32>| {
        line.fold([0.0; 3], |[a, b, c], value| {
            if value > a {
                [value, a, b]
            } else if value > b {
                [a, value, b]
            } else {
                [a, b, value.max(c)]
            }
        })
    };
    let best_of_rows: Vec<[f32; 3]> = (0..rows)
        .map(|row| best(&mut values[row * columns..][..columns].iter().copied()))
        .collect();
    let best_of_columns: Vec<[f32; 3]> = (0..columns)
        .map(|column| best(&mut values.iter().skip(column).step_by(columns).copied()))
        .collect();
    // Where there is but one other, it is the mean.
    let others = |[a, b, c]: [f32; 3], own: f32, len: usize| {
        let sum = if own >= b { a + b + c - own } else { a + b };
        sum / (len - 1).clamp(1, 2) as f32
    };
    let margin = |(at, &value): (usize, &f32)| {
        let row = others(best_of_rows[at / columns], value, columns);
        let column = others(best_of_columns[at % columns], value, rows);
        value - (row + column) / 2.0
    };
    values.iter().enumerate().map(margin).collect()
}

/// The names that passages begin with: 美方 does one thing and 中方 another, in the same words.
struct Actors<'a> {
    links: &'a WordLinks<'a>,
    zh: Vec<Vec<u32>>,
    en: Vec<Vec<u32>>,
}

/// How many words of a passage are its beginning.
const ZH_HEAD: usize = 5;
const EN_HEAD: usize = 6;

impl<'a> Actors<'a> {
    fn new(links: &'a WordLinks<'a>) -> Actors<'a> {
        let names = |text: &Text, is_name: &dyn Fn(u32) -> bool| -> Vec<Vec<u32>> {
            let head = if text.side == Side::Zh { ZH_HEAD } else { EN_HEAD };
            let of = |unit: &Unit| {
                let words = unit.tokens.iter().take(head).map(|token| token.word);
                words.filter(|&word| is_name(word)).collect()
            };
            text.units.iter().map(of).collect()
        };
        let is_proper = |en: u32| links.en.types[en as usize].is_proper;
        let means_name = |zh: u32| {
            links.zh.types[zh as usize].is_proper
                || links.rows[zh as usize]
                    .iter()
                    .any(|&(en, strength)| strength > 0.5 && is_proper(en))
        };
        Actors {
            links,
            zh: names(links.zh, &means_name),
            en: names(links.en, &is_proper),
        }
    }

    fn differ(&self, row: usize, column: usize) -> bool {
        let (zh, en) = (&self.zh[row], &self.en[column]);
        let same = |zh: &u32| en.iter().any(|en| self.links.strength(*zh, *en) > SAME_NAME);
        !zh.is_empty() && !en.is_empty() && !zh.iter().take(2).any(same)
    }
}

fn speakers_differ(links: &WordLinks, row: usize, column: usize) -> bool {
    match (&links.zh.units[row].speaker, &links.en.units[column].speaker) {
        (Speaker::One(zh), Speaker::One(en)) => {
            let telling = |word: &&u32| links.zh.types[**word as usize].weight > 0.1;
            let same = |zh: &u32| en.iter().any(|en| links.strength(*zh, *en) > SAME_NAME);
            !zh.iter().filter(telling).any(same)
        }
        _ => false,
    }
}
