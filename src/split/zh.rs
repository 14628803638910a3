//! Chinese running text into sentences.
