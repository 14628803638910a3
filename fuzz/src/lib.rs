//! Any bytes into what a reader must make of them: rows or a document that keep the laws, or an error, and little memory.

pub mod memory;

use duizhao::corpus::{self, File, Reader, Row};
use duizhao::error::Kind;
use duizhao::ingest::{self, Document, Settings, Source, bundle, decode};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Gives bytes to a reader, and panics where a law is broken.
pub type Check = fn(&[u8]);

/// The readers by the names of their fuzz targets.
pub const READERS: [(&str, Check); 22] = [
    ("plain", |bytes| document(ingest::Format::Plain, bytes)),
    ("markdown", |bytes| document(ingest::Format::Markdown, bytes)),
    ("html", |bytes| document(ingest::Format::Html, bytes)),
    ("docx", |bytes| {
        document(ingest::Format::Docx, &package(&DOCX, bytes))
    }),
    ("epub", |bytes| {
        document(ingest::Format::Epub, &package(&EPUB, bytes))
    }),
    ("pdf", |bytes| document(ingest::Format::Pdf, bytes)),
    ("subrip", |bytes| document(ingest::Format::SubRip, bytes)),
    ("webvtt", |bytes| document(ingest::Format::WebVtt, bytes)),
    ("decode", encoded),
    ("tsv", |bytes| rows(corpus::Format::Tsv, &["x.tsv"], &[bytes])),
    ("csv", |bytes| rows(corpus::Format::Csv, &["x.csv"], &[bytes])),
    ("jsonl", |bytes| {
        rows(corpus::Format::Jsonl, &["x.jsonl"], &[bytes])
    }),
    ("xlsx", |bytes| {
        rows(corpus::Format::Xlsx, &["x.xlsx"], &[&package(&XLSX, bytes)])
    }),
    ("table", |bytes| {
        rows(corpus::Format::Docx, &["x.docx"], &[&package(&TABLE, bytes)])
    }),
    ("parquet", |bytes| {
        rows(corpus::Format::Parquet, &["x.parquet"], &[bytes])
    }),
    ("moses", |bytes| {
        rows(corpus::Format::Moses, &["x.zh", "x.en"], &parts::<2>(bytes))
    }),
    ("po", |bytes| rows(corpus::Format::Po, &["x.po"], &[bytes])),
    ("tmx", |bytes| rows(corpus::Format::Tmx, &["x.tmx"], &[bytes])),
    ("xliff", |bytes| rows(corpus::Format::Xliff, &["x.xlf"], &[bytes])),
    ("xces", |bytes| {
        rows(
            corpus::Format::Xces,
            &["x.xml", "x.zh.xml", "x.en.xml"],
            &parts::<3>(bytes),
        )
    }),
    ("vecalign", |bytes| {
        rows(
            corpus::Format::Vecalign,
            &["x.vecalign", "x.zh", "x.en"],
            &parts::<3>(bytes),
        )
    }),
    ("ladder", |bytes| {
        rows(
            corpus::Format::Ladder,
            &["x.ladder", "x.zh", "x.en"],
            &parts::<3>(bytes),
        )
    }),
];

/// Gives bytes to the reader of this name.
///
/// # Panics
/// When a law is broken, or there is no reader of this name.
pub fn check(reader: &str, bytes: &[u8]) {
    let known = READERS.iter().find(|(name, _)| *name == reader);
    let (_, check) = known.unwrap_or_else(|| panic!("no reader is named {reader}"));
    check(bytes);
}

// --- documents ------------------------------------------------------------------------------------------------------

fn document(format: ingest::Format, bytes: &[u8]) {
    let settings = Settings {
        format: Some(format),
        ..Settings::default()
    };
    let source = Source {
        name: "x".into(),
        bytes: bytes.into(),
    };
    let read = memory::bounded(bytes.len() * weight(format), || ingest::read(source, &settings));
    if let Ok(document) = read {
        is_in_order(&document);
        let text = document.text.clone();
        let parts = bundle::cut(document);
        parts.iter().for_each(is_in_order);
        let joined: String = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(joined, text, "a bundle's documents are all of it");
    }
}

