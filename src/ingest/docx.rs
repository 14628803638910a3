//! DOCX into its text as Word prints it: the body first, then its notes, then what stands on every page. The numbers that
//! Word counts by itself stand before their paragraphs; bullets do not.
//!
//! Tracked changes are read as if they were accepted. What is not read is counted in a note: deletions, hidden text,
//! comments, readings above characters, the table of contents.

mod numbering;

use super::package::{Package, resolve};
use super::xml::{Element, Piece};
use super::{Parsed, SegmentKind, Settings, Source, letters};
use crate::error::{Error, Kind, Note, Result};
use numbering::Numbering;
use std::collections::{BTreeMap, HashMap, HashSet};

pub(super) fn parse(source: &Source, settings: &Settings) -> Result<Parsed> {
    let mut package = Package::open(source, "DOCX", settings)?;
    let main = main_part(&mut package)?;
    let related = relations(&mut package, &main)?;
    let of_kind = |kind: &'static str| {
        related
            .iter()
            .filter(move |part| part.kind == kind)
            .map(|part| &*part.target)
    };
    let mut styles = Styles::default();
    for part in of_kind("styles") {
        package.xml(part, |piece| styles.take(piece))?;
    }
    let mut numbering = Numbering::default();
    for part in of_kind("numbering") {
        package.xml(part, |piece| numbering.take(piece))?;
    }
    let mut left_out = BTreeMap::new();
    let mut body = Story::new(&styles, &mut numbering, &mut left_out);
    package.xml(&main, |piece| body.take(piece))?;
    let Story {
        blocks,
        references,
        title,
        is_changed,
        ..
    } = body;
    let mut parsed = Parsed {
        title,
        ..Parsed::default()
    };
    for block in blocks {
        parsed.push_lines(block.kind, &block.text);
    }
    for (kind, reference) in [
        ("footnotes", "footnoteReference"),
        ("endnotes", "endnoteReference"),
    ] {
        for part in of_kind(kind) {
            let mut story = Story::new(&styles, &mut numbering, &mut left_out);
            package.xml(part, |piece| story.take(piece))?;
            let ids = references
                .iter()
                .filter(|(name, _)| name == reference)
                .map(|(_, id)| &**id);
            for block in story.notes_in_order(ids) {
                parsed.push_lines(SegmentKind::Note, &block.text);
            }
        }
    }
    let mut seen = HashSet::new();
    for part in of_kind("header").chain(of_kind("footer")) {
        let mut story = Story::new(&styles, &mut numbering, &mut left_out);
        package.xml(part, |piece| story.take(piece))?;
        for block in story.blocks {
            // The pages of each section have their own, mostly the same; numbers of pages are no text.
            if block.text.chars().any(char::is_alphabetic) && seen.insert(block.text.trim().to_owned()) {
                parsed.push_lines(SegmentKind::Running, &block.text);
            }
        }
    }
    for part in of_kind("comments") {
        let mut story = Story::new(&styles, &mut numbering, &mut left_out);
        package.xml(part, |piece| story.take(piece))?;
        let comments = story
            .blocks
            .iter()
            .map(|block| letters(&block.text))
            .sum::<usize>();
        *left_out.entry("comments".into()).or_default() += comments;
    }
    if is_changed {
        parsed.notes.push(Note::new(
            &source.name,
            "its tracked changes are read as if they were accepted",
        ));
    }
    parsed.kept_out = left_out;
    Ok(parsed)
}

/// The part that the package is about.
fn main_part(package: &mut Package) -> Result<String> {
    let main = relations(package, "")?
        .into_iter()
        .find(|part| part.kind == "officeDocument");
    let refuse =
        |cause: &str, remedy: &str| Err(Error::new(Kind::Malformed, package.source, cause).remedy(remedy));
    let Some(main) = main.filter(|main| package.has(&main.target)) else {
        return refuse(
            "a ZIP archive without a Word document in it",
            "give it the extension of what it is",
        );
    };
    if !main.target.contains("document")
        && ["workbook", "presentation"]
            .iter()
            .any(|kind| main.target.contains(kind))
    {
        return refuse(
            "no Word document, but a workbook or a presentation",
            "save its text as DOCX",
        );
    }
    Ok(main.target)
}

struct Relation {
    /// The last part of its type: `styles`, `footnotes`, ...
    kind: String,
    target: String,
}

