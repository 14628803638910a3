//! Beads against gold: the cases under `tests/eval`.

use duizhao::error::Kind;
use duizhao::eval::{self, Beads, Measure};
use duizhao::ingest::Source;
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

fn entries(folder: impl AsRef<Path>) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

fn with_extension(folder: &Path, extension: &str) -> Vec<Beads> {
    let paths = entries(folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|found| found == extension));
    paths.map(|path| read(&path).unwrap()).collect()
}

/// Reads a file under its bare name.
fn read(path: &Path) -> duizhao::error::Result<Beads> {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    eval::read(&Source {
        name,
        bytes: fs::read(path).unwrap(),
    })
}

#[test]
fn scores_are_those_of_vecaligns_script() {
    for case in entries("tests/eval/scores") {
        let scores = eval::score(&with_extension(&case, "gold"), &with_extension(&case, "test")).unwrap();
        let line = |name: &str, measure: Measure| {
            format!(
                "{name} {:.6} {:.6} {:.6}\n",
                measure.precision, measure.recall, measure.f1
            )
        };
        let found = line("strict", scores.strict) + &line("lax", scores.lax);
        assert_eq!(
            found,
            fs::read_to_string(case.join("expected.txt")).unwrap(),
            "{}",
            case.display()
        );
    }
}

#[test]
fn every_form_of_an_alignment_holds_the_same_beads() {
    for case in entries("tests/eval/forms") {
        let beads = read(&case.join("beads.vecalign")).unwrap();
        for path in entries(&case) {
            assert_eq!(read(&path).as_ref(), Ok(&beads), "{}", path.display());
        }
    }
}

#[test]
fn a_broken_file_is_answered_with_place_cause_and_remedy() {
    let files = entries("tests/eval/broken")
        .into_iter()
        .filter(|path| path.extension() != Some("error".as_ref()));
    let mut failures = vec![];
    for path in files {
        let answer = PathBuf::from(format!("{}.error", path.display()));
        let found = read(&path).unwrap_err().to_string() + "\n";
        if std::env::var_os("BLESS").is_some() {
            fs::write(&answer, &found).unwrap();
        }
        if fs::read_to_string(&answer).unwrap() != found {
            failures.push(found);
        }
    }
    assert!(failures.is_empty(), "{}", failures.concat());
}

#[test]
fn as_many_gold_files_as_tested_ones_are_wanted() {
    let error = eval::score(&[vec![], vec![]], &[vec![]]).unwrap_err();
    assert_eq!(error.kind, Kind::Usage);
    assert_eq!(
        error.to_string(),
        "eval: 2 gold files for 1 tested ones; give one gold file for each, in the same order"
    );
}

#[test]
fn nothing_against_nothing_scores_nothing() {
    let scores = eval::score(&[], &[]).unwrap();
    assert_eq!(
        (
            scores.strict.f1,
            scores.lax.f1,
            scores.test_beads,
            scores.gold_links
        ),
        (0.0, 0.0, 0, 0)
    );
}

proptest! {
    #[test]
    fn any_text_is_beads_or_an_error(text in "[\\[\\]<>0-9,:;\t\n ='a-z/]{0,60}") {
        let source = Source { name: "x".into(), bytes: text.into() };
        if let Err(error) = eval::read(&source) {
            prop_assert!(error.to_string().starts_with("x: "));
        }
    }

    #[test]
    fn alignment_xml_with_any_ids_is_beads_or_an_error(ids in "[0-9:;. s]{0,30}") {
        let xml = format!("<linkGrp toDoc='zh' fromDoc='en'><link xtargets='1;1'/><link xtargets='{ids}'/></linkGrp>");
        if let Ok(beads) = eval::read(&Source { name: "x".into(), bytes: xml.into() }) {
            prop_assert_eq!(beads.len(), 2);
        }
    }
}
