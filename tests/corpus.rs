//! Rows in every format: the cases under `tests/corpus`, and laws on nasty text.

use duizhao::align::{Alignment, Bead};
use duizhao::corpus::manifest::{self, Checksum, Head, Record};
use duizhao::corpus::{
    self, Dropped, File, Format, Pair, Row, Rows, Settings, Status, Text, Writer, jsonl, text, tsv,
};
use duizhao::eval;
use duizhao::ingest::{Document, Encoding, EncodingFound, Segment, SegmentKind, Source};
use duizhao::language::{Lang, Side};
use duizhao::span::Span;
use duizhao::split::Sentence;
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

// --- cases ----------------------------------------------------------------------------------------------------------

/// One side of a case, as its file tells it.
struct Half {
    document: Document,
    /// Paragraph, sentence (both from 0), language and span of each sentence.
    sentences: Vec<(usize, usize, Lang, Span)>,
}

impl Half {
    fn sentences(&self) -> Vec<Sentence<'_>> {
        let sentence =
            |(index, (segment, number, lang, span)): (usize, &(usize, usize, Lang, Span))| Sentence {
                span: *span,
                text: span.of(&self.document.text),
                lang: *lang,
                segment: *segment,
                number: *number,
                index,
            };
        self.sentences.iter().enumerate().map(sentence).collect()
    }
}

fn read_side(folder: &Path, name: &str) -> Half {
    let mut text = String::new();
    let (mut sentences, mut segments) = (vec![], Vec::<Segment>::new());
    for line in fs::read_to_string(folder.join(name)).unwrap().lines() {
        let [id, tag, sentence] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{name}: {line:?}")
        };
        let (paragraph, number) = id.split_once('.').unwrap();
        let paragraph = paragraph.parse::<usize>().unwrap() - 1;
        let lang = [Lang::Hans, Lang::Hant, Lang::En, Lang::Other]
            .into_iter()
            .find(|lang| lang.tag() == tag)
            .unwrap();
        let start = text.len();
        text += &unescape(sentence);
        let span = Span::new(start, text.len());
        text.push('\n');
        sentences.push((paragraph, number.parse::<usize>().unwrap() - 1, lang, span));
        if segments.len() <= paragraph {
            segments.push(Segment {
                span,
                kind: SegmentKind::Paragraph,
                lang,
            });
        }
        segments[paragraph].span = Span::new(segments[paragraph].span.start(), span.end());
    }
    let id = folder.file_name().unwrap().to_str().unwrap();
    let document = Document {
        id: id.into(),
        source: format!("{id}/{name}"),
        title: Some(format!("{id} & {name}")),
        date: None,
        role: None,
        text,
        segments,
        encoding: Encoding {
            name: "UTF-8".into(),
            found: EncodingFound::Valid,
            replaced: 0,
        },
        notes: vec![],
        locators: vec![],
    };
    Half { document, sentences }
}

fn unescape(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('\\') {
        out += before;
        let (escaped, after) = match after.split_at(1) {
            ("n", after) => ('\n', after),
            ("r", after) => ('\r', after),
            ("t", after) => ('\t', after),
            ("u", after) => {
                let (code, after) = after.strip_prefix('{').unwrap().split_once('}').unwrap();
                (
                    char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap(),
                    after,
                )
            }
            other => panic!("an escape we do not know: {other:?}"),
        };
        out.push(escaped);
        rest = after;
    }
    out + rest
}

/// `[0, 1]:[0]:0.93`: the runs and scores of a case's beads.
fn read_beads(folder: &Path) -> Vec<Bead> {
    let text = fs::read_to_string(folder.join("beads.txt")).unwrap();
    let places = eval::read(&Source {
        name: "beads.txt".into(),
        bytes: text.clone().into(),
    })
    .unwrap();
    let run = |places: &[usize], next: &mut usize| {
        let start = *next;
        *next += places.len();
        start..*next
    };
    let (mut zh, mut en) = (0, 0);
    let scores = text
        .lines()
        .map(|line| line.split(':').nth(2).map_or(0.0, |score| score.parse().unwrap()));
    let bead = |(bead, score): (&eval::Bead, f32)| Bead {
        zh: run(&bead.zh, &mut zh),
        en: run(&bead.en, &mut en),
        score,
    };
    places.iter().zip(scores).map(bead).collect()
}

