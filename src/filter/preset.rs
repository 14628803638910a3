//! The names of presets into limits, each with its reason.

use super::duplicate::Sameness;

/// Who the corpus is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Data to tune a model or test it on: what is doubtful goes.
    Strict,
    /// Data to train machine translation on: noise goes, and at most one clean row in a hundred with it.
    Mt,
    /// A translation memory: short segments, headings and lists are what translators look up, so only what is no
    /// translation goes.
    Tm,
}

/// What [`judge`](super::judge) holds rows to.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// The least `aligner_score`, for rows that have one.
    pub score: f32,
    /// The greatest width of a side, in Chinese characters (an English word is about two).
    pub width: f32,
    /// How many times wider one side may be than the other.
    pub ratio: f32,
    /// How often one character may stand in a row.
    pub run: usize,
    /// How often one word or phrase may stand in a row.
    pub echo: usize,
    /// Whether what is left of mark-up is rejected.
    pub markup: bool,
    /// The greatest share of the Chinese side that may stand in the English side, letter for letter.
    pub copied: f32,
    /// The share of a sentence's width that its counterpart must have if it does not end as one.
    pub truncated: f32,
    /// Whether numbers must agree.
    pub numbers: bool,
    /// The least of [`Measures::meaning`](super::Measures::meaning).
    pub meaning: f32,
    /// What makes a row the same as one before.
    pub same: Sameness,
}

impl Preset {
    pub fn limits(self) -> Limits {
        match self {
            Preset::Mt => Limits {
                // Even odds: below, a row is more likely wrong than right.
                score: 0.5,
                // Training cuts sentences at some 250 tokens.
                width: 400.0,
                // One side of clean pairs is twice as wide as the other at the very most, but for terms and headings.
                ratio: 3.0,
                run: 8,
                echo: 4,
                markup: true,
                copied: 0.6,
                truncated: 0.8,
                numbers: true,
                // The samples' misaligned pairs lie below, their clean ones above, but for the bar's one in a hundred.
                meaning: 0.44,
                // Boilerplate that differs in a date or a number teaches nothing new.
                same: Sameness::Near,
            },
            Preset::Strict => Limits {
                score: 0.8,
                width: 200.0,
                ratio: 2.0,
                run: 5,
                echo: 3,
                copied: 0.4,
                truncated: 0.95,
                meaning: 0.55,
                ..Preset::Mt.limits()
            },
            Preset::Tm => Limits {
                score: 0.3,
                width: 2000.0,
                ratio: 5.0,
                run: 30,
                echo: 20,
                markup: false,
                // A name or a formula is its own translation.
                copied: 1.0,
                truncated: 0.5,
                meaning: 0.25,
                // "Chapter 3" and "Chapter 4" are two segments to a translator.
                same: Sameness::Exact,
                ..Preset::Mt.limits()
            },
        }
    }
}
