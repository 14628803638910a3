//! Countries, provinces and great cities by their names in either language.

use super::super::passage::Passage;
use super::person::is_word;
use crate::language::Side;
use crate::span::Span;
use crate::words::words;
use aho_corasick::AhoCorasick;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// A place's names on both sides, the first of each the one that is looked for.
pub(in crate::audit) struct Place {
    zh: Vec<&'static str>,
    en: Vec<&'static str>,
}

impl Place {
    pub fn zh(&self) -> &'static str {
        self.zh[0]
    }

    pub fn en(&self) -> &'static str {
        self.en[0]
    }

    pub fn is_china(&self) -> bool {
        self.en() == "China"
    }
}

/// The table of places, and what finds all names of one language in one pass.
struct Gazetteer {
    places: Vec<Place>,
    zh: Finder,
    en: Finder,
}

struct Finder {
    names: AhoCorasick,
    /// For each name of the automaton, its place and its number among the place's names.
    of: Vec<(usize, usize)>,
}

/// What of the table stands in a text.
#[derive(Default)]
struct Said {
    /// The places by any of their names.
    by_any: HashSet<usize>,
    /// The places by the name that is looked for, with where it stands first.
    by_name: BTreeMap<usize, Span>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let lines = include_str!("places.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let places = lines.filter_map(|line| {
        let (zh, en) = line.split_once('\t')?;
        let names = |names: &'static str| names.split(',').map(str::trim).collect();
        Some(Place {
            zh: names(zh),
            en: names(en),
        })
    });
    let places: Vec<Place> = places.collect();
    Gazetteer {
        zh: Finder::new(places.iter().map(|place| &place.zh)),
        en: Finder::new(places.iter().map(|place| &place.en)),
        places,
    }
});

impl Finder {
    fn new<'p>(places: impl Iterator<Item = &'p Vec<&'static str>>) -> Finder {
        let (mut names, mut of) = (Vec::new(), Vec::new());
        for (place, all) in places.enumerate() {
            for (number, name) in all.iter().enumerate() {
                names.push(*name);
                of.push((place, number));
            }
        }
        Finder {
            names: AhoCorasick::new(names).expect("a table of places is a small automaton"),
            of,
        }
    }

    fn said(&self, text: &str, stands: impl Fn(Span) -> bool) -> Said {
        let mut said = Said::default();
        for found in self.names.find_overlapping_iter(text) {
            let span = Span::new(found.start(), found.end());
            if stands(span) {
                let (place, name) = self.of[found.pattern().as_usize()];
                said.by_any.insert(place);
                if name == 0 {
                    said.by_name.entry(place).or_insert(span);
                }
            }
        }
        said
    }
}

impl Said {
    /// The places that are named here and in no way in the other text. A name inside a longer one of the table (中国
    /// in 中国香港) is not meant.
    fn without<'g>(&self, other: &Said, name: impl Fn(usize) -> &'g str) -> Vec<(usize, Span)> {
        let longer = |place: usize| {
            let inside = |longer: &str| longer.len() > name(place).len() && longer.contains(name(place));
            self.by_name.keys().any(|&other| inside(name(other)))
        };
        self.by_name
            .iter()
            .map(|(&place, &span)| (place, span))
            .filter(|(place, _)| !other.by_any.contains(place) && !longer(*place))
            .collect()
    }
}

/// The names of places that a text holds, each under the name that the table has first: in Chinese that name alone, for short
/// forms are parts of words, and in English each form with a capital.
pub(in crate::audit) fn places_named(text: &str, side: Side) -> Vec<(&'static Place, Span)> {
    let Gazetteer { places, zh, en } = &*GAZETTEER;
    let finder = if side == Side::Zh { zh } else { en };
    let mut named: Vec<(&Place, Span)> = finder
        .names
        .find_overlapping_iter(text)
        .filter_map(|found| {
            let span = Span::new(found.start(), found.end());
            let (place, number) = finder.of[found.pattern().as_usize()];
            let is_name = match side {
                Side::Zh => number == 0,
                Side::En => is_word(text, span) && span.of(text).starts_with(char::is_uppercase),
            };
            is_name.then_some((&places[place], span))
        })
        .collect();
    // The longest of those that overlap: 中国香港 is not 中国.
    named.sort_by_key(|(_, span)| (span.start(), std::cmp::Reverse(span.end())));
    let mut end = 0;
    named.retain(|(_, span)| {
        let is_apart = span.start() >= end;
        end = end.max(span.end());
        is_apart
    });
    named
}

/// The places that a text means, one for each time that it does: those that it names, and in Chinese also those that it has
/// in two characters, as 中美 and 美方.
pub(in crate::audit) fn places_meant(text: &str, side: Side) -> impl Iterator<Item = &'static Place> {
    let named = places_named(text, side).into_iter().map(|(place, _)| place);
    let short = match side {
        Side::Zh => words(text, Side::Zh),
        Side::En => Vec::new(),
    };
    named.chain(short.into_iter().flat_map(|word| in_two(&word.key)))
}

/// Characters that stand for places beside another of them, or before 方, and are parts of other words elsewhere.
const SHORT: &str = "中美日俄英法德欧韩朝印澳加越菲巴";

/// The places of a word of two characters.
fn in_two(word: &str) -> Vec<&'static Place> {
    let characters: Vec<char> = word.chars().collect();
    let [first, second] = characters[..] else {
        return Vec::new();
    };
    let is_short = |c: char| SHORT.contains(c);
    if !is_short(first) || !(is_short(second) || second == '方') {
        return Vec::new();
    }
    let place = |short: char| {
        let mut places = GAZETTEER.places.iter();
        places.find(|place| place.zh.iter().any(|name| name.chars().eq([short])))
    };
    characters.into_iter().filter_map(place).collect()
}

/// The places that only the Chinese of a row names, and that only the English does. Where the Chinese speaks from within
/// China and names nothing, English does: the last of the two may be China.
pub(in crate::audit) fn unmatched(passage: &Passage) -> [Vec<(&'static Place, Span)>; 2] {
    let Gazetteer { places, zh, en } = &*GAZETTEER;
    let en_text = passage.en_text();
    let (zh, en) = (
        zh.said(passage.zh_folded(), |_| true),
        en.said(en_text, |span| is_word(en_text, span)),
    );
    let mut lost = zh.without(&en, |place| places[place].zh());
    lost.retain(|(_, span)| passage.on_text(Side::Zh, *span).is_some());
    let added = en.without(&zh, |place| places[place].en());
    [lost, added].map(|alone| {
        alone
            .into_iter()
            .map(|(place, span)| (&places[place], span))
            .collect()
    })
}

/// The places that one side of a row names and the other does not.
pub(in crate::audit) fn places_alone(passage: &Passage) -> impl Iterator<Item = &'static Place> {
    let [lost, added] = unmatched(passage);
    let added = added.into_iter().filter(|(place, _)| !place.is_china());
    lost.into_iter().chain(added).map(|(place, _)| place)
}

/// Whether English words name a place, or several: Shenzhen-Hong Kong.
pub(in crate::audit) fn has_place(name: &str) -> bool {
    let named = places_named(name, Side::En);
    named.into_iter().any(|(place, span)| span.of(name) == place.en())
}
