//! Rows into TMX 1.4b, the translation memories' exchange format, and back.

mod reader;

pub use reader::Reader;

use super::{Row, property, xml};
use crate::error::{Error, Kind, Result};
use crate::language::Side;
use crate::split::Split;
use quick_xml::escape::escape;
use std::io::{self, Write};
use std::str::FromStr;

/// What a user can choose about a translation memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The language codes of all units; without them each has that of its row (`zh-Hans`, `zh-Hant`, `en`).
    pub languages: Option<Languages>,
    /// When the memory was made, as TMX writes it (`20260102T030405Z`). None leaves it out: the same rows make the
    /// same file.
    pub created: Option<String>,
    /// How the texts were cut, which the header tells.
    pub split: Split,
}

/// A code for each side. CAT tools disagree about Chinese: some take `zh-Hans`, others `zh-CN` only.
///
/// ```
/// use duizhao::corpus::tmx::Languages;
/// let languages: Languages = "zh-CN,en-US".parse()?;
/// assert_eq!((languages.zh.as_str(), languages.en.as_str()), ("zh-CN", "en-US"));
/// assert_eq!(
///     "en-US".parse::<Languages>().unwrap_err().to_string(),
///     r#"--tmx-langs: "en-US" is not two language codes; write the Chinese one first: zh-CN,en-US"#,
/// );
/// # Ok::<(), duizhao::error::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    pub zh: String,
    pub en: String,
}

impl FromStr for Languages {
    type Err = Error;

    fn from_str(codes: &str) -> Result<Languages> {
        let is_code = |code: &str| {
            code.split('-').all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        };
        match codes.split_once(',') {
            Some((zh, en)) if is_code(zh) && is_code(en) => Ok(Languages {
                zh: zh.into(),
                en: en.into(),
            }),
            _ => Err(Error::new(
                Kind::Usage,
                "--tmx-langs",
                format!("{codes:?} is not two language codes"),
            )
            .remedy("write the Chinese one first: zh-CN,en-US")),
        }
    }
}

/// One translation unit a row, scores and ids as properties. An omission or addition is a unit in one language, which
/// TMX allows and tools without a use for it pass over.
///
/// XML cannot hold control characters; they are left out and counted.
pub struct Writer<W> {
    out: W,
    settings: Settings,
    /// The header's source language, once it is written.
    source_language: Option<String>,
    illegal: usize,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W, settings: Settings) -> Self {
        Writer {
            out,
            settings,
            source_language: None,
            illegal: 0,
        }
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        let zh = code(self.settings.languages.as_ref(), Side::Zh, &row.src_lang);
        let en = code(self.settings.languages.as_ref(), Side::En, &row.trg_lang);
        if self.source_language.is_none() {
            self.head(&zh)?;
        }
        let pair_id = self.text(&row.pair_id);
        write!(self.out, "    <tu tuid=\"{pair_id}\"")?;
        if !row.src_text.is_empty() && self.source_language.as_ref() != Some(&zh) {
            write!(self.out, " srclang=\"{zh}\"")?;
        }
        writeln!(self.out, ">")?;
        self.properties(row)?;
        for (language, text, url) in [
            (zh, &row.src_text, &row.src_url),
            (en, &row.trg_text, &row.trg_url),
        ] {
            if !text.is_empty() {
                let (text, url) = (self.text(text), self.text(url));
                writeln!(self.out, "      <tuv xml:lang=\"{language}\">")?;
                writeln!(self.out, "        <prop type=\"x-document\">{url}</prop>")?;
                writeln!(self.out, "        <seg>{text}</seg>\n      </tuv>")?;
            }
        }
        writeln!(self.out, "    </tu>")
    }

    /// Gives back the output and the number of characters that had to be left out.
    pub fn finish(mut self) -> io::Result<(W, usize)> {
        if self.source_language.is_none() {
            let zh = code(self.settings.languages.as_ref(), Side::Zh, "");
            self.head(&zh)?;
        }
        self.out.write_all(b"  </body>\n</tmx>\n")?;
        Ok((self.out, self.illegal))
    }

    fn head(&mut self, zh: &str) -> io::Result<()> {
        let unit = match self.settings.split {
            Split::Sentence | Split::Line => "sentence",
            Split::Paragraph => "paragraph",
            Split::None => "block",
        };
        let created = self.settings.created.clone().unwrap_or_default();
        let created = self.text(&created);
        writeln!(
            self.out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">"
        )?;
        write!(
            self.out,
            "  <header creationtool=\"duizhao\" creationtoolversion=\"{}\"",
            env!("CARGO_PKG_VERSION")
        )?;
        write!(
            self.out,
            " segtype=\"{unit}\" o-tmf=\"duizhao\" adminlang=\"en\" srclang=\"{zh}\" datatype=\"plaintext\""
        )?;
        if !created.is_empty() {
            write!(self.out, " creationdate=\"{created}\"")?;
        }
        writeln!(self.out, "/>\n  <body>")?;
        self.source_language = Some(zh.to_owned());
        Ok(())
    }

    fn properties(&mut self, row: &Row) -> io::Result<()> {
        for (name, value) in property::of(row) {
            let value = self.text(&value);
            writeln!(self.out, "      <prop type=\"x-{name}\">{value}</prop>")?;
        }
        Ok(())
    }

    /// A text as XML holds it.
    fn text(&mut self, text: &str) -> String {
        let (text, illegal) = xml::legal(text);
        self.illegal += illegal;
        text
    }
}

/// The code of a text: the user's, or its own if that is one of its side's. A quotation in English on the Chinese side
/// is filed under Chinese, since a unit needs one text of either side.
pub(super) fn code(chosen: Option<&Languages>, side: Side, own: &str) -> String {
    let code = match (chosen, side) {
        (Some(languages), Side::Zh) => &languages.zh,
        (Some(languages), Side::En) => &languages.en,
        (None, _) if side_of(own) == Some(side) => own,
        (None, Side::Zh) => "zh",
        (None, Side::En) => "en",
    };
    escape(code).into_owned()
}

/// The side that a language code stands for: `zh-CN`, `ZH_TW` and `cmn` are Chinese.
pub(super) fn side_of(code: &str) -> Option<Side> {
    let language = code.split(['-', '_']).next()?;
    let is = |codes: &[&str]| codes.iter().any(|known| known.eq_ignore_ascii_case(language));
    if is(&["zh", "zho", "chi", "cmn"]) {
        Some(Side::Zh)
    } else if is(&["en", "eng"]) {
        Some(Side::En)
    } else {
        None
    }
}
