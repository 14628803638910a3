//! Negation differs: 他不会来 against "he will come".
//!
//! Words that deny are looked for on both sides: 不, 没, 未, 无, 勿 and the words they make, against not, n't, never, no,
//! without. A finding says that one side denies and the other has nothing that could.
//!
//! Passed over: words that only look like negation (不断, 不仅, 非常, 未来, "not only"); negation inside an English word
//! (unable, impossible, careless) or in its meaning (fail, refuse, lack, instead, few, until, only); questions (是不是,
//! 有没有); 不得不 and other denials of denials.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::wording::{WordList, en_words, found_in, is_listed, listed};
use super::{Check, Rule};
use crate::script::fold_text;
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "DEG03",
    title: "negation differs",
    severity: Severity::Error,
    source: include_str!("deg03.rs"),
    check: Check::Document(check),
};

/// Words with a character of negation that deny nothing, or that English says without denying.
const ZH_NOT_DENYING: WordList = "不断, 不仅, 不但, 不同, 不少, 不过, 不久, 不管, 不论, 不如, 不错, 不禁, 不得不, 不可不, 不免, \
    不止, 不只, 不光, 不妨, 不惜, 不由, 不料, 不已, 不一, 不等, 不时, 不愧, 不乏, 不知不觉, 不容, \
    不得了, 不敢当, 不平凡, 不可避免, 不可或缺, 不可分割, 不能不, 不会不, 不懈, 不屈, 不畏, 不朽, \
    不凡, 不易, 不俗, 不菲, 不息, 不遗余力, 不甘, 不满, 不足, 不当, 不便, 不幸, 不良, 不法, 不利, \
    不公, 不慎, 不安, 不休, 不停, 不下, 差不多, 对不起, 了不起, 要不, 不动产, 不锈钢, 不负众望, \
    不约而同, 好不, 无不, 莫不, 无论, 无疑, 无比, 无数, 无锡, 无线, 无人机, 无人, 无形, 无限, 无私, \
    无偿, 无辜, 无奈, 无畏, 无缘, 无户口, 无障碍, 无所畏惧, 无愧, 无忧, 无穷, 无一例外, 无声, 无情, \
    无非, 全无, 未来, 未婚, 未必, 未免, 未成年, 未经, 未知, 尚未, 非常, 非洲, 非法, 非得, 非遗, \
    非典, 非凡, 非物质, 非公, 南非, 北非, 中非, 除非, 是非, 非但, 没准, 没收, 没落, 埋没, 沉没, \
    淹没, 出没, 是不是, 有没有, 能不能, 会不会, 要不要, 可不可以, 好不好, 对不对, 是否, 能否, 可否, \
    否则, 与否, 别人, 特别, 级别, 性别, 区别, 分别, 个别, 告别, 别的, 类别, 差别, 别墅, 识别, 鉴别, \
    离别, 别样, 别具, 送别, 辨别, 莫斯科, 莫名, 约莫, 说不定, 少不了, 免不了, 忍不住, 禁不住, 不胜, \
    不亦, 不二, 不久前, 不三不四, 不经意, 不倒, 不由得, 不失, 不负, 不外乎, 从无到有, 独一无二, \
    无时无刻, 名不虚传, 源源不断, 层出不穷, 络绎不绝, 坚持不懈, 永不, 不忘, 不见, 不敢, 看不到, 非, \
    别, 莫";
/// Words that deny, wherever they stand.
const ZH_DENYING: WordList = "不, 没, 未, 无, 勿";
/// Characters that may hold a denial: where one stands, English may deny.
const ZH_MAYBE: WordList = "不, 没, 未, 无, 勿, 非, 莫, 别, 否, 免, 禁, 拒, 防, 缺, 失, 少, 难, 弱, 空, 反, 绝, 停, 止, 杜, \
    除, 仅, 只, 才, 除了, 差, 输, 误, 避, 忘, 亏, 何, 哪, 岂, 零, 舍, 却, 而是, 尚, 远, 欠, 毫, 断, \
    违, 错, 败, 怀疑, 再也, 以外, 过, 谁";
