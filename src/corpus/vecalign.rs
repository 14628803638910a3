//! Rows into vecalign's format: the numbers of their sentences, `[0, 1]:[2]:0.9512`.

use super::Row;
use std::io::{self, Write};

/// One line a bead, Chinese first, sentences counted from 0; omissions and additions (`[3]:[]`) have no score.
///
/// The format has no place for document names, so a file holds one document pair.
pub struct Writer<W> {
    out: W,
    doc_pair_id: Option<String>,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> Self {
        Writer {
            out,
            doc_pair_id: None,
        }
    }

    /// # Errors
    /// Besides failing outputs: a second document pair, and a row that has texts but no sentence numbers, as rows read
    /// from a TSV have none.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        let invalid = |cause: String| Err(io::Error::new(io::ErrorKind::InvalidInput, cause));
        let doc_pair_id = self.doc_pair_id.get_or_insert_with(|| row.doc_pair_id.clone());
        if *doc_pair_id != row.doc_pair_id {
            return invalid(format!(
                "vecalign's format holds one document pair, and {} follows {doc_pair_id}; write a file for each",
                row.doc_pair_id
            ));
        }
        if row.src_index.is_empty() && row.trg_index.is_empty() {
            return invalid(format!(
                "row {} of {doc_pair_id} has no sentence numbers",
                row.link_no
            ));
        }
        write!(self.out, "{:?}:{:?}", row.src_index, row.trg_index)?;
        match row.aligner_score {
            Some(score) => writeln!(self.out, ":{score:.4}"),
            None => writeln!(self.out),
        }
    }

    pub fn finish(self) -> io::Result<W> {
        Ok(self.out)
    }
}
