//! Many documents into events: which of them tell of the same thing, and which are one text twice.

use crate::ingest::Document;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::value::date::Date;
use crate::words::{self, name, words};
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What grouping needs to know of a document; the document can be dropped. Less than 2 KB.
#[derive(Debug, Clone)]
pub struct Digest {
    date: Option<Date>,
    side: Option<Side>,
    /// Its weightiest words, Chinese ones by their likeliest translation: hashes with weights.
    terms: Vec<(u64, f32)>,
    /// The least hashes of its runs of words: what two texts share of these they share of their runs (Broder 1997).
    sketch: Vec<u64>,
}

/// Terms that stand for a document.
const TERMS: usize = 48;
/// Runs that stand for a document, and how many words a run has.
const SKETCH: usize = 64;
const RUN: usize = 4;
/// Terms of more documents point nowhere.
const FREQUENT: usize = 1000;
/// Documents that an event may well have: a word of so few is not the less telling, be the collection ever so small.
const MEMBERS: f32 = 10.0;
/// Cosine from which two documents tell of one event, in one language and across two: translation loses words.
const ALIKE: f32 = 0.3;
const ALIKE_ACROSS: f32 = 0.22;
/// Days that an event's documents may lie apart.
const DAYS: i64 = 7;
/// Share of runs from which two documents are one text, edited.
const SAME_TEXT: f32 = 0.5;

impl Digest {
    /// Digests of different documents can be made on different threads.
    pub fn new(document: &Document, lexicon: &Lexicon) -> Digest {
        let mut counts: BTreeMap<u64, (f32, f32)> = BTreeMap::new();
        let mut hashes = Vec::new();
        for segment in &document.segments {
            let Some(side) = segment.lang.side() else { continue };
            for word in words(segment.span.of(&document.text), side) {
                if word.kind == words::Kind::Mark {
                    continue;
                }
                hashes.push(hash(&word.key));
                if let Some((key, rarity)) = term(&word, side, lexicon) {
                    let entry = counts.entry(key).or_insert((0.0, rarity));
                    entry.0 += 1.0;
                }
            }
        }
        let weigh = |(key, (count, rarity)): (u64, (f32, f32))| (key, (1.0 + count.ln()) * rarity);
        let mut terms: Vec<(u64, f32)> = counts.into_iter().map(weigh).collect();
        terms.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        terms.truncate(TERMS);
        let mut sketch: Vec<u64> = hashes.windows(RUN).map(hash).collect();
        sketch.sort_unstable();
        sketch.dedup();
        sketch.truncate(SKETCH);
        Digest {
            date: document.date,
            side: document.side(),
            terms,
            sketch,
        }
    }

    /// The share of their runs of words that two documents have in common, estimated.
    pub fn resemblance(&self, other: &Digest) -> f32 {
        let mut union: Vec<u64> = self.sketch.iter().chain(&other.sketch).copied().collect();
        union.sort_unstable();
        union.dedup();
        union.truncate(SKETCH);
        let both =
            |run: &&u64| self.sketch.binary_search(run).is_ok() && other.sketch.binary_search(run).is_ok();
        union.iter().filter(both).count() as f32 / union.len().max(1) as f32
    }

    fn may_be_of_one_event(&self, other: &Digest) -> bool {
        match (self.date.and_then(day), other.date.and_then(day)) {
            (Some(one), Some(other)) => (one - other).abs() <= DAYS,
            _ => true,
        }
    }
}

/// The same in every run: the hasher's keys are fixed.
fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A word as both languages have it, and how rare it is, from 0 to 1; none for a word that says nothing.
fn term(word: &words::Word, side: Side, lexicon: &Lexicon) -> Option<(u64, f32)> {
    const RAREST: f32 = 1e-6;
    let rarity = |share: f32| share.max(RAREST).ln() / RAREST.ln();
    if word.kind == words::Kind::Value {
        let says = if word.key.len() <= 2 { 0.1 } else { 0.7 };
        return Some((hash(&*word.key), says));
    }
    let (key, rarity) = match side {
        Side::En => (
            hash(&*word.key),
            lexicon
                .en(&word.key)
                .map_or(1.0, |en| rarity(lexicon.en_share(en))),
        ),
        Side::Zh => match lexicon.zh(&word.key) {
            Some(zh) => {
                let likely = |one: &crate::lexicon::Entry, two: &crate::lexicon::Entry| {
                    one.en_given_zh
                        .total_cmp(&two.en_given_zh)
                        .then(two.en.cmp(&one.en))
                };
                let best = lexicon.row(zh).max_by(likely)?;
                (hash(lexicon.en_word(best.en)), rarity(lexicon.en_share(best.en)))
            }
            None => (hash(name::spellings(&word.key).first()?.as_str()), 1.0),
        },
    };
    (rarity > 0.4).then_some((key, rarity * rarity))
}

/// Days since 1970-01-01 of a whole date.
fn day(date: Date) -> Option<i64> {
    let (year, month, day) = (
        i64::from(date.year?),
        i64::from(date.month?),
        i64::from(date.day?),
    );
    let (year, month) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    Some(
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + day,
    )
}

/// Documents of one event, by their places, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub members: Vec<usize>,
    /// Members that are one text, edited or not: the later one in the list, and the one before.
    pub versions: Vec<(usize, usize)>,
}

