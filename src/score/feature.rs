//! What can be said of a bead, in numbers; the weights say what each is worth.

use super::Pairing;
use super::matches::Matches;
use crate::words::Kind;
use std::ops::Range;

/// Number of [`Feature`]s.
pub const FEATURES: usize = Feature::ALL.len();

/// A value for each feature.
pub type Features = [f32; FEATURES];

macro_rules! features {
    ($($(#[doc = $says:literal])* $feature:ident,)*) => {
        /// The features, in the order of [`Features`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Feature { $($(#[doc = $says])* $feature,)* }

        impl Feature {
            pub const ALL: &'static [Feature] = &[$(Feature::$feature,)*];

            /// What it says, as it stands in the table of weights.
            pub fn says(self) -> &'static str {
                match self { $(Feature::$feature => concat!($($says,)*).trim_ascii(),)* }
            }
        }
    };
}

features! {
    /// an omission: a Chinese sentence alone
    Omission,
    /// an addition: an English sentence alone
    Addition,
    /// tens of words left alone in an omission
    OmittedWords,
    /// tens of words left alone in an addition
    AddedWords,
    /// a bead of one and one
    OneOne,
    /// one Chinese, two English
    OneTwo,
    /// two Chinese, one English
    TwoOne,
    /// two and two
    TwoTwo,
    /// one Chinese, three English
    OneThree,
    /// three Chinese, one English
    ThreeOne,
    /// two Chinese, three English
    TwoThree,
    /// three Chinese, two English
    ThreeTwo,
    /// one Chinese, more than three English
    OneMany,
    /// more than three Chinese, one English
    ManyOne,
    /// any larger bead
    ManyMany,
    /// sentences beyond four in a bead
    Excess,
    /// nats by which the Chinese words make the English words likelier
    EnWords,
    /// nats by which the English words make the Chinese words likelier
    ZhWords,
    /// nats for English punctuation marks
    EnMarks,
    /// nats for Chinese punctuation marks
    ZhMarks,
    /// nats for numbers and dates, both sides
    Values,
    /// squared log ratio of the widths, over the variance expected at that width
    WidthSquared,
    /// absolute log ratio of the widths
    Width,
    /// the same, times the square root of the width
    WidthLong,
    /// quotation marks that one side has more than the other, up to four
    Quotes,
    /// the bead begins inside a quotation on one side alone
    QuotedAlone,
    /// the sides end in different marks
    EndsDiffer,
    /// one side ends in a question mark and the other does not
    AsksAlone,
    /// both sides end in the same mark, and it is no full stop
    EndsAlike,
}

/// The features of the bead of two runs, at most one of them empty.
pub(super) fn features(
    pairing: &Pairing,
    matches: &mut Matches,
    zh: Range<usize>,
    en: Range<usize>,
) -> Features {
    let mut features = [0.0; FEATURES];
    let mut set = |feature: Feature, value: f32| features[feature as usize] = value;
    set(shape(zh.len(), en.len()), 1.0);
    set(Feature::Excess, (zh.len() + en.len()).saturating_sub(4) as f32);
    if en.is_empty() {
        set(Feature::OmittedWords, pairing.zh.words(zh) as f32 / 10.0);
    } else if zh.is_empty() {
        set(Feature::AddedWords, pairing.en.words(en) as f32 / 10.0);
    } else {
        widths(pairing, &zh, &en, &mut set);
        marks(pairing, &zh, &en, &mut set);
        words(pairing, matches, &zh, &en, &mut set);
    }
    features
}

fn shape(zh: usize, en: usize) -> Feature {
    match (zh, en) {
        (_, 0) => Feature::Omission,
        (0, _) => Feature::Addition,
        (1, 1) => Feature::OneOne,
        (1, 2) => Feature::OneTwo,
        (2, 1) => Feature::TwoOne,
        (2, 2) => Feature::TwoTwo,
        (1, 3) => Feature::OneThree,
        (3, 1) => Feature::ThreeOne,
        (2, 3) => Feature::TwoThree,
        (3, 2) => Feature::ThreeTwo,
        (1, _) => Feature::OneMany,
        (_, 1) => Feature::ManyOne,
        _ => Feature::ManyMany,
    }
}

fn widths(pairing: &Pairing, zh: &Range<usize>, en: &Range<usize>, set: &mut impl FnMut(Feature, f32)) {
    /// Columns added to both sides, so that "Yes." and 是。 do not look far apart.
    const FLOOR: f32 = 5.0;
    let (zh, en) = (
        pairing.zh.width(zh.clone()) * pairing.stretch,
        pairing.en.width(en.clone()),
    );
    let ratio = ((en + FLOOR) / (zh + FLOOR)).ln();
    let width = ((zh + en) / 2.0).max(4.0);
    set(Feature::WidthSquared, ratio * ratio / (0.04 + 4.0 / width));
    set(Feature::Width, ratio.abs());
    set(Feature::WidthLong, ratio.abs() * (width / 20.0).sqrt());
}

fn marks(pairing: &Pairing, zh: &Range<usize>, en: &Range<usize>, set: &mut impl FnMut(Feature, f32)) {
    let (zh, en) = (
        &pairing.zh.sentences[zh.clone()],
        &pairing.en.sentences[en.clone()],
    );
    let quotes = |run: &[super::pairing::Sentence]| run.iter().map(|sentence| sentence.quotes).sum::<u32>();
    set(Feature::Quotes, quotes(zh).abs_diff(quotes(en)).min(4) as f32);
    set(
        Feature::QuotedAlone,
        f32::from(zh[0].is_quoted != en[0].is_quoted),
    );
    let (zh_end, en_end) = (zh[zh.len() - 1].end, en[en.len() - 1].end);
    set(Feature::EndsDiffer, f32::from(zh_end != en_end));
    set(
        Feature::AsksAlone,
        f32::from((zh_end == Some('?')) != (en_end == Some('?'))),
    );
    set(
        Feature::EndsAlike,
        f32::from(zh_end == en_end && zh_end.is_some_and(|end| end != '.')),
    );
}

/// Each word's gain over chance if its best match on the other side explains it and that match had all words there to
/// choose from. The best match alone, not the sum of all as in IBM Model 1: in a long bead some word half fits any
/// other, and sums make such beads look good.
fn words(
    pairing: &Pairing,
    matches: &mut Matches,
    zh: &Range<usize>,
    en: &Range<usize>,
    set: &mut impl FnMut(Feature, f32),
) {
    let (zh_words, en_words) = (pairing.zh.words(zh.clone()), pairing.en.words(en.clone()));
    let raise = |best: &mut f32, ratio: f32| *best = best.max(ratio);
    let mut best = std::mem::take(&mut matches.scratch);
    best.zh.clear();
    best.zh.resize(zh_words as usize, 0.0);
    best.en.clear();
    best.en.resize(en_words as usize, 0.0);
    for i in zh.clone() {
        let zh_before = pairing.zh.words(zh.start..i) as usize;
        for j in en.clone() {
            let en_before = pairing.en.words(en.start..j) as usize;
            for found in matches.of(pairing, i, j) {
                raise(&mut best.zh[zh_before + found.zh as usize], found.ratio);
                raise(&mut best.en[en_before + found.en as usize], found.ratio);
            }
        }
    }
    let mut gains = Gains::default();
    let zh_tokens = pairing.zh.sentences[zh.clone()]
        .iter()
        .flat_map(|sentence| &sentence.words);
    for (token, &ratio) in zh_tokens.zip(&best.zh).filter(|(_, ratio)| **ratio > 0.0) {
        gains.add(token.kind, true, 1.0 + ratio / en_words as f32);
    }
    let en_tokens = pairing.en.sentences[en.clone()]
        .iter()
        .flat_map(|sentence| &sentence.words);
    for (token, &ratio) in en_tokens.zip(&best.en).filter(|(_, ratio)| **ratio > 0.0) {
        gains.add(token.kind, false, 1.0 + ratio / zh_words as f32);
    }
    matches.scratch = best;
    let [zh_words, en_words, zh_marks, en_marks, values] = gains.nats();
    set(Feature::ZhWords, zh_words);
    set(Feature::EnWords, en_words);
    set(Feature::ZhMarks, zh_marks);
    set(Feature::EnMarks, en_marks);
    set(Feature::Values, values);
}

/// Sums of logarithms by kind of word, taken as products: one logarithm for many words.
struct Gains {
    logs: [f32; 5],
    products: [f32; 5],
}

impl Default for Gains {
    fn default() -> Self {
        Gains {
            logs: [0.0; 5],
            products: [1.0; 5],
        }
    }
}

impl Gains {
    fn add(&mut self, kind: Kind, is_zh: bool, gain: f32) {
        /// A gain is below 10^8, so a product kept below this cannot overflow.
        const FULL: f32 = 1e30;
        let place = match (kind, is_zh) {
            (Kind::Value, _) => 4,
            (Kind::Mark, true) => 2,
            (Kind::Mark, false) => 3,
            (_, true) => 0,
            (_, false) => 1,
        };
        self.products[place] *= gain;
        if self.products[place] > FULL {
            self.logs[place] += self.products[place].ln();
            self.products[place] = 1.0;
        }
    }

    fn nats(&self) -> [f32; 5] {
        std::array::from_fn(|place| self.logs[place] + self.products[place].ln())
    }
}
