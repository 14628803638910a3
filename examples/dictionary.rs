//! Jieba's dictionary into the form that is embedded: lines of `word frequency tag` on standard input, bytes on standard
//! output.

use duizhao::words::dictionary::write;
use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let words = text.lines().map(|line| {
        let mut fields = line.split_ascii_whitespace();
        let (word, frequency) = fields
            .next()
            .zip(fields.next())
            .ok_or("a line without word and frequency")?;
        Ok((word, frequency.parse()?))
    });
    let words: Vec<(&str, u32)> = words.collect::<Result<_, Box<dyn std::error::Error>>>()?;
    std::io::stdout().write_all(&write(words))?;
    Ok(())
}
