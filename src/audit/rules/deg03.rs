//! Negation differs: 他不会来 against "he will come".
//!
//! Words that deny are looked for on both sides: 不, 没, 未, 无, 勿 and the words they make, against not, n't, never, no,
//! without. A finding says that one side denies and the other has nothing that could. A row may deny more than once: a
//! word that is denied on one side, and stands on the other where nothing near it could deny, is a warning, and a notice
//! where both sides deny as often.
//!
//! Passed over: words that only look like negation (不断, 不仅, 非常, 未来, "not only"); negation inside an English word
//! (unable, impossible, careless) or in its meaning (fail, refuse, lack, instead, few, until, only); questions (是不是,
//! 有没有); 不得不 and other denials of denials. Where what is denied is often said the other way round (不强, "needs to be
//! improved"), the finding is a warning, and a notice where the denial is part of a longer Chinese word (不佳, "poor").

use super::super::Document;
use super::super::clause::Part;
use super::super::finding::{Found, Severity};
use super::super::passage::Passage;
use super::super::wording::{WordList, en_words};
use super::{Check, Mode, Rule};
use crate::language::Side;
use crate::script::fold_text;
use crate::span::Span;
use crate::words::Kind;

pub(super) const RULE: Rule = Rule {
    code: "DEG03",
    title: "negation differs",
    severity: Severity::Error,
    modes: Mode::BOTH,
    source: include_str!("deg03.rs"),
    checks: &[Check::Document(check)],
};