/// The parts that a part refers to, in their order.
fn relations(package: &mut Package, part: &str) -> Result<Vec<Relation>> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = resolve("", &format!("{folder}/_rels/{file}.rels"));
    let mut relations = Vec::new();
    package.xml(&name, |piece| {
        let Piece::Start(element) = piece else { return };
        let kind = element
            .get("Type")
            .and_then(|kind| Some(kind.rsplit('/').next()?.to_owned()));
        let is_outside = element.get("TargetMode").is_some_and(|mode| mode == "External");
        if let (Some(kind), Some(target), false) = (kind, element.get("Target"), is_outside) {
            relations.push(Relation {
                kind,
                target: resolve(part, &target),
            });
        }
    })?;
    Ok(relations)
}

/// What a style says of the paragraphs in it.
#[derive(Debug, Clone, Default)]
struct Style {
    /// In lower case: Word's own styles have English names in every language.
    name: String,
    parent: Option<String>,
    level: Option<u8>,
    number: Number,
}

/// The list that a paragraph is numbered in, 0 for none, and at which level, from 0.
#[derive(Debug, Clone, Default)]
struct Number {
    list: Option<String>,
    level: Option<usize>,
}

#[derive(Default)]
struct Styles {
    styles: HashMap<String, Style>,
    open: Option<(String, Style)>,
}

/// Ancestors that a style may have; files of bad will have rings of them.
const MOST_ANCESTORS: usize = 16;

impl Styles {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Start(element) => {
                if element.name() == "style" {
                    self.open = element.get("styleId").map(|id| (id, Style::default()));
                }
                let Some((_, style)) = &mut self.open else { return };
                match (element.name(), element.get("val")) {
                    ("name", Some(name)) => style.name = name.to_lowercase(),
                    ("basedOn", parent) => style.parent = parent,
                    ("outlineLvl", level) => style.level = level.and_then(|level| level.parse().ok()),
                    ("numId", list) => style.number.list = list,
                    ("ilvl", level) => style.number.level = level.and_then(|level| level.parse().ok()),
                    _ => {}
                }
            }
            Piece::End(name) if name == "style" => self.styles.extend(self.open.take()),
            Piece::End(_) | Piece::Text(_) => {}
        }
    }

    /// A style, then those it is based on.
    fn line(&self, id: &str) -> impl Iterator<Item = &Style> {
        let parent = |style: &&Style| self.styles.get(style.parent.as_deref()?);
        std::iter::successors(self.styles.get(id), parent).take(MOST_ANCESTORS)
    }
}

#[derive(Debug, Clone, Default)]
struct Paragraph {
    text: String,
    style: String,
    level: Option<u8>,
    number: Number,
    /// Its end is deleted: the next one goes on where it stops.
    goes_on: bool,
    is_cell: bool,
}

struct Block {
    kind: SegmentKind,
    text: String,
}

/// Reads a part that holds paragraphs.
struct Story<'a> {
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    /// Characters that are not read, by what they are.
    left_out: &'a mut BTreeMap<String, usize>,
    blocks: Vec<Block>,
    /// Those of text boxes, which come behind the paragraph they hang on.
    boxes: Vec<Block>,
    /// Open paragraphs, the innermost last: a text box stands inside a paragraph and has its own.
    open: Vec<Paragraph>,
    /// What a paragraph without an end leaves to the next one.
    carried: String,
    cells: usize,
    depth: usize,
    /// What is passed over, and the depth at which it began.
    passed: Option<(&'static str, usize)>,
    in_properties: bool,
    is_hidden: bool,
    in_text: bool,
    /// Names of elements that refer to notes, and the notes' ids, in the order of the text.
    references: Vec<(String, String)>,
    /// The blocks of each note of a part of notes.
    notes: Vec<(String, usize)>,
    title: Option<String>,
    title_rank: u8,
    is_changed: bool,
}

/// Passed over and not counted: it says again, in an older form, what was read.
const AGAIN: &str = "";

