//! A manifest into tasks: a list of pairs that the user wrote, `.tsv` or `.jsonl`.

use super::{Entry, Pairs, Task, document_id, joint_id};
use crate::error::{Error, Kind, Note, Result};
use crate::ingest::Role;
use crate::value::date::Date;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as RoleError, StrDeserializer};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

/// Reads the pairs that a manifest lists. A `.jsonl` file holds one object a line; any other name is a table with tabs
/// between its columns and their names in the first line. Both have the same fields:
///
/// | column | meaning |
/// |---|---|
/// | `zh`, `en` | the documents' paths, as seen from the manifest's folder |
/// | `id` | names the pair and its output file; without it, it is made of the documents' names |
/// | `zh_date`, `en_date` | dates of the documents, as `2018-05-08` |
/// | `zh_role`, `en_role` | `readout`, `coverage`, `transcript` or `statement` |
///
/// A row that names no pair is listed among the unpaired with its line and stops no other row. Columns of other names
/// are passed over, with a note. Lines that begin with `#` in a table, and empty lines, are no rows.
///
/// # Errors
/// [`Kind::Read`] if the manifest cannot be read, [`Kind::Malformed`] if it is not UTF-8, or lacks a column `zh` or `en`.
pub fn manifest(path: &Path) -> Result<Pairs> {
    let name = path.to_string_lossy().into_owned();
    let bytes = fs::read(path).map_err(|cause| Error::read(&name, &cause))?;
    let text = String::from_utf8(bytes).map_err(|cause| {
        let byte = cause.utf8_error().valid_up_to();
        Error::new(Kind::Malformed, &name, "not valid UTF-8")
            .byte(byte)
            .remedy("save it as UTF-8")
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let is_jsonl = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("jsonl"));
    let table = if is_jsonl {
        jsonl(&name, text)
    } else {
        tsv(&name, text)?
    };
    Ok(pairs(path, &name, table))
}

/// The names that a field may have.
const FIELDS: [&str; 7] = ["zh", "en", "id", "zh_date", "en_date", "zh_role", "en_role"];

/// A row as it is written; an empty cell says nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    zh: Option<String>,
    en: Option<String>,
    id: Option<String>,
    zh_date: Option<String>,
    en_date: Option<String>,
    zh_role: Option<String>,
    en_role: Option<String>,
}

/// Rows with their lines, and columns that mean nothing to us.
#[derive(Default)]
struct Table {
    rows: Vec<(usize, Result<Row>)>,
    others: BTreeSet<String>,
}

fn tsv(name: &str, text: &str) -> Result<Table> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|cause| broken(name, &cause.to_string()))?
        .clone();
    for column in ["zh", "en"] {
        if !header.iter().any(|other| other == column) {
            let remedy = "its first line names the columns, with tabs between them: zh, en and, where wanted, id, \
                          zh_date, en_date, zh_role, en_role";
            return Err(broken(name, &format!("no column “{column}”"))
                .line(1)
                .remedy(remedy));
        }
    }
    let mut table = Table {
        others: unknown(header.iter()),
        ..Table::default()
    };
    for record in reader.records() {
        table.rows.push(match record {
            Ok(record) => {
                let line = record.position().map_or(0, |position| position.line() as usize);
                let row = record.deserialize(Some(&header));
                (
                    line,
                    row.map_err(|cause| broken(name, &cause.to_string()).line(line)),
                )
            }
            Err(cause) => {
                let line = cause.position().map_or(0, |position| position.line() as usize);
                let cells = match cause.kind() {
                    csv::ErrorKind::UnequalLengths {
                        len, expected_len, ..
                    } => {
                        format!("{len} cells, but the first line names {expected_len} columns")
                    }
                    _ => cause.to_string(),
                };
                (
                    line,
                    Err(broken(name, &cells)
                        .line(line)
                        .remedy("put one tab between two columns")),
                )
            }
        });
    }
    Ok(table)
}

fn jsonl(name: &str, text: &str) -> Table {
    let mut table = Table::default();
    for (number, line) in (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let remedy = r#"a line reads {"zh": "x.zh.txt", "en": "x.en.txt"}"#;
        let row = serde_json::from_str(line).and_then(|object: serde_json::Map<_, _>| {
            table.others.extend(unknown(object.keys().map(String::as_str)));
            serde_json::from_value(object.into())
        });
        let row = row.map_err(|cause| broken(name, &cause.to_string()).line(number).remedy(remedy));
        table.rows.push((number, row));
    }
    table
}

fn broken(name: &str, cause: &str) -> Error {
    Error::new(Kind::Malformed, name, cause)
}

