//! Sources into documents: bytes become text, text becomes segments, segments get their languages.

use crate::error::{Error, Kind, Note, Result};
use crate::language::{self, Lang, Side};
use crate::script::is_han;
use crate::span::Span;
use crate::value::date::Date;
use decode::Decoded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use subtitles::Syntax;

pub mod bundle;
pub mod decode;
pub mod name;
mod docx;
mod epub;
mod html;
mod markdown;
mod open;
pub(crate) mod package;
mod pdf;
mod plain;
mod subtitles;
pub(crate) mod xml;

/// Reads a source into a document.
///
/// Line ends `\r\n` and `\r` become `\n` and a byte order mark goes; nothing else in the characters is touched. Code
/// blocks take the language of the text around them.
///
/// # Errors
/// [`Kind::Empty`] without any text, [`Kind::Binary`] for what is no text at all, [`Kind::Decode`] with line and byte for
/// bytes that are not in the encoding, [`Kind::Usage`] for a format that is not read or a limit beyond 1 GiB.
///
/// ```
/// use duizhao::ingest::{read, EncodingFound, Settings, Source};
/// use duizhao::language::Lang;
/// // "你好。" in GB18030, then English.
/// let bytes = b"\xC4\xE3\xBA\xC3\xA1\xA3\r\nHow do you do?\r\n".to_vec();
/// let source = Source { name: "greeting.txt".into(), bytes };
/// let document = read(source, &Settings::default())?;
/// assert_eq!(document.text, "你好。\nHow do you do?\n");
/// assert_eq!((document.encoding.name.as_str(), document.encoding.found), ("gb18030", EncodingFound::Guessed));
/// assert_eq!(document.segments.iter().map(|segment| segment.lang).collect::<Vec<_>>(), [Lang::Hans, Lang::En]);
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub fn read(source: Source, settings: &Settings) -> Result<Document> {
    if settings.max_bytes > MOST_BYTES {
        let cause = "places in a text are counted up to 4 GiB, and a file may become three times its size";
        return Err(Error::new(Kind::Usage, source.name, cause).remedy("set max_bytes to 1 GiB at most"));
    }
    let format = match settings.format {
        Some(format) => format,
        None if source.name == "-" => Format::of_bytes(&source.bytes),
        None => Format::of(&source.name)?,
    };
    let (mut parsed, encoding, mut notes) = format.read(&source, settings)?;
    if parsed.segments.is_empty() {
        return Err(Error::new(
            Kind::Empty,
            source.name,
            "no text in it but navigation or mark-up",
        ));
    }
    label(&mut parsed);
    let (id, _) = name::language_mark(&source.name);
    notes.extend(parsed.notes);
    notes.extend(kept_out(&source.name, &parsed.kept_out));
    notes.extend(foreign(&source.name, &parsed.text, &parsed.segments));
    Ok(Document {
        id,
        source: source.name,
        title: parsed.title,
        date: parsed.date,
        role: None,
        text: parsed.text,
        segments: parsed.segments,
        encoding,
        notes,
        locators: parsed.locators,
    })
}

/// How sources are read.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The encoding, where the user knows it ([`decode::named`]); otherwise it is found.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// Replaces malformed bytes by U+FFFD, and counts them, instead of refusing the file.
    pub lossy: bool,
    /// The format, where the name does not say it.
    pub format: Option<Format>,
    /// Bytes that a file may have, uncompressed, 1 GiB at most; a bigger one is refused before it fills the memory.
    pub max_bytes: u64,
}

const MOST_BYTES: u64 = 1 << 30;

impl Default for Settings {
    fn default() -> Self {
        Settings {
            encoding: None,
            lossy: false,
            format: None,
            max_bytes: MOST_BYTES,
        }
    }
}

/// The formats that are read. To add one: a variant, its extensions, and a file with its `parse`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
    Html,
    Docx,
    Epub,
    Pdf,
    SubRip,
    WebVtt,
}

