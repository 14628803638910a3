//! The sources of an event into who tells what: its statements, and the names in them.

use super::names::{Named, named};
use crate::compare::{Event, Statement};
use crate::lexicon::Lexicon;

/// Who tells what of an event, worked out once for the rules and for the report.
pub struct Telling<'e> {
    pub event: &'e Event<'e>,
    /// Every passage but those that say the same as one before.
    pub statements: Vec<Statement>,
    /// Those that most sources give first.
    pub names: Vec<Named>,
}

impl<'e> Telling<'e> {
    pub fn new(event: &'e Event<'e>, lexicon: &Lexicon) -> Telling<'e> {
        Telling {
            event,
            statements: event.statements(),
            names: named(event, lexicon),
        }
    }
}
