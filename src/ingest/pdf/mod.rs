//! PDF with a text layer into its text: lines into paragraphs, notes behind the body, what stands on every page behind
//! both; each passage keeps its page.
//!
//! Text is taken in the order in which it was drawn, which programs that set text keep to, columns and all.

mod font;
mod layout;
mod page;

use super::{Locator, Parsed, SegmentKind, Settings, Source};
use crate::error::{Error, Kind, Note, Result};
use crate::span::Span;
use layout::Block;
use page::{Fonts, Page};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is read, and the number of characters that no font says.
pub(super) fn parse(source: &Source, settings: &Settings) -> Result<(Parsed, usize)> {
    let name = &source.name;
    let head = &source.bytes[..source.bytes.len().min(1024)];
    if source.bytes.is_empty() {
        return Err(Error::new(Kind::Empty, name, "the file is empty"));
    }
    if !head.windows(5).any(|five| five == b"%PDF-") {
        let error = Error::new(Kind::Malformed, name, "no PDF file: it does not begin as one");
        return Err(error.remedy("give it the extension of what it is"));
    }
    // Of all formats this one is written in the most ways; what its reader has not thought of must stop no other document.
    let pages = catch_unwind(AssertUnwindSafe(|| pages(source, settings)));
    let pages = pages.unwrap_or_else(|_| Err(broken(name, "it is not built as PDF is")))?;
    let unknown = pages.iter().map(|page| page.unknown).sum();
    if pages.iter().all(|page| page.lines.is_empty()) {
        return Err(without_text(name, &pages, unknown));
    }
    let laid_out = layout::blocks(&pages);
    let mut parsed = Parsed {
        title: laid_out.title,
        ..Parsed::default()
    };
    for block in &laid_out.blocks {
        push(&mut parsed, block);
    }
    for (what, letters) in [
        ("page numbers", laid_out.page_numbers),
        ("marks of notes", pages.iter().map(|page| page.marks).sum()),
        ("turned text", pages.iter().map(|page| page.turned).sum()),
    ] {
        parsed.kept_out.insert(what.into(), letters);
    }
    parsed.notes.extend(notes(name, &pages, unknown));
    Ok((parsed, unknown))
}

fn broken(name: &str, cause: &str) -> Error {
    let error = Error::new(Kind::Malformed, name, format!("broken PDF: {cause}"));
    error.remedy("open it in a viewer and print it to PDF anew")
}

fn pages(source: &Source, settings: &Settings) -> Result<Vec<Page>> {
    let name = &source.name;
    let document = match lopdf::Document::load_mem(&source.bytes) {
        Ok(document) if document.is_encrypted() => return Err(locked(name)),
        Ok(document) => document,
        Err(
            lopdf::Error::Decryption(_)
            | lopdf::Error::InvalidPassword
            | lopdf::Error::UnsupportedSecurityHandler(_),
        ) => {
            return Err(locked(name));
        }
        Err(cause) => return Err(broken(name, &cause.to_string())),
    };
    let (mut fonts, mut left) = (Fonts::new(), settings.max_bytes);
    let mut pages = Vec::new();
    for id in document.page_iter() {
        let page = page::read(&document, id, &mut fonts);
        left = left.checked_sub(page.bytes as u64).ok_or_else(|| {
            let cause = format!(
                "unpacks to more than {} bytes, the most that is read as one document",
                settings.max_bytes
            );
            Error::new(Kind::Read, name, cause).remedy("cut it into several files")
        })?;
        pages.push(page);
    }
    if pages.is_empty() {
        return Err(broken(name, "no page in it"));
    }
    Ok(pages)
}

fn locked(name: &str) -> Error {
    Error::new(Kind::Binary, name, "it is locked by a password")
        .remedy("save it without one: qpdf --decrypt does")
}

fn without_text(name: &str, pages: &[Page], unknown: usize) -> Error {
    if unknown > 0 {
        let cause = format!("its fonts do not say which characters they show ({unknown} of them)");
        return Error::new(Kind::Decode, name, cause).remedy(
            "make the PDF anew with the text kept searchable, or read it by OCR: ocrmypdf --force-ocr",
        );
    }
    let pictures = pages.iter().filter(|page| page.pictures > 0).count();
    let cause = match pictures {
        0 => "no text in it".into(),
        _ => format!(
            "no text in it: {pictures} of {} pages are pictures, as of a scan",
            pages.len()
        ),
    };
    Error::new(Kind::Empty, name, cause)
        .remedy("read it by OCR first: ocrmypdf -l chi_sim+eng IN.pdf OUT.pdf")
}

fn notes(name: &str, pages: &[Page], unknown: usize) -> Vec<Note> {
    let mut notes = Vec::new();
    if unknown > 0 {
        notes.push(Note::new(
            name,
            format!("{unknown} characters are lost: its fonts do not say which they are"),
        ));
    }
    let is_picture = |page: &Page| page.lines.is_empty() && page.pictures > 0;
    let numbered = || {
        pages
            .iter()
            .enumerate()
            .filter(|(_, page)| is_picture(page))
            .map(|(at, _)| at + 1)
    };
    if let Some(first) = numbered().next() {
        let text = format!(
            "no text on {} pages, which are pictures; the first is page {first}",
            numbered().count()
        );
        notes.push(Note::new(name, text));
    }
    notes
}

fn push(parsed: &mut Parsed, block: &Block) {
    let start = parsed.text.len();
    parsed.push(block.kind, &block.text);
    if block.kind == SegmentKind::Running {
        return;
    }
    // The text of a block has no white space at its ends, so nothing has moved.
    let place = |&(from, to, page): &(usize, usize, usize)| {
        (
            Span::new(start + from, start + to),
            Locator::Page(u32::try_from(page).unwrap_or(u32::MAX)),
        )
    };
    parsed.locators.extend(block.pages.iter().map(place));
}
