//! Rows into findings: what the English does not say as the Chinese does, with the evidence.
//!
//! A [`Finding`] is an *issue*: a rule saw it, and a person makes it an *error* or dismisses it. Every rule is one file
//! under `rules/`, whose opening is its page of the manual ([`Rule::manual`]).
//!
//! ```
//! use duizhao::audit::{Auditor, Settings};
//! use duizhao::corpus::tsv;
//! use duizhao::lexicon::Lexicon;
//!
//! let table = "src_text\ttrg_text\n全镇有1.2亿棵树。\tThe town has 12 million trees.\n";
//! let rows = tsv::Reader::new("trees.tsv", table.as_bytes())?.collect::<Result<Vec<_>, _>>()?;
//! let settings = Settings::default();
//! let auditor = Auditor::new(Lexicon::embedded(), &settings);
//! let findings = auditor.document(&rows, None);
//! assert_eq!((findings[0].code, findings[0].zh_text(), findings[0].en_text()), ("NUM02", "1.2亿", "12 million"));
//! # Ok::<(), duizhao::error::Error>(())
//! ```

mod clause;
pub mod event;
mod finding;
mod glossary;
pub mod ledger;
mod names;
mod passage;
mod quantity;
pub mod report;
mod review;
pub mod rules;
mod tbx;
mod telling;
mod unit;
mod wording;

pub use finding::{Finding, Quote, Severity};
pub use glossary::Glossary;
pub use ledger::Ledger;
pub use names::{CorpusNames, Named};
pub use review::{Opinion, Review};
pub use rules::{Mode, Rule, rule, rules};
pub use telling::Telling;

use crate::corpus::{Row, Status};
use crate::lexicon::Lexicon;
use crate::terms::{self, Finder, Term};
use crate::value::date::Date;
use finding::Remark;
use names::Names;
use passage::Passage;
use rules::Check;
use std::cell::OnceCell;
use std::collections::HashMap;

/// What an audit goes by.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What the documents are to each other.
    pub mode: Mode,
    /// Codes to look for; all of them where none is named.
    pub only: Vec<String>,
    /// Codes not to look for.
    pub without: Vec<String>,
    /// Terms that must, may or must not be used.
    pub glossary: Glossary,
}

/// Codes that may tell of what one side has and the other has not.
const ABSENCES: &[&str] = &["NUM01", "DAT01", "NAM01", "DEG03", "ATT01", "ATT02"];

/// Looks through documents, one at a time, on any number of threads.
pub struct Auditor<'a> {
    lexicon: &'a Lexicon,
    glossary: &'a Glossary,
    mode: Mode,
    rules: Vec<&'static Rule>,
}

/// The rows of one document pair, read for auditing.
pub struct Document<'a> {
    pub(crate) passages: Vec<Passage<'a>>,
    /// The day the Chinese document is of, where it is known.
    pub(crate) date: Option<Date>,
    /// What its sides are to each other.
    pub(crate) mode: Mode,
    pub(crate) glossary: &'a Glossary,
    pub(crate) lexicon: &'a Lexicon,
    terms: OnceCell<Terms<'a>>,
    names: OnceCell<Names>,
}

/// The terms of a document, found once for the rule and for the ledger.
pub(crate) struct Terms<'a> {
    pub found: Vec<Term>,
    /// Holds the texts that the terms' places are in.
    pub finder: Finder<'a>,
    /// The passages of its rows.
    pub passages: Vec<usize>,
}

impl<'a> Document<'a> {
    /// What numbers, dates, terms, names and quotations stand on both sides, right or wrong.
    pub fn ledger(&self) -> Ledger {
        ledger::ledger(self)
    }

    /// Its names, to be held against those of other documents.
    pub fn names(&self) -> CorpusNames {
        CorpusNames::of(self.id(), self.names_found())
    }

    /// The `doc_pair_id` of its rows.
    pub(crate) fn id(&self) -> &str {
        self.passages
            .first()
            .map_or("", |passage| &passage.row.doc_pair_id)
    }

    fn names_found(&self) -> &Names {
        self.names.get_or_init(|| Names::of(self))
    }

    pub(crate) fn terms(&self) -> &Terms<'a> {
        self.terms.get_or_init(|| {
            let mut finder = Finder::new(self.lexicon);
            let mut passages = Vec::new();
            for (index, passage) in self.linked() {
                finder.add(passage.row);
                passages.push(index);
            }
            let found = finder.terms(&terms::Settings {
                places: usize::MAX,
                parts: true,
                ..terms::Settings::default()
            });
            Terms {
                found,
                finder,
                passages,
            }
        })
    }

    /// The rows with both sides, with their places among all.
    pub(crate) fn linked(&self) -> impl Iterator<Item = (usize, &Passage<'a>)> {
        let numbered = self.passages.iter().enumerate();
        numbered.filter(|(_, passage)| passage.row.is_link())
    }
}

impl<'a> Auditor<'a> {
    pub fn new(lexicon: &'a Lexicon, settings: &'a Settings) -> Self {
        let wanted = |rule: &&Rule| {
            let named = |codes: &[String]| codes.iter().any(|code| rule.is_of(code));
            rule.modes.contains(&settings.mode)
                && (settings.only.is_empty() || named(&settings.only))
                && !named(&settings.without)
        };
        Auditor {
            lexicon,
            glossary: &settings.glossary,
            mode: settings.mode,
            rules: rules().iter().filter(wanted).collect(),
        }
    }

