//! A page into HTML: what was audited, a matrix of documents and codes, the findings, the whole of both texts side by side
//! with what was found marked, ledgers, and filters.

use super::Counts;
use super::audited::{Account, Extent, MOST_DOCUMENTS, MOST_LINES};
use super::coverage;
use super::page::{MOST_FINDINGS, MOST_ROWS, Page, Shown, Told};
use crate::audit::ledger::{Kind, Verdict};
use crate::audit::{Mode, Severity, rule};
use crate::compare::page::role;
use crate::language::Side;
use crate::span::Span;
use quick_xml::escape::escape;
use serde_json::Value;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

pub(super) fn head(out: &mut impl Write, mode: Mode, settings: &Value) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Audit</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header><h1>Audit</h1><form id=\"filters\"></form>\
         <p id=\"shown\"></p>\n<nav><a href=\"#account\">account</a> <a href=\"#findings\">findings</a> \
         <a href=\"#text\">text</a> <a href=\"#values\">numbers and dates</a> <a href=\"#terms\">terms</a> \
         <a href=\"#names\">names</a> <a href=\"#quotations\">quotations</a>{}</nav></header>\n\
         <section id=\"account\">\n<p class=\"place\">duizhao {version}, {} audited. Settings: {}</p>\n",
        match mode {
            Mode::Translation => "",
            Mode::Comparable => " <a href=\"#coverage\">who tells what and names whom</a>",
        },
        match mode {
            Mode::Translation => "a translation",
            Mode::Comparable => "sources of one event (comparable)",
        },
        escape(said(settings))
    )
}

