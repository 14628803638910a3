//! Paths into sources: a file or standard input, decompressed, and never more of it than the settings allow.

use super::package::{MOST_PACKED, most_unpacked};
use super::{Settings, Source};
use crate::error::{Error, Kind, Result};
use flate2::read::MultiGzDecoder;
use std::cell::Cell;
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
        let taken = Taken::default();
        let mut raw = BufReader::new(Counted { raw, taken: &taken });
        let magic = raw.fill_buf().map_err(failed)?;
        let bytes = if magic.starts_with(&[0x1F, 0x8B]) {
            limited(MultiGzDecoder::new(raw), path, settings, Some(("gzip", &taken)))
        } else if magic.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
            limited(
                Decoder::with_buffer(raw).map_err(failed)?,
                path,
                settings,
                Some(("zstd", &taken)),
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

/// Reads all, or fails above the limit: a small file may decompress into more than the memory holds. What is compressed
/// is a bomb if it holds more than any text does in `taken` bytes, those that were read of it.
fn limited(
    mut content: impl Read,
    path: &str,
    settings: &Settings,
    compression: Option<(&str, &Taken)>,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let piece = PIECE.min(
            settings
                .max_bytes
                .saturating_add(1)
                .saturating_sub(bytes.len() as u64),
        );
        match (content.by_ref().take(piece).read_to_end(&mut bytes), compression) {
            (Err(cause), Some((name, _))) => {
                let cause = format!("broken {name} data: {cause}");
                return Err(Error::new(Kind::Malformed, path, cause));
            }
            (Err(cause), None) => return Err(Error::read(path, &cause)),
            (Ok(0), _) => return Ok(bytes),
            (Ok(_), _) => {}
        }
        if bytes.len() as u64 > settings.max_bytes {
            let cause = format!(
                "larger than {} bytes, the most that is read as one document",
                settings.max_bytes
            );
            return Err(Error::new(Kind::Read, path, cause).remedy("cut it into several files"));
        }
        if let Some((name, taken)) = compression
            && bytes.len() as u64 > most_unpacked(taken.get())
        {
            let cause = format!(
                "{name} data that unpack to more than {MOST_PACKED} times their size, as only bombs do"
            );
            return Err(
                Error::new(Kind::Malformed, path, cause).remedy("unpack it yourself, if you know what it is")
            );
        }
    }
}

/// Bytes that are read before it is asked again whether they are too many.
const PIECE: u64 = 1 << 20;

/// Bytes that were read of a file as it is.
type Taken = Cell<u64>;

/// A file as it is, counted.
struct Counted<'a, R> {
    raw: R,
    taken: &'a Taken,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.raw.read(bytes)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}
