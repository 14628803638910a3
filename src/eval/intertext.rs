//! Alignment XML, InterText's or XCES `cesAlign`, into beads.

use super::{Bead, Beads};
use crate::corpus::xces::{Item, Link, Links};
use crate::error::{Error, Kind, Result};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the links of one document pair without its documents, in whose place stands what InterText's documentation of
/// its files and OPUS's say of ids: they end in numbers (`3`, `2:3`, `s2.3`, `novel:0:2:3`), and sentences stand in the
/// order of these. Every sentence is in some link, alone if it has no counterpart: a number left out within a paragraph
/// is an error, since all places behind it would be wrong.
pub fn read(source: &str, bytes: &[u8]) -> Result<Beads> {
    let file = File { source };
    let (mut groups, mut links) = (0, vec![]);
    for item in Links::new(source, bytes)? {
        match item? {
            Item::Group(group) => {
                groups += 1;
                if groups > 1 {
                    let cause = "a second linkGrp: more than one document pair";
                    return Err(file.malformed(
                        group.line,
                        cause.into(),
                        "cut the file into one for each document pair",
                    ));
                }
            }
            Item::Link(link) => links.push(link),
        }
    }
    file.beads(&links)
}

struct File<'a> {
    source: &'a str,
}

/// The numbers at the end of an id: `novel:2:3` is 2, 3.
type Id = Vec<u64>;

/// The sentences of one document in each link, and the line it stands in.
type Ids = Vec<(usize, Vec<Id>)>;

impl File<'_> {
    fn beads(&self, links: &[Link]) -> Result<Beads> {
        let [zh, en] = [
            self.ids(links, |link| &link.zh)?,
            self.ids(links, |link| &link.en)?,
        ];
        let (zh_places, en_places) = (self.places(&zh)?, self.places(&en)?);
        let of = |places: &BTreeMap<&Id, usize>, ids: &[Id]| ids.iter().map(|id| places[id]).collect();
        let both = zh.iter().zip(&en);
        let beads = both.map(|((_, zh), (_, en))| Bead {
            zh: of(&zh_places, zh),
            en: of(&en_places, en),
        });
        Ok(beads.collect())
    }

    fn ids(&self, links: &[Link], side: impl Fn(&Link) -> &Vec<String>) -> Result<Ids> {
        let ids = |link: &Link| {
            let ids = side(link).iter().map(|text| {
                id(text).ok_or_else(|| {
                    let cause = format!("the id {text:?} does not end in a number");
                    self.malformed(
                        link.line,
                        cause,
                        "number sentences in their order, as \"1:1 1:2;1:3\"",
                    )
                })
            });
            Ok((link.line, ids.collect::<Result<_>>()?))
        };
        links.iter().map(ids).collect()
    }

    /// The place of every sentence of one document, from 0.
    fn places<'i>(&self, links: &'i Ids) -> Result<BTreeMap<&'i Id, usize>> {
        let ids: BTreeSet<&Id> = links.iter().flat_map(|(_, ids)| ids).collect();
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
                let line = links
                    .iter()
                    .find(|(_, ids)| ids.contains(id))
                    .map_or(0, |(line, _)| *line);
                let cause = format!("sentence {} is linked and the one before it is not", show(id));
                return Err(self.malformed(
                    line,
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

    fn malformed(&self, line: usize, cause: String, remedy: &str) -> Error {
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
