//! Rows into bilingual terms: which Chinese words come again and again, and as what English.
//!
//! Words are linked inside each row, first by the lexicon, then by what they have in common over all rows
//! (log-likelihood, Dunning 1993), the best pair first and each word once (competitive linking, Melamed 2000). A run of
//! Chinese words that comes often enough, with the English run that its links span and that nothing outside it links
//! into, is a term and its rendering (Och and Ney 2004). Runs that stand where verbs stand are left out.
//!
//! ```
//! use duizhao::corpus::Row;
//! use duizhao::{lexicon::Lexicon, terms::{Finder, Settings}};
//!
//! let mut finder = Finder::new(Lexicon::embedded());
//! for (zh, en) in [
//!     ("渡船七点开。", "The ferry leaves at seven."),
//!     ("渡船很旧。", "The ferry is old."),
//!     ("我们等渡船。", "We wait for the ferry."),
//!     ("天黑了。", "It grew dark."),
//! ] {
//!     finder.add(&Row { src_text: zh.into(), trg_text: en.into(), ..Row::default() });
//! }
//! let terms = finder.terms(&Settings::default());
//! assert_eq!((terms[0].zh.as_str(), terms[0].renderings[0].en.as_str()), ("渡船", "ferry"));
//! ```

mod function;
mod link;
mod text;

use crate::corpus::Row;
use crate::language::Side;
use crate::lexicon::{Lexicon, log_likelihood};
use crate::span::Span;
use link::{Links, link};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use text::{Stored, Vocabulary, Words};

/// What counts as a term.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Times that it must occur at least.
    pub least: usize,
    /// Places that are kept of each rendering at most, and of the term without any.
    pub places: usize,
    /// For the rows of one document, which are to be rendered alike throughout: keep words that hardly stand outside longer terms, and those that mostly stand before another word as adjectives
    /// do, and those that stand with their rendering no more often than chance would have it.
    pub parts: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            least: 3,
            places: 1,
            parts: false,
        }
    }
}

/// A Chinese term and what it becomes in English.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// In simplified characters.
    pub zh: String,
    /// Times that it occurs in rows with both sides.
    pub count: usize,
    /// Document pairs in which it does.
    pub documents: usize,
    /// How rare its words are in all kinds of texts, in nats.
    pub rarity: f32,
    /// The most frequent first; at least one.
    pub renderings: Vec<Rendering>,
    /// Rows, and places in their Chinese, where no English is linked to it.
    pub unrendered: Vec<(usize, Span)>,
}

/// An English rendering of a term, whatever its inflection.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendering {
    pub en: String,
    pub count: usize,
    pub documents: usize,
    /// Log-likelihood ratio of its standing in one row with the term, against chance.
    pub association: f64,
    /// Whether it is another word than the most frequent rendering, and not a shorter or longer form of it.
    pub differs: bool,
    /// Other Chinese terms that it renders, too.
    pub also: Vec<String>,
    pub places: Vec<Place>,
}

/// Where a term stands with its rendering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The row, counted from 0 over all rows with both sides that were added.
    pub row: usize,
    pub zh: Span,
    pub en: Span,
}

impl Term {
    /// How often it is rendered by another word than mostly; what stands once is chance as often as choice.
    pub fn contested(&self) -> usize {
        let others = self.renderings.iter().filter(|rendering| rendering.differs);
        others
            .map(|rendering| rendering.count)
            .filter(|&count| count > 1)
            .sum()
    }
}

/// Gathers rows, then finds the terms in them. It holds all rows: about a kilobyte for each.
pub struct Finder<'a> {
    lexicon: &'a Lexicon,
    zh: Vocabulary,
    en: Vocabulary,
    rows: Vec<Stored>,
    documents: HashMap<String, u32>,
}

/// Words of a Chinese term, and of an English rendering, at most.
const ZH_LONGEST: usize = 4;
const EN_LONGEST: usize = 7;

/// A log-likelihood ratio from which on chance is less than one in twenty: enough for words that are linked already.
const LIKELY: f64 = 3.84;

/// The share of running words from which on one is everyday, and that of the rarest.
const EVERYDAY: f32 = 1e-3;
const RAREST: f32 = 1e-5;

