//! A corpus file into its bytes, decompressed, and into its lines, never more of them than the memory should hold.

use crate::error::{Error, Kind, Result};
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes to read rows from.
pub type Input = Box<dyn BufRead + Send>;

/// Opens a file, or standard input for `-`; what begins as gzip or zstd does is decompressed, whatever its name.
///
/// # Errors
/// [`Kind::Read`] when the file is not there or not ours to read.
pub fn open(path: &Path) -> Result<Input> {
    let error = |cause| Error::read(name(path), &cause);
    let raw: Box<dyn Read + Send> = match path.to_str() {
        Some("-") => Box::new(io::stdin()),
        _ => Box::new(File::open(path).map_err(error)?),
    };
    let mut raw = BufReader::with_capacity(1 << 16, raw);
    let magic = raw.fill_buf().map_err(error)?;
    Ok(if magic.starts_with(&[0x1F, 0x8B]) {
        Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(raw)))
    } else if magic.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        let decoder = zstd::Decoder::with_buffer(raw).map_err(error)?;
        Box::new(BufReader::with_capacity(1 << 16, decoder))
    } else {
        Box::new(raw)
    })
}

/// What errors call a path.
pub fn name(path: &Path) -> String {
    match path.to_str() {
        Some("-") => "standard input".into(),
        _ => path.display().to_string(),
    }
}

/// A file to jump about in: itself where it begins as its format does, or what flows in or is packed, as a file of its
/// own.
pub(super) fn seekable(path: &Path, magic: &[u8]) -> Result<File> {
    let failed = |cause: io::Error| Error::read(name(path), &cause);
    if path.is_file() {
        let mut file = File::open(path).map_err(failed)?;
        let mut start = vec![];
        let most = magic.len() as u64;
        (&mut file).take(most).read_to_end(&mut start).map_err(failed)?;
        if start == magic {
            return Ok(file);
        }
    }
    let mut unpacked = tempfile::tempfile().map_err(failed)?;
    io::copy(&mut open(path)?, &mut unpacked).map_err(failed)?;
    Ok(unpacked)
}

/// A stretch of a file. Clones of a file share their place in it, so that each reader goes back to its own.
pub(super) struct Stretch {
    file: File,
    place: u64,
    end: u64,
}

impl Stretch {
    pub fn new(file: File, start: u64, end: u64) -> Self {
        Stretch {
            file,
            place: start,
            end,
        }
    }
}

impl Read for Stretch {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let left = self.end.saturating_sub(self.place);
        let most = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        self.file.seek(SeekFrom::Start(self.place))?;
        let read = self.file.read(&mut bytes[..most])?;
        self.place += read as u64;
        Ok(read)
    }
}

/// Bytes that one row may have: far more than any row has, and far less than a memory.
pub(super) const MOST: usize = 16 << 20;

/// A file's lines one at a time, and where each stands.
pub(super) struct Lines<R> {
    pub source: String,
    input: R,
    /// The number, from 1, of the line that was read last.
    pub line: usize,
    /// Bytes read before it.
    start: usize,
    bytes: Vec<u8>,
    failed: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(source: impl Into<String>, input: R) -> Self {
        Lines {
            source: source.into(),
            input,
            line: 0,
            start: 0,
            bytes: vec![],
            failed: false,
        }
    }

    /// Reads the next line; false at the end of the file, and after an error that no line follows.
    ///
    /// # Errors
    /// [`Kind::Read`], and [`Kind::Malformed`] for a line of more than 16 MiB.
    pub fn advance(&mut self) -> Result<bool> {
        if self.failed {
            return Ok(false);
        }
        self.start += self.bytes.len();
        self.line += 1;
        self.bytes.clear();
        let read = (&mut self.input)
            .take(MOST as u64 + 1)
            .read_until(b'\n', &mut self.bytes);
        let failed = match read {
            Ok(read) if read <= MOST => return Ok(read > 0),
            Ok(_) => Error::new(
                Kind::Malformed,
                &self.source,
                format!("a line of more than {MOST} bytes"),
            )
            .remedy("each row stands on a line of its own: is this the format you named?"),
            Err(cause) => Error::read(&self.source, &cause),
        };
        self.failed = true;
        Err(failed.line(self.line))
    }

    /// Ends the reading: no line follows.
    pub fn close(&mut self) {
        self.failed = true;
    }

    /// Reads on to the next line that is not empty.
    pub fn advance_to_content(&mut self) -> Result<bool> {
        while self.advance()? {
            if !self.content().trim_ascii().is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl<R> Lines<R> {
    /// The current line without its line end, and the file's first without its byte order marks: files that were joined
    /// have several.
    pub fn content(&self) -> &[u8] {
        let line = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        &line[self.marks()..]
    }

    /// Bytes of the marks before the content.
    fn marks(&self) -> usize {
        const MARK: &[u8] = "\u{feff}".as_bytes();
        match self.line {
            1 => {
                self.bytes
                    .chunks(MARK.len())
                    .take_while(|chunk| *chunk == MARK)
                    .count()
                    * MARK.len()
            }
            _ => 0,
        }
    }

    pub fn text(&self) -> Result<&str> {
        str::from_utf8(self.content()).map_err(|cause| {
            Error::new(Kind::Decode, &self.source, "not valid UTF-8")
                .line(self.line)
                .byte(self.start + self.marks() + cause.valid_up_to())
                .remedy("save it as UTF-8")
        })
    }

    pub fn malformed(&self, cause: impl Into<String>, remedy: &str) -> Error {
        Error::new(Kind::Malformed, &self.source, cause)
            .line(self.line)
            .remedy(remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_would_fill_the_memory_is_refused_and_nothing_follows_it() {
        let endless = BufReader::new(io::repeat(b'a').take(MOST as u64 * 3));
        let mut lines = Lines::new("x.jsonl", endless);
        let error = lines.advance().unwrap_err().to_string();
        assert!(
            error.starts_with("x.jsonl: line 1: a line of more than 16777216 bytes"),
            "{error}"
        );
        assert_eq!(lines.advance(), Ok(false));
        assert!(lines.bytes.capacity() <= MOST * 3);
    }

    #[test]
    fn a_place_counts_the_byte_order_mark() {
        let mut lines = Lines::new("x", &b"\xef\xbb\xbfab\xff\n"[..]);
        assert_eq!(lines.advance(), Ok(true));
        assert_eq!(lines.text().unwrap_err().place.byte, Some(5));
    }
}
