//! Office packages (XLSX, DOCX) into the parts of XML in them, each a stream, and such parts into a package.

use super::input::{self, Stretch};
use super::xml::{Element, Piece, Xml};
use crate::error::{Error, Kind, Result};
use flate2::read::DeflateDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

/// An open package.
pub(super) struct Package {
    pub source: String,
    /// As users know it: `.xlsx`.
    extension: &'static str,
    file: File,
    /// The directory of the file.
    archive: ZipArchive<BufReader<File>>,
}

pub(super) type Part = Xml<BufReader<Box<dyn Read + Send>>>;

impl Package {
    /// # Errors
    /// [`Kind::Read`]; [`Kind::Malformed`] for what is no ZIP archive.
    pub fn open(path: &Path, extension: &'static str) -> Result<Package> {
        let source = input::name(path);
        let file = input::seekable(path, b"PK")?;
        let directory = file.try_clone().map_err(|cause| Error::read(&source, &cause))?;
        let archive = ZipArchive::new(BufReader::new(directory)).map_err(|cause| {
            // The older formats of Office are called the same, but for the last letter.
            let older = &extension[..extension.len() - 1];
            Error::new(Kind::Malformed, &source, cause.to_string())
                .remedy(format!("save it as {extension}: {older} is another format"))
        })?;
        Ok(Package {
            source,
            extension,
            file,
            archive,
        })
    }

    /// A part as a stream of its own; none if it is not there.
    pub fn part(&mut self, name: &str) -> Result<Option<Part>> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let source = format!("{} ({name})", self.source);
        let anew = self.anew();
        let malformed = |cause: String| Error::new(Kind::Malformed, &source, cause).remedy(&anew);
        let (start, size, method) = {
            let file = self
                .archive
                .by_index(index)
                .map_err(|cause| malformed(cause.to_string()))?;
            let start = file.data_start().ok_or_else(|| malformed("no data".into()))?;
            (start, file.compressed_size(), file.compression())
        };
        let file = self.file.try_clone();
        let file = file.map_err(|cause| Error::read(&source, &cause))?;
        let raw = Stretch::new(file, start, start.saturating_add(size));
        let bytes: Box<dyn Read + Send> = match method {
            CompressionMethod::Stored => Box::new(raw),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(BufReader::new(raw))),
            other => return Err(malformed(format!("packed by {other}"))),
        };
        Xml::new(source, BufReader::with_capacity(1 << 16, bytes)).map(Some)
    }

    /// A part that every such package has.
    pub fn needed(&mut self, name: &str) -> Result<Part> {
        let part = self.part(name)?;
        part.ok_or_else(|| {
            Error::new(Kind::Malformed, &self.source, format!("no {name} in it")).remedy(format!(
                "is it a {} file? {}",
                self.extension,
                self.anew()
            ))
        })
    }

    pub fn each_element(&mut self, part: &str, mut each: impl FnMut(&Element)) -> Result<()> {
        let mut xml = self.needed(part)?;
        loop {
            xml.next_unit();
            match xml.next()? {
                Piece::Start(element) => each(&element),
                Piece::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The bytes of a part, packed; 0 if it is not there.
    pub fn packed_size(&mut self, part: &str) -> u64 {
        self.archive
            .by_name(part)
            .map_or(0, |file| file.compressed_size())
    }

    /// What to do where the package is not as it should be.
    fn anew(&self) -> String {
        format!("save it anew as {}", self.extension)
    }
}

pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The relations of a part to others: what each is, its id and where it is.
pub(super) fn relations(relations: &[(&str, &str, &str)]) -> String {
    let relation = |(kind, id, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
    };
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
        relations.iter().map(relation).collect::<String>()
    )
}

/// The list of a package's parts with their types, which are below `application/vnd.openxmlformats-officedocument`.
pub(super) fn types(parts: &[(&str, &str)]) -> String {
    let part = |(name, kind): &(&str, &str)| {
        format!(
            "<Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-officedocument.{kind}+xml\"/>"
        )
    };
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{}</Types>",
        parts.iter().map(part).collect::<String>()
    )
}

/// A package that is being written, one part behind the other; nothing is kept in memory.
pub(super) struct Packer<W: Write>(ZipWriter<StreamWriter<W>>);

impl<W: Write> Packer<W> {
    pub fn new(out: W) -> Self {
        Packer(ZipWriter::new_stream(out))
    }

    /// What is written from here on is of this part, up to 4 GiB: of larger ones the headers are others, and a package
    /// that is written as a stream must say so before it knows. LibreOffice takes none that does.
    pub fn begin(&mut self, part: &str) -> io::Result<()> {
        self.0.start_file(part, SimpleFileOptions::default())?;
        self.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
    }

    pub fn part(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.begin(name)?;
        self.write_all(text.as_bytes())
    }

    pub fn finish(self) -> io::Result<W> {
        Ok(self.0.finish()?.into_inner())
    }
}

impl<W: Write> Write for Packer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
