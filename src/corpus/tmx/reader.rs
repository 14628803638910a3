//! TMX of any version and maker into rows.

use super::side_of;
use crate::corpus::reader::Left;
use crate::corpus::xml::{Element, Piece, Xml};
use crate::corpus::{Row, property};
use crate::error::Result;
use crate::language::Side;
use std::io::BufRead;

/// Rows one at a time, however large the file.
///
/// A unit is a row; one with several Chinese or English texts (`zh-CN` and `zh-TW`) is a row for each pair of them; one
/// in a single language is an omission or an addition. Inline mark-up goes and the text inside `hi` stays; what it and
/// texts in other languages come to is counted.
///
/// ```
/// use duizhao::corpus::tmx;
/// let file = r#"<tmx version="1.4"><body>
///   <tu><tuv xml:lang="EN-US"><seg>Tea is <bpt i="1">{b}</bpt>ready<ept i="1">{/b}</ept>.</seg></tuv>
///       <tuv xml:lang="zh-CN"><seg>茶&#x597D;了。</seg></tuv></tu>
///   <tu><tuv xml:lang="zh-CN"><seg>水</seg></tu>
/// "#;
/// let mut rows = tmx::Reader::new("tea.tmx", file.as_bytes())?;
/// let row = rows.next().unwrap()?;
/// assert_eq!((row.src_text.as_str(), row.trg_text.as_str()), ("茶好了。", "Tea is ready."));
/// let error = rows.next().unwrap().unwrap_err();
/// assert_eq!((error.place.line, error.place.column), (Some(4), Some(41)));
/// assert!(rows.next().is_none());
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub struct Reader<R: BufRead> {
    xml: Xml<R>,
    /// The rows of the last unit that are still to be given out: made one at a time, since their number is a product.
    ready: Box<dyn Iterator<Item = Row> + Send>,
    units: usize,
    left: Left,
    done: bool,
}

/// One text of a unit.
#[derive(Default)]
struct Variant {
    language: String,
    text: String,
    document: String,
}

impl<R: BufRead> Reader<R> {
    /// # Errors
    /// When nothing can be read from the input.
    pub fn new(source: impl Into<String>, input: R) -> Result<Self> {
        Ok(Reader {
            xml: Xml::new(source, input)?,
            ready: Box::new(std::iter::empty()),
            units: 0,
            left: Left::default(),
            done: false,
        })
    }

    /// What of the rows given out so far had no place in them.
    pub fn left(&self) -> Left {
        self.left
    }

    /// Reads on to the next row; none at the end of the file.
    fn read(&mut self) -> Result<Option<Row>> {
        loop {
            if let Some(row) = self.ready.next() {
                return Ok(Some(row));
            }
            self.xml.next_unit();
            match self.xml.next()? {
                Piece::Start(element) if element.name == "tu" => self.unit(&element)?,
                Piece::Start(element) if self.units == 0 && element.name == "xliff" => {
                    return Err(self
                        .xml
                        .malformed("this is XLIFF and no TMX", "name the format xliff"));
                }
                Piece::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn unit(&mut self, unit: &Element) -> Result<()> {
        self.units += 1;
        let mut row = Row {
            pair_id: unit.get("tuid").unwrap_or_default().into(),
            link_no: self.units,
            ..Row::default()
        };
        let (mut zh, mut en) = (vec![], vec![]);
        loop {
            if zh.len().max(en.len()) > MOST_VARIANTS {
                let cause = format!("more than {MOST_VARIANTS} texts of one language in a unit");
                return Err(self
                    .xml
                    .malformed(cause, "give each text and its translation a unit of their own"));
            }
            match self.xml.next()? {
                Piece::Start(element) if element.name == "prop" => self.property(&element, &mut row)?,
                Piece::Start(element) if element.name == "tuv" => {
                    let variant = self.variant(&element)?;
                    match side_of(&variant.language) {
                        _ if variant.text.is_empty() => {}
                        Some(Side::Zh) => zh.push(variant),
                        Some(Side::En) => en.push(variant),
                        None => self.left.texts += 1,
                    }
                }
                Piece::Start(_) => self.xml.skip()?,
                Piece::End(name) if name == "tu" => break,
                _ => {}
            }
        }
        self.ready = Box::new(pairs(row, zh, en));
        Ok(())
    }

    fn property(&mut self, element: &Element, row: &mut Row) -> Result<()> {
        let value = self.text("prop")?;
        if let Some(name) = element.get("type").and_then(|name| name.strip_prefix("x-")) {
            property::set(row, name, &value).map_err(|fault| fault.at(self.xml.source(), self.xml.line()))?;
        }
        Ok(())
    }

    fn variant(&mut self, element: &Element) -> Result<Variant> {
        let Some(language) = element.get("lang") else {
            return Err(self.xml.malformed(
                "a tuv without xml:lang",
                "say the language of each text, as xml:lang=\"zh-CN\"",
            ));
        };
        let mut variant = Variant {
            language: language.into(),
            ..Variant::default()
        };
        loop {
            match self.xml.next()? {
                Piece::Start(element) if element.name == "seg" => variant.text = self.text("seg")?,
                Piece::Start(element)
                    if element.name == "prop" && element.get("type") == Some("x-document") =>
                {
                    variant.document = self.text("prop")?;
                }
                Piece::Start(_) => self.xml.skip()?,
                Piece::End(name) if name == "tuv" => return Ok(variant),
                _ => {}
            }
        }
    }

    /// The text of an element up to its end. Of inline elements only `hi` holds text; the others hold codes.
    fn text(&mut self, element: &str) -> Result<String> {
        let mut text = String::new();
        loop {
            match self.xml.next()? {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Start(inline) => {
                    self.left.tags += 1;
                    if inline.name != "hi" {
                        self.xml.skip()?;
                    }
                }
                Piece::End(name) if name == element => return Ok(text),
                _ => {}
            }
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        if self.done {
            return None;
        }
        let read = self.read().transpose();
        self.done = !matches!(read, Some(Ok(_)));
        read
    }
}

/// Texts of one language that a unit may have: each is paired with each of the other's.
const MOST_VARIANTS: usize = 64;

/// A row for each Chinese text and each English one, and one if only one side has any.
fn pairs(row: Row, mut zh: Vec<Variant>, mut en: Vec<Variant>) -> impl Iterator<Item = Row> + Send {
    let count = match (zh.len(), en.len()) {
        (0, 0) => 0,
        (zh, en) => zh.max(1) * en.max(1),
    };
    for side in [&mut zh, &mut en] {
        if side.is_empty() {
            side.push(Variant::default());
        }
    }
    (0..count).map(move |place| {
        let (zh, en) = (&zh[place / en.len()], &en[place % en.len()]);
        Row {
            src_text: zh.text.clone(),
            src_lang: zh.language.clone(),
            src_url: zh.document.clone(),
            trg_text: en.text.clone(),
            trg_lang: en.language.clone(),
            trg_url: en.document.clone(),
            ..row.clone()
        }
    })
}