impl Format {
    /// The format that a name's extension says, below `.gz` or `.zst`; an unknown extension is plain text.
    ///
    /// # Errors
    /// [`Kind::Usage`] for an extension of a format that is known not to be text and is not read.
    pub fn of(name: &str) -> Result<Format> {
        match name::extension(name).to_lowercase().as_str() {
            "md" | "markdown" => Ok(Format::Markdown),
            "html" | "htm" | "xhtml" => Ok(Format::Html),
            "docx" => Ok(Format::Docx),
            "epub" => Ok(Format::Epub),
            "pdf" => Ok(Format::Pdf),
            "srt" => Ok(Format::SubRip),
            "vtt" => Ok(Format::WebVtt),
            unread @ ("doc" | "odt" | "rtf" | "wps" | "pages") => {
                Err(not_read(name, unread).remedy("open it in Word or LibreOffice and save it as DOCX"))
            }
            unread @ ("mobi" | "azw3" | "ppt" | "pptx" | "xls" | "xlsx") => {
                Err(not_read(name, unread).remedy("save it as DOCX, HTML or plain text (.txt)"))
            }
            _ => Ok(Format::Plain),
        }
    }

    /// The format of what has no name to say it.
    fn of_bytes(bytes: &[u8]) -> Format {
        const BOOK: &[u8] = b"mimetypeapplication/epub+zip";
        match bytes {
            _ if bytes.starts_with(b"%PDF-") => Format::Pdf,
            // The first thing in a book is its type, by the rules of EPUB.
            _ if bytes.starts_with(b"PK\x03\x04") => match bytes.get(30..30 + BOOK.len()) {
                Some(BOOK) => Format::Epub,
                _ => Format::Docx,
            },
            _ => Format::Plain,
        }
    }

    fn read(self, source: &Source, settings: &Settings) -> Result<(Parsed, Encoding, Vec<Note>)> {
        let parse: fn(&str, String) -> Result<Parsed> = match self {
            Format::Docx => {
                return Ok((
                    docx::parse(source, settings)?,
                    Encoding::declared("UTF-8"),
                    vec![],
                ));
            }
            Format::Epub => {
                return Ok((
                    epub::parse(source, settings)?,
                    Encoding::declared("UTF-8"),
                    vec![],
                ));
            }
            Format::Pdf => {
                let (parsed, replaced) = pdf::parse(source, settings)?;
                // What fonts say of their characters they say in it.
                let encoding = Encoding {
                    replaced,
                    ..Encoding::declared("UTF-16BE")
                };
                return Ok((parsed, encoding, vec![]));
            }
            Format::Plain => |_, text| Ok(plain::parse(text)),
            Format::Markdown => |name, text| markdown::parse(name, &text),
            Format::Html => |name, text| html::parse(name, &text),
            Format::SubRip => |name, text| subtitles::parse(name, &text, Syntax::SubRip),
            Format::WebVtt => |name, text| subtitles::parse(name, &text, Syntax::WebVtt),
        };
        let Decoded {
            text,
            encoding,
            notes,
        } = decode::decode(source, self, settings)?;
        Ok((parse(&source.name, text)?, encoding, notes))
    }
}

fn not_read(name: &str, extension: &str) -> Error {
    Error::new(Kind::Usage, name, format!(".{extension} files are not read"))
}

/// What a format makes of a text.
#[derive(Debug, Default)]
struct Parsed {
    text: String,
    /// In order, disjoint, not empty, no white space at their ends; of no language yet.
    segments: Vec<Segment>,
    title: Option<String>,
    date: Option<Date>,
    notes: Vec<Note>,
    /// Characters that are not read, by what they are.
    kept_out: BTreeMap<String, usize>,
    /// In order, disjoint.
    locators: Vec<(Span, Locator)>,
}

impl Parsed {
    /// Appends a block and ends its line; one of white space only is left out.
    fn push(&mut self, kind: SegmentKind, block: &str) {
        let block = block.trim();
        if !block.is_empty() {
            let start = self.text.len();
            self.text.push_str(block);
            self.segments
                .push(Segment::unlabelled(Span::new(start, self.text.len()), kind));
            self.text.push('\n');
        }
    }

    /// Appends a block whose source broke its lines on purpose: behind a blank line, and at one that is indented as Chinese
    /// paragraphs are, another begins.
    fn push_lines(&mut self, kind: SegmentKind, block: &str) {
        let mut paragraph = String::new();
        for line in block.lines() {
            if line.trim().is_empty() || line.starts_with("\u{3000}\u{3000}") {
                self.push(kind, &std::mem::take(&mut paragraph));
            }
            paragraph.push_str(line.trim());
            paragraph.push('\n');
        }
        self.push(kind, &paragraph);
    }
}

