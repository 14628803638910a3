//! HTML into its main text: a block a line; navigation is left out and named.

mod nesting;
mod tree;

use super::{Parsed, SegmentKind, iso_date, joint, line};
use crate::error::{Error, Kind, Note, Result};
use tree::{Element, Step, Tree};

/// # Errors
/// [`Kind::Malformed`] for what nests so deeply that its tree is not built in time, or repeats so much that it is not built
/// in memory.
pub(super) fn parse(source: &str, text: &str) -> Result<Parsed> {
    let refuse = |byte: usize, cause: String| {
        Error::new(Kind::Malformed, source, cause)
            .line(line(text, byte))
            .remedy("open it in a browser, and save what it shows as plain text")
    };
    if let Some((byte, open)) = nesting::too_deep(text) {
        let cause = format!("{open} elements within one another, as no page has them");
        return Err(refuse(byte, cause));
    }
    let page = Tree::of(text).map_err(|byte| {
        let cause = "up to here, elements that are left open are repeated in each paragraph, as in no page";
        refuse(byte, cause.into())
    })?;
    let page = page.root();
    let body = page.elements().find(|e| e.name() == "body").unwrap_or(page);
    let main = main(page).unwrap_or(body);
    let mut reader = Reader::default();
    reader.read(main);
    let mut parsed = reader.parsed;
    if main != body {
        let outside = letters(body).saturating_sub(letters(main));
        parsed
            .kept_out
            .insert(format!("all outside <{}>", main.name()), outside);
    }
    parsed.notes.extend(reader.left_out.note(source));
    parsed.title = title(page);
    parsed.date = date(page);
    Ok(parsed)
}

/// Links that are navigation and no text.
#[derive(Default)]
struct LeftOut {
    links: usize,
    first: Option<String>,
}

impl LeftOut {
    fn add(&mut self, block: &Block) {
        self.links += block.links;
        self.first
            .get_or_insert_with(|| block.text.trim().chars().take(40).collect());
    }

    fn note(self, source: &str) -> Option<Note> {
        let (number, first) = (self.links, self.first?);
        let text = format!("kept out: {number} links in a row, from “{first}” on");
        Some(Note::new(source, text))
    }
}

/// The one element that is said to be the main text.
fn main(page: Element<'_>) -> Option<Element<'_>> {
    let is_main = |e: &Element| e.name() == "main" || e.attr("role") == Some("main");
    let is_article = |e: &Element| e.name() == "article";
    only(page.elements().filter(is_main)).or_else(|| only(page.elements().filter(is_article)))
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    found.next().filter(|_| found.next().is_none())
}

/// The day that the page says it is of, in its `meta` elements or its first `time`.
fn date(page: Element) -> Option<crate::value::date::Date> {
    let metas: [(&str, &[&str]); 3] = [
        ("property", &["article:published_time"]),
        ("name", &["date", "pubdate", "publishdate", "PubDate"]),
        ("itemprop", &["datePublished"]),
    ];
    let said = metas.into_iter().flat_map(|(attribute, names)| {
        let is_date = |e: &Element| {
            let said = e.attr(attribute);
            e.name() == "meta" && said.is_some_and(|name| names.contains(&name))
        };
        let metas = page.elements().filter(move |e| is_date(e));
        metas.filter_map(|meta| meta.attr("content"))
    });
    let times = page.elements().filter(|e| e.name() == "time");
    said.chain(times.filter_map(|time| time.attr("datetime")))
        .find_map(iso_date)
}

/// The first heading of the highest rank; pages often add the site's name to their `title`.
fn title(page: Element) -> Option<String> {
    let words = |element: Element| {
        let mut reader = Reader {
            keeps_links: true,
            ..Reader::default()
        };
        reader.read(element);
        let words: Vec<_> = reader.parsed.text.split_ascii_whitespace().collect();
        words.join(" ")
    };
    ["h1", "title"].iter().find_map(|name| {
        let named = page.elements().filter(|e| e.name() == *name);
        named.map(words).find(|title| !title.is_empty())
    })
}

/// Characters of an element's text that are not white space; scripts and styles have no text.
fn letters(element: Element) -> usize {
    let (mut walk, mut letters) = (element.walk(), 0);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(inside) if inside != element && is_mute(inside.name()) => walk.pass_over(inside),
            Step::Text(text) => letters += super::letters(text) - text.matches(SOFT_HYPHEN).count(),
            _ => {}
        }
    }
    letters
}

/// Seen only where a line breaks at it.
const SOFT_HYPHEN: char = '\u{AD}';

#[derive(Default)]
struct Block {
    kind: Option<SegmentKind>,
    text: String,
    /// Characters of it that are links.
    linked: usize,
    links: usize,
}

impl Block {
    fn letters(&self) -> usize {
        super::letters(&self.text)
    }