impl<'a> Finder<'a> {
    pub fn new(lexicon: &'a Lexicon) -> Finder<'a> {
        Finder {
            lexicon,
            zh: Vocabulary::new(Side::Zh),
            en: Vocabulary::new(Side::En),
            rows: Vec::new(),
            documents: HashMap::new(),
        }
    }

    /// Takes a row in; one without a side says nothing.
    pub fn add(&mut self, row: &Row) {
        if row.is_link() {
            let next = self.documents.len() as u32;
            let document = *self.documents.entry(row.doc_pair_id.clone()).or_insert(next);
            self.rows.push(Stored {
                zh: Words::new(&row.src_text, &mut self.zh),
                en: Words::new(&row.trg_text, &mut self.en),
                document,
            });
        }
    }

    /// Both texts of a row that was added with both sides.
    pub fn texts(&self, row: usize) -> (&str, &str) {
        (&self.rows[row].zh.text, &self.rows[row].en.text)
    }

    /// The terms, those that are rendered in several ways most often first, then those that occur most; rare words count
    /// for more than everyday ones.
    pub fn terms(&self, settings: &Settings) -> Vec<Term> {
        let links = link(&self.rows, &self.zh, &self.en, self.lexicon);
        let frequent = self.frequent(settings.least);
        let mut candidates: BTreeMap<&[u32], Candidate> = BTreeMap::new();
        for (row, links) in links.iter().enumerate() {
            self.gather(row, links, &frequent, settings.places, &mut candidates);
        }
        let verbs: BTreeSet<u32> = candidates
            .iter()
            .filter(|(run, candidate)| run.len() == 1 && candidate.is_verb())
            .map(|(run, _)| run[0])
            .collect();
        candidates.retain(|run, candidate| {
            let object = !settings.parts && run.len() > 1 && verbs.contains(&run[0]);
            let adjective = !settings.parts && run.len() == 1 && candidate.is_adjective();
            let verb = candidate.verbal > candidate.nominal || !settings.parts && candidate.is_verb();
            candidate.is_term(settings.least) && !verb && !object && !adjective
        });
        if !settings.parts {
            self.drop_inner(&mut candidates);
        }
        let found = self.counts_of(&candidates);
        let mut terms: Vec<Term> = candidates
            .iter()
            .filter_map(|(run, candidate)| self.term(run, candidate, &found))
            // In few rows what stands in all of them stands with everything.
            .filter(|term| settings.parts || term.renderings[0].association >= LIKELY)
            .collect();
        name_others(&mut terms);
        terms.sort_by(|a, b| {
            let worth = |term: &Term| [term.contested(), term.count].map(|count| count as f32 * term.rarity);
            let (a_worth, b_worth) = (worth(a), worth(b));
            b_worth[0]
                .total_cmp(&a_worth[0])
                .then(b_worth[1].total_cmp(&a_worth[1]))
                .then_with(|| a.zh.cmp(&b.zh))
        });
        terms
    }

    /// Runs of words that may be a term and come often enough; a run's parts come as often as it does.
    fn frequent(&self, least: usize) -> HashMap<&[u32], usize> {
        let mut all: HashMap<&[u32], usize> = HashMap::new();
        for length in 1..=ZH_LONGEST {
            let mut counts: HashMap<&[u32], usize> = HashMap::new();
            for row in &self.rows {
                for run in row.zh.ids.windows(length) {
                    let known =
                        length == 1 || all.contains_key(&run[..length - 1]) && all.contains_key(&run[1..]);
                    if known && run.iter().all(|&word| self.zh.is_content(word)) {
                        *counts.entry(run).or_default() += 1;
                    }
                }
            }
            all.extend(counts.into_iter().filter(|(_, count)| *count >= least));
        }
        all
    }

    /// The terms of a row with what they are rendered by.
    fn gather<'f>(
        &'f self,
        row: usize,
        links: &Links,
        frequent: &HashMap<&'f [u32], usize>,
        places: usize,
        candidates: &mut BTreeMap<&'f [u32], Candidate>,
    ) {
        let Stored { zh, en, document } = &self.rows[row];
        for start in 0..zh.ids.len() {
            for end in start + 1..=(start + ZH_LONGEST).min(zh.ids.len()) {
                let Some((run, _)) = frequent.get_key_value(&zh.ids[start..end]) else {
                    break;
                };
                if zh.span(start..end).len() < 2 * '中'.len_utf8() {
                    continue;
                }
                let candidate = candidates.entry(run).or_default();
                candidate.count += 1;
                candidate.documents.insert(*document);
                candidate.verbal +=
                    usize::from(zh.ids.get(end).is_some_and(|&next| self.zh.marks_verb(next)));
                let Some(range) = links.rendering(start..end, &en.ids, &self.en) else {
                    if candidate.unrendered.len() < places {
                        candidate.unrendered.push((row, zh.span(start..end)));
                    }
                    continue;
                };
                candidate.rendered += 1;
                let next = en.ids.get(range.end);
                candidate.modifying += usize::from(next.is_some_and(|&next| self.en.is_content(next)));
                candidate.adverbial += usize::from(en.span(range.clone()).of(&en.text).ends_with("ly"));
                let participle = is_participle(en.span(range.clone()).of(&en.text));
                match range.start.checked_sub(1).map(|before| en.ids[before]) {
                    Some(before) if self.en.marks_verb(before) => candidate.verbal += 1,
                    Some(before) if self.en.marks_noun(before) => candidate.nominal += 1,
                    _ => candidate.verbal += usize::from(participle),
                }
                let key: Vec<u32> = self.en.key(&en.ids[range.clone()]).collect();
                let held = candidate.renderings.entry(key).or_default();
                held.count += 1;
                held.documents.insert(*document);
                let surface = en.span(range.clone()).of(&en.text);
                let surface = surface
                    .trim_end_matches(['s', 'S'])
                    .strip_suffix(['\'', '’'])
                    .unwrap_or(surface);
                if held.surface.is_empty() || capitals(surface) < capitals(&held.surface) {
                    held.surface = surface.to_owned();
                }
                if held.places.len() < places {
                    held.places.push(Place {
                        row,
                        zh: zh.span(start..end),
                        en: en.span(range),
                    });
                }
            }
        }
    }

