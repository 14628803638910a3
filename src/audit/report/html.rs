//! Findings into one page: both texts side by side with what was found marked, a table of codes, and filters.

use super::{Counts, Entry};
use crate::audit::rule;
use crate::span::Span;
use quick_xml::escape::escape;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

pub(super) fn head(out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Audit</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header><h1>Audit</h1><form id=\"filters\"></form>\
         <p id=\"shown\"></p></header>\n<main>\n"
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
        "<article id=\"f{}\" data-code=\"{code}\" data-severity=\"{severity}\" data-document=\"{}\">\n\
         <h2><b>{code}</b> <i>{severity}</i> {}</h2>\n<p class=\"place\">{}, row {}</p>\n\
         <div><p lang=\"zh\">{}</p><p lang=\"en\">{}</p></div>\n",
        finding.id,
        escape(document),
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

pub(super) fn tail(out: &mut impl Write, counts: &Counts) -> io::Result<()> {
    writeln!(out, "</main>\n<section>\n<h2>Findings by code</h2>\n<table>")?;
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
    write!(
        out,
        "</table>\n</section>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    )
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
