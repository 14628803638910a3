//! A source is not what it was at the last audit: the readout of `visit.en.html` has another text than last week.
//!
//! Readouts are edited after publication. An earlier report in JSON, given as `--baseline` or `--verdicts`, names its sources
//! with the SHA-256 of their bytes; a source of the same name with another one is a warning, with what else is known to have
//! changed: its title, its date. Findings of the document itself stand beside it as always: their ids tell which of them are
//! new. A source that the earlier reports do not name, and one of theirs that is no longer read, is a notice.
//!
//! Passed over: a source that any of the earlier reports has as it is now; the same bytes under another name; sources without
//! a SHA-256, such as pipes; and reports in TSV, which do not name their sources.

use super::super::finding::{Remark, Severity};
use super::super::report::Identity;
use super::{Check, Mode, Rule};
use std::collections::{HashMap, HashSet};

pub(super) const RULE: Rule = Rule {
    code: "VER01",
    title: "a source changed since the last audit",
    severity: Severity::Warning,
    modes: Mode::BOTH,
    source: include_str!("ver01.rs"),
    checks: &[Check::Sources(check)],
};

/// `then` holds the sources of all earlier reports, the last report last.
fn check(then: &[Identity], now: &[Identity]) -> Vec<Remark> {
    let mut changes = Vec::new();
    let mut told = HashSet::new();
    let (held, here) = (by_name(then), by_name(now));
    let (known, present) = (checksums(then), checksums(now));
    for source in now {
        let is_known = source.sha256.as_ref().is_none_or(|sha256| known.contains(sha256));
        let name = source.name.as_str();
        match held.get(name).map(Vec::as_slice) {
            Some(earlier) if !is_same(source, earlier) && told.insert(name) => {
                changes.extend(earlier.last().map(|earlier| changed(earlier, source)));
            }
            None if !is_known && told.insert(name) => {
                let message = format!("{name} was not among the sources of the last audit");
                changes.push(Remark::new(name, message).severity(Severity::Info));
            }
            _ => {}
        }
    }
    for source in then {
        let name = source.name.as_str();
        let is_present = |sha256: &String| present.contains(sha256);
        if !here.contains_key(name) && !source.sha256.as_ref().is_none_or(is_present) && told.insert(name) {
            let message = format!("{name} was among the sources of the last audit, and is not now");
            changes.push(Remark::new(name, message).severity(Severity::Info));
        }
    }
    changes
}

fn by_name(sources: &[Identity]) -> HashMap<&str, Vec<&Identity>> {
    let mut named: HashMap<&str, Vec<&Identity>> = HashMap::new();
    for source in sources {
        named.entry(&source.name).or_default().push(source);
    }
    named
}

fn checksums(sources: &[Identity]) -> HashSet<&String> {
    sources
        .iter()
        .filter_map(|source| source.sha256.as_ref())
        .collect()
}

/// Whether one of the earlier sources of its name held these bytes, or nobody can tell.
fn is_same(source: &Identity, earlier: &[&Identity]) -> bool {
    let unknown = |source: &Identity| source.sha256.is_none();
    let same = |other: &&Identity| unknown(other) || other.sha256 == source.sha256;
    unknown(source) || earlier.iter().any(same)
}

fn changed(then: &Identity, now: &Identity) -> Remark {
    let mut what = Vec::new();
    let mut change = Remark::new(&now.name, "");
    let parts = [
        ("title", &then.title, &now.title),
        ("date", &then.date, &now.date),
        ("SHA-256", &then.sha256, &now.sha256),
    ];
    for (part, then, now) in parts.into_iter().filter(|(_, then, now)| then != now) {
        let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".into());
        change = change.evidence(part, format!("{}, then {}", said(then), said(now)));
        if part != "SHA-256" {
            what.push(format!("its {part} was {}, and is {}", said(then), said(now)));
        }
    }
    change.message = format!("{} changed since the last audit", now.name);
    if !what.is_empty() {
        change.message = format!("{}: {}", change.message, what.join("; "));
    }
    change
}
