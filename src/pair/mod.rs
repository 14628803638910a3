//! Paths and documents into tasks: which Chinese document is aligned with which English one.
//!
//! Three ways lead there: the files' names ([`names`]), a list that the user wrote ([`manifest`]), and what the documents
//! say ([`content`]).

pub mod content;
mod listing;
mod manifest;
mod names;

pub use listing::{Listing, list};
pub use manifest::manifest;
pub use names::names;

use crate::error::{Error, Note};
use crate::ingest::{Role, name::language_mark};
use crate::value::date::Date;

/// What is to be aligned with what, before anything is aligned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pairs {
    /// In the order of their ids, which differ.
    pub tasks: Vec<Task>,
    /// Documents without a partner and rows that name none, each with its reason.
    pub unpaired: Vec<Error>,
    pub notes: Vec<Note>,
}

/// Two documents to be aligned.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// A relative path without an extension, as `sub/x`: names the pair and its output file.
    pub id: String,
    pub zh: Entry,
    pub en: Entry,
}

/// One document of a task, and what a manifest says about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    pub path: String,
    pub date: Option<Date>,
    pub role: Option<Role>,
}

impl Entry {
    pub fn new(path: impl Into<String>) -> Entry {
        Entry {
            path: path.into(),
            ..Entry::default()
        }
    }
}

/// The id of a pair whose documents have these ids: the one they share, or both.
///
/// ```
/// use duizhao::pair::joint_id;
/// assert_eq!(joint_id("news/ferry", "news/ferry"), "news/ferry");
/// assert_eq!(joint_id("news/duchuan", "news/ferry"), "news/duchuan+ferry");
/// ```
pub fn joint_id(zh: &str, en: &str) -> String {
    if zh == en {
        return zh.into();
    }
    let (folder, _) = zh.rsplit_once('/').unwrap_or(("", zh));
    let beside = en.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    // What is left of the English id must not become a folder below the Chinese file's name.
    format!("{zh}+{}", beside.unwrap_or(en).replace('/', "+"))
}

/// The id of a document by its path below a folder: the path without extension and language mark, so that translations
/// of each other share it. `folder` names the folder itself, for a file that is called `zh.txt` and nothing more.
///
/// ```
/// use duizhao::pair::document_id;
/// for path in ["sub/x.zh.txt", "sub/zh/x.txt", "zh-CN/sub/x.html", "sub/x_en.md.gz"] {
///     assert_eq!(document_id("texts", path), "sub/x");
/// }
/// assert_eq!(document_id("texts", "speech/zh.txt"), "speech");
/// assert_eq!(document_id("texts", "zh.txt"), "texts");
/// ```
pub fn document_id(folder: &str, path: &str) -> String {
    let path = path.replace(std::path::MAIN_SEPARATOR, "/");
    let (parents, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let mut parents: Vec<&str> = parents.split('/').filter(|part| !part.is_empty()).collect();
    let is_mark = |part: &&str| language_mark(&format!("{part}/x")).1.is_some();
    let (stem, side) = language_mark(file);
    if side.is_none() {
        if let Some(at) = parents.iter().rposition(is_mark) {
            parents.remove(at);
        }
    } else if language_mark(&format!("{folder}/{file}")).0 == folder && stem != folder {
        // The whole name is a mark: its folder names the document.
        return if parents.is_empty() {
            folder.into()
        } else {
            parents.join("/")
        };
    }
    parents.push(&stem);
    parents.join("/")
}
