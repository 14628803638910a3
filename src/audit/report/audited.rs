//! What was audited: the identity of every source, how much of each side stands against something of the other, and the
//! ledgers, none of which grows with a corpus beyond its cap.

use super::coverage::Coverage;
use crate::audit::{Ledger, ledger};
use crate::corpus::manifest::Checksum;
use crate::corpus::{Row, Status};
use crate::error::{Error, Result};
use crate::ingest::{Document, Role};
use crate::language::Side;
use crate::script::is_han;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// Document pairs that are listed, and lines that each ledger keeps; what comes behind them is counted only.
pub const MOST_DOCUMENTS: usize = 1000;
pub const MOST_LINES: usize = 2000;

/// A source as it was when it was read: what an edit after publication is held against.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    pub name: String,
    pub title: Option<String>,
    /// As `2018-05-08`.
    pub date: Option<String>,
    pub role: Option<Role>,
    /// 64 hexadecimal digits, of the bytes as they lie on disk, or of the text of a document in a bundle; none for what is no
    /// single file, such as a pipe.
    pub sha256: Option<String>,
}

/// How much of a side was looked at, and how much of that stands in rows that have the other side, too. The unit of
/// `words` is what translators count: Chinese characters, and words in other letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Extent {
    pub rows: usize,
    pub words: usize,
    pub linked_rows: usize,
    pub linked_words: usize,
}

/// A document pair: its extent and its findings by code.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Audited {
    /// The `doc_pair_id` of its rows.
    pub id: String,
    pub zh: Extent,
    pub en: Extent,
    /// Findings of each code that are in the report.
    pub counts: BTreeMap<&'static str, usize>,
}

/// Everything that was audited.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub sources: Vec<Identity>,
    /// Document pairs, as runs of rows with one id.
    pub count: usize,
    pub documents: Vec<Audited>,
    last: Option<String>,
    pub zh: Extent,
    pub en: Extent,
    pub values: usize,
    pub values_apart: usize,
    pub terms: usize,
    pub terms_apart: usize,
    pub names: usize,
    pub names_apart: usize,
    pub quotations: usize,
    pub quotations_apart: usize,
    /// Findings that a reviewer dismissed; nothing else counts them.
    pub dismissed: usize,
    /// Ids of findings that the baseline holds and that are still there; nothing else counts them.
    pub known: Vec<String>,
    pub ledger: Ledger,
    /// Who tells what of the first [`MOST_DOCUMENTS`] events that were audited.
    pub events: Vec<Coverage>,
}

impl Account {
    /// Takes in rows of one document pair; a document may come in several parts, one behind the other.
    pub fn rows(&mut self, rows: &[Row]) {
        let Some(first) = rows.first() else { return };
        if self.last.as_ref() != Some(&first.doc_pair_id) {
            self.count += 1;
            self.last = Some(first.doc_pair_id.clone());
            if self.documents.len() < MOST_DOCUMENTS {
                self.documents.push(Audited {
                    id: first.doc_pair_id.clone(),
                    ..Audited::default()
                });
            }
        }
        let is_listed = self.count == self.documents.len();
        for row in rows.iter().filter(|row| row.status != Status::Rejected) {
            let zh = Extent::of(&row.src_text, Side::Zh, row.is_link());
            let en = Extent::of(&row.trg_text, Side::En, row.is_link());
            self.zh.add(zh);
            self.en.add(en);
            if let Some(document) = self.documents.last_mut().filter(|_| is_listed) {
                document.zh.add(zh);
                document.en.add(en);
            }
        }
    }

    pub fn found(&mut self, code: &'static str) {
        let is_listed = self.count == self.documents.len();
        if let Some(document) = self.documents.last_mut().filter(|_| is_listed) {
            *document.counts.entry(code).or_default() += 1;
        }
    }

    pub fn ledger(&mut self, ledger: Ledger) {
        let apart = |line: &&ledger::Line| line.verdict != ledger::Verdict::Same;
        self.values += ledger.values.len();
        self.values_apart += ledger.values.iter().filter(apart).count();
        self.terms += ledger.terms.len();
        self.terms_apart += ledger.terms.iter().filter(|term| !term.agrees).count();
        let differs = |line: &&ledger::Quotation| line.verdict != ledger::Verdict::Same;
        self.names += ledger.names.len();
        self.names_apart += ledger.names.iter().filter(|name| !name.agrees()).count();
        self.quotations += ledger.quotations.len();
        self.quotations_apart += ledger.quotations.iter().filter(differs).count();
        let kept = &mut self.ledger;
        keep(&mut kept.values, ledger.values);
        keep(&mut kept.terms, ledger.terms);
        keep(&mut kept.names, ledger.names);
        keep(&mut kept.quotations, ledger.quotations);
    }
}

