//! An intensifier or a hedge dropped or added: 坚决反对 against "opposes", 基本完成 against "completed".
//!
//! Words that make what is said stronger (坚决, 强烈, 严重, 彻底, 必将) or weaker (基本, 适当, 原则上, 力争) are looked for on both
//! sides, each with the words that may stand for it. A finding says which side has one and that the other has none like
//! it.
//!
//! Passed over: 很, 非常, 十分 and "very", which languages use as they please; 进一步, 大力 and the like, which English often
//! leaves to its verb; any word of about the same strength for another ("firmly" for 坚决 as well as for 坚定).

use super::super::Document;
use super::super::finding::{Found, Severity};
use super::super::wording::Counterparts;
use super::att01::unmatched;
use super::{Check, Mode, Rule};

pub(super) const RULE: Rule = Rule {
    code: "DEG01",
    title: "an intensifier or a hedge dropped or added",
    severity: Severity::Warning,
    modes: Mode::TRANSLATION,
    source: include_str!("deg01.rs"),
    checks: &[Check::Document(check)],
};

static DEGREES: [Counterparts; 10] = [
    Counterparts::new(
        "坚决, 坚定不移, 毫不动摇, 毫不犹豫",
        "firm, resolut, determin, staunch, strong, absolut, unswerv, unwaver, steadfast, categor, adaman, \
         decisiv, vigor, uncompromis, strict, resolv, steadi, unequivoc, hesitat, crack",
        "resolutely, staunchly, unswervingly, adamantly, unwaveringly, steadfastly",
        "坚, 决, 毅, 断, 定, 毫不, 始终, 力, 绝, 誓, 强, 不移",
    ),
    Counterparts::new(
        "强烈",
        "strong, fierce, intens, vehement, vigor, sharp, furious, seriou, firm, heavy, heavi, powerful, violent, \
         deep, forcef, sever, ardent, great, eager, keen, stern, passion, burning, outrag, striking, robust, severe, \
         determin, uproar, hard, warm, much, huge, high, solemn, massiv, obvious",
        "vehemently, fiercely, strongly",
        "强, 烈, 激, 猛, 坚, 大, 十分, 非常, 极, 高度, 深, 很, 严, 浓, 力, 最, 剧, 重, 特别, 更",
    ),
    Counterparts::new(
        "严重",
        "seriou, sever, grave, heav, bad, gross, critical, grievous, acut, dire, massiv, major, terribl, \
         deep, worse, worst, signific, flagrant, devast, egreg, profound, crippl, rampant, catastroph, \
         intens, tough, dramat, tremend, serious, extrem, substantial, rav, considerabl, formidab, endang, \
         chronic",
        "gravely, grievously",
        "严, 重, 深, 大, 剧, 恶, 极, 惨, 危, 厉, 非常, 甚",
    ),
    Counterparts::new(
        "极其, 极为, 极度, 极端",
        "extrem, exceed, very, highly, utmost, most, immens, tremend, intens, ultra, incredibl, deepl, \
         dire, exceptional, enorm, particular, especial, remarkabl, profound, severe, radical, vast, \
         unusual, huge, terribl",
        "extremely, exceedingly, immensely",
        "极, 非常, 十分, 特别, 很, 万分, 甚, 最, 格外, 相当, 太, 无比, 异常, 尤其, 高度, 更, 超, 过于, 巨, 大, 深, 严重, 酷, 绝, 尤, \
         至, 惊人, 相當, 真, 好, 多么, 老, 死, 可, 挺, 不得了, 得很, 多, 颇, 颠, 重, 高, 强, 不已, 失, 难, 烈, 痛, 痴, 细",
    ),
    Counterparts::new(
        "彻底",
        "thorough, complet, total, full, utter, entire, absolut, radical, root, whole, forever, eradic, \
         fundament, deep, exhaust, drastic, definit, overhaul, sweep, elimin, revolution, perman, wip, \
         comprehens",
        "thoroughly, utterly",
        "彻, 完全, 全, 深, 透, 尽, 根, 一切, 都, 毫, 究, 详, 充分, 认真, 细, 系统, 周, 好好, 仔, 扎实, 净, 光, 极, 绝, 好, 十分, 非常, 很, \
         圆满, 死, 根本, 一律, 大, 简直, 太, 格, 精, 熟, 通, 简, 毫无, 一一",
    ),
    Counterparts::new(
        "必将, 势必",
        "will, would, must, bound, certain, sure, inevit, definit, unavoid, doubt, shall, destin, going, \
         necess, doom, always",
        "inevitably, undoubtedly, assuredly",
        "必, 势, 定, 肯定, 无疑, 一定, 将, 免, 会, 当然, 自然, 毋庸, 诚然, 确, 毫无, 显然, 不可, 难, 总, 只能, 都, 准",
    ),
    Counterparts::new(
        "基本上, 基本完成, 基本形成, 基本建成, 基本实现, 基本稳定, 基本解决, 基本消除, 基本同意, 基本结束, 基本一致, 基本持平",
        "basic, larg, essential, most, almost, nearl, general, virtual, practical, principal, by and large, \
         broad, fundamental, more or less, roughly, close, substanti, rough, overall, whole, primar, \
         initial, prelimin, mostly, sum, relativ, flat, usual",
        "virtually, basically",
        "基本, 几乎, 大致, 大体, 大多, 多, 主要, 大部分, 差不多, 实际, 近, 总体, 整体, 根本, 实质, 绝大, 简直, 事实, 全, 从, 虚, 网, 线上, \
         就是, 无, 其实, 本质, 都, 说到底, 初, 虚拟",
    ),
    Counterparts::new(
        "适当, 酌情",
        "appropriat, proper, suitabl, adequat, moderat, reasonabl, correct, discret, modest, measur, \
         slight, certain, consider, depend, sensibl, where necess, as need, decent, limited",
        "duly, moderately",
        "适, 当, 酌, 恰, 妥, 合, 正, 稳, 中等, 温, 应, 宜, 相应, 按, 依, 如期, 及时, 略, 微, 稍, 小",
    ),
    Counterparts::new(
        "原则上",
        "principle, general, normal, theor, rule, basic, usual, broad",
        "",
        "",
    ),
    Counterparts::new(
        "力争, 争取",
        "striv, strive, try, tries, tried, trying, effort, endeav, aim, seek, sought, fight, fought, goal, \
         target, attempt, strove, push, struggl, aspir, expect, intend, secur, obtain, campaign, compet, \
         advoc, looking, earn, scramble",
        "",
        "",
    ),
];

fn check(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, passage) in document.linked() {
        found.extend(unmatched(index, passage, &DEGREES, passage.zh_folded()));
    }
    found
}
