//! Findings into one page: what was audited, a matrix of documents and codes, both texts side by side with what was found
//! marked, ledgers, and filters.

use super::audited::{Account, Extent, MOST_DOCUMENTS, MOST_LINES};
use super::{Counts, Entry, MOST_FINDINGS};
use crate::audit::rule;
use crate::compare::page::role;
use crate::span::Span;
use quick_xml::escape::escape;
use serde_json::Value;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

pub(super) fn head(out: &mut impl Write, settings: &Value) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Audit</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header><h1>Audit</h1><form id=\"filters\"></form>\
         <p id=\"shown\"></p>\n<nav><a href=\"#account\">account</a> <a href=\"#findings\">findings</a> \
         <a href=\"#values\">numbers and dates</a> <a href=\"#terms\">terms</a></nav></header>\n\
         <main id=\"findings\">\n<p class=\"place\">duizhao {version}, a translation audited. Settings: {}</p>\n",
        escape(said(settings))
    )
}

pub(super) fn entry(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let finding = entry.finding;
    let (code, severity) = (finding.code, finding.severity);
    let document = if finding.doc_pair_id.is_empty() {
        "-"
    } else {
        &finding.doc_pair_id
    };
    write!(
        out,
        "<article id=\"f{}\" data-code=\"{code}\" data-severity=\"{severity}\" data-document=\"{}\" data-verdict=\"{}\">\n\
         <h2><b>{code}</b> <i>{severity}</i> {}</h2>\n<p class=\"place\">{}, row {}</p>\n\
         <div><p lang=\"zh\">{}</p><p lang=\"en\">{}</p></div>\n",
        finding.id,
        escape(document),
        if entry.is_dismissed() { "dismissed" } else { "open" },
        escape(&finding.message),
        escape(document),
        finding.link_no,
        marked(&finding.src_text, &finding.zh),
        marked(&finding.trg_text, &finding.en),
    )?;
    for quote in &finding.evidence {
        writeln!(
            out,
            "<p class=\"evidence\">{}: {}</p>",
            escape(quote.what),
            escape(&quote.text)
        )?;
    }
    if let Some(opinion) = entry.opinion.filter(|opinion| !opinion.verdict.is_empty()) {
        let said = [&opinion.verdict, &opinion.degree, &opinion.remark].map(escape);
        writeln!(out, "<p class=\"verdict\">{}</p>", said.join(" "))?;
    }
    writeln!(out, "</article>")
}

pub(super) fn tail(out: &mut impl Write, counts: &Counts, account: &Account) -> io::Result<()> {
    let found: usize = counts.values().sum();
    if found > MOST_FINDINGS {
        writeln!(
            out,
            "<p class=\"place\">The first {MOST_FINDINGS} of {found} findings; a report in TSV or JSON holds them all.</p>"
        )?;
    }
    let dismissed = match account.dismissed {
        0 => String::new(),
        count => format!("<p class=\"place\">Without {count} that a reviewer dismissed.</p>\n"),
    };
    writeln!(
        out,
        "</main>\n<section id=\"account\">\n<h2>Findings by code</h2>\n{dismissed}<div class=\"wide\"><table>"
    )?;
    writeln!(
        out,
        "<tr><th>code</th><th>severity</th><th>findings</th><th>what it is</th></tr>"
    )?;
    for ((code, severity), count) in counts {
        let title = rule(code).map_or("", |rule| rule.title);
        writeln!(
            out,
            "<tr><td>{code}</td><td>{severity}</td><td>{count}</td><td>{}</td></tr>",
            escape(title)
        )?;
    }
    writeln!(out, "</table></div>")?;
    matrix(out, counts, account)?;
    sources(out, account)?;
    writeln!(out, "</section>")?;
    values(out, account)?;
    terms(out, account)?;
    write!(out, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}

/// Settings that are set, as `least: info; codes: NUM01 NUM02`.
fn said(settings: &Value) -> String {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let part = |(name, value): (&String, &Value)| match value {
        Value::Null => None,
        Value::Array(values) if values.is_empty() => None,
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(plain).collect();
            Some(format!("{name}: {}", values.join(" ")))
        }
        Value::Object(object) => {
            let fields = object.iter().filter(|(_, value)| !value.is_null());
            let fields: Vec<String> = fields
                .map(|(name, value)| format!("{name} {}", plain(value)))
                .collect();
            Some(format!("{name}: {}", fields.join(", ")))
        }
        value => Some(format!("{name}: {}", plain(value))),
    };
    let parts = settings.as_object().into_iter().flatten().filter_map(part);
    parts.collect::<Vec<_>>().join("; ")
}

fn sources(out: &mut impl Write, account: &Account) -> io::Result<()> {
    let head = ["source", "title", "date", "role", "SHA-256"];
    writeln!(out, "<div id=\"sources\">")?;
    table(out, "Sources", "", &head)?;
    for source in &account.sources {
        let fields = [
            source.name.as_str(),
            source.title.as_deref().unwrap_or_default(),
            source.date.as_deref().unwrap_or_default(),
            source.role.map_or("", role),
            source.sha256.as_deref().unwrap_or_default(),
        ];
        line(out, "", &fields)?;
    }
    writeln!(out, "</table></div></div>")
}