fn keep<T>(kept: &mut Vec<T>, lines: Vec<T>) {
    let room = MOST_LINES.saturating_sub(kept.len());
    kept.extend(lines.into_iter().take(room));
}

impl Extent {
    fn of(text: &str, side: Side, is_link: bool) -> Extent {
        let rows = usize::from(!text.is_empty());
        let words = words(text, side);
        let linked = usize::from(is_link);
        Extent {
            rows,
            words,
            linked_rows: rows * linked,
            linked_words: words * linked,
        }
    }

    fn add(&mut self, other: Extent) {
        self.rows += other.rows;
        self.words += other.words;
        self.linked_rows += other.linked_rows;
        self.linked_words += other.linked_words;
    }

    /// The share of the words that stand in rows with both sides, in hundredths; all of nothing is linked.
    pub fn percent(self) -> f64 {
        match self.words {
            0 => 100.0,
            words => 100.0 * self.linked_words as f64 / words as f64,
        }
    }
}

/// Chinese characters, each one, and runs of other letters and digits: 1.2亿 is two.
fn words(text: &str, side: Side) -> usize {
    if side == Side::En {
        return text
            .split_whitespace()
            .filter(|word| word.contains(char::is_alphanumeric))
            .count();
    }
    let mut count = 0;
    let mut inside = false;
    for c in text.chars() {
        let is_letter = c.is_alphanumeric() && !is_han(c);
        count += usize::from(is_han(c) || is_letter && !inside);
        inside = is_letter || inside && matches!(c, '.' | ',' | '-' | '\'' | '’');
    }
    count
}

impl Identity {
    /// The name without its folders.
    pub fn file(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }

    pub fn of(document: &Document, checksum: &Checksum) -> Identity {
        Identity {
            sha256: Some(checksum.sha256.clone()),
            ..Identity::named(document)
        }
    }

    fn named(document: &Document) -> Identity {
        Identity {
            name: document.source.clone(),
            title: document.title.clone(),
            date: document.date.map(|date| date.to_string()),
            role: document.role,
            sha256: None,
        }
    }
}

impl Identity {
    /// A document of an event; one in a bundle by its own text, so that an edit of its neighbour does not change it.
    pub fn of_member(document: &Document) -> Result<Identity> {
        let source = document.source.as_str();
        let in_bundle = source.contains('#') && !Path::new(source).is_file();
        let sha256 = match in_bundle {
            true => Some(Checksum::of(document.text.as_bytes()).sha256),
            false => Identity::of_corpus(source)?.sha256,
        };
        Ok(Identity {
            sha256,
            ..Identity::named(document)
        })
    }

    /// A corpus, read through once for its SHA-256: it may be larger than memory. What comes through a pipe, or is
    /// several files under one name, has none.
    pub fn of_corpus(path: &str) -> Result<Identity> {
        let mut identity = Identity {
            name: path.into(),
            ..Identity::default()
        };
        if Path::new(path).is_file() {
            let sha256 = std::fs::File::open(path).and_then(sha256);
            identity.sha256 = Some(sha256.map_err(|cause| Error::read(path, &cause))?);
        }
        Ok(identity)
    }
}

fn sha256(mut file: std::fs::File) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut bytes = vec![0; 1 << 16];
    loop {
        match file.read(&mut bytes)? {
            0 => break,
            length => hash.update(&bytes[..length]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, zh: &str, en: &str) -> Row {
        Row {
            doc_pair_id: id.into(),
            src_text: zh.into(),
            trg_text: en.into(),
            ..Row::default()
        }
    }

    #[test]
    fn omissions_and_additions_count_against_their_own_side() {
        let mut account = Account::default();
        account.rows(&[
            row("a", "喝GB 2茶。", "Drink tea."),
            row("a", "水水", ""),
            row("a", "", "fire"),
        ]);
        account.rows(&[row("b", "茶", "tea")]);
        assert_eq!((account.zh.words, account.zh.linked_words), (7, 5));
        assert_eq!((account.en.words, account.en.linked_words), (4, 3));
        assert_eq!(account.documents[0].en.rows, 2);
        assert_eq!(account.count, 2);
        assert_eq!(Extent::default().percent(), 100.0);
    }

    #[test]
    fn a_corpus_of_many_documents_is_counted_whole_and_listed_in_part() {
        let mut account = Account::default();
        for number in 0..MOST_DOCUMENTS + 5 {
            account.rows(&[row(&number.to_string(), "茶", "tea")]);
            account.found("NUM02");
        }
        assert_eq!(
            (account.count, account.documents.len()),
            (MOST_DOCUMENTS + 5, MOST_DOCUMENTS)
        );
        assert!(
            account
                .documents
                .iter()
                .all(|document| document.counts["NUM02"] == 1)
        );
    }
}