/// Words with a character of negation that deny nothing, or that English says without denying. 不下 is one before a
/// number alone (at least): 坚持不下去 denies.
static ZH_NOT_DENYING: WordList = WordList::new(
    "不断, 不仅, 不但, 不同, 不少, 不过, 不久, 不管, 不论, 不如, 不错, 不禁, 不得不, 不可不, 不免, \
    不止, 不只, 不光, 不妨, 不惜, 不由, 不料, 不已, 不一, 不等, 不时, 不愧, 不乏, 不知不觉, 不得了, \
    不敢当, 不平凡, 不可避免, 不可或缺, 不可分割, 不能不, 不会不, 不懈, 不屈, 不畏, 不朽, 不凡, \
    不易, 不俗, 不菲, 不息, 不遗余力, 不甘, 不幸, 不良, 不法, 不慎, 不休, 不停, 差不多, 对不起, \
    了不起, 要不, 不动产, 不锈钢, 不负众望, 不约而同, 好不, 无不, 莫不, 无论, 无疑, 无比, 无数, \
    无锡, 无线, 无人机, 无形, 无限, 无私, 无偿, 无辜, 无奈, 无畏, 无缘, 无障碍, 无所畏惧, 无愧, \
    无忧, 无穷, 无一例外, 无声, 无情, 无非, 未来, 未婚, 非常, 非洲, 非法, 非得, 非遗, 非典, 非凡, \
    无核, 非物质, 非公, 南非, 北非, 中非, 除非, 是非, 非但, 没准, 没落, 埋没, 沉没, 淹没, 出没, \
    是不是, 有没有, 能不能, 会不会, 要不要, 可不可以, 好不好, 对不对, 是否, 能否, 可否, 否则, 与否, \
    别人, 特别, 级别, 性别, 区别, 分别, 个别, 告别, 别的, 类别, 差别, 别墅, 识别, 鉴别, 离别, 别样, \
    别具, 送别, 辨别, 莫斯科, 莫名, 约莫, 说不定, 少不了, 免不了, 忍不住, 禁不住, 不胜, 不亦, 不二, \
    不久前, 不三不四, 不经意, 不倒, 不由得, 不失, 不负, 不外乎, 从无到有, 独一无二, 无时无刻, \
    名不虚传, 源源不断, 层出不穷, 络绎不绝, 坚持不懈, 永不, 不忘, 非, 别, 莫, 一往无前, 坚定不移, \
    当仁不让, 势不可挡, 不堪, 不仅仅, 不同寻常, 不期而遇, 不亚于, 不约, 不分, 不遗, 义不容辞, \
    有条不紊, 不言而喻, 迫不及待, 百折不挠, 不折不扣, 锲而不舍, 不日, 不解之缘, 无微不至, 不在话下, \
    必不可少, 不计其数, 不限于, 不变, 无缝, 不善, 不定期, 不慌不忙, 不动声色, 不速之客, \
    不下于, 不下一, 不下二, 不下两, 不下三, 不下四, 不下五, 不下六, 不下七, 不下八, 不下九, 不下十, \
    不下百, 不下千, 不下万, 不下数, 不下几, 不下0, 不下1, 不下2, 不下3, 不下4, 不下5, 不下6, \
    不下7, 不下8, 不下9, \
    一只, 两只, 三只, 四只, 五只, 几只, 每只, 多只, 少年, 少女, 少数民族, 失业, 难民, 预防, 防控, 消防, 国防, 防御, \
    防疫, 减少, 绝大, 绝对, 消除, 解除, 免疫, 免费, 难题, 只有一, 失落, 缺口, 损失",
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
static EN_DENYING: WordList = WordList::new(
    "not, n't, cannot, never, no, nor, neither, none, nothing, noth, nobody, nobodi, nowhere, without",
);
/// Words in which 非 denies; by itself it is mostly a part of others.
const ZH_NON: [&str; 9] = [
    "并非", "绝非", "决非", "而非", "亦非", "也非", "均非", "皆非", "实非",
];
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
    no less than, not least, nothing but, no other than, not until, no sooner, none other than, nothing short of, \
    cannot help, can't help, can’t help, couldn't help, couldn’t help, could not help, cannot but, cannot wait, can't wait, \
    can’t wait, spare no, spares no, spared no, sparing no, leave no stone, leaves no stone, left no stone, leaving no stone, lose no time, \
    loses no time, lost no time, losing no time, in no time",
);

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        let zh = blanked(passage, passage.zh_folded());
        let zh_denies = ZH_DENYING.find(&zh);
        let lower = EN_IDLE.blank(passage.en_lower());
        let words = en_words(&lower);
        let denials: Vec<&(&str, Span)> = words.iter().filter(|(word, _)| is_denial(word)).collect();
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
            .zh(passage.on_text(Side::Zh, *span));
            found.push(if plain {
                finding
            } else if is_inside_word(passage, *span) {
                finding.severity(Severity::Info)
            } else {
                finding.severity(Severity::Warning)
            });
        }
        // 才 is "not until".
        let is_until = zh.contains('才') && words.iter().any(|(word, _)| *word == "until");
        let zh_may = ZH_MAYBE.is_in(&zh) || is_until;
        if let (Some((word, span)), true) = (denials.first(), !zh_may && denials.len() == 1) {
            found.push(
                Found::new(
                    index,
                    format!("the English denies ({word}), the Chinese does not"),
                )
                .en(passage.on_text(Side::En, *span)),
            );
        }
        if found.last().is_some_and(|found| found.passage == index) {
            continue;
        }
        // Where both deny as often, it is likelier that one says the other thing of the two.
        let local = |message: String, more: bool| {
            let severity = if more { Severity::Warning } else { Severity::Info };
            Found::new(index, message).severity(severity)
        };
        let (zh_count, en_count) = (zh_denies.len(), denials.len());
        if let Some((span, said)) = lost(passage) {
            let message = format!("{said}: denied in Chinese, not in English");
            found.push(local(message, zh_count > en_count).zh([span]));
        } else if let Some((span, said)) = added(passage) {
            let message = format!("\"{said}\": denied in English, not in Chinese");
            found.push(local(message, en_count > zh_count).en([span]));
        }
    }
    found
}

/// Chinese of a row without the words of it that deny nothing; 不妨 is none in 不妨碍, where 妨碍 is the word.
fn blanked(passage: &Passage, folded: &str) -> String {
    ZH_NOT_DENYING.blank_where(folded, |found| {
        let mut over = words_over(passage, folded, found.end());
        let denies = ZH_NON.iter().any(|non| folded[..found.end()].ends_with(non));
        !denies && !over.any(|word| word.start() > found.start())
    })
}

/// Whether a Chinese denial is part of a longer word (不佳), as "un-" is of an English one, and not a word by itself.
fn is_inside_word(passage: &Passage, denial: Span) -> bool {
    let text = passage.zh_folded();
    let mut over = words_over(passage, text, denial.end());
    over.any(|word| !ZH_PARTICLES.holds(word.of(text)))
}

