//! Names of files into what they say: the document's id, its side, its format.

use crate::language::Side;
use std::path::Path;

/// The document's id and the side that its path says it is on.
///
/// The id is the file name without its extension and without a mark of the language: a last part of the name, after
/// `.`, `_` or `-`. Where the name has no mark, a folder of that name is one, or the first part of the name. A file that is
/// named by its mark alone has its folder's name for an id.
///
/// ```
/// use duizhao::ingest::name::language_mark;
/// use duizhao::language::Side;
/// assert_eq!(language_mark("novel.zh.txt"), ("novel".into(), Some(Side::Zh)));
/// assert_eq!(language_mark("page-zh-CN.html"), ("page".into(), Some(Side::Zh)));
/// assert_eq!(language_mark("en/page.html"), ("page".into(), Some(Side::En)));
/// assert_eq!(language_mark("speech/en.txt"), ("speech".into(), Some(Side::En)));
/// assert_eq!(language_mark("zh_novel.txt"), ("novel".into(), Some(Side::Zh)));
/// assert_eq!(language_mark("open.txt"), ("open".into(), None));
/// ```
pub fn language_mark(path: &str) -> (String, Option<Side>) {
    if path == "-" {
        return ("stdin".into(), None);
    }
    let whole = uncompressed(path);
    let stem = match side_of(extension(path)) {
        Some(_) => whole,
        None => whole
            .strip_suffix(extension(path))
            .and_then(|stem| stem.strip_suffix('.'))
            .unwrap_or(whole),
    };
    let folder = |path: &str| {
        Some(
            Path::new(path)
                .parent()?
                .file_name()?
                .to_string_lossy()
                .into_owned(),
        )
    };
    if let Some(side) = side_of(stem) {
        return (folder(path).unwrap_or_else(|| stem.into()), Some(side));
    }
    // Every cut of the name into two parts, the shortest first part first: the whole of `zh-CN` is the mark of `x-zh-CN`.
    let cuts = || {
        let ends = stem.char_indices().filter(|&(at, c)| at > 0 && ".-_".contains(c));
        ends.map(|(at, _)| (&stem[..at], &stem[at + 1..]))
    };
    let last = cuts().find_map(|(id, mark)| Some((id, side_of(mark)?)));
    let in_folder = || {
        let mut folders = Path::new(path).ancestors().skip(1).filter_map(Path::file_name);
        folders.find_map(|folder| Some((stem, side_of(&folder.to_string_lossy())?)))
    };
    let first = || {
        let longest = cuts().rev().find_map(|(mark, id)| Some((id, side_of(mark)?)));
        longest.filter(|(id, _)| !id.is_empty())
    };
    match last.or_else(in_folder).or_else(first) {
        Some((id, side)) => (id.into(), Some(side)),
        None => (stem.into(), None),
    }
}

/// The extension of a file name without its dot, below `.gz` or `.zst`; empty if it has none.
pub(super) fn extension(path: &str) -> &str {
    match uncompressed(path).rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension,
        _ => "",
    }
}

/// The file name without `.gz` or `.zst`.
pub fn uncompressed(path: &str) -> &str {
    let name = path.rsplit(std::path::is_separator).next().unwrap_or(path);
    [".gz", ".zst"]
        .iter()
        .find_map(|compressed| name.strip_suffix(compressed))
        .unwrap_or(name)
}

/// The document of an address, without the place in it ([`Document::address`](super::Document::address)).
///
/// ```
/// use duizhao::ingest::name::whole;
/// assert_eq!(whole("film.zh.srt#t=61.2,65"), "film.zh.srt");
/// assert_eq!(whole("news.txt#2"), "news.txt#2");
/// ```
pub fn whole(address: &str) -> &str {
    let places = ["#t=", "&t=", "#page=", "&page="];
    let place = places.iter().filter_map(|place| address.rfind(place)).max();
    &address[..place.unwrap_or(address.len())]
}

/// The side that a mark stands for.
fn side_of(mark: &str) -> Option<Side> {
    let mark = mark.to_lowercase().replace('_', "-");
    let known = |marks: &[&str]| marks.contains(&mark.as_str());
    match mark.split_once('-') {
        Some((
            "zh",
            "cn" | "tw" | "hk" | "mo" | "sg" | "hans" | "hant" | "hans-cn" | "hant-tw" | "hant-hk",
        )) => Some(Side::Zh),
        Some(("en", "us" | "gb" | "uk" | "au" | "ca" | "nz" | "ie" | "in" | "hk" | "sg")) => Some(Side::En),
        Some(_) => None,
        None if known(&["zh", "zho", "chi", "cn", "chs", "cht", "chinese", "中文", "中"]) => {
            Some(Side::Zh)
        }
        None if known(&["en", "eng", "english", "英文", "英"]) => Some(Side::En),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Side::{En, Zh};

    #[test]
    fn a_mark_is_found_wherever_people_put_it() {
        let cases = [
            ("a/b/x.zh.txt", "x", Some(Zh)),
            ("x.zh", "x", Some(Zh)),
            ("x_zh.txt", "x", Some(Zh)),
            ("x-en.md", "x", Some(En)),
            ("x.zh-CN.html", "x", Some(Zh)),
            ("x_zh_TW.txt", "x", Some(Zh)),
            ("x.en_US.txt.gz", "x", Some(En)),
            ("x.EN.txt.zst", "x", Some(En)),
            ("报告.中文.txt", "报告", Some(Zh)),
            ("data/zh/x.txt", "x", Some(Zh)),
            ("zh-Hant/part1/x.txt", "x", Some(Zh)),
            ("zh/x.en.txt", "x", Some(En)),
            ("en.txt", "en", Some(En)),
            ("speech/zh.txt", "speech", Some(Zh)),
            ("zh_speech.txt", "speech", Some(Zh)),
            ("zh-TW_speech.txt", "speech", Some(Zh)),
            ("zh/en-passant.txt", "en-passant", Some(Zh)),
            ("news.2018.05.08.en", "news.2018.05.08", Some(En)),
        ];
        for (path, id, side) in cases {
            assert_eq!(language_mark(path), (id.into(), side), "{path}");
        }
    }

    #[test]
    fn words_that_only_end_like_a_mark_are_none() {
        for (path, id) in [
            ("kitchen.txt", "kitchen"),
            ("a-hen.txt", "a-hen"),
            (".en", ".en"),
            ("en-.txt", "en-"),
            ("enough-said.txt", "enough-said"),
            ("x", "x"),
            ("-", "stdin"),
        ] {
            assert_eq!(language_mark(path), (id.into(), None), "{path}");
        }
    }
}
