//! The columns of a table of rows: a row into its fields, and fields into a row by the names in the header.

use super::{Row, Status};
use crate::error::{Error, Kind};
use std::borrow::Cow;

/// The columns in their order. The first five are Bitextor's, by name and place, so that Bifixer and Bicleaner-AI read
/// the file as it is.
pub const COLUMNS: [&str; 15] = [
    "src_url",
    "trg_url",
    "src_text",
    "trg_text",
    "aligner_score",
    "pair_id",
    "doc_pair_id",
    "link_no",
    "align_type",
    "src_sent_ids",
    "trg_sent_ids",
    "src_lang",
    "trg_lang",
    "flags",
    "status",
];

/// What other tools call the two columns that every table has.
const ALIASES: [(&str, &str); 2] = [("zh", "src_text"), ("en", "trg_text")];

/// The fields of a row; an empty field says "none", scores have four decimals.
pub(super) fn fields(row: &Row) -> [Cow<'_, str>; COLUMNS.len()] {
    let score = row
        .aligner_score
        .map_or(String::new(), |score| format!("{score:.4}"));
    [
        row.src_url.as_str().into(),
        row.trg_url.as_str().into(),
        row.src_text.as_str().into(),
        row.trg_text.as_str().into(),
        score.into(),
        row.pair_id.as_str().into(),
        row.doc_pair_id.as_str().into(),
        row.link_no.to_string().into(),
        row.align_type.as_str().into(),
        row.src_sent_ids.as_str().into(),
        row.trg_sent_ids.as_str().into(),
        row.src_lang.as_str().into(),
        row.trg_lang.as_str().into(),
        row.flags.as_str().into(),
        row.status.name().into(),
    ]
}

/// Which column of ours each column of a file is; none for one we do not know.
pub(super) struct Columns(Vec<Option<usize>>);

/// What is wrong with a header or a field, before anyone says where.
#[derive(Debug)]
pub(super) struct Fault {
    cause: String,
    remedy: &'static str,
}

impl Fault {
    pub fn at(self, source: &str, line: usize) -> Error {
        self.of(source).line(line)
    }

    /// Where there are no lines.
    pub fn of(self, source: &str) -> Error {
        Error::new(Kind::Malformed, source, self.cause).remedy(self.remedy)
    }
}

impl Columns {
    pub fn new<'a>(header: impl Iterator<Item = &'a str>) -> Result<Columns, Fault> {
        let names: Vec<&str> = header.collect();
        let columns: Vec<_> = names.iter().map(|name| place(name)).collect();
        for (place, column) in COLUMNS.iter().enumerate() {
            let cause = match columns.iter().filter(|known| **known == Some(place)).count() {
                0 if *column == "src_text" || *column == "trg_text" => {
                    format!("the header names no column {column}, only {:?}", names.join(", "))
                }
                0 | 1 => continue,
                many => format!("the header names the column {column} {many} times"),
            };
            let remedy =
                "name the column of Chinese texts src_text and that of English texts trg_text, each once";
            return Err(Fault { cause, remedy });
        }
        Ok(Columns(columns))
    }

    /// Those of a header whose cells stand in any order, each with its column.
    pub fn of_cells(cells: &[(usize, String)]) -> Result<Columns, Fault> {
        let end = cells.iter().map(|(column, _)| column + 1).max();
        let mut names = vec![""; end.unwrap_or(0)];
        cells
            .iter()
            .for_each(|(column, name)| names[*column] = name.trim());
        Columns::new(names.into_iter())
    }

    /// Whether a column of this name has a place in rows.
    pub fn has(name: &str) -> bool {
        place(name).is_some()
    }

    /// The number of columns that the header names.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The row that the fields of a line make: as many as the header names, else the rest is empty. `number` is the
    /// row's, from 1, for tables without `link_no`.
    pub fn row<'a>(&self, fields: impl IntoIterator<Item = &'a str>, number: usize) -> Result<Row, Fault> {
        self.row_of_cells(fields.into_iter().enumerate(), number)
    }

    /// The same of fields that stand in any order, each with its column.
    pub fn row_of_cells<'a>(
        &self,
        cells: impl IntoIterator<Item = (usize, &'a str)>,
        number: usize,
    ) -> Result<Row, Fault> {
        let mut row = Row {
            link_no: number,
            ..Row::default()
        };
        for (column, field) in cells {
            match self.0.get(column) {
                Some(Some(place)) if !field.is_empty() => set(&mut row, COLUMNS[*place], field)?,
                _ => {}
            }
        }
        Ok(row)
    }
}

/// The place of a column among ours.
fn place(name: &str) -> Option<usize> {
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name));
    let name = alias.map_or(name, |(_, name)| name);
    COLUMNS.iter().position(|column| *column == name)
}

/// Puts a field that is not empty into its place.
fn set(row: &mut Row, column: &str, field: &str) -> Result<(), Fault> {
    match column {
        "src_url" => row.src_url = field.into(),
        "trg_url" => row.trg_url = field.into(),
        "src_text" => row.src_text = field.into(),
        "trg_text" => row.trg_text = field.into(),
        "aligner_score" => row.aligner_score = Some(score(field)?),
        "pair_id" => row.pair_id = field.into(),
        "doc_pair_id" => row.doc_pair_id = field.into(),
        "link_no" => row.link_no = link_no(field)?,
        "align_type" => row.align_type = field.into(),
        "src_sent_ids" => row.src_sent_ids = field.into(),
        "trg_sent_ids" => row.trg_sent_ids = field.into(),
        "src_lang" => row.src_lang = field.into(),
        "trg_lang" => row.trg_lang = field.into(),
        "flags" => row.flags = field.into(),
        "status" => row.status = status(field)?,
        other => unreachable!("{other} is no column"),
    }
    Ok(())
}

pub(super) fn score(field: &str) -> Result<f32, Fault> {
    let score = field.parse::<f32>().ok().filter(|score| score.is_finite());
    score.ok_or_else(|| Fault {
        cause: format!("aligner_score is no number: {field:?}"),
        remedy: "write it with a point, as 0.9512, or leave it empty",
    })
}

pub(super) fn link_no(field: &str) -> Result<usize, Fault> {
    field.parse().map_err(|_| Fault {
        cause: format!("link_no is no whole number: {field:?}"),
        remedy: "count rows from 1, or leave it empty",
    })
}

pub(super) fn status(field: &str) -> Result<Status, Fault> {
    let statuses = [Status::Auto, Status::Man, Status::Rejected];
    let known = statuses.into_iter().find(|status| status.name() == field);
    known.ok_or_else(|| Fault {
        cause: format!("{field:?} is no status"),
        remedy: "write auto, man or rejected",
    })
}