const EN_DENYING: WordList =
    "not, n't, cannot, never, no, nor, neither, none, nothing, nobody, nowhere, without";
/// Stems of words that deny in their meaning.
const EN_MAYBE: WordList = "fail, refus, lack, avoid, prevent, den, reject, stop, ban, prohibit, forbid, few, little, hard, \
    rare, seldom, barely, scarce, instead, rather, unless, except, free, against, away, beyond, \
    less, loss, lost, lose, losing, miss, absen, only, until, before, far, zero, oppos, unable, \
    too, out, off, end, cease, short, beside, beneath, otherwise, despite, regardless, whether, \
    difficult, never, abolish, void, vain, bare, empty, neglect, ignor, exempt, exclud, withh, \
    minus, still, yet, remain, continu, constant, keep, kept, last, unexpected, poor, insufficien, \
    weak, bad, wrong, fals, violat, reluct, doubt, hesita, mere, but, other, differ, nonetheless, \
    all, both, any, always, every, left, limited, below, under, just, leave, deprived, alien, \
    contrary, steadfast, firm, priceless, further, more, most, best, bless, incomparable, lay";
/// Beginnings that turn a word round; only of words that are long enough to hold another.
const EN_PREFIXES: [&str; 9] = ["un", "in", "im", "ir", "il", "dis", "non", "mis", "de"];
const EN_IDLE: WordList = "not only, not just, not merely, not simply, whether or not, no matter, no doubt, no., \
    no less than, not least, nothing but, no other than, not until, no sooner";

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document
        .passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| passage.row.is_link())
    {
        let zh = without(&fold_text(passage.zh_text()), ZH_NOT_DENYING);
        let zh_denies = found_in(&zh, ZH_DENYING);
        let zh_may = found_in(&zh, ZH_MAYBE);
        let lower = without(&passage.en_text().to_lowercase().replace('’', "'"), EN_IDLE);
        let words = en_words(&lower);
        let is_denial = |word: &&(&str, Span)| is_listed(EN_DENYING, word.0) || word.0.ends_with("n't");
        let denials: Vec<&(&str, Span)> = words.iter().filter(is_denial).collect();
        let may_deny = words.iter().any(|(word, _)| may_deny(word));
        if let (Some(span), true) = (zh_denies.first(), denials.is_empty() && !may_deny) {
            let said: String = passage
                .zh_text()
                .get(span.start()..)
                .unwrap_or("")
                .chars()
                .take(6)
                .collect();
            found.push(
                Found::new(
                    index,
                    format!("the Chinese denies ({said}), the English does not"),
                )
                .zh(on_text(*span, passage.zh_text())),
            );
        }
        if let (Some((word, span)), true) = (denials.first(), zh_may.is_empty()) {
            found.push(
                Found::new(
                    index,
                    format!("the English denies ({word}), the Chinese does not"),
                )
                .en(on_text(*span, passage.en_text())),
            );
        }
    }
    found
}

/// The text with the words of a list blanked out, so that places stay.
fn without(text: &str, list: WordList) -> String {
    let mut blank = text.to_owned();
    let mut longest: Vec<&str> = listed(list).collect();
    longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in longest {
        if blank.contains(word) {
            blank = blank.replace(word, &" ".repeat(word.len()));
        }
    }
    blank
}

fn may_deny(word: &str) -> bool {
    let prefixed = |prefix: &&str| word.len() > prefix.len() + 4 && word.starts_with(*prefix);
    listed(EN_MAYBE)
        .any(|stem| word == stem || stem.len() >= 3 && word.starts_with(stem) && word.len() <= stem.len() + 5)
        || EN_PREFIXES.iter().any(prefixed)
        || word.ends_with("less")
}

/// A place of the folded or lower-case text, where the text itself has a character's boundaries there, too.
fn on_text(span: Span, text: &str) -> Option<Span> {
    text.get(span.range()).map(|_| span)
}