    fn is_linked(&self) -> bool {
        self.linked * 5 >= self.letters() * 4
    }

    fn push_to(&self, parsed: &mut Parsed) {
        match self.kind.unwrap_or(SegmentKind::Paragraph) {
            SegmentKind::Code => parsed.push(SegmentKind::Code, &self.text),
            kind => parsed.push_lines(kind, &self.text),
        }
    }
}

/// Takes the text of an element, without its navigation.
#[derive(Default)]
struct Reader {
    parsed: Parsed,
    open: Block,
    /// Blocks in a row that are links and little else, of which it is open what they are.
    row: Vec<Block>,
    /// The row goes on from here as navigation.
    is_navigation: bool,
    left_out: LeftOut,
    /// A title may be made of links.
    keeps_links: bool,
    /// White space was seen since the last character, with or without a line end.
    space: Option<Space>,
    kinds: Vec<SegmentKind>,
    links: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Space {
    Blank,
    LineEnd,
}

impl Reader {
    fn read(&mut self, root: Element) {
        let total = letters(root);
        let mut walk = root.walk();
        while let Some(step) = walk.next() {
            match step {
                Step::Text(text) => self.text(text),
                Step::Leave(element) => self.leave(element),
                Step::Enter(element) if element != root && self.is_no_text(element, total) => {
                    walk.pass_over(element);
                }
                Step::Enter(element) => self.enter(element),
            }
        }
        self.flush();
        self.end_row();
    }

    fn is_no_text(&mut self, element: Element, total: usize) -> bool {
        let name = element.name();
        if is_mute(name) {
            return true;
        }
        if is_mark_of_note(element) {
            self.keep_out("marks of notes".into(), letters(element));
            return true;
        }
        if !is_aside(element) && name != "form" {
            return false;
        }
        let letters = letters(element);
        // Some systems put a form around the whole page.
        let is_out = name != "form" || letters * 2 <= total;
        if is_out {
            self.keep_out(format!("<{name}>"), letters);
        }
        is_out
    }

    fn keep_out(&mut self, what: String, letters: usize) {
        *self.parsed.kept_out.entry(what).or_default() += letters;
    }

    fn enter(&mut self, element: Element) {
        let name = element.name();
        match name {
            "br" => {
                self.open.text.push('\n');
                self.space = None;
            }
            "a" => {
                self.links += 1;
                self.open.links += 1;
            }
            _ if is_block(name) => self.flush(),
            _ => {}
        }
        // The items of a list of notes are notes.
        let is_in_note = self.kinds.last() == Some(&SegmentKind::Note);
        self.kinds
            .extend(kind(element).map(|kind| if is_in_note { SegmentKind::Note } else { kind }));
    }

    fn leave(&mut self, element: Element) {
        let name = element.name();
        if is_block(name) {
            self.flush();
        }
        if kind(element).is_some() {
            self.kinds.pop();
        }
        self.links -= usize::from(name == "a");
    }

    fn text(&mut self, text: &str) {
        if self.kinds.last() == Some(&SegmentKind::Code) {
            return self.open.text.push_str(text);
        }
        for c in text.chars() {
            match c {
                '\n' | '\r' => self.space = Some(Space::LineEnd),
                ' ' | '\t' | '\u{C}' => self.space = self.space.or(Some(Space::Blank)),
                SOFT_HYPHEN => {}
                _ => self.character(c),
            }
        }
    }

    fn character(&mut self, c: char) {
        let before = self.open.text.chars().next_back();
        match self.space.take() {
            Some(Space::LineEnd) => self.open.text.push_str(joint(before, Some(c))),
            Some(Space::Blank) if before.is_some_and(|before| before != '\n') => self.open.text.push(' '),
            _ => {}
        }
        self.open.text.push(c);
        self.open.linked += usize::from(self.links > 0 && !c.is_whitespace());
    }

    fn flush(&mut self) {
        self.space = None;
        let kind = self.kinds.last().copied();
        let block = std::mem::take(&mut self.open);
        if block.text.trim().is_empty() {
            return;
        }
        let block = Block { kind, ..block };
        if self.keeps_links || !block.is_linked() {
            self.end_row();
            return block.push_to(&mut self.parsed);
        }
        self.row.push(block);
        self.is_navigation |= self.row.len() >= 3;
        if self.is_navigation {
            self.row.drain(..).for_each(|block| self.left_out.add(&block));
        }
    }

