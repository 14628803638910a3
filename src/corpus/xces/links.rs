//! The XML of `cesAlign` or InterText into its document pairs and links, one at a time.

use crate::corpus::xml::{Element, Piece, Xml};
use crate::corpus::{Status, columns};
use crate::error::Result;
use crate::language::Side;
use std::collections::BTreeSet;
use std::io::BufRead;

/// What a file holds, in its order: links belong to the group before them.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Group(Group),
    Link(Link),
}

/// A `linkGrp`: two documents, as the file names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    pub zh: String,
    pub en: String,
    pub id: String,
    /// The line it begins in, from 1.
    pub line: usize,
}

/// A `link`: sentences of both documents by their ids.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Link {
    pub zh: Vec<String>,
    pub en: Vec<String>,
    pub id: String,
    /// `certainty`, whatever its maker means by it.
    pub score: Option<f32>,
    pub status: Status,
    /// The line it begins in, from 1.
    pub line: usize,
}

/// Reads `<linkGrp toDoc fromDoc>` with its `<link xtargets="1:1 1:2;1:3"/>`.
///
/// Left of the semicolon stand the `toDoc` sentences if `linkGrp` is the root, as InterText writes it, and the `fromDoc`
/// sentences under a `cesAlign` root, as OPUS writes it. One document must be named as Chinese or English
/// (`novel.zh.xml`).
///
/// A link that lists no ids is an error, and those after it can still be read; after any other error comes nothing.
///
/// ```
/// use duizhao::corpus::xces::{Item, Links};
/// let file = "<linkGrp toDoc='tea.en.xml' fromDoc='tea.zh.xml'><link xtargets='1:1 1:2;1:1' type='2-1'/></linkGrp>";
/// let mut links = Links::new("tea.xml", file.as_bytes())?;
/// let Some(Ok(Item::Group(group))) = links.next() else { panic!() };
/// assert_eq!((group.zh.as_str(), group.en.as_str()), ("tea.zh.xml", "tea.en.xml"));
/// let Some(Ok(Item::Link(link))) = links.next() else { panic!() };
/// assert_eq!((link.zh, link.en), (vec!["1:1".to_owned()], vec!["1:1".into(), "1:2".into()]));
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub struct Links<R: BufRead> {
    xml: Xml<R>,
    is_ces: bool,
    /// The side whose ids stand left of the semicolon, once a group has said it.
    left: Option<Side>,
    done: bool,
}

impl<R: BufRead> Links<R> {
    /// # Errors
    /// When nothing can be read from the input.
    pub fn new(source: impl Into<String>, input: R) -> Result<Self> {
        Ok(Links {
            xml: Xml::new(source, input)?,
            is_ces: false,
            left: None,
            done: false,
        })
    }

    pub(super) fn source(&self) -> &str {
        self.xml.source()
    }

    fn read(&mut self) -> Result<Option<Item>> {
        loop {
            self.xml.next_unit();
            match self.piece()? {
                Piece::Start(element) => match element.name.as_str() {
                    "cesAlign" => self.is_ces = true,
                    "linkGrp" => return self.group(&element).map(Some),
                    "link" => match self.left {
                        Some(left) => return self.link(&element, left).map(Some),
                        None => return Err(self.fatal("a link outside any linkGrp", ATTRIBUTES)),
                    },
                    _ => {}
                },
                Piece::Eof if self.left.is_none() && !self.is_ces => {
                    return Err(self.fatal("no linkGrp element", "give the alignment, not its texts"));
                }
                Piece::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// The next piece; broken XML is the end.
    fn piece(&mut self) -> Result<Piece> {
        self.xml.next().inspect_err(|_| self.done = true)
    }

    fn fatal(&mut self, cause: impl Into<String>, remedy: &str) -> crate::error::Error {
        self.done = true;
        self.xml.malformed(cause, remedy)
    }

    fn group(&mut self, element: &Element) -> Result<Item> {
        let line = self.xml.line();
        let order = if self.is_ces {
            ["fromDoc", "toDoc"]
        } else {
            ["toDoc", "fromDoc"]
        };
        let mut names = [const { String::new() }; 2];
        for (name, attribute) in names.iter_mut().zip(order) {
            match element.get(attribute) {
                Some(document) => *name = document.to_owned(),
                None => return Err(self.fatal(format!("linkGrp without {attribute}"), ATTRIBUTES)),
            }
        }
        let [first, second] = names.each_ref().map(|name| named_side(name));
        let left = match (first, second) {
            (Some(Side::Zh), Some(Side::En) | None) | (None, Some(Side::En)) => Side::Zh,
            (Some(Side::En), Some(Side::Zh) | None) | (None, Some(Side::Zh)) => Side::En,
            _ => {
                let cause = format!(
                    "which of {:?} and {:?} is the Chinese document?",
                    names[0], names[1]
                );
                return Err(self.fatal(cause, "name one with zh and one with en, as in novel.zh.xml"));
            }
        };
        self.left = Some(left);
        let [zh, en] = in_order(left, names);
        let id = element.get("id").unwrap_or_default().to_owned();
        Ok(Item::Group(Group { zh, en, id, line }))
    }

    fn link(&self, element: &Element, left: Side) -> Result<Item> {
        let Some(targets) = element.get("xtargets") else {
            return Err(self.xml.malformed("link without xtargets", ATTRIBUTES));
        };
        let ids = |list: &str| -> Vec<String> { list.split_whitespace().map(str::to_owned).collect() };
        let sides = match targets.split(';').collect::<Vec<_>>()[..] {
            [first, second] => [first, second].map(ids),
            _ => {
                let cause = format!("xtargets={targets:?} does not list ids");
                let remedy = "write those of both sides with one semicolon between, as \"1:1 1:2;1:3\"";
                return Err(self.xml.malformed(cause, remedy));
            }
        };
        let [zh, en] = in_order(left, sides);
        let fault = |fault: columns::Fault| fault.at(self.xml.source(), self.xml.line());
        Ok(Item::Link(Link {
            zh,
            en,
            id: element.get("id").unwrap_or_default().to_owned(),
            score: element
                .get("certainty")
                .map(columns::score)
                .transpose()
                .map_err(fault)?,
            status: match element.get("status") {
                // InterText's word for what a machine aligned and nobody confirmed.
                None | Some("plain") => Status::Auto,
                Some(status) => columns::status(status).map_err(fault)?,
            },
            line: self.xml.line(),
        }))
    }
}

impl<R: BufRead> Iterator for Links<R> {
    type Item = Result<Item>;

    fn next(&mut self) -> Option<Result<Item>> {
        (!self.done).then(|| self.read().transpose())?
    }
}

const ATTRIBUTES: &str = "a linkGrp has toDoc and fromDoc, a link in it xtargets";

/// What belongs to the sides, Chinese first.
fn in_order<T>(left: Side, [first, second]: [T; 2]) -> [T; 2] {
    match left {
        Side::Zh => [first, second],
        Side::En => [second, first],
    }
}

/// The side that a document's name tells: a part of it is a language code.
fn named_side(name: &str) -> Option<Side> {
    let parts = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_ascii_lowercase);
    let sides: BTreeSet<_> = parts
        .filter_map(|part| match part.as_str() {
            "zh" | "cn" | "zho" | "chi" | "cmn" | "hans" | "hant" | "chinese" => Some("zh"),
            "en" | "eng" | "english" => Some("en"),
            _ => None,
        })
        .collect();
    match sides.iter().next() {
        Some(&"zh") if sides.len() == 1 => Some(Side::Zh),
        Some(&"en") if sides.len() == 1 => Some(Side::En),
        _ => None,
    }
}
