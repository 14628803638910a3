//! Corpora of every format into rows: round trips over nasty text, and the files of other makers, good and bad.

use bytes::Bytes;
use duizhao::corpus::{File, Format, Left, Reader, Row, Settings, Status, Writer, text};
use duizhao::error::Kind;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, ParquetMetaDataWriter};
use parquet::file::writer::SerializedFileWriter;
use proptest::prelude::*;
use std::path::Path;

fn rows(path: &Path) -> Vec<Result<Row, String>> {
    let rows = Reader::open(path, Format::of(path).unwrap()).unwrap();
    rows.map(|row| row.map_err(|error| error.to_string())).collect()
}

/// The rows of a file with a name and some bytes; errors without the folder before the name.
fn read(name: &str, bytes: impl AsRef<[u8]>) -> Vec<Result<Row, String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let folder = format!("{}/", folder.path().display());
    match Reader::open(&path, Format::of(&path).unwrap()) {
        Ok(rows) => rows
            .map(|row| row.map_err(|error| error.to_string().replace(&folder, "")))
            .collect(),
        Err(error) => vec![Err(error.to_string().replace(&folder, ""))],
    }
}

fn texts(rows: &[Result<Row, String>]) -> Vec<(&str, &str)> {
    rows.iter()
        .map(|row| {
            let row = row.as_ref().unwrap();
            (row.src_text.as_str(), row.trg_text.as_str())
        })
        .collect()
}

// --- round trips ----------------------------------------------------------------------------------------------------

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\"", "'", "\t", "\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{0}", "\u{1}", "\u{1b}", "\u{7f}", "\u{fffe}", "\u{feff}", "😀",
    "👩‍🔬", "\u{200f}", "\u{202e}", "=SUM(1)", "]]>", "<![CDATA[", "<b>", "</seg>", "&amp;", "&", "\\", "\\t", "\\ud800", ",", ";", "茶",
    "。", "“", "café", "e\u{301}", " ", "  ", "\u{3000}", "0.5", "#", "-->", "\u{fffd}", "𠀀",
];

fn nasty() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..8).prop_map(|pieces| pieces.concat())
}

prop_compose! {
    fn row()(
        (src_url, trg_url, src_text, trg_text, doc_pair_id) in (nasty(), nasty(), nasty(), nasty(), nasty()),
        (pair_id, ids, flags) in (nasty(), nasty(), nasty()),
        score in prop::option::of(0..=10_000u16),
        link_no in 1..9usize,
        src_lang in prop::sample::select(&["zh-Hans", "zh-Hant", "zh-CN"][..]),
        status in prop::sample::select(&[Status::Auto, Status::Man, Status::Rejected][..]),
    ) -> Row {
        Row {
            src_url, trg_url, src_text, trg_text,
            aligner_score: score.map(|score| f32::from(score) / 1e4),
            pair_id, doc_pair_id, link_no,
            align_type: "1-1".into(),
            src_sent_ids: ids.clone(), trg_sent_ids: ids,
            src_lang: src_lang.into(), trg_lang: "en".into(),
            flags, status,
            src_index: vec![], trg_index: vec![],
            src_ends: vec![], trg_ends: vec![],
        }
    }
}

/// The row as a format can hold it, by what becomes of each text; none where nothing is left of it.
fn held(row: &Row, hold: impl Fn(&str) -> String) -> Row {
    let [src_url, trg_url, src_text, trg_text, pair_id, doc_pair_id] = [
        &row.src_url,
        &row.trg_url,
        &row.src_text,
        &row.trg_text,
        &row.pair_id,
        &row.doc_pair_id,
    ]
    .map(|text| hold(text));
    let [src_sent_ids, trg_sent_ids, flags] =
        [&row.src_sent_ids, &row.trg_sent_ids, &row.flags].map(|text| hold(text));
    Row {
        src_url,
        trg_url,
        src_text,
        trg_text,
        pair_id,
        doc_pair_id,
        src_sent_ids,
        trg_sent_ids,
        flags,
        ..row.clone()
    }
}

fn one_line(text: &str) -> String {
    text::one_line(text).0.into_owned()
}

fn in_xml(text: &str) -> String {
    one_line(text)
        .chars()
        .filter(|&c| c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}')
        .collect()
}

fn in_a_cell(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|&c| c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}' || c == '\n' || c == '\t')
        .collect()
}

