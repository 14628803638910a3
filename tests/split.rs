//! Sentences: cases anyone can add to, the law that no byte is lost, and figures on human-made boundaries.

mod common;

use common::gold;
use duizhao::ingest::{Document, Encoding, EncodingFound, Segment, SegmentKind};
use duizhao::language::{Lang, Side};
use duizhao::span::Span;
use duizhao::split::{Sentence, Split, en, split, zh};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

const WAYS: [Split; 4] = [Split::Sentence, Split::Line, Split::Paragraph, Split::None];

fn document(text: &str, segments: Vec<Segment>) -> Document {
    Document {
        id: "test".into(),
        source: "test.txt".into(),
        title: None,
        date: None,
        role: None,
        text: text.into(),
        segments,
        encoding: Encoding {
            name: "UTF-8".into(),
            found: EncodingFound::Valid,
            replaced: 0,
        },
        notes: Vec::new(),
        locators: vec![],
    }
}

fn segment(start: usize, end: usize, lang: Lang) -> Segment {
    Segment {
        span: Span::new(start, end),
        kind: SegmentKind::Paragraph,
        lang,
    }
}

fn one_segment(text: &str, lang: Lang) -> Document {
    document(text, vec![segment(0, text.len(), lang)])
}

fn texts<'a>(sentences: &[Sentence<'a>]) -> Vec<&'a str> {
    sentences.iter().map(|sentence| sentence.text).collect()
}

// Cases.

fn run_cases(file: &str, lang: Lang) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/split")
        .join(file);
    let cases = std::fs::read_to_string(&path).expect("the case file lies beside this test");
    let mut wrong = Vec::new();
    let mut count = 0;
    for (number, line) in cases.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        count += 1;
        let marked = line.replace('⏎', "\n");
        let text = marked.replace('÷', "");
        let expected: Vec<&str> = marked
            .split('÷')
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
            .collect();
        let document = one_segment(&text, lang);
        let found = texts(&split(&document, Split::Sentence));
        if found != expected {
            wrong.push(format!(
                "{file}:{}: {line}\n    found {}",
                number + 1,
                found.join("÷").replace('\n', "⏎")
            ));
        }
        keeps_the_law(&document);
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} cases are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 80, "{file} holds {count} cases");
}

#[test]
fn chinese_cases_are_cut_as_marked() {
    run_cases("zh.txt", Lang::Hans);
}

#[test]
fn english_cases_are_cut_as_marked() {
    run_cases("en.txt", Lang::En);
}

// Units.

#[test]
fn each_segment_is_cut_by_the_rules_of_its_own_language() {
    let text = "他见了Mr. Hu。她没动。\nMr. Hu left. She stayed.";
    let line = text.find('\n').expect("two lines");
    let segments = vec![
        segment(0, line, Lang::Hant),
        segment(line + 1, text.len(), Lang::En),
    ];
    let document = document(text, segments);
    let sentences = split(&document, Split::Sentence);
    assert_eq!(
        texts(&sentences),
        ["他见了Mr. Hu。", "她没动。", "Mr. Hu left.", "She stayed."]
    );
    let places: Vec<_> = sentences
        .iter()
        .map(|s| (s.lang, s.segment, s.number, s.index))
        .collect();
    assert_eq!(
        places,
        [
            (Lang::Hant, 0, 0, 0),
            (Lang::Hant, 0, 1, 1),
            (Lang::En, 1, 0, 2),
            (Lang::En, 1, 1, 3)
        ]
    );
}

#[test]
fn program_text_is_cut_at_its_lines() {
    let text = "let a = 1. max(2.);\n\nlet b = a; // Why? Because.";
    let mut document = one_segment(text, Lang::En);
    document.segments[0].kind = SegmentKind::Code;
    assert_eq!(
        texts(&split(&document, Split::Sentence)),
        ["let a = 1. max(2.);", "let b = a; // Why? Because."]
    );
}

#[test]
fn lines_are_numbered_as_they_stand_in_the_document() {
    let text = "Title\n\n 天亮了。鸟叫了。\r\n\n\nOne. Two.\nThree";
    let at = |part: &str| text.find(part).expect("a part of the text");
    let segments = vec![
        segment(0, at("\n"), Lang::En),
        segment(at(" 天"), at("\r"), Lang::Hans),
        segment(at("One"), text.len(), Lang::En),
    ];
    let document = document(text, segments);
    let lines: Vec<_> = split(&document, Split::Line)
        .iter()
        .map(|s| (s.index, s.segment, s.number, s.text))
        .collect();
    assert_eq!(
        lines,
        [
            (0, 0, 0, "Title"),
            (2, 1, 0, "天亮了。鸟叫了。"),
            (5, 2, 0, "One. Two."),
            (6, 2, 1, "Three")
        ]
    );
}

