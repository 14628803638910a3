//! Another verb of speech: 警告 against "said", 否认 against "admitted".
//!
//! Verbs that say how something was said are looked for on both sides: who warns, denies, admits, urges, condemns, refuses
//! does more than speak. A finding says which side has the verb and that the other has none like it.
//!
//! Passed over: 说, 表示, 指出, 认为 and "said", which stand for each other; nouns of the same words where the other side has
//! them in any form; verbs that English often leaves out (强调, 介绍).

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::super::wording::{Counterparts, en_words};
use super::{Check, Mode, Rule};
use crate::language::Side;

pub(super) const RULE: Rule = Rule {
    code: "ATT01",
    title: "another verb of speech",
    severity: Severity::Warning,
    modes: Mode::BOTH,
    source: include_str!("att01.rs"),
    checks: &[Check::Document(check)],
};

static VERBS: [Counterparts; 9] = [
    Counterparts::new(
        "敦促",
        "urg, press, call, ask, push, demand, exhort",
        "urged, urges, urging",
        "促, 催, 呼吁, 要求, 劝, 吁, 号召, 倡, 希望, 提醒, 要, 请, 鼓励, 应, 呼籲",
    ),
    Counterparts::new(
        "重申",
        "reiterat, reaffirm, repeat, restat, again, reassert, renew",
        "reiterated, reiterates, reaffirmed",
        "重申, 再次, 一再, 重复, 多次, 再度, 反复, 又",
    ),
    Counterparts::new(
        "谴责",
        "condem, denounc, deplor, criti, blam, rebuk, slam",
        "condemned, condemns, denounced, denounces",
        "谴责, 批, 斥, 责, 抨击, 声讨, 谴",
    ),
    Counterparts::new(
        "警告",
        "warn, caution, alert, threat, admonish, notic",
        "warned, warns",
        "警, 告诫, 提醒, 劝, 预, 忠告, 称, 威胁",
    ),
    Counterparts::new(
        "否认",
        "den, disput, refut, reject, not, disclaim, dismiss, undeni",
        "denied, denies",
        "否, 拒, 不, 驳, 未, 无, 没",
    ),
    Counterparts::new(
        "承认",
        "admit, acknowledg, recogni, conced, confess, accept",
        "admitted, admits, confessed, conceded",
        "承认, 坦, 认, 供, 录取, 交代, 招, 直言, 收治, 住院, 准",
    ),
    Counterparts::new(
        "抗议",
        "protest, complain, object, demonstrat",
        "protested, protests",
        "抗议, 示威, 不满, 反对, 集会, 游行, 抗",
    ),
    Counterparts::new(
        "道歉",
        "apolog, sorry, regret, excus",
        "apologized, apologised, apologizes",
        "歉, 谢罪, 赔, 对不起, 不起",
    ),
    Counterparts::new(
        "威胁",
        "threat, danger, intimidat, menac, endanger, risk, jeopard, peril",
        "threatened, threatens",
        "威胁, 恐吓, 扬言, 要挟, 濒, 威, 吓, 危",
    ),
];

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        found.extend(unmatched(index, passage, &VERBS, passage.zh_text()));
    }
    found
}

/// The words of some lists that one side of a row has and the other has nothing for; `zh` is its Chinese, or the same in
/// simplified characters.
pub(super) fn unmatched(index: usize, passage: &Passage, lists: &[Counterparts], zh: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let words = en_words(passage.en_lower());
    for list in lists {
        if let Some(span) = list.lost(zh, &words) {
            let message = format!("the English has nothing for {}", span.of(zh));
            found.push(Found::new(index, message).zh(passage.on_text(Side::Zh, span)));
        }
        if let Some((word, span)) = list.added(zh, &words) {
            found.push(Found::new(index, format!("the Chinese has nothing for \"{word}\"")).en([span]));
        }
    }
    found
}
