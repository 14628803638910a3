//! ZIP packages (DOCX, EPUB) into their parts, and never more of them than the settings allow.

use super::xml::{Piece, SAVE_ANEW, Xml};
use super::{Settings, Source};
use crate::error::{Error, Kind, Result};
use std::io::{self, Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// An open package.
pub(super) struct Package<'a> {
    pub source: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
    most: u64,
}

/// Bytes of a part up to which nobody asks how small it was packed.
const SMALL: u64 = 16 << 20;
/// Times its packed size that a larger part may have: XML of real documents packs to a tenth, of long tables to a
/// hundredth; a bomb of zeros to a thousandth.
pub(crate) const MOST_PACKED: u64 = 250;

/// Bytes that so many packed ones may hold: more, and they are a bomb.
pub(crate) fn most_unpacked(packed: u64) -> u64 {
    packed.saturating_mul(MOST_PACKED).max(SMALL)
}

impl<'a> Package<'a> {
    /// `what` is the format, for errors.
    ///
    /// # Errors
    /// [`Kind::Malformed`] for what is no ZIP archive, with a remedy for the files that often bear a wrong extension.
    pub fn open(source: &'a Source, what: &str, settings: &Settings) -> Result<Package<'a>> {
        let bytes = source.bytes.as_slice();
        if bytes.is_empty() {
            return Err(Error::new(Kind::Empty, &source.name, "the file is empty"));
        }
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            let cause = format!("no {what} file, but an old Office file or one with a password");
            return Err(Error::new(Kind::Binary, &source.name, cause).remedy(format!(
                "open it in Word or LibreOffice and save it as {what} without a password"
            )));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| {
            let error = Error::new(Kind::Malformed, &source.name, format!("no {what} file: {cause}"));
            match bytes.starts_with(b"PK") {
                true => error.remedy("fetch the whole file anew: it is cut off or damaged"),
                false => error.remedy("give it the extension of what it is"),
            }
        })?;
        Ok(Package {
            source: &source.name,
            zip,
            left: settings.max_bytes,
            most: settings.max_bytes,
        })
    }

    pub fn has(&self, part: &str) -> bool {
        self.zip.index_for_name(part).is_some()
    }

    /// The bytes of a part; none if there is none of that name.
    ///
    /// # Errors
    /// [`Kind::Malformed`] if it is broken, or packed as only a bomb is; [`Kind::Binary`] if it is encrypted;
    /// [`Kind::Read`] if all that was read of the package is more than [`Settings::max_bytes`].
    pub fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>> {
        let (source, left) = (self.source, self.left);
        let broken = |cause: &dyn std::fmt::Display| {
            Error::new(Kind::Malformed, source, format!("{part}: {cause}")).remedy(SAVE_ANEW)
        };
        let file = match self.zip.by_name(part) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword) => {
                return Err(Error::new(Kind::Binary, source, format!("{part} is encrypted"))
                    .remedy("save it without a password"));
            }
            Err(cause) => return Err(broken(&cause)),
        };
        let most = most_unpacked(file.compressed_size());
        let allowed = left.min(most);
        let mut bytes = Vec::new();
        // A size that is stated is enough to refuse; one that is understated is found out as the part is unpacked.
        let size = if file.size() > allowed {
            file.size()
        } else {
            let read = file.take(allowed.saturating_add(1)).read_to_end(&mut bytes);
            read.map_err(|cause: io::Error| broken(&cause))? as u64
        };
        if size > left {
            let cause = format!(
                "unpacks to more than {} bytes, the most that is read as one document",
                self.most
            );
            return Err(Error::new(Kind::Read, source, cause).remedy("cut it into several files"));
        }
        if size > most {
            let cause = format!("unpacks to more than {MOST_PACKED} times its size, as only ZIP bombs do");
            return Err(broken(&cause));
        }
        self.left -= size;
        Ok(Some(bytes))
    }

    /// A part of UTF-8 text.
    ///
    /// # Errors
    /// Those of [`Package::bytes`], and [`Kind::Decode`].
    pub fn text(&mut self, part: &str) -> Result<Option<String>> {
        let Some(mut bytes) = self.bytes(part)? else {
            return Ok(None);
        };
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        let text = String::from_utf8(bytes).map_err(|cause| {
            let place = cause.utf8_error().valid_up_to();
            Error::new(
                Kind::Decode,
                self.source,
                format!("{part}: byte {place}: not valid UTF-8"),
            )
            .remedy(SAVE_ANEW)
        })?;
        Ok(Some(text))
    }

    /// Calls `each` with the pieces of a part of XML; of a missing one, with none.
    pub fn xml(&mut self, part: &str, mut each: impl FnMut(Piece)) -> Result<()> {
        let Some(text) = self.text(part)? else {
            return Ok(());
        };
        let mut xml = Xml::new(self.source, part, &text);
        while let Some(piece) = xml.next()? {
            each(piece);
        }
        Ok(())
    }
}

/// The part that a reference in another part leads to, `..` and all.
pub(super) fn resolve(from: &str, reference: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = match reference.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for part in reference.split('/') {
        match part {
            ".." => _ = parts.pop(),
            "." => {}
            _ => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}
