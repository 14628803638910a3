//! Documents in packages: what is damaged, encrypted, a bomb or something else is refused with a reason, and no bytes
//! whatever make a reader panic.

use duizhao::error::{Error, Kind};
use duizhao::ingest::{Document, Settings, Source, read};
use proptest::prelude::*;
use std::fs;
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

fn read_bytes(name: &str, bytes: Vec<u8>, settings: &Settings) -> Result<Document, Error> {
    let source = Source {
        name: name.into(),
        bytes,
    };
    read(source, settings)
}

fn refusal(name: &str, bytes: Vec<u8>) -> (Kind, String) {
    let error = read_bytes(name, bytes, &Settings::default()).expect_err("this cannot be read");
    (error.kind, error.to_string())
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("memory can be written to");
        zip.write_all(content.as_bytes())
            .expect("memory can be written to");
    }
    zip.finish().expect("memory can be written to").into_inner()
}

const TO_DOCUMENT: (&str, &str) = (
    "_rels/.rels",
    r#"<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#,
);

fn docx(document: &str) -> Vec<u8> {
    package(&[TO_DOCUMENT, ("word/document.xml", document)])
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(format!("tests/ingest/{name}")).expect("the sample is there")
}

#[test]
fn what_is_no_word_document_is_refused_with_a_remedy() {
    let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    let cut_off = sample("word.zh.docx")[..2000].to_vec();
    let cases = [
        (vec![], Kind::Empty, "x.docx: the file is empty"),
        (
            old,
            Kind::Binary,
            "x.docx: no DOCX file, but an old Office file or one with a password; open it in Word or LibreOffice and save \
             it as DOCX without a password",
        ),
        (
            cut_off,
            Kind::Malformed,
            "x.docx: no DOCX file: invalid Zip archive: Could not find EOCD; fetch the whole file anew: it is cut off or \
             damaged",
        ),
        (
            b"<html>".to_vec(),
            Kind::Malformed,
            "x.docx: no DOCX file: invalid Zip archive: Could not find EOCD; give it the extension of what it is",
        ),
        (
            package(&[("a.txt", "text")]),
            Kind::Malformed,
            "x.docx: a ZIP archive without a Word document in it; give it the extension of what it is",
        ),
        (
            docx("<document><body><p>"),
            Kind::Malformed,
            "x.docx: word/document.xml: byte 19: it ends inside an element; open it in the program that made it, and save \
             it anew",
        ),
        (
            docx("<document><body><p><r><t></t></r></p></body></document>"),
            Kind::Empty,
            "x.docx: no text in it but navigation or mark-up",
        ),
    ];
    for (bytes, kind, text) in cases {
        assert_eq!(refusal("x.docx", bytes), (kind, text.into()));
    }
}

#[test]
fn what_comes_without_a_name_is_known_by_how_it_begins() {
    for name in ["word.zh.docx", "pandoc.zh.epub", "reportlab.zh.pdf"] {
        let [named, piped] =
            [name, "-"].map(|name_of| read_bytes(name_of, sample(name), &Settings::default()));
        assert_eq!(
            piped.expect("it has text").text,
            named.expect("it has text").text,
            "{name}"
        );
    }
}

#[test]
fn entities_do_not_grow() {
    let bomb = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><document><p><r><t>&b;</t></r></p></document>";
    let (kind, text) = refusal("x.docx", docx(bomb));
    assert_eq!(kind, Kind::Malformed);
    assert!(text.contains("&b; is no entity that XML knows"), "{text}");
}

#[test]
fn what_unpacks_to_more_than_is_read_is_refused() {
    let text = "渡船。".repeat(1 << 10);
    let document = format!("<document><p><r><t>{text}</t></r></p></document>");
    let settings = Settings {
        max_bytes: 8 << 10,
        ..Settings::default()
    };
    let error = read_bytes("x.docx", docx(&document), &settings).expect_err("it is too large");
    let cause = "unpacks to more than 8192 bytes, the most that is read as one document";
    assert_eq!(error.kind, Kind::Read);
    assert_eq!(
        error.to_string(),
        format!("x.docx: {cause}; cut it into several files")
    );
    assert!(read_bytes("x.docx", docx(&document), &Settings::default()).is_ok());
}

