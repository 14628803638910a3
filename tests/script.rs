//! Chinese from one script into the other: the cases of `tests/script/*.tsv`, named by the script that is written.

use duizhao::script::{Script, convert::Converter};
use std::fs;

#[test]
fn every_text_is_written_in_the_script_its_case_says() {
    for (script, name) in [(Script::Hans, "hans"), (Script::Hant, "hant")] {
        let converter = Converter::new(script);
        let cases = fs::read_to_string(format!("tests/script/{name}.tsv")).expect("the cases are there");
        let cases: Vec<&str> = cases.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(cases.len() >= 10);
        for case in cases {
            let (text, expected) = case.split_once('\t').expect("a case has a tab");
            assert_eq!(converter.convert(text), expected, "{name}");
            assert_eq!(
                converter.convert(expected),
                expected,
                "{name}: what is written stays"
            );
        }
    }
}