struct Case {
    folder: PathBuf,
    rows: Rows,
    record: Record,
    sentences_in: usize,
}

fn cases() -> Vec<Case> {
    let mut folders: Vec<_> = fs::read_dir("tests/corpus")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    assert!(folders.len() >= 2);
    folders.into_iter().map(read_case).collect()
}

fn read_case(folder: PathBuf) -> Case {
    let (zh, en) = (read_side(&folder, "zh.txt"), read_side(&folder, "en.txt"));
    let sentences_in = zh.sentences.len() + en.sentences.len();
    let (zh_kept, mut dropped) = corpus::sift(Side::Zh, &zh.document, zh.sentences());
    let (en_kept, en_dropped) = corpus::sift(Side::En, &en.document, en.sentences());
    dropped.extend(en_dropped);
    let pair = Pair {
        id: &zh.document.id,
        zh: Text {
            document: &zh.document,
            sentences: &zh_kept,
        },
        en: Text {
            document: &en.document,
            sentences: &en_kept,
        },
    };
    let alignment = Alignment::new(read_beads(&folder), zh_kept.len(), en_kept.len()).unwrap();
    let rows = corpus::rows(&pair, &alignment).unwrap();
    let checksum = |document: &Document| Checksum::of(document.text.as_bytes());
    let record = Record::new(
        &pair,
        checksum(&zh.document),
        checksum(&en.document),
        &rows,
        dropped,
    );
    Case {
        folder,
        rows,
        record,
        sentences_in,
    }
}

fn write(format: Format, case: &Case) -> Vec<Vec<u8>> {
    let outputs = format.extensions().iter().map(|_| Vec::new()).collect();
    let mut writer = Writer::create(format, outputs, &Settings::default()).unwrap();
    writer.begin(&case.record).unwrap();
    for row in &case.rows.rows {
        writer.row(row).unwrap();
    }
    writer.finish().unwrap().outputs
}

