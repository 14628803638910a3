//! Alignment XML, InterText's or XCES `cesAlign`, into beads.

use super::{Bead, Beads};
use crate::error::{Error, Kind, Result};
use crate::language::Side;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// Reads `<linkGrp toDoc fromDoc>` with its `<link xtargets="1:1 1:2;1:3"/>`.
///
/// What we take for granted, from InterText's documentation of its files and those of OPUS:
///
/// - Left of the semicolon stand the `toDoc` sentences if `linkGrp` is the root, as InterText writes it, and the
///   `fromDoc` sentences under a `cesAlign` root, as OPUS writes it.
/// - Ids end in numbers (`3`, `2:3`, `s2.3`, `novel:0:2:3`), and sentences stand in the order of these. Every sentence
///   is in some link, alone if it has no counterpart: a number left out within a paragraph is an error, since all
///   places behind it would be wrong.
pub fn read(source: &str, text: &str) -> Result<Beads> {
    let file = File { source, text };
    let mut xml = Reader::from_str(text);
    let mut first_is_from = false;
    let mut sides = None;
    let mut links = vec![];
    let mut depth = 0;
    loop {
        let at = usize::try_from(xml.buffer_position()).unwrap_or(text.len());
        let event = xml
            .read_event()
            .map_err(|cause| file.malformed(at, cause.to_string(), WELL_FORMED))?;
        let element = match event {
            Event::Start(element) => {
                depth += 1;
                element
            }
            Event::Empty(element) => element,
            Event::End(_) => {
                depth -= 1;
                continue;
            }
            Event::Eof if depth > 0 => {
                return Err(file.malformed(
                    at,
                    "the file ends inside an element".into(),
                    "fetch the whole file",
                ));
            }
            Event::Eof => break,
            _ => continue,
        };
        match element.name().0 {
            "cesAlign" => first_is_from = true,
            "linkGrp" if sides.is_some() => {
                let cause = "a second linkGrp: more than one document pair".into();
                return Err(file.malformed(at, cause, "cut the file into one for each document pair"));
            }
            "linkGrp" => sides = Some(file.sides(at, &element, first_is_from)?),
            "link" => links.push(file.link(at, &element)?),
            _ => {}
        }
    }
    let Some(first) = sides else {
        return Err(file.malformed(
            0,
            "no linkGrp element".into(),
            "give InterText's alignment, not its texts",
        ));
    };
    file.beads(first, links)
}

const WELL_FORMED: &str = "mend the XML: xmllint names the place, too";

struct File<'a> {
    source: &'a str,
    text: &'a str,
}

/// The ids of a link, left and right of its semicolon, and the byte the link stands at.
struct Link {
    at: usize,
    left: Vec<Id>,
    right: Vec<Id>,
}

/// The numbers at the end of an id: `novel:2:3` is 2, 3.
type Id = Vec<u64>;

