//! Moved content: a Chinese sentence in one place of the document, its English in another.
//!
//! An aligner keeps both texts in their order, so a sentence that a translator moved is left without a partner twice: once in
//! Chinese, once in English. Where two such sentences say each other, each at least half of the other by the weight of its
//! words, they are shown together, at the Chinese. It is a notice: what ALN01 and ALN02 tell of these two is then no omission
//! and no addition.
//!
//! Passed over: sentences too short to be told from others; two that stand next to each other, which an aligner left apart
//! and nobody moved; English that is farther away than the twentieth that has no Chinese; and clauses moved inside a row.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::aln01::{LEAST_WEIGHT, is_missing, percent};
use super::{Check, Mode, Rule};
use crate::corpus::Row;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "ALN04",
    title: "moved content",
    severity: Severity::Info,
    modes: Mode::BOTH,
    source: include_str!("aln04.rs"),
    checks: &[Check::Document(check)],
};

/// Each says at least this much of the other.
const SAID: f32 = 0.5;
/// English sentences without Chinese that one Chinese sentence is held against: the nearest. A document of which nothing
/// belongs together would take the square of its rows otherwise.
const NEAREST: usize = 20;

fn check(document: &Document) -> Vec<Found> {
    let zh = alone(document, Side::Zh);
    let mut en = alone(document, Side::En);
    let mut found = Vec::new();
    for unit in &zh {
        let Some((at, shares)) = counterpart(unit, &en, document) else {
            continue;
        };
        let other = en.remove(at);
        let row = document.passages[other.passage].row.link_no;
        let finding = Found::new(unit.passage, format!("the English of this stands in row {row}"));
        found.push(
            finding
                .zh([unit.span])
                .evidence("there", other.text)
                .evidence("of the Chinese in that English", percent(shares[0]))
                .evidence("of that English in the Chinese", percent(shares[1])),
        );
    }
    found
}

/// A sentence that the other side of its row does not say.
struct Unit<'a> {
    passage: usize,
    span: Span,
    text: &'a str,
}

/// Rows with one side only, and sentences of a row that its other side says nothing of.
fn alone<'a>(document: &Document<'a>, side: Side) -> Vec<Unit<'a>> {
    let mut units = Vec::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let text = passage.text(side);
        let is_alone = !passage.row.is_link();
        let sentences = passage.sentence_coverage(side);
        let judged = sentences.iter().filter(|coverage| match is_alone {
            true => coverage.weight >= LEAST_WEIGHT,
            false => sentences.len() > 1 && is_missing(coverage),
        });
        units.extend(judged.map(|coverage| Unit {
            passage: index,
            span: coverage.span,
            text: coverage.span.of(text),
        }));
    }
    units
}

/// The English that says most of a Chinese sentence, with what each says of the other.
fn counterpart(zh: &Unit, en: &[Unit], document: &Document) -> Option<(usize, [f32; 2])> {
    let here = en.partition_point(|en| en.passage < zh.passage);
    let near = here.saturating_sub(NEAREST / 2)..en.len().min(here + NEAREST / 2);
    let told = near
        .filter(|&at| is_apart(zh.passage, en[at].passage, document))
        .map(|at| (at, shares(zh.text, en[at].text, document.lexicon)))
        .filter(|(_, shares)| shares.iter().all(|&share| share >= SAID));
    told.max_by(|(_, a), (_, b)| (a[0] + a[1]).total_cmp(&(b[0] + b[1])))
}

/// Whether rows that belong together stand between two, or they are such rows themselves.
fn is_apart(one: usize, other: usize, document: &Document) -> bool {
    let (first, last) = (one.min(other), one.max(other));
    let mut rows = document.passages[first..=last].iter();
    first != last && rows.any(|passage| passage.row.is_link())
}

/// How much of a Chinese text an English one says, and the reverse.
fn shares(zh: &str, en: &str, lexicon: &Lexicon) -> [f32; 2] {
    let row = Row {
        src_text: zh.to_owned(),
        trg_text: en.to_owned(),
        ..Row::default()
    };
    let passage = Passage::new(&row, lexicon);
    [passage.share_said(Side::Zh, zh), passage.share_said(Side::En, en)]
}