/// Says how many characters were not read, by what they are.
fn kept_out(source: &str, kept_out: &BTreeMap<String, usize>) -> Option<Note> {
    let counts = kept_out.iter().filter(|&(_, &letters)| letters > 0);
    let named: Vec<String> = counts
        .map(|(name, letters)| format!("{name} ({letters} characters)"))
        .collect();
    (!named.is_empty()).then(|| Note::new(source, format!("kept out: {}", named.join(", "))))
}

/// Characters of a text that are no white space: how much of it there is to read.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// What stands between two parts of a line that the source broke: nothing next to Chinese, otherwise a space.
fn joint(before: Option<char>, after: Option<char>) -> &'static str {
    let quote = |c: char| "“”‘’…—".contains(c);
    let wide = |c: char| is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}');
    match (before, after) {
        (None, _) | (_, None) => "",
        (Some(before), _) if before.is_whitespace() => "",
        (Some(before), Some(after)) if wide(before) && (wide(after) || quote(after)) => "",
        (Some(before), Some(after)) if quote(before) && wide(after) => "",
        _ => " ",
    }
}

/// The date that a text begins with in the form of ISO 8601: `2018-05-08`, with or without a time behind it.
fn iso_date(text: &str) -> Option<Date> {
    let mut parts = text.trim().get(..10)?.split('-');
    let mut number = |digits: usize| {
        parts
            .next()
            .filter(|part| part.len() == digits)?
            .parse::<u16>()
            .ok()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let date = Date {
        year: Some(year.into()),
        month: u8::try_from(month).ok().filter(|month| (1..=12).contains(month)),
        day: u8::try_from(day).ok().filter(|day| (1..=31).contains(day)),
    };
    (date.month.is_some() && date.day.is_some()).then_some(date)
}

/// Gives the segments their languages.
fn label(parsed: &mut Parsed) {
    // Program text says nothing about the language around it, which is the one it belongs to.
    let spoken = |segment: &Segment| match segment.kind {
        SegmentKind::Code => "",
        _ => segment.span.of(&parsed.text),
    };
    let langs = language::label(parsed.segments.iter().map(spoken));
    for (segment, lang) in parsed.segments.iter_mut().zip(langs) {
        segment.lang = lang;
    }
}

/// Names the segments that stand on neither side; by their words, since lines of extracted text are none of the file's.
fn foreign(source: &str, text: &str, segments: &[Segment]) -> Option<Note> {
    let mut others = segments.iter().filter(|segment| segment.lang == Lang::Other);
    let first: String = others.next()?.span.of(text).chars().take(40).collect();
    let note = match others.count() {
        0 => format!("kept out as neither Chinese nor English: “{first}”"),
        more => format!("kept out as neither Chinese nor English: “{first}” and {more} more segments"),
    };
    Some(Note::new(source, note))
}

/// The number, from 1, of the line that a byte lies in.
fn line(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte]
        .iter()
        .filter(|&&byte| byte == b'\n')
        .count()
        + 1
}

/// Bytes with a name; nothing is known about them yet.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as the user gave it, a URI, or `-` for standard input.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A text with its segments. Valid UTF-8, lines end in `\n`, never edited after [`read`]; characters are those of the
/// source, never normalised.
#[derive(Debug, Clone)]
pub struct Document {
    /// Names the document within a run: file name without language mark and extension, or the manifest's word.
    pub id: String,
    /// Where it came from: the source's name, with `#n` behind it for the n-th document of a bundle.
    pub source: String,
    pub title: Option<String>,
    pub date: Option<Date>,
    pub role: Option<Role>,
    pub text: String,
    /// In order and disjoint; what lies between them is white space, mark-up or listed in `notes`.
    pub segments: Vec<Segment>,
    pub encoding: Encoding,
    pub notes: Vec<Note>,
    /// Where passages stand in a source that is no plain text; in order and disjoint.
    pub locators: Vec<(Span, Locator)>,
}

/// Where in its source a passage is found by who looks it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locator {
    /// When it is said, in milliseconds.
    Time { from: u64, to: u64 },
    /// The page it begins on, from 1.
    Page(u32),
}

