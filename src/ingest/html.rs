//! HTML into its main text: a block a line; navigation is left out and named.

mod nesting;

use super::{Parsed, SegmentKind, iso_date, joint, line};
use crate::error::{Error, Kind, Note, Result};
use scraper::{ElementRef, Html, Node, Selector};
use std::collections::BTreeMap;

/// # Errors
/// [`Kind::Malformed`] for what nests so deeply that its tree is not built in time.
pub(super) fn parse(source: &str, text: &str) -> Result<Parsed> {
    if let Some((byte, open)) = nesting::too_deep(text) {
        let cause = format!("{open} elements within one another, as no page has them");
        return Err(Error::new(Kind::Malformed, source, cause)
            .line(line(text, byte))
            .remedy("open it in a browser, and save what it shows as plain text"));
    }
    let page = Html::parse_document(text);
    let body = select(&page, "body")
        .next()
        .unwrap_or_else(|| page.root_element());
    let main = main(&page).unwrap_or(body);
    let mut reader = Reader::default();
    reader.read(main);
    if main != body {
        let outside = letters(body).saturating_sub(letters(main));
        let name = format!("all outside <{}>", main.value().name());
        reader.dropped.insert(name, outside);
    }
    let mut parsed = Parsed {
        title: title(&page),
        date: date(&page),
        ..Parsed::default()
    };
    let mut links = Vec::new();
    for (block, is_link) in reader.blocks.iter().zip(navigation(&reader.blocks)) {
        if is_link {
            links.push(block);
        } else {
            block.push_to(&mut parsed);
        }
    }
    parsed.notes.extend(links_kept_out(source, &links));
    parsed.kept_out = reader.dropped;
    Ok(parsed)
}

fn links_kept_out(source: &str, blocks: &[&Block]) -> Option<Note> {
    let number: usize = blocks.iter().map(|block| block.links).sum();
    let first: String = blocks.first()?.text.trim().chars().take(40).collect();
    let text = format!("kept out: {number} links in a row, from “{first}” on");
    Some(Note::new(source, text))
}

/// The one element that is said to be the main text.
fn main(page: &Html) -> Option<ElementRef<'_>> {
    ["main, [role=main]", "article"].iter().find_map(|selector| {
        let mut found = select(page, selector);
        found.next().filter(|_| found.next().is_none())
    })
}

fn select<'a>(page: &'a Html, selector: &str) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
    let selector = Selector::parse(selector).expect("the selectors are ours, and every test parses them");
    page.select(&selector).collect::<Vec<_>>().into_iter()
}

/// The day that the page says it is of, in its `meta` elements or its first `time`.
fn date(page: &Html) -> Option<crate::value::date::Date> {
    let metas = [
        "meta[property='article:published_time']",
        "meta[name=date], meta[name=pubdate], meta[name=publishdate], meta[name=PubDate]",
        "meta[itemprop=datePublished]",
    ];
    let said = metas
        .into_iter()
        .flat_map(|selector| select(page, selector))
        .filter_map(|meta| meta.attr("content"));
    let times = select(page, "time[datetime]").filter_map(|time| time.attr("datetime"));
    said.chain(times).find_map(iso_date)
}

/// The first heading of the highest rank; pages often add the site's name to their `title`.
fn title(page: &Html) -> Option<String> {
    let words = |element: ElementRef| {
        let mut reader = Reader::default();
        reader.read(element);
        reader
            .blocks
            .iter()
            .flat_map(|block| block.text.split_ascii_whitespace())
            .collect::<Vec<_>>()
            .join(" ")
    };
    ["h1", "title"]
        .iter()
        .find_map(|name| select(page, name).map(words).find(|title| !title.is_empty()))
}

/// Characters of an element's text that are not white space; scripts and styles have no text.
fn letters(element: ElementRef) -> usize {
    let mut reader = Reader {
        all: true,
        ..Reader::default()
    };
    reader.read(element);
    reader.blocks.iter().map(Block::letters).sum()
}

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

/// Which blocks are navigation: three and more in a row that are links and little else, or one of three links. A single
/// link may be a sentence of the text.
fn navigation(blocks: &[Block]) -> Vec<bool> {
    let linked: Vec<bool> = blocks.iter().map(Block::is_linked).collect();
    let runs = linked.chunk_by(|one, next| one == next);
    let long = runs.flat_map(|run| std::iter::repeat_n(run[0] && run.len() >= 3, run.len()));
    blocks
        .iter()
        .zip(&linked)
        .zip(long)
        .map(|((block, &linked), long)| long || linked && block.links >= 3)
        .collect()
}