impl File<'_> {
    /// The side whose ids stand left of the semicolon.
    fn sides(&self, at: usize, group: &BytesStart, first_is_from: bool) -> Result<Side> {
        let (first, second) = if first_is_from {
            ("fromDoc", "toDoc")
        } else {
            ("toDoc", "fromDoc")
        };
        let names = [
            self.attribute(at, group, first)?,
            self.attribute(at, group, second)?,
        ];
        let [first, second] = names.each_ref().map(|name| named_side(name));
        match (first, second) {
            (Some(Side::Zh), Some(Side::En) | None) | (None, Some(Side::En)) => Ok(Side::Zh),
            (Some(Side::En), Some(Side::Zh) | None) | (None, Some(Side::Zh)) => Ok(Side::En),
            _ => {
                let cause = format!(
                    "which of {:?} and {:?} is the Chinese document?",
                    names[0], names[1]
                );
                Err(self.malformed(at, cause, "name one with zh and one with en, as in novel.zh.xml"))
            }
        }
    }

    fn link(&self, at: usize, link: &BytesStart) -> Result<Link> {
        let targets = self.attribute(at, link, "xtargets")?;
        let ids = |list: &str| list.split_whitespace().map(id).collect::<Option<Vec<_>>>();
        let parts = targets
            .split_once(';')
            .and_then(|(left, right)| Some((ids(left)?, ids(right)?)));
        let Some((left, right)) = parts else {
            let cause = format!("xtargets={targets:?} does not list ids");
            return Err(self.malformed(at, cause, "write ids that end in numbers, as \"1:1 1:2;1:3\""));
        };
        Ok(Link { at, left, right })
    }

    fn beads(&self, first: Side, links: Vec<Link>) -> Result<Beads> {
        let left = self.places(links.iter().map(|link| (link.at, &link.left)))?;
        let right = self.places(links.iter().map(|link| (link.at, &link.right)))?;
        let bead = |link: &Link| {
            let left = link.left.iter().map(|id| left[id]).collect();
            let right = link.right.iter().map(|id| right[id]).collect();
            match first {
                Side::Zh => Bead { zh: left, en: right },
                Side::En => Bead { zh: right, en: left },
            }
        };
        Ok(links.iter().map(bead).collect())
    }

    /// The place of every sentence of one document, from 0.
    fn places<'i>(
        &self,
        links: impl Iterator<Item = (usize, &'i Vec<Id>)> + Clone,
    ) -> Result<BTreeMap<&'i Id, usize>> {
        let ids: BTreeSet<&Id> = links.clone().flat_map(|(_, ids)| ids).collect();
        let mut before: Option<&Id> = None;
        for id in &ids {
            let [paragraph @ .., number] = id.as_slice() else {
                continue;
            };
            let expected = match before.map(Vec::as_slice) {
                Some([same @ .., last]) if same == paragraph => [last + 1, last + 1],
                _ => [0, 1],
            };
            if !expected.contains(number) {
                let at = links
                    .clone()
                    .find(|(_, ids)| ids.contains(id))
                    .map_or(0, |(at, _)| at);
                let cause = format!("sentence {} is linked and the one before it is not", show(id));
                return Err(self.malformed(
                    at,
                    cause,
                    "list each sentence, those without a counterpart alone (\";1:2\")",
                ));
            }
            before = Some(id);
        }
        Ok(ids
            .into_iter()
            .enumerate()
            .map(|(place, id)| (id, place))
            .collect())
    }

    fn attribute(&self, at: usize, element: &BytesStart, name: &str) -> Result<String> {
        let malformed = |cause: String| self.malformed(at, cause, WELL_FORMED);
        let attribute = element
            .try_get_attribute(name)
            .map_err(|cause| malformed(cause.to_string()))?;
        let Some(attribute) = attribute else {
            let cause = format!("{} without {name}", element.name().0);
            return Err(self.malformed(at, cause, "a linkGrp has toDoc and fromDoc, a link xtargets"));
        };
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        Ok(value.map_err(|cause| malformed(cause.to_string()))?.into_owned())
    }

    fn malformed(&self, at: usize, cause: String, remedy: &str) -> Error {
        let line = 1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count();
        Error::new(Kind::Malformed, self.source, cause)
            .line(line)
            .remedy(remedy)
    }
}

/// The numbers at the end of an id, which `: , . - _` part; a prefix in letters is passed over.
fn id(text: &str) -> Option<Id> {
    let mut numbers = vec![];
    for part in text.rsplit([':', ',', '.', '-', '_']) {
        match part.parse() {
            Ok(number) => numbers.push(number),
            Err(_) => {
                let digits = part.trim_start_matches(|c: char| !c.is_ascii_digit());
                numbers.extend(digits.parse::<u64>());
                break;
            }
        }
    }
    numbers.reverse();
    // A last number has a next one.
    (numbers.last()? < &u64::MAX).then_some(numbers)
}

fn show(id: &Id) -> String {
    id.iter().map(u64::to_string).collect::<Vec<_>>().join(":")
}

/// The side that a document's name tells: a part of it is a language code.
fn named_side(name: &str) -> Option<Side> {
    let parts = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_ascii_lowercase);
    let sides: BTreeSet<_> = parts
        .filter_map(|part| match part.as_str() {
            "zh" | "cn" | "zho" | "chi" | "cmn" | "hans" | "hant" | "chinese" => Some("zh"),
            "en" | "eng" | "english" => Some("en"),
            _ => None,
        })
        .collect();
    match sides.iter().next() {
        Some(&"zh") if sides.len() == 1 => Some(Side::Zh),
        Some(&"en") if sides.len() == 1 => Some(Side::En),
        _ => None,
    }
}
