//! Rows in, findings out: the cases under `tests/audit/`, one file a code.

use duizhao::audit::report::Identity;
use duizhao::audit::{Auditor, CorpusNames, Finding, Glossary, Mode, Settings, Telling, rules};
use duizhao::compare::Event;
use duizhao::corpus::{Row, tsv};
use duizhao::ingest::{self, Document, Role, Source};
use duizhao::lexicon::Lexicon;
use duizhao::split::Split;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The rows of a table of Chinese, English and, if there is one, the aligner's score.
fn rows(lines: &[&str]) -> Vec<Row> {
    let mut table = String::from("src_text\ttrg_text\taligner_score\n");
    for line in lines {
        let tabs = line.matches('\t').count();
        writeln!(table, "{line}{}", "\t".repeat(2 - tabs)).expect("a string takes every line");
    }
    let reader = tsv::Reader::new("cases", table.as_bytes()).expect("the table has a header");
    reader.collect::<Result<_, _>>().expect("cases are rows")
}

fn audit(settings: &Settings, lines: &[&str]) -> Vec<Finding> {
    Auditor::new(Lexicon::embedded(), settings).document(&rows(lines), None)
}

fn case_file(code: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/audit/{code}.txt"))
}

/// `+` and `-` begin a case that must and one that must not be found, `=` a line of the glossary, `~` a row that stands before
/// every case of the file, `#` a remark.
#[test]
fn every_rule_finds_what_its_cases_say_and_nothing_else() {
    let mut wrong = String::new();
    for rule in rules().iter().filter(|rule| !OF_SOURCES.contains(&rule.code)) {
        let path = case_file(rule.code);
        let cases =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let terms: Vec<&str> = cases.lines().filter_map(|line| line.strip_prefix("= ")).collect();
        let before: Vec<&str> = cases.lines().filter_map(|line| line.strip_prefix("~ ")).collect();
        let settings = Settings {
            only: vec![rule.code.into()],
            glossary: Glossary::read("cases", &terms.join("\n")).expect("the terms are a glossary"),
            ..Settings::default()
        };
        let cases = cases.lines().filter_map(|line| {
            line.split_once('\t')
                .filter(|(mark, _)| ["+", "-"].contains(mark))
        });
        let mut count = 0;
        for (mark, case) in cases {
            count += 1;
            let found = audit(&settings, &[&before[..], &[case]].concat());
            if found.is_empty() == (mark == "+") {
                let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
                writeln!(wrong, "{} {mark} {case}\n    {messages:?}", rule.code)
                    .expect("a string takes every line");
            }
        }
        assert!(count >= 12, "{}: {count} cases", path.display());
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A case that is no row.
struct Case {
    line: String,
    given: Vec<String>,
    /// What a finding says; none where nothing must be found.
    said: Option<String>,
}

/// The cases of a file of lines: `+` or `-`, so many fields that are given, and behind `+` what is said.
fn cases(name: &str, fields: usize) -> Vec<Case> {
    let path = case_file(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let case = |line: &str| {
        let all: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let said = match (all[0].as_str(), all.len() - fields) {
            ("+", 2) => all.last().cloned(),
            ("-", 1) => None,
            _ => panic!("{line}"),
        };
        Case {
            line: line.into(),
            given: all[1..=fields].to_vec(),
            said,
        }
    };
    let cases: Vec<Case> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(case)
        .collect();
    assert!(cases.len() >= 12, "{name}: {} cases", cases.len());
    cases
}

/// Whether what was found says what a case says, among other things.
fn assert_said(case: &Case, found: &[Finding]) {
    match &case.said {
        Some(said) => assert!(
            found.iter().any(|finding| finding.message.contains(said)),
            "{}\n{found:?}",
            case.line
        ),
        None => assert!(found.is_empty(), "{}\n{found:?}", case.line),
    }
}

#[test]
fn documents_that_write_a_name_each_in_its_own_way_are_found_as_the_cases_say() {
    let settings = Settings {
        only: vec!["NAM02".into()],
        ..Settings::default()
    };
    let auditor = Auditor::new(Lexicon::embedded(), &settings);
    for case in cases("NAM02.corpus", 1) {
        let mut names = CorpusNames::default();
        for (number, row) in case.given[0].split(" | ").enumerate() {
            let mut row = rows(&[&row.replacen('/', "\t", 1)]);
            row[0].doc_pair_id = number.to_string();
            names.add(auditor.read(&row, None).names());
        }
        let found = auditor.corpus(&names);
        let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, Vec::from_iter(case.said.as_deref()), "{}", case.line);
    }
}

/// `name/checksum/title/date` between ` | `.
fn sources(said: &str) -> Vec<Identity> {
    let source = |said: &str| {
        let mut parts = said
            .split('/')
            .map(|part| (!part.is_empty()).then(|| part.to_owned()));
        let mut part = || parts.next().flatten();
        Identity {
            name: part().expect("a source has a name"),
            sha256: part(),
            title: part(),
            date: part(),
            role: None,
        }
    };
    said.split(" | ")
        .filter(|said| !said.is_empty())
        .map(source)
        .collect()
}

#[test]
fn a_changed_source_is_found_as_its_cases_say() {
    let settings = Settings {
        only: vec!["VER01".into()],
        ..Settings::default()
    };
    let auditor = Auditor::new(Lexicon::embedded(), &settings);
    for case in cases("VER01", 2) {
        let [then, now] = [0, 1].map(|given| sources(&case.given[given]));
        assert_said(&case, &auditor.sources(&then, &now));
    }
}

/// Rules that look at sources as wholes: their cases are no rows.
const OF_SOURCES: [&str; 3] = ["TOP01", "TOP02", "VER01"];

/// The document of a case: `name/text`.
fn document(said: &str) -> Document {
    let (name, text) = said.split_once('/').expect("a source is a name and a text");
    let source = Source {
        name: name.into(),
        bytes: text.as_bytes().into(),
    };
    let settings = ingest::Settings {
        format: Some(ingest::Format::Plain),
        ..ingest::Settings::default()
    };
    ingest::read(source, &settings).expect("a case is plain text")
}

#[test]
fn sources_of_an_event_are_told_apart_as_their_cases_say() {
    for code in ["TOP01", "TOP02"] {
        let settings = Settings {
            mode: Mode::Comparable,
            only: vec![code.into()],
            ..Settings::default()
        };
        let auditor = Auditor::new(Lexicon::embedded(), &settings);
        for case in cases(code, 1) {
            let documents: Vec<Document> = case.given[0].split(" | ").map(document).collect();
            let event = Event::compare(&documents, Split::Sentence, Lexicon::embedded())
                .expect("there are sentences");
            assert_said(&case, &auditor.event(&Telling::new(&event, Lexicon::embedded())));
        }
    }
}

#[test]
fn a_reworded_quotation_is_told_of_between_sources() {
    let readout = "en/Readout of the call. The Prime Minister said that “every orchard in the Vale will hear this news with relief.” They spoke of the port.";
    let told = |quoted: &str| {
        let press = format!(
            "press/The ban is over. Growers cheered in the valley. The Prime Minister had said that {quoted} on Monday. Prices rose."
        );
        let mut documents = [document(readout), document(&press)];
        documents[0].role = Some(Role::Readout);
        documents[1].role = Some(Role::Coverage);
        let event =
            Event::compare(&documents, Split::Sentence, Lexicon::embedded()).expect("there are sentences");
        let settings = Settings {
            mode: Mode::Comparable,
            only: vec!["ATT02".into()],
            ..Settings::default()
        };
        Auditor::new(Lexicon::embedded(), &settings).event(&Telling::new(&event, Lexicon::embedded()))
    };
    let found = told("“every orchard in the Vale will greet this news with relief”");
    assert_eq!(
        found[0].message,
        "press quotes en with \"greet\", which is not there"
    );
    assert!(told("“every orchard in the Vale will hear this news with relief”").is_empty());
}

#[test]
fn sources_of_an_event_may_quote_different_things_in_one_row() {
    let row = "她说：“港口今年向渔民开放。”\tHe said: “Bananas taste sweeter in the mountains.”";
    let found = |mode| {
        let settings = Settings {
            mode,
            only: vec!["ATT02".into()],
            ..Settings::default()
        };
        audit(&settings, &[row]).len()
    };
    assert_eq!((found(Mode::Translation), found(Mode::Comparable)), (1, 0));
}

#[test]
fn the_id_of_a_finding_is_the_same_wherever_its_row_stands() {
    let settings = Settings::default();
    let row = "全镇有1.2亿棵树。\tThe town has 12 million trees.";
    let alone = audit(&settings, &[row]);
    let behind = audit(&settings, &["天黑了。\tIt grew dark.", row]);
    assert_eq!(alone[0].id, behind[0].id);
    assert_eq!(alone[0].code, "NUM02");
}

#[test]
fn a_row_may_say_that_a_code_is_not_wanted_there() {
    let mut rows = rows(&["全镇有1.2亿棵树。\tThe town has 12 million trees."]);
    let settings = Settings::default();
    let auditor = Auditor::new(Lexicon::embedded(), &settings);
    assert_eq!(auditor.document(&rows, None).len(), 1);
    rows[0].flags = "DUP01,!NUM02".into();
    assert!(auditor.document(&rows, None).is_empty());
}

#[test]
fn a_heading_without_a_mark_is_a_sentence_of_its_row() {
    let mut rows =
        rows(&["图书馆今年星期天不开门老师批改了学生的作业。\tThe teacher marked the students' homework."]);
    let settings = Settings {
        only: vec!["ALN01".into()],
        ..Settings::default()
    };
    let auditor = Auditor::new(Lexicon::embedded(), &settings);
    assert!(auditor.document(&rows, None).is_empty());
    let heading = "图书馆今年星期天不开门";
    rows[0].src_ends = vec![heading.len(), rows[0].src_text.len()];
    let found = auditor.document(&rows, None);
    assert_eq!(found[0].zh_text(), heading, "{found:?}");
}

#[test]
fn spans_lie_on_characters_of_their_texts() {
    let lines = [
        "「漢字」٣٤ 他不會來，\u{200b}必須　付3億元İ\tİ will İ not “pay 4 million\u{202e} ß dollars — must",
        "ǅ不İ没\tİİ not ﬁ never İ may",
        "\t",
        "。。。\t...",
    ];
    for finding in audit(&Settings::default(), &lines) {
        for span in &finding.zh {
            assert!(finding.src_text.get(span.range()).is_some(), "{finding:?}");
        }
        for span in &finding.en {
            assert!(finding.trg_text.get(span.range()).is_some(), "{finding:?}");
        }
    }
}
