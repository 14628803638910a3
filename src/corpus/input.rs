//! A corpus file into its bytes, decompressed as its name says.

use crate::error::{Error, Result};
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Opens a file to read from; `.gz` and `.zst` at the end of its name decompress.
///
/// # Errors
/// [`Kind::Read`](crate::error::Kind::Read) when the file is not there or not ours to read.
pub fn open(path: &Path) -> Result<Box<dyn BufRead + Send>> {
    let error = |cause| Error::read(path.display().to_string(), &cause);
    let file = File::open(path).map_err(error)?;
    Ok(match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => Box::new(BufReader::new(MultiGzDecoder::new(file))),
        Some("zst") => Box::new(BufReader::new(zstd::Decoder::new(file).map_err(error)?)),
        _ => Box::new(BufReader::new(file)),
    })
}
