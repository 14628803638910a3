//! Numbers as they are written in Chinese and in English, and the values they have.
