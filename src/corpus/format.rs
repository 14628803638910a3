//! Names of formats and of files: which format a user means, and which files belong to it.

use crate::error::{Error, Kind, Result};
use crate::ingest::name::uncompressed;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The formats of corpora. To add one: a variant, its line in the table below, and its arms in
/// [`Writer`](super::Writer) and [`Reader`](super::Reader).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// The parallel TSV: all columns, a header, no quoting.
    #[default]
    Tsv,
    /// The same columns, quoted as RFC 4180 has it.
    Csv,
    /// One JSON object a row, its keys the TSV's columns.
    Jsonl,
    /// A workbook for spreadsheets: the TSV's columns.
    Xlsx,
    /// A table in a Word document: the TSV's columns, the texts first.
    Docx,
    /// A column `translation` of `zh` and `en`, as Hugging Face's datasets have it, and the TSV's other columns beside it.
    Parquet,
    /// Two files of texts, line by line: `.zh` and `.en`.
    Moses,
    /// Translation memory exchange, 1.4b.
    Tmx,
    /// XLIFF 1.2, which most CAT tools take; both versions are read by this name.
    Xliff,
    /// XLIFF 2.0.
    Xliff2,
    /// gettext's translations of programs; read only.
    Po,
    /// Links between the sentences of documents, as OPUS has them; InterText's form is read by this name, too.
    Xces,
    /// The same as InterText has them.
    Intertext,
    /// Sentence numbers alone: `[0, 1]:[2]:0.9512`; the sentences stand in `.zh` and `.en` beside it.
    Vecalign,
    /// Rungs between beads, `0 0 0.9512`, as hunalign has them; sentences likewise.
    Ladder,
    /// A page to read side by side.
    Html,
}

/// What there is to know of a format.
struct Entry {
    format: Format,
    /// As users write it: `--format tmx`.
    name: &'static str,
    /// One for each file that the format is written to.
    extensions: &'static [&'static str],
    /// Other extensions and names that mean it, too.
    aliases: &'static [&'static str],
    is_read: bool,
    is_written: bool,
}

const fn entry(
    format: Format,
    name: &'static str,
    extensions: &'static [&'static str],
    aliases: &'static [&'static str],
    is_read: bool,
) -> Entry {
    Entry {
        format,
        name,
        extensions,
        aliases,
        is_read,
        is_written: !matches!(format, Format::Po),
    }
}

/// An extension means the first format that has it.
const TABLE: [Entry; 16] = [
    entry(Format::Tsv, "tsv", &["tsv"], &["txt", "tab"], true),
    entry(Format::Csv, "csv", &["csv"], &[], true),
    entry(Format::Jsonl, "jsonl", &["jsonl"], &["ndjson"], true),
    entry(Format::Xlsx, "xlsx", &["xlsx"], &["xlsm"], true),
    entry(Format::Docx, "docx", &["docx"], &[], true),
    entry(Format::Parquet, "parquet", &["parquet"], &["hf"], true),
    entry(Format::Moses, "moses", &["zh", "en"], &[], true),
    entry(Format::Tmx, "tmx", &["tmx"], &[], true),
    entry(Format::Xliff, "xliff", &["xlf"], &["xliff"], true),
    entry(Format::Xliff2, "xliff2", &["xlf"], &[], true),
    entry(Format::Po, "po", &["po"], &["pot"], true),
    entry(Format::Xces, "xces", &["xml"], &["xces", "ces"], true),
    entry(Format::Intertext, "intertext", &["xml"], &[], true),
    entry(Format::Vecalign, "vecalign", &["vecalign"], &[], true),
    entry(Format::Ladder, "ladder", &["ladder"], &[], true),
    entry(Format::Html, "html", &["html"], &["htm"], false),
];

impl Format {
    pub const ALL: [Format; TABLE.len()] = {
        let mut all = [Format::Tsv; TABLE.len()];
        let mut place = 0;
        while place < TABLE.len() {
            all[place] = TABLE[place].format;
            place += 1;
        }
        all
    };

