//! A document pair and its alignment into rows: every sentence in exactly one row, or named as dropped.

use super::{Row, Status, text};
use crate::align::Alignment;
use crate::error::Result;
use crate::ingest::Document;
use crate::language::Side;
use crate::span::Span;
use crate::split::Sentence;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// One side of a document pair: a document and those of its sentences that were aligned.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    pub document: &'a Document,
    /// What [`sift`] kept, in order: beads count these.
    pub sentences: &'a [Sentence<'a>],
}

/// Two documents that say the same in two languages.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// The `doc_pair_id` of its rows.
    pub id: &'a str,
    pub zh: Text<'a>,
    pub en: Text<'a>,
}

/// The rows of a document pair, and what had to change for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// In the order of the documents.
    pub rows: Vec<Row>,
    /// Places where a TAB or a line end inside a sentence gave way to a space or to nothing.
    pub spaces: usize,
}

/// A sentence that is in no row, for the manifest to name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The side whose document it stands in.
    pub side: Side,
    /// `3.2`: paragraph and sentence, both from 1.
    pub id: String,
    pub text: String,
    pub reason: String,
}

/// Parts the sentences of one side's document into those to align and those that are not: in neither Chinese nor
/// English, or of the head or foot of a page.
///
/// A sentence in the other side's language stays: a Chinese document that quotes English is Chinese there, too.
pub fn sift<'a>(
    side: Side,
    document: &Document,
    sentences: Vec<Sentence<'a>>,
) -> (Vec<Sentence<'a>>, Vec<Dropped>) {
    let mut dropped = Vec::new();
    let mut kept = sentences;
    kept.retain(|sentence| {
        let reason = match sentence.lang.side() {
            _ if document.is_running(sentence.segment) => "head or foot of a page",
            None => "neither Chinese nor English",
            Some(_) => return true,
        };
        dropped.push(Dropped {
            side,
            id: id(sentence),
            text: sentence.text.to_owned(),
            reason: reason.into(),
        });
        false
    });
    (kept, dropped)
}

/// The rows of a pair, one for each bead.
///
/// Texts are joined ([`join`](super::text::join)), put on one line ([`one_line`](super::text::one_line)) and otherwise
/// those of the documents, character for character. Scores are rounded to four decimals here, so that every format
/// says the same. The language of several sentences is that of the longest.
///
/// # Errors
/// When the alignment does not cover the pair's sentences ([`Alignment::verify`]).
///
/// ```
/// use duizhao::align::{Alignment, Bead};
/// use duizhao::corpus::{self, Pair, Text};
/// use duizhao::ingest::{Document, Encoding, EncodingFound};
/// use duizhao::{language::Lang, span::Span, split::Sentence};
///
/// fn document(source: &str, text: &str) -> Document {
///     let encoding = Encoding { name: "UTF-8".into(), found: EncodingFound::Valid, replaced: 0 };
///     Document {
///         id: "tea".into(), source: source.into(), text: text.into(), encoding,
///         title: None, date: None, role: None, segments: vec![], notes: vec![], locators: vec![],
///     }
/// }
///
/// fn sentence(text: &str, lang: Lang, start: usize, end: usize, number: usize) -> Sentence<'_> {
///     Sentence { span: Span::new(start, end), text: &text[start..end], lang, segment: 0, number, index: number }
/// }
///
/// let zh = document("tea.zh.txt", "水开了。茶好了。");
/// let en = document("tea.en.txt", "The water boils and tea is ready.");
/// let zh_sentences = [sentence(&zh.text, Lang::Hans, 0, 12, 0), sentence(&zh.text, Lang::Hans, 12, 24, 1)];
/// let en_sentences = [sentence(&en.text, Lang::En, 0, 33, 0)];
/// let pair = Pair {
///     id: "tea",
///     zh: Text { document: &zh, sentences: &zh_sentences },
///     en: Text { document: &en, sentences: &en_sentences },
/// };
///
/// let alignment = Alignment::new(vec![Bead { zh: 0..2, en: 0..1, score: 0.93 }], 2, 1)?;
/// let corpus::Rows { rows, .. } = corpus::rows(&pair, &alignment)?;
/// assert_eq!(rows[0].src_text, "水开了。茶好了。");
/// assert_eq!((rows[0].align_type.as_str(), rows[0].src_sent_ids.as_str()), ("2-1", "1.1 1.2"));
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub fn rows(pair: &Pair, alignment: &Alignment) -> Result<Rows> {
    alignment.verify(pair.zh.sentences.len(), pair.en.sentences.len())?;
    let mut spaces = 0;
    let rows = alignment
        .beads()
        .iter()
        .enumerate()
        .map(|(number, bead)| {
            let zh = Half::new(Side::Zh, &pair.zh.sentences[bead.zh.clone()]);
            let en = Half::new(Side::En, &pair.en.sentences[bead.en.clone()]);
            spaces += zh.spaces + en.spaces;
            row(pair, bead.is_link().then_some(bead.score), number + 1, zh, en)
        })
        .collect();
    Ok(Rows { rows, spaces })
}

