//! Bytes into text: the encoding is given, marked, declared, proved by the bytes or guessed, and then kept to strictly.

use super::{Encoding, EncodingFound, Format, Settings, Source};
use crate::error::{Error, Kind, Note, Result};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text, how it was read, and what its reader should know about that.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    pub encoding: Encoding,
    pub notes: Vec<Note>,
}

/// The encoding that a label names, as the WHATWG's Encoding Standard has it; GB2312 and GBK are their superset GB18030.
///
/// # Errors
/// [`Kind::Usage`] for a label that names none.
///
/// ```
/// use duizhao::ingest::decode::named;
/// assert_eq!(named("GB2312")?.name(), "gb18030");
/// assert_eq!(named("utf8")?.name(), "UTF-8");
/// assert!(named("klingon").is_err());
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub fn named(label: &str) -> Result<&'static encoding_rs::Encoding> {
    known(label.as_bytes()).ok_or_else(|| {
        Error::new(Kind::Usage, "--encoding", format!("no encoding is named {label}"))
            .remedy("try utf-8, gb18030, big5, utf-16le or utf-16be")
    })
}

fn known(label: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let found = encoding_rs::Encoding::for_label(label).filter(|&found| found != REPLACEMENT)?;
    Some(if found == GBK { GB18030 } else { found })
}

pub(super) fn decode(source: &Source, format: Format, settings: &Settings) -> Result<Decoded> {
    let bytes = source.bytes.as_slice();
    if bytes.is_empty() {
        return Err(Error::new(Kind::Empty, &source.name, "the file is empty"));
    }
    if let Some((_, what, remedy)) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Err(binary(source, &format!("it looks like {what}")).remedy(*remedy));
    }
    let (encoding, found) = find(bytes, format, settings);
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if !is_wide && bytes.contains(&0) {
        return Err(binary(source, "it has NUL bytes in it"));
    }
    let mark = encoding_rs::Encoding::for_bom(bytes)
        .filter(|&(marked, _)| marked == encoding)
        .map_or(0, |(_, len)| len);
    let (text, replaced) = convert(source, mark, encoding, settings.lossy)?;
    if text.contains('\0') {
        return Err(binary(source, "it has NUL characters in it"));
    }
    if text.trim().is_empty() {
        return Err(Error::new(
            Kind::Empty,
            &source.name,
            "nothing in it but white space",
        ));
    }
    let mut notes = Vec::new();
    if replaced > 0 {
        let text = format!(
            "{replaced} malformed sequences of {} became U+FFFD",
            encoding.name()
        );
        notes.push(Note::new(&source.name, text));
    }
    let telling = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if found == EncodingFound::Guessed && telling < TELLING {
        let text = format!(
            "read as {}, a guess from {telling} bytes; if it looks wrong, give the --encoding",
            encoding.name()
        );
        notes.push(Note::new(&source.name, text));
    }
    let encoding = Encoding {
        name: encoding.name().into(),
        found,
        replaced,
    };
    Ok(Decoded {
        text,
        encoding,
        notes,
    })
}

/// Non-ASCII bytes below which a guess is said to be one: ten characters of GB18030 are often Big5 as well.
const TELLING: usize = 20;

/// Bytes of a file that the guess is made from; chardetng reads 11 MB/s, and more text makes no better guess.
const SAMPLE: usize = 1 << 16;

const READ_IT: &str = "read it by OCR first";

/// How files begin that people take for text or that hold text in another format, and what to do with them.
const MAGIC: [(&[u8], &str, &str); 8] = [
    (b"%PDF-", "a PDF file", "give it the extension .pdf"),
    (
        b"PK\x03\x04",
        "a ZIP archive (DOCX, EPUB and ODT are ZIP archives)",
        "give it the extension of what it is",
    ),
    (
        b"\xD0\xCF\x11\xE0",
        "an old Office file (DOC, XLS, PPT)",
        "open it in Word or LibreOffice and save it as DOCX",
    ),
    (b"\x89PNG", "a PNG picture", READ_IT),
    (b"\xFF\xD8\xFF", "a JPEG picture", READ_IT),
    (b"GIF8", "a GIF picture", READ_IT),
    (b"\x1F\x8B", "gzip data", "unpack it: it was packed twice"),
    (b"\x28\xB5\x2F\xFD", "zstd data", "unpack it: it was packed twice"),
];

fn binary(source: &Source, why: &str) -> Error {
    Error::new(Kind::Binary, &source.name, format!("this is no text: {why}"))
        .remedy("save it as plain text (.txt), Markdown or HTML")
}