    fn entry(self) -> &'static Entry {
        let entry = TABLE.iter().find(|entry| entry.format == self);
        entry.expect("a test finds every format in the table")
    }

    /// As users write it: `--format tmx`.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The extensions of its files: one for each output that [`Writer::create`](super::Writer::create) takes, `zh`
    /// before `en`.
    pub fn extensions(self) -> &'static [&'static str] {
        self.entry().extensions
    }

    /// Whether [`Reader`](super::Reader) takes it: a page holds no rows to read.
    pub fn is_read(self) -> bool {
        self.entry().is_read
    }

    /// Whether [`Writer`](super::Writer) takes it.
    pub fn is_written(self) -> bool {
        self.entry().is_written
    }

    /// The format that a file's extension says, below `.gz` or `.zst`.
    ///
    /// # Errors
    /// [`Kind::Usage`] for an extension that says none.
    ///
    /// ```
    /// use duizhao::corpus::Format;
    /// assert_eq!(Format::of("memory.TMX.gz".as_ref()), Ok(Format::Tmx));
    /// assert_eq!(Format::of("novel.zh".as_ref()), Ok(Format::Moses));
    /// assert_eq!(
    ///     Format::of("novel.pages".as_ref()).unwrap_err().to_string(),
    ///     "novel.pages: does not say a format by .pages; name the format",
    /// );
    /// ```
    pub fn of(path: &Path) -> Result<Format> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let extension = Path::new(uncompressed(&name)).extension().unwrap_or_default();
        let extension = extension.to_string_lossy().to_lowercase();
        let means = |entry: &&Entry| {
            entry
                .extensions
                .iter()
                .chain(entry.aliases)
                .any(|known| extension == *known)
        };
        TABLE.iter().find(means).map(|entry| entry.format).ok_or_else(|| {
            let cause = match extension.as_str() {
                "" => "has no extension to say its format".into(),
                _ => format!("does not say a format by .{extension}"),
            };
            Error::new(Kind::Usage, path.display().to_string(), cause).remedy("name the format")
        })
    }

    /// The files that a user means by one path: the path itself, and for Moses `novel.zh` and `novel.en` by `novel` or
    /// by either of them, or `novel.zh.gz` and `novel.en.gz` by `novel.gz`.
    ///
    /// ```
    /// use duizhao::corpus::Format;
    /// use std::path::Path;
    /// assert_eq!(Format::Tmx.files(Path::new("novel.tmx")), [Path::new("novel.tmx")]);
    /// assert_eq!(Format::Moses.files(Path::new("novel.gz")), [Path::new("novel.zh.gz"), Path::new("novel.en.gz")]);
    /// assert_eq!(Format::Moses.files(Path::new("novel.en")), [Path::new("novel.zh"), Path::new("novel.en")]);
    /// ```
    pub fn files(self, path: &Path) -> Vec<PathBuf> {
        let extensions = self.extensions();
        if extensions.len() == 1 {
            return vec![path.to_owned()];
        }
        let without = |path: &Path, known: &[&str]| match path.extension() {
            Some(extension) if known.iter().any(|known| extension == *known) => path.with_extension(""),
            _ => path.to_owned(),
        };
        let unpacked = without(path, &["gz", "zst"]);
        let packed = path.extension().filter(|_| unpacked != path);
        let stem = without(&unpacked, extensions);
        let file = |extension: &&str| {
            let mut name = stem.clone().into_os_string();
            for part in [Some(OsStr::new(extension)), packed].into_iter().flatten() {
                name.push(".");
                name.push(part);
            }
            PathBuf::from(name)
        };
        extensions.iter().map(file).collect()
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Format> {
        let means = |entry: &&Entry| entry.name == name || entry.aliases.contains(&name);
        TABLE.iter().find(means).map(|entry| entry.format).ok_or_else(|| {
            let names: Vec<_> = TABLE.iter().map(|entry| entry.name).collect();
            Error::new(Kind::Usage, "--format", format!("{name:?} is no format we know"))
                .remedy(format!("write one of {}", names.join(", ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_in_the_table_once_and_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(TABLE.iter().filter(|entry| entry.format == format).count(), 1);
            assert_eq!(format.name().parse(), Ok(format));
        }
    }
}
