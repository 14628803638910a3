//! PO files, gettext's translations of programs, into rows.

use super::Row;
use super::input::{Lines, MOST};
use super::tmx::side_of;
use crate::error::{Error, Kind, Result};
use crate::language::Side;
use crate::script::is_han;
use std::collections::VecDeque;
use std::io::BufRead;

/// Rows one at a time: a row an entry, and one more for a plural; `pair_id` is its `msgctxt` (`shop`, and `shop[1]` for the
/// plural). What is not translated is a row with one side, and a fuzzy entry has the flag `fuzzy`. Obsolete entries (`#~`)
/// are comments.
///
/// The header's `Language` says which side is Chinese, and where it is missing the characters of each entry do.
///
/// A line that breaks the rules is an error; the entries behind the next blank line can still be read.
///
/// ```
/// use duizhao::corpus::po;
/// let file = r#"msgid ""
/// msgstr "Language: zh_CN\n"
///
/// #, fuzzy
/// msgctxt "shop"
/// msgid "%d cup of tea"
/// msgid_plural "%d cups "
/// "of tea"
/// msgstr[0] "%d杯茶"
/// "#;
/// let rows = po::Reader::new("tea.po", file.as_bytes()).collect::<Result<Vec<_>, _>>()?;
/// assert_eq!((rows[0].src_text.as_str(), rows[0].trg_text.as_str()), ("%d杯茶", "%d cup of tea"));
/// assert_eq!((rows[1].trg_text.as_str(), rows[1].pair_id.as_str()), ("%d cups of tea", "shop[1]"));
/// assert_eq!((rows[1].flags.as_str(), rows[1].src_lang.as_str()), ("fuzzy", "zh-CN"));
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub struct Reader<R> {
    lines: Lines<R>,
    /// Whether the line that was read last is the next entry's.
    is_kept: bool,
    /// The header's `Language`, as BCP-47 writes it.
    language: Option<String>,
    ready: VecDeque<Row>,
    rows: usize,
}

/// An entry's strings by their keywords.
#[derive(Default)]
struct Entry {
    line: usize,
    is_fuzzy: bool,
    context: Option<String>,
    id: Option<String>,
    plural: Option<String>,
    translations: Vec<String>,
    /// The keyword whose string a line of nothing but a string goes on with.
    open: Option<Keyword>,
}

#[derive(Clone, Copy, PartialEq)]
enum Keyword {
    Context,
    Id,
    Plural,
    Translation,
}

const SYNTAX: &str = "write a keyword (msgctxt, msgid, msgid_plural, msgstr or msgstr[0], each once and in this order) and \
    a string in quotes; msgfmt --check tells more";

impl<R: BufRead> Reader<R> {
    pub fn new(source: impl Into<String>, input: R) -> Self {
        Reader {
            lines: Lines::new(source, input),
            is_kept: false,
            language: None,
            ready: VecDeque::new(),
            rows: 0,
        }
    }

    fn read(&mut self) -> Result<Option<Row>> {
        loop {
            if let Some(mut row) = self.ready.pop_front() {
                self.rows += 1;
                row.link_no = self.rows;
                return Ok(Some(row));
            }
            let Some(entry) = self.entry()? else {
                return Ok(None);
            };
            if entry.id.as_deref() == Some("") && entry.context.is_none() {
                self.header(&entry)?;
            } else {
                self.ready.extend(entry.rows(self.language.as_deref()));
            }
        }
    }

    /// The strings up to the next entry's; none at the end of the file.
    fn entry(&mut self) -> Result<Option<Entry>> {
        let mut entry = Entry::default();
        while std::mem::take(&mut self.is_kept) || self.lines.advance()? {
            let line = self.lines.text()?.trim();
            let begins = line.starts_with('#') || line.starts_with("msgctxt") || line.starts_with("msgid ");
            if begins && !entry.translations.is_empty() {
                self.is_kept = true;
                break;
            }
            if line.is_empty() && entry.id.is_some() {
                break;
            }
            if line.starts_with('#') || line.is_empty() {
                let flags = line.strip_prefix("#,").unwrap_or_default();
                entry.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
            } else if entry.take(line).is_none() {
                let cause = format!("no part of an entry: {line:?}");
                let error = self.lines.malformed(cause, SYNTAX);
                while self.lines.advance()? && !self.lines.content().trim_ascii().is_empty() {}
                return Err(error);
            } else if entry.line == 0 {
                entry.line = self.lines.line;
            }
        }
        Ok(entry.id.is_some().then_some(entry))
    }

    fn header(&mut self, header: &Entry) -> Result<()> {
        let fields = header.translations.first().map_or("", String::as_str);
        let language = fields.lines().find_map(|field| field.strip_prefix("Language:"));
        let Some(language) = language.map(str::trim).filter(|language| !language.is_empty()) else {
            return Ok(());
        };
        if side_of(language).is_none() {
            let cause = format!("a translation into {language:?}, and not between Chinese and English");
            return Err(Error::new(Kind::Malformed, &self.lines.source, cause)
                .line(header.line)
                .remedy("write Language: zh_CN or Language: en into the header, if that is what it is"));
        }
        self.language = Some(language.replace('_', "-"));
        Ok(())
    }
}