impl<'a> Story<'a> {
    fn new(
        styles: &'a Styles,
        numbering: &'a mut Numbering,
        left_out: &'a mut BTreeMap<String, usize>,
    ) -> Story<'a> {
        Story {
            styles,
            numbering,
            left_out,
            blocks: Vec::new(),
            boxes: Vec::new(),
            open: Vec::new(),
            carried: String::new(),
            cells: 0,
            depth: 0,
            passed: None,
            in_properties: false,
            is_hidden: false,
            in_text: false,
            references: Vec::new(),
            notes: Vec::new(),
            title: None,
            title_rank: u8::MAX,
            is_changed: false,
        }
    }

    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Start(element) => {
                self.depth += 1;
                match element.name() {
                    "t" | "delText" => self.in_text = true,
                    _ if self.passed.is_some() => {}
                    _ => self.start(&element),
                }
            }
            Piece::End(name) => {
                match &*name {
                    "t" | "delText" => self.in_text = false,
                    _ if self.passed.is_some_and(|(_, depth)| depth == self.depth) => self.passed = None,
                    _ if self.passed.is_some() => {}
                    name => self.end(name),
                }
                self.depth -= 1;
            }
            Piece::Text(text) if self.in_text => self.text(&text),
            Piece::Text(_) => {}
        }
    }

    fn start(&mut self, element: &Element) {
        let name = element.name();
        let value = || element.get("val");
        let is_on = || !matches!(value().as_deref(), Some("0" | "false" | "off"));
        match name {
            "p" => self.open.push(Paragraph {
                is_cell: self.cells > 0,
                ..Paragraph::default()
            }),
            "tc" => self.cells += 1,
            "pPr" => self.in_properties = true,
            "r" => self.is_hidden = false,
            "vanish" if !self.in_properties => self.is_hidden = is_on(),
            "del" | "moveFrom" if self.in_properties => {
                self.is_changed = true;
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.goes_on = true;
                }
            }
            "del" | "moveFrom" => {
                self.is_changed = true;
                self.passed = Some(("deletions", self.depth));
            }
            "ins" | "moveTo" => self.is_changed = true,
            "Fallback" => self.passed = Some((AGAIN, self.depth)),
            "rt" => self.passed = Some(("readings above characters", self.depth)),
            name if name.ends_with("Change") => self.passed = Some((AGAIN, self.depth)),
            "footnote" | "endnote" => {
                // Word keeps the line above the notes as a note.
                match element.get("type").is_some_and(|kind| kind != "normal") {
                    true => self.passed = Some((AGAIN, self.depth)),
                    false => self
                        .notes
                        .push((element.get("id").unwrap_or_default(), self.blocks.len())),
                }
            }
            "footnoteReference" | "endnoteReference" => {
                self.references
                    .extend(element.get("id").map(|id| (name.to_owned(), id)));
            }
            "tab" | "ptab" if !self.in_properties => self.text("\t"),
            "br" | "cr" => self.text("\n"),
            "noBreakHyphen" => self.text("-"),
            "sym" => {
                let code = element
                    .get("char")
                    .and_then(|code| u32::from_str_radix(&code, 16).ok());
                self.text(
                    code.and_then(char::from_u32)
                        .map(String::from)
                        .unwrap_or_default()
                        .as_str(),
                );
            }
            _ => self.property(name, value()),
        }
    }

    /// What the properties of a paragraph say of it.
    fn property(&mut self, name: &str, value: Option<String>) {
        let Some(paragraph) = self.open.last_mut().filter(|_| self.in_properties) else {
            return;
        };
        match name {
            "pStyle" => paragraph.style = value.unwrap_or_default(),
            "outlineLvl" => paragraph.level = value.and_then(|level| level.parse().ok()),
            "numId" => paragraph.number.list = value,
            "ilvl" => paragraph.number.level = value.and_then(|level| level.parse().ok()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "tc" => self.cells = self.cells.saturating_sub(1),
            "pPr" => self.in_properties = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let why = match self.passed {
            Some((AGAIN, _)) => return,
            Some((why, _)) => Some(why),
            None => self.is_hidden.then_some("hidden text"),
        };
        match (why, self.open.last_mut()) {
            (Some(why), _) => *self.left_out.entry(why.into()).or_default() += letters(text),
            // Hyphens that are seen only where a line breaks at them.
            (None, Some(paragraph)) => paragraph.text.extend(text.chars().filter(|&c| c != '\u{AD}')),
            (None, None) => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.open.pop() else {
            return;
        };
        if !self.carried.is_empty() {
            paragraph.text.insert_str(0, &std::mem::take(&mut self.carried));
        }
        if paragraph.goes_on {
            self.carried = paragraph.text;
            return;
        }
        let style = |says: fn(&Style) -> bool| self.styles.line(&paragraph.style).any(says);
        if style(|style| style.name.starts_with("toc ") && style.name != "toc heading") {
            *self.left_out.entry("table of contents".into()).or_default() += letters(&paragraph.text);
            return;
        }
        let list = self.list(&paragraph);
        let (kind, rank) = self.kind(&paragraph, list.is_some());
        let number = list.and_then(|list| self.number(&paragraph, list));
        let mut text = paragraph.text;
        if rank < self.title_rank && !text.trim().is_empty() {
            self.title_rank = rank;
            self.title = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if let Some(number) = number.filter(|_| !text.trim().is_empty()) {
            text.insert_str(0, &format!("{number} "));
        }
        let block = Block { kind, text };
        if self.open.is_empty() {
            self.blocks.push(block);
            self.blocks.append(&mut self.boxes);
        } else {
            self.boxes.push(block);
        }
    }

    /// What a paragraph is, one in a list or not, and how well it would do as the title of all: 0 best.
    fn kind(&self, paragraph: &Paragraph, is_item: bool) -> (SegmentKind, u8) {
        let line = || self.styles.line(&paragraph.style);
        let name = line().next().map_or("", |style| &*style.name);
        let level = paragraph
            .level
            .or_else(|| line().find_map(|style| style.level))
            .filter(|&level| level < 9);
        let level = level.or_else(|| {
            line()
                .any(|style| style.name.starts_with("heading "))
                .then_some(8)
        });
        match (name, level) {
            _ if paragraph.is_cell => (SegmentKind::Cell, u8::MAX),
            ("title", _) => (SegmentKind::Heading, 0),
            ("subtitle", _) => (SegmentKind::Heading, u8::MAX),
            ("caption", _) => (SegmentKind::Note, u8::MAX),
            (_, Some(0)) => (SegmentKind::Heading, 1),
            (_, Some(_)) => (SegmentKind::Heading, u8::MAX),
            _ if is_item => (SegmentKind::Item, u8::MAX),
            _ => (SegmentKind::Paragraph, u8::MAX),
        }
    }

    /// The list that a paragraph is numbered in, as it or its style says.
    fn list(&self, paragraph: &Paragraph) -> Option<String> {
        let mut line = self.styles.line(&paragraph.style);
        let list = paragraph.number.list.clone();
        list.or_else(|| line.find_map(|style| style.number.list.clone()))
            .filter(|list| list != "0")
    }

    /// Counts a paragraph in its list; what stands before it.
    fn number(&mut self, paragraph: &Paragraph, mut list: String) -> Option<String> {
        // A list may leave its numbers to a style, which has a list of its own.
        let style = self
            .numbering
            .style(&list)
            .and_then(|style| self.styles.styles.get(style));
        if let Some(of_style) = style.and_then(|style| style.number.list.clone()) {
            list = of_style;
        }
        let line = || self.styles.line(&paragraph.style);
        let level = paragraph
            .number
            .level
            .or_else(|| self.numbering.level_of(&list, &paragraph.style))
            .or_else(|| line().find_map(|style| style.number.level))
            .unwrap_or(0);
        self.numbering.next(&list, level)
    }

    /// The blocks of notes in the order in which the text refers to them; what it does not refer to was deleted with its
    /// reference.
    fn notes_in_order<'b>(self, ids: impl Iterator<Item = &'b str>) -> Vec<Block> {
        let mut blocks: Vec<Option<Block>> = self.blocks.into_iter().map(Some).collect();
        let ends = self
            .notes
            .iter()
            .skip(1)
            .map(|&(_, start)| start)
            .chain([blocks.len()]);
        let ranges: HashMap<&str, (usize, usize)> = self
            .notes
            .iter()
            .zip(ends)
            .map(|((id, start), end)| (&**id, (*start, end)))
            .collect();
        let mut ordered = Vec::new();
        for id in ids {
            let (start, end) = ranges.get(id).copied().unwrap_or_default();
            ordered.extend(blocks[start..end].iter_mut().filter_map(Option::take));
        }
        let unread = blocks
            .iter()
            .flatten()
            .map(|block| letters(&block.text))
            .sum::<usize>();
        *self
            .left_out
            .entry("notes that nothing refers to".into())
            .or_default() += unread;
        ordered
    }
}
