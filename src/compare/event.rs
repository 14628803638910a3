//! The documents of one event into what each shares with the others, and what it alone says.

use super::joint::LinkGroup;
use super::link::{Label, Link, Links, link};
use super::quote::{Quote, quotes};
use super::role::{guess, issuer};
use super::sketch::Sketch;
use super::text::Text;
use super::weights::Weights;
use crate::error::{Error, Kind, Result};
use crate::ingest::{Document, Role};
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::split::{Sentence, Split, split};
use crate::value::date::Date;

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
    /// The place of one before it that is the same text, edited or not.
    pub version_of: Option<usize>,
    /// What is linked: sentences, or lines. A line that is nothing but a date is the document's, and says nothing.
    pub passages: Vec<Sentence<'a>>,
}

/// What two sources have in common.
pub struct Comparison {
    /// Place of the Chinese source among the event's, or of the first if both are in one language.
    pub zh: usize,
    pub en: usize,
    pub links: Vec<Link>,
    /// Links that belong together.
    pub groups: Vec<LinkGroup>,
}

/// A link as it is seen from one of its passages.
pub struct Partner<'e> {
    /// The other source, and its passage.
    pub source: usize,
    pub passage: usize,
    pub link: &'e Link,
    /// Which bytes of this passage the other one says, and the reverse.
    pub here: Span,
    pub there: Span,
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
        let mut sources: Vec<Source> = documents
            .iter()
            .map(|document| Source::new(document, how))
            .collect::<Result<_>>()?;
        let sketches: Vec<Sketch> = documents.iter().map(Sketch::new).collect();
        for (at, source) in sources.iter_mut().enumerate() {
            source.version_of = sketches[..at]
                .iter()
                .position(|before| sketches[at].is_version_of(before));
        }
        let texts: Vec<Text> = sources.iter().map(|source| source.text(lexicon)).collect();
        let mut pairs = Vec::new();
        for first in 0..sources.len() {
            for second in first + 1..sources.len() {
                let turn = sources[first].side == Side::En && sources[second].side == Side::Zh;
                let (zh, en) = if turn { (second, first) } else { (first, second) };
                let Links { links, groups } = link(&texts[zh], &texts[en], lexicon, Weights::embedded());
                pairs.push(Comparison {
                    zh,
                    en,
                    links,
                    groups,
                });
            }
        }
        let quotes = quotes(&sources, &pairs, lexicon);
        Ok(Event {
            sources,
            pairs,
            quotes,
        })
    }

    /// The links and candidates of a source's passage.
    pub fn partners(&self, source: usize, passage: usize) -> impl Iterator<Item = Partner<'_>> {
        self.pairs.iter().flat_map(move |pair| {
            let links = pair.links.iter().filter(move |link| {
                (pair.zh, link.zh) == (source, passage) || (pair.en, link.en) == (source, passage)
            });
            links.map(move |link| match pair.zh == source {
                true => Partner {
                    source: pair.en,
                    passage: link.en,
                    link,
                    here: link.zh_part,
                    there: link.en_part,
                },
                false => Partner {
                    source: pair.zh,
                    passage: link.zh,
                    link,
                    here: link.en_part,
                    there: link.zh_part,
                },
            })
        })
    }

    /// Of a passage that other sources say in part: the parts that one of them says, in order and apart. All of a passage that
    /// one says whole, or quotes; nothing of one that is in no other.
    pub fn said_elsewhere(&self, source: usize, passage: usize) -> Vec<Span> {
        let whole = Span::new(0, self.sources[source].passages[passage].text.len());
        let mut parts: Vec<Span> = Vec::new();
        for partner in self.partners(source, passage) {
            match partner.link.label {
                Label::Same => return vec![whole],
                Label::Part => parts.push(partner.here),
                Label::Topic => {}
            }
        }
        if self.quotes.iter().any(|quote| quote.names(source, passage)) {
            return vec![whole];
        }
        parts.sort();
        let mut apart: Vec<Span> = Vec::new();
        for part in parts {
            match apart.last_mut() {
                Some(last) if part.start() <= last.end() => {
                    *last = Span::new(last.start(), last.end().max(part.end()));
                }
                _ => apart.push(part),
            }
        }
        apart
    }

    /// Passages of a source that were found in no other one.
    pub fn gaps(&self, source: usize) -> Vec<usize> {
        let is_found = |passage: usize| {
            self.partners(source, passage)
                .any(|partner| partner.link.label.is_link())
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
                    .partners(source, passage)
                    .any(|partner| partner.source < source && partner.link.label == Label::Same);
                if !is_told {
                    statements.push(self.statement(source, passage));
                }
            }
        }
        statements
    }

    fn statement(&self, source: usize, passage: usize) -> Statement {
        let mut best: Vec<Option<(&Link, usize)>> = vec![None; self.sources.len()];
        for Partner {
            source: other,
            passage: there,
            link,
            ..
        } in self
            .partners(source, passage)
            .filter(|partner| partner.link.label.is_link())
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
        passages.retain(|passage| {
            let is_running = document.is_running(passage.segment);
            passage.lang.side().is_some() && !is_running && Date::parse_line(passage.text).is_none()
        });
        match side {
            Some(side) if !passages.is_empty() => Ok(Source {
                document,
                side,
                role: document.role.unwrap_or_else(|| guess(document, &passages)),
                role_is_guessed: document.role.is_none(),
                issuer: issuer(&passages),
                version_of: None,
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
