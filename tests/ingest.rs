//! Ingest on the files of `tests/ingest`: beside each lies what it must be read as. `BLESS=1 cargo test` writes that anew.

use duizhao::error::{Kind, Result};
use duizhao::ingest::{Document, EncodingFound, Format, Settings, Source, bundle, decode, read};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs};

const FOLDER: &str = "tests/ingest";

#[test]
fn every_file_is_read_as_its_expectation_says() {
    for (name, document) in cases(FOLDER) {
        compare(&format!("{FOLDER}/{name}"), &show(&document));
    }
}

#[test]
fn every_bundle_is_cut_as_its_expectation_says() {
    let folder = format!("{FOLDER}/bundle");
    for (name, document) in cases(&folder) {
        let whole = document.text.clone();
        let parts = bundle::cut(document);
        parts.iter().for_each(check);
        assert_eq!(
            parts.iter().map(|part| part.text.as_str()).collect::<String>(),
            whole,
            "{name}"
        );
        compare(
            &format!("{folder}/{name}"),
            &parts.iter().map(show).collect::<Vec<_>>().join("\n"),
        );
    }
}

/// The files of a folder, by name, and what they are read as.
fn cases(folder: &str) -> Vec<(String, Document)> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|file| file.expect("the folder can be read"))
        .filter(|file| file.file_type().expect("a file has a type").is_file())
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with(".expected"))
        .collect();
    names.sort();
    assert!(names.len() >= 8, "only {names:?} were read");
    let read = |name: String| {
        let bytes = fs::read(format!("{folder}/{name}")).expect("a case can be read");
        let document =
            read_bytes(&name, &bytes, &Settings::default()).unwrap_or_else(|error| panic!("{error}"));
        (name, document)
    };
    names.into_iter().map(read).collect()
}

fn compare(case: &str, found: &str) {
    let path = format!("{case}.expected");
    if env::var_os("BLESS").is_some() {
        fs::write(&path, found).expect("an expectation can be written");
    }
    let expected = fs::read_to_string(&path).expect("an expectation lies beside its case");
    assert_eq!(found, expected, "{case}");
}

fn show(document: &Document) -> String {
    let mut shown = format!("id: {} ({:?})\n", document.id, document.side());
    if let Some(title) = &document.title {
        _ = writeln!(shown, "title: {title}");
    }
    if let Some(date) = document.date {
        _ = writeln!(shown, "date: {:?} {:?} {:?}", date.year, date.month, date.day);
    }
    for note in &document.notes {
        _ = writeln!(shown, "note: {note}");
    }
    for segment in &document.segments {
        let text = segment.span.of(&document.text).replace('\n', "⏎");
        _ = writeln!(shown, "{:?} {}: {text}", segment.kind, segment.lang.tag());
    }
    shown
}

fn read_bytes(name: &str, bytes: &[u8], settings: &Settings) -> Result<Document> {
    read(
        Source {
            name: name.into(),
            bytes: bytes.into(),
        },
        settings,
    )
}

fn found(name: &str, bytes: &[u8]) -> (String, EncodingFound) {
    let document = read_bytes(name, bytes, &Settings::default()).unwrap_or_else(|error| panic!("{error}"));
    (document.encoding.name, document.encoding.found)
}

fn error(name: &str, bytes: &[u8]) -> (Kind, String) {
    let error = read_bytes(name, bytes, &Settings::default()).expect_err("this cannot be read");
    (error.kind, error.to_string())
}

/// A few sentences in both scripts, long enough for the statistics of encodings.
const HANS: &str =
    "灯塔建于一九二三年，塔身是白色的。守塔人每天黄昏点灯，几十年没有断过。\n后来通了电，灯就自己亮了。";
const HANT: &str =
    "燈塔建於一九二三年，塔身是白色的。守塔人每天黃昏點燈，幾十年沒有斷過。\n後來通了電，燈就自己亮了。";

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("the label is right");
    match encoding.name() {
        "UTF-16LE" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "UTF-16BE" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => encoding.encode(text).0.into_owned(),
    }
}

