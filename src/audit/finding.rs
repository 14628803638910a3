//! What a rule saw in which row, and how to find it again: the one result of an audit.

use super::passage::Passage;
use super::rules::Rule;
use crate::language::Side;
use crate::span::Span;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt;

/// How much a finding matters unless a person says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Worth a look.
    Warning,
    /// Wrong unless a person knows better.
    Error,
}

impl Severity {
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a rule saw, and where.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    pub code: &'static str,
    pub severity: Severity,
    /// What is wrong, in one sentence that can be read without the rest.
    pub message: String,
    /// Names the finding: 16 hexadecimal digits of a hash of its code and of the texts it points at, the same on every
    /// run as long as these texts stand; `-2` and so on behind it where a finding is one of several alike.
    pub id: String,
    pub src_url: String,
    pub trg_url: String,
    pub doc_pair_id: String,
    pub pair_id: String,
    /// The row's place in its document pair.
    pub link_no: usize,
    pub src_text: String,
    pub trg_text: String,
    /// The parts of `src_text` and of `trg_text` that it is about, in bytes.
    pub zh: Vec<Span>,
    pub en: Vec<Span>,
    /// What speaks for it: the nearest candidate, a count, a value.
    pub evidence: Vec<Quote>,
}

/// A piece of evidence: what it is, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    pub what: &'static str,
    pub text: String,
}

/// What a check gives: a finding without the row's particulars.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    /// Index into the document's passages.
    pub passage: usize,
    pub severity: Option<Severity>,
    pub message: String,
    pub zh: Vec<Span>,
    pub en: Vec<Span>,
    pub evidence: Vec<Quote>,
}

impl Found {
    pub fn new(passage: usize, message: impl Into<String>) -> Found {
        Found {
            passage,
            message: message.into(),
            ..Found::default()
        }
    }

    /// Other than the rule's own.
    pub fn severity(mut self, severity: Severity) -> Found {
        self.severity = Some(severity);
        self
    }

    pub fn zh(mut self, spans: impl IntoIterator<Item = Span>) -> Found {
        self.zh.extend(spans);
        self
    }

    pub fn en(mut self, spans: impl IntoIterator<Item = Span>) -> Found {
        self.en.extend(spans);
        self
    }

    pub fn side(self, side: Side, spans: impl IntoIterator<Item = Span>) -> Found {
        match side {
            Side::Zh => self.zh(spans),
            Side::En => self.en(spans),
        }
    }

    pub fn evidence(mut self, what: &'static str, text: impl Into<String>) -> Found {
        let text = text.into();
        self.evidence.push(Quote { what, text });
        self
    }
}

/// What a check of whole sources gives: a finding that is about no row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Remark {
    /// The source's name.
    pub name: String,
    pub severity: Option<Severity>,
    pub message: String,
    pub evidence: Vec<Quote>,
}

impl Remark {
    pub fn new(name: &str, message: impl Into<String>) -> Remark {
        Remark {
            name: name.into(),
            message: message.into(),
            ..Remark::default()
        }
    }

    /// Other than the rule's own.
    pub fn severity(mut self, severity: Severity) -> Remark {
        self.severity = Some(severity);
        self
    }

    pub fn evidence(mut self, what: &'static str, text: impl Into<String>) -> Remark {
        let text = text.into();
        self.evidence.push(Quote { what, text });
        self
    }
}

impl Finding {
    /// A finding about a source as a whole: both its addresses are the source's name, it has no texts and no row, and its
    /// id is that of what its message says.
    pub(crate) fn of_source(rule: &Rule, remark: Remark) -> Finding {
        let evidence = remark.evidence.iter().map(|quote| quote.text.as_str());
        let said = [rule.code, &remark.name, &remark.message];
        Finding {
            code: rule.code,
            severity: remark.severity.unwrap_or(rule.severity),
            id: hash(said.into_iter().chain(evidence)),
            message: remark.message,
            src_url: remark.name.clone(),
            trg_url: remark.name,
            doc_pair_id: String::new(),
            pair_id: String::new(),
            link_no: 0,
            src_text: String::new(),
            trg_text: String::new(),
            zh: Vec::new(),
            en: Vec::new(),
            evidence: remark.evidence,
        }
    }

    /// Whether it is about a source and no row of it.
    pub fn is_of_source(&self) -> bool {
        self.src_text.is_empty() && self.trg_text.is_empty()
    }

    pub(crate) fn new(rule: &Rule, found: Found, passages: &[Passage]) -> Finding {
        let row = passages[found.passage].row;
        let mut finding = Finding {
            code: rule.code,
            severity: found.severity.unwrap_or(rule.severity),
            message: found.message,
            id: String::new(),
            src_url: row.src_url.clone(),
            trg_url: row.trg_url.clone(),
            doc_pair_id: row.doc_pair_id.clone(),
            pair_id: row.pair_id.clone(),
            link_no: row.link_no,
            src_text: row.src_text.clone(),
            trg_text: row.trg_text.clone(),
            zh: found.zh,
            en: found.en,
            evidence: found.evidence,
        };
        finding.id = finding.hash();
        finding
    }

    /// The first passage of Chinese it is about.
    pub fn zh_text(&self) -> &str {
        self.zh.first().map_or("", |span| span.of(&self.src_text))
    }

    /// The first passage of English it is about.
    pub fn en_text(&self) -> &str {
        self.en.first().map_or("", |span| span.of(&self.trg_text))
    }

    fn hash(&self) -> String {
        let texts = [self.code, &self.doc_pair_id, &self.src_text, &self.trg_text];
        let zh = self.zh.iter().map(|span| span.of(&self.src_text));
        let en = self.en.iter().map(|span| span.of(&self.trg_text));
        hash(texts.into_iter().chain(zh).chain(en))
    }
}

/// 16 hexadecimal digits.
fn hash<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
