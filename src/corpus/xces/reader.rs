//! Links and the documents they point at into rows.

use super::{Group, Item, Link, Links};
use crate::corpus::Row;
use crate::corpus::input;
use crate::corpus::text::{join, one_line};
use crate::corpus::xml::{Piece, Xml};
use crate::error::{Error, Kind, Result};
use crate::language::Side;
use std::collections::HashMap;
use std::io::BufRead;
use std::path::{Path, PathBuf};

/// Rows one at a time, for an alignment and the documents it names: XML whose sentences are `<s id="1:2">`, with words
/// in elements `w` and `c` or without. A document is looked for beside the alignment, by its path and by its bare name,
/// with `.gz` and without; those of one pair at a time are in memory.
///
/// A link to a sentence that is not there is an error, and the rows after it can still be read.
pub struct Reader<R: BufRead> {
    links: Links<R>,
    folder: PathBuf,
    group: Group,
    documents: Option<[Document; 2]>,
    rows: usize,
}

impl<R: BufRead> Reader<R> {
    /// `folder` is where documents are looked for.
    ///
    /// # Errors
    /// When nothing can be read from the input.
    pub fn new(source: impl Into<String>, input: R, folder: &Path) -> Result<Self> {
        Ok(Reader {
            links: Links::new(source, input)?,
            folder: folder.to_owned(),
            group: Group::default(),
            documents: None,
            rows: 0,
        })
    }

    fn begin(&mut self, group: Group) -> Result<()> {
        self.documents = None;
        let [zh, en] = [&group.zh, &group.en].map(|name| self.document(name));
        let (Some(zh), Some(en)) = (zh, en) else {
            let cause = format!(
                "it points at {} and {}, and they are not both in {}",
                group.zh,
                group.en,
                self.folder.display()
            );
            return Err(Error::new(Kind::Read, self.links.source(), cause)
                .line(group.line)
                .remedy("put both documents there, under these names or their last parts"));
        };
        self.documents = Some([Document::read(Side::Zh, &zh)?, Document::read(Side::En, &en)?]);
        self.group = group;
        self.rows = 0;
        Ok(())
    }

    fn document(&self, name: &str) -> Option<PathBuf> {
        let unpacked = name.strip_suffix(".gz").unwrap_or(name);
        let packed = format!("{unpacked}.gz");
        let names = [name, unpacked, &packed];
        let paths = names.into_iter().flat_map(|name| {
            let last = Path::new(name).file_name().unwrap_or_default();
            [self.folder.join(name), self.folder.join(last)]
        });
        paths.into_iter().find(|path| path.is_file())
    }

    /// None for a link of a group whose documents could not be read, which was said.
    fn row(&mut self, link: Link) -> Option<Result<Row>> {
        let [zh, en] = self.documents.as_ref()?;
        self.rows += 1;
        let sides = zh.side(&link.zh).and_then(|zh| Ok((zh, en.side(&link.en)?)));
        let ((src_text, src_index), (trg_text, trg_index)) = match sides {
            Ok(sides) => sides,
            Err(cause) => {
                let error = Error::new(Kind::Malformed, self.links.source(), cause);
                let remedy = "give the documents of the version that was aligned";
                return Some(Err(error.line(link.line).remedy(remedy)));
            }
        };
        let doc_pair_id = match self.group.id.as_str() {
            "" => &self.group.zh,
            id => id,
        };
        Some(Ok(Row {
            src_url: self.group.zh.clone(),
            trg_url: self.group.en.clone(),
            src_text,
            trg_text,
            aligner_score: link.score,
            pair_id: link.id,
            doc_pair_id: doc_pair_id.to_owned(),
            link_no: self.rows,
            align_type: format!("{}-{}", link.zh.len(), link.en.len()),
            src_sent_ids: link.zh.join(" "),
            trg_sent_ids: link.en.join(" "),
            status: link.status,
            src_index,
            trg_index,
            ..Row::default()
        }))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        loop {
            match self.links.next()? {
                Ok(Item::Group(group)) => {
                    if let Err(error) = self.begin(group) {
                        return Some(Err(error));
                    }
                }
                Ok(Item::Link(link)) => match self.row(link) {
                    Some(row) => return Some(row),
                    None => continue,
                },
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// The sentences of a document by their ids.
struct Document {
    name: String,
    side: Side,
    /// Place, from 0, and text.
    sentences: HashMap<String, (usize, String)>,
}

impl Document {
    fn read(side: Side, path: &Path) -> Result<Document> {
        let name = input::name(path);
        let mut input = input::open(path)?;
        let begins = input.fill_buf().map_err(|cause| Error::read(&name, &cause))?;
        if !begins.contains(&b'<') {
            let cause = "links point at its sentences by ids, and it is no XML that has them";
            return Err(Error::new(Kind::Read, name, cause)
                .remedy("align the pair to TSV or another format that holds the texts, and read that"));
        }
        let mut xml = Xml::new(name, input)?;
        let mut sentences = HashMap::new();
        loop {
            xml.next_unit();
            match xml.next()? {
                Piece::Start(element) if element.name == "s" => {
                    let Some(id) = element.get("id") else {
                        return Err(xml.malformed("a sentence without an id", "write <s id=\"1:1\">"));
                    };
                    let text = sentence(&mut xml, side)?;
                    let place = sentences.len();
                    if sentences.insert(id.to_owned(), (place, text)).is_some() {
                        let cause = format!("a second sentence {id:?}");
                        return Err(xml.malformed(cause, "give each sentence an id of its own"));
                    }
                }
                Piece::Eof => break,
                _ => {}
            }
        }
        Ok(Document {
            name: xml.source().to_owned(),
            side,
            sentences,
        })
    }

    /// Text and places of the sentences of a link.
    fn side(&self, ids: &[String]) -> std::result::Result<(String, Vec<usize>), String> {
        let found = |id: &String| {
            self.sentences
                .get(id)
                .ok_or_else(|| format!("{} has no sentence {id:?}", self.name))
        };
        let sentences = ids
            .iter()
            .map(found)
            .collect::<std::result::Result<Vec<_>, _>>()?;
        let text = join(self.side, sentences.iter().map(|(_, text)| text.as_str()));
        Ok((text, sentences.iter().map(|(place, _)| *place).collect()))
    }
}

/// The text of the sentence whose start was read last: its words, else all there is in it.
fn sentence<R: BufRead>(xml: &mut Xml<R>, side: Side) -> Result<String> {
    let (mut text, mut words, mut word) = (String::new(), vec![], None);
    loop {
        match xml.next()? {
            Piece::Text(piece) => word.as_mut().unwrap_or(&mut text).push_str(&piece),
            Piece::Start(element) if element.name == "w" || element.name == "c" => word = Some(String::new()),
            Piece::End(name) if name == "w" || name == "c" => words.extend(word.take()),
            Piece::End(name) if name == "s" => break,
            _ => {}
        }
    }
    match words.is_empty() {
        true => Ok(one_line(&text).0.trim_matches(' ').to_owned()),
        false => Ok(join(side, words.iter().map(|word| word.trim()))),
    }
}
