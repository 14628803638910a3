//! Fonts of a PDF: the codes in its strings into characters and widths.

use encoding_rs::{BIG5, GB18030, UTF_16BE};
use lopdf::{Dictionary, Document, Object};
use std::collections::HashMap;

/// A code of a string: what it says, and how far it moves on.
pub(super) struct Glyph {
    /// None for a code that the font does not say the character of.
    pub text: Option<String>,
    /// In thousandths of the font's size.
    pub width: f64,
    pub is_space: bool,
}

pub(super) struct Font<'a> {
    codes: Codes<'a>,
    unicode: Option<ToUnicode>,
    widths: HashMap<u32, f64>,
    default_width: f64,
}

/// How bytes become codes, and codes characters where the font has no table of its own.
enum Codes<'a> {
    /// A byte each, by one of the old Western tables.
    Bytes(lopdf::Encoding<'a>),
    /// Two bytes each, numbers of the font's own.
    Glyphs,
    /// The codes of an encoding for Chinese.
    Chinese(&'static encoding_rs::Encoding),
}

/// Widths of the characters from space to tilde (Adobe's Core 14 metrics), in thousandths of the size.
#[rustfmt::skip]
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722,
    722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333,
    278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
    500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
#[rustfmt::skip]
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778,
    722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278,
    278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// Bytes that a table of a font may have, unpacked.
const MOST: usize = 16 << 20;

impl<'a> Font<'a> {
    pub fn new(document: &'a Document, font: &'a Dictionary) -> Font<'a> {
        let stream = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
        let table = stream
            .ok()
            .and_then(|stream| stream.decompressed_content_with_limit(MOST).ok());
        let descendant = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        let mut made = Font {
            codes: Codes::Glyphs,
            unicode: table.map(|table| ToUnicode::read(&table)),
            widths: HashMap::new(),
            default_width: 1000.0,
        };
        match descendant {
            Some(descendant) => {
                let name = font
                    .get_deref(b"Encoding", document)
                    .and_then(Object::as_name)
                    .unwrap_or_default();
                if let Some(encoding) = chinese(name) {
                    made.codes = Codes::Chinese(encoding);
                }
                made.default_width = number(document, descendant, b"DW").unwrap_or(1000.0);
                made.widths_of_glyphs(document, descendant);
            }
            None => {
                let encoding = font.get_font_encoding_with_limit(document, MOST);
                made.codes =
                    Codes::Bytes(encoding.unwrap_or(lopdf::Encoding::SimpleEncoding(b"WinAnsiEncoding")));
                made.default_width = 500.0;
                let name = font.get_deref(b"BaseFont", document).and_then(Object::as_name);
                made.widths_of_standard(name.unwrap_or_default());
                made.widths_of_bytes(document, font);
            }
        }
        made
    }

    /// Files need not say the widths of the fonts that every viewer has.
    fn widths_of_standard(&mut self, name: &[u8]) {
        let widths = match name {
            _ if name.starts_with(b"Times") => &TIMES,
            _ if name.starts_with(b"Helvetica") || name.starts_with(b"Arial") => &HELVETICA,
            _ if name.starts_with(b"Courier") => {
                self.default_width = 600.0;
                return;
            }
            _ => return,
        };
        self.widths
            .extend((32..).zip(widths.iter().map(|&width| f64::from(width))));
    }

    fn widths_of_bytes(&mut self, document: &Document, font: &Dictionary) {
        let first = number(document, font, b"FirstChar").unwrap_or(0.0) as u32;
        let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) else {
            return;
        };
        for (code, width) in widths.iter().take(256).enumerate() {
            self.widths
                .extend(float(document, width).map(|width| (first.saturating_add(code as u32), width)));
        }
    }

    /// `[first [width width ...]]` or `[first last width]`, over and over.
    fn widths_of_glyphs(&mut self, document: &Document, font: &Dictionary) {
        let Ok(table) = font.get_deref(b"W", document).and_then(Object::as_array) else {
            return;
        };
        let mut entries = table.iter();
        while let (Some(first), Some(second)) = (entries.next(), entries.next()) {
            let first = float(document, first).unwrap_or(0.0) as u32;
            if let Ok(widths) = document
                .dereference(second)
                .and_then(|(_, object)| object.as_array())
            {
                let widths = widths.iter().filter_map(|width| float(document, width));
                self.widths.extend(
                    widths
                        .enumerate()
                        .map(|(at, width)| (first.saturating_add(at as u32), width)),
                );
            } else if let Some(width) = entries.next().and_then(|width| float(document, width)) {
                let last = float(document, second).unwrap_or(0.0) as u32;
                self.widths
                    .extend((first..=last.min(0xFFFF)).map(|code| (code, width)));
            }
        }
    }

    /// The glyphs of a string.
    pub fn glyphs(&self, string: &[u8]) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        let mut rest = string;
        while !rest.is_empty() {
            let length = self.length(rest).min(rest.len());
            let (code, behind) = rest.split_at(length);
            glyphs.push(self.glyph(code));
            rest = behind;
        }
        glyphs
    }

    /// Bytes of the code that a string begins with.
    fn length(&self, string: &[u8]) -> usize {
        let second = string.get(1).copied().unwrap_or_default();
        match &self.codes {
            Codes::Bytes(_) => 1,
            Codes::Glyphs => 2,
            Codes::Chinese(encoding) if *encoding == UTF_16BE => match string[0] {
                0xD8..=0xDB => 4,
                _ => 2,
            },
            Codes::Chinese(_) if string[0] < 0x81 => 1,
            Codes::Chinese(encoding) if *encoding == GB18030 && second.is_ascii_digit() => 4,
            Codes::Chinese(_) => 2,
        }
    }

    fn glyph(&self, bytes: &[u8]) -> Glyph {
        let code = bytes.iter().fold(0, |code, &byte| code << 8 | u32::from(byte));
        let own = || match &self.codes {
            Codes::Bytes(encoding) => encoding.bytes_to_string(bytes).ok(),
            Codes::Glyphs => None,
            Codes::Chinese(encoding) => Some(encoding.decode_without_bom_handling(bytes).0.into_owned()),
        };
        let text = self
            .unicode
            .as_ref()
            .and_then(|table| table.get(code))
            .or_else(own);
        // The bullet of Symbol, whose private number shows through.
        let text = text.map(|text| text.replace('\u{F0B7}', "•"));
        let text =
            text.filter(|text| !text.is_empty() && !text.contains(['\0', char::REPLACEMENT_CHARACTER]));
        let width = match &self.codes {
            // Its widths go by numbers that only the table of that encoding knows.
            Codes::Chinese(_) if text.as_deref().is_some_and(|text| text.is_ascii()) => 500.0,
            Codes::Chinese(_) => self.default_width,
            _ => self.widths.get(&code).copied().unwrap_or(self.default_width),
        };
        let is_space = bytes == b" ";
        Glyph {
            text,
            width,
            is_space,
        }
    }
}