/// Where Chinese words of the row stand that have a place of a folded text within them.
fn words_over<'p>(passage: &'p Passage, text: &'p str, at: usize) -> impl Iterator<Item = Span> + 'p {
    let words = passage.words(Side::Zh).iter();
    words.filter(|word| word.kind == Kind::Han).flat_map(move |word| {
        let places = text.match_indices(&*word.key);
        let spans = places.map(|(start, found)| Span::new(start, start + found.len()));
        spans.filter(move |span| span.start() < at && at < span.end())
    })
}

/// Chinese words that deny the word behind them and no more.
static ZH_PARTICLES: WordList = WordList::new(
    "不, 没, 没有, 未, 不会, 不能, 不是, 不要, 并不, 并非, 不可, 不得, 不应, 不准, 不许, 不必, 不愿, 不再, 从未, 尚未, \
    未能, 无法, 不想, 没能, 绝不, 决不, 毫不, 从不, 并未, 并没有, 从没, 从没有, 不敢, 不肯, 不该, 不应该, 不需要, 不可能, 不用, \
    不愿意, 未曾, 不曾, 不宜, 不太",
);
/// A word denied in Chinese that stands in English with nothing near it that could deny.
fn lost(passage: &Passage) -> Option<(Span, String)> {
    let words = passage.words(Side::Zh);
    for part in passage.parts(Side::Zh) {
        let clause = blanked(passage, &fold_text(part.span.of(passage.zh_text())));
        if !ZH_DENYING.is_in(&clause) {
            continue;
        }
        let denials: Vec<usize> = part
            .words
            .clone()
            .filter(|&at| ZH_PARTICLES.holds(&words[at].key))
            .collect();
        // Two denials in one clause may undo each other.
        let &[at] = &denials[..] else { continue };
        let asks = at > 0
            && words
                .get(at + 1)
                .is_some_and(|next| next.key == words[at - 1].key);
        if let (false, Some((word, places))) = (asks, passage.behind(Side::Zh, at, part.words.end)) {
            let near = |&en: &usize| denies_near(passage, en);
            if !places.iter().any(near) {
                return Some((part.span, format!("{}{}", words[at].key, words[word].key)));
            }
        }
    }
    None
}

/// A word denied in English whose Chinese clause holds nothing that could deny.
fn added(passage: &Passage) -> Option<(Span, String)> {
    let words = passage.words(Side::En);
    for part in passage.parts(Side::En) {
        let idle = EN_IDLE.blank(&part.span.of(passage.en_text()).to_ascii_lowercase());
        if !en_words(&idle).iter().any(|(word, _)| is_denial(word)) {
            continue;
        }
        for at in part.words.clone().filter(|&at| is_denial(&words[at].key)) {
            let Some((word, places)) = passage.behind(Side::En, at, part.words.end) else {
                continue;
            };
            let of_zh = |&zh: &usize| passage.clause_of(Side::Zh, zh);
            let may = |part: &Part| {
                let clause = fold_text(part.span.of(passage.zh_text()));
                ZH_MAYBE.is_in(&blanked(passage, &clause))
            };
            if !places.iter().filter_map(of_zh).any(may) {
                return Some((part.span, format!("{} {}", words[at].key, words[word].key)));
            }
        }
    }
    None
}

/// Whether something in the clause of an English word, or a little before it, could deny it.
fn denies_near(passage: &Passage, en: usize) -> bool {
    let words = passage.words(Side::En);
    let end = passage
        .clause_of(Side::En, en)
        .map_or(en + 1, |part| part.words.end);
    let (start, end) = (en.saturating_sub(BEFORE), end.min(en + BEHIND));
    words[start..end]
        .iter()
        .any(|word| is_denial(&word.key) || may_deny(&word.key))
}

/// English words before and behind a word that may deny it.
const BEFORE: usize = 7;
const BEHIND: usize = 4;

fn is_denial(word: &str) -> bool {
    EN_DENYING.holds(word) || word.ends_with("n't") || word.ends_with("n’t")
}

fn may_deny(word: &str) -> bool {
    let turned = word.starts_with("un") && !EN_UN.holds_stem_of(word) || word.starts_with("non");
    let mut stems = EN_MAYBE.stems_of(word);
    stems.any(|stem| stem == word || stem.len() >= 4) || turned || word.ends_with("less")
}