    /// A run that hardly ever stands outside a longer term is no term by itself.
    fn drop_inner(&self, candidates: &mut BTreeMap<&[u32], Candidate>) {
        let mut within: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
        for (run, candidate) in candidates.iter() {
            for length in 1..run.len() {
                for part in run.windows(length) {
                    let most = within.entry(part.to_vec()).or_default();
                    *most = (*most).max(candidate.count);
                }
            }
        }
        candidates.retain(|run, candidate| {
            let inside = within.get(*run).copied().unwrap_or(0);
            inside * 10 < candidate.count * 8
        });
    }

    /// In how many rows each rendering stands.
    fn counts_of(&self, candidates: &BTreeMap<&[u32], Candidate>) -> HashMap<Vec<u32>, usize> {
        let renderings = candidates
            .values()
            .flat_map(|candidate| candidate.renderings.keys());
        let mut counts: HashMap<Vec<u32>, usize> = renderings.map(|key| (key.clone(), 0)).collect();
        for row in &self.rows {
            let words: Vec<u32> = self.en.key(&row.en.ids).collect();
            let mut seen = BTreeSet::new();
            for start in 0..words.len() {
                for end in start + 1..=(start + EN_LONGEST).min(words.len()) {
                    if let Some(count) = counts.get_mut(&words[start..end])
                        && seen.insert(&words[start..end])
                    {
                        *count += 1;
                    }
                }
            }
        }
        counts
    }

    fn term(&self, run: &[u32], candidate: &Candidate, counts: &HashMap<Vec<u32>, usize>) -> Option<Term> {
        let mut renderings: Vec<(&Vec<u32>, &Held)> = candidate.renderings.iter().collect();
        renderings.sort_by_key(|(key, held)| (std::cmp::Reverse(held.count), *key));
        let main: BTreeSet<u32> = self.en.content_of(renderings.first()?.0).collect();
        let rendering = |(key, held): &(&Vec<u32>, &Held)| {
            let own: BTreeSet<u32> = self.en.content_of(key).collect();
            let together = held.count.min(candidate.count);
            let in_rows = counts.get(*key).copied().unwrap_or(0).max(together);
            Rendering {
                en: held.surface.clone(),
                count: held.count,
                documents: held.documents.len(),
                association: log_likelihood(together, candidate.count, in_rows, self.rows.len()),
                differs: !own.is_subset(&main) && !main.is_subset(&own) && !self.is_derived(&own, &main),
                also: Vec::new(),
                places: held.places.clone(),
            }
        };
        let renderings: Vec<Rendering> = renderings.iter().map(rendering).collect();
        Some(Term {
            zh: run.iter().map(|&word| self.zh.word(word)).collect(),
            count: candidate.count,
            documents: candidate.documents.len(),
            rarity: run.iter().map(|&word| self.rarity(word)).sum(),
            renderings,
            unrendered: candidate.unrendered.clone(),
        })
    }

    /// How rare a word is beyond an everyday one, in nats.
    fn rarity(&self, word: u32) -> f32 {
        let known = self.lexicon.zh(self.zh.word(word));
        let share = known.map_or(RAREST, |known| self.lexicon.zh_share(known).max(RAREST));
        (EVERYDAY / share).ln().max(0.1)
    }

    /// Whether two renderings are forms of one word: economy and economic, China and Chinese, stable and instability.
    fn is_derived(&self, own: &BTreeSet<u32>, main: &BTreeSet<u32>) -> bool {
        own.len() == main.len()
            && own.iter().all(|&word| {
                let word = unturned(self.en.word(word));
                main.iter().any(|&other| {
                    let other = unturned(self.en.word(other));
                    let same = word
                        .chars()
                        .zip(other.chars())
                        .take_while(|(a, b)| a == b)
                        .count();
                    same >= 4 && same * 5 >= word.len().min(other.len()) * 4
                })
            })
    }
}

