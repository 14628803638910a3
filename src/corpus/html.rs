//! Rows into one page to read side by side: self-contained, working from disk, on paper and on a telephone.

use super::manifest::{Input, Record};
use super::{Dropped, Row};
use crate::language::Side;
use quick_xml::escape::escape;
use std::collections::BTreeMap;
use std::io::{self, Write};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// A section for each document pair. Its head tells what the section holds, so the rows of one pair are kept until the
/// next begins. Without script the page is whole and readable; the script filters.
///
/// A control character is shown as its picture (U+2400 and on).
pub struct Writer<W> {
    out: W,
    record: Option<Record>,
    rows: Vec<Row>,
    sections: usize,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> Self {
        Writer {
            out,
            record: None,
            rows: vec![],
            sections: 0,
        }
    }

    /// Gives the next rows their titles, and names what was dropped.
    pub fn begin(&mut self, record: &Record) -> io::Result<()> {
        self.section()?;
        self.record = Some(record.clone());
        Ok(())
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.pair_id().is_some_and(|id| id != row.doc_pair_id) {
            self.section()?;
        }
        self.rows.push(row.clone());
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.section()?;
        if self.sections == 0 {
            self.head("")?;
        }
        write!(
            self.out,
            "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
        )?;
        Ok(self.out)
    }

    /// The document pair that the page is at.
    fn pair_id(&self) -> Option<&str> {
        let record = self.record.as_ref().map(|record| &record.doc_pair_id);
        record
            .or(self.rows.first().map(|row| &row.doc_pair_id))
            .map(String::as_str)
    }

    /// Writes the pair that the page is at, if it is at any.
    fn section(&mut self) -> io::Result<()> {
        let Some(id) = self.pair_id().map(html) else {
            return Ok(());
        };
        if self.sections == 0 {
            self.head(&id)?;
        }
        self.sections += 1;
        let (record, rows) = (self.record.take(), std::mem::take(&mut self.rows));
        let section = self.sections;
        writeln!(
            self.out,
            "<section class=\"pair\">\n<h2 id=\"pair-{section}\">{id}</h2>\n<div class=\"documents\">"
        )?;
        self.document(Side::Zh, record.as_ref().map(|record| &record.zh), &rows)?;
        self.document(Side::En, record.as_ref().map(|record| &record.en), &rows)?;
        writeln!(self.out, "</div>\n<p class=\"kinds\">{}</p>", kinds(&rows))?;
        if let Some(record) = record.filter(|record| !record.dropped.is_empty()) {
            self.dropped(&record.dropped)?;
        }
        writeln!(self.out, "<ol class=\"rows\">")?;
        for row in &rows {
            self.item(row)?;
        }
        writeln!(self.out, "</ol>\n</section>")
    }

    fn head(&mut self, title: &str) -> io::Result<()> {
        let title = if title.is_empty() {
            "对照".to_owned()
        } else {
            format!("{title} · 对照")
        };
        write!(
            self.out,
            r##"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="duizhao {version}">
<title>{title}</title>
<style>
{STYLE}</style>
</head>
<body>
<header class="bar">
<p class="name"><span lang="zh">对照</span> side by side</p>
<form id="filter" hidden>
<fieldset>
<legend>Show</legend>
<label><input type="radio" name="show" value="all" checked> all</label>
<label><input type="radio" name="show" value="unaligned"> only unaligned</label>
<span class="limit"><label><input type="radio" name="show" value="doubtful"> scores up to</label>
<input type="range" name="limit" min="0" max="1" step="0.01" value="0.8" aria-label="highest score shown">
<output name="value">0.80</output></span>
</fieldset>
<p id="shown" role="status"></p>
</form>
</header>
<main>
"##,
            version = env!("CARGO_PKG_VERSION"),
        )
    }

    /// The head of one side: title, source, sentences and how many of them have a counterpart.
    fn document(&mut self, side: Side, input: Option<&Input>, rows: &[Row]) -> io::Result<()> {
        let (class, name) = match side {
            Side::Zh => ("zh", "中文"),
            Side::En => ("en", "English"),
        };
        let halves = || rows.iter().map(|row| Half::of(row, side));
        let sentences = |row: &Row| Half::of(row, side).ids.split_whitespace().count();
        let all: usize = rows.iter().map(sentences).sum();
        let linked: usize = rows.iter().filter(|row| row.is_link()).map(sentences).sum();
        let lang = halves()
            .map(|half| half.lang)
            .find(|lang| !lang.is_empty())
            .unwrap_or(class);
        let source = match input {
            Some(input) => &input.source,
            None => halves().next().map_or("", |half| half.url),
        };
        writeln!(
            self.out,
            "<div class=\"{class}\">\n<p class=\"side\" lang=\"{class}\">{name}</p>"
        )?;
        if let Some(title) = input.and_then(|input| input.title.as_ref()) {
            writeln!(
                self.out,
                "<p class=\"title\" lang=\"{}\">{}</p>",
                html(lang),
                html(title)
            )?;
        }
        writeln!(self.out, "<p class=\"source\">{}</p>", html(source))?;
        let share = match (linked * 100).checked_div(all) {
            Some(share) => format!(", <b>{share}&nbsp;%</b> aligned"),
            None => String::new(),
        };
        let noun = plural("sentence", all);
        writeln!(self.out, "<p class=\"count\">{all} {noun}{share}</p>\n</div>")
    }