/// What a format makes of rows, and nothing else.
fn expected(format: Format, rows: &[Row]) -> Vec<Row> {
    let in_a_unit = |row: Row| {
        let language = |text: &str, own: &str| {
            if text.is_empty() {
                String::new()
            } else {
                own.into()
            }
        };
        Row {
            src_lang: language(&row.src_text, &row.src_lang),
            trg_lang: language(&row.trg_text, &row.trg_lang),
            ..row
        }
    };
    let says_something = |row: &Row| !row.src_text.is_empty() || !row.trg_text.is_empty();
    let rows = rows.iter();
    match format {
        Format::Csv | Format::Jsonl | Format::Xlsx | Format::Parquet => rows.cloned().collect(),
        Format::Docx => rows.map(|row| held(row, in_a_cell)).collect(),
        Format::Tsv => rows.map(|row| held(row, one_line)).collect(),
        Format::Moses => rows
            .enumerate()
            .map(|(number, row)| {
                // At the start of a file it is a byte order mark.
                let text = |text: &str| match number {
                    0 => one_line(text)
                        .strip_prefix('\u{feff}')
                        .map_or(one_line(text), str::to_owned),
                    _ => one_line(text),
                };
                Row {
                    src_text: text(&row.src_text),
                    trg_text: text(&row.trg_text),
                    link_no: number + 1,
                    ..Row::default()
                }
            })
            .collect(),
        Format::Tmx => rows
            .map(|row| in_a_unit(held(row, in_xml)))
            .filter(says_something)
            .map(|mut row| {
                // A document is named with its text.
                if row.src_text.is_empty() {
                    row.src_url.clear();
                }
                if row.trg_text.is_empty() {
                    row.trg_url.clear();
                }
                row
            })
            .collect(),
        Format::Xliff => rows
            .map(|row| in_a_unit(held(row, in_xml)))
            .filter(says_something)
            .collect(),
        Format::Xliff2 => {
            let row = |row: &Row| Row {
                src_text: one_line(&row.src_text),
                trg_text: one_line(&row.trg_text),
                ..held(row, in_xml)
            };
            rows.map(|given| in_a_unit(row(given)))
                .filter(says_something)
                .collect()
        }
        Format::Po | Format::Xces | Format::Intertext | Format::Vecalign | Format::Ladder | Format::Html => {
            unreachable!("{format} holds no texts")
        }
    }
}

/// The formats that hold the texts of their rows and more than one document pair.
const HOLD_TEXTS: [Format; 10] = [
    Format::Xlsx,
    Format::Docx,
    Format::Parquet,
    Format::Tsv,
    Format::Csv,
    Format::Jsonl,
    Format::Moses,
    Format::Tmx,
    Format::Xliff,
    Format::Xliff2,
];

