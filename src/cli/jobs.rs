//! Arguments into pairs of documents to align.

use clap::ValueEnum;
use duizhao::batch::in_order;
use duizhao::corpus::Format;
use duizhao::error::{Error, Kind, Note, Result};
use duizhao::ingest::{self, Document, bundle};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use duizhao::pair::content::{self, Matches, Profile};
use duizhao::pair::{self, Entry, Listing, Pairs, Task};
use duizhao::pipeline::{Loaded, load};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How documents of a folder find their partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Pairing {
    /// By their names
    Names,
    /// By what they say
    Content,
}

/// A document pair to align.
pub struct Job {
    /// Unique in a run; may have folders in it.
    pub id: String,
    zh: Origin,
    en: Origin,
}

enum Origin {
    File(Entry),
    /// Read already, to see what it is.
    Ready(Arc<Loaded>),
}

/// What there is to do, and what cannot be done.
#[derive(Default)]
pub struct Jobs {
    pub jobs: Vec<Job>,
    /// Documents without a partner.
    pub unpaired: Vec<Error>,
    /// What the user should know of how pairs were found.
    pub notes: Vec<Note>,
}

impl Job {
    /// Reads both documents.
    pub fn load(&self, settings: &ingest::Settings) -> Result<(Arc<Loaded>, Arc<Loaded>)> {
        Ok((self.zh.load(settings)?, self.en.load(settings)?))
    }

    /// Where its corpus goes in a folder.
    pub fn path(&self, folder: &Path, format: Format) -> PathBuf {
        match format.extensions() {
            [extension] => folder.join(format!("{}.{extension}", self.id)),
            _ => folder.join(&self.id),
        }
    }
}

impl Origin {
    fn load(&self, settings: &ingest::Settings) -> Result<Arc<Loaded>> {
        match self {
            Origin::Ready(loaded) => Ok(loaded.clone()),
            Origin::File(entry) => {
                let mut loaded = load(&entry.path, settings)?;
                loaded.document.date = entry.date.or(loaded.document.date);
                loaded.document.role = entry.role.or(loaded.document.role);
                Ok(Arc::new(loaded))
            }
        }
    }
}

pub fn jobs(
    inputs: &[String],
    pairing: Pairing,
    settings: &ingest::Settings,
    lexicon: &Lexicon,
) -> Result<Jobs> {
    match inputs {
        [zh, en] => two_files(zh, en, settings),
        [folder] if Path::new(folder).is_dir() => match pairing {
            Pairing::Names => at_least_one(folder, of_pairs(pair::names(Path::new(folder))?)),
            Pairing::Content => {
                at_least_one(folder, folder_by_content(Path::new(folder), settings, lexicon)?)
            }
        },
        [list] if list.ends_with(".tsv") || list.ends_with(".jsonl") => {
            at_least_one(list, of_pairs(pair::manifest(Path::new(list))?))
        }
        [file] => one_file(file, settings, lexicon),
        _ => Err(
            Error::new(Kind::Usage, "align", format!("{} inputs", inputs.len())).remedy("give one or two"),
        ),
    }
}

fn of_pairs(pairs: Pairs) -> Jobs {
    let job = |task: Task| Job {
        id: task.id,
        zh: Origin::File(task.zh),
        en: Origin::File(task.en),
    };
    Jobs {
        jobs: pairs.tasks.into_iter().map(job).collect(),
        unpaired: pairs.unpaired,
        notes: pairs.notes,
    }
}

/// Nothing to do is an error that says why, not an empty corpus.
fn at_least_one(source: &str, jobs: Jobs) -> Result<Jobs> {
    if !jobs.jobs.is_empty() {
        return Ok(jobs);
    }
    let cause = match &jobs.unpaired[..] {
        [] => "no documents in it".into(),
        [first, ..] => format!(
            "no pair among its documents ({} without a partner: {first})",
            jobs.unpaired.len()
        ),
    };
    Err(Error::new(Kind::Unpaired, source, cause))
}

