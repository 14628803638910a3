//! Findings into SARIF 2.1.0 (OASIS), with the codes' pages of the manual as rules.

use super::Entry;
use super::audited::Account;
use crate::audit::{Mode, Severity, rules};
use serde_json::{Value, json};
use std::io::{self, Write};

pub(super) fn head(out: &mut impl Write, mode: Mode, settings: &Value) -> io::Result<()> {
    let rules: Vec<_> = rules()
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.manual(), "markdown": rule.manual()},
                "defaultConfiguration": {"level": level(rule.severity)},
            })
        })
        .collect();
    let driver = json!({"name": "duizhao", "version": env!("CARGO_PKG_VERSION"), "rules": rules});
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    writeln!(
        out,
        "{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"properties\":{{\"mode\":\"{}\",\"settings\":{settings}}},\"results\":[",
        mode.name()
    )
}

pub(super) fn entry(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let finding = entry.finding;
    let place = |uri: &str, text: &str| json!({"physicalLocation": {"artifactLocation": {"uri": uri}}, "message": {"text": text}});
    let mut result = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [place(&finding.trg_url, &finding.trg_text)],
        "relatedLocations": [place(&finding.src_url, &finding.src_text)],
        "partialFingerprints": {"duizhao/v1": finding.id},
    });
    if let (Some(opinion), Some(object)) = (entry.opinion, result.as_object_mut()) {
        object.insert(
            "properties".into(),
            json!({"verdict": opinion.verdict, "degree": opinion.degree, "remark": opinion.remark}),
        );
        if opinion.is_dismissed() {
            let suppression =
                json!({"kind": "external", "status": "accepted", "justification": opinion.remark});
            object.insert("suppressions".into(), json!([suppression]));
        }
    }
    write!(out, "{result}")
}

/// Sources are artifacts, with their hashes.
pub(super) fn tail(out: &mut impl Write, account: &Account) -> io::Result<()> {
    let artifact = |source: &super::Identity| match &source.sha256 {
        Some(sha256) => json!({"location": {"uri": source.name}, "hashes": {"sha-256": sha256}}),
        None => json!({"location": {"uri": source.name}}),
    };
    let artifacts: Vec<Value> = account.sources.iter().map(artifact).collect();
    writeln!(out, "\n],\"artifacts\":{}}}]}}", json!(artifacts))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
