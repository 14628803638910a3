//! English running text into sentences.