#[test]
fn a_zip_bomb_is_refused_whatever_size_it_states() {
    let zeros = " ".repeat(32 << 20);
    let honest = docx(&format!("<document>{zeros}</document>"));
    // The directory states the size of each part behind its mark.
    let mut understated = honest.clone();
    let entries = honest
        .windows(4)
        .enumerate()
        .filter(|(_, four)| four == b"PK\x01\x02");
    for (at, _) in entries {
        understated[at + 24..at + 28].copy_from_slice(&100_u32.to_le_bytes());
    }
    assert_ne!(understated, honest);
    for (bytes, cause) in [
        (
            honest,
            "unpacks to more than 250 times its size, as only ZIP bombs do",
        ),
        (understated, "File is larger than its declared uncompressed size"),
    ] {
        let (kind, text) = refusal("x.docx", bytes);
        assert_eq!(kind, Kind::Malformed);
        assert!(text.contains(cause), "{text}");
    }
}

#[test]
fn an_encrypted_part_is_said_to_be_one() {
    let mut bytes = docx("<document/>");
    // The flag in the local header and in the directory: parts of packages are rarely encrypted, but then all are.
    for (mark, flag) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> = bytes
            .windows(4)
            .enumerate()
            .filter(|(_, four)| four == mark)
            .map(|(at, _)| at)
            .collect();
        places.into_iter().for_each(|at| bytes[at + flag] |= 1);
    }
    let expected = "x.docx: _rels/.rels is encrypted; save it without a password";
    assert_eq!(refusal("x.docx", bytes), (Kind::Binary, expected.into()));
}

/// Word counts chapters and articles by itself: no text holds the numbers that it prints.
#[test]
fn numbers_that_word_counts_stand_before_their_paragraphs() {
    let relations = r#"<Relationships><Relationship Type="x/numbering" Target="numbering.xml"/>
        <Relationship Type="x/styles" Target="styles.xml"/></Relationships>"#;
    let styles = r#"<styles><style styleId="c"><name val="heading 1"/><pPr><numPr><numId val="1"/></numPr></pPr></style>
        <style styleId="a"><basedOn val="c"/><pPr><numPr><ilvl val="1"/></numPr></pPr></style>
        <style styleId="linked"><pPr><numPr><numId val="2"/></numPr></pPr></style></styles>"#;
    let level = |level: usize, format: &str, text: &str| {
        format!("<lvl ilvl='{level}'><start val='1'/><numFmt val='{format}'/><lvlText val='{text}'/></lvl>")
    };
    let numbering = [
        "<numbering><abstractNum abstractNumId='0'>",
        &level(0, "chineseCountingThousand", "第%1章"),
        &level(1, "decimal", "第%1.%2条"),
        "</abstractNum><abstractNum abstractNumId='1'>",
        &level(0, "lowerLetter", "(%1)"),
        &level(1, "bullet", "·"),
        &level(2, "hebrew1", "%3."),
        "</abstractNum><abstractNum abstractNumId='2'><numStyleLink val='linked'/></abstractNum>",
        "<num numId='1'><abstractNumId val='0'/></num><num numId='2'><abstractNumId val='1'/></num>",
        "<num numId='3'><abstractNumId val='1'/><lvlOverride ilvl='0'><startOverride val='5'/></lvlOverride></num>",
        "<num numId='4'><abstractNumId val='2'/></num></numbering>",
    ]
    .concat();
    let styled =
        |style: &str, text: &str| format!("<p><pPr><pStyle val='{style}'/></pPr><r><t>{text}</t></r></p>");
    let listed = |list: usize, level: usize, text: &str| {
        let number = format!("<numPr><ilvl val='{level}'/><numId val='{list}'/></numPr>");
        format!("<p><pPr>{number}</pPr><r><t>{text}</t></r></p>")
    };
    let cases = [
        (styled("c", "总则"), "第一章 总则"),
        (styled("a", "目的"), "第一.1条 目的"),
        (styled("a", "范围"), "第一.2条 范围"),
        (styled("c", "附则"), "第二章 附则"),
        (styled("a", "施行"), "第二.1条 施行"),
        (listed(2, 0, "fares"), "(a) fares"),
        (listed(2, 1, "a bullet"), "a bullet"),
        (listed(2, 2, "an unknown way to count"), "an unknown way to count"),
        // Counted, but not printed.
        (listed(2, 0, ""), ""),
        (listed(2, 0, "tolls"), "(c) tolls"),
        (listed(3, 0, "anew"), "(e) anew"),
        (listed(4, 0, "by a style"), "(f) by a style"),
        (listed(0, 0, "none"), "none"),
        (listed(9, 0, "no such list"), "no such list"),
    ];
    let body: String = cases.iter().map(|(paragraph, _)| paragraph.as_str()).collect();
    let bytes = package(&[
        TO_DOCUMENT,
        (
            "word/document.xml",
            &format!("<document><body>{body}</body></document>"),
        ),
        ("word/_rels/document.xml.rels", relations),
        ("word/styles.xml", styles),
        ("word/numbering.xml", &numbering),
    ]);
    let document = read_bytes("x.docx", bytes, &Settings::default()).expect("it can be read");
    let texts: Vec<&str> = document
        .segments
        .iter()
        .map(|segment| segment.span.of(&document.text))
        .collect();
    let expected: Vec<&str> = cases
        .iter()
        .map(|(_, text)| *text)
        .filter(|text| !text.is_empty())
        .collect();
    assert_eq!(texts, expected);
}

