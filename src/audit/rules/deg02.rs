//! Modality changed: 必须 against "may", 可能 against "will", "must" where the Chinese obliges to nothing.
//!
//! What obliges and what only may be is looked for on both sides by lists of words. A finding says what one side has and
//! the other has nothing near to. Where a row has both, the clause is looked at in which the verb of "must" or "may" stands
//! in Chinese.
//!
//! Passed over: 要, 会 and "will", "would", "can", "could", which stand for too much; the month of May; obligation said
//! with another word (need, have to, essential, 应, 须, 得, 只能).

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::super::wording::{WordList, en_words};
use super::{Check, Mode, Rule};
use crate::language::Side;

pub(super) const RULE: Rule = Rule {
    code: "DEG02",
    title: "modality changed",
    severity: Severity::Warning,
    modes: Mode::TRANSLATION,
    source: include_str!("deg02.rs"),
    checks: &[Check::Document(check)],
};

static ZH_MUST: WordList = WordList::new("必须, 务必, 必須, 務必");
static EN_OBLIGES: WordList = WordList::new(
    "must, have, has, had, need, should, shall, requir, necess, essential, imperativ, oblig, ought, \
    compuls, mandat, only, vital, crucial, critical, be, is, are, never, indispens, bound, \
    required, always, got, will",
);
static ZH_OBLIGES: WordList = WordList::new(
    "必, 须, 須, 应, 應, 要, 得, 需, 务, 務, 只, 定, 非, 肯, 绝, 该, 該, 准, 禁, 不能, 切, 想, 强制, \
    义务",
);
static EN_MUST: WordList = WordList::new("must, shall");
static EN_MUST_TOO: WordList = WordList::new("must, should, shall, need, have, has");
static EN_MAY: WordList = WordList::new("may, might");
static ZH_MAY: WordList = WordList::new("可能, 或许, 也许, 或者会, 未必, 不一定");
static EN_MAYBE: WordList = WordList::new(
    "may, might, could, can, possib, perhaps, maybe, likely, potential, would, probab, chance, \
    prospect, if, not, n't, unlikely, threat, risk, able, imposs, seem, appear, suspect, expect, \
    uncertain, cannot, should, potentially, prone, never, any, whether, unable, no",
);
static ZH_MAYBE: WordList = WordList::new(
    "可, 能, 或, 许, 許, 恐, 会, 會, 若, 想必, 未必, 估计, 大概, 有望, 不定, 疑, 似, 容易, 允许, \
    不得, 万一, 以免, 无论, 五月, 得以, 祝, 愿, 也, 便于, 为了, 如, 让, 以, 多, 难, 不",
);

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        let zh = passage.zh_text();
        let words = en_words(passage.en_lower());
        let musts = ZH_MUST.find(zh);
        if let (Some(&must), true) = (musts.first(), obliges(&words).is_none()) {
            found
                .push(Found::new(index, format!("{} obliges, the English does not", must.of(zh))).zh([must]));
        }
        let mays = ZH_MAY.find(zh);
        if let (Some(&may), true) = (mays.first(), EN_MAYBE.first_stem(&words).is_none()) {
            found.push(
                Found::new(
                    index,
                    format!("{} leaves it open, the English does not", may.of(zh)),
                )
                .zh([may]),
            );
        }
        if let (Some((word, span)), false) = (EN_MUST.first(&words), ZH_OBLIGES.is_in(zh)) {
            found.push(Found::new(index, format!("\"{word}\" obliges, the Chinese does not")).en([span]));
        }
        let may = EN_MAY
            .first(&words)
            .filter(|(_, span)| !passage.en_text()[span.range()].starts_with('M'));
        if let (Some((word, span)), false) = (may, ZH_MAYBE.is_in(zh)) {
            found.push(
                Found::new(index, format!("\"{word}\" leaves it open, the Chinese does not")).en([span]),
            );
        }
        if let (Some((word, span)), true) = (
            EN_MAY.first(&words),
            !musts.is_empty() && EN_MUST_TOO.first(&words).is_none(),
        ) {
            found.push(
                Found::new(index, format!("{} against \"{word}\"", musts[0].of(zh)))
                    .zh([musts[0]])
                    .en([span]),
            );
        }
        if found.last().is_none_or(|found| found.passage != index)
            && let Some(finding) = in_clause(index, passage)
        {
            found.push(finding);
        }
    }
    found
}

static ZH_OPEN: WordList = WordList::new(
    "可, 能, 或, 许, 許, 会, 會, 恐, 估计, 大概, 容易, 若, 如, 愿, 祝, 疑, 似, 有望, 预计, 未必, 不定, 以便, 想必, 难免, \
     让, 即使",
);
static ZH_BINDS: WordList = WordList::new(
    "必, 须, 須, 应, 應, 要, 需, 务, 務, 定, 得, 只能, 非, 禁, 不能, 不可, 切, 准, 强制, 义务, 该, 該, 肯定, 只好, 请, 勿, \
     有待, 责任, 才, 想, 绝, 别",
);
static ZH_SHOULD: WordList = WordList::new("必, 须, 須, 应, 應, 要, 需, 务, 務");

/// A clause whose verb stands in a Chinese clause of another modality, where the row as a whole has both.
fn in_clause(index: usize, passage: &Passage) -> Option<Found> {
    let words = passage.words(Side::En);
    for part in passage.parts(Side::En) {
        for at in part.words.clone() {
            let key = &*words[at].key;
            let (obliges, may) = (EN_MUST.holds(key), EN_MAY.holds(key));
            if !obliges && !may {
                continue;
            }
            let Some((_, places)) = passage.behind(Side::En, at, part.words.end) else {
                continue;
            };
            let clauses = places.iter().filter_map(|&zh| passage.clause_of(Side::Zh, zh));
            let clauses: Vec<&str> = clauses.map(|clause| clause.span.of(passage.zh_text())).collect();
            let any = |list: &WordList| clauses.iter().any(|clause| list.is_in(clause));
            if obliges && !any(&ZH_BINDS) || may && any(&ZH_SHOULD) && !any(&ZH_OPEN) {
                let message = format!("\"{key}\" is not what {} says", clauses.join(" / "));
                return Some(Found::new(index, message).en([part.span]));
            }
        }
    }
    None
}

/// A word that obliges: short ones as they are, longer ones by their beginning.
fn obliges<'t>(words: &[(&'t str, crate::span::Span)]) -> Option<&'t str> {
    let is = |word: &str| {
        let mut stems = EN_OBLIGES.stems_of(word);
        stems.any(|stem| word == stem || stem.len() > 4)
    };
    let strong = words
        .iter()
        .find(|(word, _)| is(word) && !["is", "are", "be", "will", "has", "had", "have"].contains(word));
    let to = words
        .windows(2)
        .find(|pair| ["have", "has", "had", "is", "are", "be"].contains(&pair[0].0) && pair[1].0 == "to");
    strong.or(to.map(|pair| &pair[0])).map(|(word, _)| *word)
}
