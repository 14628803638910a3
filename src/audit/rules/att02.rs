//! A quotation differs from what it quotes: “一步一个脚印” against "step by leap", or one quotation in two wordings.
//!
//! Two things are looked for. Between the sides of a row: words between quotation marks on one side of which the other side
//! says nothing; and, as a notice, a quotation that has English words, no names, for which the row has no Chinese, while it is
//! rendered word by word otherwise or a word of the Chinese lost its usual rendering. Inside one document: a quotation of
//! some length that stands there again with a word changed. And between the sources of an event: English words of a quotation
//! that the English source which it quotes does not have.
//!
//! Passed over: quotations that the English gives without marks; words that no dictionary translates, such as titles and slogans
//! that are rendered freely, as long as some word of them is said.

use super::super::Document;
use super::super::event::file;
use super::super::finding::{Found, Remark, Severity};
use super::super::passage::{Passage, Saying};
use super::super::telling::Telling;
use super::aln01::percent;
use super::{Check, Mode, Rule};
use crate::compare::{self, QuoteKind};
use crate::language::Side;
use crate::span::Span;
use crate::words::en::stem;
use std::collections::{HashMap, HashSet};

pub(super) const RULE: Rule = Rule {
    code: "ATT02",
    title: "a quotation differs from what it quotes",
    severity: Severity::Warning,
    modes: Mode::BOTH,
    source: include_str!("att02.rs"),
    checks: &[Check::Document(check), Check::Event(between)],
};

/// Quoted words weigh this much, in nats, before they are judged: two words or so.
const LEAST_WEIGHT: f32 = 12.0;
/// Of a quotation the other side says more than this.
const SAID: f32 = 0.1;
/// Of the renderings of a word the lexicon must know this share to call one missing.
const KNOWN: f32 = 0.35;
/// A word of less weight, in nats, comes and goes as the grammar wants it.
const RARE: f32 = 7.0;
/// Of a quotation rendered word by word the Chinese says this much: a word that it does not say is not its own.
const LITERAL: f32 = 0.4;
/// English words of a quotation that is looked for again.
const LEAST_WORDS: usize = 5;
/// Shorter words come and go with a quotation's grammar.
const LEAST_LETTERS: usize = 4;

pub(in crate::audit) fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    let mut seen: HashMap<usize, Vec<(usize, Vec<String>)>> = HashMap::new();
    for (index, passage) in document.passages.iter().enumerate() {
        let quotes = [Side::Zh, Side::En].map(|side| quoted(passage.text(side), side));
        if passage.row.is_link() {
            found.extend(across(index, passage, &quotes, document.mode));
        }
        for &span in &quotes[1] {
            let words = lower_words(span.of(passage.en_text()));
            if words.len() < LEAST_WORDS {
                continue;
            }
            let alike = seen.entry(words.len()).or_default();
            let other = alike.iter().find(|(_, other)| changed(&words, other) == 1);
            if let Some((place, other)) = other {
                let message = format!(
                    "row {} quotes this with a word changed",
                    document.passages[*place].row.link_no
                );
                found.push(
                    Found::new(index, message)
                        .en([span])
                        .evidence("there", other.join(" ")),
                );
            }
            alike.push((index, words));
        }
    }
    found
}

/// Quotations of an event's coverage in other words than the source has that they quote.
fn between(telling: &Telling) -> Vec<Remark> {
    let event = telling.event;
    let name = |source: usize| file(&event.sources[source].document.source);
    let reworded = event
        .quotes
        .iter()
        .filter(|quote| quote.kind == QuoteKind::Reworded);
    let told = |quote: &compare::Quote| {
        let text = event.sources[quote.readout].passages[quote.quoted].text;
        let held: HashSet<String> = lower_words(text).into_iter().map(|word| stem(&word)).collect();
        let new: Vec<String> = lower_words(&quote.words)
            .into_iter()
            .filter(|word| word.len() >= LEAST_LETTERS && !held.contains(&stem(word)))
            .map(|word| format!("\"{word}\""))
            .collect();
        let (quoting, quoted) = (name(quote.coverage), name(quote.readout));
        (!new.is_empty()).then(|| {
            let message = format!(
                "{quoting} quotes {quoted} with {}, which is not there",
                new.join(", ")
            );
            Remark::new(&event.sources[quote.coverage].document.source, message)
                .evidence("the quotation", &quote.words)
                .evidence("the text", text)
        })
    };
    reworded.filter_map(told).collect()
}

