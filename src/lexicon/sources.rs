//! Files into pairs to learn from: parallel text in TSV, and the dictionary CC-CEDICT.

use super::Pair;
use crate::error::{Error, Kind, Result};
use std::io::BufRead;

/// What a line of a dictionary is worth beside a line of running text: it was written by a person as a translation of
/// nothing but this word.
const DICTIONARY_WEIGHT: f32 = 1.0;

/// Lines of `zh<TAB>en`; further columns are passed over. `name` is for errors.
pub fn tsv<R: BufRead>(name: &str, input: R) -> impl Iterator<Item = Result<Pair>> + use<R> {
    let name = name.to_owned();
    let remedy = "each line holds the Chinese text, a tab, and the English text";
    lines(&name, input).map(move |line| {
        let (number, line) = line?;
        let mut columns = line.split('\t');
        match (columns.next(), columns.next()) {
            (Some(zh), Some(en)) => Ok(Pair {
                zh: zh.into(),
                en: en.into(),
                weight: 1.0,
            }),
            _ => Err(Error::new(Kind::Malformed, &name, "a line without a tab")
                .line(number)
                .remedy(remedy)),
        }
    })
}

/// Entries of CC-CEDICT (`傳統 传统 [chuan2 tong3] /tradition/traditional/`): a pair for each gloss that is English.
pub fn cedict<R: BufRead>(name: &str, input: R) -> impl Iterator<Item = Result<Pair>> + use<R> {
    let name = name.to_owned();
    lines(&name, input).flat_map(move |line| {
        let entry = line.and_then(|(number, line)| {
            let broken = || {
                Error::new(Kind::Malformed, &name, "not an entry of CC-CEDICT")
                    .line(number)
                    .remedy("an entry reads `傳統 传统 [chuan2 tong3] /tradition/`")
            };
            if line.starts_with('#') {
                Ok(Vec::new())
            } else {
                entry(&line).ok_or_else(broken)
            }
        });
        match entry {
            Ok(pairs) => pairs.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        }
    })
}

fn entry(line: &str) -> Option<Vec<Pair>> {
    let (head, glosses) = line.split_once('/')?;
    let zh = head.split_whitespace().nth(1)?;
    let glosses = glosses
        .split('/')
        .map(without_remarks)
        .filter(|gloss| is_english(gloss));
    Some(
        glosses
            .map(|en| Pair {
                zh: zh.into(),
                en,
                weight: DICTIONARY_WEIGHT,
            })
            .collect(),
    )
}

/// A gloss without its remarks, which are about the word and do not translate it (`Wang Wei (701-761), Tang poet` is
/// `Wang Wei`); nor does the "to" of a verb.
fn without_remarks(gloss: &str) -> String {
    let mut kept = String::new();
    let mut rest = gloss;
    while let Some((before, behind)) = rest.split_once('(') {
        kept.push_str(before);
        rest = behind_bracket(behind);
        if rest.starts_with(',') {
            rest = "";
        }
    }
    kept.push_str(rest);
    kept.trim().trim_start_matches("to ").into()
}

/// What follows the end of a bracket that is open.
fn behind_bracket(text: &str) -> &str {
    let mut open = 1;
    let end = text.find(|c| {
        open += i32::from(c == '(') - i32::from(c == ')');
        open == 0
    });
    end.map_or("", |end| &text[end + 1..])
}

/// Classifiers (`CL:個|个[ge4]`) and references (`variant of 傳|传[chuan2]`) are no translations.
fn is_english(gloss: &str) -> bool {
    !gloss.is_empty() && gloss.chars().all(|c| c < '\u{2e80}') && !gloss.starts_with("CL:")
}

fn lines<R: BufRead>(name: &str, input: R) -> impl Iterator<Item = Result<(usize, String)>> + use<R> {
    let name = name.to_owned();
    input.lines().enumerate().map(move |(index, line)| match line {
        Ok(line) => Ok((index + 1, line)),
        Err(error) => Err(Error::read(&name, &error).line(index + 1)),
    })
}
