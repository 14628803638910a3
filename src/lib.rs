//! duizhao 对照 ("side by side") aligns Chinese documents with English ones and writes parallel corpora.
//!
//! ```text
//! Source -> Document -> Segment -> Sentence -> Words -> Score -> Bead -> Row
//! ```
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
pub mod corpus;
pub mod eval;
pub mod pipeline;
pub mod batch;
