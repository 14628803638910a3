//! Rows into links between the sentences of two documents, XCES `cesAlign` or InterText's XML, and back.

mod documents;
mod links;
mod reader;

pub use documents::{documents, write_documents};
pub use links::{Group, Item, Link, Links};
pub use reader::Reader;

use super::vecalign::one_pair;
use super::writer::invalid;
use super::{Row, Status, xml};
use std::io::{self, Write};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As OPUS writes it: a `linkGrp` for each document pair under a root `cesAlign`, `fromDoc` ids first.
    CesAlign,
    /// One `linkGrp`, `toDoc` ids first.
    InterText,
}

/// One link a row, by the ids of its sentences; the texts stay in the documents that a `linkGrp` names, `fromDoc` the
/// Chinese one. Languages, flags and places in the document pair have none here.
///
/// XML cannot hold control characters; they are left out and counted.
pub struct Writer<W> {
    out: W,
    form: Form,
    /// Documents and `doc_pair_id` of the open `linkGrp`.
    open: Option<[String; 3]>,
    doc_pair_id: Option<String>,
    illegal: usize,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W, form: Form) -> Self {
        Writer {
            out,
            form,
            open: None,
            doc_pair_id: None,
            illegal: 0,
        }
    }

    /// # Errors
    /// Besides failing outputs: a row that names no documents, or no sentences where it has texts; for InterText, a
    /// second document pair.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        let targets = targets(row, self.form)?;
        if self.form == Form::InterText {
            one_pair(&mut self.doc_pair_id, row, "InterText's form")?;
        }
        let group = [&row.src_url, &row.trg_url, &row.doc_pair_id].map(String::clone);
        if self.open.as_ref() != Some(&group) {
            self.begin(&group)?;
            self.open = Some(group);
        }
        let (targets, id) = (self.text(&targets), self.text(&row.pair_id));
        write!(self.out, "  <link")?;
        if !id.is_empty() {
            write!(self.out, " id=\"{id}\"")?;
        }
        let kind = self.text(&match self.form {
            Form::CesAlign => row.align_type.clone(),
            // The numbers of sentences stand in the order of the ids.
            Form::InterText => row
                .align_type
                .split_once('-')
                .map_or(row.align_type.clone(), |(zh, en)| format!("{en}-{zh}")),
        });
        if !kind.is_empty() {
            write!(self.out, " type=\"{kind}\"")?;
        }
        write!(self.out, " xtargets=\"{targets}\"")?;
        if let Some(score) = row.aligner_score {
            write!(self.out, " certainty=\"{score:.4}\"")?;
        }
        match row.status {
            Status::Auto if self.form == Form::CesAlign => {}
            status => write!(self.out, " status=\"{}\"", status.name())?,
        }
        writeln!(self.out, "/>")
    }

    /// Gives back the output and the number of characters that had to be left out.
    pub fn finish(mut self) -> io::Result<(W, usize)> {
        match (&self.open, self.form) {
            (None, Form::CesAlign) => self.head()?,
            (None, Form::InterText) => {
                // A group without documents: there is nothing to point at.
                self.begin(&[const { String::new() }; 3])?;
                self.out.write_all(b" </linkGrp>\n")?;
            }
            (Some(_), _) => self.out.write_all(b" </linkGrp>\n")?,
        }
        if self.form == Form::CesAlign {
            self.out.write_all(b"</cesAlign>\n")?;
        }
        Ok((self.out, self.illegal))
    }

    fn head(&mut self) -> io::Result<()> {
        writeln!(self.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        match self.form {
            Form::CesAlign => writeln!(
                self.out,
                "<!DOCTYPE cesAlign PUBLIC \"-//CES//DTD XML cesAlign//EN\" \"\">\n<cesAlign version=\"1.0\">"
            ),
            Form::InterText => Ok(()),
        }
    }

    fn begin(&mut self, [zh, en, id]: &[String; 3]) -> io::Result<()> {
        match self.open {
            None => self.head()?,
            Some(_) => self.out.write_all(b" </linkGrp>\n")?,
        }
        let [zh, en, id] = [zh, en, id].map(|text| self.text(text));
        match self.form {
            Form::CesAlign => write!(
                self.out,
                " <linkGrp targType=\"s\" fromDoc=\"{zh}\" toDoc=\"{en}\""
            )?,
            Form::InterText => write!(self.out, " <linkGrp toDoc=\"{en}\" fromDoc=\"{zh}\"")?,
        }
        if !id.is_empty() {
            write!(self.out, " id=\"{id}\"")?;
        }
        writeln!(self.out, ">")
    }

    fn text(&mut self, text: &str) -> String {
        let (text, illegal) = xml::legal(text);
        self.illegal += illegal;
        text
    }
}

/// The ids of a row's sentences as `xtargets` lists them.
fn targets(row: &Row, form: Form) -> io::Result<String> {
    let refuse = |cause: &str| {
        Err(invalid(format!(
            "row {} of {:?} {cause}: links are between sentences of documents, by their ids",
            row.link_no, row.doc_pair_id
        )))
    };
    if row.src_url.is_empty() || row.trg_url.is_empty() {
        return refuse("names no two documents (src_url, trg_url)");
    }
    for (text, ids) in [
        (&row.src_text, &row.src_sent_ids),
        (&row.trg_text, &row.trg_sent_ids),
    ] {
        if ids.is_empty() && !text.is_empty() {
            return refuse("has a text and names no sentences (src_sent_ids, trg_sent_ids)");
        }
        if ids.contains(';') {
            return refuse("has an id with a semicolon, which parts the sides of a link");
        }
    }
    let (zh, en) = (&row.src_sent_ids, &row.trg_sent_ids);
    Ok(match form {
        Form::CesAlign => format!("{zh};{en}"),
        Form::InterText => format!("{en};{zh}"),
    })
}
