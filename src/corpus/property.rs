//! What a row says besides its texts as names and values, for formats that hang properties on a unit: TMX and XLIFF.

use super::columns::{self, Fault};
use super::{Row, text::one_line};
use std::borrow::Cow;

/// The properties of a row that has them, in a fixed order.
pub(super) fn of(row: &Row) -> impl Iterator<Item = (&'static str, Cow<'_, str>)> {
    let score = row
        .aligner_score
        .map_or(String::new(), |score| format!("{score:.4}"));
    let properties: [(&str, Cow<str>); 8] = [
        ("score", score.into()),
        ("doc-pair-id", row.doc_pair_id.as_str().into()),
        ("link-no", row.link_no.to_string().into()),
        ("align-type", row.align_type.as_str().into()),
        ("src-sent-ids", row.src_sent_ids.as_str().into()),
        ("trg-sent-ids", row.trg_sent_ids.as_str().into()),
        ("flags", row.flags.as_str().into()),
        ("status", row.status.name().into()),
    ];
    properties.into_iter().filter(|(_, value)| !value.is_empty())
}

/// Puts a property into its place; one that is none of ours is passed over, since any tool may add its own.
pub(super) fn set(row: &mut Row, name: &str, value: &str) -> Result<(), Fault> {
    let text = one_line(value).0;
    match name {
        _ if value.is_empty() => {}
        "score" => row.aligner_score = Some(columns::score(value)?),
        "doc-pair-id" => row.doc_pair_id = text.into_owned(),
        "link-no" => row.link_no = columns::link_no(value)?,
        "align-type" => row.align_type = text.into_owned(),
        "src-sent-ids" => row.src_sent_ids = text.into_owned(),
        "trg-sent-ids" => row.trg_sent_ids = text.into_owned(),
        "flags" => row.flags = text.into_owned(),
        "status" => row.status = columns::status(value)?,
        _ => {}
    }
    Ok(())
}
