//! The documents of one event into what each shares with the others, and what it alone says.

use super::link::{Label, Link, link};
use super::quote::{Quote, quotes};
use super::role::{guess, issuer};
use super::text::Text;
use super::weights::Weights;
use crate::error::{Error, Kind, Result};
use crate::ingest::{Document, Role};
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::split::{Sentence, Split, split};

/// Documents of one event, compared.
pub struct Event<'a> {
    pub sources: Vec<Source<'a>>,
    /// One for each pair of sources.
    pub pairs: Vec<Comparison>,
    /// Passages of coverage that quote a readout.
    pub quotes: Vec<Quote>,
}

/// A document of an event.
pub struct Source<'a> {
    pub document: &'a Document,
    pub side: Side,
    pub role: Role,
    /// Nobody said which role it has: it was guessed.
    pub role_is_guessed: bool,
    /// Who put it out, where the text says so.
    pub issuer: Option<String>,
    /// What is linked: sentences, or lines.
    pub passages: Vec<Sentence<'a>>,
}

/// What two sources have in common.
pub struct Comparison {
    /// Place of the Chinese source among the event's, or of the first if both are in one language.
    pub zh: usize,
    pub en: usize,
    pub links: Vec<Link>,
}

/// A passage and who else says it.
pub struct Statement {
    pub source: usize,
    pub passage: usize,
    /// For each source the strongest link: its label and its passage. None is "not found", which is not "denied".
    pub found: Vec<Option<(Label, usize)>>,
}

impl<'a> Event<'a> {
    /// Links every document with every other, and finds what coverage quotes.
    ///
    /// # Errors
    /// [`Kind::Empty`] for a document without a sentence in Chinese or English.
    pub fn compare(documents: &'a [Document], how: Split, lexicon: &Lexicon) -> Result<Event<'a>> {
        let sources: Vec<Source> = documents
            .iter()
            .map(|document| Source::new(document, how))
            .collect::<Result<_>>()?;
        let texts: Vec<Text> = sources.iter().map(|source| source.text(lexicon)).collect();
        let mut pairs = Vec::new();
        for first in 0..sources.len() {
            for second in first + 1..sources.len() {
                let turn = sources[first].side == Side::En && sources[second].side == Side::Zh;
                let (zh, en) = if turn { (second, first) } else { (first, second) };
                let links = link(&texts[zh], &texts[en], lexicon, Weights::embedded());
                pairs.push(Comparison { zh, en, links });
            }
        }
        let quotes = quotes(&sources, &pairs, lexicon);
        Ok(Event {
            sources,
            pairs,
            quotes,
        })
    }

    /// The links of a source's passage: the other source, the link, the passage there.
    pub fn links_of(&self, source: usize, passage: usize) -> impl Iterator<Item = (usize, &Link, usize)> {
        let of_pair = move |pair: &'_ Comparison| {
            let is_zh = match source {
                _ if pair.zh == source => Some(true),
                _ if pair.en == source => Some(false),
                _ => None,
            };
            let other = if is_zh == Some(true) { pair.en } else { pair.zh };
            (is_zh, other)
        };
        self.pairs.iter().flat_map(move |pair| {
            let (is_zh, other) = of_pair(pair);
            let here = pair.links.iter().filter(move |link| match is_zh {
                Some(true) => link.zh == passage,
                Some(false) => link.en == passage,
                None => false,
            });
            here.map(move |link| (other, link, if is_zh == Some(true) { link.en } else { link.zh }))
        })
    }

    /// Passages of a source that were found in no other one.
    pub fn gaps(&self, source: usize) -> Vec<usize> {
        let is_found = |passage: usize| {
            self.links_of(source, passage)
                .any(|(_, link, _)| link.label.is_link())
                || self.quotes.iter().any(|quote| quote.names(source, passage))
        };
        (0..self.sources[source].passages.len())
            .filter(|&passage| !is_found(passage))
            .collect()
    }

    /// The coverage matrix: every passage, in order, but those that say the same as one before.
    pub fn statements(&self) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (source, of) in self.sources.iter().enumerate() {
            for passage in 0..of.passages.len() {
                let is_told = self
                    .links_of(source, passage)
                    .any(|(other, link, _)| other < source && link.label == Label::Same);
                if !is_told {
                    statements.push(self.statement(source, passage));
                }
            }
        }
        statements
    }

    fn statement(&self, source: usize, passage: usize) -> Statement {
        let mut best: Vec<Option<(&Link, usize)>> = vec![None; self.sources.len()];
        for (other, link, there) in self
            .links_of(source, passage)
            .filter(|(_, link, _)| link.label.is_link())
        {
            if best[other].is_none_or(|(known, _)| known.score < link.score) {
                best[other] = Some((link, there));
            }
        }
        let mut found: Vec<Option<(Label, usize)>> = best
            .into_iter()
            .map(|best| best.map(|(link, there)| (link.label, there)))
            .collect();
        found[source] = Some((Label::Same, passage));
        Statement {
            source,
            passage,
            found,
        }
    }
}

impl<'a> Source<'a> {
    /// Cuts a document into passages and, where nobody said it, guesses its role.
    ///
    /// # Errors
    /// [`Kind::Empty`] for a document without a sentence in Chinese or English.
    pub fn new(document: &'a Document, how: Split) -> Result<Source<'a>> {
        let side = document.side();
        let mut passages = split(document, how);
        passages.retain(|passage| passage.lang.side().is_some() && !document.is_running(passage.segment));
        match side {
            Some(side) if !passages.is_empty() => Ok(Source {
                document,
                side,
                role: document.role.unwrap_or_else(|| guess(document, &passages)),
                role_is_guessed: document.role.is_none(),
                issuer: issuer(&passages),
                passages,
            }),
            _ => Err(Error::new(
                Kind::Empty,
                &document.source,
                "no sentence in Chinese or English",
            )),
        }
    }

    fn text(&self, lexicon: &Lexicon) -> Text {
        let passages: Vec<&str> = self.passages.iter().map(|passage| passage.text).collect();
        Text::new(self.side, &passages, lexicon)
    }

    /// Its title, or its first passage.
    pub fn title(&self) -> &str {
        self.document.title.as_deref().unwrap_or(self.passages[0].text)
    }
}
