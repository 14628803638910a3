//! The cases of `tests/language/*.txt`: one segment a line, `tag TAB segment`, documents apart by blank lines.

use duizhao::language::label;
use std::fs;

#[test]
fn every_segment_gets_the_language_its_case_says() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for file in fs::read_dir("tests/language").expect("the folder is there") {
        let path = file.expect("the folder can be read").path();
        let text = fs::read_to_string(&path).expect("a case file is UTF-8");
        let clean: Vec<&str> = text.lines().filter(|line| !line.starts_with("# ")).collect();
        for document in clean
            .split(|line| line.is_empty())
            .filter(|document| !document.is_empty())
        {
            let (tags, segments): (Vec<&str>, Vec<&str>) = document
                .iter()
                .map(|line| line.split_once('\t').expect("a case has a tab"))
                .unzip();
            cases += tags.len();
            for ((tag, segment), lang) in tags.iter().zip(&segments).zip(label(segments.iter().copied())) {
                if *tag != lang.tag() {
                    wrong.push(format!(
                        "{}: {segment}: {} and not {tag}",
                        path.display(),
                        lang.tag()
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {cases} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(cases >= 50, "only {cases} cases were read");
}