impl Document {
    /// The side that most of the text is on, a Chinese character (3 bytes) counted as an English word (6 with its space).
    pub fn side(&self) -> Option<Side> {
        let bytes = |side| {
            let on_it = self
                .segments
                .iter()
                .filter(|segment| segment.lang.side() == Some(side));
            on_it.map(|segment| segment.span.len()).sum::<usize>()
        };
        match (bytes(Side::Zh), bytes(Side::En)) {
            (0, 0) => None,
            (zh, en) => Some(if zh * 2 >= en { Side::Zh } else { Side::En }),
        }
    }

    /// Its source with the place of a passage in it as a fragment: `film.srt#t=61.2,65` in seconds (W3C Media
    /// Fragments), `report.pdf#page=3` (RFC 8118).
    /// Of a source that has no places but lines, the source alone.
    ///
    /// ```
    /// use duizhao::ingest::{read, Settings, Source};
    /// let bytes = "1\n00:01:01,200 --> 00:01:05,000\n船又晚了。\n".into();
    /// let document = read(Source { name: "film.zh.srt".into(), bytes }, &Settings::default())?;
    /// assert_eq!(document.address(document.segments[0].span), "film.zh.srt#t=61.2,65");
    /// # Ok::<(), duizhao::error::Error>(())
    /// ```
    pub fn address(&self, passage: Span) -> String {
        let first = self
            .locators
            .partition_point(|(span, _)| span.end() <= passage.start());
        let inside = self.locators[first..]
            .iter()
            .take_while(|(span, _)| span.start() < passage.end());
        let place = inside.map(|&(_, locator)| locator).reduce(Locator::joined);
        let joint = if self.source.contains('#') { '&' } else { '#' };
        match place {
            None => self.source.clone(),
            Some(Locator::Time { from, to }) => {
                format!("{}{joint}t={},{}", self.source, seconds(from), seconds(to))
            }
            Some(Locator::Page(page)) => format!("{}{joint}page={page}", self.source),
        }
    }

    /// Whether a segment stands at the head or foot of every page.
    pub fn is_running(&self, segment: usize) -> bool {
        self.segments
            .get(segment)
            .is_some_and(|segment| segment.kind == SegmentKind::Running)
    }
}

impl Locator {
    fn joined(self, next: Locator) -> Locator {
        match (self, next) {
            (
                Locator::Time { from, to },
                Locator::Time {
                    from: begun,
                    to: ended,
                },
            ) => {
                let (from, to) = (from.min(begun), to.max(ended));
                Locator::Time { from, to }
            }
            _ => self,
        }
    }
}

/// Milliseconds as seconds, without zeros at the end.
fn seconds(milliseconds: u64) -> String {
    let (whole, part) = (milliseconds / 1000, milliseconds % 1000);
    match part {
        0 => whole.to_string(),
        _ => format!("{whole}.{part:03}").trim_end_matches('0').to_owned(),
    }
}

/// A paragraph or what does a paragraph's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    pub span: Span,
    pub kind: SegmentKind,
    pub lang: Lang,
}

impl Segment {
    fn unlabelled(span: Span, kind: SegmentKind) -> Segment {
        let lang = Lang::Other;
        Segment { span, kind, lang }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SegmentKind {
    Paragraph,
    Heading,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// A footnote, caption or the like.
    Note,
    /// A block of program text or the like, which is never cut into sentences.
    Code,
    /// What stands at the head or foot of every page; not aligned.
    Running,
}

/// What a document is to its event; given in a manifest, or guessed and marked as guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Readout,
    Coverage,
    Transcript,
    Statement,
}

/// How the bytes were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoding {
    /// The encoding's WHATWG name: `UTF-8`, `gb18030`, `Big5`, `UTF-16LE`, ...
    pub name: String,
    pub found: EncodingFound,
    /// Malformed sequences replaced by U+FFFD, which only `--lossy` allows.
    pub replaced: usize,
}

impl Encoding {
    /// Of a format whose files say in what encoding they are.
    fn declared(name: &str) -> Encoding {
        Encoding {
            name: name.into(),
            found: EncodingFound::Declared,
            replaced: 0,
        }
    }
}

/// How the encoding was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EncodingFound {
    /// By `--encoding` or a manifest.
    Given,
    /// By a byte order mark.
    Mark,
    /// By a declaration inside the file (HTML's `meta charset`), or by the rules of its format (DOCX).
    Declared,
    /// Because all bytes are valid UTF-8.
    Valid,
    /// By the statistics of the bytes: a guess.
    Guessed,
}
