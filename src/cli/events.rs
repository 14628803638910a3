//! Arguments into events: documents that belong together, given or found.

use duizhao::batch::in_order;
use duizhao::compare::Event;
use duizhao::compare::group::{Digest, group};
use duizhao::error::{Error, Kind, Result};
use duizhao::ingest::{self, Document, Role, bundle};
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::load;
use duizhao::split::Split;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Documents to compare with each other.
pub struct Job {
    /// Names the event and its file.
    pub id: String,
    members: Members,
}

enum Members {
    Read(Vec<Document>),
    /// Read when their turn comes: one that cannot be read then fails its event alone, and a thousand events are never in
    /// memory together.
    Listed(Vec<Listed>),
}

/// A path, and the role that the manifest gives.
type Listed = (String, Option<Role>);

impl Job {
    /// Documents that were given for one event, which has no name.
    pub fn of(documents: Vec<Document>) -> Job {
        Job {
            id: String::new(),
            members: Members::Read(documents),
        }
    }

    /// Its documents, read now if they are not yet.
    pub fn documents(&self, split: Split, settings: &ingest::Settings) -> Result<Cow<'_, [Document]>> {
        let rows = match &self.members {
            Members::Read(documents) => return Ok(Cow::Borrowed(documents)),
            Members::Listed(rows) => rows,
        };
        let mut documents = Vec::new();
        for (path, role) in rows {
            for mut document in read(path, split, settings)? {
                document.role = role.or(document.role);
                documents.push(document);
            }
        }
        Ok(Cow::Owned(documents))
    }
}

/// A row of a manifest of events; an empty cell says nothing.
#[derive(Deserialize)]
struct Row {
    event: String,
    path: String,
    role: Option<Role>,
}

/// The events that a manifest lists, in the order of their first rows: a table with tabs, its columns `event`, `path` as
/// seen from its folder, and, if wanted, `role`.
pub fn listed(manifest: &str) -> Result<Vec<Job>> {
    let malformed = |cause: csv::Error| {
        let line = cause.position().map(|position| position.line() as usize);
        let error = Error::new(Kind::Malformed, manifest, cause.to_string());
        let error =
            error.remedy("give columns `event` and `path`, and `role` if you like, with tabs between them");
        line.map_or(error.clone(), |line| error.line(line))
    };
    let bytes = std::fs::read(manifest).map_err(|cause| Error::read(manifest, &cause))?;
    let mut table = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .comment(Some(b'#'))
        .from_reader(&*bytes);
    let folder = Path::new(manifest).parent().unwrap_or(Path::new(""));
    let mut events: Vec<(String, Vec<Listed>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in table.deserialize() {
        let Row { event, path, role } = row.map_err(malformed)?;
        if event.is_empty() || event.contains(['/', '\\']) || event.starts_with('.') {
            let error = Error::new(Kind::Malformed, manifest, format!("{event:?} cannot name a file"));
            return Err(error.remedy("name events by letters and digits"));
        }
        let place = *places.entry(event.clone()).or_insert_with(|| {
            events.push((event, Vec::new()));
            events.len() - 1
        });
        events[place]
            .1
            .push((folder.join(path).display().to_string(), role));
    }
    let job = |(id, rows)| Job {
        id,
        members: Members::Listed(rows),
    };
    Ok(events.into_iter().map(job).collect())
}

/// Finds the events among documents.
pub fn grouped(documents: Vec<Document>, lexicon: &Lexicon) -> Result<Vec<Job>> {
    let mut digests = Vec::with_capacity(documents.len());
    in_order(
        &documents,
        |document| Ok(Digest::new(document, lexicon)),
        |_, digest| {
            digests.push(digest?);
            Ok(())
        },
    )?;
    let mut documents: Vec<Option<Document>> = documents.into_iter().map(Some).collect();
    let mut jobs = Vec::new();
    for (number, event) in group(&digests).into_iter().enumerate() {
        let members = event.iter().filter_map(|&member| documents[member].take());
        jobs.push(Job {
            id: format!("event-{:05}", number + 1),
            members: Members::Read(members.collect()),
        });
    }
    Ok(jobs)
}

/// The documents of an event against each other.
pub fn compare<'d>(documents: &'d [Document], split: Split, lexicon: &Lexicon) -> Result<Event<'d>> {
    if documents.len() < 2 {
        let names: Vec<&str> = documents.iter().map(|document| &*document.source).collect();
        let cause = "one document, which there is nothing to compare with";
        let error = Error::new(Kind::Unpaired, names.join(" "), cause);
        return Err(error.remedy("give the documents of one event"));
    }
    Event::compare(documents, split, lexicon)
}

/// The documents that the inputs hold, and what could not be read.
pub fn documents(
    inputs: &[String],
    split: Split,
    settings: &ingest::Settings,
) -> Result<(Vec<Document>, Vec<Error>)> {
    let mut files = Vec::new();
    for input in inputs {
        match Path::new(input).is_dir() {
            true => list(input, &mut files)?,
            false => files.push(input.clone()),
        }
    }
    let (mut documents, mut failed) = (Vec::with_capacity(files.len()), Vec::new());
    in_order(
        &files,
        |file| read(file, split, settings),
        |_, parts| {
            match parts {
                Ok(parts) => documents.extend(parts),
                Err(error) => failed.push(error),
            }
            Ok(())
        },
    )?;
    Ok((documents, failed))
}

/// The documents of a file, with the titles and dates that they begin with; lines are one document, as they are.
fn read(file: &str, split: Split, settings: &ingest::Settings) -> Result<Vec<Document>> {
    let document = load(file, settings)?.document;
    Ok(match split {
        Split::Line => vec![document],
        _ => bundle::cut(document),
    })
}

/// The files of a folder, by name; hidden ones are passed over.
fn list(folder: &str, files: &mut Vec<String>) -> Result<()> {
    let failed = |cause: io::Error| Error::read(folder, &cause);
    let first = files.len();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !is_hidden {
            files.push(path.display().to_string());
        }
    }
    files[first..].sort();
    Ok(())
}