/// A word without the prefix that turns it round: a denial stands beside the term in Chinese (不稳定, instability).
fn unturned(word: &str) -> &str {
    let rest = ["un", "in", "im", "dis", "non"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix));
    rest.filter(|rest| rest.len() >= 5).unwrap_or(word)
}

/// A run of Chinese words and what was seen of it.
#[derive(Default)]
struct Candidate {
    count: usize,
    rendered: usize,
    documents: BTreeSet<u32>,
    /// Times that its neighbours are those of a verb, and of a noun.
    verbal: usize,
    nominal: usize,
    /// Times that its rendering stands right before a word that means something, as adjectives do, and is an adverb.
    modifying: usize,
    adverbial: usize,
    renderings: BTreeMap<Vec<u32>, Held>,
    unrendered: Vec<(usize, Span)>,
}

/// A rendering and what was seen of it.
#[derive(Default)]
struct Held {
    count: usize,
    documents: BTreeSet<u32>,
    surface: String,
    places: Vec<Place>,
}

impl Candidate {
    fn is_verb(&self) -> bool {
        self.verbal > 0 && self.verbal * 2 >= self.nominal
    }

    fn is_adjective(&self) -> bool {
        self.modifying * 4 >= self.rendered * 3 || self.adverbial * 2 >= self.rendered
    }

    /// Rendered mostly, and mostly in one way.
    fn is_term(&self, least: usize) -> bool {
        let most = self.renderings.values().map(|held| held.count).max().unwrap_or(0);
        self.count >= least && most >= 2 && self.rendered * 2 >= self.count && most * 3 >= self.rendered
    }
}

/// Tells each rendering which other terms it renders, where it is the main one of both.
fn name_others(terms: &mut [Term]) {
    let mut by_rendering: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for term in terms.iter() {
        let main = term.renderings[0].en.to_lowercase();
        by_rendering.entry(main).or_default().push(term.zh.clone());
    }
    for term in terms {
        for rendering in &mut term.renderings {
            let others = by_rendering
                .get(&rendering.en.to_lowercase())
                .into_iter()
                .flatten();
            rendering.also = others.filter(|other| **other != term.zh).cloned().collect();
        }
    }
}

/// One word that ends as participles do.
fn is_participle(text: &str) -> bool {
    !text.contains(' ') && (text.ends_with("ing") || text.ends_with("ed"))
}

fn capitals(text: &str) -> usize {
    text.chars().filter(|c| c.is_uppercase()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(rows: &[(&str, &str)]) -> Vec<Term> {
        let mut finder = Finder::new(Lexicon::embedded());
        for (zh, en) in rows {
            finder.add(&Row {
                src_text: (*zh).into(),
                trg_text: (*en).into(),
                ..Row::default()
            });
        }
        finder.terms(&Settings {
            places: 9,
            ..Settings::default()
        })
    }

    const ROWS: &[(&str, &str)] = &[
        ("渡船七点开。", "The ferry leaves at seven."),
        ("渡船很旧。", "The ferry is old."),
        ("我们等渡船。", "We wait for the ferry."),
        ("这个公司在镇上。", "The company is in the town."),
        ("公司很大。", "The company is big."),
        ("新公司在河边。", "The new company is by the river."),
        ("公司的船来了。", "The firm's boat has come."),
        ("老公司关了门。", "The old firm closed its doors."),
        ("天黑了。", "It grew dark."),
        ("风停了。", "The wind fell."),
        ("他上岸了。", "He went ashore."),
        ("她不走。", "She stays."),
    ];

    #[test]
    fn a_term_that_is_rendered_in_two_ways_comes_first_with_both() {
        let terms = terms(ROWS);
        let first = &terms[0];
        assert_eq!((first.zh.as_str(), first.contested()), ("公司", 2), "{terms:?}");
        let renderings: Vec<_> = first
            .renderings
            .iter()
            .map(|own| (own.en.as_str(), own.count))
            .collect();
        assert_eq!(renderings, [("company", 3), ("firm", 2)]);
        let place = first.renderings[1].places[0];
        assert_eq!((place.row, place.zh.of("公司的船来了。")), (6, "公司"));
        assert_eq!(place.en.of("The firm's boat has come."), "firm's");
    }

    #[test]
    fn an_inflected_form_is_no_other_rendering() {
        let terms = terms(&[
            ("渡船七点开。", "The ferry leaves at seven."),
            ("三条渡船很旧。", "Three ferries are old."),
            ("我们等渡船。", "We wait for the ferry."),
            ("天黑了。", "It grew dark."),
        ]);
        let ferry = terms.iter().find(|term| term.zh == "渡船").expect("a term");
        assert_eq!(ferry.renderings.len(), 1);
    }

    #[test]
    fn rows_without_terms_have_none() {
        assert!(terms(&[("", "x"), ("天黑了。", "It grew dark."), ("。", ".")]).is_empty());
    }
}