const CONTAINER: (&str, &str) = (
    "META-INF/container.xml",
    r#"<container><rootfiles><rootfile full-path="a/b.opf"/></rootfiles></container>"#,
);
const BOOK: (&str, &str) = (
    "a/b.opf",
    r#"<package><manifest><item id="x" href="%E7%AB%A0.xhtml" media-type="application/xhtml+xml"/></manifest>
       <spine><itemref idref="x"/></spine></package>"#,
);
const CHAPTER: (&str, &str) = (
    "a/章.xhtml",
    "<html><head><title/></head><body><p>船到了。</p></body></html>",
);

#[test]
fn a_book_is_read_through_its_spine_or_refused_with_a_reason() {
    let document = read_bytes(
        "x.epub",
        package(&[CONTAINER, BOOK, CHAPTER]),
        &Settings::default(),
    );
    assert_eq!(document.expect("it is a book").text, "船到了。\n");
    let lock = (
        "META-INF/encryption.xml",
        r#"<encryption><CipherReference URI="a/%E7%AB%A0.xhtml"/></encryption>"#,
    );
    let cases = [
        (
            package(&[CONTAINER, BOOK, CHAPTER, lock]),
            Kind::Binary,
            "x.epub: a/章.xhtml is locked (DRM); use a copy without DRM",
        ),
        (
            package(&[CONTAINER, BOOK]),
            Kind::Malformed,
            "x.epub: a/章.xhtml is missing, a chapter of it; fetch the whole book anew",
        ),
        (
            package(&[TO_DOCUMENT]),
            Kind::Malformed,
            "x.epub: a ZIP archive without a book in it; give it the extension of what it is",
        ),
    ];
    for (bytes, kind, text) in cases {
        assert_eq!(refusal("x.epub", bytes), (kind, text.into()));
    }
}

