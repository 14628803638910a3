//! Rows into the file, or the two, that a path stands for: all of them or none.

use super::manifest::Record;
use super::output::Output;
use super::{Finished, Format, Row, Settings, Writer};
use crate::error::{Error, Result};
use std::io;
use std::path::{Path, PathBuf};

/// A corpus in the making; [`File::commit`] gives it its name, and until then nothing stands at its path.
///
/// ```no_run
/// use duizhao::corpus::{File, Format, Pair, Settings};
/// # fn example(pair: &Pair, alignment: &duizhao::align::Alignment) -> duizhao::error::Result<()> {
/// let rows = duizhao::corpus::rows(pair, alignment)?;
/// let mut file = File::create("novel.tmx.gz".as_ref(), Format::Tmx, &Settings::default())?;
/// for row in &rows.rows {
///     file.row(row)?;
/// }
/// let left_out = file.commit()?;
/// # Ok(())
/// # }
/// ```
pub struct File {
    path: PathBuf,
    writer: Writer<Output>,
}

impl File {
    /// Opens the files of [`Format::files`].
    pub fn create(path: &Path, format: Format, settings: &Settings) -> Result<File> {
        let outputs = format
            .files(path)
            .into_iter()
            .map(Output::create)
            .collect::<Result<Vec<_>>>()?;
        let writer = Writer::create(format, outputs, settings).map_err(|cause| error(path, &cause))?;
        Ok(File {
            path: path.to_owned(),
            writer,
        })
    }

    /// Says which document pair the next rows are of ([`Writer::begin`]).
    pub fn begin(&mut self, record: &Record) -> Result<()> {
        self.writer
            .begin(record)
            .map_err(|cause| error(&self.path, &cause))
    }

    pub fn row(&mut self, row: &Row) -> Result<()> {
        self.writer.row(row).map_err(|cause| error(&self.path, &cause))
    }

    /// Ends the corpus and tells how many characters its format could not hold, for the manifest.
    pub fn commit(self) -> Result<usize> {
        let Finished { outputs, illegal } =
            self.writer.finish().map_err(|cause| error(&self.path, &cause))?;
        outputs.into_iter().try_for_each(Output::commit)?;
        Ok(illegal)
    }
}

fn error(path: &Path, cause: &io::Error) -> Error {
    Error::write(path.display().to_string(), cause)
}
