//! Two documents into the links between their passages, each with a label, a score and what speaks for it.

use super::clause::parts;
use super::feature::{Features, Grid, Match, WordLinks, features_of};
use super::joint::{LinkGroup, groups};
use super::text::{Text, Type};
use super::weights::Weights;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::words::Kind;
use serde::Serialize;

/// Two passages that belong together, or seem to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// The Chinese passage, or the first document's if both are in one language, from 0.
    pub zh: usize,
    /// The English passage, or the second document's.
    pub en: usize,
    pub label: Label,
    /// How probable it is that the passages say the same, at least in part.
    ///
    /// `examples/link_weights.rs` measures it on readouts that the weights had not seen: of those linked, at .87 in the
    /// mean, .85 are right; over all candidates the expected calibration error is .02.
    pub score: f32,
    /// The bytes of the Chinese passage that the English one says, and the reverse: runs of clauses.
    pub zh_part: Span,
    pub en_part: Span,
    /// The words that say so, the weightiest first; none for a topic.
    pub evidence: Vec<Evidence>,
    /// Its group, by its place among [`Links::groups`]; none for a topic.
    pub group: Option<usize>,
}

/// How two documents are linked.
#[derive(Debug, Clone, PartialEq)]
pub struct Links {
    /// Links and candidates, in the order of the first document's passages.
    pub links: Vec<Link>,
    /// Links that belong together; one that belongs to no other is a group of its own.
    pub groups: Vec<LinkGroup>,
}

/// What two passages have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// What one says the other says, too.
    Same,
    /// A part of what one says the other says, too.
    Part,
    /// They may be about the same thing; it is not shown that they say the same of it.
    Topic,
}

impl Label {
    pub fn name(self) -> &'static str {
        match self {
            Label::Same => "same",
            Label::Part => "part",
            Label::Topic => "topic",
        }
    }

    /// Whether both passages say something the same.
    pub fn is_link(self) -> bool {
        self != Label::Topic
    }
}

/// A word of each passage that mean the same, English words as they are first written in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    pub kind: Matched,
    pub zh: String,
    pub en: String,
}

/// What sort of words matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Matched {
    Word,
    Name,
    Number,
    Date,
}

/// From this probability on passages are linked; the best F1 of events that the weights had not seen is near it.
const LINKED: f32 = 0.45;
/// Below this, passages are not even named as candidates.
const NAMED: f32 = 0.005;
/// Where the typical best pair covers each other this far, one document translates the other, perhaps with gaps. Of 120
/// translations with gaps all but three are above; of readouts and coverage none is above .46.
const TRANSLATED: f32 = 0.5;
/// Pairs that cover each other less are no evidence of a translation, nor against one.
const ANY: f32 = 0.2;
/// Matches named as evidence, and what they must say at least.
const EVIDENCE: usize = 12;
const TELLING: f32 = 0.35;

/// Links the passages of two documents of one event; give the Chinese one first.
///
/// Candidates that are not linked are there, too, labelled [`Label::Topic`]: whoever ranks links by their scores needs them. A translation says each thing once, so where one
/// document translates the other, passages are linked only if neither has a better partner, or if they say more together
/// with it.
///
/// ```
/// use duizhao::{compare::{Links, Text, Weights, link}, language::Side, lexicon::Lexicon};
/// let zh = ["市长会见港口工人", "市长说，新码头将于9月1日开放。", "会见在友好的气氛中进行。"];
/// let en = ["The mayor met dock workers on Monday.", "The new pier will open on September 1, she said.", "It was raining."];
/// let lexicon = Lexicon::embedded();
/// let (zh, en) = (Text::new(Side::Zh, &zh, lexicon), Text::new(Side::En, &en, lexicon));
/// let Links { groups, .. } = link(&zh, &en, lexicon, Weights::embedded());
/// let passages: Vec<_> = groups.iter().map(|group| (&group.zh[..], &group.en[..])).collect();
/// assert_eq!(passages, [(&[0][..], &[0][..]), (&[1], &[1])]);
/// ```
pub fn link(zh: &Text, en: &Text, lexicon: &Lexicon, weights: &Weights) -> Links {
    let words = WordLinks::new(zh, en, lexicon);
    let grid = Grid::new(&words);
    let features: Vec<Features> = features_of(&words, &grid);
    let cover: Vec<f32> = grid.cover.iter().map(|[zh, en]| (zh * en).sqrt()).collect();
    let rivals = Rivals::new(&cover, grid.rows, grid.columns);
    let is_translation = rivals.is_translation(&cover);
    let mut links = Vec::new();
    // Likely ones that are no links by themselves.
    let mut rivalling = Vec::new();
    for zh in 0..grid.rows {
        let mut matches = None;
        for en in 0..grid.columns {
            let at = zh * grid.columns + en;
            let score = weights.probability(&features[at]);
            if score < NAMED {
                continue;
            }
            let is_likely = score >= LINKED;
            let is_linked = is_likely && (!is_translation || rivals.are_best(zh, en));
            if is_likely && !is_linked {
                rivalling.push(links.len());
            }
            let label = match is_linked {
                false => Label::Topic,
                true if cover[at] >= weights.whole => Label::Same,
                true => Label::Part,
            };
            let found = &matches.get_or_insert_with(|| words.matches(zh))[en];
            let evidence = match is_likely {
                true => evidence(&words, zh, en, found),
                false => Vec::new(),
            };
            let [zh_part, en_part] = parts(&words, zh, en, found);
            links.push(Link {
                zh,
                en,
                label,
                score,
                zh_part,
                en_part,
                evidence,
                group: None,
            });
        }
    }
    let groups = groups(&words, &links, &rivalling, &cover, weights.whole);
    for (number, group) in groups.iter().enumerate() {
        for &link in &group.links {
            links[link].group = Some(number);
            links[link].label = links[link].label.min(Label::Part);
        }
    }
    for link in links.iter_mut().filter(|link| link.label == Label::Topic) {
        link.evidence.clear();
    }
    Links { links, groups }
}

