//! Paths into sources: a file or standard input, decompressed, and never more of it than the settings allow.

use super::{Settings, Source};
use crate::error::{Error, Kind, Result};
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use zstd::Decoder;

impl Source {
    /// Reads a file, or standard input for `-`. What begins as gzip or zstd does is decompressed, whatever its name.
    ///
    /// # Errors
    /// [`Kind::Read`] if the system does not let us or the content is larger than [`Settings::max_bytes`],
    /// [`Kind::Malformed`] if it is compressed and broken.
    pub fn open(path: &str, settings: &Settings) -> Result<Source> {
        let failed = |cause: io::Error| Error::read(path, &cause);
        let raw: Box<dyn Read> = match path {
            "-" => Box::new(io::stdin()),
            _ => Box::new(File::open(path).map_err(failed)?),
        };
        let mut raw = BufReader::new(raw);
        let magic = raw.fill_buf().map_err(failed)?;
        let bytes = if magic.starts_with(&[0x1F, 0x8B]) {
            limited(MultiGzDecoder::new(raw), path, settings, Some("gzip"))
        } else if magic.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
            limited(
                Decoder::with_buffer(raw).map_err(failed)?,
                path,
                settings,
                Some("zstd"),
            )
        } else {
            limited(raw, path, settings, None)
        }?;
        Ok(Source {
            name: path.into(),
            bytes,
        })
    }
}

/// Reads all, or fails one byte above the limit: a small file may decompress into more than the memory holds.
fn limited(
    content: impl Read,
    path: &str,
    settings: &Settings,
    compression: Option<&str>,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = content
        .take(settings.max_bytes.saturating_add(1))
        .read_to_end(&mut bytes);
    match (read, compression) {
        (Err(cause), Some(compression)) => Err(Error::new(
            Kind::Malformed,
            path,
            format!("broken {compression} data: {cause}"),
        )),
        (Err(cause), None) => Err(Error::read(path, &cause)),
        (Ok(read), _) if read as u64 > settings.max_bytes => {
            let cause = format!(
                "larger than {} bytes, the most that is read as one document",
                settings.max_bytes
            );
            Err(Error::new(Kind::Read, path, cause).remedy("cut it into several files"))
        }
        (Ok(_), _) => Ok(bytes),
    }
}
