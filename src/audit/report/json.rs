//! Findings into one JSON object: what wrote it, the findings, and how many there are of each code.

use super::{Counts, Entry};
use serde_json::json;
use std::io::{self, Write};

/// Raised when a field changes its meaning or goes; a new field alone raises nothing.
const SCHEMA: u32 = 1;

pub(super) fn head(out: &mut impl Write) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    writeln!(
        out,
        "{{\"schema\":{SCHEMA},\"program\":\"duizhao\",\"version\":\"{version}\",\"findings\":["
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

pub(super) fn tail(out: &mut impl Write, counts: &Counts) -> io::Result<()> {
    let counts: Vec<_> = counts
        .iter()
        .map(|((code, severity), count)| json!({"code": code, "severity": severity, "count": count}))
        .collect();
    writeln!(out, "\n],\"counts\":{}}}", json!(counts))
}
