//! Corpus files in any format that holds rows into those rows, one at a time.

use super::input::{self, Input};
use super::{Format, Row, csv, docx, jsonl, moses, parquet, places, po, tmx, tsv, xces, xliff, xlsx};
use crate::error::{Error, Kind, Result};
use std::path::Path;

/// Rows of a corpus, in the order of its file; it is never in memory as a whole.
///
/// A row that breaks the rules of its format is an error in its place. Where the format goes by lines, the rows after
/// it can still be read; broken XML ends there.
///
/// ```
/// use duizhao::corpus::{Format, Reader};
/// let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("tea.csv");
/// std::fs::write(&path, "zh,en\n茶好了。,\"Tea is ready, \"\"if\"\" you like.\"\n").unwrap();
/// let mut rows = Reader::open(&path, Format::of(&path)?)?;
/// assert_eq!(rows.next().unwrap()?.trg_text, "Tea is ready, \"if\" you like.");
/// assert!(rows.next().is_none());
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub struct Reader(Sheet);

enum Sheet {
    Tsv(tsv::Reader<Input>),
    Csv(Box<csv::Reader<Input>>),
    Jsonl(jsonl::Reader<Input>),
    Moses(moses::Reader<Input>),
    Xlsx(Box<xlsx::Reader>),
    Docx(Box<docx::Reader>),
    Parquet(Box<parquet::Reader>),
    Po(Box<po::Reader<Input>>),
    Tmx(Box<tmx::Reader<Input>>),
    Xliff(Box<xliff::Reader<Input>>),
    Xces(Box<xces::Reader<Input>>),
    Places(Box<places::Reader>),
}

/// What a file holds that rows have no place for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// Inline elements inside texts.
    pub tags: usize,
    /// Texts in neither Chinese nor English.
    pub texts: usize,
}

impl Reader {
    /// Opens the files of [`Format::files`], or standard input for `-`.
    ///
    /// # Errors
    /// [`Kind::Read`]; [`Kind::Usage`] for a format that is only written, and for one of two files on standard input;
    /// what is wrong with a header.
    pub fn open(path: &Path, format: Format) -> Result<Reader> {
        let usage = |cause: String, remedy: &str| {
            Err(Error::new(Kind::Usage, input::name(path), cause).remedy(remedy))
        };
        if !format.is_read() {
            return usage(
                format!("{format} is not read"),
                "give a format that holds rows: tsv, tmx, ...",
            );
        }
        match format {
            Format::Vecalign => return Reader::placed(path, places::Form::Vecalign),
            Format::Ladder => return Reader::placed(path, places::Form::Ladder),
            Format::Xlsx => return Ok(Reader(Sheet::Xlsx(Box::new(xlsx::Reader::open(path)?)))),
            Format::Docx => return Ok(Reader(Sheet::Docx(Box::new(docx::Reader::open(path)?)))),
            Format::Parquet => return Ok(Reader(Sheet::Parquet(Box::new(parquet::Reader::open(path)?)))),
            _ => {}
        }
        let files = format.files(path);
        if files.len() > 1 && path.to_str() == Some("-") {
            return usage(
                format!("{format} is two files"),
                "name them: novel for novel.zh and novel.en",
            );
        }
        let inputs = files
            .iter()
            .map(|file| input::open(file))
            .collect::<Result<Vec<_>>>()?;
        let names: Vec<String> = files.iter().map(|file| input::name(file)).collect();
        let folder = path.parent().unwrap_or(Path::new(""));
        Reader::new(&names, format, inputs, folder)
    }

    fn placed(path: &Path, form: places::Form) -> Result<Reader> {
        places::Reader::open(path, form).map(|reader| Reader(Sheet::Places(Box::new(reader))))
    }

    fn new(names: &[String], format: Format, inputs: Vec<Input>, folder: &Path) -> Result<Reader> {
        let mut inputs = inputs.into_iter();
        Ok(Reader(match (format, names, inputs.next(), inputs.next()) {
            (Format::Tsv, [name], Some(input), None) => Sheet::Tsv(tsv::Reader::new(name, input)?),
            (Format::Csv, [name], Some(input), None) => Sheet::Csv(Box::new(csv::Reader::new(name, input)?)),
            (Format::Jsonl, [name], Some(input), None) => Sheet::Jsonl(jsonl::Reader::new(name, input)),
            (Format::Moses, [zh, en], Some(zh_input), Some(en_input)) => {
                Sheet::Moses(moses::Reader::new([zh, en], [zh_input, en_input]))
            }
            (Format::Tmx, [name], Some(input), None) => Sheet::Tmx(Box::new(tmx::Reader::new(name, input)?)),
            (Format::Xliff | Format::Xliff2, [name], Some(input), None) => {
                Sheet::Xliff(Box::new(xliff::Reader::new(name, input)?))
            }
            (Format::Po, [name], Some(input), None) => Sheet::Po(Box::new(po::Reader::new(name, input))),
            (Format::Xces | Format::Intertext, [name], Some(input), None) => {
                Sheet::Xces(Box::new(xces::Reader::new(name, input, folder)?))
            }
            _ => unreachable!("{format} is opened with its own files, and is read"),
        }))
    }

    /// What of the rows given out so far had no place in them.
    pub fn left(&self) -> Left {
        match &self.0 {
            Sheet::Tmx(sheet) => sheet.left(),
            Sheet::Xliff(sheet) => sheet.left(),
            _ => Left::default(),
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        match &mut self.0 {
            Sheet::Tsv(sheet) => sheet.next(),
            Sheet::Csv(sheet) => sheet.next(),
            Sheet::Jsonl(sheet) => sheet.next(),
            Sheet::Moses(sheet) => sheet.next(),
            Sheet::Xlsx(sheet) => sheet.next(),
            Sheet::Docx(sheet) => sheet.next(),
            Sheet::Parquet(sheet) => sheet.next(),
            Sheet::Po(sheet) => sheet.next(),
            Sheet::Tmx(sheet) => sheet.next(),
            Sheet::Xliff(sheet) => sheet.next(),
            Sheet::Xces(sheet) => sheet.next(),
            Sheet::Places(sheet) => sheet.next(),
        }
    }
}