/// The encoding whose codes a predefined table (ISO 32000-1, table 118) takes.
fn chinese(name: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let name = std::str::from_utf8(name).ok()?;
    let begins = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
    match name {
        _ if name.starts_with("Uni") && (name.contains("UCS2") || name.contains("UTF16")) => Some(UTF_16BE),
        _ if begins(&["GB-EUC", "GBpc-EUC", "GBK-EUC", "GBKp-EUC", "GBK2K"]) => Some(GB18030),
        _ if begins(&["B5pc", "HKscs-B5", "ETen-B5", "ETenms-B5"]) => Some(BIG5),
        _ => None,
    }
}

fn number(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<f64> {
    float(document, dictionary.get(key).ok()?)
}

pub(super) fn float(document: &Document, object: &Object) -> Option<f64> {
    let number = document.dereference(object).ok()?.1.as_float().ok()?;
    number.is_finite().then_some(f64::from(number))
}

/// The table in which a font says what its codes mean (ISO 32000-1, 9.10.3).
#[derive(Default)]
struct ToUnicode {
    characters: HashMap<u32, String>,
    /// First and last code, and the character of the first; in order.
    ranges: Vec<(u32, u32, Vec<u16>)>,
}

impl ToUnicode {
    fn read(table: &[u8]) -> ToUnicode {
        let mut made = ToUnicode::default();
        let (mut section, mut strings): (&[u8], Vec<Vec<u8>>) = (b"", Vec::new());
        let (mut rest, mut list) = (table, None);
        while let Some(&byte) = rest.first() {
            match byte {
                b'<' => {
                    let end = rest.iter().position(|&byte| byte == b'>').unwrap_or(rest.len());
                    strings.push(hexadecimal(&rest[1..end]));
                    rest = rest.get(end + 1..).unwrap_or_default();
                }
                b'[' | b']' => {
                    if byte == b'[' {
                        list = Some(strings.len());
                    }
                    rest = &rest[1..];
                    if byte == b'[' {
                        continue;
                    }
                }
                _ => {
                    let end = rest
                        .iter()
                        .position(|byte| b" \t\r\n<[]".contains(byte))
                        .unwrap_or(rest.len())
                        .max(1);
                    let word = &rest[..end];
                    rest = &rest[end..];
                    if word.starts_with(b"begin") || word.starts_with(b"end") {
                        section = if word.starts_with(b"begin") { word } else { b"" };
                        strings.clear();
                        list = None;
                    }
                    continue;
                }
            }
            match (section, list, &strings[..]) {
                (b"beginbfchar", _, [code, text]) => {
                    made.characters.insert(value(code), text_of(&units(text)));
                    strings.clear();
                }
                (b"beginbfrange", None, [first, last, text]) => {
                    made.ranges.push((value(first), value(last), units(text)));
                    strings.clear();
                }
                (b"beginbfrange", Some(2), [first, _, texts @ ..]) if byte == b']' => {
                    let first = value(first);
                    let texts = texts.iter().map(|text| text_of(&units(text)));
                    made.characters.extend(
                        texts
                            .enumerate()
                            .map(|(at, text)| (first.saturating_add(at as u32), text)),
                    );
                    strings.clear();
                    list = None;
                }
                _ => {}
            }
        }
        made.ranges.sort_by_key(|&(first, _, _)| first);
        made
    }

    fn get(&self, code: u32) -> Option<String> {
        if let Some(text) = self.characters.get(&code) {
            return Some(text.clone());
        }
        let behind = self.ranges.partition_point(|&(first, _, _)| first <= code);
        let (first, _, text) = self.ranges[..behind]
            .last()
            .filter(|&&(_, last, _)| code <= last)?;
        let mut text = text.clone();
        let last = text.last_mut()?;
        *last = last.wrapping_add((code - first) as u16);
        Some(text_of(&text))
    }
}

fn hexadecimal(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|&digit| Some(char::from(digit).to_digit(16)? as u8))
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default())
        .collect()
}