    /// The findings of one document pair that is asked for nothing else.
    pub fn document(&self, rows: &[Row], date: Option<Date>) -> Vec<Finding> {
        self.findings(&self.read(rows, date))
    }

    /// Whether a rule holds the names of document pairs against each other.
    pub fn looks_at_corpora(&self) -> bool {
        let mut checks = self.rules.iter().flat_map(|rule| rule.checks);
        checks.any(|check| matches!(check, Check::Corpus(_)))
    }

    /// What the document pairs of a corpus write each in its own way.
    pub fn corpus(&self, names: &CorpusNames) -> Vec<Finding> {
        self.remarks(|check| match check {
            Check::Corpus(check) => check(names),
            _ => Vec::new(),
        })
    }

    /// What changed among sources: those of earlier reports, the last report last, against all that this audit read. Without
    /// any earlier source nothing is known to have changed.
    ///
    /// ```
    /// use duizhao::audit::{Auditor, Settings, report::Identity};
    /// use duizhao::lexicon::Lexicon;
    ///
    /// let source = |sha256: &str| Identity { name: "会谈.txt".into(), sha256: Some(sha256.into()), ..Identity::default() };
    /// let settings = Settings::default();
    /// let findings = Auditor::new(Lexicon::embedded(), &settings).sources(&[source("07a1")], &[source("5c22")]);
    /// assert_eq!(findings[0].message, "会谈.txt changed since the last audit");
    /// ```
    pub fn sources(&self, then: &[report::Identity], now: &[report::Identity]) -> Vec<Finding> {
        if then.is_empty() {
            return Vec::new();
        }
        self.remarks(|check| match check {
            Check::Sources(check) => check(then, now),
            _ => Vec::new(),
        })
    }

    /// What the sources of an event tell apart from each other: what one alone says and whom it alone names, who asked for
    /// the meeting and where it was, quotations in other words.
    pub fn event(&self, telling: &Telling) -> Vec<Finding> {
        self.remarks(|check| match check {
            Check::Event(check) => check(telling),
            _ => Vec::new(),
        })
    }

    /// What the rules say of whole sources.
    fn remarks(&self, look: impl Fn(&Check) -> Vec<Remark>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in &self.rules {
            let remarks = rule.checks.iter().flat_map(&look);
            findings.extend(remarks.map(|remark| Finding::of_source(rule, remark)));
        }
        number_alike(&mut findings);
        findings
    }

    /// The codes that are looked for.
    pub fn codes(&self) -> Vec<&'static str> {
        self.rules.iter().map(|rule| rule.code).collect()
    }

    /// Reads the rows of one document pair, those that were rejected left out, for findings, ledger and names.
    pub fn read<'r>(&'r self, rows: &'r [Row], date: Option<Date>) -> Document<'r> {
        let read = |row| Passage::new(row, self.lexicon);
        let passages = rows
            .iter()
            .filter(|row| row.status != Status::Rejected)
            .map(read)
            .collect();
        Document {
            passages,
            date,
            mode: self.mode,
            glossary: self.glossary,
            lexicon: self.lexicon,
            terms: OnceCell::new(),
            names: OnceCell::new(),
        }
    }

    /// Sources of an event owe each other nothing: what stands in one alone is information, and what differs a warning.
    fn judged(&self, mut finding: Finding) -> Finding {
        let is_absence = ABSENCES.contains(&finding.code) && (finding.zh.is_empty() || finding.en.is_empty());
        let most = if is_absence {
            Severity::Info
        } else {
            Severity::Warning
        };
        if self.mode == Mode::Comparable {
            finding.severity = finding.severity.min(most);
        }
        finding
    }

    /// What can be said of one document pair by itself, in the order of its rows. Rows that were rejected are not looked
    /// at, and a row whose `flags` hold `!NUM02` is never told of for that code.
    pub fn findings(&self, document: &Document) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in &self.rules {
            for check in rule.checks {
                if let Check::Document(check) = check {
                    findings.extend(check(document).into_iter().map(|found| (rule, found)));
                }
            }
        }
        let mut findings: Vec<Finding> = findings
            .into_iter()
            .filter(|(rule, found)| !is_suppressed(document.passages[found.passage].row, rule.code))
            .map(|(rule, found)| self.judged(Finding::new(rule, found, &document.passages)))
            .collect();
        findings.sort_by_key(|finding| finding.link_no);
        number_alike(&mut findings);
        findings
    }
}

/// Whether a person wrote into a row that a code is not to be raised there: `!NUM02` among its flags.
fn is_suppressed(row: &Row, code: &str) -> bool {
    row.flags
        .split(',')
        .any(|flag| flag.trim().strip_prefix('!') == Some(code))
}

/// Findings that say the same of the same texts are told apart by their order.
fn number_alike(findings: &mut [Finding]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for finding in findings {
        let count = seen.entry(finding.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            finding.id.push_str(&format!("-{count}"));
        }
    }
}
