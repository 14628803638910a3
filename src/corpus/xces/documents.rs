//! The rows of a pair into the two documents that its links point at.

use super::super::xml;
use crate::corpus::Row;
use crate::corpus::output::Output;
use crate::error::{Error, Result};
use crate::language::Side;
use crate::script::{Script, convert::Converter};
use std::io::{self, Write};
use std::path::Path;

/// The names of a pair's documents.
pub fn documents(pair: &str) -> [String; 2] {
    [Side::Zh, Side::En].map(|side| format!("{pair}.{}.xml", side.name()))
}

/// Writes the sentences of a pair's rows, as [`rows`](crate::corpus::rows()) made them, to its [`documents`] in a folder, a `<s id="3.2">` each in a `<p>` for each paragraph; and lets the rows point at these documents.
///
/// Chinese is written in `script`, where one is given. Gives back the number of characters that XML cannot hold.
///
/// # Errors
/// When a document cannot be written.
pub fn write_documents(folder: &Path, pair: &str, rows: &mut [Row], script: Option<Script>) -> Result<usize> {
    let converter = script.map(Converter::new);
    let mut illegal = 0;
    for (side, name) in [Side::Zh, Side::En].into_iter().zip(documents(pair)) {
        let converter = converter.as_ref().filter(|_| side == Side::Zh);
        let mut out = Output::create(folder.join(&name))?;
        illegal += write(&mut out, side, rows, converter).map_err(|cause| Error::write(&*name, &cause))?;
        out.commit()?;
        for row in rows.iter_mut() {
            *match side {
                Side::Zh => &mut row.src_url,
                Side::En => &mut row.trg_url,
            } = name.clone();
        }
    }
    Ok(illegal)
}

fn write(out: &mut impl Write, side: Side, rows: &[Row], converter: Option<&Converter>) -> io::Result<usize> {
    let mut illegal = 0;
    let mut open: Option<&str> = None;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<text>")?;
    for (id, text) in rows.iter().flat_map(|row| sentences(side, row)) {
        let paragraph = id.split('.').next().unwrap_or(id);
        if open != Some(paragraph) {
            if open.is_some() {
                writeln!(out, " </p>")?;
            }
            writeln!(out, " <p id=\"{paragraph}\">")?;
            open = Some(paragraph);
        }
        let converted = converter.map(|converter| converter.convert(text));
        let (text, left_out) = xml::legal(converted.as_deref().unwrap_or(text));
        illegal += left_out;
        writeln!(out, "  <s id=\"{id}\">{text}</s>")?;
    }
    if open.is_some() {
        writeln!(out, " </p>")?;
    }
    writeln!(out, "</text>")?;
    Ok(illegal)
}

/// The ids and texts of one side's sentences.
fn sentences(side: Side, row: &Row) -> impl Iterator<Item = (&str, &str)> {
    let (ids, text, ends) = match side {
        Side::Zh => (&row.src_sent_ids, &row.src_text, &row.src_ends),
        Side::En => (&row.trg_sent_ids, &row.trg_text, &row.trg_ends),
    };
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let texts = starts.zip(ends).map(|(start, end)| text[start..*end].trim());
    ids.split(' ').zip(texts)
}
