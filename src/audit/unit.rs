//! What a number counts: currencies and units of measure in both languages, and what they are worth in each other.

use crate::language::Side;
use crate::span::Span;
use crate::value::Ratio;

/// A unit that a number stands with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    pub measure: Measure,
    /// Its worth in the measure's base unit, as a fraction; currencies have one unit each.
    pub worth: (u128, u128),
    pub name: &'static str,
}

/// What can be measured: units of one measure can be turned into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    Money,
    Length,
    Area,
    Mass,
    Volume,
    Time,
    Temperature,
    Energy,
}

/// Chinese names, English names, measure, worth. Where one name begins with another, the longer stands first.
type Line = (
    &'static [&'static str],
    &'static [&'static str],
    Measure,
    (u128, u128),
    &'static str,
);

const UNITS: &[Line] = &[
    (
        &["美元", "美金"],
        &[
            "us dollars",
            "us dollar",
            "u.s. dollars",
            "u.s. dollar",
            "american dollars",
            "usd",
            "dollars",
            "dollar",
        ],
        Measure::Money,
        (1, 1),
        "US dollar",
    ),
    (
        &["欧元", "歐元"],
        &["euros", "euro", "eur"],
        Measure::Money,
        (1, 1),
        "euro",
    ),
    (
        &["英镑", "英鎊"],
        &["pounds sterling", "pounds", "pound", "gbp"],
        Measure::Money,
        (1, 1),
        "pound",
    ),
    (
        &["日元", "日圆", "日圓"],
        &["japanese yen", "yen", "jpy"],
        Measure::Money,
        (1, 1),
        "yen",
    ),
    (
        &["港元", "港币", "港幣"],
        &["hong kong dollars", "hk dollars", "hkd"],
        Measure::Money,
        (1, 1),
        "Hong Kong dollar",
    ),
    (
        &["新台币", "新臺幣"],
        &["nt dollars", "new taiwan dollars"],
        Measure::Money,
        (1, 1),
        "New Taiwan dollar",
    ),
    (
        &["卢布", "盧布"],
        &["rubles", "roubles", "ruble", "rouble"],
        Measure::Money,
        (1, 1),
        "rouble",
    ),
    (
        &["卢比", "盧比"],
        &["rupees", "rupee"],
        Measure::Money,
        (1, 1),
        "rupee",
    ),
    (
        &["韩元", "韓元"],
        &["korean won", "won"],
        Measure::Money,
        (1, 1),
        "won",
    ),
    (
        &["澳元"],
        &["australian dollars"],
        Measure::Money,
        (1, 1),
        "Australian dollar",
    ),
    (
        &["加元"],
        &["canadian dollars"],
        Measure::Money,
        (1, 1),
        "Canadian dollar",
    ),
    (
        &["瑞士法郎"],
        &["swiss francs", "swiss franc"],
        Measure::Money,
        (1, 1),
        "Swiss franc",
    ),
    (
        &["元人民币", "人民币", "元人民幣", "人民幣", "元", "块钱"],
        &["yuan", "rmb", "renminbi", "cny"],
        Measure::Money,
        (1, 1),
        "yuan",
    ),
    (
        &["平方公里", "平方千米"],
        &[
            "square kilometers",
            "square kilometres",
            "square kilometer",
            "square kilometre",
            "square km",
            "sq km",
            "km2",
        ],
        Measure::Area,
        (1_000_000, 1),
        "square kilometre",
    ),
    (
        &["平方英里"],
        &["square miles", "square mile"],
        Measure::Area,
        (2_589_988, 1),
        "square mile",
    ),
    (
        &["平方米", "平米"],
        &[
            "square meters",
            "square metres",
            "square meter",
            "square metre",
            "sq m",
            "m2",
        ],
        Measure::Area,
        (1, 1),
        "square metre",
    ),
    (
        &["平方英尺"],
        &["square feet", "square foot", "sq ft"],
        Measure::Area,
        (929, 10_000),
        "square foot",
    ),
    (
        &["公顷", "公頃"],
        &["hectares", "hectare"],
        Measure::Area,
        (10_000, 1),
        "hectare",
    ),
    (
        &["英亩", "英畝"],
        &["acres", "acre"],
        Measure::Area,
        (404_686, 100),
        "acre",
    ),
    (&["亩", "畝"], &["mu"], Measure::Area, (2000, 3), "mu"),
    (
        &["立方公里"],
        &["cubic kilometers", "cubic kilometres"],
        Measure::Volume,
        (1_000_000_000, 1),
        "cubic kilometre",
    ),
    (
        &["立方米"],
        &["cubic meters", "cubic metres", "cubic meter", "cubic metre"],
        Measure::Volume,
        (1, 1),
        "cubic metre",
    ),
    (
        &["毫升"],
        &["milliliters", "millilitres", "ml"],
        Measure::Volume,
        (1, 1_000_000),
        "millilitre",
    ),
    (
        &["加仑"],
        &["gallons", "gallon"],
        Measure::Volume,
        (3785, 1_000_000),
        "gallon",
    ),
    (
        &["升"],
        &["liters", "litres", "liter", "litre"],
        Measure::Volume,
        (1, 1000),
        "litre",
    ),
    (
        &["公里", "千米"],
        &["kilometers", "kilometres", "kilometer", "kilometre", "km"],
        Measure::Length,
        (1000, 1),
        "kilometre",
    ),
    (
        &["英里"],
        &["miles", "mile"],
        Measure::Length,
        (1_609_344, 1000),
        "mile",
    ),
    (
        &["海里", "浬"],
        &["nautical miles", "nautical mile"],
        Measure::Length,
        (1852, 1),
        "nautical mile",
    ),
    (
        &["厘米", "公分"],
        &["centimeters", "centimetres", "centimeter", "centimetre", "cm"],
        Measure::Length,
        (1, 100),
        "centimetre",
    ),
    (
        &["毫米"],
        &["millimeters", "millimetres", "millimeter", "millimetre", "mm"],
        Measure::Length,
        (1, 1000),
        "millimetre",
    ),
    (
        &["英尺", "呎"],
        &["feet", "foot", "ft"],
        Measure::Length,
        (3048, 10_000),
        "foot",
    ),
    (
        &["英寸", "吋"],
        &["inches", "inch"],
        Measure::Length,
        (254, 10_000),
        "inch",
    ),
    (
        &["米", "公尺"],
        &["meters", "metres", "meter", "metre", "m"],
        Measure::Length,
        (1, 1),
        "metre",
    ),
    (
        &["公斤", "千克"],
        &[
            "kilograms",
            "kilogrammes",
            "kilogram",
            "kilos",
            "kilo",
            "kg",
            "kgs",
        ],
        Measure::Mass,
        (1000, 1),
        "kilogram",
    ),
    (
        &["吨", "噸", "公吨"],
        &["metric tons", "metric tonnes", "tonnes", "tonne", "tons", "ton"],
        Measure::Mass,
        (1_000_000, 1),
        "tonne",
    ),
    (
        &["毫克"],
        &["milligrams", "mg"],
        Measure::Mass,
        (1, 1000),
        "milligram",
    ),
    (
        &["克"],
        &["grams", "grammes", "gram"],
        Measure::Mass,
        (1, 1),
        "gram",
    ),
    (
        &["磅"],
        &["pounds", "lbs", "lb"],
        Measure::Mass,
        (45_359, 100),
        "pound",
    ),
    (&["盎司"], &["ounces", "ounce"], Measure::Mass, (283, 10), "ounce"),
    (
        &["斤"],
        &["jin", "catties", "catty"],
        Measure::Mass,
        (500, 1),
        "jin",
    ),
    (
        &["个世纪", "個世紀", "世纪", "世紀"],
        &["centuries", "century"],
        Measure::Time,
        (100 * 365 * 86_400, 1),
        "century",
    ),
    (
        &["年", "周年", "週年", "载", "周岁", "週歲", "岁", "歲"],
        &["years", "year", "yrs", "anniversary"],
        Measure::Time,
        (365 * 86_400, 1),
        "year",
    ),
    (
        &["个季度", "季度"],
        &["quarters", "quarter"],
        Measure::Time,
        (365 * 86_400, 4),
        "quarter",
    ),
    (
        &["个月", "個月", "个多月"],
        &["months", "month"],
        Measure::Time,
        (365 * 86_400, 12),
        "month",
    ),
    (
        &["个星期", "星期", "周", "週", "個星期"],
        &["weeks", "week"],
        Measure::Time,
        (7 * 86_400, 1),
        "week",
    ),
    (&["天", "日"], &["days", "day"], Measure::Time, (86_400, 1), "day"),
    (
        &["个小时", "小时", "個小時", "小時", "个钟头"],
        &["hours", "hour", "hrs"],
        Measure::Time,
        (3600, 1),
        "hour",
    ),
    (
        &["分钟", "分鐘"],
        &["minutes", "minute", "mins"],
        Measure::Time,
        (60, 1),
        "minute",
    ),
    (
        &["秒钟", "秒鐘", "秒"],
        &["seconds", "second", "secs"],
        Measure::Time,
        (1, 1),
        "second",
    ),
    (
        &["摄氏度", "攝氏度", "℃"],
        &["degrees celsius", "degrees centigrade", "°c", "℃"],
        Measure::Temperature,
        (1, 1),
        "degree Celsius",
    ),
    (
        &["华氏度", "華氏度", "℉"],
        &["degrees fahrenheit", "°f", "℉"],
        Measure::Temperature,
        (1, 1),
        "degree Fahrenheit",
    ),
    (
        &["千瓦时", "千瓦時"],
        &["kilowatt-hours", "kilowatt hours", "kwh"],
        Measure::Energy,
        (1000, 1),
        "kilowatt-hour",
    ),
    (
        &["兆瓦"],
        &["megawatts", "megawatt", "mw"],
        Measure::Energy,
        (1_000_000, 3600),
        "megawatt",
    ),
    (
        &["千瓦"],
        &["kilowatts", "kilowatt", "kw"],
        Measure::Energy,
        (1000, 3600),
        "kilowatt",
    ),
];