#[test]
fn a_paragraph_is_a_segment() {
    let text = "One. Two.\n  \n天亮了。鸟叫了。";
    let zh = text.find('天').expect("a part of the text");
    let segments = vec![
        segment(0, 9, Lang::En),
        segment(9, zh, Lang::Other),
        segment(zh, text.len(), Lang::Hans),
    ];
    let document = document(text, segments);
    let paragraphs = split(&document, Split::Paragraph);
    assert_eq!(texts(&paragraphs), ["One. Two.", "天亮了。鸟叫了。"]);
    assert_eq!(
        (paragraphs[1].segment, paragraphs[1].index),
        (2, 1),
        "a blank segment gives nothing"
    );
}

#[test]
fn an_unsplit_document_is_one_unit_in_its_main_language() {
    let text = "# One.\n天亮了。鸟叫了。\n";
    let zh = text.find('天').expect("a part of the text");
    let document = document(
        text,
        vec![segment(2, 6, Lang::En), segment(zh, text.len(), Lang::Hans)],
    );
    let whole = split(&document, Split::None);
    assert_eq!(texts(&whole), ["One.\n天亮了。鸟叫了。"]);
    assert_eq!((whole[0].lang, whole[0].segment), (Lang::Hans, 0));
}

#[test]
fn nothing_gives_nothing() {
    for how in WAYS {
        assert!(split(&document("", Vec::new()), how).is_empty());
        assert!(split(&one_segment(" \n\u{3000}\n", Lang::Hans), how).is_empty());
        assert!(split(&one_segment(" \n\t\n", Lang::En), how).is_empty());
    }
}

// The law.

/// Sentences and gaps give back the text byte for byte; gaps within a segment are white space; sentences are trimmed,
/// not empty and in order.
fn keeps_the_law(document: &Document) {
    for how in WAYS {
        let sentences = split(document, how);
        let mut back = String::new();
        for (place, sentence) in sentences.iter().enumerate() {
            assert_eq!(sentence.text, sentence.span.of(&document.text));
            assert!(!sentence.text.is_empty());
            assert_eq!(sentence.text, sentence.text.trim());
            assert!(sentence.span.start() >= back.len(), "in order");
            back.push_str(&document.text[back.len()..sentence.span.start()]);
            back.push_str(sentence.text);
            if how != Split::Line {
                assert_eq!(sentence.index, place);
            }
        }
        back.push_str(&document.text[back.len()..]);
        assert_eq!(back, document.text);
        if how != Split::None {
            for (index, segment) in document.segments.iter().enumerate() {
                let mut at = segment.span.start();
                let inside = sentences.iter().filter(|sentence| sentence.segment == index);
                for (number, sentence) in inside.enumerate() {
                    assert_eq!((sentence.number, sentence.lang), (number, segment.lang));
                    assert!(
                        document.text[at..sentence.span.start()].trim().is_empty(),
                        "a gap is white space"
                    );
                    at = sentence.span.end();
                }
                assert!(at <= segment.span.end());
                assert!(
                    document.text[at..segment.span.end()].trim().is_empty(),
                    "a gap is white space"
                );
            }
        }
    }
}

/// Text made of what the rules look at, so that every rule meets every other.
fn nasty_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "。", "！", "？", "…", "……", "—", "——", "“", "”", "‘", "’", "「", "」", "『", "』", "（", "）", "《",
        "》", "：", "，", ".", "!", "?", "...", " . . .", "\"", "'", "(", ")", "[", "]", "[1]", "①", "«",
        "»", "-", "--", "–", ",", ":", " ", "\n", "\n\n", "\r\n", "\u{3000}", "\u{A0}", "\t", "1", "1.",
        "一、", "- ", "•", "他说", "问", "走", "道", "的", "Mr", "U.S", "a.m", "No", "I", "J", "The",
        "iPhone", "said", "Anna", "é", "𠀀", "😀", "\u{200B}", "\u{FEFF}", "\0",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_byte_is_lost_of_nasty_text(text in nasty_text(), zh in any::<bool>()) {
        keeps_the_law(&one_segment(&text, if zh { Lang::Hans } else { Lang::En }));
    }

    #[test]
    fn no_byte_is_lost_of_any_text(text in any::<String>(), zh in any::<bool>()) {
        keeps_the_law(&one_segment(&text, if zh { Lang::Hant } else { Lang::Other }));
    }

    #[test]
    fn no_byte_is_lost_of_any_segments(
        parts in prop::collection::vec((nasty_text(), any::<bool>(), any::<bool>()), 0..6)
    ) {
        let mut text = String::new();
        let mut segments = Vec::new();
        for (part, zh, code) in parts {
            let start = text.len();
            text.push_str(&part);
            let kind = if code { SegmentKind::Code } else { SegmentKind::Item };
            let lang = if zh { Lang::Hans } else { Lang::En };
            segments.push(Segment { span: Span::new(start, text.len()), kind, lang });
            text.push_str("\n* ");
        }
        keeps_the_law(&document(&text, segments));
    }
}

