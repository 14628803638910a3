//! The table of rules: a code, what it says of itself, how much it matters, and the function that looks.

mod aln01;
mod aln02;
mod aln03;
mod aln04;
mod aln05;
mod att01;
pub(super) mod att02;
pub(super) mod dat01;
mod deg01;
mod deg02;
mod deg03;
mod dup01;
pub(super) mod nam01;
pub(super) mod nam02;
mod num01;
mod num02;
mod num03;
mod pun01;
mod scr01;
mod top01;
mod top02;
mod trm01;
mod trm02;
mod trm03;
mod trm04;
mod ver01;

pub(super) use num02::shown;

use super::Document;
use super::finding::{Found, Remark, Severity};
use super::names::CorpusNames;
use super::report::Identity;
use super::telling::Telling;

/// A check with its code. Codes do not change their meaning; one that goes is not used again.
pub struct Rule {
    pub code: &'static str,
    /// A few words for lists.
    pub title: &'static str,
    pub severity: Severity,
    /// The audits in which it speaks.
    pub modes: &'static [Mode],
    /// The rule's own source, whose opening is its page of the manual.
    source: &'static str,
    /// What it looks at: one thing, or several.
    pub(super) checks: &'static [Check],
}

/// What the documents of an audit are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// One is the other's translation: what it leaves out is missing.
    #[default]
    Translation,
    /// Sources of one event, each with a telling of its own: what one leaves out is information.
    Comparable,
}

impl Mode {
    pub(super) const TRANSLATION: &[Mode] = &[Mode::Translation];
    pub(super) const COMPARABLE: &[Mode] = &[Mode::Comparable];
    pub(super) const BOTH: &[Mode] = &[Mode::Translation, Mode::Comparable];

    pub fn name(self) -> &'static str {
        match self {
            Mode::Translation => "translation",
            Mode::Comparable => "comparable",
        }
    }
}

/// A look at one thing.
pub(super) enum Check {
    /// One document pair, and nothing else.
    Document(fn(&Document) -> Vec<Found>),
    /// The sources of one event, compared.
    Event(fn(&Telling) -> Vec<Remark>),
    /// The names of all document pairs.
    Corpus(fn(&CorpusNames) -> Vec<Remark>),
    /// The sources of earlier reports against those of this audit.
    Sources(fn(&[Identity], &[Identity]) -> Vec<Remark>),
}

static RULES: &[Rule] = &[
    aln01::RULE,
    aln02::RULE,
    aln03::RULE,
    aln04::RULE,
    aln05::RULE,
    num01::RULE,
    num02::RULE,
    num03::RULE,
    dat01::RULE,
    nam01::RULE,
    nam02::RULE,
    trm01::RULE,
    trm02::RULE,
    trm03::RULE,
    trm04::RULE,
    deg01::RULE,
    deg02::RULE,
    deg03::RULE,
    att01::RULE,
    att02::RULE,
    pun01::RULE,
    scr01::RULE,
    dup01::RULE,
    top01::RULE,
    top02::RULE,
    ver01::RULE,
];

/// All rules, by subject.
pub fn rules() -> &'static [Rule] {
    RULES
}

/// The rule of a code, in capitals or not.
///
/// ```
/// use duizhao::audit::rule;
/// assert!(rule("num02").unwrap().manual().contains("1.2亿"));
/// assert!(rule("NUM99").is_none());
/// ```
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

impl Rule {
    /// Its page of the manual, in Markdown.
    pub fn manual(&self) -> String {
        let page = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<&str> = page.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        let page = lines.join("\n");
        let modes = self.mode_names();
        format!("# {} ({}; mode: {modes})\n\n{page}\n", self.code, self.severity)
    }

    /// The audits in which it speaks, as `translation` or `translation, comparable`.
    pub fn mode_names(&self) -> String {
        let names: Vec<&str> = self.modes.iter().map(|mode| mode.name()).collect();
        names.join(", ")
    }

    /// Whether a code, or the letters that a family of codes begins with, names this rule.
    pub fn is_of(&self, code: &str) -> bool {
        let code = code.trim().to_ascii_uppercase();
        !code.is_empty() && self.code.starts_with(&code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_code_of_its_own_and_a_page_with_what_it_passes_over() {
        let mut codes: Vec<_> = rules().iter().map(|rule| rule.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), rules().len());
        for rule in rules() {
            assert!(rule.manual().contains("Passed over"), "{}", rule.code);
        }
    }
}