proptest! {
    // Each case writes and reads two dozen files.
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn rows_come_back_from_every_format_with_all_that_it_can_hold(given in prop::collection::vec(row(), 0..5)) {
        let folder = tempfile::tempdir().unwrap();
        for format in HOLD_TEXTS {
            for packing in ["", ".gz", ".zst"] {
                let path = folder.path().join(format!("x.{}{packing}", format.extensions()[0]));
                let mut file = File::create(&path, format, &Settings::default()).unwrap();
                given.iter().for_each(|row| file.row(row).unwrap());
                file.commit().unwrap();
                let back: Vec<Row> = rows(&path).into_iter().map(Result::unwrap).collect();
                prop_assert_eq!(&back, &expected(format, &given), "{}", path.display());
            }
        }
    }

    #[test]
    fn beads_come_back_from_every_format_that_points_at_sentences(
        sentences in prop::collection::vec((nasty(), nasty(), prop::option::of(1..=10_000u16)), 1..5)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        write_sentences(folder, &sentences);
        let score = |(at, (_, _, score)): (usize, &(String, String, Option<u16>))| {
            let score = score.map_or(String::new(), |score| format!(":{:.4}", f32::from(score) / 1e4));
            format!("[{at}]:[{at}]{score}\n")
        };
        let beads: String = sentences.iter().enumerate().map(score).collect();
        std::fs::write(folder.join("x.vecalign"), beads).unwrap();
        let first: Vec<Row> = rows(&folder.join("x.vecalign")).into_iter().map(Result::unwrap).collect();
        prop_assert_eq!(first.len(), sentences.len());
        for format in [Format::Vecalign, Format::Ladder, Format::Xces, Format::Intertext] {
            // Documents of XML name their sentences; files of lines are named as they stand beside.
            let is_xml = format.extensions() == ["xml"];
            let given = first.iter().map(|row| Row {
                src_url: if is_xml { "x.zh.xml".into() } else { row.src_url.clone() },
                trg_url: if is_xml { "x.en.xml".into() } else { row.trg_url.clone() },
                // A ladder has a number on every rung.
                aligner_score: row.aligner_score.or((format == Format::Ladder).then_some(0.0)),
                src_text: if is_xml { in_a_document(&row.src_text) } else { row.src_text.clone() },
                trg_text: if is_xml { in_a_document(&row.trg_text) } else { row.trg_text.clone() },
                ..row.clone()
            });
            let given: Vec<Row> = given.collect();
            let path = folder.join(format!("x.{}", format.extensions()[0]));
            let mut file = File::create(&path, format, &Settings::default()).unwrap();
            given.iter().for_each(|row| file.row(row).unwrap());
            file.commit().unwrap();
            let back: Vec<Row> = rows(&path).into_iter().map(Result::unwrap).collect();
            prop_assert_eq!(&back, &given, "{}", format);
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic_or_go_on_for_ever(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        for (name, before) in [
            ("x.csv", "zh,en\n"), ("x.jsonl", ""), ("x.tmx", "<tmx><body><tu><tuv xml:lang=\"zh\"><seg>"),
            ("x.xlf", "<xliff version=\"1.2\"><file source-language=\"zh\" target-language=\"en\"><unit><source>"),
            ("x.po", "msgid \"a\"\n"), ("x.xlsx", ""), ("x.docx", ""), ("x.parquet", ""), ("x.xml", "<linkGrp toDoc='zh' fromDoc='en'>"), ("x.vecalign", "[0]:[0]"), ("x.ladder", "0\t0\n"),
        ] {
            let mut file = before.as_bytes().to_vec();
            file.extend(&bytes);
            // A document that is not there and an end that is not, and a row or an error for each byte.
            prop_assert!(read(name, file).len() <= bytes.len() + 2);
        }
    }
}

/// Files of lines and documents of XML with the same sentences.
fn write_sentences(folder: &Path, sentences: &[(String, String, Option<u16>)]) {
    // At the start of a file it is a byte order mark.
    let line = |text: &str| one_line(text).trim_start_matches('\u{feff}').to_owned();
    let sides: [Vec<String>; 2] = [
        sentences.iter().map(|(zh, ..)| line(zh)).collect(),
        sentences.iter().map(|(_, en, _)| line(en)).collect(),
    ];
    for (side, lines) in ["zh", "en"].iter().zip(sides) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(folder.join(format!("x.{side}")), text).unwrap();
        let elements = lines.iter().enumerate().map(|(at, line)| {
            let text: String = in_xml(line);
            let escaped = text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            format!("<p><s id=\"{}\">{escaped}</s></p>\n", at + 1)
        });
        let elements: String = elements.collect();
        std::fs::write(
            folder.join(format!("x.{side}.xml")),
            format!("<text>{elements}</text>"),
        )
        .unwrap();
    }
}

/// Space around a sentence in XML is the document's, and not the sentence's.
fn in_a_document(text: &str) -> String {
    in_xml(text).trim_matches(' ').to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_workbook_with_bytes_changed_or_cut_off_never_makes_its_reader_panic(change in change()) {
        let bytes = change.of(file_of(Format::Xlsx, &[tea()]));
        prop_assert!(read("x.xlsx", bytes).len() <= 3);
    }

    #[test]
    fn a_word_document_with_bytes_changed_or_cut_off_never_makes_its_reader_panic(change in change()) {
        let bytes = change.of(file_of(Format::Docx, &[tea()]));
        prop_assert!(read("x.docx", bytes).len() <= 3);
    }

    #[test]
    fn a_table_with_bytes_changed_or_cut_off_never_makes_its_reader_panic(change in change()) {
        let bytes = change.of(file_of(Format::Parquet, &[tea(), tea()]));
        let most = 64 * bytes.len();
        prop_assert!(read("x.parquet", bytes).len() <= most);
    }
}

fn tea() -> Row {
    Row {
        src_text: "茶".into(),
        trg_text: "tea".into(),
        ..Row::default()
    }
}

fn file_of(format: Format, rows: &[Row]) -> Vec<u8> {
    let mut writer = Writer::create(format, vec![vec![]], &Settings::default()).unwrap();
    rows.iter().for_each(|row| writer.row(row).unwrap());
    writer.finish().unwrap().outputs.remove(0)
}

/// What befalls a file on its way: other bytes in some places, or its end is missing.
#[derive(Debug)]
struct Change {
    bytes: Vec<(prop::sample::Index, u8)>,
    end: prop::sample::Index,
}

prop_compose! {
    fn change()(bytes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4), end in any::<prop::sample::Index>()) -> Change {
        Change { bytes, end }
    }
}

impl Change {
    fn of(&self, mut file: Vec<u8>) -> Vec<u8> {
        for (place, byte) in &self.bytes {
            let place = place.index(file.len());
            file[place] = *byte;
        }
        if self.bytes.is_empty() {
            file.truncate(self.end.index(file.len()));
        }
        file
    }
}

/// A Word document with this body.
fn docx(body: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    };
    part(
        "_rels/.rels",
        "<r><Relationship Type='x/officeDocument' Target='/word/document2.xml'/></r>",
    );
    part(
        "word/document2.xml",
        &format!("<w:document><w:body>{body}</w:body></w:document>"),
    );
    zip.finish().unwrap().into_inner()
}

/// A line of a table with these cells.
fn line(cells: &[&str]) -> String {
    let cells = cells
        .iter()
        .map(|cell| format!("<w:tc><w:p><w:r>{cell}</w:r></w:p></w:tc>"));
    format!("<w:tr>{}</w:tr>", cells.collect::<String>())
}