/// How many words of two runs of the same length differ.
fn changed(one: &[String], other: &[String]) -> usize {
    one.iter().zip(other).filter(|(a, b)| a != b).count()
}

fn lower_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// What stands between marks of quotation that have their partners, without the marks.
pub(in crate::audit) fn quoted(text: &str, side: Side) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        let behind = at + c.len_utf8();
        match (c, open) {
            ('“' | '「' | '『', _) => open = Some(behind),
            ('"' | '＂', None) if !text[..at].ends_with(|c: char| c.is_ascii_digit()) => open = Some(behind),
            ('”' | '」' | '』' | '"' | '＂', Some(from)) => {
                spans.push(Span::new(from, at).trim(text));
                open = None;
            }
            ('《', None) if side == Side::Zh => open = Some(behind),
            ('》', Some(from)) if side == Side::Zh => {
                spans.push(Span::new(from, at).trim(text));
                open = None;
            }
            _ => {}
        }
    }
    spans
}

/// English quotations against the Chinese ones, where both sides have as many, or else against the whole of the Chinese. Sources
/// of an event may quote different things in one row: there a quotation is judged that the Chinese says for the most part.
fn across(index: usize, passage: &Passage, [zh, en]: &[Vec<Span>; 2], mode: Mode) -> Vec<Found> {
    let mut found = Vec::new();
    let row = Span::new(0, passage.zh_text().len());
    let paired = zh.len() == en.len();
    for (at, &en) in en.iter().enumerate() {
        let zh = if paired { zh[at] } else { row };
        let (zh_text, en_text) = (zh.of(passage.zh_text()), en.of(passage.en_text()));
        // What stands elsewhere in the row is not said in the quotation.
        let en_whole = if paired { en_text } else { passage.en_text() };
        let zh_said = passage.said(Side::Zh, zh_text, en_whole);
        let en_said = passage.said(Side::En, zh_text, en_text);
        if mode == Mode::Comparable && en_said.share() < LITERAL {
            continue;
        }
        let told = |message: &str| {
            Found::new(index, message)
                .zh([zh])
                .en([en])
                .evidence("of the quotation in the English", percent(zh_said.share()))
                .evidence("of the quotation in the Chinese", percent(en_said.share()))
        };
        let free = paired && zh_said.share() <= SAID && en_said.share() <= SAID;
        if zh_said.weight() >= LEAST_WEIGHT && en_said.weight() >= LEAST_WEIGHT && free {
            found.push(told("the quotations say nothing of each other"));
        } else {
            let new = strange(en_text, &en_said);
            let message = match zh_said.missing(RARE, KNOWN) {
                _ if new.is_empty() => continue,
                Some(lost) => format!("the quotation has nothing for {lost}, and {new} for nothing"),
                None if en_said.share() >= LITERAL => format!("the quotation has {new} for nothing"),
                None => continue,
            };
            found.push(told(&message).severity(Severity::Info));
        }
    }
    found
}

/// The words of an English quotation, but for names, that the Chinese does not say: `"one", "two"`.
fn strange(text: &str, said: &Saying) -> String {
    let unsaid = said.unsaid(RARE);
    let words = text.split(|c: char| !c.is_alphabetic());
    let strange = words.filter(|word| word.starts_with(char::is_lowercase) && unsaid.contains(&*stem(word)));
    strange
        .map(|word| format!("\"{word}\""))
        .collect::<Vec<_>>()
        .join(", ")
}
