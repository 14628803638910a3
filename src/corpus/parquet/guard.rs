//! A Parquet file into its footer and its pages, none of them larger than the memory should hold: what they claim is
//! looked at before the crate makes room for it.

use crate::corpus::input::Stretch;
use crate::ingest::package::MOST_PACKED;
use bytes::Bytes;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;
use std::fs::File;
use std::io::{BufReader, Read};
use std::sync::Arc;

/// Bytes of a page, unpacked, and of a footer. Writers end a page at about one MiB.
const MOST_PAGE: usize = 64 << 20;
/// Those of a page in a file however small: a text that comes again and again packs to nothing.
const SMALL_PAGE: usize = 2 << 20;
/// Values of a page: those of a column that always says the same can be many.
const MOST_VALUES: u32 = 1 << 26;
/// Groups within groups of a schema, which the crate goes down by recursion.
const MOST_DEPTH: usize = 64;
/// Rows that a byte of a file can stand for. Packed texts that differ come to one in ten bytes or more; a file of this
/// many has nothing in it but the same row again and again.
const MOST_ROWS_A_BYTE: u64 = 64;

/// A file whose every read is checked.
pub(super) struct Guarded {
    file: File,
    size: u64,
}

fn refused(cause: impl Into<String>) -> ParquetError {
    ParquetError::General(cause.into())
}

impl Guarded {
    pub fn new(file: File) -> Result<Guarded> {
        let size = file.metadata()?.len();
        Ok(Guarded { file, size })
    }

    /// What stands at the end of the file.
    pub fn footer(&self) -> Result<ParquetMetaData> {
        const TAIL: u64 = 8;
        let none = || refused("no Parquet file: it does not end as one");
        let start = self.size.checked_sub(TAIL).ok_or_else(none)?;
        let tail = self.get_bytes(start, TAIL as usize)?;
        let [a, b, c, d, b'P', b'A', b'R', b'1'] = tail[..] else {
            return Err(none());
        };
        let size = u32::from_le_bytes([a, b, c, d]);
        let start = start.checked_sub(size.into()).ok_or_else(|| {
            refused(format!(
                "its footer says that it is of {size} bytes, and the file has {}",
                self.size
            ))
        })?;
        let footer = self.get_bytes(start, size as usize)?;
        check_schema(&footer)?;
        let footer = ParquetMetaDataReader::decode_metadata(&footer)?;
        let rows = footer
            .row_groups()
            .iter()
            .map(|group| u64::try_from(group.num_rows()));
        let rows = rows.collect::<std::result::Result<Vec<u64>, _>>()?;
        let rows = rows.into_iter().fold(0, u64::saturating_add);
        match rows > self.size.saturating_mul(MOST_ROWS_A_BYTE) {
            true => Err(refused(format!(
                "its footer says that it has {rows} rows, and the file has {} bytes",
                self.size
            ))),
            false => Ok(footer),
        }
    }

    /// The pages of a column in a group of rows.
    pub fn pages(self: &Arc<Self>, column: &ColumnChunkMetaData, rows: usize) -> Result<Pages> {
        SerializedPageReader::new(Arc::clone(self), column, rows, None).map(Pages)
    }
}

impl Length for Guarded {
    fn len(&self) -> u64 {
        self.size
    }
}

impl ChunkReader for Guarded {
    type T = BufReader<Stretch>;

