//! A folder into tasks, by the names of its files.

use super::{Entry, Listing, Pairs, Task, document_id, list};
use crate::error::{Error, Kind, Result};
use crate::ingest::name::language_mark;
use crate::language::Side;
use std::collections::BTreeMap;
use std::path::Path;

/// Pairs the documents below a folder that have the same name but for a mark of the language: `x.zh.txt` and
/// `x.en.txt`, `x_zh.html` and `x_en-US.html`, `zh/x.txt` and `en/x.txt`, `x/zh.md` and `x/en.md`.
///
/// A document without a mark, without a partner, or with two of its name on one side is unpaired: nothing is guessed.
///
/// # Errors
/// [`Kind::Read`] if the folder cannot be listed.
pub fn names(folder: &Path) -> Result<Pairs> {
    let Listing {
        documents,
        refused,
        notes,
    } = list(folder)?;
    let mut pairs = Pairs {
        unpaired: refused,
        notes,
        ..Pairs::default()
    };
    let folder_name = folder
        .canonicalize()
        .map_err(|cause| Error::read(folder.to_string_lossy(), &cause))?;
    let folder_name = folder_name.file_name().unwrap_or_default().to_string_lossy();
    let mut groups: BTreeMap<String, [Vec<String>; 2]> = BTreeMap::new();
    for below in documents {
        let path = folder.join(&below).to_string_lossy().into_owned();
        match language_mark(&below).1 {
            Some(side) => {
                groups.entry(document_id(&folder_name, &below)).or_default()[side as usize].push(path);
            }
            None => pairs.unpaired.push(unmarked(path)),
        }
    }
    for (id, [zh, en]) in groups {
        match (&zh[..], &en[..]) {
            ([zh], [en]) => pairs.tasks.push(Task {
                zh: Entry::new(zh),
                en: Entry::new(en),
                id,
            }),
            _ => pairs.unpaired.extend(alone(&id, &zh, &en)),
        }
    }
    Ok(pairs)
}

fn unmarked(path: String) -> Error {
    Error::new(Kind::Unpaired, path, "its name does not say its language")
        .remedy("name it like x.zh.txt or x.en.txt, or pair by what the documents say: --pair content")
}

/// Says of each document why it has no partner.
fn alone(id: &str, zh: &[String], en: &[String]) -> Vec<Error> {
    let (cause, remedy) = match (zh, en) {
        ([_], []) => (
            format!("no English document has the name “{id}”"),
            "give both the same name but for the language, or pair by what the documents say: --pair content",
        ),
        ([], [_]) => (
            format!("no Chinese document has the name “{id}”"),
            "give both the same name but for the language, or pair by what the documents say: --pair content",
        ),
        _ => (
            format!("{} have the name “{id}”", several(zh, en)),
            "keep one on each side, or list the pairs in a manifest",
        ),
    };
    zh.iter()
        .chain(en)
        .map(|path| Error::new(Kind::Unpaired, path, &*cause).remedy(remedy))
        .collect()
}

fn several(zh: &[String], en: &[String]) -> String {
    let count = |side: Side, paths: &[String]| {
        let language = match side {
            Side::Zh => "Chinese",
            Side::En => "English",
        };
        match paths.len() {
            0 => format!("no {language} document"),
            1 => format!("1 {language} document"),
            many => format!("{many} {language} documents"),
        }
    };
    format!("{} and {}", count(Side::Zh, zh), count(Side::En, en))
}
