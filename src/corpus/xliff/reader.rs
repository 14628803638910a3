//! XLIFF 1.2 and 2.0 of any maker into rows.

use crate::corpus::reader::Left;
use crate::corpus::tmx::side_of;
use crate::corpus::xml::{Element, Piece, Xml};
use crate::corpus::{Row, property};
use crate::error::Result;
use crate::language::Side;
use std::io::BufRead;

/// Rows one at a time, a row for each `trans-unit` of 1.2 and each `segment` of 2.0, whichever of the two languages is
/// the source. A unit's `pair_id` is its `resname` or `name`, else its `id`.
///
/// Inline codes go and the text inside `g`, `mrk` and `pc` stays; alternative translations (`alt-trans`, `mtc:match`)
/// are not the unit's own and are passed over.
///
/// ```
/// use duizhao::corpus::xliff;
/// let file = r#"<xliff version="1.2"><file original="tea.txt" source-language="en-US" target-language="zh-CN"><body>
///   <trans-unit id="t1"><source>Tea is <g id="1">ready</g>.<x id="2"/></source><target>茶好了。</target></trans-unit>
/// </body></file></xliff>"#;
/// let rows: Vec<_> = xliff::Reader::new("tea.xlf", file.as_bytes())?.map(Result::unwrap).collect();
/// assert_eq!((rows[0].src_text.as_str(), rows[0].trg_text.as_str()), ("茶好了。", "Tea is ready."));
/// assert_eq!((rows[0].src_lang.as_str(), rows[0].pair_id.as_str()), ("zh-CN", "t1"));
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub struct Reader<R: BufRead> {
    xml: Xml<R>,
    file: File,
    /// Rows of the last unit that are still to be given out, made one at a time: each repeats what the unit says.
    ready: Box<dyn Iterator<Item = Row> + Send>,
    units: usize,
    left: Left,
    done: bool,
}

/// What the units of a `file` have in common.
#[derive(Default)]
struct File {
    original: String,
    source_language: String,
    target_language: String,
}

/// One unit as the file has it, before it is known which of its sides is Chinese.
#[derive(Default)]
struct Unit {
    row: Row,
    /// Source and target of each segment.
    segments: Vec<[String; 2]>,
    /// With the place in it, where the `file`'s `original` has none.
    source_url: Option<String>,
    target_url: String,
    languages: [Option<String>; 2],
}