fn find(
    bytes: &[u8],
    format: Format,
    settings: &Settings,
) -> (&'static encoding_rs::Encoding, EncodingFound) {
    if let Some(given) = settings.encoding {
        return (given, EncodingFound::Given);
    }
    if let Some((marked, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return (marked, EncodingFound::Mark);
    }
    if let Some(wide) = unmarked_utf16(bytes) {
        return (wide, EncodingFound::Guessed);
    }
    // Before the declaration, since pages converted to UTF-8 often go on to declare GB2312; the reverse never passes.
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, EncodingFound::Valid);
    }
    // Templates declare Latin-1 whatever the page is in, and it takes all bytes for text.
    match declared(bytes).filter(|&declared| format == Format::Html && declared != WINDOWS_1252) {
        Some(declared) => (declared, EncodingFound::Declared),
        None => (guess(bytes), EncodingFound::Guessed),
    }
}

/// UTF-16 without a mark: bytes with NULs among them that are nearly all Chinese or ASCII characters when read by twos.
///
/// Read the wrong way round, Chinese is scattered over all of Unicode, and English becomes Chinese without its spaces.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let even = &bytes[..bytes.len().min(SAMPLE)];
    if !even.contains(&0) || bytes.len() % 2 == 1 {
        return None;
    }
    let read = |unit: fn([u8; 2]) -> u16| {
        let units = || even.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let ascii = |unit: &u16| matches!(unit, 0x09..=0x0D | 0x20..=0x7E);
        let chinese = |unit: &u16| matches!(unit, 0x2010..=0x2026 | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF);
        let plain = units().filter(|unit| ascii(unit) || chinese(unit)).count();
        (plain, units().filter(ascii).count())
    };
    let (little, big) = (read(u16::from_le_bytes), read(u16::from_be_bytes));
    let (best, encoding) = if big > little {
        (big, UTF_16BE)
    } else {
        (little, UTF_16LE)
    };
    (best.0 * 40 >= even.len() * 19).then_some(encoding) // 95% of half as many characters
}

/// The `charset` of a page's `meta` element, which stands in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let after = |text: &[u8], word: &[u8]| {
        text.windows(word.len())
            .position(|window| window == word)
            .map(|at| at + word.len())
    };
    let meta = &head[after(&head, b"<meta")?..];
    let value = &meta[after(meta, b"charset=")?..];
    let label = value
        .strip_prefix(b"\"")
        .or(value.strip_prefix(b"'"))
        .unwrap_or(value);
    let end = label
        .iter()
        .position(|&byte| !byte.is_ascii_alphanumeric() && !b"-_:".contains(&byte))?;
    known(&label[..end])
}

/// What Firefox would take a page of no country for, or of China, if that is no encoding of Chinese or English.
///
/// Asked for a page of China at once, chardetng reads all Big5 as GBK. In this order, of 400 passages of 8 characters it
/// names all in GBK and 378 of 379 in Big5; of 16 characters and more, all.
fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    // From where the first byte speaks, since a file may begin with pages of ASCII, and a few words before it.
    let start = bytes
        .iter()
        .position(|byte| !byte.is_ascii())
        .unwrap_or(0)
        .saturating_sub(64);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    if is_damaged_utf8(sample) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, start + sample.len() == bytes.len());
    let of = |country: Option<&[u8]>| detector.guess(country, Utf8Detection::Deny);
    let is_mostly_ascii = sample.iter().filter(|byte| byte.is_ascii()).count() * 3 >= sample.len() * 2;
    let sensible = |&guess: &&'static encoding_rs::Encoding| {
        guess == GBK || guess == BIG5 || guess == WINDOWS_1252 && is_mostly_ascii
    };
    let guess = Some(of(None))
        .filter(sensible)
        .or(Some(of(Some(b"cn"))).filter(sensible));
    // Most Chinese files that are not UTF-8 are GB18030, of which GBK is a part.
    guess.filter(|&guess| guess != GBK).unwrap_or(GB18030)
}

/// Whether the bytes are UTF-8 but for a few: text of another encoding hardly has one valid sequence in ten by chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 10 * bad
}

/// Decodes what follows the byte order mark, with `\n` at the ends of lines, and counts the replacements.
fn convert(
    source: &Source,
    mark: usize,
    encoding: &'static encoding_rs::Encoding,
    lossy: bool,
) -> Result<(String, usize)> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let (mut next, mut replaced) = (mark, 0);
    loop {
        let rest = &source.bytes[next..];
        // Room for three bytes of UTF-8 from two of GB18030, and at least for one character.
        text.reserve(rest.len() + rest.len() / 2 + 16);
        let (result, taken) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        next += taken;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) if lossy => {
                text.push(char::REPLACEMENT_CHARACTER);
                replaced += 1;
            }
            DecoderResult::Malformed(bad, after) => {
                let cause = format!("not valid {}", encoding.name());
                let before = line_ends(text);
                return Err(Error::new(Kind::Decode, &source.name, cause)
                    .line(super::line(&before, before.len()))
                    .byte(next - usize::from(bad) - usize::from(after))
                    .remedy("try another --encoding, or --lossy to replace what is malformed"));
            }
        }
    }
    Ok((line_ends(text), replaced))
}

/// `\r\n` and `\r` as `\n`.
fn line_ends(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}
