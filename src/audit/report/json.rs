//! Findings into one JSON object: what wrote it and by which settings, the findings, how many there are of each code,
//! what was audited, and the ledgers.
//!
//! | schema | what it holds |
//! |---|---|
//! | 1 | `program`, `version`, `findings`, `counts` |
//! | 2 | also `mode`, `settings`, `sources`, `totals`, `documents`, `ledgers` and, not in `counts`, `dismissed` |
//! | 3 | also `known`, the ids of findings that the baseline holds, and `names` and `quotations` among the ledgers; of sources of events also `events`, with the statements and the names of each and which source has them |

use super::audited::Account;
use super::{Counts, Entry};
use crate::audit::Mode;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Raised when a field of the object comes, goes or changes its meaning, with a line in the table above: who knows the
/// number knows every field.
pub const SCHEMA: u32 = 3;

pub(super) fn head(out: &mut impl Write, mode: Mode, settings: &Value) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    writeln!(
        out,
        "{{\"schema\":{SCHEMA},\"program\":\"duizhao\",\"version\":\"{version}\",\
         \"mode\":\"{}\",\"settings\":{settings},\"findings\":[",
        mode.name()
    )
}

pub(super) fn entry(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let mut value = serde_json::to_value(entry.finding)?;
    if let (Some(opinion), Some(object)) = (entry.opinion, value.as_object_mut()) {
        object.insert("verdict".into(), json!(opinion.verdict));
        object.insert("degree".into(), json!(opinion.degree));
        object.insert("remark".into(), json!(opinion.remark));
    }
    serde_json::to_writer(out, &value)?;
    Ok(())
}

pub(super) fn tail(out: &mut impl Write, counts: &Counts, account: &Account) -> io::Result<()> {
    let counts: Vec<_> = counts
        .iter()
        .map(|((code, severity), count)| json!({"code": code, "severity": severity, "count": count}))
        .collect();
    let dismissed = account.dismissed;
    writeln!(out, "\n],\"counts\":{},\"dismissed\":{dismissed},", json!(counts))?;
    writeln!(out, "\"known\":{},", json!(account.known))?;
    writeln!(out, "\"sources\":{},", json!(account.sources))?;
    let totals = json!({"documents": account.count, "zh": account.zh, "en": account.en});
    writeln!(
        out,
        "\"totals\":{totals},\n\"documents\":{},",
        json!(account.documents)
    )?;
    let ledger =
        |all: usize, apart: usize, lines: Value| json!({"total": all, "apart": apart, "lines": lines});
    let ledgers = json!({
        "values": ledger(account.values, account.values_apart, json!(account.ledger.values)),
        "terms": ledger(account.terms, account.terms_apart, json!(account.ledger.terms)),
        "names": ledger(account.names, account.names_apart, json!(account.ledger.names)),
        "quotations": ledger(account.quotations, account.quotations_apart, json!(account.ledger.quotations)),
    });
    if !account.events.is_empty() {
        writeln!(out, "\"events\":{},", json!(account.events))?;
    }
    writeln!(out, "\"ledgers\":{ledgers}}}")
}
