//! Documents of one event into links: which passages say the same, which in part, which are told by one source alone.
//!
//! These texts are no translations of each other: a readout of each side, and what the press made of both. Each tells
//! what it wants, in its own order, so links may cross, a passage may have many, and most have none.

mod clause;
mod event;
mod feature;
pub mod group;
mod joint;
mod link;
pub mod page;
mod quote;
mod role;
mod sketch;
mod speaker;
mod text;
mod weights;

pub use event::{Comparison, Event, Partner, Source, Statement};
pub use feature::{FEATURES, Feature, Features, features};
pub use joint::LinkGroup;
pub use link::{Evidence, Label, Link, Links, Matched, link};
pub use quote::{Quote, QuoteKind};
pub use text::Text;
pub use weights::Weights;