/// Signs that stand before a number, in both languages; the longer first.
const SIGNS: &[(&str, &str)] = &[
    ("HK$", "Hong Kong dollar"),
    ("NT$", "New Taiwan dollar"),
    ("A$", "Australian dollar"),
    ("C$", "Canadian dollar"),
    ("US$", "US dollar"),
    ("RMB", "yuan"),
    ("CNY", "yuan"),
    ("USD", "US dollar"),
    ("人民币", "yuan"),
    ("$", "US dollar"),
    ("€", "euro"),
    ("£", "pound"),
    ("¥", "yuan"),
    ("￥", "yuan"),
];

/// The unit of the number at `number`: a sign before it, or a name right behind it, in English with at most one word
/// (`three more days`) between.
pub(crate) fn unit(text: &str, number: Span, side: Side) -> Option<Unit> {
    let before = text[..number.start()].trim_end_matches([' ', '-']);
    if let Some((_, name)) = SIGNS.iter().find(|(sign, _)| before.ends_with(sign)) {
        return UNITS.iter().find(|line| line.4 == *name).map(as_unit);
    }
    let behind = &text[number.end()..];
    match side {
        Side::Zh => {
            let behind = behind.trim_start_matches([' ', '多', '余', '餘']);
            longest(behind, |line| line.0, |_| true)
        }
        Side::En => {
            let lower = behind
                .get(..behind.char_indices().nth(48).map_or(behind.len(), |(at, _)| at))?
                .to_lowercase();
            let behind = lower.trim_start_matches([' ', '-']);
            let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
            longest(behind, |line| line.1, ends)
        }
    }
}

