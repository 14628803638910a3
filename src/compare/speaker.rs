//! Passages into who speaks in each: what leaders say to each other is half of a readout.

use super::text::{Type, Unit};
use crate::language::Side;

/// Who speaks in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Speaker {
    Nobody,
    /// Both sides at once: 双方, "the two leaders".
    Both,
    /// The words before the verb of saying, among them a name or an office, by their types.
    One(Vec<u32>),
}

/// Verbs of saying, as [`crate::words`] gives them.
const ZH_VERBS: [&str; 40] = [
    "指出",
    "强调",
    "表示",
    "说",
    "认为",
    "重申",
    "称",
    "阐明",
    "阐述",
    "承诺",
    "同意",
    "宣布",
    "感谢",
    "赞赏",
    "希望",
    "愿",
    "谈到",
    "转达",
    "回顾",
    "评价",
    "高度评价",
    "商定",
    "讨论",
    "认识",
    "确认",
    "欢迎",
    "敦促",
    "呼吁",
    "谴责",
    "介绍",
    "通报",
    "邀请",
    "请",
    "答",
    "回应",
    "透露",
    "主张",
    "要求",
    "告诉",
    "提出",
];
const EN_VERBS: [&str; 52] = [
    "said",
    "say",
    "state",
    "underscor",
    "emphas",
    "stress",
    "reiter",
    "reaffirm",
    "note",
    "express",
    "rais",
    "welcom",
    "condemn",
    "call",
    "discuss",
    "agre",
    "affirm",
    "thank",
    "ask",
    "told",
    "tell",
    "urg",
    "warn",
    "commit",
    "add",
    "declar",
    "announc",
    "pledg",
    "explain",
    "made",
    "make",
    "point",
    "believ",
    "think",
    "regard",
    "restat",
    "repli",
    "answer",
    "describ",
    "complain",
    "review",
    "took",
    "exchang",
    "recal",
    "recogn",
    "reflect",
    "propos",
    "insist",
    "claim",
    "argu",
    "demand",
    "acknowledg",
];
const ZH_BOTH: [&str; 5] = ["双方", "两国", "双边", "各方", "彼此"];
const EN_BOTH: [&str; 4] = ["both", "two", "side", "parti"];
const PRONOUNS: [&str; 2] = ["he", "she"];

/// How far into a passage the verb may stand, and how many words before it name the speaker.
const REACH: usize = 15;
const NAME: usize = 4;

/// The speaker of each passage. In Chinese one speaks on until another begins; in English "he" and "she" do.
pub(super) fn speakers(side: Side, units: &[Unit], types: &[Type]) -> Vec<Speaker> {
    let mut last = Speaker::Nobody;
    let key = |word: &u32| &*types[*word as usize].key;
    let say = |unit: &Unit| {
        let head: Vec<u32> = unit.tokens.iter().take(REACH).map(|token| token.word).collect();
        let is_verb = |word: &u32| match side {
            Side::Zh => ZH_VERBS.contains(&key(word)),
            Side::En => EN_VERBS.contains(&key(word)),
        };
        let verb = head.iter().skip(1).position(is_verb).map(|at| at + 1);
        let is_both = |words: &[u32]| {
            words.iter().any(|word| match side {
                Side::Zh => ZH_BOTH.contains(&key(word)),
                Side::En => EN_BOTH.contains(&key(word)),
            })
        };
        let goes_on = |words: &[u32]| {
            words[words.len().saturating_sub(3)..]
                .iter()
                .any(|word| PRONOUNS.contains(&key(word)))
        };
        match verb {
            Some(verb) if side == Side::En && goes_on(&head[..verb]) => {}
            Some(verb) if is_both(&head[..verb]) => last = Speaker::Both,
            Some(verb) if side == Side::Zh => {
                last = Speaker::One(head[verb.saturating_sub(NAME)..verb].to_vec())
            }
            Some(verb) => last = Speaker::One(head[..verb].to_vec()),
            None if side == Side::En => last = Speaker::Nobody,
            None if is_both(&head[..head.len().min(2)]) => last = Speaker::Both,
            None => {}
        }
        last.clone()
    };
    units.iter().map(say).collect()
}