/// Documents against codes: how many findings of each.
fn matrix(out: &mut impl Write, counts: &Counts, account: &Account) -> io::Result<()> {
    let mut codes: Vec<&str> = counts.keys().map(|(code, _)| *code).collect();
    codes.dedup();
    let head: Vec<&str> = [
        "document",
        "Chinese characters",
        "linked",
        "English words",
        "linked",
        "findings",
    ]
    .into_iter()
    .chain(codes.iter().copied())
    .collect();
    let note = match account.count {
        count if count > MOST_DOCUMENTS => {
            format!("The first {MOST_DOCUMENTS} of {count} documents; all of them in the last line.")
        }
        _ => String::new(),
    };
    table(out, "Documents and codes", &note, &head)?;
    let sum = |code: &str| {
        counts
            .iter()
            .filter(|((own, _), _)| *own == code)
            .map(|(_, count)| count)
            .sum()
    };
    for document in &account.documents {
        let of = |code: &str| document.counts.get(code).copied().unwrap_or_default();
        matrix_line(out, &document.id, [document.zh, document.en], &codes, &of)?;
    }
    matrix_line(out, "all", [account.zh, account.en], &codes, &sum)?;
    writeln!(out, "</table></div>")
}

fn matrix_line(
    out: &mut impl Write,
    id: &str,
    extents: [Extent; 2],
    codes: &[&str],
    of: &dyn Fn(&str) -> usize,
) -> io::Result<()> {
    let mut fields = vec![if id.is_empty() { "-".into() } else { id.to_owned() }];
    for extent in extents {
        fields.extend([extent.words.to_string(), format!("{:.1}%", extent.percent())]);
    }
    let counts: Vec<usize> = codes.iter().map(|code| of(code)).collect();
    fields.push(counts.iter().sum::<usize>().to_string());
    let shown = |count: usize| {
        if count == 0 {
            String::new()
        } else {
            count.to_string()
        }
    };
    fields.extend(counts.into_iter().map(shown));
    line(out, "", &fields.iter().map(String::as_str).collect::<Vec<_>>())
}

fn values(out: &mut impl Write, account: &Account) -> io::Result<()> {
    let lines = &account.ledger.values;
    writeln!(out, "<section id=\"values\">")?;
    let note = ledger_note(account.values, account.values_apart, lines.len());
    let head = [
        "document",
        "row",
        "Chinese",
        "English",
        "value in Chinese",
        "value in English",
        "",
    ];
    table(out, "Numbers and dates", &note, &head)?;
    for own in lines {
        let row = own.row.to_string();
        let verdict = own.verdict.name();
        let fields = [
            &own.document,
            &row,
            &own.zh,
            &own.en,
            &own.zh_value,
            &own.en_value,
            verdict,
        ];
        line(out, if verdict == "same" { "" } else { "apart" }, &fields)?;
    }
    writeln!(out, "</table></div>\n</section>")
}

fn terms(out: &mut impl Write, account: &Account) -> io::Result<()> {
    let lines = &account.ledger.terms;
    writeln!(out, "<section id=\"terms\">")?;
    let note = ledger_note(account.terms, account.terms_apart, lines.len());
    table(
        out,
        "Terms",
        &note,
        &["document", "Chinese", "times", "English", ""],
    )?;
    for own in lines {
        let renderings: Vec<String> = own
            .en
            .iter()
            .map(|(en, count)| format!("{en} ×{count}"))
            .collect();
        let verdict = if own.agrees {
            "one rendering"
        } else {
            "several renderings"
        };
        let fields = [
            &own.document,
            &own.zh,
            &own.count.to_string(),
            &renderings.join(", "),
            verdict,
        ];
        line(out, if own.agrees { "" } else { "apart" }, &fields)?;
    }
    writeln!(out, "</table></div>\n</section>")
}

fn ledger_note(all: usize, apart: usize, shown: usize) -> String {
    let cut = if shown < all {
        format!(" The first {MOST_LINES} are listed.")
    } else {
        String::new()
    };
    format!("{all} lines; in {apart} the sides do not agree.{cut}")
}

fn table(out: &mut impl Write, title: &str, note: &str, head: &[&str]) -> io::Result<()> {
    let cells: String = head.iter().map(|name| format!("<th>{name}</th>")).collect();
    writeln!(
        out,
        "<h2>{title}</h2>\n<p class=\"place\">{note}</p>\n<div class=\"wide\"><table>\n<thead><tr>{cells}</tr></thead>"
    )
}

fn line(out: &mut impl Write, class: &str, fields: &[&str]) -> io::Result<()> {
    let cells: String = fields
        .iter()
        .map(|field| format!("<td>{}</td>", escape(*field)))
        .collect();
    writeln!(out, "<tr class=\"{class}\">{cells}</tr>")
}

/// A text with its spans marked; what overlaps is marked once.
fn marked(text: &str, spans: &[Span]) -> String {
    let mut spans = spans.to_vec();
    spans.sort();
    let mut page = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        if span.start() >= at {
            page.push_str(&escape(&text[at..span.start()]));
            page.push_str("<mark>");
            page.push_str(&escape(span.of(text)));
            page.push_str("</mark>");
            at = span.end();
        }
    }
    page.push_str(&escape(&text[at..]));
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_marked_and_the_rest_escaped() {
        let text = "a < 12 & b";
        assert_eq!(marked(text, &[Span::new(4, 6)]), "a &lt; <mark>12</mark> &amp; b");
        assert_eq!(
            marked(text, &[Span::new(4, 6), Span::new(4, 6)]),
            "a &lt; <mark>12</mark> &amp; b"
        );
    }
}
