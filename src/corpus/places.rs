//! Beads that name sentences by their places, and the two files of lines those stand in, into rows.

use super::input::{self, Input, Lines};
use super::{Row, ladder, text::join, vecalign};
use crate::error::{Error, Kind, Result};
use crate::ingest::name::uncompressed;
use crate::language::Side;
use std::path::{Path, PathBuf};

/// A bead that says where its sentences stand in their documents, from 0, and nothing of what they say.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    pub zh: Vec<usize>,
    pub en: Vec<usize>,
    /// The number behind it, whatever its maker means by it; none where there is none.
    pub score: Option<f64>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// The beads of a file, one at a time: [`vecalign::Beads`] or [`ladder::Beads`].
pub(super) type Beads = Box<dyn Iterator<Item = Result<Placed>> + Send>;

/// Rows one at a time, for the beads of `novel.vecalign` or `novel.ladder` and the sentences of `novel.zh` and
/// `novel.en` beside it, one a line (or `novel.zh.gz`, `novel.zh.zst`). The sentences are in memory, the beads are not.
///
/// Ids of sentences are the numbers of their lines, from 1. The score is the number the file has, as it has it: that of
/// `duizhao align` is a probability, Vecalign's own a cost, hunalign's neither.
pub struct Reader {
    name: String,
    /// The `doc_pair_id` of all rows.
    stem: String,
    beads: Beads,
    zh: Sentences,
    en: Sentences,
    rows: usize,
}

/// Which of the two forms a file is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Vecalign,
    Ladder,
}

impl Reader {
    /// # Errors
    /// [`Kind::Read`], naming the files of sentences where they are not there; [`Kind::Usage`] for standard input, which
    /// has no name to find them by.
    pub(super) fn open(path: &Path, form: Form) -> Result<Reader> {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        if path.to_str() == Some("-") || file.is_empty() {
            let cause = "its sentences are found by its name, and it has none";
            return Err(Error::new(Kind::Usage, input::name(path), cause)
                .remedy("give a file, as novel.vecalign, beside novel.zh and novel.en"));
        }
        let file = uncompressed(&file);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let input = input::open(path)?;
        let [zh, en] = [Side::Zh, Side::En].map(|side| Sentences::path(path, stem, side));
        let (Some(zh), Some(en)) = (zh, en) else {
            let cause = format!(
                "it numbers sentences, and {stem}.zh and {stem}.en, where they stand, are not both there"
            );
            return Err(Error::new(Kind::Read, input::name(path), cause).remedy(
                "put the files of sentences that were aligned beside it under these names, one a line",
            ));
        };
        let (zh, en) = (Sentences::read(&zh)?, Sentences::read(&en)?);
        let name = input::name(path);
        let most = [zh.len(), en.len()];
        let beads: Beads = match form {
            Form::Vecalign => Box::new(vecalign::Beads::new(&name, input)),
            Form::Ladder => Box::new(ladder::Beads::new(&name, input).within(most)),
        };
        Ok(Reader {
            name,
            stem: stem.to_owned(),
            beads,
            zh,
            en,
            rows: 0,
        })
    }

    fn row(&mut self, bead: Placed) -> Result<Row> {
        self.rows += 1;
        for (places, sentences) in [(&bead.zh, &self.zh), (&bead.en, &self.en)] {
            if let Some(place) = places.iter().find(|place| **place >= sentences.len()) {
                let cause = format!(
                    "sentence {place}, counted from 0, where {} has {} lines",
                    sentences.name,
                    sentences.len()
                );
                return Err(Error::new(Kind::Malformed, &self.name, cause)
                    .line(bead.line)
                    .remedy("give the very files that were aligned, one sentence a line"));
            }
        }
        // Omissions and additions have none, though aligners fill the column.
        let is_link = !bead.zh.is_empty() && !bead.en.is_empty();
        let ids = |places: &[usize]| {
            let lines: Vec<_> = places.iter().map(|place| (place + 1).to_string()).collect();
            lines.join(" ")
        };
        Ok(Row {
            src_url: self.zh.name.clone(),
            trg_url: self.en.name.clone(),
            src_text: join(Side::Zh, bead.zh.iter().map(|place| self.zh.line(*place))),
            trg_text: join(Side::En, bead.en.iter().map(|place| self.en.line(*place))),
            aligner_score: bead.score.filter(|_| is_link).map(|score| score as f32),
            doc_pair_id: self.stem.clone(),
            link_no: self.rows,
            align_type: format!("{}-{}", bead.zh.len(), bead.en.len()),
            src_sent_ids: ids(&bead.zh),
            trg_sent_ids: ids(&bead.en),
            src_index: bead.zh,
            trg_index: bead.en,
            ..Row::default()
        })
    }
}

impl Iterator for Reader {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        let bead = self.beads.next()?;
        Some(bead.and_then(|bead| self.row(bead)))
    }
}

/// The sentences of one side, in one piece of memory.
struct Sentences {
    name: String,
    text: String,
    /// Where each line ends in it.
    ends: Vec<usize>,
}

impl Sentences {
    /// The file of a side's sentences beside an alignment, where there is one.
    fn path(alignment: &Path, stem: &str, side: Side) -> Option<PathBuf> {
        let side = side.name();
        let names = ["", ".gz", ".zst"].map(|packing| format!("{stem}.{side}{packing}"));
        let paths = names.map(|name| alignment.with_file_name(name));
        paths.into_iter().find(|path| path.is_file())
    }

    fn read(path: &Path) -> Result<Sentences> {
        let mut lines: Lines<Input> = Lines::new(input::name(path), input::open(path)?);
        let (mut text, mut ends) = (String::new(), vec![]);
        while lines.advance()? {
            text.push_str(lines.text()?);
            ends.push(text.len());
        }
        Ok(Sentences {
            name: lines.source,
            text,
            ends,
        })
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn line(&self, place: usize) -> &str {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.text[start..self.ends[place]]
    }
}

/// The places of a row's sentences, Chinese ones first: those it was aligned with, else those of the lines it names.
///
/// # Errors
/// The cause, for a row that has texts and neither.
pub(super) fn places(row: &Row, format: &str) -> std::result::Result<[Vec<usize>; 2], String> {
    let of = |index: &[usize], ids: &str, text: &str| {
        let line = |id: &str| id.parse::<usize>().ok()?.checked_sub(1);
        let found = match index {
            [] => ids.split_whitespace().map(line).collect::<Option<Vec<_>>>(),
            places => Some(places.to_vec()),
        };
        found.filter(|places| text.is_empty() || !places.is_empty())
    };
    let zh = of(&row.src_index, &row.src_sent_ids, &row.src_text);
    let en = of(&row.trg_index, &row.trg_sent_ids, &row.trg_text);
    zh.zip(en).map(|(zh, en)| [zh, en]).ok_or_else(|| {
        format!(
            "row {} of {} has no sentence numbers, and {format} holds nothing else: write it with `duizhao align \
             --format {format}`, or write xces, which names sentences by their ids",
            row.link_no, row.doc_pair_id
        )
    })
}
