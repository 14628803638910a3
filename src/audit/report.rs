//! Findings into the formats of reports: TSV here, one finding a row.

use super::Finding;
use crate::corpus::text::one_line;
use crate::span::Span;
use std::io::{self, Write};

/// The columns of a report in TSV, in their order.
pub const COLUMNS: [&str; 14] = [
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
];

/// Writes findings as TSV: UTF-8, LF, a header, no quoting, as the parallel TSV is.
pub struct Tsv<W>(W);

impl<W: Write> Tsv<W> {
    /// Writes the header.
    pub fn new(mut out: W) -> io::Result<Self> {
        writeln!(out, "{}", COLUMNS.join("\t"))?;
        Ok(Tsv(out))
    }

    pub fn finding(&mut self, finding: &Finding) -> io::Result<()> {
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
            &finding.link_no.to_string(),
            &finding.pair_id,
        ];
        let line: Vec<_> = fields.iter().map(|field| one_line(field).0).collect();
        writeln!(self.0, "{}", line.join("\t"))
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.0.flush()?;
        Ok(self.0)
    }
}