impl<R: BufRead> Reader<R> {
    /// # Errors
    /// When nothing can be read from the input.
    pub fn new(source: impl Into<String>, input: R) -> Result<Self> {
        Ok(Reader {
            xml: Xml::new(source, input)?,
            file: File::default(),
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
                Piece::Start(element) => match element.name.as_str() {
                    "xliff" => self.root(&element)?,
                    "file" => self.begin_file(&element)?,
                    "trans-unit" | "unit" => self.unit(&element)?,
                    "tmx" => {
                        return Err(self
                            .xml
                            .malformed("this is TMX and no XLIFF", "name the format tmx"));
                    }
                    _ => {}
                },
                Piece::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn root(&mut self, root: &Element) -> Result<()> {
        match root.get("version") {
            Some("1.0" | "1.1" | "1.2" | "2.0" | "2.1" | "2.2") => {}
            version => {
                let cause = format!("XLIFF of version {:?}", version.unwrap_or_default());
                return Err(self.xml.malformed(cause, "save it as version 1.2 or 2.0"));
            }
        }
        self.file.source_language = root.get("srcLang").unwrap_or_default().into();
        self.file.target_language = root.get("trgLang").unwrap_or_default().into();
        Ok(())
    }

    fn begin_file(&mut self, file: &Element) -> Result<()> {
        self.file.original = file.get("original").unwrap_or_default().into();
        for (language, name) in [
            (&mut self.file.source_language, "source-language"),
            (&mut self.file.target_language, "target-language"),
        ] {
            if let Some(code) = file.get(name) {
                *language = code.into();
            }
        }
        let sides = [&self.file.source_language, &self.file.target_language].map(|code| side_of(code));
        match sides {
            [Some(source), Some(target)] if source != target => Ok(()),
            // Before anything is translated the target's language may be left out.
            [Some(_), None] if self.file.target_language.is_empty() => Ok(()),
            _ => {
                let cause = format!(
                    "from {:?} into {:?}, and not between Chinese and English",
                    self.file.source_language, self.file.target_language
                );
                let remedy =
                    "write zh-CN and en-US as the languages of source and target, if that is what they are";
                Err(self.xml.malformed(cause, remedy))
            }
        }
    }

    fn unit(&mut self, element: &Element) -> Result<()> {
        self.units += 1;
        let own = ["resname", "name"].into_iter().find(|name| element.has(name));
        let mut unit = Unit::default();
        unit.row.pair_id = element.get(own.unwrap_or("id")).unwrap_or_default().into();
        unit.row.link_no = self.units;
        // The segment that texts belong to: 1.2 has one and no element for it.
        let mut segment = [String::new(), String::new()];
        loop {
            match self.xml.next()? {
                Piece::Start(inner) => match inner.name.as_str() {
                    "source" => segment[0] = self.text("source")?,
                    "target" => segment[1] = self.text("target")?,
                    "context" => self.property(inner.get("context-type"), "context", &mut unit)?,
                    "meta" => self.property(inner.get("type"), "meta", &mut unit)?,
                    "segment" | "metadata" | "metaGroup" | "context-group" => {}
                    _ => self.xml.skip()?,
                },
                Piece::End(name) if name == "segment" => unit.segments.push(std::mem::take(&mut segment)),
                Piece::End(name) if name == "trans-unit" => {
                    unit.segments.push(segment);
                    break;
                }
                Piece::End(name) if name == "unit" => break,
                _ => {}
            }
        }
        self.ready = Box::new(self.file.rows(unit));
        Ok(())
    }

    fn property(&mut self, name: Option<&str>, element: &str, unit: &mut Unit) -> Result<()> {
        let name = name.map(|name| name.strip_prefix("x-").unwrap_or(name).to_owned());
        let value = self.text(element)?;
        if value.len() > MOST_PROPERTY {
            let cause = format!("a property of more than {MOST_PROPERTY} bytes");
            return Err(self
                .xml
                .malformed(cause, "each row of the unit repeats it: shorten it"));
        }
        match name.as_deref() {
            Some("src-url") => unit.source_url = Some(value),
            Some("trg-url") => unit.target_url = value,
            Some("src-lang") => unit.languages[0] = Some(value),
            Some("trg-lang") => unit.languages[1] = Some(value),
            Some(name) => property::set(&mut unit.row, name, &value)
                .map_err(|fault| fault.at(self.xml.source(), self.xml.line()))?,
            None => {}
        }
        Ok(())
    }

    /// The text of an element up to its end.
    fn text(&mut self, element: &str) -> Result<String> {
        let mut text = String::new();
        loop {
            match self.xml.next()? {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Start(inline) if inline.name == "cp" => {
                    let code = inline
                        .get("hex")
                        .and_then(|hex| u32::from_str_radix(hex, 16).ok());
                    match code.and_then(char::from_u32) {
                        Some(character) => text.push(character),
                        None => {
                            let remedy = "write the number of a character in hexadecimal digits, as <cp hex=\"001B\"/>";
                            return Err(self.xml.malformed("a cp that names no character", remedy));
                        }
                    }
                }
                Piece::Start(inline) => {
                    self.left.tags += 1;
                    if !["g", "mrk", "pc"].contains(&inline.name.as_str()) {
                        self.xml.skip()?;
                    }
                }
                Piece::End(name) if name == element => return Ok(text),
                _ => {}
            }
        }
    }
}

/// Bytes of what a unit says for all of its rows.
const MOST_PROPERTY: usize = 1 << 16;

impl File {
    fn rows(&self, unit: Unit) -> impl Iterator<Item = Row> + Send + use<> {
        let [source_language, target_language] = unit.languages;
        let source_language = source_language.unwrap_or_else(|| self.source_language.clone());
        let target_language = target_language.unwrap_or_else(|| self.target_language.clone());
        let is_zh_source = side_of(&self.source_language) == Some(Side::Zh);
        let original = unit.source_url.unwrap_or_else(|| self.original.clone());
        let (target_url, row) = (unit.target_url, unit.row);
        let segments = unit.segments.into_iter();
        segments
            .filter(|[source, target]| !source.is_empty() || !target.is_empty())
            .map(move |[source, target]| {
                let language = |text: &str, code: &str| {
                    if text.is_empty() {
                        String::new()
                    } else {
                        code.to_owned()
                    }
                };
                let (source_language, target_language) = (
                    language(&source, &source_language),
                    language(&target, &target_language),
                );
                let source = (source, source_language, original.clone());
                let target = (target, target_language, target_url.clone());
                let (zh, en) = if is_zh_source {
                    (source, target)
                } else {
                    (target, source)
                };
                Row {
                    src_text: zh.0,
                    src_lang: zh.1,
                    src_url: zh.2,
                    trg_text: en.0,
                    trg_lang: en.1,
                    trg_url: en.2,
                    ..row.clone()
                }
            })
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
