//! The words around Chinese numerals: what makes a character a number, what takes that away, what bounds it.

/// Measure words and units: a lone 三 is a number before one of these characters. Both scripts.
pub(super) const MEASURES: &str = "个個名位人口家条條项項件次回场場届屆期批轮輪年月日天周週岁歲代点點分秒时時元块塊角毛美欧歐\
    英港台米尺寸里公吨噸克斤两兩升亩畝顷頃度瓦层層楼樓座栋棟幢间間套户戶张張幅部本册冊篇章节節\
    段句字首支只隻头頭匹棵株朵片颗顆粒枚把辆輛架艘艇列班队隊组組对對双雙副群串堆份种種类類样樣\
    门門方派党黨国國省州市县縣区區村校所厂廠店站号號级級倍步笔筆票局盘盤集大者军軍战戰地小成季\
    卷員员版款顿頓杯瓶箱袋包碗声聲遍趟番阶階则則枪槍滴排行幕关關环環胎夜晚早厘毫平立千海光摄攝\
    华華";

/// Where these begin, no number does: the whole word is passed over.
pub(super) const NO_NUMBERS: &[&str] = &[
    "万一",
    "萬一",
    "千万别",
    "千萬別",
    "千万不",
    "千萬不",
    "千万要",
    "千萬要",
    "万分感",
    "万万没",
    "万万不",
    "十足",
    "十字",
    "百分百",
    "三番五次",
    "三番两次",
    "四面",
    "四面八方",
    "三轮车",
    "三輪車",
    "八方",
    "四周",
    "四方",
    "五湖四海",
    "七上八下",
    "三心二意",
    "三三两两",
    "三三兩兩",
    "一一",
    "一二",
    "两点一线",
    "五四",
    "三八",
    "千方百计",
    "千方百計",
    "成千上万",
    "四人帮",
    "三国演义",
    "三國演義",
    "三角",
    "三军",
    "三軍",
    "百分点",
    "一五一十",
    "三五成群",
    "五花八门",
    "五花八門",
    "七七八八",
    "乱七八糟",
    "八九不离十",
    "八九不離十",
    "两口子",
    "兩口子",
    "三里屯",
    "三门峡",
    "三門峽",
    "六里桥",
    "九里山",
    "千米",
    "千克",
    "千瓦",
    "两样",
    "兩樣",
    "四大皆空",
    "五台山",
    "九华山",
    "三方面军",
    "两者",
    "兩者",
    "千年",
    "百年",
    "百家",
    "万里",
    "百日",
    "百万富翁",
    "亿万富翁",
    "二次元",
    "三次元",
];

/// 十分 is "very" unless it is a score or a time.
pub(super) const VERY: &[&str] = &["十分", "万分", "萬分"];
pub(super) const NOT_VERY: &[&str] = &["钟", "鐘", "之", "球", "的成绩"];

/// Wars and five-year plans, which are called by their number.
pub(super) const NAMED_BY_NUMBER: &[(&str, u128)] = &[
    ("一战", 1),
    ("一戰", 1),
    ("二战", 2),
    ("二戰", 2),
    ("十一五", 11),
    ("十二五", 12),
    ("十三五", 13),
    ("十四五", 14),
    ("十五五", 15),
];

/// 第二天 is the next day more often than the second.
pub(super) const NEXT: &[&str] = &["第二天", "第二年"];

/// What may follow 首 where it means 第一.
pub(super) const FIRSTS: &str = "支趟金次个個届屆位批轮輪名家条條场場座艘颗部例项項套";

/// What the verb says a quantity is multiplied by.
pub(super) const DOUBLINGS: &[(&str, u128)] = &[
    ("翻一番", 2),
    ("翻了一番", 2),
    ("翻番", 2),
    ("翻倍", 2),
    ("翻了一倍", 2),
    ("翻两番", 4),
    ("翻兩番", 4),
    ("翻了两番", 4),
    ("翻了兩番", 4),
];

/// Before a number.
pub(super) const ABOUT: &[&str] = &[
    "大约",
    "大約",
    "约",
    "約",
    "近",
    "大概",
    "接近",
    "差不多",
    "约为",
    "約為",
    "约有",
    "约合",
];
pub(super) const MORE: &[&str] = &[
    "超过",
    "超過",
    "超",
    "逾",
    "多于",
    "多於",
    "高于",
    "高於",
    "大于",
    "大於",
    "至少",
    "不少于",
    "不少於",
    "不低于",
    "不低於",
    "突破",
    "最少",
    "起码",
    "超出",
    "上",
];
pub(super) const LESS: &[&str] = &[
    "不到",
    "不足",
    "少于",
    "少於",
    "低于",
    "低於",
    "小于",
    "小於",
    "至多",
    "最多",
    "不超过",
    "不超過",
    "多达",
    "多達",
    "未满",
    "不满",
];
/// What LESS holds as a whole although MORE would match its end, and the reverse.
pub(super) const NOT_MORE: &[&str] = &[
    "不超过",
    "不超過",
    "没超过",
    "未超过",
    "以上",
    "加上",
    "算上",
    "马上",
    "晚上",
    "早上",
    "世上",
    "路上",
];
pub(super) const NOT_LESS: &[&str] = &["不少于", "不少於", "不低于", "不低於", "不小于", "不小於"];

/// Behind a number, at most a few characters away.
pub(super) const ABOUT_BEHIND: &[&str] = &["左右", "上下"];
pub(super) const MORE_BEHIND: &[&str] = &["以上", "开外", "開外"];
pub(super) const LESS_BEHIND: &[&str] = &["以下", "以内", "以內", "之内", "之內"];
/// A measure word with 多 behind it: 三年多, 三个多月.
pub(super) const MEASURE_AND_MORE: &[&str] = &[
    "年多",
    "个多",
    "個多",
    "小时多",
    "小時多",
    "岁多",
    "歲多",
    "倍多",
    "天多",
    "米多",
    "元多",
];
/// A measure word with 半 behind it: 三个半, 两年半.
pub(super) const AND_A_HALF: &[&str] = &[
    "个半",
    "個半",
    "年半",
    "天半",
    "岁半",
    "歲半",
    "倍半",
    "小时半",
    "小時半",
];
/// What 半 is half of, where it is a quantity.
pub(super) const HALVES: &[&str] = &[
    "半个",
    "半個",
    "半年",
    "半小时",
    "半小時",
    "半世纪",
    "半世紀",
    "半数",
    "半數",
    "半月",
];

/// 成 that is no tenth: 三成立, 四成员.
pub(super) const NO_TENTHS: &str = "立为為员員功长長就果本熟分都交人吨";

/// Times of day, and what they do to an hour on the clock.
pub(super) const MORNING: &[&str] = &["上午", "早上", "清晨", "早晨", "今早", "今晨", "凌晨", "早"];
pub(super) const AFTERNOON: &[&str] = &[
    "下午", "晚上", "晚间", "晚間", "傍晚", "夜里", "夜裡", "夜间", "夜間", "午后", "午後", "当晚", "今晚",
    "昨晚", "深夜", "晚",
];
pub(super) const NOON: &[&str] = &["中午", "正午"];

/// The word of a list that a text begins with, by its length.
pub(super) fn opens(text: &str, words: &[&str]) -> Option<usize> {
    words
        .iter()
        .filter(|word| text.starts_with(**word))
        .map(|word| word.len())
        .max()
}

/// The word of a list that a text ends with, by its length.
pub(super) fn closes(text: &str, words: &[&str]) -> Option<usize> {
    words
        .iter()
        .filter(|word| text.ends_with(**word))
        .map(|word| word.len())
        .max()
}
