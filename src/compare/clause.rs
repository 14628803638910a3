//! Two linked passages into the parts of each that say the same: runs of clauses.

use super::feature::{Match, WordLinks};
use super::text::{Text, Unit};
use crate::span::Span;
use std::ops::Range;

/// The bytes of each passage that the other one says: whole clauses, one behind the other.
///
/// Of a Chinese sentence of eight clauses the English one may say two. The run is the one that holds as much as it can of
/// what the other passage says, and as little else.
pub(super) fn parts(words: &WordLinks, zh: usize, en: usize, matches: &[Match]) -> [Span; 2] {
    let (zh, en) = (Side::new(words.zh, zh), Side::new(words.en, en));
    let all = 0..zh.unit.clauses.len();
    let zh_of = |found: &Match| (found.zh, found.en);
    let en_of = |found: &Match| (found.en, found.zh);
    // What a first look takes for the English part tells what the Chinese one is, and that one settles the English.
    let en_part = en.run(matches, en_of, &zh, &all);
    let zh_part = zh.run(matches, zh_of, &en, &en_part);
    let en_part = en.run(matches, en_of, &zh, &zh_part);
    [zh.span(&zh_part), en.span(&en_part)]
}

/// A passage, its clauses to be chosen from.
struct Side<'a> {
    unit: &'a Unit,
    weights: Vec<f32>,
}

impl<'a> Side<'a> {
    fn new(text: &'a Text, unit: usize) -> Side<'a> {
        let unit = &text.units[unit];
        Side {
            weights: text.weights(unit),
            unit,
        }
    }

    fn clause(&self, place: u16) -> usize {
        usize::from(self.unit.tokens[usize::from(place)].clause)
    }

    /// The run of clauses that goes best with a run of the other passage's: the greatest product of the share of the run
    /// that matches and the share of the matches that is in the run.
    fn run(
        &self,
        matches: &[Match],
        places: impl Fn(&Match) -> (u16, u16),
        other: &Side,
        theirs: &Range<usize>,
    ) -> Range<usize> {
        let mut best = vec![0.0f32; self.weights.len()];
        for found in matches {
            let (here, there) = places(found);
            if theirs.contains(&other.clause(there)) {
                best[usize::from(here)] = best[usize::from(here)].max(found.strength);
            }
        }
        let clauses = self.unit.clauses.len();
        let (mut weight, mut said) = (vec![0.0; clauses], vec![0.0; clauses]);
        for (place, (best, own)) in best.iter().zip(&self.weights).enumerate() {
            weight[self.clause(place as u16)] += own;
            said[self.clause(place as u16)] += own * best;
        }
        let worth = |run: &Range<usize>| {
            let held: f32 = said[run.clone()].iter().sum();
            held * held / weight[run.clone()].iter().sum::<f32>().max(f32::MIN_POSITIVE)
        };
        let runs = (0..clauses).flat_map(|first| (first..clauses).map(move |last| first..last + 1));
        // The first of the best, for the same answer always.
        runs.reduce(|best, run| if worth(&run) > worth(&best) { run } else { best })
            .unwrap_or(0..clauses)
    }

    fn span(&self, run: &Range<usize>) -> Span {
        let clauses = &self.unit.clauses[run.clone()];
        match clauses {
            [first, .., last] => Span::new(first.start(), last.end()),
            [only] => *only,
            [] => Span::new(0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::{Links, Text, Weights, link};
    use crate::language::Side;
    use crate::lexicon::Lexicon;

    #[test]
    fn a_link_names_the_clauses_that_the_other_passage_says() {
        let zh = [
            "市长指出，近年来港口货运量不断增长，但道路十分拥挤，市政府将在年底前修建一座大桥，并欢迎各方投资。",
            "会谈在友好的气氛中进行。",
        ];
        let en = [
            "A new bridge will be built by the city government before the end of the year, officials say.",
            "It was raining.",
        ];
        let lexicon = Lexicon::embedded();
        let texts = (
            Text::new(Side::Zh, &zh, lexicon),
            Text::new(Side::En, &en, lexicon),
        );
        let Links { links, .. } = link(&texts.0, &texts.1, lexicon, Weights::embedded());
        let link = links.iter().find(|link| (link.zh, link.en) == (0, 0)).unwrap();
        assert_eq!(link.zh_part.of(zh[0]), "市政府将在年底前修建一座大桥，");
        assert_eq!(link.en_part.of(en[0]), en[0]);
    }
}
