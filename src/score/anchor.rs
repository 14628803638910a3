//! Sentence pairs that rare words join: where to look first in long documents.

use super::Pairing;
use foldhash::{HashMap, HashMapExt};

/// A Chinese and an English sentence that probably belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anchor {
    pub zh: usize,
    pub en: usize,
    /// In nats, like a score, from rare words alone.
    pub weight: f32,
}

/// Words that stand in more sentences join too many of them to point anywhere.
const RARE: usize = 12;
/// Sentence pairs joined by less are left to the neighbours.
const MIN_WEIGHT: f32 = 6.0;
/// How many English sentences a Chinese one may point to.
const BEST: usize = 2;

/// The strongest few pairs of each Chinese sentence, in order; work and room grow with the documents' length.
pub fn anchors(pairing: &Pairing) -> Vec<Anchor> {
    let mut zh_counts = vec![0usize; pairing.links.len()];
    for &word in pairing.zh.sentences.iter().flat_map(|sentence| &sentence.words) {
        zh_counts[word as usize] += 1;
    }
    let mut anchors = Vec::new();
    let mut sums: HashMap<usize, f32> = HashMap::new();
    for (zh, sentence) in pairing.zh.sentences.iter().enumerate() {
        sums.clear();
        let words = sentence.words.iter();
        for &word in words.filter(|&&word| zh_counts[word as usize] <= RARE) {
            for link in pairing.links.of(word) {
                let places = pairing.places.of(link.en);
                if places.len() <= RARE {
                    let gain = (1.0 + link.ratio / sentence.words.len() as f32).ln();
                    places
                        .iter()
                        .for_each(|&(en, _)| *sums.entry(en as usize).or_default() += gain);
                }
            }
        }
        let mut best: Vec<Anchor> = sums
            .iter()
            .map(|(&en, &weight)| Anchor { zh, en, weight })
            .collect();
        best.retain(|anchor| anchor.weight >= MIN_WEIGHT);
        best.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.en.cmp(&b.en)));
        best.truncate(BEST);
        best.sort_by_key(|anchor| anchor.en);
        anchors.extend(best);
    }
    anchors
}
