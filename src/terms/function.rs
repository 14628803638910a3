//! The words that no term begins or ends with, and those that tell a verb or a noun by standing next to it.

/// Chinese words of grammar, of counting, pointing and telling.
pub(super) const ZH: &str = "的 了 着 过 地 得 和 与 及 或 而 且 并 并且 以及 还 还有 也 都 就 又 再 才 只 仅 更 最 很 太 非常 \
    十分 特别 比较 在 于 从 向 到 往 自 由 把 被 让 给 使 对 对于 关于 为 为了 因 因为 由于 所以 因此 如果 若 则 即 虽然 但 \
    但是 然而 不过 而是 是 有 没有 没 不 无 未 非 将 要 会 能 能够 可 可以 可能 应 应当 应该 必须 需 需要 想 愿 愿意 已 已经 \
    曾 正 正在 刚 刚刚 一直 仍 仍然 一 一个 一些 一种 一样 一起 一定 这 这个 这些 这样 这里 那 那个 那些 那样 那里 哪 什么 \
    怎么 谁 我 你 您 他 她 它 我们 你们 他们 她们 它们 咱们 自己 大家 人 人们 其 其中 其他 之 之一 之间 之后 之前 以 以来 以后 \
    以前 以上 以下 所 者 该 各 各种 每 某 本 此 另 另外 等 等等 上 下 中 里 内 外 前 后 时 时候 间 左右 多 少 大 小 个 位 名 \
    次 年 月 日 天 点 号 说 表示 认为 指出 称 介绍 看 看到 来 去 做 作为 成为 进行 开展 通过 根据 按照 随着 包括 如 像 例如 \
    目前 现在 今天 昨天 明天 今年 去年 当时 同时 此外 吗 呢 吧 啊 呀 嘛 们 第 第一 两 几 许多 很多 多少 全部 所有 不是 就是 \
    还是 只有 只是 不能 不会 不要 甚至 尤其 共 共有 据 至 至少 约 超过 达 达到 达成 起 起来 出 出来 下来 上来 过去 不断";

/// English stems, likewise.
pub(super) const EN: &str = "a an the and or but nor so yet if then than as at by for from in into of off on onto out over to \
    toward towards up upon with within without about above across after against along amid among around before behind below \
    beneath beside between beyond despite down dure except insid like near outsid past per sinc through throughout under until \
    unlik via while when where whi how what which who whom whose that this these those there here i you he she it we they me \
    him her us them my your his it's our their its mine your hi thi becaus be am is are was were been being do doe did done \
    has have had having will would shall should can could may might must not no never also onli just veri too more most much \
    mani some ani all both each everi other anoth such same own even still alreadi now again onc ever said say says tell told \
    one two three mr mrs ms dr t s d ll re ve m don didn doesn isn wasn aren weren won couldn wouldn one's itself himself \
    themselv ourselv herself myself howev therefor although though rather quit almost about well let us";

/// English words that a verb stands behind.
pub(super) const EN_BEFORE_VERB: &str =
    "to will would shall should can could may might must not we they he she i you who let don didn doesn";

/// English words that a noun stands behind.
pub(super) const EN_BEFORE_NOUN: &str = "the a an of in for on with by from its their our his her this these those at and s our \
    thi hi into between under through dure against toward";

/// Chinese words that stand behind a verb.
pub(super) const ZH_BEHIND_VERB: &str = "了 着 过 起来 下去";

/// Articles, which a rendering may have or not.
pub(super) const EN_ARTICLES: &str = "the a an";
