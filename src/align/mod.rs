//! Scores into beads: the best path through both documents. The aligner sees counts and a scorer, never text.

mod bead;

pub use bead::{Alignment, Bead};
