//! A document pair through all stages: two documents in, the rows of a parallel corpus out.

use crate::align::{Alignment, align, is_searched_whole};
use crate::corpus::manifest::{Checksum, Record};
use crate::corpus::{Pair, Row, Text, drop_below, rows, sift};
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, Document, Source};
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::score::{Pairing, Scorer, Weights, anchors};
use crate::split::{Sentence, Split, split};

/// A document and the file it was read from.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub document: Document,
    pub checksum: Checksum,
}

/// What a document pair has become.
#[derive(Debug, Clone)]
pub struct Aligned {
    /// In the order of the documents.
    pub rows: Vec<Row>,
    /// What went in, what came out, what was dropped and why.
    pub record: Record,
}

impl Aligned {
    /// Whether the documents look like texts that are no translations of each other, which alignment in order is wrong
    /// for: what it could pair is doubtful. Of translations the mean score is .74 at least, also with a third of their
    /// sentences left out; of readouts by both sides it is mostly below .6.
    pub fn is_doubtful(&self) -> bool {
        const DOUBTFUL: f32 = 0.65;
        const FEWEST: usize = 3;
        let scores: Vec<f32> = self.rows.iter().filter_map(|row| row.aligner_score).collect();
        scores.len() >= FEWEST && scores.iter().sum::<f32>() < DOUBTFUL * scores.len() as f32
    }
}

/// Opens and reads a file, or standard input for `-`.
pub fn load(path: &str, settings: &ingest::Settings) -> Result<Loaded> {
    read(Source::open(path, settings)?, settings)
}

/// Reads a source.
pub fn read(source: Source, settings: &ingest::Settings) -> Result<Loaded> {
    let checksum = Checksum::of(&source.bytes);
    Ok(Loaded {
        document: ingest::read(source, settings)?,
        checksum,
    })
}

/// Splits, scores and aligns two documents. Rows that score below `least` are left out, and their sentences named in the
/// record; with 0, none are.
///
/// # Errors
/// [`Kind::Empty`] for a document without a sentence in Chinese or English.
///
/// ```
/// use duizhao::{ingest, lexicon::Lexicon, pipeline, split::Split};
/// let read = |name: &str, text: &str| {
///     let source = ingest::Source { name: name.into(), bytes: text.into() };
///     pipeline::read(source, &ingest::Settings::default())
/// };
/// let zh = read("tea.zh.txt", "水开了。她泡了一壶茶，坐在窗边。")?;
/// let en = read("tea.en.txt", "The water boiled. She made a pot of tea. She sat by the window.")?;
/// let aligned = pipeline::align_documents("tea", &zh, &en, Split::Sentence, Lexicon::embedded(), 0.0)?;
/// let beads: Vec<&str> = aligned.rows.iter().map(|row| row.align_type.as_str()).collect();
/// assert_eq!(beads, ["1-1", "1-2"]);
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub fn align_documents(
    id: &str,
    zh: &Loaded,
    en: &Loaded,
    how: Split,
    lexicon: &Lexicon,
    least: f32,
) -> Result<Aligned> {
    let (zh_sentences, mut dropped) = sift(Side::Zh, &zh.document, split(&zh.document, how));
    let (en_sentences, en_dropped) = sift(Side::En, &en.document, split(&en.document, how));
    dropped.extend(en_dropped);
    for (loaded, sentences) in [(zh, &zh_sentences), (en, &en_sentences)] {
        if sentences.is_empty() {
            let cause = "no sentence in Chinese or English";
            return Err(Error::new(Kind::Empty, &loaded.document.source, cause));
        }
    }
    let mut pairing = Pairing::new(texts(&zh_sentences), texts(&en_sentences), lexicon);
    let alignment = align_pairing(&mut pairing, Weights::embedded());
    let pair = Pair {
        id,
        zh: Text {
            document: &zh.document,
            sentences: &zh_sentences,
        },
        en: Text {
            document: &en.document,
            sentences: &en_sentences,
        },
    };
    let mut rows = rows(&pair, &alignment)?;
    dropped.extend(drop_below(least, &pair, &alignment, &mut rows));
    let record = Record::new(&pair, zh.checksum.clone(), en.checksum.clone(), &rows, dropped);
    Ok(Aligned {
        rows: rows.rows,
        record,
    })
}

/// Aligns a document pair, and again where the alignment shows that more of its sentences stand alone than was thought: a
/// sentence without a partner is dear in a translation and cheap in an abridgement.
///
/// ```
/// use duizhao::{lexicon::Lexicon, pipeline::align_pairing, score::{Pairing, Weights}};
/// let zh = ["水开了。", "她泡了一壶茶。", "天黑了。"];
/// let en = ["She made a pot of tea."];
/// let alignment = align_pairing(&mut Pairing::new(zh, en, Lexicon::embedded()), Weights::embedded());
/// let beads: Vec<_> = alignment.beads().iter().map(|bead| (bead.zh.clone(), bead.en.clone())).collect();
/// assert_eq!(beads, [(0..1, 0..0), (1..2, 0..1), (2..3, 1..1)]);
/// ```
pub fn align_pairing(pairing: &mut Pairing, weights: &Weights) -> Alignment {
    /// A price that changes by fewer nats changes hardly a bead. At .5, novels whose Chinese is cut to half lose .07 of
    /// strict F1.
    const SETTLED: f32 = 0.2;
    /// An end for prices that swing.
    const PASSES: usize = 10;
    let (zh, en) = (pairing.zh_len(), pairing.en_len());
    let anchors = match is_searched_whole(zh, en) {
        true => Vec::new(),
        false => anchors(pairing),
    };
    let mut alignment = align(zh, en, &Scorer::new(pairing, weights), &anchors);
    for _ in 1..PASSES {
        let beads = alignment
            .beads()
            .iter()
            .map(|bead| (bead.zh.clone(), bead.en.clone()));
        if pairing.learn(beads) < SETTLED {
            break;
        }
        alignment = align(zh, en, &Scorer::new(pairing, weights), &anchors);
    }
    alignment
}

fn texts<'a>(sentences: &'a [Sentence]) -> impl Iterator<Item = &'a str> {
    sentences.iter().map(|sentence| sentence.text)
}