#[test]
fn every_case_comes_out_as_expected_in_every_format() {
    let mut failures = vec![];
    for case in cases() {
        let mut files = vec![("manifest.json", without_version(write_manifest(&case)))];
        for format in texts_of_formats().filter(|format| *format != Format::Html) {
            let written = write(format, &case).into_iter().map(without_version);
            files.extend(expected_extensions(format).iter().copied().zip(written));
        }
        for (extension, found) in files {
            let path = case.folder.join(format!("expected.{extension}"));
            if std::env::var_os("BLESS").is_some() {
                fs::write(&path, &found).unwrap();
            }
            if fs::read(&path).unwrap_or_default() != found {
                failures.push(format!(
                    "{}: found\n{}",
                    path.display(),
                    String::from_utf8_lossy(&found)
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The formats that are written as text: workbooks, documents and tables of columns are not, and have round trips of their own.
fn texts_of_formats() -> impl Iterator<Item = Format> {
    let all = Format::ALL.into_iter();
    all.filter(|format| {
        format.is_written() && ![Format::Xlsx, Format::Docx, Format::Parquet].contains(format)
    })
}

/// Both versions of XLIFF have one extension, and both forms of links.
fn expected_extensions(format: Format) -> &'static [&'static str] {
    match format {
        Format::Xliff2 => &["xliff2.xlf"],
        Format::Intertext => &["intertext.xml"],
        _ => format.extensions(),
    }
}

fn write_manifest(case: &Case) -> Vec<u8> {
    let head = Head::new("0123abcd", serde_json::json!({"split": "sentence"}));
    let mut writer = manifest::Writer::new(Vec::new(), &head).unwrap();
    writer.record(&case.record).unwrap();
    writer.finish(0).unwrap()
}

/// So that a release does not rewrite the cases.
fn without_version(file: Vec<u8>) -> Vec<u8> {
    let version = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
    String::from_utf8(file)
        .unwrap()
        .replace(&version, "\"VERSION\"")
        .into_bytes()
}

#[test]
fn every_sentence_is_in_exactly_one_row_or_named_as_dropped() {
    for case in cases() {
        let mut found: Vec<(Side, String)> = vec![];
        for row in &case.rows.rows {
            found.extend(
                row.src_sent_ids
                    .split_whitespace()
                    .map(|id| (Side::Zh, id.to_owned())),
            );
            found.extend(
                row.trg_sent_ids
                    .split_whitespace()
                    .map(|id| (Side::En, id.to_owned())),
            );
        }
        found.extend(
            case.record
                .dropped
                .iter()
                .map(|dropped| (dropped.side, dropped.id.clone())),
        );
        assert_eq!(found.len(), case.sentences_in);
        found.sort_by_key(|(side, id)| (*side == Side::En, id.clone()));
        found.dedup();
        assert_eq!(found.len(), case.sentences_in, "a sentence came out twice");
        let counts = &case.record.counts;
        let counted = [counts.zh, counts.en]
            .iter()
            .map(|side| side.sentences + side.dropped)
            .sum::<usize>();
        assert_eq!(counted, case.sentences_in);
    }
}

#[test]
fn an_alignment_that_leaves_sentences_out_is_refused() {
    let side = read_side(Path::new("tests/corpus/tea"), "zh.txt");
    let sentences = side.sentences();
    let text = Text {
        document: &side.document,
        sentences: &sentences,
    };
    let pair = Pair {
        id: "tea",
        zh: text,
        en: text,
    };
    let error = corpus::rows(&pair, &Alignment::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "alignment: beads end at 0:0, the documents at 6:6"
    );
}

#[test]
fn a_pair_id_depends_on_documents_ids_and_texts_and_on_nothing_else() {
    let case = read_case("tests/corpus/tea".into());
    let again = read_case("tests/corpus/tea".into());
    assert_eq!(case.rows, again.rows);
    let mut ids: Vec<_> = case.rows.rows.iter().map(|row| &row.pair_id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), case.rows.rows.len());
    assert!(
        ids.iter()
            .all(|id| id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
    );
}

#[test]
fn a_record_survives_the_journal() {
    for case in cases() {
        let line = serde_json::to_string(&case.record).unwrap();
        assert!(!line.contains('\n'));
        assert_eq!(serde_json::from_str::<Record>(&line).unwrap(), case.record);
    }
}

#[test]
fn a_manifest_is_json_and_adds_up_its_records() {
    let cases = cases();
    let mut writer =
        manifest::Writer::new(Vec::new(), &Head::new("0123abcd", serde_json::json!({}))).unwrap();
    for case in &cases {
        writer.record(&case.record).unwrap();
    }
    let manifest: serde_json::Value = serde_json::from_slice(&writer.finish(3).unwrap()).unwrap();
    assert_eq!(manifest["pairs"].as_array().unwrap().len(), cases.len());
    let rows: usize = cases.iter().map(|case| case.rows.rows.len()).sum();
    assert_eq!(manifest["totals"]["rows"], rows);
    assert_eq!(manifest["totals"]["pairs"], cases.len());
    assert_eq!(manifest["totals"]["illegal_characters"], 3);
}

#[test]
fn vecalign_refuses_a_second_document_pair_and_rows_without_places() {
    let case = read_case("tests/corpus/tea".into());
    let create = || Writer::create(Format::Vecalign, vec![Vec::new()], &Settings::default()).unwrap();
    let (mut writer, row) = (create(), case.rows.rows[0].clone());
    writer.row(&row).unwrap();
    let error = writer
        .row(&Row {
            doc_pair_id: "coffee".into(),
            ..row.clone()
        })
        .unwrap_err();
    assert!(error.to_string().contains("coffee follows tea"), "{error}");
    let error = create()
        .row(&Row {
            src_index: vec![],
            trg_index: vec![],
            src_sent_ids: "1.1".into(),
            ..row
        })
        .unwrap_err();
    assert!(error.to_string().contains("no sentence numbers"), "{error}");
}

#[test]
fn what_vecalign_writes_eval_reads() {
    for case in cases() {
        let bytes = write(Format::Vecalign, &case).remove(0);
        let beads = eval::read(&Source {
            name: "x".into(),
            bytes,
        })
        .unwrap();
        let rows = case.rows.rows.iter().map(|row| (&row.src_index, &row.trg_index));
        assert!(beads.iter().map(|bead| (&bead.zh, &bead.en)).eq(rows));
    }
}

#[test]
fn a_format_is_known_by_its_name_and_an_unknown_one_is_told_the_names() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    let error = "pages".parse::<Format>().unwrap_err().to_string();
    assert!(
        error.ends_with(
            "write one of tsv, csv, jsonl, xlsx, docx, parquet, moses, tmx, xliff, xliff2, po, xces, intertext, vecalign, ladder, html"
        ),
        "{error}"
    );
}

#[test]
fn a_writer_wants_as_many_outputs_as_its_format_has_files() {
    for (format, outputs) in [
        (Format::Moses, 1),
        (Format::Tsv, 2),
        (Format::Tsv, 0),
        (Format::Moses, 3),
    ] {
        assert!(Writer::create(format, vec![Vec::new(); outputs], &Settings::default()).is_err());
    }
}

#[test]
fn a_corpus_stands_at_its_path_only_when_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let names = || {
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let case = read_case("tests/corpus/tea".into());
    let create = |format: Format| {
        let mut file = File::create(&folder.path().join("tea.zst"), format, &Settings::default()).unwrap();
        file.begin(&case.record).unwrap();
        case.rows.rows.iter().for_each(|row| file.row(row).unwrap());
        file
    };
    drop(create(Format::Moses));
    assert_eq!(names(), Vec::<String>::new());
    assert_eq!(create(Format::Moses).commit(), Ok(0));
    assert_eq!(names(), ["tea.en.zst", "tea.zh.zst"]);
    create(Format::Html).commit().unwrap();
    let mut page = zstd::Decoder::new(fs::File::open(folder.path().join("tea.zst")).unwrap()).unwrap();
    let mut bytes = vec![];
    std::io::Read::read_to_end(&mut page, &mut bytes).unwrap();
    assert_eq!(bytes, write(Format::Html, &case)[0]);
}

#[test]
fn a_corpus_that_fails_halfway_names_its_path_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two-pairs.vecalign");
    let row = read_case("tests/corpus/tea".into()).rows.rows.remove(0);
    let mut file = File::create(&path, Format::Vecalign, &Settings::default()).unwrap();
    file.row(&row).unwrap();
    let error = file
        .row(&Row {
            doc_pair_id: "coffee".into(),
            ..row
        })
        .unwrap_err();
    assert_eq!(error.place.source, path.display().to_string());
    drop(file);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

// --- the TSV of others ----------------------------------------------------------------------------------------------

fn errors(file: &[u8]) -> Vec<String> {
    match tsv::Reader::new("x.tsv", file) {
        Ok(rows) => rows
            .filter_map(|row| row.err())
            .map(|error| error.to_string())
            .collect(),
        Err(error) => vec![error.to_string()],
    }
}

#[test]
fn a_broken_tsv_is_answered_with_line_cause_and_remedy() {
    let two_columns = "src_text\ttrg_text\n";
    for (file, error) in [
        (String::new(), "x.tsv: an empty file, not even a header"),
        (
            "中文\tEnglish\n".into(),
            "x.tsv: line 1: the header names no column src_text, only \"中文, English\"; \
             name the column of Chinese texts src_text and that of English texts trg_text, each once",
        ),
        (
            "src_text\ttrg_text\tsrc_text\n".into(),
            "x.tsv: line 1: the header names the column src_text 2 times; \
             name the column of Chinese texts src_text and that of English texts trg_text, each once",
        ),
        (
            format!("{two_columns}茶\tTea\n茶\n"),
            "x.tsv: line 3: 1 fields where the header names 2; no field may hold a TAB or a line end",
        ),
        (
            "src_text\ttrg_text\taligner_score\n茶\tTea\t0,9\n".into(),
            "x.tsv: line 2: aligner_score is no number: \"0,9\"; write it with a point, as 0.9512, or leave it empty",
        ),
        (
            "src_text\ttrg_text\tlink_no\n茶\tTea\t-1\n".into(),
            "x.tsv: line 2: link_no is no whole number: \"-1\"; count rows from 1, or leave it empty",
        ),
        (
            "src_text\ttrg_text\tstatus\n茶\tTea\tok\n".into(),
            "x.tsv: line 2: \"ok\" is no status; write auto, man or rejected",
        ),
    ] {
        assert_eq!(errors(file.as_bytes()), [error]);
    }
    let mut bytes = two_columns.as_bytes().to_vec();
    bytes.extend(b"\xe8\x8c\xb6\tTea\nab\xff\tTea\n");
    assert_eq!(
        errors(&bytes),
        ["x.tsv: line 3, byte 28: not valid UTF-8; save it as UTF-8"]
    );
}

#[test]
fn a_tsv_of_others_is_read_by_its_header() {
    let file = "\u{feff}score_of_theirs\ttrg_text\tsrc_text\r\n7\tTea\t茶\r\n\r\n8\t\t水\r\n";
    let rows: Vec<Row> = tsv::Reader::new("x", file.as_bytes())
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let texts: Vec<_> = rows
        .iter()
        .map(|row| (row.src_text.as_str(), row.trg_text.as_str(), row.link_no))
        .collect();
    assert_eq!(texts, [("茶", "Tea", 1), ("水", "", 2)]);
    assert!(
        rows.iter()
            .all(|row| row.status == Status::Auto && row.aligner_score.is_none())
    );
}

#[test]
fn a_compressed_corpus_is_read_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let case = read_case("tests/corpus/tea".into());
    for name in ["x.tsv", "x.tsv.gz", "x.tsv.zst"] {
        let path = folder.path().join(name);
        corpus::output::write(&path, &write(Format::Tsv, &case)[0]).unwrap();
        let rows: Vec<Row> = tsv::open(&path).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows, without_places(&case.rows.rows));
    }
    let error = tsv::open(&folder.path().join("none.tsv")).err().unwrap();
    assert_eq!(error.kind, duizhao::error::Kind::Read);
}

fn without_places(rows: &[Row]) -> Vec<Row> {
    rows.iter()
        .map(|row| Row {
            src_index: vec![],
            trg_index: vec![],
            src_ends: vec![],
            trg_ends: vec![],
            ..row.clone()
        })
        .collect()
}

// --- the page -------------------------------------------------------------------------------------------------------

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    for case in cases() {
        let page = String::from_utf8(write(Format::Html, &case).remove(0)).unwrap();
        for outside in ["http:", "https:", "src=", "<link", "@import", "url("] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
}

#[test]
fn the_page_shows_every_row_and_names_what_was_dropped() {
    for case in cases() {
        let page = String::from_utf8(write(Format::Html, &case).remove(0)).unwrap();
        let page = scraper::Html::parse_document(&page);
        assert_eq!(page.errors, Vec::<std::borrow::Cow<str>>::new());
        let texts = |selector: &str| -> Vec<String> {
            let selector = scraper::Selector::parse(selector).unwrap();
            page.select(&selector)
                .map(|element| element.text().collect())
                .collect()
        };
        assert_eq!(texts(".rows > li").len(), case.rows.rows.len());
        let unaligned = case.rows.rows.iter().filter(|row| !row.is_link()).count();
        assert_eq!(texts(".rows > li.unaligned .missing").len(), unaligned);
        let dropped = texts(".dropped li");
        assert_eq!(dropped.len(), case.record.dropped.len());
        for (line, Dropped { text, reason, .. }) in dropped.iter().zip(&case.record.dropped) {
            assert!(line.contains(text) && line.contains(reason));
        }
        assert_eq!(
            texts("p.title"),
            [
                case.record.zh.title.clone().unwrap(),
                case.record.en.title.clone().unwrap()
            ]
        );
        for row in case.rows.rows.iter().filter(|row| row.is_link()) {
            let selector = format!("#r1-{} .en[lang={}]", row.link_no, row.trg_lang);
            assert_eq!(
                texts(&selector),
                [format!("{} {}", row.trg_sent_ids, pictures(&row.trg_text))]
            );
        }
    }
}

fn pictures(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c < ' ' {
                char::from_u32(0x2400 + u32::from(c)).unwrap()
            } else {
                c
            }
        })
        .collect()
}