fn value(code: &[u8]) -> u32 {
    code.iter()
        .take(4)
        .fold(0, |value, &byte| value << 8 | u32::from(byte))
}

fn units(text: &[u8]) -> Vec<u16> {
    match text {
        [byte] => vec![u16::from(*byte)],
        _ => text
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect(),
    }
}

fn text_of(units: &[u16]) -> String {
    String::from_utf16_lossy(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_says_characters_ranges_and_lists() {
        let table = b"/CIDInit begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            2 beginbfchar <0003> <6E21>\n<0004><8239> endbfchar\n\
            2 beginbfrange <0010> <0012> <0041>\n<0020> <0021> [<57E0> <D842DFB7>] endbfrange endcmap";
        let table = ToUnicode::read(table);
        let read: Vec<String> = [3, 4, 0x11, 0x20, 0x21]
            .iter()
            .filter_map(|&code| table.get(code))
            .collect();
        assert_eq!(read, ["渡", "船", "B", "埠", "𠮷"]);
        assert_eq!(table.get(0x13), None);
    }

    #[test]
    fn predefined_tables_of_chinese_are_known_by_their_encodings() {
        assert_eq!(chinese(b"UniGB-UCS2-H"), Some(UTF_16BE));
        assert_eq!(chinese(b"GBK-EUC-H"), Some(GB18030));
        assert_eq!(chinese(b"ETen-B5-H"), Some(BIG5));
        assert_eq!(chinese(b"Identity-H"), None);
    }
}