#[test]
fn a_table_that_a_translator_edited_in_word_is_read_as_it_looks() {
    let header = line(&["<w:t>zh</w:t>", "<w:t>en </w:t>", "<w:t>pair_id</w:t>"]);
    let rows = read(
        "x.docx",
        docx(&[
            "<w:p><w:r><w:t>Please check the terms.</w:t></w:r></w:p><w:tbl>",
            &header,
            // Tracked changes, runs cut by the spelling checker, a line break.
            &line(&[
                "<w:rPr><w:del/></w:rPr><w:t>茶</w:t><w:br/><w:t>好了</w:t>",
                "<w:t>The </w:t></w:r><w:del><w:r><w:delText>coffee</w:delText><w:t>x</w:t></w:r></w:del><w:ins><w:r>\
                 <w:t>tea</w:t></w:r></w:ins><w:r><w:tab/>",
                "<w:t>a1</w:t>",
            ]),
            // A deleted line, an empty one, and two paragraphs with an empty one behind them.
            "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删</w:t></w:r></w:p></w:tc></w:tr>",
            &line(&["", " ", ""]),
            "</w:tbl><w:p/><w:tbl>",
            &header,
            &line(&["<w:t>水</w:t></w:r></w:p><w:p><w:r><w:t>开了</w:t></w:r></w:p><w:p><w:r>", "<w:t>Water</w:t>"]),
            // Cells that were put together, and a line that begins further right.
            "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>合</w:t></w:r></w:p></w:tc>\
             <w:tc><w:p><w:r><w:t>a3</w:t></w:r></w:p></w:tc></w:tr>",
            "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p><w:r><w:t>Only</w:t></w:r></w:p></w:tc></w:tr>",
            "</w:tbl><w:p><w:r><w:t>Thanks!</w:t></w:r></w:p>",
        ]
        .concat()),
    );
    assert_eq!(
        texts(&rows),
        [
            ("茶\n好了", "The tea\t"),
            ("水\n开了", "Water"),
            ("合", ""),
            ("", "Only")
        ]
    );
    let ids: Vec<&str> = rows
        .iter()
        .map(|row| row.as_ref().unwrap().pair_id.as_str())
        .collect();
    assert_eq!(ids, ["a1", "", "a3", ""]);
}

#[test]
fn a_word_document_without_rows_says_what_is_missing() {
    let errors = |bytes: Vec<u8>| {
        let rows = read("x.docx", bytes);
        rows.into_iter().filter_map(Result::err).collect::<Vec<_>>()
    };
    assert_eq!(
        errors(docx("<w:p><w:r><w:t>A letter.</w:t></w:r></w:p>")),
        [
            "x.docx: no table in it; a corpus is a table with columns src_text and trg_text; texts are for duizhao align"
        ]
    );
    assert_eq!(
        errors(docx(&line(&["<w:t>Chinese</w:t>", "<w:t>English</w:t>"]))),
        [
            "x.docx (row 1): the header names no column src_text, only \"Chinese, English\"; \
             name the column of Chinese texts src_text and that of English texts trg_text, each once"
        ]
    );
    let header = line(&["<w:t>zh</w:t>", "<w:t>en</w:t>", "<w:t>aligner_score</w:t>"]);
    let wrong = line(&["<w:t>茶</w:t>", "<w:t>tea</w:t>", "<w:t>good</w:t>"]);
    let right = line(&["<w:t>茶</w:t>", "<w:t>tea</w:t>", "<w:t>0.5</w:t>"]);
    let rows = read("x.docx", docx(&[header, wrong, right].concat()));
    assert_eq!(
        rows[0].as_ref().unwrap_err(),
        "x.docx (row 2): aligner_score is no number: \"good\"; write it with a point, as 0.9512, or leave it empty"
    );
    assert_eq!(rows[1].as_ref().unwrap().aligner_score, Some(0.5));
    assert!(
        read("x.docx", b"no archive")[0]
            .as_ref()
            .unwrap_err()
            .contains("save it as .docx: .doc is another format")
    );
}

