//! Rows of a corpus into what can be measured of them, and into a verdict: kept, or rejected by which rule.

mod measure;
mod meaning;
mod numbers;
mod preset;
mod tree;
pub mod duplicate;
pub mod sample;

pub use measure::{Measures, measure};
pub use preset::{Limits, Preset};

use crate::corpus::Row;
use std::fmt;

/// The reasons for which a row is rejected, in the order in which they are asked: the cheap ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The row cannot be read.
    Broken,
    /// One side says nothing.
    Empty,
    /// The row was rejected by a person, or scored too low by its aligner.
    Score,
    /// A side is longer than a sentence is.
    Long,
    /// One side is too long to say what the other says.
    Ratio,
    /// A character or word over and over.
    Repeats,
    /// Tags, entities, addresses: what is left of a page.
    Markup,
    /// Both sides say the same in the same letters.
    Copy,
    /// A side is not in its language.
    Language,
    /// Only one side ends as a sentence does, and it says more than the other.
    Truncated,
    /// Each side has numbers that the other has not.
    Numbers,
    /// Too few words of one side are translated by words of the other.
    Meaning,
    /// The user's own expression matches.
    Pattern,
    /// The row was seen before.
    Duplicate,
}

impl Rule {
    pub const ALL: [Rule; 14] = [
        Rule::Broken,
        Rule::Empty,
        Rule::Score,
        Rule::Long,
        Rule::Ratio,
        Rule::Repeats,
        Rule::Markup,
        Rule::Copy,
        Rule::Language,
        Rule::Truncated,
        Rule::Numbers,
        Rule::Meaning,
        Rule::Pattern,
        Rule::Duplicate,
    ];

    /// As tables and the file of rejected rows name it.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Broken => "broken",
            Rule::Empty => "empty",
            Rule::Score => "score",
            Rule::Long => "long",
            Rule::Ratio => "ratio",
            Rule::Repeats => "repeats",
            Rule::Markup => "markup",
            Rule::Copy => "copy",
            Rule::Language => "language",
            Rule::Truncated => "truncated",
            Rule::Numbers => "numbers",
            Rule::Meaning => "meaning",
            Rule::Pattern => "pattern",
            Rule::Duplicate => "duplicate",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The first rule that a row breaks; none for a row to keep.
///
/// What the rules ask is measured when they ask, and does not depend on the limits: [`measure`] scores, and this decides.
///
/// ```
/// use duizhao::corpus::Row;
/// use duizhao::filter::{Preset, Rule, judge, measure};
/// let row = |zh: &str, en: &str| Row { src_text: zh.into(), trg_text: en.into(), ..Row::default() };
/// let verdict = |zh, en| {
///     let row = row(zh, en);
///     judge(&row, &measure(&row), &Preset::Mt.limits())
/// };
/// assert_eq!(verdict("他昨天买了三本书。", "He bought three books yesterday."), None);
/// assert_eq!(verdict("他昨天买了三本书。", "The harbour was quiet at dawn."), Some(Rule::Meaning));
/// assert_eq!(verdict("他昨天买了35本书。", "He bought 36 books yesterday."), Some(Rule::Numbers));
/// assert_eq!(verdict("Out of order", "Out of order"), Some(Rule::Copy));
/// ```
pub fn judge(row: &Row, measures: &Measures, limits: &Limits) -> Option<Rule> {
    let Measures { zh, en } = measures;
    let broken = |rule: &Rule| match rule {
        Rule::Empty => zh.width == 0.0 || en.width == 0.0,
        Rule::Score => {
            row.status == crate::corpus::Status::Rejected
                || row.aligner_score.is_some_and(|score| score < limits.score)
        }
        Rule::Long => zh.width.max(en.width) > limits.width,
        Rule::Ratio => measures.ratio().max(1.0 / measures.ratio()) > limits.ratio,
        Rule::Repeats => zh.run().max(en.run()) > limits.run || zh.echo().max(en.echo()) > limits.echo,
        Rule::Markup => limits.markup && (zh.has_markup() || en.has_markup()),
        Rule::Copy => measures.copied() > limits.copied,
        Rule::Language => !zh.is_own_language() || !en.is_own_language(),
        Rule::Truncated => {
            let (whole, part) = if zh.ends() {
                (zh.width, en.width)
            } else {
                (en.width, zh.width)
            };
            zh.ends() != en.ends() && part < whole * limits.truncated
        }
        Rule::Numbers => limits.numbers && measures.numbers_differ(),
        Rule::Meaning => measures.meaning() < limits.meaning,
        // Not a matter of one row's measures: the command asks them.
        Rule::Broken | Rule::Pattern | Rule::Duplicate => false,
    };
    Rule::ALL.into_iter().find(broken)
}