    /// Three blocks and more in a row that are links and little else are navigation, or one of three links. A single link
    /// may be a sentence of the text.
    fn end_row(&mut self) {
        self.is_navigation = false;
        for block in self.row.drain(..) {
            if block.links >= 3 {
                self.left_out.add(&block);
            } else {
                block.push_to(&mut self.parsed);
            }
        }
    }
}

/// What the Digital Publishing roles and EPUB's types say of an element: `doc-footnote`, `footnote`, ...
fn roles(element: Element<'_>) -> impl Iterator<Item = &str> {
    let said = ["role", "epub:type"]
        .into_iter()
        .filter_map(move |name| element.attr(name));
    said.flat_map(str::split_whitespace)
        .map(|role| role.strip_prefix("doc-").unwrap_or(role))
}

fn is_note(element: Element) -> bool {
    let notes = [
        "footnote",
        "footnotes",
        "endnote",
        "endnotes",
        "rearnote",
        "rearnotes",
    ];
    roles(element).any(|role| notes.contains(&role))
}

/// The number of a note in the text, and the arrow behind the note that leads back to it.
fn is_mark_of_note(element: Element) -> bool {
    element.name() == "a" && roles(element).any(|role| ["noteref", "backlink"].contains(&role))
}

/// What stands on a page and is no part of its text.
fn is_aside(element: Element) -> bool {
    if is_note(element) {
        return false;
    }
    let attribute = |name: &str| element.attr(name).unwrap_or_default();
    match element.name() {
        "nav" | "aside" | "footer" | "button" | "select" | "textarea" | "rt" | "rp" => return true,
        "header" => {
            return !element
                .ancestors()
                .any(|around| ["main", "article"].contains(&around.name()));
        }
        _ => {}
    }
    matches!(
        attribute("role"),
        "navigation" | "banner" | "contentinfo" | "complementary" | "search" | "menu"
    ) || element.attr("hidden").is_some()
        || attribute("aria-hidden") == "true"
        || attribute("style").replace(' ', "").contains("display:none")
}

/// Whether nothing in it is shown as text.
fn is_mute(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "template" | "noscript" | "head" | "svg" | "math" | "iframe" | "object"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "form"
            | "fieldset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "hr"
            | "address"
            | "details"
            | "summary"
            | "center"
            | "body"
            | "html"
    )
}

fn kind(element: Element) -> Option<SegmentKind> {
    match element.name() {
        _ if is_note(element) => Some(SegmentKind::Note),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(SegmentKind::Heading),
        "li" | "dt" | "dd" => Some(SegmentKind::Item),
        "td" | "th" => Some(SegmentKind::Cell),
        "caption" | "figcaption" => Some(SegmentKind::Note),
        "pre" => Some(SegmentKind::Code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &str) -> Vec<String> {
        let parsed = parse("x.html", page).unwrap();
        parsed
            .segments
            .iter()
            .map(|segment| segment.span.of(&parsed.text).to_string())
            .collect()
    }

    #[test]
    fn a_page_may_nest_ten_thousand_deep_and_sixty_thousand_are_refused() {
        let page = format!("{}深{}", "<div><b>".repeat(5_000), "</b></div>".repeat(5_000));
        assert_eq!(texts(&page), ["深"]);
        let error = parse("x.html", &"<div>\n".repeat(60_000)).err().unwrap();
        assert_eq!(
            error.to_string(),
            "x.html: line 23271: 23270 elements within one another, as no page has them; open it in a browser, and save \
             what it shows as plain text"
        );
    }

    #[test]
    fn a_form_around_the_page_is_the_page_and_a_small_one_is_not() {
        assert_eq!(
            texts("<form><p>渡轮每天开四班。</p></form>"),
            ["渡轮每天开四班。"]
        );
        assert_eq!(
            texts("<p>渡轮每天开四班。</p><form>Search</form>"),
            ["渡轮每天开四班。"]
        );
    }

    #[test]
    fn readings_above_characters_are_left_out_and_counted() {
        let parsed = parse("x.html", "<p><ruby>海<rt>hǎi</rt></ruby>边</p>").unwrap();
        assert_eq!(parsed.text, "海边\n");
        assert_eq!(parsed.kept_out, [("<rt>".to_owned(), 3)].into());
    }

    #[test]
    fn a_sentence_that_is_a_link_stays() {
        assert_eq!(
            texts("<p>Read it.</p><p><a href='/'>The whole report is here.</a></p>").len(),
            2
        );
    }

    #[test]
    fn two_articles_are_read_with_what_is_between_them() {
        assert_eq!(
            texts("<article>One.</article><p>Two.</p><article>Three.</article>"),
            ["One.", "Two.", "Three."]
        );
        assert_eq!(texts("<article>One.</article><p>Two.</p>"), ["One."]);
    }

    #[test]
    fn a_headline_is_the_title_without_its_buttons() {
        assert_eq!(
            parse("x", "<h1>New <wbr>ferry<button>Copy</button></h1>")
                .unwrap()
                .title
                .as_deref(),
            Some("New ferry")
        );
    }
}
