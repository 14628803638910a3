//! Negation differs: 他不会来 against "he will come".
//!
//! Words that deny are looked for on both sides: 不, 没, 未, 无, 勿 and the words they make, against not, n't, never, no,
//! without. A finding says that one side denies and the other has nothing that could.
//!
//! Passed over: words that only look like negation (不断, 不仅, 非常, 未来, "not only"); negation inside an English word
//! (unable, impossible, careless) or in its meaning (fail, refuse, lack, instead, few, until, only); questions (是不是,
//! 有没有); 不得不 and other denials of denials. Where what is denied is often said the other way round (不强, "needs to be
//! improved"), the finding is a warning.

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::wording::{WordList, en_words};
use super::{Check, Rule};
use crate::span::Span;

pub(super) const RULE: Rule = Rule {
    code: "DEG03",
    title: "negation differs",
    severity: Severity::Error,
    source: include_str!("deg03.rs"),
    check: Check::Document(check),
};

/// Words with a character of negation that deny nothing, or that English says without denying.
static ZH_NOT_DENYING: WordList = WordList::new(
    "不断, 不仅, 不但, 不同, 不少, 不过, 不久, 不管, 不论, 不如, 不错, 不禁, 不得不, 不可不, 不免, \
    不止, 不只, 不光, 不妨, 不惜, 不由, 不料, 不已, 不一, 不等, 不时, 不愧, 不乏, 不知不觉, 不得了, \
    不敢当, 不平凡, 不可避免, 不可或缺, 不可分割, 不能不, 不会不, 不懈, 不屈, 不畏, 不朽, 不凡, \
    不易, 不俗, 不菲, 不息, 不遗余力, 不甘, 不幸, 不良, 不法, 不慎, 不休, 不停, 差不多, 对不起, \
    了不起, 要不, 不动产, 不锈钢, 不负众望, 不约而同, 好不, 无不, 莫不, 无论, 无疑, 无比, 无数, \
    无锡, 无线, 无人机, 无形, 无限, 无私, 无偿, 无辜, 无奈, 无畏, 无缘, 无障碍, 无所畏惧, 无愧, \
    无忧, 无穷, 无一例外, 无声, 无情, 无非, 未来, 未婚, 非常, 非洲, 非法, 非得, 非遗, 非典, 非凡, \
    非物质, 非公, 南非, 北非, 中非, 除非, 是非, 非但, 没准, 没落, 埋没, 沉没, 淹没, 出没, \
    是不是, 有没有, 能不能, 会不会, 要不要, 可不可以, 好不好, 对不对, 是否, 能否, 可否, 否则, 与否, \
    别人, 特别, 级别, 性别, 区别, 分别, 个别, 告别, 别的, 类别, 差别, 别墅, 识别, 鉴别, 离别, 别样, \
    别具, 送别, 辨别, 莫斯科, 莫名, 约莫, 说不定, 少不了, 免不了, 忍不住, 禁不住, 不胜, 不亦, 不二, \
    不久前, 不三不四, 不经意, 不倒, 不由得, 不失, 不负, 不外乎, 从无到有, 独一无二, 无时无刻, \
    名不虚传, 源源不断, 层出不穷, 络绎不绝, 坚持不懈, 永不, 不忘, 非, 别, 莫, 一往无前, 坚定不移, \
    当仁不让, 势不可挡, 不堪, 不仅仅, 不同寻常, 不期而遇, 不亚于, 不约, 不分, 不遗, 义不容辞, \
    有条不紊, 不言而喻, 迫不及待, 百折不挠, 不折不扣, 锲而不舍, 不日, 不解之缘, 无微不至, 不在话下, \
    必不可少, 不计其数, 不限于, 不变, 无缝, 不善, 不定期, 不慌不忙, 不动声色, 不速之客",
);
/// Words that deny, wherever they stand.
static ZH_DENYING: WordList = WordList::new("不, 没, 未, 无, 勿");
/// Denials that English keeps; the others are as often said the other way round (不强, "needs to be improved").
static ZH_PLAIN: WordList =
    WordList::new("没有, 没, 未, 不会, 不能, 不是, 不可, 不得, 不应, 不准, 不许, 不要, 并不, 勿");