/// The best partner of each passage.
struct Rivals {
    columns: usize,
    of_rows: Vec<usize>,
    of_columns: Vec<usize>,
}

impl Rivals {
    fn new(cover: &[f32], rows: usize, columns: usize) -> Rivals {
        let best = |values: &mut dyn Iterator<Item = f32>| {
            let first = |best: (usize, f32), (at, value)| if value > best.1 { (at, value) } else { best };
            values.enumerate().fold((0, f32::MIN), first).0
        };
        Rivals {
            columns,
            of_rows: (0..rows)
                .map(|row| best(&mut cover[row * columns..][..columns].iter().copied()))
                .collect(),
            of_columns: (0..columns)
                .map(|column| best(&mut cover.iter().skip(column).step_by(columns).copied()))
                .collect(),
        }
    }

    fn are_best(&self, row: usize, column: usize) -> bool {
        self.of_rows[row] == column && self.of_columns[column] == row
    }

    /// Whether the median of the pairs that are each other's best says so.
    fn is_translation(&self, cover: &[f32]) -> bool {
        let pairs = self
            .of_rows
            .iter()
            .enumerate()
            .filter(|&(row, &column)| self.are_best(row, column));
        let mut found: Vec<f32> = pairs
            .map(|(row, column)| cover[row * self.columns + column])
            .filter(|&cover| cover > ANY)
            .collect();
        found.sort_by(f32::total_cmp);
        found
            .get(found.len() / 2)
            .is_some_and(|&median| median >= TRANSLATED)
    }
}

/// The matches that say most, one for each word.
fn evidence(words: &WordLinks, zh: usize, en: usize, matches: &[Match]) -> Vec<Evidence> {
    let zh_word =
        |found: &Match| &words.zh.types[words.zh.units[zh].tokens[usize::from(found.zh)].word as usize];
    let en_word =
        |found: &Match| &words.en.types[words.en.units[en].tokens[usize::from(found.en)].word as usize];
    let mut ranked: Vec<(f32, &Match)> = matches
        .iter()
        .map(|found| {
            (
                found.strength * (zh_word(found).weight + en_word(found).weight),
                found,
            )
        })
        .filter(|(worth, _)| *worth >= TELLING)
        .collect();
    ranked.sort_by(|(one, a), (other, b)| other.total_cmp(one).then((a.zh, a.en).cmp(&(b.zh, b.en))));
    let mut named: Vec<Evidence> = Vec::new();
    for (_, found) in ranked {
        let (zh, en) = (zh_word(found), en_word(found));
        if named
            .iter()
            .all(|known| *known.zh != *zh.shown && *known.en != *en.shown)
        {
            named.push(Evidence {
                kind: matched(zh, en),
                zh: zh.shown.to_string(),
                en: en.shown.to_string(),
            });
        }
        if named.len() == EVIDENCE {
            break;
        }
    }
    named
}

fn matched(zh: &Type, en: &Type) -> Matched {
    match en.kind {
        Kind::Value if en.key.starts_with(|first: char| first.is_ascii_alphabetic()) => Matched::Date,
        Kind::Value => Matched::Number,
        _ if zh.is_proper || en.is_proper => Matched::Name,
        _ => Matched::Word,
    }
}
