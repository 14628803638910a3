//! What can be said of a bead, in numbers; the weights say what each is worth.

use super::Pairing;
use super::matches::{Gain, Matches};
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
    /// nats by which sentences alone are likelier in these documents than in others
    Gaps,
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

/// Hands out the features of the bead of two runs, at most one of them empty; those left out are 0.
pub(super) fn features(
    pairing: &Pairing,
    matches: &mut Matches,
    zh: Range<usize>,
    en: Range<usize>,
    mut set: impl FnMut(Feature, f32),
) {
    set(shape(zh.len(), en.len()), 1.0);
    set(Feature::Excess, (zh.len() + en.len()).saturating_sub(4) as f32);
    if en.is_empty() {
        set(Feature::OmittedWords, pairing.zh.words(zh) as f32 / 10.0);
        set(Feature::Gaps, pairing.manner.gaps[0]);
    } else if zh.is_empty() {
        set(Feature::AddedWords, pairing.en.words(en) as f32 / 10.0);
        set(Feature::Gaps, pairing.manner.gaps[1]);
    } else {
        widths(pairing, &zh, &en, &mut set);
        marks(pairing, &zh, &en, &mut set);
        words(pairing, matches, &zh, &en, &mut set);
    }
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
        pairing.zh.width(zh.clone()) * pairing.manner.stretch,
        pairing.en.width(en.clone()),
    );
    let ratio = ((en + FLOOR) / (zh + FLOOR)).ln();
    let width = ((zh + en) / 2.0).max(4.0);
    set(Feature::WidthSquared, ratio * ratio / (0.04 + 4.0 / width));
    set(Feature::Width, ratio.abs());
    set(Feature::WidthLong, ratio.abs() * (width / 20.0).sqrt());
}

fn marks(pairing: &Pairing, zh: &Range<usize>, en: &Range<usize>, set: &mut impl FnMut(Feature, f32)) {
    let (zh_quotes, en_quotes) = (pairing.zh.quotes(zh.clone()), pairing.en.quotes(en.clone()));
    set(Feature::Quotes, zh_quotes.abs_diff(en_quotes).min(4) as f32);
    let (zh, en) = (
        &pairing.zh.sentences[zh.clone()],
        &pairing.en.sentences[en.clone()],
    );
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
    let zh_gain: Gain = zh
        .clone()
        .map(|sentence| matches.zh_gain(pairing, sentence, en.clone()))
        .sum();
    let en_gain: Gain = en
        .clone()
        .map(|sentence| matches.en_gain(pairing, zh.clone(), sentence))
        .sum();
    set(Feature::ZhWords, zh_gain.words);
    set(Feature::EnWords, en_gain.words);
    set(Feature::ZhMarks, zh_gain.marks);
    set(Feature::EnMarks, en_gain.marks);
    set(Feature::Values, zh_gain.values + en_gain.values);
}