/// Walks the tree without recursion: pages nest as deeply as they like.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    open: Block,
    /// White space was seen since the last character, with or without a line end.
    space: Option<Space>,
    kinds: Vec<SegmentKind>,
    links: usize,
    /// Characters left out, by the element they stood in.
    dropped: BTreeMap<String, usize>,
    /// Reads navigation as well, to count it.
    all: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Space {
    Blank,
    LineEnd,
}

/// What is still to be read, the next last.
enum Step<'a> {
    Text(&'a str),
    Enter(ElementRef<'a>),
    Leave(ElementRef<'a>),
}

impl Reader {
    fn read(&mut self, root: ElementRef) {
        let total = if self.all { 0 } else { letters(root) };
        let mut steps = vec![Step::Enter(root)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Text(text) => self.text(text),
                Step::Leave(element) => self.leave(element),
                Step::Enter(element) if element != root && self.is_no_text(element, total) => {}
                Step::Enter(element) => {
                    self.enter(element);
                    steps.push(Step::Leave(element));
                    steps.extend(element.children().rev().filter_map(|node| match node.value() {
                        Node::Text(text) => Some(Step::Text(text)),
                        _ => ElementRef::wrap(node).map(Step::Enter),
                    }));
                }
            }
        }
        self.flush();
    }

    fn is_no_text(&mut self, element: ElementRef, total: usize) -> bool {
        let name = element.value().name();
        if matches!(
            name,
            "script" | "style" | "template" | "noscript" | "head" | "svg" | "math" | "iframe" | "object"
        ) {
            return true;
        }
        if !self.all && is_mark_of_note(element) {
            *self.dropped.entry("marks of notes".into()).or_default() += letters(element);
            return true;
        }
        if self.all || !is_aside(element) && name != "form" {
            return false;
        }
        let letters = letters(element);
        // Some systems put a form around the whole page.
        let is_out = name != "form" || letters * 2 <= total;
        if is_out {
            *self.dropped.entry(format!("<{name}>")).or_default() += letters;
        }
        is_out
    }

    fn enter(&mut self, element: ElementRef) {
        let name = element.value().name();
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

    fn leave(&mut self, element: ElementRef) {
        let name = element.value().name();
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
                // Seen only where a line breaks at it.
                '\u{AD}' => {}
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
        if !block.text.trim().is_empty() {
            self.blocks.push(Block { kind, ..block });
        }
    }
}

/// What the Digital Publishing roles and EPUB's types say of an element: `doc-footnote`, `footnote`, ...
fn roles(element: ElementRef<'_>) -> impl Iterator<Item = &str> {
    let said = ["role", "epub:type"]
        .into_iter()
        .filter_map(move |name| element.value().attr(name));
    said.flat_map(str::split_whitespace)
        .map(|role| role.strip_prefix("doc-").unwrap_or(role))
}

fn is_note(element: ElementRef) -> bool {
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
fn is_mark_of_note(element: ElementRef) -> bool {
    element.value().name() == "a" && roles(element).any(|role| ["noteref", "backlink"].contains(&role))
}

/// What stands on a page and is no part of its text.
fn is_aside(element: ElementRef) -> bool {
    if is_note(element) {
        return false;
    }
    let value = element.value();
    let attribute = |name: &str| value.attr(name).unwrap_or_default();
    match value.name() {
        "nav" | "aside" | "footer" | "button" | "select" | "textarea" | "rt" | "rp" => return true,
        "header" => {
            return !element
                .ancestors()
                .filter_map(ElementRef::wrap)
                .any(|a| ["main", "article"].contains(&a.value().name()));
        }
        _ => {}
    }
    matches!(
        attribute("role"),
        "navigation" | "banner" | "contentinfo" | "complementary" | "search" | "menu"
    ) || value.attr("hidden").is_some()
        || attribute("aria-hidden") == "true"
        || attribute("style").replace(' ', "").contains("display:none")
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

fn kind(element: ElementRef) -> Option<SegmentKind> {
    match element.value().name() {
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