#[test]
fn encodings_are_found_and_the_way_they_were_found_is_said() {
    use EncodingFound::*;
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    let english = "The café on the quay opens at six, and the coffee is good.\n";
    let meta = "<meta charset='big5'><p>燈塔</p>";
    let cases = [
        ("x.txt", HANS.as_bytes().to_vec(), "UTF-8", Valid),
        ("x.txt", marked(b"\xEF\xBB\xBF", HANS.into()), "UTF-8", Mark),
        (
            "x.txt",
            marked(b"\xFF\xFE", encoded(HANS, "utf-16le")),
            "UTF-16LE",
            Mark,
        ),
        (
            "x.txt",
            marked(b"\xFE\xFF", encoded(HANS, "utf-16be")),
            "UTF-16BE",
            Mark,
        ),
        ("x.txt", encoded(HANS, "utf-16le"), "UTF-16LE", Guessed),
        ("x.txt", encoded(HANS, "utf-16be"), "UTF-16BE", Guessed),
        ("x.txt", encoded(english, "utf-16le"), "UTF-16LE", Guessed),
        ("x.txt", encoded(english, "utf-16be"), "UTF-16BE", Guessed),
        ("x.txt", encoded("hello", "utf-16be"), "UTF-16BE", Guessed),
        ("x.txt", encoded(HANS, "gbk"), "gb18030", Guessed),
        (
            "x.txt",
            encoded(&format!("{HANS}𠮷"), "gb18030"),
            "gb18030",
            Guessed,
        ),
        ("x.txt", encoded(HANT, "big5"), "Big5", Guessed),
        (
            "x.txt",
            encoded(&format!("{}{HANS}", "Plain English. ".repeat(10_000)), "gbk"),
            "gb18030",
            Guessed,
        ),
        ("x.txt", encoded(english, "windows-1252"), "windows-1252", Guessed),
        ("x.html", encoded(meta, "big5"), "Big5", Declared),
        ("x.html", meta.into(), "UTF-8", Valid),
        (
            "x.html",
            encoded(&format!("<meta charset=iso-8859-1>{HANS}"), "gbk"),
            "gb18030",
            Guessed,
        ),
    ];
    for (name, bytes, encoding, how) in cases {
        assert_eq!(found(name, &bytes), (encoding.into(), how), "{:?}", &bytes[..8]);
    }
}

#[test]
fn decoded_text_is_the_text_without_mark_and_with_plain_line_ends() {
    let text = "甲\r\n乙\r丙\n\u{3000}丁\u{C}";
    for bytes in [
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        [vec![0xFF, 0xFE], encoded(text, "utf-16le")].concat(),
    ] {
        let document = read_bytes("x.txt", &bytes, &Settings::default()).expect("this is text");
        assert_eq!(document.text, "甲\n乙\n丙\n\u{3000}丁\u{C}");
    }
}

#[test]
fn a_guess_from_a_few_bytes_is_said_to_be_one() {
    let document = read_bytes("x.txt", b"\xC4\xE3\xBA\xC3", &Settings::default()).expect("this is text");
    assert_eq!(document.text, "你好");
    let note = "x.txt: read as gb18030, a guess from 4 bytes; if it looks wrong, give the --encoding";
    assert_eq!(
        document.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [note]
    );
}

#[test]
fn malformed_bytes_are_an_error_with_line_and_byte_and_a_remedy() {
    let mut damaged = HANS.as_bytes().to_vec();
    damaged.truncate(HANS.len() - 1);
    let place = HANS.len() - 3;
    let expected = format!(
        "x.txt: line 2, byte {place}: not valid UTF-8; try another --encoding, or --lossy to replace what is malformed"
    );
    assert_eq!(error("x.txt", &damaged), (Kind::Decode, expected));

    let given = Settings {
        encoding: Some(encoding_rs::GB18030),
        ..Settings::default()
    };
    let error = read_bytes("x.txt", b"a\r\n\r\nb\xFFc", &given).expect_err("0xFF is in no encoding");
    assert_eq!((error.place.line, error.place.byte), (Some(3), Some(6)));
}

