//! Scores into beads: the best path through both documents. The aligner sees counts and a scorer, never text.

mod band;
mod bead;
mod search;
mod trellis;

pub use band::{Band, Node};
pub use bead::{Alignment, Bead};
pub use search::{align, is_searched_whole};
pub use trellis::{Posteriors, SHAPES, Step, Trellis};
