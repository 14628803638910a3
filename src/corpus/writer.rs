//! Rows into any of the corpus formats, one at a time.

use super::manifest::Record;
use super::{
    Format, Row, csv, docx, html, jsonl, ladder, moses, parquet, tmx, tsv, vecalign, xces, xliff, xlsx,
};
use crate::language::Lang;
use crate::script::{Script, convert::Converter};
use std::borrow::Cow;
use std::io::{self, Write};

/// What a user can choose about what is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// A byte order mark before the TSV or CSV, for spreadsheets that take UTF-8 for something else without it.
    pub bom: bool,
    /// For XLIFF, the languages.
    pub tmx: tmx::Settings,
    /// The script that Chinese texts are written in; without one, each in its own.
    pub script: Option<Script>,
}

/// Writes rows in one format. Rows of one document pair stand together and in order; nothing is kept in memory but,
/// for HTML, the rows of one document pair.
///
/// ```
/// use duizhao::corpus::{Format, Row, Settings, Status, Writer};
///
/// let row = Row {
///     src_url: "tea.zh.txt".into(),
///     trg_url: "tea.en.txt".into(),
///     src_text: "茶好了。".into(),
///     trg_text: "Tea is ready.".into(),
///     aligner_score: Some(0.9512),
///     pair_id: "1f0d9c3b2a4e5f60".into(),
///     doc_pair_id: "tea".into(),
///     link_no: 1,
///     align_type: "1-1".into(),
///     src_sent_ids: "1.1".into(),
///     trg_sent_ids: "1.1".into(),
///     src_lang: "zh-Hans".into(),
///     trg_lang: "en".into(),
///     flags: String::new(),
///     status: Status::Auto,
///     src_index: vec![0],
///     trg_index: vec![0],
///     src_ends: vec![12],
///     trg_ends: vec![13],
/// };
/// let mut writer = Writer::create(Format::Moses, vec![Vec::new(), Vec::new()], &Settings::default())?;
/// writer.row(&row)?;
/// let outputs = writer.finish()?.outputs;
/// assert_eq!(outputs, ["茶好了。\n".as_bytes(), b"Tea is ready.\n"]);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Writer<W: Write> {
    sheet: Sheet<W>,
    script: Option<(Script, Converter)>,
}

enum Sheet<W: Write> {
    Tsv(tsv::Writer<W>),
    Csv(Box<csv::Writer<W>>),
    Jsonl(jsonl::Writer<W>),
    Xlsx(Box<xlsx::Writer<W>>),
    Docx(Box<docx::Writer<W>>),
    Parquet(Box<parquet::Writer<W>>),
    Moses(moses::Writer<W>),
    Tmx(Box<tmx::Writer<W>>),
    Xliff(Box<xliff::Writer<W>>),
    Xces(Box<xces::Writer<W>>),
    Vecalign(vecalign::Writer<W>),
    Ladder(ladder::Writer<W>),
    Html(Box<html::Writer<W>>),
}

/// What a writer gives back at its end.
#[derive(Debug)]
pub struct Finished<W> {
    /// The outputs it was created with, to be committed.
    pub outputs: Vec<W>,
    /// Characters left out because the format cannot hold them (control characters in DOCX, TMX and XLIFF 1.2), for the manifest.
    pub illegal: usize,
}

impl<W: Write> Writer<W> {
    /// # Errors
    /// When an output cannot be written to, or when there are not as many as the format has [`Format::extensions`].
    pub fn create(format: Format, outputs: Vec<W>, settings: &Settings) -> io::Result<Self> {
        let given = outputs.len();
        let mut outputs = outputs.into_iter();
        let sheet = match (format, outputs.next(), outputs.next(), outputs.next()) {
            (Format::Tsv, Some(out), None, None) => Sheet::Tsv(tsv::Writer::new(out, settings.bom)?),
            (Format::Csv, Some(out), None, None) => {
                Sheet::Csv(Box::new(csv::Writer::new(out, settings.bom)?))
            }
            (Format::Jsonl, Some(out), None, None) => Sheet::Jsonl(jsonl::Writer::new(out)),
            (Format::Xlsx, Some(out), None, None) => Sheet::Xlsx(Box::new(xlsx::Writer::new(out)?)),
            (Format::Docx, Some(out), None, None) => Sheet::Docx(Box::new(docx::Writer::new(out)?)),
            (Format::Parquet, Some(out), None, None) => Sheet::Parquet(Box::new(parquet::Writer::new(out)?)),
            (Format::Moses, Some(zh), Some(en), None) => Sheet::Moses(moses::Writer::new(zh, en)),
            (Format::Tmx, Some(out), None, None) => {
                Sheet::Tmx(Box::new(tmx::Writer::new(out, settings.tmx.clone())))
            }
            (Format::Xliff | Format::Xliff2, Some(out), None, None) => {
                let version = match format {
                    Format::Xliff2 => xliff::Version::V2,
                    _ => xliff::Version::V1,
                };
                let languages = settings.tmx.languages.clone();
                Sheet::Xliff(Box::new(xliff::Writer::new(out, version, languages)))
            }
            (Format::Xces | Format::Intertext, Some(out), None, None) => {
                let form = match format {
                    Format::Intertext => xces::Form::InterText,
                    _ => xces::Form::CesAlign,
                };
                Sheet::Xces(Box::new(xces::Writer::new(out, form)))
            }
            (Format::Vecalign, Some(out), None, None) => Sheet::Vecalign(vecalign::Writer::new(out)),
            (Format::Ladder, Some(out), None, None) => Sheet::Ladder(ladder::Writer::new(out)),
            (Format::Html, Some(out), None, None) => Sheet::Html(Box::new(html::Writer::new(out))),
            _ if !format.is_written() => {
                let cause = format!("{format} is not written: write tmx, xliff, xlsx or another format");
                return Err(invalid(cause));
            }
            _ => {
                let cause = format!(
                    "{format} is written to {} files, not to {given}",
                    format.extensions().len()
                );
                return Err(invalid(cause));
            }
        };
        let script = settings.script.map(|script| (script, Converter::new(script)));
        Ok(Writer { sheet, script })
    }