#[test]
fn lossy_reading_replaces_and_counts() {
    let settings = Settings {
        lossy: true,
        encoding: Some(encoding_rs::UTF_8),
        ..Settings::default()
    };
    let document = read_bytes("x.txt", b"One\xFF two\xFE\xFE three.", &settings).expect("lossy reads all");
    assert_eq!(document.text, "One\u{FFFD} two\u{FFFD}\u{FFFD} three.");
    assert_eq!(document.encoding.replaced, 3);
    assert_eq!(
        document.notes[0].to_string(),
        "x.txt: 3 malformed sequences of UTF-8 became U+FFFD"
    );
}

#[test]
fn what_holds_no_text_is_refused_with_a_reason() {
    let remedy = "save it as plain text (.txt), Markdown or HTML";
    let cases: [(&str, &[u8], Kind, String); 10] = [
        ("x.txt", b"", Kind::Empty, "x.txt: the file is empty".into()),
        (
            "x.txt",
            b"\xEF\xBB\xBF",
            Kind::Empty,
            "x.txt: nothing in it but white space".into(),
        ),
        (
            "x.txt",
            " \n\u{3000}\r\n".as_bytes(),
            Kind::Empty,
            "x.txt: nothing in it but white space".into(),
        ),
        (
            "x.html",
            b"<nav>Home</nav><script>run()</script>",
            Kind::Empty,
            "x.html: no text in it but navigation or mark-up".into(),
        ),
        (
            "x.txt",
            b"%PDF-1.7\n",
            Kind::Binary,
            "x.txt: this is no text: it looks like a PDF file; give it the extension .pdf".into(),
        ),
        (
            "x.txt",
            b"PK\x03\x04...",
            Kind::Binary,
            "x.txt: this is no text: it looks like a ZIP archive (DOCX, EPUB and ODT are ZIP archives); give it the \
             extension of what it is"
                .into(),
        ),
        (
            "x.txt",
            b"ab\0\0cd\0\0\0",
            Kind::Binary,
            format!("x.txt: this is no text: it has NUL bytes in it; {remedy}"),
        ),
        (
            "x.txt",
            b"\xC4\xFF\0\xE3\x01",
            Kind::Binary,
            format!("x.txt: this is no text: it has NUL bytes in it; {remedy}"),
        ),
        (
            "x.txt",
            b"\xFF\xFEa\0\0\0b\0",
            Kind::Binary,
            format!("x.txt: this is no text: it has NUL characters in it; {remedy}"),
        ),
        (
            "x.doc",
            b"text",
            Kind::Usage,
            "x.doc: .doc files are not read; open it in Word or LibreOffice and save it as DOCX".into(),
        ),
    ];
    for (name, bytes, kind, text) in cases {
        assert_eq!(error(name, bytes), (kind, text));
    }
    let unknown = decode::named("klingon").expect_err("there is none").to_string();
    let expected = "--encoding: no encoding is named klingon; try utf-8, gb18030, big5, utf-16le or utf-16be";
    assert_eq!(unknown, expected);
}