#[test]
fn an_empty_corpus_is_a_whole_file_in_every_format() {
    for format in texts_of_formats() {
        let outputs = format.extensions().iter().map(|_| Vec::new()).collect();
        let outputs = Writer::create(format, outputs, &Settings::default())
            .unwrap()
            .finish()
            .unwrap()
            .outputs;
        let file = String::from_utf8(outputs[0].clone()).unwrap();
        match format {
            Format::Tsv => assert_eq!(file, corpus::COLUMNS.join("\t") + "\n"),
            Format::Csv => assert_eq!(file, corpus::COLUMNS.join(",") + "\n"),
            Format::Xliff | Format::Xliff2 => {
                assert!(file.contains("<file ") && file.ends_with("</xliff>\n"))
            }
            Format::Tmx => assert!(file.contains("srclang=\"zh\"") && file.ends_with("</tmx>\n")),
            Format::Html => assert!(file.ends_with("</html>\n")),
            Format::Xces => assert!(file.ends_with("</cesAlign>\n")),
            Format::Intertext => assert!(file.ends_with("</linkGrp>\n")),
            Format::Ladder => assert_eq!(file, "0\t0\t0\n"),
            Format::Jsonl | Format::Moses | Format::Vecalign => assert_eq!(file, ""),
            Format::Xlsx | Format::Docx | Format::Parquet | Format::Po => {
                unreachable!("{format} is no text, or not written")
            }
        }
    }
}

