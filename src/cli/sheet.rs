//! Rows to where the user wants them: one file, or standard output.

use duizhao::corpus::manifest::Record;
use duizhao::corpus::{File, Format, Row, Settings, Writer};
use duizhao::error::{Error, Kind, Result};
use std::io::{self, BufWriter};
use std::path::Path;

/// Rows on their way to one place.
pub enum Sheet {
    File(Box<File>),
    Stdout(Writer<BufWriter<io::Stdout>>),
}

impl Sheet {
    pub fn create(path: Option<&Path>, format: Format, settings: &Settings) -> Result<Sheet> {
        match path {
            Some(path) => File::create(path, format, settings).map(|file| Sheet::File(Box::new(file))),
            None if format.extensions().len() > 1 => {
                let cause = format!("{format} is written to {} files", format.extensions().len());
                Err(Error::new(Kind::Usage, "--format", cause).remedy("name them with -o PATH"))
            }
            None => {
                let writer = Writer::create(format, vec![BufWriter::new(io::stdout())], settings);
                writer.map(Sheet::Stdout).map_err(|cause| stdout(&cause))
            }
        }
    }

    pub fn begin(&mut self, record: &Record) -> Result<()> {
        match self {
            Sheet::File(file) => file.begin(record),
            Sheet::Stdout(writer) => writer.begin(record).map_err(|cause| stdout(&cause)),
        }
    }

    pub fn row(&mut self, row: &Row) -> Result<()> {
        match self {
            Sheet::File(file) => file.row(row),
            Sheet::Stdout(writer) => writer.row(row).map_err(|cause| stdout(&cause)),
        }
    }

    pub fn commit(self) -> Result<usize> {
        match self {
            Sheet::File(file) => file.commit(),
            Sheet::Stdout(writer) => {
                let finished = writer.finish().map_err(|cause| stdout(&cause))?;
                for mut output in finished.outputs {
                    io::Write::flush(&mut output).map_err(|cause| stdout(&cause))?;
                }
                Ok(finished.illegal)
            }
        }
    }
}

fn stdout(cause: &io::Error) -> Error {
    Error::write("standard output", cause)
}
