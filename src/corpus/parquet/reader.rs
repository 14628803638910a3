//! Parquet files of any maker into rows.

use super::guard::Guarded;
use crate::corpus::Row;
use crate::corpus::columns::Columns;
use crate::corpus::input::{self, MOST};
use crate::error::{Error, Kind, Result};
use parquet::basic::Type;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result as Read};
use parquet::file::metadata::ParquetMetaData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// Rows one at a time, of a file with columns `zh` and `en`, alone or in one column `translation`, or with those of the
/// TSV by their names. Columns that are none of these are passed over unread, and null is empty.
///
/// A few rows of each column are in memory, and the pages they stand on.
pub struct Reader {
    source: String,
    file: Arc<Guarded>,
    footer: ParquetMetaData,
    /// The leaves of the schema that are read.
    leaves: Vec<usize>,
    columns: Columns,
    /// The number of groups begun.
    groups: usize,
    /// Rows of the current group that are not read yet.
    left: usize,
    readers: Vec<Column>,
    /// The columns of the rows that are read, the first row last.
    batch: Vec<Vec<Cell>>,
    rows: usize,
}

struct Column {
    reader: ColumnReader,
    /// How deep the schema says that its values are defined: at less there is none.
    defined: i16,
}

enum Cell {
    Null,
    Text(ByteArray),
    Number(String),
}

/// Rows that are read at once.
const BATCH: usize = 1024;

const REMEDY: &str = "write it anew with a current tool, packed by snappy or zstd";

impl Reader {
    /// # Errors
    /// [`Kind::Read`]; [`Kind::Malformed`] for what is no Parquet, and for a file without the columns.
    pub fn open(path: &Path) -> Result<Reader> {
        let source = input::name(path);
        let file = input::seekable(path, b"PAR1")?;
        let (file, footer) = unbroken(&source, || {
            let file = Guarded::new(file)?;
            let footer = file.footer()?;
            Ok((file, footer))
        })?;
        let schema = footer.file_metadata().schema_descr();
        let mut leaves = vec![];
        let mut names = vec![];
        for (leaf, column) in schema.columns().iter().enumerate() {
            let path = column.path().string();
            let name = path.strip_prefix("translation.").unwrap_or(&path).to_owned();
            if column.max_rep_level() > 0 || !Columns::has(&name) {
                continue;
            }
            if !matches!(
                column.physical_type(),
                Type::BYTE_ARRAY | Type::INT32 | Type::INT64 | Type::FLOAT | Type::DOUBLE
            ) {
                let cause = format!(
                    "the column {path} holds neither texts nor numbers, but {}",
                    column.physical_type()
                );
                return Err(Error::new(Kind::Malformed, source, cause).remedy("write it as texts"));
            }
            leaves.push(leaf);
            names.push(name);
        }
        let columns = Columns::new(names.iter().map(String::as_str)).map_err(|fault| fault.of(&source))?;
        Ok(Reader {
            source,
            file: Arc::new(file),
            footer,
            leaves,
            columns,
            groups: 0,
            left: 0,
            readers: vec![],
            batch: vec![],
            rows: 0,
        })
    }

    /// Reads rows until there are some; false at the end of the file.
    fn fill(&mut self) -> Read<bool> {
        while self.left == 0 {
            if self.groups == self.footer.num_row_groups() {
                return Ok(false);
            }
            self.begin_group()?;
        }
        let rows = self.left.min(BATCH);
        self.batch = self
            .readers
            .iter_mut()
            .map(|column| column.cells(rows))
            .collect::<Read<_>>()?;
        self.left -= rows;
        Ok(true)
    }

    fn begin_group(&mut self) -> Read<()> {
        let group = self.footer.row_group(self.groups);
        self.groups += 1;
        self.left = usize::try_from(group.num_rows())?;
        let reader = |leaf: &usize| {
            let column = group.column(*leaf);
            let pages = self.file.pages(column, self.left)?;
            Ok(Column {
                reader: get_column_reader(column.column_descr_ptr(), Box::new(pages)),
                defined: column.column_descr().max_def_level(),
            })
        };
        self.readers = self.leaves.iter().map(reader).collect::<Read<_>>()?;
        Ok(())
    }