/// The user says which is which by their order; where the texts say otherwise, they are believed.
fn two_files(first: &str, second: &str, settings: &ingest::Settings) -> Result<Jobs> {
    for path in [first, second] {
        if Path::new(path).is_dir() {
            let error = Error::new(Kind::Usage, path, "a folder where a file is due");
            return Err(error.remedy("give two files, or one folder"));
        }
    }
    if first == "-" && second == "-" {
        return Err(
            Error::new(Kind::Usage, "-", "standard input cannot be both documents")
                .remedy("name a file for one of them"),
        );
    }
    let (zh, en) = (
        Arc::new(load(first, settings)?),
        Arc::new(load(second, settings)?),
    );
    let swapped = (zh.document.side(), en.document.side()) == (Some(Side::En), Some(Side::Zh));
    let (zh, en) = if swapped { (en, zh) } else { (zh, en) };
    let mut notes = Vec::new();
    if swapped {
        notes.push(Note::new(
            second,
            format!("is Chinese and {first} is English: taken in that order"),
        ));
    }
    for (loaded, side, language) in [(&zh, Side::Zh, "Chinese"), (&en, Side::En, "English")] {
        match loaded.document.side() {
            Some(found) if found == side => {}
            // A text in the language of the other one has no partner in it.
            Some(_) => {
                let error = Error::new(
                    Kind::Unpaired,
                    &loaded.document.source,
                    format!("is not {language}"),
                );
                return Err(error.remedy("give a Chinese document and its English counterpart"));
            }
            None => notes.push(Note::new(
                &loaded.document.source,
                format!("does not look {language}"),
            )),
        }
    }
    let id = zh.document.id.clone();
    let job = Job {
        id,
        zh: Origin::Ready(zh),
        en: Origin::Ready(en),
    };
    Ok(Jobs {
        jobs: vec![job],
        unpaired: Vec::new(),
        notes,
    })
}

/// A bundle: cut into documents, which are then paired by what they say.
fn one_file(path: &str, settings: &ingest::Settings, lexicon: &Lexicon) -> Result<Jobs> {
    let Loaded { document, checksum } = load(path, settings)?;
    let documents = bundle::cut(document);
    let is_there = |side: Side| documents.iter().any(|document| document.side() == Some(side));
    if !is_there(Side::Zh) || !is_there(Side::En) {
        let language = match (is_there(Side::Zh), is_there(Side::En)) {
            (true, _) => "Chinese",
            (_, true) => "English",
            _ => return Err(Error::new(Kind::Empty, path, "no text in Chinese or English")),
        };
        return Err(Error::new(
            Kind::Unpaired,
            path,
            format!("one file, and all of it is {language}"),
        )
        .remedy("name the document in the other language, too"));
    }
    let profiles: Vec<Profile> = documents
        .iter()
        .map(|document| Profile::new(document, lexicon))
        .collect();
    let Matches {
        pairs,
        unpaired,
        notes,
    } = content::pair(&profiles, lexicon);
    let load = |document: Document| {
        Arc::new(Loaded {
            document,
            checksum: checksum.clone(),
        })
    };
    let documents: Vec<Arc<Loaded>> = documents.into_iter().map(load).collect();
    let job = |zh: usize, en: usize| {
        let (zh, en) = (documents[zh].clone(), documents[en].clone());
        let id = pair::joint_id(&zh.document.id, &en.document.id);
        Job {
            id,
            zh: Origin::Ready(zh),
            en: Origin::Ready(en),
        }
    };
    let jobs = pairs.iter().map(|pair| job(pair.zh, pair.en)).collect();
    at_least_one(
        path,
        Jobs {
            jobs,
            unpaired,
            notes,
        },
    )
}

/// Documents are read twice, once to be paired and once to be aligned: all of them at once may not fit the memory.
fn folder_by_content(folder: &Path, settings: &ingest::Settings, lexicon: &Lexicon) -> Result<Jobs> {
    let Listing {
        documents,
        refused,
        mut notes,
    } = pair::list(folder)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let (mut files, mut profiles, mut unpaired) = (Vec::new(), Vec::new(), refused);
    in_order(
        &documents,
        |below| {
            let path = folder.join(below).to_string_lossy().into_owned();
            Ok((Profile::new(&load(&path, settings)?.document, lexicon), path))
        },
        |below, read| {
            match read {
                Ok((profile, path)) => {
                    files.push((pair::document_id(&name, below), Entry::new(path)));
                    profiles.push(profile);
                }
                Err(error) => unpaired.push(error),
            }
            Ok(())
        },
    )?;
    let mut jobs = of_pairs(content::tasks(&files, content::pair(&profiles, lexicon)));
    unpaired.append(&mut jobs.unpaired);
    notes.append(&mut jobs.notes);
    Ok(Jobs {
        jobs: jobs.jobs,
        unpaired,
        notes,
    })
}