    /// A page from its header on.
    fn get_read(&self, start: u64) -> Result<Self::T> {
        let stretch = || Ok::<_, ParquetError>(Stretch::new(self.file.try_clone()?, start, self.size));
        let mut head = vec![];
        stretch()?.take(MOST_HEAD).read_to_end(&mut head)?;
        let size =
            page_size(&head).ok_or_else(|| refused("no page where its footer says that one begins"))?;
        let packed = usize::try_from(self.size).unwrap_or(usize::MAX);
        let most = packed
            .saturating_mul(MOST_PACKED as usize)
            .clamp(SMALL_PAGE, MOST_PAGE);
        if size > most {
            return Err(refused(format!(
                "a page of {size} bytes, unpacked, where {most} are the most in a file of its size"
            )));
        }
        Ok(BufReader::new(stretch()?))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        if length > MOST_PAGE {
            return Err(refused(format!(
                "{length} bytes in one piece, where {MOST_PAGE} are the most"
            )));
        }
        let end = start.saturating_add(length as u64);
        if end > self.size {
            return Err(refused(format!(
                "it ends at byte {}, and something should stand before byte {end}",
                self.size
            )));
        }
        let mut bytes = vec![0; length];
        Stretch::new(self.file.try_clone()?, start, end).read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

/// The pages of a column, each checked.
pub(super) struct Pages(SerializedPageReader<Guarded>);

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.0.get_next_page()?;
        let most = match &page {
            // Each is of four bytes at least: a length, or a number.
            Some(Page::DictionaryPage { buf, .. }) => u32::try_from(buf.len() / 4).unwrap_or(u32::MAX),
            _ => MOST_VALUES,
        };
        match page.as_ref().map_or(0, Page::num_values) {
            values if values > most => Err(refused(format!(
                "a page that says it has {values} values, and cannot"
            ))),
            _ => Ok(page),
        }
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.0.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.0.skip_next_page()
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Result<Page>> {
        self.get_next_page().transpose()
    }
}

/// Bytes of a page's header that say its size: it is the second of the header's fields.
const MOST_HEAD: u64 = 64;

/// The bytes that a page says it has, unpacked, by the beginning of its header; none where nothing is said.
fn page_size(header: &[u8]) -> Option<usize> {
    const UNPACKED: i64 = 2;
    let mut thrift = Thrift(header);
    let mut last = 0;
    while let Some((field, kind)) = thrift.field(&mut last)? {
        if (field, kind) == (UNPACKED, I32) {
            return usize::try_from(thrift.number()?).ok();
        }
        thrift.skip(kind, 0)?;
    }
    None
}

/// Refuses a footer whose schema says that a group has more children than there are, or is too deep.
fn check_schema(footer: &[u8]) -> Result<()> {
    match is_sound(footer) {
        Some(true) => Ok(()),
        Some(false) => Err(refused(
            "its footer has columns within columns, and not as many as it says",
        )),
        None => Err(refused("its footer is cut short, or is none")),
    }
}

fn is_sound(footer: &[u8]) -> Option<bool> {
    const SCHEMA: i64 = 2;
    const CHILDREN: i64 = 5;
    let mut thrift = Thrift(footer);
    let mut last = 0;
    while let Some((field, kind)) = thrift.field(&mut last)? {
        if (field, kind) != (SCHEMA, LIST) {
            thrift.skip(kind, 0)?;
            continue;
        }
        let (_, elements) = thrift.list()?;
        // The children to come of each group around an element.
        let mut around: Vec<i64> = vec![];
        for _ in 0..elements {
            let (mut children, mut last) = (0, 0);
            while let Some((field, kind)) = thrift.field(&mut last)? {
                match (field, kind) {
                    (CHILDREN, I32) => children = thrift.number()?,
                    _ => thrift.skip(kind, 0)?,
                }
            }
            while around.last() == Some(&0) {
                around.pop();
            }
            if let Some(left) = around.last_mut() {
                *left -= 1;
            }
            around.push(children);
            if !(0..=i64::try_from(elements).ok()?).contains(&children) || around.len() > MOST_DEPTH {
                return Some(false);
            }
        }
    }
    Some(true)
}

/// What is left to read of a structure in Thrift's compact protocol, which footers and headers are written in; none
/// where it is cut short or broken.
/// <https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md>
struct Thrift<'a>(&'a [u8]);

const I32: u8 = 5;
const LIST: u8 = 9;

impl Thrift<'_> {
    fn byte(&mut self) -> Option<u8> {
        self.0.split_off_first().copied()
    }

    fn bytes(&mut self, number: u64) -> Option<()> {
        self.0.split_off(..usize::try_from(number).ok()?).map(drop)
    }

    /// Seven bits a byte, the lowest first.
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// The sign stands in the lowest bit.
    fn number(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// The number and the type of the next field; none at the end of the structure.
    fn field(&mut self, last: &mut i64) -> Option<Option<(i64, u8)>> {
        let head = self.byte()?;
        if head == 0 {
            return Some(None);
        }
        *last = match head >> 4 {
            0 => self.number()?,
            more => last.checked_add(more.into())?,
        };
        Some(Some((*last, head & 0x0F)))
    }

    /// The type and number of a list's elements.
    fn list(&mut self) -> Option<(u8, u64)> {
        let head = self.byte()?;
        let number = match head >> 4 {
            15 => self.varint()?,
            few => few.into(),
        };
        Some((head & 0x0F, number))
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        match kind {
            // Whether it is true is said by its type.
            1 | 2 => Some(()),
            3 => self.bytes(1),
            4..=6 => self.varint().map(drop),
            7 => self.bytes(8),
            8 => {
                let length = self.varint()?;
                self.bytes(length)
            }
            LIST | 10 if depth < MOST_DEPTH => {
                let (kind, number) = self.list()?;
                (0..number).try_for_each(|_| match kind {
                    // In a list they have a byte.
                    1 | 2 => self.bytes(1),
                    kind => self.skip(kind, depth + 1),
                })
            }
            12 if depth < MOST_DEPTH => {
                let mut last = 0;
                while let Some((_, kind)) = self.field(&mut last)? {
                    self.skip(kind, depth + 1)?;
                }
                Some(())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_its_size_in_the_second_field_of_its_header() {
        // Type 0, 300 bytes unpacked, 20 packed.
        assert_eq!(page_size(&[0x15, 0, 0x15, 0xD8, 0x04, 0x15, 0x28]), Some(300));
        assert_eq!(page_size(&[0x15, 0, 0x25, 0x28]), None);
        assert_eq!(page_size(&[0x15, 0, 0x15, 0x01]), None);
        assert_eq!(page_size(&[0xFF; 64]), None);
    }

    #[test]
    fn a_schema_is_refused_that_has_fewer_columns_than_it_says_or_too_many_within_one_another() {
        // A version, and a list of elements that have nothing but a number of children.
        let footer = |children: &[u8]| {
            let mut footer = vec![0x15, 2, 0x19, 0xFC, children.len() as u8];
            footer.extend(children.iter().flat_map(|number| [0x55, number * 2, 0]));
            footer.push(0);
            is_sound(&footer)
        };
        assert_eq!(footer(&[2, 0, 1, 0]), Some(true));
        assert_eq!(footer(&[5, 0, 1, 0]), Some(false));
        assert_eq!(footer(&[1; 70]), Some(false));
        assert_eq!(is_sound(&[0x15, 2, 0x19, 0xFC, 0xFF, 0xFF, 0x7F]), None);
    }
}
