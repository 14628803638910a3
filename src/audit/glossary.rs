//! A table of terms into what audits go by: for a Chinese term, the English that it must, may or must not become.

use crate::error::{Error, Kind, Result};
use crate::terms;
use crate::words::en::stem;
use std::io::{self, Write};

/// Terms that a person laid down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glossary {
    pub(crate) terms: Vec<Term>,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// In simplified characters; empty where English is forbidden whatever the Chinese says.
    pub zh: String,
    /// Empty where Chinese is forbidden whatever the English says.
    pub en: String,
    pub status: Status,
    pub note: String,
}

/// What is said of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// The Chinese must become this, or another that is required or allowed.
    Required,
    Allowed,
    Forbidden,
}

impl Glossary {
    /// Reads a termbase in TBX (of 2008 or 2019: preferred terms are required, admitted ones allowed, deprecated ones
    /// forbidden), or a table in TSV or CSV: columns `zh`, `en`, and, if there are any, `status` (`required`, `allowed` or
    /// `forbidden`; required where nothing is said) and `note`. A first line that names `zh` and `en` is the header;
    /// without one the columns stand in this order. `#` begins a remark.
    ///
    /// ```
    /// use duizhao::audit::Glossary;
    /// let table = "zh\ten\tstatus\n一个中国原则\tone-China principle\n一个中国原则\tone-China policy\tforbidden\n";
    /// assert_eq!(Glossary::read("terms.tsv", table)?.len(), 2);
    /// # Ok::<(), duizhao::error::Error>(())
    /// ```
    pub fn read(name: &str, table: &str) -> Result<Glossary> {
        let table = table.strip_prefix('\u{feff}').unwrap_or(table);
        if table.trim_start().starts_with('<') {
            let terms = super::tbx::read(name, table)?;
            return Ok(Glossary { terms });
        }
        let tabs = table
            .lines()
            .find(|line| !line.starts_with('#'))
            .is_none_or(|line| line.contains('\t'));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if tabs { b'\t' } else { b',' })
            .quoting(!tabs)
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .from_reader(table.as_bytes());
        let mut columns = [Some(0), Some(1), Some(2), Some(3)];
        let mut terms = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|cause| Error::new(Kind::Malformed, name, cause.to_string()))?;
            let line = record.position().map_or(0, |position| position.line() as usize);
            let place = |names: &[&str]| {
                record
                    .iter()
                    .position(|field| names.contains(&field.trim().to_lowercase().as_str()))
            };
            if let (true, Some(zh), Some(en)) = (
                terms.is_empty(),
                place(&["zh", "chinese", "source"]),
                place(&["en", "english", "target"]),
            ) {
                columns = [Some(zh), Some(en), place(&["status"]), place(&["note"])];
                continue;
            }
            let field =
                |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or("").trim();
            let [zh, en, status, note] = columns.map(field);
            let status = match status.to_lowercase().as_str() {
                "" | "required" => Status::Required,
                "allowed" => Status::Allowed,
                "forbidden" => Status::Forbidden,
                other => {
                    return Err(Error::new(
                        Kind::Malformed,
                        name,
                        format!("{other:?} is no status of a term"),
                    )
                    .line(line)
                    .remedy("write required, allowed or forbidden"));
                }
            };
            if zh.is_empty() && en.is_empty()
                || status != Status::Forbidden && (zh.is_empty() || en.is_empty())
            {
                return Err(
                    Error::new(Kind::Malformed, name, "no Chinese term with an English one")
                        .line(line)
                        .remedy("only a forbidden term may stand on one side alone"),
                );
            }
            terms.push(Term {
                zh: crate::script::fold_text(zh).into_owned(),
                en: en.into(),
                status,
                note: note.into(),
            });
        }
        Ok(Glossary { terms })
    }

    /// What was found in a corpus, as a glossary: of each term the most frequent rendering is required, the others are
    /// allowed.
    pub fn of(terms: &[terms::Term]) -> Glossary {
        let renderings = terms.iter().flat_map(|term| {
            term.renderings
                .iter()
                .enumerate()
                .map(move |(place, rendering)| Term {
                    zh: term.zh.clone(),
                    en: rendering.en.clone(),
                    status: if place == 0 {
                        Status::Required
                    } else {
                        Status::Allowed
                    },
                    note: String::new(),
                })
        });
        Glossary {
            terms: renderings.collect(),
        }
    }

    /// Writes TBX-Basic of 2008, an entry for each run of terms with the same Chinese, which [`Glossary::read`] reads
    /// back as it was. Terms that are forbidden on one side alone have no place in a bilingual entry and are left out.
    ///
    /// ```
    /// use duizhao::audit::Glossary;
    /// let glossary = Glossary::read("terms.tsv", "zh\ten\tstatus\n渡船\tferry\n渡船\tliner\tforbidden\n")?;
    /// let mut termbase = Vec::new();
    /// glossary.write_tbx(&mut termbase).unwrap();
    /// assert_eq!(Glossary::read("terms.tbx", std::str::from_utf8(&termbase).unwrap())?, glossary);
    /// # Ok::<(), duizhao::error::Error>(())
    /// ```
    pub fn write_tbx(&self, out: &mut dyn Write) -> io::Result<()> {
        super::tbx::write(out, &self.terms)
    }

    pub fn len(&self) -> usize {
        self.terms.len()
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// Where an English term stands in a text, whatever its inflection: its words by their stems, side by side.
pub(crate) fn find_en(text: &str, term: &str) -> Option<crate::span::Span> {
    let wanted: Vec<String> = words(term).map(|(_, word)| stem(word)).collect();
    let held: Vec<(crate::span::Span, String)> = words(text).map(|(span, word)| (span, stem(word))).collect();
    if wanted.is_empty() {
        return None;
    }
    let run = held.windows(wanted.len()).find(|run| {
        run.iter()
            .zip(&wanted)
            .all(|((_, held), wanted)| is_form(held, wanted))
    })?;
    Some(crate::span::Span::new(
        run[0].0.start(),
        run[run.len() - 1].0.end(),
    ))
}

/// The stemmer takes "bureaus" and "menus" for words like "status", and leaves them as they are.
fn is_form(stem: &str, wanted: &str) -> bool {
    stem == wanted || wanted.ends_with('u') && stem.strip_suffix('s') == Some(wanted)
}

fn words(text: &str) -> impl Iterator<Item = (crate::span::Span, &str)> {
    use unicode_segmentation::UnicodeSegmentation;
    text.unicode_word_indices()
        .map(|(at, word)| (crate::span::Span::new(at, at + word.len()), word))
}
