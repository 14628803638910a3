//! A document into what it is in an event, guessed, and into who put it out, where it says so.

use crate::ingest::{Document, Role};
use crate::split::Sentence;

/// Words of a title or a first sentence by which official texts are known.
const STATEMENTS: [&str; 6] = [
    "joint statement",
    "joint communiqu",
    "联合声明",
    "联合公报",
    "聯合聲明",
    "联合新闻公报",
];
const READOUTS: [&str; 14] = [
    "readout",
    "会见",
    "会谈",
    "会晤",
    "通电话",
    "通話",
    "通话",
    "會見",
    "會談",
    "會晤",
    "通電話",
    "'s call with",
    "’s call with",
    "’s meeting with",
];
const TRANSCRIPTS: [&str; 6] = [
    "transcript",
    "press briefing",
    "remarks by",
    "记者会",
    "实录",
    "答记者问",
];
/// Of a text with a role that its title does not tell: words of one's own telling, in the press.
const PRESS: [&str; 8] = [
    " said",
    " told ",
    "according to",
    "analysts",
    "reported",
    "据",
    "记者",
    "报道",
];

/// Marks of speech that is quoted whole, as the Chinese press does and official texts do not: these quote words and names.
const SPOKEN: [&str; 7] = ["：“", "。”", "！”", "？”", "：「", "。」", "，”"];
/// What the Chinese press opens with.
const BYLINES: [&str; 3] = ["本报讯", "本报记者", "综合报道"];

/// How many passages say what a text is.
const HEAD: usize = 2;

pub(super) fn guess(document: &Document, passages: &[Sentence]) -> Role {
    let title = document.title.iter().map(String::as_str);
    let head: String = title
        .chain(passages.iter().take(HEAD).map(|passage| passage.text))
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if has(&TRANSCRIPTS) {
        return Role::Transcript;
    }
    if has(&STATEMENTS) {
        return Role::Statement;
    }
    if has(&BYLINES) {
        return Role::Coverage;
    }
    let quotes = passages
        .iter()
        .filter(|passage| is_told_by_others(passage.text))
        .count();
    match has(&READOUTS) && quotes * 5 < passages.len() {
        true => Role::Readout,
        false if quotes * 10 >= passages.len() => Role::Coverage,
        false => Role::Readout,
    }
}

fn is_told_by_others(passage: &str) -> bool {
    if SPOKEN.iter().any(|marks| passage.contains(marks)) {
        return true;
    }
    let is_quoted = passage.contains(['“', '"', '「']);
    let low = passage.to_lowercase();
    is_quoted && PRESS.iter().any(|word| low.contains(word))
}

/// Beginnings that name who put a text out.
const ISSUERS: [&str; 8] = [
    "新华社",
    "央视网",
    "外交部",
    "商务部",
    "白宫",
    "The White House",
    "Ministry of",
    "Office of",
];

/// Who put the text out, by what it begins with: `央视网消息（...）：`, `新华社北京5月8日电`.
pub(super) fn issuer(passages: &[Sentence]) -> Option<String> {
    let head = passages.iter().take(HEAD + 1).map(|passage| passage.text);
    let named = |text: &str| {
        ISSUERS
            .iter()
            .find(|name| text.starts_with(**name))
            .map(|name| name.to_string())
    };
    head.filter_map(named).next()
}