impl Entry {
    /// Takes a line; none if it is no part of an entry, or not here.
    fn take(&mut self, line: &str) -> Option<()> {
        let (keyword, string) = line.split_at(line.find('"')?);
        let text = unquoted(string)?;
        match keyword.trim_end() {
            "" => {
                let open = match self.open? {
                    Keyword::Context => self.context.as_mut(),
                    Keyword::Id => self.id.as_mut(),
                    Keyword::Plural => self.plural.as_mut(),
                    Keyword::Translation => self.translations.last_mut(),
                }?;
                if open.len() + text.len() > MOST {
                    return None;
                }
                open.push_str(&text);
                return Some(());
            }
            "msgctxt" if self.context.is_none() && self.id.is_none() => {
                self.context = Some(text);
                self.open = Some(Keyword::Context);
            }
            "msgid" if self.id.is_none() => {
                self.id = Some(text);
                self.open = Some(Keyword::Id);
            }
            "msgid_plural" if self.id.is_some() && self.plural.is_none() => {
                self.plural = Some(text);
                self.open = Some(Keyword::Plural);
            }
            keyword if self.id.is_some() && self.is_next(keyword) => {
                self.translations.push(text);
                self.open = Some(Keyword::Translation);
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether it is `msgstr`, or `msgstr[1]` behind `msgstr[0]`; no language has more forms than six.
    fn is_next(&self, keyword: &str) -> bool {
        let number = self.translations.len();
        match self.plural {
            None => keyword == "msgstr" && number == 0,
            Some(_) => number < 6 && keyword == format!("msgstr[{number}]"),
        }
    }

    /// A row for each form: the first of either side belong together, and those after it as far as there are any.
    fn rows(self, language: Option<&str>) -> Vec<Row> {
        let sources: Vec<String> = self.id.into_iter().chain(self.plural).collect();
        let translations = match self.translations.is_empty() {
            true => vec![String::new()],
            false => self.translations,
        };
        let is_zh = |texts: &[String]| texts.iter().any(|text| text.chars().any(is_han));
        let into_zh = match language.and_then(side_of) {
            Some(side) => side == Side::Zh,
            None => is_zh(&translations) || !is_zh(&sources),
        };
        let forms = 0..sources.len().max(translations.len());
        let row = |form: usize| {
            let source = sources[form.min(sources.len() - 1)].clone();
            let translation = translations[form.min(translations.len() - 1)].clone();
            let code = match translation.is_empty() {
                true => String::new(),
                false => language.unwrap_or_default().to_owned(),
            };
            let pair_id = match (&self.context, form) {
                (None, _) => String::new(),
                (Some(context), 0) => context.clone(),
                (Some(context), form) => format!("{context}[{form}]"),
            };
            let row = Row {
                pair_id,
                flags: if self.is_fuzzy {
                    "fuzzy".into()
                } else {
                    String::new()
                },
                ..Row::default()
            };
            match into_zh {
                true => Row {
                    src_text: translation,
                    src_lang: code,
                    trg_text: source,
                    ..row
                },
                false => Row {
                    src_text: source,
                    trg_text: translation,
                    trg_lang: code,
                    ..row
                },
            }
        };
        let mut rows: Vec<Row> = forms.map(row).collect();
        rows.dedup_by(|next, row| next.src_text == row.src_text && next.trg_text == row.trg_text);
        rows
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        self.read().transpose()
    }
}

/// What a string in quotes says, by the rules of C; none if it is no such string.
fn unquoted(string: &str) -> Option<String> {
    let mut rest = string.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(rest.len());
    while let Some(at) = rest.find(['\\', '"']) {
        text.push_str(&rest[..at]);
        let escaped = rest[at..].strip_prefix('\\')?;
        let digits = |digits: &str, radix: u32| {
            digits
                .bytes()
                .take_while(|byte| char::from(*byte).is_digit(radix))
                .count()
        };
        let (character, length) = match escaped.chars().next()? {
            'n' => ('\n', 1),
            't' => ('\t', 1),
            'r' => ('\r', 1),
            'a' => ('\u{7}', 1),
            'b' => ('\u{8}', 1),
            'v' => ('\u{b}', 1),
            'f' => ('\u{c}', 1),
            c @ ('\\' | '"' | '\'' | '?') => (c, 1),
            'x' => {
                let length = digits(&escaped[1..], 16).min(2);
                (character(&escaped[1..1 + length], 16)?, 1 + length)
            }
            '0'..='7' => {
                let length = digits(escaped, 8).min(3);
                (character(&escaped[..length], 8)?, length)
            }
            _ => return None,
        };
        text.push(character);
        rest = &escaped[length..];
    }
    text.push_str(rest);
    Some(text)
}

/// A character by its number; those beyond ASCII are bytes of an encoding, which no text file needs to spell.
fn character(digits: &str, radix: u32) -> Option<char> {
    let number = u8::from_str_radix(digits, radix).ok()?;
    number.is_ascii().then(|| char::from(number))
}
