//! Dates, with or without a year, and what they are equal to.

use serde::{Deserialize, Serialize};

/// A day, a month or a year; what is not said is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Date {
    pub year: Option<i32>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}