// --- laws on nasty text ---------------------------------------------------------------------------------------------

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\"", "'", "\t", "\n", "\r\n", "\u{2028}", "\u{85}", "\u{0}", "\u{1}", "\u{1b}", "\u{7f}", "\u{fffe}", "\u{feff}", "😀", "👩‍🔬",
    "\u{200f}", "\u{202e}", "=SUM(1)", "]]>", "<b>", "&amp;", "&", "\\", "\\t", ",", "茶", "。", "“", "café", "e\u{301}",
    " ", "  ", "\u{3000}", "0.5", "#", "-->", "</script>", "𠀀",
];

fn nasty() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..8).prop_map(|pieces| pieces.concat())
}

prop_compose! {
    fn row()(
        (src_url, trg_url, src_text, trg_text, doc_pair_id) in (nasty(), nasty(), nasty(), nasty(), nasty()),
        score in prop::option::of(0..=10_000u16),
        link_no in 1..9usize,
        (ids, src_lang, flags) in (nasty(), nasty(), nasty()),
        status in prop::sample::select(&[Status::Auto, Status::Man, Status::Rejected][..]),
    ) -> Row {
        Row {
            src_url, trg_url, src_text, trg_text,
            aligner_score: score.map(|score| f32::from(score) / 1e4),
            pair_id: "0011223344556677".into(),
            doc_pair_id, link_no,
            align_type: "1-1".into(),
            src_sent_ids: ids.clone(), trg_sent_ids: ids,
            src_lang: src_lang.clone(), trg_lang: src_lang,
            flags, status,
            src_index: vec![], trg_index: vec![],
            src_ends: vec![], trg_ends: vec![],
        }
    }
}

