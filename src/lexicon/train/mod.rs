//! Parallel text into a lexicon: which words keep company, then who translates whom, sentence by sentence.
//!
//! 1. Words are numbered and the text is let go ([`corpus`]).
//! 2. Word pairs that share sentence pairs more often than chance would have it stand for a translation (the
//!    log-likelihood ratio of Dunning 1993, as Moore 2004 starts Model 1); the rest is never looked at again ([`table`]).
//! 3. Rounds of expectation and maximisation under IBM Model 1 with a diagonal prior (Dyer, Chahuneau and Smith 2013),
//!    each direction alone, then both made to agree (Liang, Taskar and Klein 2006: a link counts as the product of its
//!    two posteriors, so that no direction heaps stray words on rare ones).
//!
//! What the directions agree on is clean enough for one number a pair to serve both.

mod corpus;
mod posterior;
mod table;

use super::Lexicon;
use super::file::write;
use crate::error::{Error, Kind, Result};
use corpus::Corpus;
use table::Table;

/// Two texts that say the same, and how many sentences' weight they have.
#[derive(Debug, Clone)]
pub struct Pair {
    pub zh: String,
    pub en: String,
    pub weight: f32,
}

/// How a lexicon is trained. Each default's reason stands beside it.
#[derive(Debug, Clone)]
pub struct Training {
    /// Rounds in which each direction learns alone: enough to tell words from noise.
    pub rounds_apart: usize,
    /// Rounds in which the directions agree.
    pub rounds_agreed: usize,
    /// How strongly a word looks for its partner at the same share of the sentence; fast_align starts at 4.
    pub tension: f32,
    /// Probability that a word has no partner; more than 0.
    pub null: f32,
    /// Word pairs whose company is less remarkable are never considered. In logarithms of the number of pairs: 2 is two
    /// words that were seen once, together. At 1.4 the lexicon had 530,000 pairs and cross-validated `government` lost .006.
    pub min_association: f32,
    /// Words seen less often are left out.
    pub min_count: f32,
    /// Pairs below this probability are left out.
    pub min_t: f32,
    /// Pairs with fewer expected links are left out.
    pub min_links: f32,
    /// Longer pairs are passed over: they are seldom one sentence.
    pub max_words: u16,
}

impl Default for Training {
    fn default() -> Self {
        Training {
            rounds_apart: 4,
            rounds_agreed: 3,
            tension: 2.0,
            null: 0.1,
            min_association: 0.9,
            min_count: 3.0,
            min_t: 0.002,
            min_links: 0.4,
            max_words: 100,
        }
    }
}

/// Learns a lexicon from pairs; the same bytes for the same pairs on any number of threads. `notice` goes into the file.
pub fn train(
    pairs: impl Iterator<Item = Result<Pair>>,
    settings: &Training,
    notice: &str,
) -> Result<Lexicon> {
    let corpus = Corpus::read(pairs, settings)?;
    if corpus.is_empty() {
        return Err(
            Error::new(Kind::Empty, "lexicon", "no sentence pair to learn from")
                .remedy("each line holds the Chinese text, a tab, and the English text"),
        );
    }
    let mut table = Table::new(&corpus, settings);
    for round in 0..settings.rounds_apart + settings.rounds_agreed {
        table.reestimate(&corpus, settings, round >= settings.rounds_apart);
    }
    let bytes = write(&table.contents(&corpus, settings, notice));
    let lexicon = Lexicon::read("trained lexicon", bytes.into())?;
    if lexicon.size().2 == 0 {
        let cause = "no two words stand together more often than chance would have it";
        return Err(Error::new(Kind::Empty, "lexicon", cause)
            .remedy("give more text: some hundred sentence pairs at least"));
    }
    Ok(lexicon)
}