#[test]
fn a_pdf_without_text_and_one_that_is_locked_say_what_to_do() {
    let cases = [
        (
            sample("broken/scan.pdf"),
            Kind::Empty,
            "x.pdf: no text in it: 1 of 1 pages are pictures, as of a scan; read it by OCR first: ocrmypdf -l chi_sim+eng \
             IN.pdf OUT.pdf",
        ),
        (
            sample("broken/locked.pdf"),
            Kind::Binary,
            "x.pdf: it is locked by a password; save it without one: qpdf --decrypt does",
        ),
        (
            b"<html>".to_vec(),
            Kind::Malformed,
            "x.pdf: no PDF file: it does not begin as one; give it the extension of what it is",
        ),
    ];
    for (bytes, kind, text) in cases {
        assert_eq!(refusal("x.pdf", bytes), (kind, text.into()));
    }
    let (kind, _) = refusal("x.pdf", b"%PDF-1.7\nnothing behind it".to_vec());
    assert_eq!(kind, Kind::Malformed);
}

#[test]
fn passages_of_a_pdf_know_their_pages() {
    let document =
        read_bytes("x.pdf", sample("reportlab.en.pdf"), &Settings::default()).expect("it has text");
    let addresses: Vec<String> = document
        .segments
        .iter()
        .map(|segment| document.address(segment.span))
        .collect();
    assert_eq!(addresses[0], "x.pdf#page=1");
    assert!(
        addresses.iter().any(|address| address == "x.pdf#page=2"),
        "{addresses:?}"
    );
}

fn check(document: &Document) {
    let mut end = 0;
    for segment in &document.segments {
        let (span, text) = (segment.span, &document.text);
        assert!(end <= span.start() && !span.is_empty() && span.end() <= text.len());
        assert_eq!(span.trim(text), span);
        end = span.end();
    }
}

const SAMPLES: [&str; 11] = [
    "word.zh.docx",
    "libreoffice.zh.docx",
    "pandoc.en.docx",
    "ebooklib.en.epub",
    "pandoc.zh.epub",
    "reportlab.zh.pdf",
    "reportlab.en.pdf",
    "libreoffice.zh.pdf",
    "film.en.srt",
    "film.zh.srt",
    "talk.zh.vtt",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn a_damaged_document_is_an_error_or_a_document_and_never_a_panic(
        name in prop::sample::select(SAMPLES.to_vec()),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        end in any::<prop::sample::Index>(),
        is_cut: bool,
    ) {
        let mut bytes = sample(name);
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(document) = read_bytes(name, bytes, &Settings::default()) {
            check(&document);
        }
    }

    #[test]
    fn any_mark_up_of_word_is_read_or_refused(
        mark_up in "(<(p|r|t|tbl|tc|pPr|del/|del|ins|txbxContent|ruby|rt|footnote|Fallback|vanish/|br/|pPrChange)>|</(p|r|t|tc|pPr|del|rt|Fallback)>|渡|&amp;)*",
    ) {
        if let Ok(document) = read_bytes("x.docx", docx(&format!("<d>{mark_up}</d>")), &Settings::default()) {
            check(&document);
        }
    }

    #[test]
    fn any_well_nested_mark_up_of_word_is_read_or_has_no_text(mark_up in nested()) {
        match read_bytes("x.docx", docx(&format!("<d>{mark_up}</d>")), &Settings::default()) {
            Ok(document) => check(&document),
            Err(error) => assert_eq!(error.kind, Kind::Empty, "{error}"),
        }
    }
}

fn nested() -> impl Strategy<Value = String> {
    let names = vec![
        "p",
        "r",
        "t",
        "tc",
        "pPr",
        "rPr",
        "del",
        "ins",
        "txbxContent",
        "rt",
        "footnote",
        "Fallback",
        "vanish",
        "br",
        "moveFrom",
        "numId",
        "pStyle",
        "style",
    ];
    let leaf = prop_oneof![
        Just("渡".to_owned()),
        Just("<br/>".to_owned()),
        Just("<t>a</t>".to_owned())
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        (
            prop::sample::select(names.clone()),
            prop::collection::vec(inner, 0..6),
        )
            .prop_map(|(name, inside)| format!("<{name}>{}</{name}>", inside.concat()))
    })
}