/// Takes the rows out that score below `least`; their sentences, Chinese ones first. Omissions and additions have no score
/// and stay.
///
/// `rows` are those of this pair and alignment ([`rows`]).
pub fn drop_below(least: f32, pair: &Pair, alignment: &Alignment, rows: &mut Rows) -> Vec<Dropped> {
    let mut dropped = [Vec::new(), Vec::new()];
    let mut beads = alignment.beads().iter();
    rows.rows.retain(|row| {
        let bead = beads.next().expect("each bead has its row");
        let Some(score) = row.aligner_score.filter(|&score| score < least) else {
            return true;
        };
        let sides = [
            (Side::Zh, &pair.zh.sentences[bead.zh.clone()]),
            (Side::En, &pair.en.sentences[bead.en.clone()]),
        ];
        for (dropped, (side, sentences)) in dropped.iter_mut().zip(sides) {
            dropped.extend(sentences.iter().map(|sentence| Dropped {
                side,
                id: id(sentence),
                text: sentence.text.to_owned(),
                reason: format!("row {} scores {score}, less than {least}", row.link_no),
            }));
        }
        false
    });
    dropped.concat()
}

/// What one side of a bead puts into its row.
pub(super) struct Half {
    text: String,
    ids: String,
    lang: String,
    index: Vec<usize>,
    ends: Vec<usize>,
    /// From the first sentence to the last.
    span: Option<Span>,
    spaces: usize,
}

impl Half {
    pub(super) fn new(side: Side, sentences: &[Sentence]) -> Half {
        let line = |sentences: &[Sentence]| {
            let joined = text::join(side, sentences.iter().map(|sentence| sentence.text));
            let (text, spaces) = text::one_line(&joined);
            (text.into_owned(), spaces)
        };
        let (text, spaces) = line(sentences);
        let before = (1..sentences.len()).map(|count| line(&sentences[..count]).0.len());
        Half {
            ends: before
                .chain((!sentences.is_empty()).then_some(text.len()))
                .collect(),
            text,
            ids: sentences.iter().map(id).collect::<Vec<_>>().join(" "),
            lang: language(sentences),
            index: sentences.iter().map(|sentence| sentence.index).collect(),
            span: sentences
                .first()
                .zip(sentences.last())
                .map(|(first, last)| Span::new(first.span.start(), last.span.end().max(first.span.end()))),
            spaces,
        }
    }

    /// The document with the place in it, where it has places.
    fn address(&self, document: &Document) -> String {
        self.span
            .map_or(document.source.clone(), |span| document.address(span))
    }
}

pub(super) fn row(pair: &Pair, score: Option<f32>, link_no: usize, zh: Half, en: Half) -> Row {
    Row {
        src_url: zh.address(pair.zh.document),
        trg_url: en.address(pair.en.document),
        aligner_score: score.map(|score| (score * 1e4).round() / 1e4),
        doc_pair_id: pair.id.to_owned(),
        ..of_halves([&pair.zh.document.id, &pair.en.document.id], link_no, zh, en)
    }
}

/// A row of what one document says and no other: it names no other.
pub(super) fn row_of_one(side: Side, text: &Text, passage: usize, link_no: usize) -> Row {
    let half = Half::new(side, &text.sentences[passage..=passage]);
    let (id, address) = (&text.document.id, half.address(text.document));
    let row = match side {
        Side::Zh => Row {
            src_url: address,
            ..of_halves([id, ""], link_no, half, Half::new(Side::En, &[]))
        },
        Side::En => Row {
            trg_url: address,
            ..of_halves(["", id], link_no, Half::new(Side::Zh, &[]), half)
        },
    };
    Row {
        doc_pair_id: id.clone(),
        ..row
    }
}

/// What a row says of its sentences alone, and its own id, which the ids of both documents go into.
fn of_halves(documents: [&str; 2], link_no: usize, zh: Half, en: Half) -> Row {
    Row {
        pair_id: pair_id(documents, &zh, &en),
        align_type: format!("{}-{}", zh.index.len(), en.index.len()),
        src_text: zh.text,
        trg_text: en.text,
        link_no,
        src_sent_ids: zh.ids,
        trg_sent_ids: en.ids,
        src_lang: zh.lang,
        trg_lang: en.lang,
        flags: String::new(),
        status: Status::Auto,
        src_index: zh.index,
        trg_index: en.index,
        src_ends: zh.ends,
        trg_ends: en.ends,
        ..Row::default()
    }
}

fn id(sentence: &Sentence) -> String {
    format!("{}.{}", sentence.segment + 1, sentence.number + 1)
}

/// The language of the longest sentence, the first of them if several are as long; none for no sentence.
fn language(sentences: &[Sentence]) -> String {
    let longest = sentences.iter().rev().max_by_key(|sentence| sentence.text.len());
    longest.map_or(String::new(), |sentence| sentence.lang.tag().to_owned())
}

/// The first 16 hexadecimal digits of the SHA-256 of document ids, sentence ids and texts. Each field goes in behind
/// its length, so that no two rows can feed the same bytes.
fn pair_id(documents: [&str; 2], zh: &Half, en: &Half) -> String {
    let mut hash = Sha256::new();
    let fields = [documents[0], documents[1], &zh.ids, &en.ids, &zh.text, &en.text];
    for field in fields {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hexadecimal(&hash.finalize()[..8])
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