#[test]
fn files_are_opened_decompressed_and_limited() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let text = "你好，世界。\n".repeat(100);
    let gz = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder
            .write_all(text.as_bytes())
            .and_then(|()| encoder.finish())
            .expect("memory can be written to")
    };
    let zst = zstd::encode_all(text.as_bytes(), 0).expect("memory can be written to");
    let twice = [gz(&text[..18]), gz(&text[18..])].concat();
    fs::write(path("a.zh.txt"), &text).expect("the folder can be written to");
    fs::write(path("b.zh.txt.gz"), twice).expect("the folder can be written to");
    fs::write(path("c.zh.md.zst"), zst).expect("the folder can be written to");
    fs::write(path("d.txt.gz"), &gz(&text)[..20]).expect("the folder can be written to");
    for (name, id) in [("a.zh.txt", "a"), ("b.zh.txt.gz", "b"), ("c.zh.md.zst", "c")] {
        let source = Source::open(&path(name), &Settings::default()).expect("the file is there");
        assert_eq!(source.bytes, text.as_bytes(), "{name}");
        assert_eq!(read(source, &Settings::default()).expect("this is text").id, id);

        let small = Settings {
            max_bytes: text.len() as u64 - 1,
            ..Settings::default()
        };
        let error = Source::open(&path(name), &small).expect_err("it is a byte too large");
        assert_eq!(error.kind, Kind::Read);
        let cause = "larger than 1899 bytes, the most that is read as one document";
        assert_eq!(
            error.to_string(),
            format!("{}: {cause}; cut it into several files", path(name))
        );
    }
    let broken = Source::open(&path("d.txt.gz"), &Settings::default()).expect_err("it is cut off");
    assert_eq!(broken.kind, Kind::Malformed);
    assert!(broken.to_string().contains("broken gzip data: "), "{broken}");
    fs::write(path("e.txt.gz"), gz(&" ".repeat(32 << 20))).expect("the folder can be written to");
    let bomb = Source::open(&path("e.txt.gz"), &Settings::default()).expect_err("it is a bomb");
    assert_eq!(bomb.kind, Kind::Malformed);
    let cause = "gzip data that unpack to more than 250 times their size, as only bombs do";
    assert!(bomb.to_string().contains(cause), "{bomb}");
    let missing = Source::open(&path("none.txt"), &Settings::default()).expect_err("it is not there");
    assert_eq!(missing.kind, Kind::Read);
}

fn check(document: &Document) {
    let mut end = 0;
    for segment in &document.segments {
        let (span, text) = (segment.span, &document.text);
        assert!(end <= span.start() && !span.is_empty() && span.end() <= text.len());
        assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()));
        assert_eq!(span.trim(text), span);
        end = span.end();
    }
}

proptest! {
    #[test]
    fn reading_any_bytes_panics_never_and_segments_keep_their_promise(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        format in prop::sample::select(vec![
            Format::Plain, Format::Markdown, Format::Html, Format::SubRip, Format::WebVtt,
        ]),
        lossy: bool,
    ) {
        let settings = Settings { format: Some(format), lossy, ..Settings::default() };
        if let Ok(document) = read_bytes("x", &bytes, &settings) {
            check(&document);
        }
    }

    #[test]
    fn reading_any_text_keeps_the_promise_in_every_format(
        text in "([ \\n\\r\\t>#*_`|\\[\\]()!-]|\u{3000}|<(p|li|td|pre|a|nav|br|form|h1)>|</(p|li|a|pre)>|---|```|\n00:01.0 --> 00:02.0\n|<v A>|[a-c]|[一-三]|。|\n2018-05-08\n)*",
        format in prop::sample::select(vec![
            Format::Plain, Format::Markdown, Format::Html, Format::SubRip, Format::WebVtt,
        ]),
    ) {
        let settings = Settings { format: Some(format), ..Settings::default() };
        if let Ok(document) = read_bytes("x", text.as_bytes(), &settings) {
            check(&document);
            bundle::cut(document).iter().for_each(check);
        }
    }
}

#[test]
fn the_sample_bundle_is_cut_as_its_gold_says() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
    let text = |name: &str| std::fs::read_to_string(corpora.join(name)).expect("the sample is there");
    let source = Source {
        name: "bundle.txt".into(),
        bytes: text("bundle.txt").into(),
    };
    let document = read(source, &Settings::default()).expect("the sample is read");
    let found: Vec<String> = bundle::cut(document)
        .iter()
        .map(|part| {
            let lang = part.segments[0].lang.tag();
            let date = part.date.expect("each has a date");
            format!(
                "{lang}\t{date}\t{}",
                part.title.as_deref().expect("each has a title")
            )
        })
        .collect();
    let gold = text("bundle.gold.tsv");
    let wanted = gold
        .lines()
        .skip(1)
        .map(|line| line.splitn(3, '\t').nth(2).expect("five columns"));
    assert_eq!(found, wanted.collect::<Vec<_>>());
}
