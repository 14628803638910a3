//! Findings into TSV: one a row, with columns for a reviewer to fill in.

use super::Entry;
use crate::corpus::text::one_line;
use crate::span::Span;
use std::io::{self, Write};

/// The columns, in their order. The last three are the reviewer's: [`Review`](crate::audit::Review) reads them back.
pub const COLUMNS: [&str; 17] = [
    "code",
    "severity",
    "src_text",
    "trg_text",
    "message",
    "src_found",
    "trg_found",
    "evidence",
    "id",
    "src_url",
    "trg_url",
    "doc_pair_id",
    "link_no",
    "pair_id",
    "verdict",
    "degree",
    "remark",
];

/// UTF-8, LF, a header, no quoting, as the parallel TSV is.
pub(super) fn head(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join("\t"))
}

pub(super) fn entry(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let finding = entry.finding;
    let found = |spans: &[Span], text: &str| -> String {
        spans
            .iter()
            .map(|span| span.of(text))
            .collect::<Vec<_>>()
            .join(" … ")
    };
    let evidence: Vec<String> = finding
        .evidence
        .iter()
        .map(|quote| format!("{}: {}", quote.what, quote.text))
        .collect();
    let opinion = entry.opinion.cloned().unwrap_or_default();
    let link_no = match finding.is_of_source() {
        true => String::new(),
        false => finding.link_no.to_string(),
    };
    let fields: [&str; COLUMNS.len()] = [
        finding.code,
        finding.severity.name(),
        &finding.src_text,
        &finding.trg_text,
        &finding.message,
        &found(&finding.zh, &finding.src_text),
        &found(&finding.en, &finding.trg_text),
        &evidence.join("; "),
        &finding.id,
        &finding.src_url,
        &finding.trg_url,
        &finding.doc_pair_id,
        &link_no,
        &finding.pair_id,
        &opinion.verdict,
        &opinion.degree,
        &opinion.remark,
    ];
    let line: Vec<_> = fields.iter().map(|field| one_line(field).0).collect();
    writeln!(out, "{}", line.join("\t"))
}