#[test]
fn a_long_line_of_any_mark_takes_time_in_proportion_to_its_length() {
    let pieces = [
        "字",
        "a",
        " ",
        "。",
        ".",
        "(",
        ")",
        "（",
        "）",
        "“",
        "”",
        "「",
        "\"",
        "'",
        "…",
        "—",
        "--",
        "\n",
        "\n- ",
        "。“",
        "“走。”他",
        "“走。”他们慢慢地",
        "，“a",
        "“—",
        "-- ",
        " ”",
        "! (",
        ". ' ",
        "\r\n",
        "。 ",
        ". \"",
        "U.",
        ". . ",
        "\u{3000}",
        "[1]",
        "1.",
        "？ ",
        "a. ",
        "\n ",
        "“a",
    ];
    for piece in pieces {
        let text = piece.repeat(2_000_000 / piece.len());
        let start = Instant::now();
        zh::sentences(&text);
        en::sentences(&text);
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{piece:?} takes {:?}",
            start.elapsed()
        );
    }
}

// Figures.

/// F1 of the boundaries inside all documents of a folder, after their lines are joined back into running text.
fn boundary_f1(folder: &Path, side: Side) -> f64 {
    let (extension, space) = match side {
        Side::Zh => ("zh", ""),
        Side::En => ("en", " "),
    };
    let (mut both, mut all) = (0, 0);
    for entry in std::fs::read_dir(folder).expect("a gold folder can be read") {
        let path = entry.expect("a gold folder can be read").path();
        if path.extension().is_none_or(|found| found != extension) {
            continue;
        }
        let lines = std::fs::read_to_string(&path).expect("a gold file can be read");
        let lines: Vec<&str> = lines
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let text = lines.join(space);
        let sentences = match side {
            Side::Zh => zh::sentences(&text),
            Side::En => en::sentences(&text),
        };
        let boundaries = |ends: Vec<usize>| -> BTreeSet<usize> {
            ends.into_iter()
                .filter(|&end| end < text.trim_end().len())
                .collect()
        };
        let mut end = 0;
        let gold = boundaries(
            lines
                .iter()
                .map(|line| {
                    end += line.len() + space.len();
                    end - space.len()
                })
                .collect(),
        );
        let found = boundaries(sentences.iter().map(|span| span.end()).collect());
        both += gold.intersection(&found).count();
        all += gold.len() + found.len();
    }
    2.0 * both as f64 / all as f64
}

/// What was reached, cut to three places: never less, and more is to be written here. What is missing from `literary` are
/// lines that end without a stop (titles, verses) and “...”他说, which its annotators cut before 他 and users do not want
/// cut; from the news, headlines; from the readouts, headlines and clauses that end with a semicolon.
const REACHED: [(&str, Side, f64); 10] = [
    ("literary", Side::Zh, 0.990),
    ("literary", Side::En, 0.996),
    ("government", Side::Zh, 0.989),
    ("government", Side::En, 0.982),
    ("news-zh", Side::Zh, 0.985),
    ("news-zh", Side::En, 0.991),
    ("news-en", Side::Zh, 0.954),
    ("news-en", Side::En, 0.959),
    ("readouts", Side::Zh, 0.974),
    ("readouts", Side::En, 0.849),
];

#[test]
fn human_boundaries_are_found_as_well_as_ever() {
    let Some(gold) = gold() else {
        println!("skipped: no ../shared/gold here and DUIZHAO_GOLD is not set");
        return;
    };
    let mut worse = Vec::new();
    for (set, side, reached) in REACHED {
        let f1 = boundary_f1(&gold.join(set), side);
        println!("{set} {side:?}: F1 {f1:.4}, written {reached}");
        if f1 < reached || f1 >= reached + 0.002 {
            worse.push(format!("{set} {side:?}: F1 {f1:.4} where {reached} is written"));
        }
    }
    assert!(worse.is_empty(), "{}", worse.join("\n"));
}