/// A Parquet file of two columns as another tool writes it: optional texts, and rows in two groups.
fn parquet_of_another(schema: &str, zh: &[Option<&str>], en: &[Option<&str>]) -> Vec<u8> {
    let schema = parquet::schema::parser::parse_message_type(schema).unwrap();
    let mut file = SerializedFileWriter::new(vec![], schema.into(), Default::default()).unwrap();
    for rows in [0..1, 1..zh.len()] {
        let mut group = file.next_row_group().unwrap();
        for texts in [zh, en] {
            let texts = &texts[rows.clone()];
            let mut column = group.next_column().unwrap().unwrap();
            let values: Vec<ByteArray> = texts.iter().flatten().map(|text| (*text).into()).collect();
            let depth = column.typed::<ByteArrayType>().get_descriptor().max_def_level();
            let levels: Vec<i16> = texts
                .iter()
                .map(|text| if text.is_some() { depth } else { depth - 1 })
                .collect();
            column
                .typed::<ByteArrayType>()
                .write_batch(&values, Some(&levels), None)
                .unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    file.into_inner().unwrap()
}

#[test]
fn tables_of_other_tools_are_read_with_columns_alone_or_in_a_translation() {
    let zh = [Some("茶"), None, Some("水")];
    let en = [Some("tea"), Some("pot"), Some("water")];
    for schema in [
        "message m { optional binary zh (STRING); optional binary en (STRING); }",
        "message m { optional group translation { optional binary zh (STRING); optional binary en (STRING); } }",
        "message m { optional binary src_text; optional binary trg_text; }",
    ] {
        let rows = read("x.parquet", parquet_of_another(schema, &zh, &en));
        assert_eq!(
            texts(&rows),
            [("茶", "tea"), ("", "pot"), ("水", "water")],
            "{schema}"
        );
        assert_eq!(rows[2].as_ref().unwrap().link_no, 3);
    }
}

/// The footer of a table, with another number of rows in its only group.
fn with_rows(table: &[u8], rows: i64) -> ParquetMetaData {
    let footer = ParquetMetaDataReader::new()
        .parse_and_finish(&Bytes::copy_from_slice(table))
        .unwrap();
    let group = footer
        .row_group(0)
        .clone()
        .into_builder()
        .set_num_rows(rows)
        .build()
        .unwrap();
    footer.into_builder().set_row_groups(vec![group]).build()
}

#[test]
fn a_table_that_is_none_or_says_more_than_it_has_is_refused() {
    let whole = file_of(Format::Parquet, &[tea()]);
    let error = |bytes: &[u8]| read("x.parquet", bytes).remove(0).unwrap_err();
    assert_eq!(
        error(b"PAR1 and nothing else"),
        "x.parquet: Parquet error: no Parquet file: it does not end as one; \
         write it anew with a current tool, packed by snappy or zstd"
    );
    let tail = whole.len() - 8;
    let mut long = whole.clone();
    long[tail..tail + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(error(&long).contains("its footer says that it is of 4294967295 bytes, and the file has"));
    let footer = tail - u32::from_le_bytes(whole[tail..tail + 4].try_into().unwrap()) as usize;
    let mut many = whole[..footer].to_vec();
    let footer = with_rows(&whole, 1 << 40);
    ParquetMetaDataWriter::new(&mut many, &footer).finish().unwrap();
    assert!(error(&many).contains("its footer says that it has 1099511627776 rows, and the file has"));
    // The first page stands behind the magic bytes; its unpacked size is the second number of its header.
    let mut large = whole.clone();
    large.splice(7..8, [0x80, 0x80, 0x80, 0x80, 0x04]);
    assert!(
        error(&large).contains(
            "a page of 536870912 bytes, unpacked, where 2097152 are the most in a file of its size"
        ),
        "{}",
        error(&large)
    );
    let schema = "message m { optional binary zh (STRING); optional int96 en; }";
    let schema = parquet::schema::parser::parse_message_type(schema).unwrap();
    let file = SerializedFileWriter::new(vec![], schema.into(), Default::default()).unwrap();
    assert_eq!(
        error(&file.into_inner().unwrap()),
        "x.parquet: the column en holds neither texts nor numbers, but INT96; write it as texts"
    );
    let rows = read(
        "x.parquet",
        parquet_of_another(
            "message m { optional binary a; optional binary b; }",
            &[None],
            &[None],
        ),
    );
    assert!(rows[0].as_ref().unwrap_err().contains("names no column src_text"));
}

// --- the files of others --------------------------------------------------------------------------------------------

#[test]
fn a_memory_in_utf_16_of_version_1_1_is_read() {
    let file = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE tmx SYSTEM \"tmx11.dtd\"><tmx version=\"1.1\"><header/>\
        <body><tu><tuv lang=\"EN-GB\"><seg>Two cups &amp; a pot</seg></tuv><tuv lang=\"ZH_TW\"><seg>兩個杯子和一把壺</seg></tuv></tu>\
        </body></tmx>";
    let bytes: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(file.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let rows = read("x.tmx", bytes);
    assert_eq!(texts(&rows), [("兩個杯子和一把壺", "Two cups & a pot")]);
    assert_eq!(rows[0].as_ref().unwrap().src_lang, "ZH_TW");
}

#[test]
fn xml_is_read_in_the_encoding_it_declares_and_refused_in_another() {
    let mut file = b"<?xml version='1.0' encoding='GB2312'?><tmx><body><tu><tuv xml:lang='zh'><seg>".to_vec();
    file.extend([0xB2, 0xE8]);
    file.extend(b"</seg></tuv><tuv xml:lang='en'><seg>tea</seg></tuv></tu></body></tmx>");
    assert_eq!(texts(&read("x.tmx", &file)), [("茶", "tea")]);
    let undeclared = &file[39..];
    assert_eq!(
        read("x.tmx", undeclared)[0].as_ref().unwrap_err(),
        "x.tmx: line 1, column 1: cannot decode input using UTF-8; \
         write the encoding into its first line, or save it as UTF-8"
    );
}

#[test]
fn every_pair_of_variants_of_a_unit_is_a_row_and_other_languages_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.tmx");
    let file = "<tmx version='1.4'><body><tu tuid='7'><tuv xml:lang='zh-CN'><seg>出租车</seg></tuv>\
        <tuv xml:lang='zh-TW'><seg>計程車</seg></tuv><tuv xml:lang='de'><seg>Taxi</seg></tuv>\
        <tuv xml:lang='en'><seg>a <ph x='1'>&lt;br/></ph><hi>taxi</hi></seg></tuv></tu>\
        <tu><tuv xml:lang='en'><seg>alone</seg></tuv></tu></body></tmx>";
    std::fs::write(&path, file).unwrap();
    let mut reader = Reader::open(&path, Format::Tmx).unwrap();
    let rows: Vec<_> = reader
        .by_ref()
        .map(|row| row.map_err(|error| error.to_string()))
        .collect();
    assert_eq!(
        texts(&rows),
        [("出租车", "a taxi"), ("計程車", "a taxi"), ("", "alone")]
    );
    assert_eq!(rows[1].as_ref().unwrap().pair_id, "7");
    assert_eq!(reader.left(), Left { tags: 2, texts: 1 });
}

#[test]
fn alternatives_of_a_unit_are_not_its_own_and_segments_of_a_unit_are_rows() {
    let first = "<xliff version='1.2'><file original='x' source-language='en' target-language='zh'><body><group>\
        <trans-unit id='a'><source>One</source><seg-source><mrk mtype='seg'>One</mrk></seg-source><target>一</target>\
        <alt-trans><source>Won</source><target>赢</target></alt-trans></trans-unit></group></body></file></xliff>";
    assert_eq!(texts(&read("x.xlf", first)), [("一", "One")]);
    let second = "<x:xliff xmlns:x='urn:oasis:names:tc:xliff:document:2.0' version='2.0' srcLang='zh-CN' trgLang='en'>\
        <x:file id='f'><x:group id='g'><x:unit id='u'><x:originalData><x:data id='d'>code</x:data></x:originalData>\
        <x:segment><x:source>一<x:ph id='1'/><x:cp hex='001B'/></x:source><x:target>One</x:target></x:segment>\
        <x:ignorable><x:source> </x:source></x:ignorable>\
        <x:segment><x:source>二</x:source></x:segment></x:unit></x:group></x:file></x:xliff>";
    assert_eq!(texts(&read("x.xlf", second)), [("一\u{1b}", "One"), ("二", "")]);
}

#[test]
fn what_cannot_be_read_is_answered_with_place_cause_and_remedy() {
    let head = "<tmx version='1.4'>\n<body>\n";
    for (name, file, error) in [
        (
            "x.tmx",
            format!("{head}<tu><tuv><seg>茶</seg></tuv></tu>"),
            "x.tmx: line 3, column 5: a tuv without xml:lang; say the language of each text, as xml:lang=\"zh-CN\"",
        ),
        (
            "x.tmx",
            format!("{head}<tu><tuv xml:lang='zh'><seg>茶 & tea"),
            "x.tmx: line 3, column 31: ill-formed document: entity or character reference not closed: `;` not found before end of input; \
             mend the XML there: xmllint names the place, too",
        ),
        (
            "x.tmx",
            format!("{head}<tu><tuv xml:lang='zh'><seg>茶&nbsp;</seg>"),
            "x.tmx: line 3, column 30: &nbsp; is no entity that XML knows; \
             write the character itself, or &amp; for an ampersand",
        ),
        (
            "x.tmx",
            head.into(),
            "x.tmx: line 3, column 1: the file ends inside an element; fetch the whole file",
        ),
        (
            "x.tmx",
            String::new(),
            "x.tmx: line 1, column 1: no XML: not one element; is this the format you named?",
        ),
        (
            "x.tmx",
            "<xliff version='1.2'/>".into(),
            "x.tmx: line 1, column 1: this is XLIFF and no TMX; name the format xliff",
        ),
        (
            "x.xlf",
            "<xliff version='1.2'><file source-language='fr' target-language='zh'>".into(),
            "x.xlf: line 1, column 22: from \"fr\" into \"zh\", and not between Chinese and English; \
             write zh-CN and en-US as the languages of source and target, if that is what they are",
        ),
        (
            "x.xlf",
            "<xliff version='3'/>".into(),
            "x.xlf: line 1, column 1: XLIFF of version \"3\"; save it as version 1.2 or 2.0",
        ),
        (
            "x.csv",
            "zh,en\n茶,tea,pot\n".into(),
            "x.csv: line 2: 3 fields where the header names 2; \
             put quotes around a field that holds a comma, and double the quotes inside",
        ),
        (
            "x.csv",
            "Chinese,en\n".into(),
            "x.csv: line 1: the header names no column src_text, only \"Chinese, en\"; \
             name the column of Chinese texts src_text and that of English texts trg_text, each once",
        ),
        (
            "x.jsonl",
            "{\"zh\": \"\\ud83d\", \"en\": \"\"}\n".into(),
            "x.jsonl: line 1: unexpected end of hex escape at column 15; each line must hold one row: \
             {\"src_text\": \"...\", \"trg_text\": \"...\"} or {\"zh\": \"...\", \"en\": \"...\"}",
        ),
    ] {
        let errors: Vec<String> = read(name, &file).into_iter().filter_map(Result::err).collect();
        assert_eq!(errors, [error], "{file}");
    }
}

#[test]
fn what_points_at_sentences_names_those_it_wants() {
    let document = |body: &str| format!("<text>{body}</text>");
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    let errors = |name: &str| -> Vec<String> {
        let path = folder.join(name);
        let said = |error: duizhao::error::Error| {
            error
                .to_string()
                .replace(&format!("{}/", folder.display()), "")
                .replace(&format!("{}", folder.display()), "here")
        };
        match Reader::open(&path, Format::of(&path).unwrap()) {
            Ok(rows) => rows.filter_map(Result::err).map(said).collect(),
            Err(error) => vec![said(error)],
        }
    };
    write("x.vecalign", "[0]:[0]\n[7]:[1]\n[1]:[1]\n");
    assert_eq!(
        errors("x.vecalign"),
        [
            "x.vecalign: it numbers sentences, and x.zh and x.en, where they stand, are not both there; \
          put the files of sentences that were aligned beside it under these names, one a line"
        ]
    );
    write("x.zh", "茶\n水\n");
    write("x.en", "tea\nwater\n");
    assert_eq!(
        errors("x.vecalign"),
        [
            "x.vecalign: line 2: sentence 7, counted from 0, where x.zh has 2 lines; \
          give the very files that were aligned, one sentence a line"
        ]
    );
    write("x.ladder", "0\t0\n3\t2\n");
    assert_eq!(
        errors("x.ladder"),
        [
            "x.ladder: line 2: rung 3 2 lies above the end, 2 Chinese sentences and 2 English ones; \
          number the sentences of the very files that were aligned"
        ]
    );
    write(
        "x.xml",
        "<cesAlign>\n<linkGrp fromDoc='zh/a.xml.gz' toDoc='en/a.xml'>\n<link xtargets='s1;s1'/>\n\
         <link xtargets='s9;s1'/><link xtargets='s1;s1'/></linkGrp></cesAlign>",
    );
    assert_eq!(
        errors("x.xml"),
        [
            "x.xml: line 2: it points at zh/a.xml.gz and en/a.xml, and they are not both in here; \
          put both documents there, under these names or their last parts"
        ]
    );
    for side in ["zh", "en"] {
        std::fs::create_dir(folder.join(side)).unwrap();
        write(&format!("{side}/a.xml"), "Sentences without marks.\n");
    }
    assert_eq!(
        errors("x.xml"),
        [
            "zh/a.xml: links point at its sentences by ids, and it is no XML that has them; \
          align the pair to TSV or another format that holds the texts, and read that"
        ]
    );
    for side in ["zh", "en"] {
        write(&format!("{side}/a.xml"), &document("<s id='s1'>1</s>"));
    }
    assert_eq!(
        errors("x.xml"),
        [
            "x.xml: line 4: zh/a.xml has no sentence \"s9\"; give the documents of the version that was aligned"
        ]
    );
}

#[test]
fn rows_behind_a_broken_line_can_still_be_read() {
    for (name, file) in [
        ("x.csv", "zh,en\n茶,tea,pot\n水,water\n"),
        (
            "x.jsonl",
            "{\"zh\": \"\\udc00\", \"en\": \"\"}\n\n{\"zh\": \"水\", \"en\": \"water\", \"rank\": null}\n",
        ),
        ("x.tsv", "zh\ten\n茶\n水\twater\n"),
    ] {
        let rows = read(name, file);
        assert!(rows[0].is_err(), "{name}");
        assert_eq!(texts(&rows[1..]), [("水", "water")], "{name}");
    }
}

#[test]
fn an_entity_bomb_is_refused() {
    let bomb = "<!DOCTYPE tmx [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>\
        <tmx><body><tu><tuv xml:lang='zh'><seg>&b;</seg></tuv></tu></body></tmx>";
    let error = read("x.tmx", bomb).remove(0).unwrap_err();
    assert!(error.contains("&b; is no entity that XML knows"), "{error}");
}

#[test]
fn a_text_that_would_fill_the_memory_is_refused() {
    let long = "茶".repeat(6 << 20);
    for (name, before) in [
        ("x.tsv", "zh\ten\n"),
        ("x.csv", "zh,en\n\""),
        ("x.jsonl", "{\"zh\": \""),
        ("x.zh", ""),
        ("x.po", "msgid \""),
        ("x.tmx", "<tmx><body><tu><tuv xml:lang='zh'><seg>"),
        (
            "x.xlf",
            "<xliff version='1.2'><file source-language='zh' target-language='en'><trans-unit><source>",
        ),
        ("x.xml", "<linkGrp toDoc='zh' fromDoc='en'><link xtargets='"),
        ("x.vecalign", "[0]:["),
        ("x.ladder", "0\t0\n1\t"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for sentences in ["x.zh", "x.en"] {
            std::fs::write(folder.path().join(sentences), "茶\n").unwrap();
        }
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{before}{long}")).unwrap();
        let rows = rows(&path);
        let error = rows.last().unwrap().as_ref().unwrap_err();
        assert!(error.contains("of more than 16777216 bytes"), "{error}");
    }
}

/// A workbook of this sheet and these shared texts.
fn workbook(sheet: &str, shared: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for (name, content) in [
        ("xl/workbook.xml", "<workbook><sheet r:id='a'/></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<r><Relationship Id='a' Target='worksheets/sheet1.xml'/></r>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", shared),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut zip, content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_that_names_only_its_last_column_is_read_as_fast_as_any() {
    let cells = "<row><c r=\"XFD1\" t=\"inlineStr\"><is><t>x</t></is></c></row>".repeat(50_000);
    let sheet = format!(
        "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>zh</t></is></c><c t=\"inlineStr\"><is><t>en</t></is></c>\
         <c r=\"XFD1\" t=\"inlineStr\"><is><t>flags</t></is></c></row>{cells}</sheetData></worksheet>"
    );
    let rows = read("x.xlsx", workbook(&sheet, "<sst/>"));
    assert_eq!(rows.len(), 50_000);
    assert_eq!(rows[7].as_ref().unwrap().flags, "x");
}

#[test]
fn a_workbook_that_unpacks_as_only_a_bomb_does_is_refused() {
    let shared = format!("<sst>{}</sst>", "<si><t>      </t></si>".repeat(1 << 20));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.xlsx");
    std::fs::write(&path, workbook("<sheetData/>", &shared)).unwrap();
    let error = Reader::open(&path, Format::Xlsx).err().unwrap().to_string();
    assert!(
        error.contains("bytes of shared texts; cut the workbook into smaller ones"),
        "{error}"
    );
}

#[test]
fn texts_of_a_unit_that_would_make_a_million_rows_are_refused() {
    let variants = |language: &str| format!("<tuv xml:lang='{language}'><seg>a</seg></tuv>").repeat(1000);
    let file = format!(
        "<tmx><body><tu>{}{}</tu></body></tmx>",
        variants("zh"),
        variants("en")
    );
    let error = read("x.tmx", file).remove(0).unwrap_err();
    assert!(
        error.contains("more than 64 texts of one language in a unit"),
        "{error}"
    );
}

#[test]
fn what_each_row_of_a_unit_repeats_is_short() {
    let file = format!(
        "<xliff version='2.0' srcLang='zh' trgLang='en'><file><unit><metadata><meta type='x-src-url'>{}</meta></metadata>{}\
        </unit></file></xliff>",
        "a".repeat(1 << 17),
        "<segment><source>茶</source></segment>".repeat(2)
    );
    let error = read("x.xlf", file).remove(0).unwrap_err();
    assert!(error.contains("a property of more than 65536 bytes"), "{error}");
}

#[test]
fn the_page_is_only_written_and_says_so() {
    let error = Reader::open("x".as_ref(), Format::Html).err().unwrap();
    assert_eq!(error.kind, Kind::Usage);
}

#[test]
fn what_is_read_only_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let created = File::create(&folder.path().join("x.po"), Format::Po, &Settings::default());
    let error = created.err().unwrap().to_string();
    assert!(
        error.ends_with("x.po: po is not written: write tmx, xliff, xlsx or another format"),
        "{error}"
    );
}

#[test]
fn po_entries_are_rows_whichever_side_is_chinese() {
    let file = "# a comment\nmsgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Language: en_GB\\n\"\n\n\
        #: shop.c:7\nmsgctxt \"menu\"\nmsgid \"打开\\t“%s”\"\nmsgstr \"Open\\t\\\"%s\\\"\"\n\n\
        #~ msgid \"旧\"\n#~ msgstr \"old\"\n\n#, c-format, fuzzy\nmsgid \"%d杯茶\"\nmsgid_plural \"%d杯茶\"\n\
        msgstr[0] \"%d cup\"\nmsgstr[1] \"%d cups\"\nmsgid \"无\"\nmsgstr \"\"\n";
    let rows = read("x.po", file);
    assert_eq!(
        texts(&rows),
        [
            ("打开\t“%s”", "Open\t\"%s\""),
            ("%d杯茶", "%d cup"),
            ("%d杯茶", "%d cups"),
            ("无", "")
        ]
    );
    let row = |number: usize| rows[number].as_ref().unwrap();
    assert_eq!(
        (row(0).pair_id.as_str(), row(0).trg_lang.as_str()),
        ("menu", "en-GB")
    );
    assert_eq!((row(1).flags.as_str(), row(3).flags.as_str()), ("fuzzy", ""));
    let without_header = "msgid \"Tea\"\nmsgstr \"茶\"\n\nmsgid \"水\"\nmsgstr \"Water\"\n";
    assert_eq!(
        texts(&read("x.po", without_header)),
        [("茶", "Tea"), ("水", "Water")]
    );
}

#[test]
fn a_po_entry_that_breaks_the_rules_is_answered_and_the_next_one_read() {
    let file = "msgid \"Tea\nmsgstr \"茶\"\n\nmsgid \"Water\"\nmsgstr \"水\"\n";
    let rows = read("x.po", file);
    assert_eq!(
        rows[0].as_ref().unwrap_err(),
        "x.po: line 1: no part of an entry: \"msgid \\\"Tea\"; write a keyword (msgctxt, msgid, msgid_plural, msgstr or \
         msgstr[0], each once and in this order) and a string in quotes; msgfmt --check tells more"
    );
    assert_eq!(texts(&rows[1..]), [("水", "Water")]);
    let german = "msgid \"\"\nmsgstr \"Language: de\\n\"\n";
    assert_eq!(
        read("x.po", german)[0].as_ref().unwrap_err(),
        "x.po: line 1: a translation into \"de\", and not between Chinese and English; \
         write Language: zh_CN or Language: en into the header, if that is what it is"
    );
}