    /// Says which document pair the next rows are of. Only the page shows it (titles, what was dropped); all formats
    /// can be written without it.
    pub fn begin(&mut self, record: &Record) -> io::Result<()> {
        match &mut self.sheet {
            Sheet::Html(sheet) => sheet.begin(record),
            _ => Ok(()),
        }
    }

    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        let row = match &self.script {
            Some((script, converter)) => Cow::Owned(in_script(row, *script, converter)),
            None => Cow::Borrowed(row),
        };
        let row = &*row;
        match &mut self.sheet {
            Sheet::Tsv(sheet) => sheet.row(row),
            Sheet::Csv(sheet) => sheet.row(row),
            Sheet::Jsonl(sheet) => sheet.row(row),
            Sheet::Xlsx(sheet) => sheet.row(row),
            Sheet::Docx(sheet) => sheet.row(row),
            Sheet::Parquet(sheet) => sheet.row(row),
            Sheet::Moses(sheet) => sheet.row(row),
            Sheet::Tmx(sheet) => sheet.row(row),
            Sheet::Xliff(sheet) => sheet.row(row),
            Sheet::Xces(sheet) => sheet.row(row),
            Sheet::Vecalign(sheet) => sheet.row(row),
            Sheet::Ladder(sheet) => sheet.row(row),
            Sheet::Html(sheet) => sheet.row(row),
        }
    }

    /// Writes what stands below the last row.
    pub fn finish(self) -> io::Result<Finished<W>> {
        let (outputs, illegal) = match self.sheet {
            Sheet::Tsv(sheet) => (vec![sheet.finish()?], 0),
            Sheet::Csv(sheet) => (vec![sheet.finish()?], 0),
            Sheet::Jsonl(sheet) => (vec![sheet.finish()?], 0),
            Sheet::Xlsx(sheet) => (vec![sheet.finish()?], 0),
            Sheet::Docx(sheet) => {
                let (output, illegal) = sheet.finish()?;
                (vec![output], illegal)
            }
            Sheet::Parquet(sheet) => (vec![sheet.finish()?], 0),
            Sheet::Moses(sheet) => (sheet.finish()?.into(), 0),
            Sheet::Tmx(sheet) => {
                let (output, illegal) = sheet.finish()?;
                (vec![output], illegal)
            }
            Sheet::Xliff(sheet) => {
                let (output, illegal) = sheet.finish()?;
                (vec![output], illegal)
            }
            Sheet::Xces(sheet) => {
                let (output, illegal) = sheet.finish()?;
                (vec![output], illegal)
            }
            Sheet::Vecalign(sheet) => (vec![sheet.finish()?], 0),
            Sheet::Ladder(sheet) => (vec![sheet.finish()?], 0),
            Sheet::Html(sheet) => (vec![sheet.finish()?], 0),
        };
        Ok(Finished { outputs, illegal })
    }
}

/// What a format cannot hold.
pub(super) fn invalid(cause: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, cause)
}

/// The row with its Chinese in one script, and the language that says so; its id stays, so that both can be told to be
/// one.
fn in_script(row: &Row, script: Script, converter: &Converter) -> Row {
    let lang = match script {
        Script::Hans => Lang::Hans,
        Script::Hant => Lang::Hant,
    };
    let src_lang = match row.src_text.as_str() {
        "" => row.src_lang.clone(),
        _ => lang.tag().into(),
    };
    Row {
        src_text: converter.convert(&row.src_text),
        src_lang,
        ..row.clone()
    }
}
