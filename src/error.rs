//! What went wrong, where, and what to do about it: the one error type of the program.

use serde::Serialize;
use std::fmt;

pub type Result<T> = std::result::Result<T, Error>;

/// An error has a kind, a place, a cause and, where one is known, a remedy.
///
/// ```
/// use duizhao::error::{Error, Kind};
/// let error = Error::new(Kind::Decode, "novel.zh.txt", "not valid GB18030")
///     .line(12)
///     .remedy("try --encoding big5");
/// assert_eq!(error.to_string(), "novel.zh.txt: line 12: not valid GB18030; try --encoding big5");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Error {
    pub kind: Kind,
    #[serde(flatten)]
    pub place: Place,
    pub cause: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

/// What sort of thing went wrong; machines that read `errors.jsonl` sort by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A file could not be read.
    Read,
    /// A file could not be written.
    Write,
    /// Whoever was to read our output has read enough.
    Closed,
    /// Bytes that are no text in the encoding they are said to have.
    Decode,
    /// Nothing to align: an empty file, or one without a sentence in the wanted language.
    Empty,
    /// Bytes that are no text at all.
    Binary,
    /// A file that breaks the rules of its own format.
    Malformed,
    /// A document without a partner.
    Unpaired,
    /// A command that cannot be carried out as it was given.
    Usage,
    /// A defect of this program.
    Internal,
}

/// Where: a source by its name and, as far as known, its line (from 1) and its byte (from 0, in the file as it lies
/// on disk).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    pub source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// In characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<usize>,
}

/// Something the user should know that stops nothing: a guess that was made, a passage that was kept out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    #[serde(flatten)]
    pub place: Place,
    pub text: String,
}

impl Error {
    pub fn new(kind: Kind, source: impl Into<String>, cause: impl Into<String>) -> Self {
        Error {
            kind,
            place: Place::new(source),
            cause: cause.into(),
            remedy: None,
        }
    }

    pub fn line(mut self, line: usize) -> Self {
        self.place.line = Some(line);
        self
    }

    pub fn column(mut self, column: usize) -> Self {
        self.place.column = u32::try_from(column).ok();
        self
    }

    pub fn byte(mut self, byte: usize) -> Self {
        self.place.byte = Some(byte);
        self
    }

    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// A file that the system would not let us read.
    pub fn read(source: impl Into<String>, cause: &std::io::Error) -> Self {
        Error::new(Kind::Read, source, cause.to_string())
    }

    /// A file that the system would not let us write.
    pub fn write(source: impl Into<String>, cause: &std::io::Error) -> Self {
        let kind = match cause.kind() {
            std::io::ErrorKind::BrokenPipe => Kind::Closed,
            _ => Kind::Write,
        };
        Error::new(kind, source, cause.to_string())
    }
}

impl Place {
    pub fn new(source: impl Into<String>) -> Self {
        Place {
            source: source.into(),
            line: None,
            column: None,
            byte: None,
        }
    }
}

impl Note {
    pub fn new(source: impl Into<String>, text: impl Into<String>) -> Self {
        Note {
            place: Place::new(source),
            text: text.into(),
        }
    }

    pub fn line(mut self, line: usize) -> Self {
        self.place.line = Some(line);
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.source)?;
        if let Some(line) = self.line {
            write!(f, ": line {line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        if let Some(byte) = self.byte {
            write!(f, "{} byte {byte}", if self.line.is_some() { "," } else { ":" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.cause)?;
        match &self.remedy {
            Some(remedy) => write!(f, "; {remedy}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.text)
    }
}

impl std::error::Error for Error {}