fn unknown<'a>(columns: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    columns
        .filter(|column| !FIELDS.contains(column))
        .map(String::from)
        .collect()
}

fn pairs(path: &Path, name: &str, table: Table) -> Pairs {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut pairs = Pairs::default();
    let mut lines: HashMap<String, usize> = HashMap::new();
    for (line, row) in table.rows {
        let at_line = |error: Error| error.line(line);
        match row.and_then(|row| task(folder, name, row).map_err(at_line)) {
            Err(error) => pairs.unpaired.push(error),
            Ok(task) => match lines.get(&task.id) {
                Some(first) => pairs.unpaired.push(
                    broken(
                        name,
                        &format!("the pair of line {first} is called “{}” too", task.id),
                    )
                    .line(line)
                    .remedy("name every pair in a column “id”"),
                ),
                None => {
                    lines.insert(task.id.clone(), line);
                    pairs.tasks.push(task);
                }
            },
        }
    }
    pairs.tasks.sort_by(|one, other| one.id.cmp(&other.id));
    if !table.others.is_empty() {
        let others = table.others.into_iter().collect::<Vec<_>>().join("”, “");
        pairs.notes.push(Note::new(
            name,
            format!("not read: “{others}”; the fields are {}", FIELDS.join(", ")),
        ));
    }
    pairs
}

fn task(folder: &Path, name: &str, row: Row) -> Result<Task> {
    let zh_path = given("zh", name, row.zh)?;
    let en_path = given("en", name, row.en)?;
    if zh_path == en_path {
        return Err(broken(name, &format!("“{zh_path}” is paired with itself")).remedy("name two documents"));
    }
    let id = match filled(row.id) {
        Some(id) if is_relative(&id) => id,
        Some(id) => {
            let remedy = "a name like news/ferry: it becomes the name of a file below the output folder";
            return Err(
                broken(name, &format!("column “id”: “{id}” is not a name for a file")).remedy(remedy),
            );
        }
        None => joint_id(&made_id(&zh_path), &made_id(&en_path)),
    };
    let entry = |side: &str, path: String, day: Option<String>, part: Option<String>| {
        Ok(Entry {
            path: existing(folder, name, side, &path)?,
            date: filled(day).map(|day| date(name, side, &day)).transpose()?,
            role: filled(part).map(|part| role(name, side, &part)).transpose()?,
        })
    };
    Ok(Task {
        id,
        zh: entry("zh", zh_path, row.zh_date, row.zh_role)?,
        en: entry("en", en_path, row.en_date, row.en_role)?,
    })
}

fn filled(cell: Option<String>) -> Option<String> {
    cell.filter(|cell| !cell.trim().is_empty())
}

fn given(column: &str, name: &str, cell: Option<String>) -> Result<String> {
    filled(cell).ok_or_else(|| {
        broken(name, &format!("column “{column}”: empty"))
            .remedy("name the document's file, as seen from this one")
    })
}

/// Whether a path leads below the folder it starts in and nowhere else.
fn is_relative(path: &str) -> bool {
    !path.contains(['\\', ':'])
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains('\0')
}

/// The id by the path's own words, or by the file's name alone if the path leads out of the manifest's folder.
fn made_id(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut parts = path.rsplit(std::path::is_separator);
    let (file, folder) = (parts.next().unwrap_or(path), parts.next().unwrap_or("pair"));
    document_id(folder, if is_relative(path) { path } else { file })
}

fn existing(folder: &Path, name: &str, column: &str, path: &str) -> Result<String> {
    let found = folder.join(path);
    match fs::metadata(&found) {
        Ok(file) if !file.is_dir() => Ok(found.to_string_lossy().into_owned()),
        Ok(_) => Err(
            Error::new(Kind::Read, name, format!("column “{column}”: {path} is a folder"))
                .remedy("name a document"),
        ),
        Err(cause) => Err(
            Error::new(Kind::Read, name, format!("column “{column}”: {path}: {cause}"))
                .remedy("paths are seen from the manifest's folder"),
        ),
    }
}

fn date(name: &str, side: &str, cell: &str) -> Result<Date> {
    Date::parse_line(cell).ok_or_else(|| {
        broken(name, &format!("column “{side}_date”: “{cell}” is not a date"))
            .remedy("write it like 2018-05-08")
    })
}

fn role(name: &str, side: &str, cell: &str) -> Result<Role> {
    let plain: StrDeserializer<RoleError> = cell.into_deserializer();
    Role::deserialize(plain).map_err(|_| {
        broken(name, &format!("column “{side}_role”: “{cell}” is not a role"))
            .remedy("one of readout, coverage, transcript, statement")
    })
}