/// Groups documents, in the order of each event's first document. A document that is like no other is an event of its
/// own.
///
/// Each document joins the most similar ones, and theirs; similarity is the cosine of their weightiest words. An index
/// from words to documents finds them, so that work grows with the number of documents and not with its square.
pub fn group(digests: &[Digest]) -> Vec<Group> {
    let mut leader: Vec<usize> = (0..digests.len()).collect();
    for (one, other) in nearest(digests) {
        let (one, other) = (root(&mut leader, one), root(&mut leader, other));
        leader[one.max(other)] = one.min(other);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for document in 0..digests.len() {
        groups
            .entry(root(&mut leader, document))
            .or_default()
            .push(document);
    }
    let with_versions = |members: Vec<usize>| Group {
        versions: versions(&members, digests),
        members,
    };
    groups.into_values().map(with_versions).collect()
}

fn root(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// For each document the most similar one of its language and of the other, where they are similar enough.
fn nearest(digests: &[Digest]) -> Vec<(usize, usize)> {
    let mut places: HashMap<u64, Vec<u32>> = HashMap::new();
    for (at, digest) in digests.iter().enumerate() {
        digest
            .terms
            .iter()
            .for_each(|(key, _)| places.entry(*key).or_default().push(at as u32));
    }
    let rarity =
        |key: &u64| ((digests.len() as f32 + MEMBERS) / (places[key].len() as f32 + MEMBERS)).ln() + 1.0;
    let vectors: Vec<Vec<(u64, f32)>> = digests
        .iter()
        .map(|digest| {
            let weighed: Vec<(u64, f32)> = digest
                .terms
                .iter()
                .map(|(key, weight)| (*key, weight * rarity(key)))
                .collect();
            let length = weighed
                .iter()
                .map(|(_, weight)| weight * weight)
                .sum::<f32>()
                .sqrt();
            weighed
                .into_iter()
                .map(|(key, weight)| (key, weight / length.max(f32::MIN_POSITIVE)))
                .collect()
        })
        .collect();
    let mut postings: HashMap<u64, Vec<(u32, f32)>> = HashMap::with_capacity(places.len());
    for (at, vector) in vectors.iter().enumerate() {
        for (key, weight) in vector
            .iter()
            .filter(|(key, _)| (2..=FREQUENT).contains(&places[key].len()))
        {
            postings.entry(*key).or_default().push((at as u32, *weight));
        }
    }
    let mut sums = vec![0.0f32; digests.len()];
    let mut edges = Vec::new();
    for (at, vector) in vectors.iter().enumerate() {
        let mut touched = Vec::new();
        for (key, weight) in vector {
            for &(other, theirs) in postings.get(key).into_iter().flatten() {
                if sums[other as usize] == 0.0 {
                    touched.push(other as usize);
                }
                sums[other as usize] += weight * theirs;
            }
        }
        touched.sort_unstable();
        let mut best: [Option<(f32, usize)>; 2] = [None, None];
        for other in touched {
            let sum = std::mem::take(&mut sums[other]);
            let across = digests[at].side != digests[other].side;
            let enough = if across { ALIKE_ACROSS } else { ALIKE };
            let best = &mut best[usize::from(across)];
            if other != at
                && sum >= enough
                && best.is_none_or(|(known, _)| sum > known)
                && digests[at].may_be_of_one_event(&digests[other])
            {
                *best = Some((sum, other));
            }
        }
        edges.extend(best.into_iter().flatten().map(|(_, other)| (at, other)));
    }
    edges
}

/// Each member that is, edited or not, the text of one before it.
fn versions(members: &[usize], digests: &[Digest]) -> Vec<(usize, usize)> {
    let mut versions = Vec::new();
    for (number, &later) in members.iter().enumerate() {
        let alike = |&&before: &&usize| digests[later].resemblance(&digests[before]) >= SAME_TEXT;
        // An event of thousands, such as a daily feed of one form, is looked through only near each member.
        let near = &members[number.saturating_sub(FREQUENT)..number];
        if let Some(&before) = near.iter().find(alike) {
            versions.push((later, before));
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Settings, Source, read};

    fn digest(text: &str) -> Digest {
        let source = Source {
            name: "news.txt".into(),
            bytes: text.into(),
        };
        Digest::new(&read(source, &Settings::default()).unwrap(), Lexicon::embedded())
    }

    #[test]
    fn documents_of_one_event_come_together_across_languages() {
        let texts = [
            "昨夜灰石海峡发生风暴，渔船沉没，海警救起十四名船员。",
            "Apple growers expect a record harvest in the valley this autumn, the farmers' union says.",
            "A fishing boat sank in a storm in the strait last night; the coast guard rescued all fourteen sailors of the crew.",
            "农会说，今年秋天山谷里的苹果将获得创纪录的丰收。",
        ];
        let digests: Vec<Digest> = texts.iter().map(|text| digest(text)).collect();
        let members: Vec<Vec<usize>> = group(&digests).into_iter().map(|group| group.members).collect();
        assert_eq!(members, [vec![0, 2], vec![1, 3]]);
    }

    #[test]
    fn an_edited_text_is_found_to_be_one() {
        let first = "The harbour office said on Monday that the new pier would open to ferries in September, \
                     after two winters of work on its piles, and that tickets would cost the same as before.";
        let later = first.replace("in September", "in October");
        let groups = group(&[digest(first), digest(&later)]);
        assert_eq!((groups.len(), &groups[0].versions[..]), (1, &[(1, 0)][..]));
    }

    #[test]
    fn days_are_counted_over_the_ends_of_months_and_years() {
        let date = |year, month, day| Date {
            year: Some(year),
            month: Some(month),
            day: Some(day),
        };
        assert_eq!(
            day(date(2024, 3, 1)).unwrap() - day(date(2024, 2, 28)).unwrap(),
            2
        );
        assert_eq!(
            day(date(2025, 1, 1)).unwrap() - day(date(2024, 12, 31)).unwrap(),
            1
        );
    }
}