    fn row(&mut self) -> Result<Row> {
        self.rows += 1;
        let source = format!("{} (row {})", self.source, self.rows);
        let cells: Vec<Cell> = self
            .batch
            .iter_mut()
            .map(|column| column.pop().unwrap_or(Cell::Null))
            .collect();
        let fields = cells
            .iter()
            .map(|cell| cell.field(&source))
            .collect::<Result<Vec<&str>>>()?;
        self.columns
            .row(fields, self.rows)
            .map_err(|fault| fault.of(&source))
    }

    /// No row follows.
    fn close(&mut self) {
        self.left = 0;
        self.groups = self.footer.num_row_groups();
        self.batch.clear();
    }
}

impl Iterator for Reader {
    type Item = Result<Row>;

    /// A row whose fields are wrong is an error, and those after it can still be read; a broken page ends the corpus.
    fn next(&mut self) -> Option<Result<Row>> {
        if self.batch.first().is_none_or(Vec::is_empty) {
            let source = self.source.clone();
            match unbroken(&source, || self.fill()) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.close();
                    return Some(Err(error));
                }
            }
        }
        Some(self.row())
    }
}

impl Cell {
    fn field(&self, source: &str) -> Result<&str> {
        let text = match self {
            Cell::Null => return Ok(""),
            Cell::Number(number) => return Ok(number),
            Cell::Text(text) => text.data(),
        };
        if text.len() > MOST {
            let cause = format!("a text of more than {MOST} bytes");
            return Err(Error::new(Kind::Malformed, source, cause).remedy("cut it into sentences"));
        }
        str::from_utf8(text)
            .map_err(|_| Error::new(Kind::Decode, source, "not valid UTF-8").remedy("write texts as UTF-8"))
    }
}

impl Column {
    /// The next cells, the first one last.
    fn cells(&mut self, rows: usize) -> Read<Vec<Cell>> {
        // Where a table has no number, Python's tools write one that is none.
        let decimal = |number: f64| match number.is_nan() {
            true => Cell::Null,
            false => Cell::Number(number.to_string()),
        };
        let defined = self.defined;
        match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => {
                cells(reader, defined, rows, |text| Cell::Text(text.clone()))
            }
            ColumnReader::Int32ColumnReader(reader) => {
                cells(reader, defined, rows, |number| Cell::Number(number.to_string()))
            }
            ColumnReader::Int64ColumnReader(reader) => {
                cells(reader, defined, rows, |number| Cell::Number(number.to_string()))
            }
            ColumnReader::FloatColumnReader(reader) => {
                cells(reader, defined, rows, |number| decimal((*number).into()))
            }
            ColumnReader::DoubleColumnReader(reader) => {
                cells(reader, defined, rows, |number| decimal(*number))
            }
            _ => unreachable!("no column of another type is opened"),
        }
    }
}

fn cells<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    defined: i16,
    rows: usize,
    cell: impl Fn(&T::T) -> Cell,
) -> Read<Vec<Cell>> {
    let (mut values, mut levels) = (vec![], vec![]);
    reader.read_records(rows, Some(&mut levels), None, &mut values)?;
    let mut values = values.iter().map(cell);
    let mut cells: Vec<Cell> = match defined {
        0 => values.collect(),
        _ => {
            let value = |level: &i16| {
                if *level == defined {
                    values.next()
                } else {
                    Some(Cell::Null)
                }
            };
            levels.iter().map_while(value).collect()
        }
    };
    if cells.len() != rows {
        let cause = format!(
            "a column has {} values where it should have {rows} rows",
            cells.len()
        );
        return Err(ParquetError::General(cause));
    }
    cells.reverse();
    Ok(cells)
}

/// What the crate reads. It takes files to be sound here and there, and panics where one is not; that must stop nothing
/// but this file.
fn unbroken<T>(source: &str, read: impl FnOnce() -> Read<T>) -> Result<T> {
    let broken = |cause: String| Error::new(Kind::Malformed, source, cause).remedy(REMEDY);
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|cause| broken(cause.to_string())),
        Err(_) => Err(broken("it is not built as Parquet is".into())),
    }
}
