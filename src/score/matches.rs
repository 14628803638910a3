//! Word matches between sentences, looked up a row at a time and kept while the aligner is near.

use super::Pairing;
use super::pairing::Link;
use std::ops::Range;

/// A Chinese word and an English word, by their places in their sentences, that translate each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Match {
    pub zh: u16,
    pub en: u16,
    pub ratio: f32,
}

/// The rows last asked for: one a Chinese sentence, over a window of English sentences.
#[derive(Default)]
pub(super) struct Matches {
    rows: [Row; ROWS],
    pub scratch: Scratch,
}

/// Room for the best match of each word of a bead, kept between beads.
#[derive(Default)]
pub(super) struct Scratch {
    pub zh: Vec<f32>,
    pub en: Vec<f32>,
}

/// A bead has at most seven Chinese sentences, so eight rows are never more than one bead apart.
const ROWS: usize = 8;
/// How far a window reaches beyond the sentence that was asked for.
const MARGIN: usize = 24;

#[derive(Default)]
struct Row {
    zh: usize,
    /// English sentences looked up; empty in a row not yet used.
    en: Range<usize>,
    /// Where each English sentence's matches end.
    ends: Vec<u32>,
    matches: Vec<Match>,
}

impl Matches {
    /// The matches between a Chinese and an English sentence.
    pub fn of(&mut self, pairing: &Pairing, zh: usize, en: usize) -> &[Match] {
        let row = &mut self.rows[zh % ROWS];
        if row.zh != zh || !row.en.contains(&en) {
            let known = if row.zh == zh && !row.en.is_empty() {
                row.en.clone()
            } else {
                en..en + 1
            };
            // A window that proves too small doubles, so that a wide search pays for few look-ups.
            let reach = MARGIN.max(known.len());
            let start = known.start.min(en.saturating_sub(reach));
            row.fill(
                pairing,
                zh,
                start..known.end.max(en + reach).min(pairing.en_len()),
            );
        }
        let at = en - row.en.start;
        let start = if at == 0 { 0 } else { row.ends[at - 1] as usize };
        &row.matches[start..row.ends[at] as usize]
    }
}

impl Row {
    fn fill(&mut self, pairing: &Pairing, zh: usize, en: Range<usize>) {
        let mut found: Vec<(u32, Match)> = Vec::new();
        for (place, token) in pairing.zh.sentences[zh].words.iter().enumerate() {
            for &Link { en: word, ratio } in &pairing.links[token.word as usize] {
                let places = &pairing.places[word as usize];
                let first = places.partition_point(|&(sentence, _)| (sentence as usize) < en.start);
                let here = places[first..]
                    .iter()
                    .take_while(|&&(sentence, _)| (sentence as usize) < en.end);
                found.extend(here.map(|&(sentence, at)| {
                    (
                        sentence,
                        Match {
                            zh: place as u16,
                            en: at,
                            ratio,
                        },
                    )
                }));
            }
        }
        found.sort_by_key(|&(sentence, _)| sentence);
        self.zh = zh;
        self.ends.clear();
        let mut end = 0;
        for sentence in en.clone() {
            end += found[end..]
                .iter()
                .take_while(|(at, _)| *at as usize == sentence)
                .count();
            self.ends.push(end as u32);
        }
        self.matches.clear();
        self.matches.extend(found.iter().map(|&(_, found)| found));
        self.en = en;
    }
}
