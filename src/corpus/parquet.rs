//! Rows into Parquet as Hugging Face's datasets have it, and Parquet of any maker back into rows.

mod guard;
mod reader;

pub use reader::Reader;

use super::Row;
use super::columns::{COLUMNS, fields};
use super::writer::invalid;
use bytes::Bytes;
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, FloatType, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::io::{self, Write};
use std::mem::take;
use std::sync::Arc;

/// A column `translation` of `zh` and `en`, as MT tools take it, and the TSV's other columns beside it: of text, but
/// for `aligner_score` (32 bits, null for none) and `link_no` (64 bits). Compressed by zstd.
///
/// Rows stand in groups; one group is in memory at a time.
pub struct Writer<W: Write> {
    out: W,
    /// It wants an output that can be sent to threads; this one is drained into ours after each group.
    file: SerializedFileWriter<Vec<u8>>,
    group: Group,
}

/// What of the rows of a group is not written yet, by columns.
#[derive(Default)]
struct Group {
    texts: [Texts; COLUMNS.len()],
    scores: Vec<Option<f32>>,
    numbers: Vec<i64>,
    bytes: usize,
}

/// The texts of a column behind one another, and where each of them ends.
#[derive(Default)]
struct Texts {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// A group ends at either: large enough to pack well, and small enough to be in memory several times over.
const MOST_ROWS: usize = 1 << 16;
const MOST_BYTES: usize = 32 << 20;

/// The leaves of the schema, by the names that the TSV has for them.
fn leaves() -> impl Iterator<Item = &'static str> {
    let texts = ["src_text", "trg_text"];
    texts
        .into_iter()
        .chain(COLUMNS.into_iter().filter(move |column| !texts.contains(column)))
}

fn schema() -> String {
    let column = |name: &str| match name {
        "aligner_score" => "optional float aligner_score;".into(),
        "link_no" => "required int64 link_no;".into(),
        text => format!("required binary {text} (STRING);"),
    };
    let beside: String = leaves().skip(2).map(column).collect();
    format!(
        "message row {{ required group translation {{ required binary zh (STRING); required binary en (STRING); }} \
         {beside} }}"
    )
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            // Nobody looks for rows by the first and the last of their texts.
            .set_statistics_enabled(EnabledStatistics::None)
            .set_offset_index_disabled(true)
            .build();
        let schema = parse_message_type(&schema()).map_err(failed)?;
        let file = SerializedFileWriter::new(vec![], Arc::new(schema), Arc::new(properties));
        Ok(Writer {
            out,
            file: file.map_err(failed)?,
            group: Group::default(),
        })
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        self.group.push(row)?;
        if self.group.numbers.len() == MOST_ROWS || self.group.bytes >= MOST_BYTES {
            self.end_group()?;
        }
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.end_group()?;
        self.file.finish().map_err(failed)?;
        self.drain()?;
        Ok(self.out)
    }

    fn end_group(&mut self) -> io::Result<()> {
        let group = take(&mut self.group);
        if !group.numbers.is_empty() {
            group.write(&mut self.file).map_err(failed)?;
            self.drain()?;
        }
        Ok(())
    }

    fn drain(&mut self) -> io::Result<()> {
        self.file.flush()?;
        let written = self.file.inner_mut();
        self.out.write_all(written)?;
        written.clear();
        Ok(())
    }
}

impl Group {
    fn push(&mut self, row: &Row) -> io::Result<()> {
        let number = i64::try_from(row.link_no).map_err(|_| {
            invalid(format!(
                "row {} is more than 64 bits with a sign can count",
                row.link_no
            ))
        })?;
        for (texts, field) in self.texts.iter_mut().zip(fields(row)) {
            texts.bytes.extend_from_slice(field.as_bytes());
            texts.ends.push(texts.bytes.len());
            self.bytes += field.len();
        }
        self.scores.push(row.aligner_score);
        self.numbers.push(number);
        Ok(())
    }

    fn write(mut self, file: &mut SerializedFileWriter<Vec<u8>>) -> Result<()> {
        let mut group = file.next_row_group()?;
        for name in leaves() {
            let mut column = group.next_column()?.expect("the schema is of these leaves");
            match name {
                "aligner_score" => {
                    let levels: Vec<i16> = self
                        .scores
                        .iter()
                        .map(|score| i16::from(score.is_some()))
                        .collect();
                    let scores: Vec<f32> = self.scores.iter().copied().flatten().collect();
                    column
                        .typed::<FloatType>()
                        .write_batch(&scores, Some(&levels), None)?;
                }
                "link_no" => {
                    column
                        .typed::<Int64Type>()
                        .write_batch(&self.numbers, None, None)?;
                }
                text => {
                    let place = COLUMNS.iter().position(|column| *column == text);
                    let texts = take(&mut self.texts[place.expect("leaves are columns")]).into_values();
                    column.typed::<ByteArrayType>().write_batch(&texts, None, None)?;
                }
            }
            column.close()?;
        }
        group.close()?;
        Ok(())
    }
}

impl Texts {
    fn into_values(self) -> Vec<ByteArray> {
        let bytes = Bytes::from(self.bytes);
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, end)| bytes.slice(start..*end).into())
            .collect()
    }
}

fn failed(cause: parquet::errors::ParquetError) -> io::Error {
    io::Error::other(cause)
}
