//! duizhao 对照 ("side by side") aligns Chinese documents with English ones and writes parallel corpora.
//!
//! ```text
//! Source -> Document -> Segment -> Sentence -> Words -> Score -> Bead -> Row
//! ```
//!
//! ```
//! use duizhao::{align::align, lexicon::Lexicon, score::{Pairing, Scorer, Weights, anchors}};
//!
//! let zh = ["渡船七点开。", "船上只有我们两个人。"];
//! let en = ["The ferry left at seven.", "There were only two of us on board."];
//! let pairing = Pairing::new(zh, en, Lexicon::embedded());
//! let scorer = Scorer::new(&pairing, Weights::embedded());
//! let alignment = align(zh.len(), en.len(), &scorer, &anchors(&pairing));
//! let beads: Vec<_> = alignment.beads().iter().map(|bead| (bead.zh.clone(), bead.en.clone())).collect();
//! assert_eq!(beads, [(0..1, 0..1), (1..2, 1..2)]);
//! ```
//!
//! From files to rows it is one call: [`pipeline::align_documents`].
//!
//! Each stage is a function between two of these types, and the modules below stand in that order: a module may use
//! the ones above it and never one below (`tests/architecture.rs` holds them to it).

pub mod error;
pub mod span;
pub mod script;
pub mod language;
pub mod value;
pub mod ingest;
pub mod split;
pub mod words;
pub mod lexicon;
pub mod score;
pub mod pair;
pub mod align;
pub mod compare;
pub mod corpus;
pub mod filter;
pub mod terms;
pub mod audit;
pub mod eval;
pub mod pipeline;
pub mod batch;
