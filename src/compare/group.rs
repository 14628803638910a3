//! Many documents into events: which of them tell of the same thing.

use super::sketch::hash;
use crate::ingest::Document;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::value::date::Date;
use crate::words::{self, name, words};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

/// What grouping needs to know of a document; the document can be dropped. About 2 KB.
#[derive(Debug, Clone)]
pub struct Digest {
    date: Option<Date>,
    side: Option<Side>,
    /// Its weightiest words, Chinese ones by their likeliest translation: hashes with weights.
    terms: Vec<(u64, f32)>,
}

/// Terms that stand for a document.
const TERMS: usize = 100;
/// Terms of more documents point nowhere.
const FREQUENT: usize = 1000;
/// Documents that an event may well have: a word of so few is not the less telling, be the collection ever so small.
const MEMBERS: f32 = 100.0;
/// Mean similarity from which documents tell of one event.
const ALIKE: f32 = 0.3;
/// What a similarity across the languages is multiplied by: translation loses words.
const ACROSS: f32 = 1.8;
/// Neighbours of an event that are looked at.
const NEIGHBOURS: usize = 8;
/// Days that an event's documents may lie apart.
const DAYS: i64 = 7;

impl Digest {
    /// Digests of different documents can be made on different threads.
    pub fn new(document: &Document, lexicon: &Lexicon) -> Digest {
        let mut counts: BTreeMap<u64, (f32, f32)> = BTreeMap::new();
        for segment in &document.segments {
            let Some(side) = segment.lang.side() else { continue };
            for word in words(segment.span.of(&document.text), side) {
                if word.kind == words::Kind::Mark {
                    continue;
                }
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
        Digest {
            date: document.date,
            side: document.side(),
            terms,
        }
    }
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

/// Documents into events, by their places, in the order of each event's first document. A document that is like no other is an event of its
/// own.
///
/// The two events most alike become one, again and again (average link), while the mean similarity of the documents of
/// the one with those of the other is .3 or more; similarity is the cosine of two documents' weightiest words. Only
/// events that are neighbours are looked at, and an index from words to events finds those, so that work grows with the
/// number of documents and not with its square. An event that grew has other neighbours, which are looked for until
/// nothing changes.
pub fn group(digests: &[Digest]) -> Vec<Vec<usize>> {
    let mut events: Vec<Event> = digests
        .iter()
        .zip(vectors(digests))
        .enumerate()
        .map(|(at, (digest, vector))| Event::new(at, digest, vector))
        .collect();
    loop {
        let before = events.len();
        events = joined(events);
        if events.len() == before {
            break;
        }
    }
    let mut groups: Vec<Vec<usize>> = events.into_iter().map(|event| event.members).collect();
    groups.sort_by_key(|members| members[0]);
    groups
}

/// Events with those that are their neighbours and alike in one.
fn joined(mut events: Vec<Event>) -> Vec<Event> {
    let mut leader: Vec<usize> = (0..events.len()).collect();
    let mut queue: BinaryHeap<Pair> = neighbours(&events).into_iter().collect();
    events.iter_mut().for_each(|event| event.grew = false);
    while let Some(pair) = queue.pop() {
        let (one, other) = (root(&mut leader, pair.one), root(&mut leader, pair.other));
        if one == other || !events[one].may_join(&events[other]) {
            continue;
        }
        // What the pair was when it was queued may be old: its events may stand in larger ones by now.
        let similarity = events[one].similarity(&events[other]);
        if similarity < ALIKE {
            continue;
        }
        if queue
            .peek()
            .is_some_and(|next| similarity < next.similarity * NEXT)
        {
            queue.push(Pair { similarity, ..pair });
            continue;
        }
        let (first, second) = (one.min(other), one.max(other));
        let absorbed = std::mem::take(&mut events[second]);
        events[first].absorb(absorbed);
        leader[second] = first;
    }
    events.retain(|event| !event.members.is_empty());
    events
}

/// A pair waits for its turn again when the next has much more to say for itself; a hair's breadth is not worth it.
const NEXT: f32 = 0.95;

fn root(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// Documents that are one event so far.
#[derive(Default)]
struct Event {
    members: Vec<usize>,
    /// The sum of the members' vectors, Chinese and English apart.
    sum: BTreeMap<u32, [f32; 2]>,
    /// Since its neighbours were looked for.
    grew: bool,
    /// The first and the last day of the members that have one.
    days: Option<(i64, i64)>,
}

impl Event {
    fn new(at: usize, digest: &Digest, vector: Vec<(u32, f32)>) -> Event {
        let side = usize::from(digest.side != Some(Side::Zh));
        let mut sum: BTreeMap<u32, [f32; 2]> = BTreeMap::new();
        for (term, weight) in vector {
            sum.entry(term).or_default()[side] += weight;
        }
        Event {
            members: vec![at],
            sum,
            grew: true,
            days: digest.date.and_then(day).map(|day| (day, day)),
        }
    }

    /// The mean similarity of a member of the one with a member of the other.
    fn similarity(&self, other: &Event) -> f32 {
        let (few, many) = if self.sum.len() <= other.sum.len() {
            (self, other)
        } else {
            (other, self)
        };
        let product = |(term, one): (&u32, &[f32; 2])| {
            let two = many.sum.get(term)?;
            Some(cosine(*one, *two))
        };
        let all: f32 = few.sum.iter().filter_map(product).sum();
        all / (self.members.len() * other.members.len()) as f32
    }

    fn may_join(&self, other: &Event) -> bool {
        match (self.days, other.days) {
            (Some(one), Some(other)) => one.1.max(other.1) - one.0.min(other.0) <= DAYS,
            _ => true,
        }
    }

    fn absorb(&mut self, mut other: Event) {
        if self.sum.len() < other.sum.len() {
            std::mem::swap(&mut self.sum, &mut other.sum);
        }
        for (term, [zh, en]) in other.sum {
            let sum = self.sum.entry(term).or_default();
            *sum = [sum[0] + zh, sum[1] + en];
        }
        self.grew = true;
        self.members.extend(other.members);
        self.members.sort_unstable();
        self.days = match (self.days, other.days) {
            (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
            (days, other) => days.or(other),
        };
    }
}

/// Each document's words with their weights, of length 1; words by numbers, in order.
fn vectors(digests: &[Digest]) -> Vec<Vec<(u32, f32)>> {
    let mut words: HashMap<u64, (u32, u32)> = HashMap::new();
    for (key, _) in digests.iter().flat_map(|digest| &digest.terms) {
        let number = words.len() as u32;
        words.entry(*key).or_insert((number, 0)).1 += 1;
    }
    let beyond_an_event = |documents: usize| (documents as f32).max(MEMBERS);
    let rarity = |of: u32| (beyond_an_event(digests.len()) / beyond_an_event(of as usize)).ln() + 1.0;
    let vector = |digest: &Digest| {
        let mut vector: Vec<(u32, f32)> = digest
            .terms
            .iter()
            .map(|(key, weight)| {
                let (number, of) = words[key];
                (number, weight * rarity(of))
            })
            .collect();
        vector.sort_unstable_by_key(|(number, _)| *number);
        let length = vector
            .iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f32>()
            .sqrt();
        for (_, weight) in &mut vector {
            *weight /= length.max(f32::MIN_POSITIVE);
        }
        vector
    };
    digests.iter().map(vector).collect()
}

/// Two events, and how alike they are or those that they stand in.
struct Pair {
    similarity: f32,
    one: usize,
    other: usize,
}

/// The most alike first, of equals the first documents.
impl Ord for Pair {
    fn cmp(&self, other: &Pair) -> Ordering {
        let places = |pair: &Pair| (pair.one, pair.other);
        self.similarity
            .total_cmp(&other.similarity)
            .then_with(|| places(other).cmp(&places(self)))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Pair) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pair {
    fn eq(&self, other: &Pair) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pair {}

/// What a word that two events have adds to their similarity, from its weights in Chinese and English documents.
fn cosine(one: [f32; 2], other: [f32; 2]) -> f32 {
    one[0] * other[0] + one[1] * other[1] + ACROSS * (one[0] * other[1] + one[1] * other[0])
}

/// The events most alike to each that grew.
fn neighbours(events: &[Event]) -> Vec<Pair> {
    let mut places: Vec<Vec<(u32, [f32; 2])>> = Vec::new();
    for (at, event) in events.iter().enumerate() {
        for (&term, &weights) in &event.sum {
            if places.len() <= term as usize {
                places.resize_with(term as usize + 1, Vec::new);
            }
            places[term as usize].push((at as u32, weights));
        }
    }
    let mut neighbours = Vec::new();
    let mut sums = vec![0.0; events.len()];
    let mut touched = Vec::new();
    for (one, event) in events.iter().enumerate().filter(|(_, event)| event.grew) {
        for (&term, &weights) in &event.sum {
            let places = &places[term as usize];
            if places.len() > FREQUENT {
                continue;
            }
            for &(other, theirs) in places {
                let sum = &mut sums[other as usize];
                if *sum == 0.0 {
                    touched.push(other as usize);
                }
                *sum += cosine(weights, theirs);
            }
        }
        let similarity = |other: usize, sum: &mut f32| {
            std::mem::take(sum) / (event.members.len() * events[other].members.len()) as f32
        };
        let mut pairs: Vec<Pair> = touched
            .drain(..)
            .map(|other| Pair {
                similarity: similarity(other, &mut sums[other]),
                one,
                other,
            })
            .filter(|pair| pair.other != one && pair.similarity >= ALIKE)
            .collect();
        pairs.sort_unstable_by(|one, other| other.cmp(one));
        pairs.truncate(NEIGHBOURS);
        neighbours.extend(pairs);
    }
    neighbours
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
        assert_eq!(group(&digests), [vec![0, 2], vec![1, 3]]);
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

    /// The next number of a fixed series below `below`.
    fn next(state: &mut u64, below: usize) -> usize {
        *state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (*state >> 33) as usize % below
    }

    #[test]
    fn events_of_any_size_stay_whole_and_apart_though_one_week_shares_its_people() {
        let lexicon = Lexicon::embedded();
        let mut state = 7;
        // Words of a column of the lexicon are as rare as words are.
        let vocabulary: Vec<&str> = (0..20_000)
            .map(|word| lexicon.en_word(word))
            .filter(|word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
            .collect();
        let mut draw = |count: usize| -> Vec<&str> {
            (0..count)
                .map(|_| vocabulary[next(&mut state, vocabulary.len())])
                .collect()
        };
        let people = draw(4);
        let (mut digests, mut events) = (Vec::new(), Vec::new());
        for (event, size) in [2, 60, 3, 20, 2, 8, 35, 5, 2, 12].into_iter().enumerate() {
            let subject = draw(40);
            for number in 0..size {
                // What each tells of the subject, who was there, and what it alone says.
                let told = subject
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| (at + number) % 4 != 0);
                let told: Vec<&str> = told.map(|(_, word)| *word).collect();
                // Between the words stand those that every text has, or it would be in no language.
                let text = [told, people.clone(), draw(25)].concat().join(" and of the ");
                digests.push(digest(&format!("On June {}, 2034 {text}.", 3 + event % 5)));
                events.push(event);
            }
        }
        let mut of = vec![0; digests.len()];
        for (number, group) in group(&digests).iter().enumerate() {
            group.iter().for_each(|&member| of[member] = number);
        }
        let pairs = (0..of.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
        let (mut together, mut right, mut due) = (0, 0, 0);
        for (one, other) in pairs {
            let (is_found, is_due) = (of[one] == of[other], events[one] == events[other]);
            together += usize::from(is_found);
            due += usize::from(is_due);
            right += usize::from(is_found && is_due);
        }
        assert!(right * 100 >= together * 99, "{right} right of {together} found");
        assert!(right * 100 >= due * 99, "{right} found of {due}");
    }
}
