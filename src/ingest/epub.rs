//! EPUB into the text of its chapters, in the order of its spine; each chapter is read as the page it is.

use super::package::{Package, resolve};
use super::xml::Piece;
use super::{Format, Parsed, Segment, Settings, Source, decode, html, letters};
use crate::error::{Error, Kind, Result};
use crate::span::Span;
use std::collections::{HashMap, HashSet};

pub(super) fn parse(source: &Source, settings: &Settings) -> Result<Parsed> {
    let mut package = Package::open(source, "EPUB", settings)?;
    let book = book(&mut package)?;
    let locked = locked(&mut package)?;
    let mut parsed = Parsed {
        title: book.title.clone(),
        ..Parsed::default()
    };
    for chapter in book.chapters() {
        if locked.contains(&chapter.part) {
            let cause = format!("{} is locked (DRM)", chapter.part);
            return Err(Error::new(Kind::Binary, &source.name, cause).remedy("use a copy without DRM"));
        }
        let Some(bytes) = package.bytes(&chapter.part)? else {
            let cause = format!("{} is missing, a chapter of it", chapter.part);
            return Err(Error::new(Kind::Malformed, &source.name, cause).remedy("fetch the whole book anew"));
        };
        let name = format!("{}/{}", source.name, chapter.part);
        let page = page(Source { name, bytes }, settings)?;
        if chapter.is_contents {
            let letters = letters(&page.text) + page.kept_out.values().sum::<usize>();
            *parsed.kept_out.entry("table of contents".into()).or_default() += letters;
        } else {
            append(&mut parsed, page);
        }
    }
    Ok(parsed)
}

fn page(source: Source, settings: &Settings) -> Result<Parsed> {
    if source.bytes.is_empty() {
        return Ok(Parsed::default());
    }
    // What the user says of encodings is said of text files; a book says its own.
    let settings = Settings {
        encoding: None,
        ..settings.clone()
    };
    let decoded = decode::decode(&source, Format::Html, &settings)?;
    html::parse(&source.name, &without_short_ends(&decoded.text))
}

fn append(book: &mut Parsed, page: Parsed) {
    let start = book.text.len();
    let moved = |segment: Segment| Segment {
        span: Span::new(start + segment.span.start(), start + segment.span.end()),
        ..segment
    };
    book.segments.extend(page.segments.into_iter().map(moved));
    book.text.push_str(&page.text);
    book.notes.extend(page.notes);
    for (what, letters) in page.kept_out {
        *book.kept_out.entry(what).or_default() += letters;
    }
}

/// HTML's elements that have no end; the rest may end in `/>` in XHTML only, and there they often do: a reader of HTML
/// would take all that follows `<title/>` for the title.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// `<a id="x"/>` as `<a id="x"></a>`.
fn without_short_ends(xhtml: &str) -> String {
    let mut html = String::with_capacity(xhtml.len());
    let mut rest = xhtml;
    while let Some(end) = rest.find("/>") {
        let tag = rest[..end].rfind('<').map(|start| &rest[start + 1..end]);
        let name = tag.map(|tag| {
            tag.split(|c: char| !c.is_alphanumeric() && c != ':')
                .next()
                .unwrap_or(tag)
        });
        html.push_str(&rest[..end]);
        match name {
            Some(name) if !name.is_empty() && !VOID.contains(&name) => {
                html.push_str("></");
                html.push_str(name);
                html.push('>');
            }
            _ => html.push_str("/>"),
        }
        rest = &rest[end + 2..];
    }
    html + rest
}

#[derive(Default)]
struct Book {
    title: Option<String>,
    items: HashMap<String, Chapter>,
    /// Ids of items, and whether they stand in the line of reading.
    spine: Vec<(String, bool)>,
}

#[derive(Debug, Clone)]
struct Chapter {
    part: String,
    is_text: bool,
    is_contents: bool,
}

impl Book {
    /// The chapters of text, once each; what is read by the way (notes, mostly) comes last.
    fn chapters(&self) -> Vec<&Chapter> {
        let of = |wanted: bool| self.spine.iter().filter(move |&&(_, linear)| linear == wanted);
        let mut seen = HashSet::new();
        let chapters = of(true).chain(of(false)).filter_map(|(id, _)| self.items.get(id));
        chapters
            .filter(|chapter| chapter.is_text && seen.insert(&chapter.part))
            .collect()
    }
}

fn book(package: &mut Package) -> Result<Book> {
    let mut root = None;
    package.xml("META-INF/container.xml", |piece| {
        if let Piece::Start(element) = piece
            && element.name() == "rootfile"
            && root.is_none()
        {
            root = element.get("full-path");
        }
    })?;
    let root = root.filter(|root| package.has(root)).ok_or_else(|| {
        Error::new(
            Kind::Malformed,
            package.source,
            "a ZIP archive without a book in it",
        )
        .remedy("give it the extension of what it is")
    })?;
    let (mut book, mut in_title) = (Book::default(), false);
    package.xml(&root, |piece| match piece {
        Piece::Start(element) => match element.name() {
            "title" if book.title.is_none() => in_title = true,
            "item" => {
                let (Some(id), Some(reference)) = (element.get("id"), element.get("href")) else {
                    return;
                };
                let kind = element.get("media-type").unwrap_or_default();
                let properties = element.get("properties").unwrap_or_default();
                let chapter = Chapter {
                    part: resolve(&root, &unescaped(&reference)),
                    is_text: kind.contains("html"),
                    is_contents: properties.split_whitespace().any(|property| property == "nav"),
                };
                book.items.insert(id, chapter);
            }
            "itemref" => {
                let linear = element.get("linear").is_none_or(|linear| linear != "no");
                book.spine.extend(element.get("idref").map(|id| (id, linear)));
            }
            _ => {}
        },
        Piece::Text(text) if in_title => book.title.get_or_insert_default().push_str(&text),
        Piece::End(name) if name == "title" => in_title = false,
        Piece::End(_) | Piece::Text(_) => {}
    })?;
    book.title = book
        .title
        .map(|title| title.trim().to_owned())
        .filter(|title| !title.is_empty());
    Ok(book)
}

/// The parts that are encrypted; fonts often are, without anybody's being kept from reading.
fn locked(package: &mut Package) -> Result<HashSet<String>> {
    let mut parts = HashSet::new();
    package.xml("META-INF/encryption.xml", |piece| {
        if let Piece::Start(element) = piece
            && element.name() == "CipherReference"
        {
            parts.extend(element.get("URI").map(|part| resolve("", &unescaped(&part))));
        }
    })?;
    Ok(parts)
}

/// `a%20b` as `a b`: references are URIs, names of parts are not.
fn unescaped(reference: &str) -> String {
    let mut bytes = Vec::with_capacity(reference.len());
    let mut rest = reference.split('#').next().unwrap_or_default().as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let code = behind
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| reference.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ends_of_xhtml_do_not_swallow_the_page() {
        let page = "<title/><a id='x'/>船<br/>埠<hr />1/>2";
        assert_eq!(
            without_short_ends(page),
            "<title></title><a id='x'></a>船<br/>埠<hr />1/>2"
        );
    }

    #[test]
    fn references_are_unescaped() {
        assert_eq!(unescaped("%E7%AB%A0%201.xhtml#a"), "章 1.xhtml");
        assert_eq!(unescaped("100%.xhtml"), "100%.xhtml");
    }
}
