//! The words of rows into links between them: what translates what, in each row.

use super::text::{Stored, Vocabulary};
use crate::lexicon::{Lexicon, log_likelihood};
use crate::words::{Kind, name};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

/// How many times likelier one word must make the other for the lexicon to link them.
const LIFT: f32 = 8.0;
/// What the same letters, or a name's sound, are worth beside that.
const AT_SIGHT: f32 = 3000.0;
/// A log-likelihood ratio from which on chance is less than one in a thousand.
const SURE: f64 = 10.83;
/// English words that one link may skip to take in its neighbour.
const NEAR: usize = 2;

/// For each word of a row, the words of the other side it is linked to.
pub(super) struct Links {
    zh: Vec<Vec<usize>>,
    en: Vec<Vec<usize>>,
}

impl Links {
    /// The English words that a run of Chinese ones is rendered by: none where one of the run has no link, where a word
    /// between its ends belongs to a word outside, and where it is cut by a mark or begins or ends in a word of grammar.
    pub fn rendering(&self, zh: Range<usize>, en: &[u32], vocabulary: &Vocabulary) -> Option<Range<usize>> {
        if zh.clone().any(|word| self.zh[word].is_empty()) {
            return None;
        }
        let linked = || zh.clone().flat_map(|word| self.zh[word].iter().copied());
        let range = linked().min()?..linked().max()? + 1;
        let fits = |word: usize| {
            let is_word = matches!(vocabulary.kind(en[word]), Kind::Latin);
            is_word && self.en[word].iter().all(|other| zh.contains(other))
        };
        let ends_well = [range.start, range.end - 1]
            .iter()
            .all(|&word| vocabulary.is_content(en[word]));
        (range.len() <= super::EN_LONGEST && ends_well && range.clone().all(fits)).then_some(range)
    }
}

/// Links the words of all rows: by the lexicon, then by what is left over and stands together in many rows.
pub(super) fn link(rows: &[Stored], zh: &Vocabulary, en: &Vocabulary, lexicon: &Lexicon) -> Vec<Links> {
    let known = known(zh, en, lexicon);
    let strength = |zh: u32, en: u32| {
        let row = &known[zh as usize];
        row.binary_search_by_key(&en, |(en, _)| *en)
            .map_or(0.0, |place| row[place].1)
    };
    let mut links: Vec<Links> = rows
        .iter()
        .map(|row| {
            let mut links = Links {
                zh: vec![Vec::new(); row.zh.ids.len()],
                en: vec![Vec::new(); row.en.ids.len()],
            };
            compete(row, &mut links, zh, en, &strength);
            links
        })
        .collect();
    let mut together: HashMap<(u32, u32), usize> = HashMap::new();
    for (row, links) in rows.iter().zip(&links) {
        let mut pairs: Vec<(u32, u32)> = left_over(row, links, zh, en)
            .map(|(z, e)| (row.zh.ids[z], row.en.ids[e]))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
            .into_iter()
            .for_each(|pair| *together.entry(pair).or_default() += 1);
    }
    together.retain(|_, count| *count > 1);
    let (zh_rows, en_rows) = (
        rows_with(rows.iter().map(|row| &row.zh.ids[..]), zh.len()),
        rows_with(rows.iter().map(|row| &row.en.ids[..]), en.len()),
    );
    let strength = |zh: u32, en: u32| {
        let Some(&count) = together.get(&(zh, en)) else {
            return strength(zh, en);
        };
        let ratio = log_likelihood(count, zh_rows[zh as usize], en_rows[en as usize], rows.len());
        strength(zh, en).max(if ratio >= SURE { ratio as f32 } else { 0.0 })
    };
    for (row, links) in rows.iter().zip(&mut links) {
        compete(row, links, zh, en, &strength);
        take_in(row, links, zh, en, &strength);
    }
    links
}