    fn dropped(&mut self, dropped: &[Dropped]) -> io::Result<()> {
        let noun = plural("sentence", dropped.len());
        writeln!(
            self.out,
            "<details class=\"dropped\">\n<summary>{} {noun} kept out</summary>\n<ul>",
            dropped.len()
        )?;
        for Dropped {
            side,
            id,
            text,
            reason,
        } in dropped
        {
            let side = if *side == Side::Zh { "Chinese" } else { "English" };
            let (id, reason, text) = (html(id), html(reason), html(text));
            writeln!(
                self.out,
                "<li>{side} document, {id} ({reason}): <span lang=\"und\">{text}</span></li>"
            )?;
        }
        writeln!(self.out, "</ul>\n</details>")
    }

    fn item(&mut self, row: &Row) -> io::Result<()> {
        let anchor = format!("r{}-{}", self.sections, row.link_no);
        match row.aligner_score {
            Some(score) => writeln!(
                self.out,
                "<li id=\"{anchor}\" style=\"--score:{score:.2}\" data-score=\"{score}\">"
            )?,
            None if row.is_link() => writeln!(self.out, "<li id=\"{anchor}\">")?,
            None => writeln!(self.out, "<li id=\"{anchor}\" class=\"unaligned\">")?,
        }
        write!(
            self.out,
            "<p class=\"mark\"><a href=\"#{anchor}\">{}</a> <span>{}</span>",
            row.link_no,
            html(&row.align_type)
        )?;
        if let Some(score) = row.aligner_score {
            let title = "the probability that this row is right";
            write!(self.out, " <b title=\"{title}: {score:.4}\">{score:.2}</b>")?;
        }
        writeln!(self.out, "</p>")?;
        self.cell(row, Side::Zh)?;
        self.cell(row, Side::En)?;
        writeln!(self.out, "</li>")
    }

    fn cell(&mut self, row: &Row, side: Side) -> io::Result<()> {
        let (class, missing) = match side {
            Side::Zh => ("zh", "not in the Chinese"),
            Side::En => ("en", "not in the English"),
        };
        let Half { lang, ids, text, .. } = Half::of(row, side);
        if text.is_empty() {
            return writeln!(self.out, "<p class=\"{class} missing\">{missing}</p>");
        }
        let (lang, ids, text) = (html(lang), html(ids), html(text));
        writeln!(
            self.out,
            "<p class=\"{class}\" lang=\"{lang}\"><small>{ids}</small> {text}</p>"
        )
    }
}

/// One side of a row.
struct Half<'a> {
    url: &'a str,
    lang: &'a str,
    ids: &'a str,
    text: &'a str,
}

impl<'a> Half<'a> {
    fn of(row: &'a Row, side: Side) -> Half<'a> {
        let (url, lang, ids, text) = match side {
            Side::Zh => (&row.src_url, &row.src_lang, &row.src_sent_ids, &row.src_text),
            Side::En => (&row.trg_url, &row.trg_lang, &row.trg_sent_ids, &row.trg_text),
        };
        Half { url, lang, ids, text }
    }
}

/// How many rows of each kind there are, the most frequent first.
fn kinds(rows: &[Row]) -> String {
    let mut kinds = BTreeMap::<&str, usize>::new();
    for row in rows {
        *kinds.entry(&row.align_type).or_default() += 1;
    }
    let mut kinds: Vec<_> = kinds.into_iter().filter(|(kind, _)| !kind.is_empty()).collect();
    kinds.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let kinds = kinds
        .iter()
        .map(|(kind, number)| format!(" <span><b>{}</b> × {number}</span>", html(kind)));
    let noun = plural("row", rows.len());
    format!("{} {noun}{}", rows.len(), kinds.collect::<String>())
}

fn plural(noun: &str, number: usize) -> String {
    if number == 1 {
        noun.to_owned()
    } else {
        format!("{noun}s")
    }
}

/// A text as the page holds it, in an element or in an attribute.
fn html(text: &str) -> String {
    let picture = |c: char| match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    escape(text.chars().map(picture).collect::<String>()).into_owned()
}
