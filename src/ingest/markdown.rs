//! Markdown into clean text: a block a line, without the mark-up; front matter gives title and date.

use super::{Parsed, SegmentKind, html, iso_date, joint};
use crate::error::{Error, Kind, Note, Result};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Bytes of memory that the parser has at most for a mark and the text behind it: two nodes, thrice while they move.
const MARK: usize = 2 * 48 * 3;
/// Bytes of memory that a file may take: 300 MB of prose, or 15 MB of nothing but marks.
const MOST: usize = 4 << 30;

/// # Errors
/// [`Kind::Read`] for more marks than fit into the memory; those of the HTML in it.
pub(super) fn parse(source: &str, text: &str) -> Result<Parsed> {
    let is_mark = |byte: &u8| byte.is_ascii_punctuation() || *byte == b'\n';
    let marks = text.bytes().filter(is_mark).count();
    if marks > MOST / MARK {
        let cause = format!("{marks} marks in it, for which its parser may take more than 4 GiB of memory");
        return Err(Error::new(Kind::Read, source, cause).remedy("cut it into several files"));
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut writer = Writer {
        source,
        ..Writer::default()
    };
    for (event, place) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(tag) => writer.start(&tag, || super::line(text, place.start)),
            Event::End(tag) => writer.end(tag)?,
            Event::Text(part) => writer.text(&part),
            Event::Code(part) | Event::InlineMath(part) | Event::DisplayMath(part) => writer.text(&part),
            Event::Html(part) => writer.block.push_str(&part),
            Event::InlineHtml(tag) if tag.starts_with("<br") => writer.block.push('\n'),
            Event::SoftBreak => writer.broken = true,
            Event::HardBreak => writer.block.push('\n'),
            // Marks without words.
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::Rule => {}
        }
    }
    writer.flush();
    Ok(writer.parsed)
}

#[derive(Default)]
struct Writer<'a> {
    source: &'a str,
    parsed: Parsed,
    /// The text of the block that is open.
    block: String,
    /// Whether the source broke the line behind it.
    broken: bool,
    /// The kinds of the blocks around, the innermost last.
    kinds: Vec<SegmentKind>,
    /// The heading that may become the title.
    is_top: bool,
}

impl Writer<'_> {
    fn start(&mut self, tag: &Tag, line: impl Fn() -> usize) {
        let kind = match tag {
            Tag::Heading { level, .. } => {
                self.is_top = *level == HeadingLevel::H1;
                SegmentKind::Heading
            }
            Tag::Item => SegmentKind::Item,
            Tag::TableCell => SegmentKind::Cell,
            Tag::FootnoteDefinition(_) => SegmentKind::Note,
            Tag::CodeBlock(_) => SegmentKind::Code,
            Tag::MetadataBlock(_) => {
                let note = "front matter is not aligned; its title and date are the document's";
                self.parsed.notes.push(Note::new(self.source, note).line(line()));
                return;
            }
            Tag::Paragraph | Tag::HtmlBlock | Tag::List(_) | Tag::BlockQuote(_) => return self.flush(),
            // Emphasis, links and images keep their words and nothing else.
            _ => return,
        };
        self.flush();
        self.kinds.push(kind);
    }

    fn end(&mut self, tag: TagEnd) -> Result<()> {
        match tag {
            TagEnd::Heading(_) => {
                if self.is_top && self.parsed.title.is_none() {
                    self.parsed.title = Some(self.block.trim().to_string()).filter(|title| !title.is_empty());
                }
                self.close();
            }
            TagEnd::Item | TagEnd::TableCell | TagEnd::FootnoteDefinition | TagEnd::CodeBlock => self.close(),
            TagEnd::Paragraph | TagEnd::List(_) | TagEnd::BlockQuote(_) => self.flush(),
            TagEnd::HtmlBlock => self.html()?,
            TagEnd::MetadataBlock(_) => self.front_matter(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, part: &str) {
        if std::mem::take(&mut self.broken) {
            self.block
                .push_str(joint(self.block.chars().next_back(), part.chars().next()));
        }
        self.block.push_str(part);
    }

    fn close(&mut self) {
        self.flush();
        self.kinds.pop();
    }

    fn flush(&mut self) {
        let kind = self.kinds.last().copied().unwrap_or(SegmentKind::Paragraph);
        self.parsed.push(kind, &std::mem::take(&mut self.block));
        self.broken = false;
    }

    fn html(&mut self) -> Result<()> {
        let page = html::parse(self.source, &std::mem::take(&mut self.block))?;
        for segment in page.segments {
            self.parsed.push(segment.kind, segment.span.of(&page.text));
        }
        self.parsed.notes.extend(page.notes);
        for (what, letters) in page.kept_out {
            *self.parsed.kept_out.entry(what).or_default() += letters;
        }
        Ok(())
    }

    fn front_matter(&mut self) {
        for line in std::mem::take(&mut self.block).lines() {
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_matches(['"', '\'']);
            match key {
                "title" if !value.is_empty() => self.parsed.title = Some(value.into()),
                "date" => self.parsed.date = iso_date(value),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nothing_but_marks_is_refused_before_it_fills_the_memory() {
        let error = parse("x.md", &"*".repeat(15_000_000)).err().unwrap();
        assert_eq!(
            error.to_string(),
            "x.md: 15000000 marks in it, for which its parser may take more than 4 GiB of memory; cut it into several files"
        );
    }
}