/// For each Chinese word the English ones that the lexicon, their letters or their sound give it, in order.
fn known(zh: &Vocabulary, en: &Vocabulary, lexicon: &Lexicon) -> Vec<Vec<(u32, f32)>> {
    let of_lexicon: HashMap<u32, u32> = (0..en.len() as u32)
        .filter_map(|number| Some((lexicon.en(en.word(number))?, number)))
        .collect();
    let row = |number: u32| {
        let word = zh.word(number);
        let mut row: Vec<(u32, f32)> = Vec::new();
        match zh.kind(number) {
            Kind::Mark | Kind::Value => {}
            Kind::Latin => row.extend(en.find(word).map(|en| (en, AT_SIGHT))),
            Kind::Han => {
                for part in lexicon.zh_parts(word).filter_map(|(_, known)| known) {
                    let entries = lexicon.row(part).filter(|entry| entry.lift >= LIFT);
                    row.extend(entries.filter_map(|entry| Some((*of_lexicon.get(&entry.en)?, entry.lift))));
                }
                let spelled = name::spellings(word);
                row.extend(
                    spelled
                        .iter()
                        .filter_map(|spelling| Some((en.find(spelling)?, AT_SIGHT))),
                );
            }
        }
        row.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        row.dedup_by_key(|(en, _)| *en);
        row
    };
    (0..zh.len() as u32).map(row).collect()
}

fn rows_with<'a>(rows: impl Iterator<Item = &'a [u32]>, words: usize) -> Vec<usize> {
    let mut counts = vec![0; words];
    for row in rows {
        let mut row = row.to_vec();
        row.sort_unstable();
        row.dedup();
        row.into_iter().for_each(|word| counts[word as usize] += 1);
    }
    counts
}

/// The pairs of words that have no link yet and may be parts of terms.
fn left_over<'a>(
    row: &'a Stored,
    links: &'a Links,
    zh: &'a Vocabulary,
    en: &'a Vocabulary,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let free_zh = (0..row.zh.ids.len()).filter(|&z| links.zh[z].is_empty() && zh.is_content(row.zh.ids[z]));
    free_zh.flat_map(|z| {
        let free_en = 0..row.en.ids.len();
        free_en
            .filter(|&e| links.en[e].is_empty() && en.is_content(row.en.ids[e]))
            .map(move |e| (z, e))
    })
}

/// Links the strongest pair first; each word once. Of equals those that stand at the same part of their texts go first.
fn compete(
    row: &Stored,
    links: &mut Links,
    zh: &Vocabulary,
    en: &Vocabulary,
    strength: &impl Fn(u32, u32) -> f32,
) {
    let (zh_len, en_len) = (row.zh.ids.len() as f32, row.en.ids.len() as f32);
    let mut pairs: Vec<(f32, f32, usize, usize)> = left_over(row, links, zh, en)
        .filter_map(|(z, e)| {
            let strength = strength(row.zh.ids[z], row.en.ids[e]);
            let apart = (z as f32 / zh_len - e as f32 / en_len).abs();
            (strength > 0.0).then_some((strength, apart, z, e))
        })
        .collect();
    let order = |a: &(f32, f32, usize, usize), b: &(f32, f32, usize, usize)| -> Ordering {
        b.0.total_cmp(&a.0)
            .then(a.1.total_cmp(&b.1))
            .then((a.2, a.3).cmp(&(b.2, b.3)))
    };
    pairs.sort_by(order);
    for (_, _, z, e) in pairs {
        if links.zh[z].is_empty() && links.en[e].is_empty() {
            links.zh[z].push(e);
            links.en[e].push(z);
        }
    }
}

/// A word that is left over joins the link of its neighbour where it translates the other end, too: 互联网 is "the world
/// wide web", and 政府 工作 报告 a "government report".
fn take_in(
    row: &Stored,
    links: &mut Links,
    zh: &Vocabulary,
    en: &Vocabulary,
    strength: &impl Fn(u32, u32) -> f32,
) {
    for e in (0..row.en.ids.len()).filter(|&e| en.is_content(row.en.ids[e])) {
        if links.en[e].is_empty() {
            let near = e.saturating_sub(NEAR)..(e + NEAR + 1).min(row.en.ids.len());
            let other = near
                .flat_map(|place| links.en[place].iter().copied())
                .find(|&z| strength(row.zh.ids[z], row.en.ids[e]) > 0.0);
            if let Some(z) = other {
                links.zh[z].push(e);
                links.en[e].push(z);
            }
        }
    }
    for z in (0..row.zh.ids.len()).filter(|&z| zh.is_content(row.zh.ids[z])) {
        if links.zh[z].is_empty() {
            let near = z.saturating_sub(1)..(z + 2).min(row.zh.ids.len());
            let other = near
                .flat_map(|place| links.zh[place].iter().copied())
                .find(|&e| strength(row.zh.ids[z], row.en.ids[e]) > 0.0);
            if let Some(e) = other {
                links.zh[z].push(e);
                links.en[e].push(z);
            }
        }
    }
}