/// Characters that may hold a denial: where one stands, English may deny.
static ZH_MAYBE: WordList = WordList::new(
    "直到, 直至, 不, 没, 未, 无, 勿, 非, 莫, 别, 否, 免, 禁, 拒, 防, 缺, 失, 少, 难, 绝, 杜, 除, 仅, 只, 除了, \
    避, 忘, 何, 哪, 岂, 舍, 而是, 欠, 毫, 怀疑, 无户口, 不久, 没人, 反对, 并非, 无不",
);
static EN_DENYING: WordList =
    WordList::new("not, n't, cannot, never, no, nor, neither, none, nothing, nobody, nowhere, without");
/// Stems of words that deny in their meaning.
static EN_MAYBE: WordList = WordList::new(
    "fail, refus, lack, avoid, prevent, reject, stop, ban, prohibit, forbid, few, little, rare, \
    seldom, barely, scarce, instead, rather, unless, except, against, away, beyond, less, loss, \
    lost, lose, losing, miss, absen, only, until, before, zero, oppos, unable, cease, short, \
    beside, beneath, otherwise, despite, regardless, whether, difficult, abolish, void, vain, \
    empty, neglect, ignor, exempt, exclud, withh, minus, unexpected, insufficien, wrong, fals, \
    violat, reluct, doubt, hesita, mere, nonetheless, deprived, alien, contrary, priceless, \
    incomparable, hardly, deny, denie, denial, free of, freedom from, far from, inabilit, inadequa, \
    incapab, incomplet, inconsist, incorrect, indefinit, indispens, inevitab, ineffect, \
    inexperienc, infinit, informal, innocen, insecur, insignific, instab, intolera, invalid, \
    invisib, inconvenien, indirect, infrequen, inseparab, insurmount, inextric, incessant, \
    invincib, inexhaust, imposs, immort, immov, impartial, impatien, imperfect, improper, immeasur, \
    immatur, irregular, irrelevan, irrespons, irrevers, irreplac, irresist, illegal, illicit, \
    illiter, illog, disab, disagre, disappear, disappoint, disapprov, discontinu, dishonest, \
    dislik, disobe, disorder, displeas, disqualif, disregard, disrupt, dissatisf, distrust, \
    disadvant, mistak, misunder, mislead, misus, mismatch, non-, endless, boring, small, unremit",
);
/// Words that begin with un- and turn nothing round.
static EN_UN: WordList = WordList::new("under, unit, univers, union, uniq, uniform, unanim, uncle");
static EN_IDLE: WordList = WordList::new(
    "not long, not only, not just, not merely, not simply, whether or not, no matter, no doubt, no., \
    no less than, not least, nothing but, no other than, not until, no sooner",
);

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document
        .passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| passage.row.is_link())
    {
        let zh = ZH_NOT_DENYING.blank(passage.zh_folded());
        let zh_denies = ZH_DENYING.find(&zh);
        let lower = EN_IDLE.blank(passage.en_lower());
        let words = en_words(&lower);
        let is_denial = |word: &&(&str, Span)| {
            EN_DENYING.holds(word.0) || word.0.ends_with("n't") || word.0.ends_with("n’t")
        };
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
            let before = passage.zh_text().get(..span.start()).unwrap_or("");
            let plain = ZH_PLAIN.holds_stem_of(&said) || before.ends_with('并');
            let finding = Found::new(
                index,
                format!("the Chinese denies ({said}), the English does not"),
            )
            .zh(on_text(*span, passage.zh_text()));
            found.push(if plain {
                finding
            } else {
                finding.severity(Severity::Warning)
            });
        }
        if let (Some((word, span)), true) = (denials.first(), !ZH_MAYBE.is_in(&zh) && denials.len() == 1) {
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

fn may_deny(word: &str) -> bool {
    let turned = word.starts_with("un") && !EN_UN.holds_stem_of(word) || word.starts_with("non");
    let mut stems = EN_MAYBE.stems_of(word);
    stems.any(|stem| stem == word || stem.len() >= 4) || turned || word.ends_with("less")
}

/// A place of the folded or lower-case text, where the text itself has a character's boundaries there, too.
fn on_text(span: Span, text: &str) -> Option<Span> {
    text.get(span.range()).map(|_| span)
}
