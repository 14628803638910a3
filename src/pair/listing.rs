//! A folder into the paths of its documents, and what else lies in it.

use crate::error::{Error, Kind, Note, Result};
use crate::ingest::{Format, name};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files of a folder and of the folders in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listing {
    /// Documents, as paths below the folder with `/` between their parts, in order.
    pub documents: Vec<String>,
    /// Files in formats that are not read, and what the system would not let us look at.
    pub refused: Vec<Error>,
    /// Files that are no documents by their extension, counted.
    pub notes: Vec<Note>,
}

/// Extensions of documents; a file may have none, or its language's mark in place of one (`novel.zh`).
const DOCUMENTS: [&str; 13] = [
    "", "txt", "text", "md", "markdown", "html", "htm", "xhtml", "docx", "srt", "vtt", "epub", "pdf",
];

/// Lists the documents below a folder; hidden files and folders are passed over, links to folders are not followed.
///
/// # Errors
/// [`Kind::Read`] if the folder itself cannot be listed.
pub fn list(folder: &Path) -> Result<Listing> {
    let mut listing = Listing::default();
    let mut others = BTreeMap::new();
    let failed = |path: &Path, cause: std::io::Error| Error::read(path.to_string_lossy(), &cause);
    let mut folders = vec![folder.to_owned()];
    while let Some(parent) = folders.pop() {
        let files = fs::read_dir(&parent).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
        let files = match files {
            Ok(files) => files,
            Err(cause) if parent == folder => return Err(failed(folder, cause)),
            Err(cause) => {
                listing.refused.push(failed(&parent, cause));
                continue;
            }
        };
        for file in files {
            let path = file.path();
            if file.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let below = path.strip_prefix(folder).unwrap_or(&path);
            match (file.file_type(), below.to_str()) {
                (Err(cause), _) => listing.refused.push(failed(&path, cause)),
                (Ok(kind), _) if kind.is_dir() => folders.push(path),
                (Ok(kind), _) if kind.is_symlink() && path.is_dir() => listing.notes.push(Note::new(
                    path.to_string_lossy(),
                    "a link to a folder, which is not followed",
                )),
                (Ok(_), None) => listing.refused.push(
                    Error::new(Kind::Read, path.to_string_lossy(), "its name is not UTF-8")
                        .remedy("rename it"),
                ),
                (Ok(_), Some(below)) => match Format::of(below) {
                    Err(error) => listing.refused.push(Error {
                        place: crate::error::Place::new(path.to_string_lossy()),
                        ..error
                    }),
                    Ok(_) if is_document(below) => {
                        listing
                            .documents
                            .push(below.replace(std::path::MAIN_SEPARATOR, "/"));
                    }
                    Ok(_) => *others.entry(extension(below)).or_insert(0) += 1,
                },
            }
        }
    }
    listing.documents.sort_unstable();
    listing
        .refused
        .sort_by(|one, other| one.place.source.cmp(&other.place.source));
    listing
        .notes
        .sort_by(|one, other| one.place.source.cmp(&other.place.source));
    let passed_over = |(extension, count): (String, usize)| {
        let files = if count == 1 { "file" } else { "files" };
        Note::new(
            folder.to_string_lossy(),
            format!("{count} .{extension} {files} passed over as no documents"),
        )
    };
    listing.notes.extend(others.into_iter().map(passed_over));
    Ok(listing)
}

fn is_document(path: &str) -> bool {
    let extension = extension(path);
    DOCUMENTS.contains(&extension.as_str()) || name::language_mark(&format!("x.{extension}")).1.is_some()
}

/// The extension in lower case, below `.gz` or `.zst`.
fn extension(path: &str) -> String {
    let file = path.rsplit(std::path::is_separator).next().unwrap_or(path);
    let plain = [".gz", ".zst"]
        .iter()
        .find_map(|packed| file.strip_suffix(packed))
        .unwrap_or(file);
    plain
        .rsplit_once('.')
        .map_or(String::new(), |(_, extension)| extension.to_lowercase())
}