/// As how many bytes of input one counts. The parser of Markdown has 48 bytes for each mark and for the text behind it, and
/// holds them up to thrice while they move; what is too much for a memory its reader refuses.
fn weight(format: ingest::Format) -> usize {
    match format {
        ingest::Format::Markdown => 8,
        _ => 1,
    }
}

fn is_in_order(document: &Document) {
    let text = &document.text;
    assert!(!text.contains('\r'));
    let mut end = 0;
    for segment in &document.segments {
        let span = segment.span;
        assert!(end <= span.start() && !span.is_empty() && span.trim(text) == span);
        assert!(document.address(span).starts_with(&document.source));
        end = span.end();
    }
    let mut end = 0;
    for (span, _) in &document.locators {
        assert!(end <= span.start() && span.end() <= text.len());
        end = span.end();
    }
}

/// The first byte says in which encoding the others are read, and whether bytes may be lost.
fn encoded(bytes: &[u8]) {
    const LABELS: [&str; 6] = ["utf-8", "gb18030", "big5", "utf-16le", "utf-16be", "windows-1252"];
    let Some((&choice, bytes)) = bytes.split_first() else {
        return;
    };
    let settings = Settings {
        encoding: LABELS
            .get(usize::from(choice) / 2)
            .map(|label| decode::named(label).expect("all are known")),
        lossy: choice % 2 == 1,
        format: Some(ingest::Format::Plain),
        ..Settings::default()
    };
    let source = Source {
        name: "x".into(),
        bytes: bytes.into(),
    };
    match memory::bounded(bytes.len(), || ingest::read(source, &settings)) {
        Ok(document) => {
            is_in_order(&document);
            assert!(settings.lossy || document.encoding.replaced == 0);
        }
        Err(error) => assert!(!settings.lossy || error.kind != Kind::Decode, "{error}"),
    }
}

// --- corpora --------------------------------------------------------------------------------------------------------

/// Reads files as a corpus; what was read is written, and read and written again, and must come back equal.
fn rows(format: corpus::Format, names: &[&str], files: &[&[u8]]) {
    let folder = folder();
    for (name, bytes) in names.iter().zip(files) {
        fs::write(folder.path().join(name), bytes).expect("a temporary folder can be written to");
    }
    let size: usize = names.iter().map(|name| unpacked(&folder.path().join(name))).sum();
    let path = folder.path().join(names[0]);
    let read = || Reader::open(&path, format).into_iter().flatten();
    // Nobody but the corpus itself may keep rows: those of a streaming command are gone with the next one. Each file has
    // buffers of its own, of what is packed and of what was unpacked: 300 KiB.
    let buffers = files.len() << 14;
    let count = memory::bounded(size + buffers + pages(format), || read().count());
    let ends = 2 * files.len();
    assert!(count <= size + ends, "{count} rows or errors of {size} bytes");
    let (first, broken): (Vec<_>, Vec<_>) = read().partition(Result::is_ok);
    let first: Vec<Row> = first.into_iter().flatten().collect();
    // Where sentences are broken, or are not there, what points at them cannot be read again. And a ladder of no beads is
    // told from one that was cut off by nothing.
    let is_lost = points_at_sentences(format) && (first.is_empty() || !broken.is_empty());
    if !format.is_written() || is_lost {
        return;
    }
    let Some(second) = written(format, &folder, names[0], &first) else {
        return;
    };
    let third = written(format, &folder, names[0], &second).expect("what was written once is written again");
    assert_eq!(third, second, "what was read from our own file comes back equal");
    if !points_at_sentences(format) {
        assert_eq!(
            letters(&second),
            letters(&first),
            "no format takes letters from a text"
        );
    }
}

/// The bytes that a file holds, or that flow out of it where it is packed: 200 of zstd may be 100,000.
fn unpacked(path: &Path) -> usize {
    let mut flowed = 0;
    if let Ok(mut input) = corpus::input::open(path) {
        let mut bytes = [0; 1 << 12];
        while let Ok(count @ 1..) = input.read(&mut bytes) {
            flowed += count;
        }
    }
    let packed = fs::metadata(path).map_or(0, |file| file.len() as usize);
    flowed.max(packed)
}

/// Bytes that count as input however small it is: each column of a Parquet file has a page of texts and one of the texts
/// that come again, of about a MiB unpacked, and a file of the same row again and again is a small one.
fn pages(format: corpus::Format) -> usize {
    match format {
        corpus::Format::Parquet => corpus::COLUMNS.len() << 18,
        _ => 0,
    }
}