fn on_one_line(row: &Row) -> Row {
    let line = |field: &String| text::one_line(field).0.into_owned();
    Row {
        src_url: line(&row.src_url),
        trg_url: line(&row.trg_url),
        src_text: line(&row.src_text),
        trg_text: line(&row.trg_text),
        doc_pair_id: line(&row.doc_pair_id),
        src_sent_ids: line(&row.src_sent_ids),
        trg_sent_ids: line(&row.trg_sent_ids),
        src_lang: line(&row.src_lang),
        trg_lang: line(&row.trg_lang),
        flags: line(&row.flags),
        ..row.clone()
    }
}

fn written(format: Format, rows: &[Row]) -> (Vec<Vec<u8>>, usize) {
    let outputs = format.extensions().iter().map(|_| Vec::new()).collect();
    let mut writer = Writer::create(format, outputs, &Settings::default()).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    let finished = writer.finish().unwrap();
    (finished.outputs, finished.illegal)
}

fn is_xml(c: char) -> bool {
    c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}'
}

proptest! {
    #[test]
    fn rows_come_back_from_a_tsv_as_they_went_in(rows in prop::collection::vec(row(), 0..5)) {
        let (files, _) = written(Format::Tsv, &rows);
        let back: Vec<Row> = tsv::Reader::new("x", &files[0][..]).unwrap().map(Result::unwrap).collect();
        prop_assert_eq!(back, rows.iter().map(on_one_line).collect::<Vec<_>>());
    }

    #[test]
    fn rows_come_back_from_jsonl_as_they_went_in(rows in prop::collection::vec(row(), 0..5)) {
        let (files, _) = written(Format::Jsonl, &rows);
        let back: Vec<Row> = jsonl::Reader::new("x", &files[0][..]).map(Result::unwrap).collect();
        prop_assert_eq!(back, rows);
    }

    #[test]
    fn both_files_of_moses_have_a_line_for_each_row(rows in prop::collection::vec(row(), 0..5)) {
        for file in written(Format::Moses, &rows).0 {
            prop_assert_eq!(file.iter().filter(|byte| **byte == b'\n').count(), rows.len());
            let line_ends = ['\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'];
            prop_assert!(!String::from_utf8(file).unwrap().contains(line_ends));
        }
    }

    #[test]
    fn every_text_comes_back_from_tmx_without_what_xml_cannot_hold(rows in prop::collection::vec(row(), 0..5)) {
        let (files, illegal) = written(Format::Tmx, &rows);
        let file = std::str::from_utf8(&files[0]).unwrap();
        prop_assert!(file.chars().all(|c| c == '\n' || is_xml(c)));
        let mut expected = vec![];
        for text in rows.iter().flat_map(|row| [&row.src_text, &row.trg_text]).filter(|text| !text.is_empty()) {
            expected.push(text::one_line(text).0.chars().filter(|c| is_xml(*c)).collect::<String>());
        }
        prop_assert_eq!(segments(file), expected);
        let left_out = rows.iter().map(on_one_line).map(|row| {
            let fields = [row.src_text, row.trg_text, row.doc_pair_id, row.src_sent_ids, row.trg_sent_ids, row.flags];
            fields.concat().chars().filter(|c| !is_xml(*c)).count()
        });
        prop_assert!(illegal >= left_out.sum());
    }

    #[test]
    fn the_page_holds_any_text_without_breaking(rows in prop::collection::vec(row(), 1..5)) {
        let (files, _) = written(Format::Html, &rows);
        let page = scraper::Html::parse_document(std::str::from_utf8(&files[0]).unwrap());
        prop_assert_eq!(page.select(&scraper::Selector::parse(".rows > li").unwrap()).count(), rows.len());
        prop_assert_eq!(page.select(&scraper::Selector::parse("script").unwrap()).count(), 1);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let mut file = b"src_text\ttrg_text\n".to_vec();
        file.extend(&bytes);
        prop_assert!(tsv::Reader::new("x", &file[..]).unwrap().count() <= bytes.len());
        prop_assert!(jsonl::Reader::new("x", &bytes[..]).count() <= bytes.len());
    }
}

/// The texts of all `seg` elements.
fn segments(tmx: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let mut xml = quick_xml::Reader::from_str(tmx);
    let (mut segments, mut inside) = (vec![], false);
    loop {
        match xml.read_event().unwrap() {
            Event::Start(element) if element.name().0 == "seg" => {
                inside = true;
                segments.push(String::new());
            }
            Event::End(element) if element.name().0 == "seg" => inside = false,
            Event::Text(text) if inside => *segments.last_mut().unwrap() += &text,
            Event::GeneralRef(name) if inside => {
                *segments.last_mut().unwrap() += match &*name {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("an entity that XML does not name: {other}"),
                }
            }
            Event::Eof => return segments,
            _ => {}
        }
    }
}