pub(super) fn tail(out: &mut impl Write, counts: &Counts, account: &Account, page: &Page) -> io::Result<()> {
    writeln!(out, "<h2>Findings by code</h2>")?;
    left_out(out, account)?;
    writeln!(
        out,
        "<div class=\"wide\"><table>\n<tr><th>code</th><th>severity</th><th>findings</th><th>what it is</th></tr>"
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
    let told = page.findings();
    findings(out, counts, page, &told)?;
    texts(out, page, &told)?;
    values(out, account)?;
    terms(out, account)?;
    names(out, account)?;
    quotations(out, account)?;
    coverage::matrices(out, &account.events, &account.sources)?;
    write!(out, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}

/// What is counted nowhere else on the page.
fn left_out(out: &mut impl Write, account: &Account) -> io::Result<()> {
    if account.dismissed > 0 {
        let count = account.dismissed;
        writeln!(
            out,
            "<p class=\"place\">Without {count} that a reviewer dismissed.</p>"
        )?;
    }
    if !account.known.is_empty() {
        let count = account.known.len();
        writeln!(
            out,
            "<p class=\"place\">Without {count} that the baseline holds.</p>"
        )?;
    }
    Ok(())
}

fn findings(out: &mut impl Write, counts: &Counts, page: &Page, told: &[&Told]) -> io::Result<()> {
    writeln!(out, "<section id=\"findings\">\n<h2>Findings</h2>")?;
    let found: usize = counts.values().sum();
    if found > MOST_FINDINGS {
        writeln!(
            out,
            "<p class=\"place\">The {MOST_FINDINGS} most severe of {found} findings; a report in TSV or JSON holds them \
             all.</p>"
        )?;
    }
    for (number, told) in told.iter().enumerate() {
        article(out, number, told, page)?;
    }
    writeln!(out, "</section>")
}

fn article(out: &mut impl Write, number: usize, told: &Told, page: &Page) -> io::Result<()> {
    let finding = &told.finding;
    let (code, severity) = (finding.code, finding.severity);
    let document = named(&finding.doc_pair_id);
    let verdict = if told.is_dismissed() { "dismissed" } else { "open" };
    write!(
        out,
        "<article id=\"f{}\" data-number=\"{number}\" data-code=\"{code}\" data-severity=\"{severity}\" \
         data-document=\"{}\" data-verdict=\"{verdict}\">\n<h3><b>{code}</b> <i>{severity}</i> {}</h3>\n",
        finding.id,
        escape(document),
        escape(&finding.message),
    )?;
    if !finding.is_of_source() {
        let row = match told.row {
            Some(row) => format!("<a href=\"#r{row}\">row {}</a>", page.rows[row].link_no),
            None => format!("row {}", finding.link_no),
        };
        let plain = |span: &Span| (*span, None);
        let zh: Vec<_> = finding.zh.iter().map(plain).collect();
        let en: Vec<_> = finding.en.iter().map(plain).collect();
        writeln!(
            out,
            "<p class=\"place\">{}, {row}</p>\n<div><p lang=\"zh\">{}</p><p lang=\"en\">{}</p></div>",
            escape(document),
            marked(&finding.src_text, &zh),
            marked(&finding.trg_text, &en),
        )?;
    }
    for quote in &finding.evidence {
        writeln!(
            out,
            "<p class=\"evidence\">{}: {}</p>",
            escape(quote.what),
            escape(&quote.text)
        )?;
    }
    let opinion = told.opinion.as_ref();
    if let Some(opinion) = opinion.filter(|opinion| !opinion.verdict.is_empty()) {
        let said = [&opinion.verdict, &opinion.degree, &opinion.remark].map(escape);
        writeln!(out, "<p class=\"verdict\">{}</p>", said.join(" "))?;
    }
    writeln!(out, "</article>")
}

fn named(document: &str) -> &str {
    if document.is_empty() { "-" } else { document }
}

/// Every row of every document in order, its findings beside it.
fn texts(out: &mut impl Write, page: &Page, told: &[&Told]) -> io::Result<()> {
    writeln!(out, "<section id=\"text\">\n<h2>Text</h2>")?;
    let cut = match page.all_rows {
        all if all > MOST_ROWS => {
            format!(
                "The first {MOST_ROWS} of {all} rows; findings in the others show their texts themselves. "
            )
        }
        _ => String::new(),
    };
    writeln!(
        out,
        "<p class=\"place\">{cut}What was found is marked: <mark class=\"error\">error</mark> \
         <mark class=\"warning\">warning</mark> <mark class=\"info\">info</mark> \
         <span class=\"key alone\">without counterpart</span></p>"
    )?;
    let mut by_row: Vec<Vec<usize>> = vec![Vec::new(); page.rows.len()];
    for (number, told) in told.iter().enumerate() {
        if let Some(row) = told.row {
            by_row[row].push(number);
        }
    }
    let mut row = 0;
    for document in page.rows.chunk_by(|one, other| one.document == other.document) {
        let name = escape(named(&document[0].document));
        writeln!(
            out,
            "<section class=\"document\" data-document=\"{name}\">\n<h3>{name}</h3>"
        )?;
        for shown in document {
            text_row(out, row, shown, &by_row[row], told)?;
            row += 1;
        }
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</section>")
}

fn text_row(
    out: &mut impl Write,
    row: usize,
    shown: &Shown,
    numbers: &[usize],
    told: &[&Told],
) -> io::Result<()> {
    let rejected = if shown.is_rejected { " rejected" } else { "" };
    write!(
        out,
        "<div class=\"row{rejected}\" id=\"r{row}\"><div class=\"at\"><span>{}</span>",
        shown.link_no
    )?;
    for &number in numbers {
        let finding = &told[number].finding;
        write!(
            out,
            " <a class=\"code {}\" data-of=\"{number}\" href=\"#f{}\" title=\"{}\">{}</a>",
            finding.severity,
            finding.id,
            escape(&finding.message),
            finding.code
        )?;
    }
    write!(out, "</div>")?;
    for side in [Side::Zh, Side::En] {
        let (lang, name, text, other) = match side {
            Side::Zh => ("zh", "Chinese", &shown.zh, &shown.en),
            Side::En => ("en", "English", &shown.en, &shown.zh),
        };
        if text.is_empty() {
            write!(out, "<p class=\"none\">no {name}</p>")?;
            continue;
        }
        let spans = numbers.iter().flat_map(|&number| {
            let finding = &told[number].finding;
            let spans = if side == Side::Zh {
                &finding.zh
            } else {
                &finding.en
            };
            spans
                .iter()
                .map(move |span| (*span, Some((number, finding.severity))))
        });
        let alone = if other.is_empty() { " class=\"alone\"" } else { "" };
        let spans: Vec<_> = spans.collect();
        write!(out, "<p lang=\"{lang}\"{alone}>{}</p>", marked(text, &spans))?;
    }
    writeln!(out, "</div>")
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
        line(out, None, "", &fields)?;
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
    line(
        out,
        None,
        "",
        &fields.iter().map(String::as_str).collect::<Vec<_>>(),
    )
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
        line(
            out,
            Some(&own.document),
            apart(own.verdict == Verdict::Same),
            &fields,
        )?;
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
        let verdict = if own.agrees {
            "one rendering"
        } else {
            "several renderings"
        };
        let fields = [
            &own.document,
            &own.zh,
            &own.count.to_string(),
            &counted(&own.en),
            verdict,
        ];
        line(out, Some(&own.document), apart(own.agrees), &fields)?;
    }
    writeln!(out, "</table></div>\n</section>")
}

fn names(out: &mut impl Write, account: &Account) -> io::Result<()> {
    let lines = &account.ledger.names;
    writeln!(out, "<section id=\"names\">")?;
    let note = ledger_note(account.names, account.names_apart, lines.len());
    let head = ["document", "what", "Chinese", "English", ""];
    table(out, "Names", &note, &head)?;
    for own in lines {
        let kind = match own.kind {
            Kind::Place => "place",
            Kind::Person => "person",
            Kind::Other => "other",
        };
        let mut verdict = Vec::new();
        if !own.outliers.is_empty() {
            verdict.push(format!("also as {}", own.outliers.join(", ")));
        }
        match own.alone {
            0 => {}
            1 => verdict.push("on one side only in 1 row".into()),
            rows => verdict.push(format!("on one side only in {rows} rows")),
        }
        let (zh, en) = (counted(&own.zh), counted(&own.en));
        let fields = [&own.document, kind, &zh, &en, &verdict.join("; ")];
        line(out, Some(&own.document), apart(own.agrees()), &fields)?;
    }
    writeln!(out, "</table></div>\n</section>")
}

fn quotations(out: &mut impl Write, account: &Account) -> io::Result<()> {
    let lines = &account.ledger.quotations;
    writeln!(out, "<section id=\"quotations\">")?;
    let note = ledger_note(account.quotations, account.quotations_apart, lines.len());
    let head = ["document", "row", "Chinese", "English", ""];
    table(out, "Quotations", &note, &head)?;
    for own in lines {
        let fields = [
            &own.document,
            &own.row.to_string(),
            &own.zh,
            &own.en,
            own.verdict.name(),
        ];
        line(
            out,
            Some(&own.document),
            apart(own.verdict == Verdict::Same),
            &fields,
        )?;
    }
    writeln!(out, "</table></div>\n</section>")
}

/// `company ×3, firm ×1`.
fn counted(forms: &[(String, usize)]) -> String {
    let forms = forms.iter().map(|(form, count)| format!("{form} ×{count}"));
    forms.collect::<Vec<_>>().join(", ")
}

/// The class of a line of a ledger.
fn apart(agrees: bool) -> &'static str {
    if agrees { "" } else { "apart" }
}

fn ledger_note(all: usize, apart: usize, shown: usize) -> String {
    let cut = if shown < all {
        format!(" The first {MOST_LINES} are listed.")
    } else {
        String::new()
    };
    format!("{all} lines; in {apart} the sides do not agree.{cut}")
}

pub(super) fn table(out: &mut impl Write, title: &str, note: &str, head: &[&str]) -> io::Result<()> {
    let cells: String = head.iter().map(|name| format!("<th>{name}</th>")).collect();
    writeln!(
        out,
        "<h2>{title}</h2>\n<p class=\"place\">{note}</p>\n<div class=\"wide\"><table>\n<thead><tr>{cells}</tr></thead>"
    )
}

/// A line of a table; with a document it is shown and hidden with it.
pub(super) fn line(
    out: &mut impl Write,
    document: Option<&str>,
    class: &str,
    fields: &[&str],
) -> io::Result<()> {
    let cells: String = fields
        .iter()
        .map(|field| format!("<td>{}</td>", escape(*field)))
        .collect();
    let document = document.map_or(String::new(), |document| {
        format!(" data-document=\"{}\"", escape(named(document)))
    });
    writeln!(out, "<tr class=\"{class}\"{document}>{cells}</tr>")
}

/// A text with its spans marked, each piece with the numbers of the findings that it is of, where they are given.
fn marked(text: &str, spans: &[(Span, Option<(usize, Severity)>)]) -> String {
    let spans = || spans.iter().filter(|(span, _)| !span.is_empty());
    let ends = spans().flat_map(|(span, _)| [span.start(), span.end()]);
    let mut ends: Vec<usize> = ends.chain([0, text.len()]).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut page = String::with_capacity(text.len() + 64);
    for piece in ends.windows(2) {
        let words = escape(&text[piece[0]..piece[1]]);
        let covers = |span: &Span| span.start() <= piece[0] && piece[1] <= span.end();
        let mut over = spans().filter(|(span, _)| covers(span)).peekable();
        if over.peek().is_none() {
            page.push_str(&words);
            continue;
        }
        let of: Vec<(usize, Severity)> = over.filter_map(|(_, of)| *of).collect();
        let numbers: Vec<String> = of.iter().map(|(number, _)| number.to_string()).collect();
        match of.iter().map(|(_, severity)| severity).max() {
            Some(most) => page.push_str(&format!(
                "<mark class=\"{most}\" data-of=\"{}\">{words}</mark>",
                numbers.join(" ")
            )),
            None => page.push_str(&format!("<mark>{words}</mark>")),
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_marked_and_the_rest_escaped() {
        let text = "a < 12 & b";
        let twelve = (Span::new(4, 6), None);
        assert_eq!(marked(text, &[twelve]), "a &lt; <mark>12</mark> &amp; b");
        assert_eq!(marked(text, &[twelve, twelve]), "a &lt; <mark>12</mark> &amp; b");
        assert_eq!(marked(text, &[(Span::new(0, 0), None)]), "a &lt; 12 &amp; b");
    }

    #[test]
    fn a_piece_that_is_of_several_findings_names_them_all_and_is_as_severe_as_the_worst() {
        let spans = [
            (Span::new(0, 2), Some((7, Severity::Info))),
            (Span::new(1, 3), Some((8, Severity::Error))),
        ];
        assert_eq!(
            marked("abc", &spans),
            "<mark class=\"info\" data-of=\"7\">a</mark><mark class=\"error\" data-of=\"7 8\">b</mark>\
             <mark class=\"error\" data-of=\"8\">c</mark>"
        );
    }
}