/// The rows that come back from a file of these; none if the format cannot hold them, and says so.
fn written(format: corpus::Format, folder: &TempDir, name: &str, rows: &[Row]) -> Option<Vec<Row>> {
    let path = folder.path().join(name);
    let mut file =
        File::create(&path, format, &corpus::Settings::default()).expect("an empty corpus is written");
    rows.iter().try_for_each(|row| file.row(row)).ok()?;
    file.commit().ok()?;
    let back = Reader::open(&path, format).unwrap_or_else(|error| panic!("our own file: {error}"));
    Some(
        back.map(|row| row.unwrap_or_else(|error| panic!("our own file: {error}")))
            .collect(),
    )
}

/// Such a file holds no texts, and its rows may name sentences in an order that only some of the formats take.
fn points_at_sentences(format: corpus::Format) -> bool {
    use corpus::Format::*;
    matches!(format, Xces | Intertext | Vecalign | Ladder)
}

fn letters(rows: &[Row]) -> String {
    let texts = rows.iter().flat_map(|row| [&row.src_text, &row.trg_text]);
    texts
        .flat_map(|text| text.chars())
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// In memory where the system has a folder that is.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        TempDir::new_in(memory)
    } else {
        TempDir::new()
    };
    made.expect("a temporary folder can be made")
}

// --- inputs of several parts ----------------------------------------------------------------------------------------

/// Parts one file after the other, with the character RS (U+001E) between them; missing ones are empty.
fn parts<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut parts = bytes.splitn(N, |byte| *byte == 0x1E);
    [(); N].map(|()| parts.next().unwrap_or_default())
}

/// The parts of a package: with contents those that are always the same, the others in the order of the input.
type Package = [(&'static str, &'static str)];

#[rustfmt::skip]
const DOCX: [(&str, &str); 6] = [
    ("_rels/.rels", "<r><Relationship Id='a' Type='x/officeDocument' Target='word/document.xml'/></r>"),
    ("word/_rels/document.xml.rels", "<r><Relationship Id='a' Type='x/styles' Target='styles.xml'/>\
        <Relationship Id='b' Type='x/footnotes' Target='footnotes.xml'/><Relationship Id='c' Type='x/endnotes' Target='endnotes.xml'/></r>"),
    ("word/document.xml", ""), ("word/styles.xml", ""), ("word/footnotes.xml", ""), ("word/endnotes.xml", ""),
];
#[rustfmt::skip]
const EPUB: [(&str, &str); 4] = [
    ("META-INF/container.xml", "<c><rootfiles><rootfile full-path='x.opf'/></rootfiles></c>"),
    ("a.xhtml", ""), ("x.opf", ""), ("b.xhtml", ""),
];
#[rustfmt::skip]
const TABLE: [(&str, &str); 2] = [
    ("_rels/.rels", "<r><Relationship Type='x/officeDocument' Target='word/document.xml'/></r>"), ("word/document.xml", ""),
];
#[rustfmt::skip]
const XLSX: [(&str, &str); 5] = [
    ("xl/_rels/workbook.xml.rels", "<r><Relationship Id='a' Target='worksheets/sheet1.xml'/>\
        <Relationship Id='b' Target='worksheets/sheet2.xml'/></r>"),
    ("xl/workbook.xml", "<workbook><sheets><sheet r:id='a'/><sheet r:id='b'/></sheets></workbook>"),
    ("xl/worksheets/sheet1.xml", ""), ("xl/sharedStrings.xml", ""), ("xl/worksheets/sheet2.xml", ""),
];

/// A package with the input as its parts, stored as they are so that the fuzzer can see them; a ZIP archive is one already.
fn package(parts: &Package, bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.into();
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut given = bytes.split(|byte| *byte == 0x1E);
    for (name, content) in parts {
        let content = if content.is_empty() {
            given.next()
        } else {
            Some(content.as_bytes())
        };
        if let Some(content) = content {
            zip.start_file(*name, options).expect("memory can be written to");
            zip.write_all(content).expect("memory can be written to");
        }
    }
    zip.finish().expect("memory can be written to").into_inner()
}