fn longest(
    behind: &str,
    names: impl Fn(&Line) -> &'static [&'static str],
    ends: impl Fn(&str) -> bool,
) -> Option<Unit> {
    let length = |line: &Line| {
        let opens = names(line).iter().filter_map(|name| {
            let rest = behind.strip_prefix(name)?;
            ends(rest).then_some(name.len())
        });
        opens.max()
    };
    UNITS
        .iter()
        .filter_map(|line| Some((length(line)?, line)))
        // The first of equals: UNITS is in the order of what is meant more often.
        .rev()
        .max_by_key(|(length, _)| *length)
        .map(|(_, line)| as_unit(line))
}

fn as_unit(line: &Line) -> Unit {
    Unit {
        measure: line.2,
        worth: line.3,
        name: line.4,
    }
}

impl Unit {
    /// Whether two quantities in different units of one measure are the same, as nearly as conversions are written:
    /// within a twentieth.
    pub fn converts(self, value: Ratio, other: Unit, other_value: Ratio) -> bool {
        if self.measure != other.measure
            || self.measure == Measure::Money
            || self.measure == Measure::Temperature
        {
            return false;
        }
        let worth =
            |(over, under): (u128, u128), value: Ratio| Some(to_f64(value) * over as f64 / under as f64);
        match (worth(self.worth, value), worth(other.worth, other_value)) {
            (Some(left), Some(right)) => (left - right).abs() <= 0.05 * left.max(right),
            _ => false,
        }
    }

    /// Whether the two are not the same and cannot both be right for one value. A pound of weight is no pound of money,
    /// but the word is the same.
    pub fn contradicts(self, other: Unit) -> bool {
        self.name != other.name
            && !(self.name.ends_with("dollar") && other.name == "US dollar")
            && !(self.name == "US dollar" && other.name.ends_with("dollar"))
    }
}

pub(crate) fn to_f64(value: Ratio) -> f64 {
    value.numerator() as f64 / value.denominator() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::numbers;

    fn first(text: &str, side: Side) -> Option<&'static str> {
        let number = numbers(text, side).first()?.span;
        unit(text, number, side).map(|unit| unit.name)
    }

    #[test]
    fn a_unit_is_known_before_and_behind_its_number() {
        assert_eq!(first("3亿美元", Side::Zh), Some("US dollar"));
        assert_eq!(first("3亿元", Side::Zh), Some("yuan"));
        assert_eq!(first("20多平方公里", Side::Zh), Some("square kilometre"));
        assert_eq!(first("$300 million", Side::En), Some("US dollar"));
        assert_eq!(first("RMB 300 million", Side::En), Some("yuan"));
        assert_eq!(first("a 50-metre pool", Side::En), Some("metre"));
        assert_eq!(first("20 people", Side::En), None);
    }

    #[test]
    fn units_of_one_measure_convert() {
        let (mu, hectare) = (
            unit("15亩", Span::new(0, 2), Side::Zh),
            unit("1 hectare", Span::new(0, 1), Side::En),
        );
        let (mu, hectare) = (mu.expect("a unit"), hectare.expect("a unit"));
        assert!(mu.converts(Ratio::whole(15), hectare, Ratio::ONE));
        assert!(!mu.converts(Ratio::whole(15), hectare, Ratio::whole(2)));
    }
}
