//! A compared event into one page: its sources side by side, what they share in colour, what one alone says marked.

use super::event::{Event, Partner, Statement};
use super::link::Evidence;
use crate::ingest::Role;
use crate::span::Span;
use quick_xml::escape::escape;
use std::io::{self, Write};

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Writes the page. It needs no other file and no network; without script it is whole, and its links lead from passage
/// to passage.
pub fn write(out: &mut dyn Write, title: &str, event: &Event) -> io::Result<()> {
    let title = html(title);
    write!(
        out,
        r##"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="duizhao {version}">
<title>{title} · 对照</title>
<style>
{STYLE}</style>
</head>
<body>
<header class="bar">
<p class="name"><span lang="zh">对照</span> {title}</p>
<form id="filter" hidden>
<label><input type="radio" name="show" value="all" checked> all</label>
<label><input type="radio" name="show" value="shared"> shared</label>
<label><input type="radio" name="show" value="alone"> in one source only</label>
</form>
</header>
<main>
"##,
        version = env!("CARGO_PKG_VERSION"),
    )?;
    matrix(out, event)?;
    writeln!(
        out,
        "<p class=\"soft legend\"><span class=\"passage shared\">also in another source</span> <span class=\"passage alone\">in \
         this source only</span> <span class=\"rest\">a part that is in this source only</span> <span class=\"links\"><a>2.5</a></span> \
         source 2 says the same in its passage 5, <span class=\"links\"><a class=\"part\">2.5</a></span> a part of it; \
         <span class=\"links\"><a>2.5</a>+<a>2.6</a></span> both passages together</p>\n<section class=\"sources\" style=\"--sources: {}\">",
        event.sources.len()
    )?;
    for source in 0..event.sources.len() {
        column(out, event, source)?;
    }
    writeln!(out, "</section>")?;
    quotations(out, event)?;
    write!(out, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}

/// Statements against sources.
fn matrix(out: &mut dyn Write, event: &Event) -> io::Result<()> {
    let statements = event.statements();
    writeln!(
        out,
        "<details class=\"matrix\" open>\n<summary>Coverage: {} statements in {} sources. An empty cell says “not found”, \
         which is not “denied”.</summary>\n<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">statement</th>",
        statements.len(),
        event.sources.len()
    )?;
    for (at, source) in event.sources.iter().enumerate() {
        writeln!(
            out,
            "<th scope=\"col\"><a href=\"#s{at}\">{}</a><br><span class=\"soft\">{}</span></th>",
            at + 1,
            role(source.role)
        )?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for statement in &statements {
        row(out, event, statement)?;
    }
    writeln!(out, "</tbody></table></div>\n</details>")
}

fn row(out: &mut dyn Write, event: &Event, statement: &Statement) -> io::Result<()> {
    let source = &event.sources[statement.source];
    let passage = &source.passages[statement.passage];
    let (at, number) = (statement.source, statement.passage);
    write!(
        out,
        "<tr><th scope=\"row\" lang=\"{}\"><a href=\"#s{at}p{number}\">{}</a></th>",
        passage.lang.tag(),
        html(&beginning(passage.text))
    )?;
    for (other, cell) in statement.found.iter().enumerate() {
        match cell {
            Some((label, there)) => {
                let name = if other == at { "said" } else { label.name() };
                write!(
                    out,
                    "<td class=\"{name}\"><a href=\"#s{other}p{there}\">{name}</a></td>"
                )?;
            }
            None => write!(
                out,
                "<td class=\"none\"><span class=\"unseen\">not found</span></td>"
            )?,
        }
    }
    writeln!(out, "</tr>")
}

/// As much of a passage as a table has room for.
fn beginning(text: &str) -> String {
    const COLUMNS: usize = 72;
    let mut width = 0;
    let cut = text.char_indices().find(|(_, c)| {
        width += if *c >= '\u{2e80}' { 2 } else { 1 };
        width > COLUMNS
    });
    match cut {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

fn column(out: &mut dyn Write, event: &Event, at: usize) -> io::Result<()> {
    let source = &event.sources[at];
    let gaps = event.gaps(at);
    let guessed = if source.role_is_guessed { " (guessed)" } else { "" };
    let date = source
        .document
        .date
        .map_or(String::new(), |date| format!(" · {date}"));
    let issuer = source
        .issuer
        .as_ref()
        .map_or(String::new(), |issuer| format!(" · {}", html(issuer)));
    let version = source.version_of.map_or(String::new(), |before| {
        format!(" · a version of <a href=\"#s{before}\">{}</a>", before + 1)
    });
    writeln!(
        out,
        "<article id=\"s{at}\" class=\"source\">\n<h2 lang=\"{}\">{}. {}</h2>\n<p class=\"soft\">{}{guessed}{date}{issuer}{version} · {}</p>\n\
         <p class=\"soft\"><b>{}</b> of {} passages stand in no other source</p>",
        source.side.name(),
        at + 1,
        html(source.title()),
        role(source.role),
        html(&source.document.source),
        gaps.len(),
        source.passages.len(),
    )?;
    let mut segment = None;
    for (number, passage) in source.passages.iter().enumerate() {
        let begins = if segment.replace(passage.segment) == Some(passage.segment) {
            ""
        } else {
            " begins"
        };
        let state = if gaps.binary_search(&number).is_ok() {
            "alone"
        } else {
            "shared"
        };
        writeln!(
            out,
            "<div id=\"s{at}p{number}\" class=\"passage {state}{begins}\" tabindex=\"0\" lang=\"{}\">{}",
            passage.lang.tag(),
            text(event, at, number)
        )?;
        links(out, event, at, number)?;
        writeln!(out, "</div>")?;
    }
    writeln!(out, "</article>")
}

/// A passage's words in the pieces that its links tell apart; those that only this source says are marked.
fn text(event: &Event, source: usize, passage: usize) -> String {
    let text = event.sources[source].passages[passage].text;
    let said = event.said_elsewhere(source, passage);
    let piece = |piece: &Span| {
        let is_said = said
            .iter()
            .any(|said| said.start() <= piece.start() && piece.end() <= said.end());
        let class = if is_said || said.is_empty() {
            ""
        } else {
            " class=\"rest\""
        };
        format!("<span{class}>{}</span>", html(piece.of(text)))
    };
    pieces(event, source, passage).iter().map(piece).collect()
}

/// A passage, cut where a part of it begins or ends that another source says.
fn pieces(event: &Event, source: usize, passage: usize) -> Vec<Span> {
    let linked = event.partners(source, passage);
    let linked = linked.filter(|partner| partner.link.label.is_link());
    let mut cuts: Vec<usize> = linked
        .flat_map(|partner| [partner.here.start(), partner.here.end()])
        .collect();
    cuts.extend([0, event.sources[source].passages[passage].text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|cut| Span::new(cut[0], cut[1])).collect()
}

/// The pieces of a passage that a part of it holds: the first and the last.
fn held(pieces: &[Span], part: Span) -> String {
    let first = pieces.partition_point(|piece| piece.start() < part.start());
    let last = pieces.partition_point(|piece| piece.end() < part.end());
    format!("{first} {last}")
}

/// Where else a passage is said, with what speaks for it; what belongs together is joined by a plus.
fn links(out: &mut dyn Write, event: &Event, source: usize, passage: usize) -> io::Result<()> {
    let mut partners: Vec<Partner> = event
        .partners(source, passage)
        .filter(|partner| partner.link.label.is_link())
        .collect();
    partners.sort_by_key(|partner| (partner.source, partner.link.group, partner.passage));
    if partners.is_empty() {
        return Ok(());
    }
    write!(out, "<span class=\"links\" lang=\"en\">")?;
    let here = pieces(event, source, passage);
    let mut before = None;
    for partner in &partners {
        let Partner {
            source: other,
            passage: there,
            link,
            ..
        } = partner;
        let joins = before.replace((other, link.group)) == Some((other, link.group));
        write!(
            out,
            "{}<a class=\"{}\" href=\"#s{other}p{there}\" data-here=\"{}\" data-there=\"{}\" title=\"{}, {:.0}%: {}\">{}.{}</a>",
            if joins { "+" } else { " " },
            link.label.name(),
            held(&here, partner.here),
            held(&pieces(event, *other, *there), partner.there),
            link.label.name(),
            link.score * 100.0,
            html(&evidence(&link.evidence)),
            other + 1,
            event.sources[*other].passages[*there].index + 1,
        )?;
    }
    writeln!(out, "</span>")
}

/// The words that matched, as one line.
pub fn evidence(evidence: &[Evidence]) -> String {
    let pair = |pair: &Evidence| match pair.zh == pair.en {
        true => pair.zh.clone(),
        false => format!("{}={}", pair.zh, pair.en),
    };
    evidence.iter().map(pair).collect::<Vec<_>>().join(" ")
}

fn quotations(out: &mut dyn Write, event: &Event) -> io::Result<()> {
    if event.quotes.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"quotes\">\n<h2>Quotations</h2>\n<ul>")?;
    for quote in &event.quotes {
        let speaker = quote
            .speaker
            .as_ref()
            .map_or(String::new(), |speaker| format!(" <b>{}</b>:", html(speaker)));
        let said = &event.sources[quote.readout].passages[quote.quoted];
        writeln!(
            out,
            "<li><a href=\"#s{}p{}\">{}</a>{speaker} “{}” <span class=\"soft\">{} of</span> <a href=\"#s{}p{}\" lang=\"{}\">{}</a></li>",
            quote.coverage,
            quote.passage,
            quote.coverage + 1,
            html(&quote.words),
            quote.kind.name(),
            quote.readout,
            quote.quoted,
            said.lang.tag(),
            html(said.text),
        )?;
    }
    writeln!(out, "</ul>\n</section>")
}

/// A role as people call it.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Readout => "readout",
        Role::Coverage => "coverage",
        Role::Transcript => "transcript",
        Role::Statement => "statement",
    }
}

/// Text as mark-up, control characters as their pictures.
fn html(text: &str) -> String {
    let shown = |c: char| match u32::from(c) {
        code @ (0..=8 | 11..=31) => char::from_u32(0x2400 + code).unwrap_or(c),
        _ => c,
    };
    escape(text.chars().map(shown).collect::<String>()).into_owned()
}
