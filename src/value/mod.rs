//! Text into values: numbers and dates of both languages, comparable whatever form they are written in.

pub mod date;
pub mod number;
