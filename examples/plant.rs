//! Document pairs into a table of what an audit finds: `cargo run --release --example plant -- FOLDER...`
//!
//! Each FOLDER holds translations as `x.zh.txt` and `x.en.txt`. One error at a time is planted in the English of a pair,
//! the pair is aligned and audited anew, and the error counts as found when a finding that the clean pair does not have
//! names it in the row where it was planted. What is found in the clean pairs are false alarms, but for errors that were
//! theirs to begin with. The places are spread evenly over each text: no chance is in it. `--missed` shows what is missed,
//! `--alarms` what is found in the clean pairs.

use duizhao::audit::{Auditor, CorpusNames, Finding, Glossary, Settings, Severity};
use duizhao::corpus::Row;
use duizhao::ingest::{self, Source};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use duizhao::pair;
use duizhao::pipeline::{Loaded, align_documents, load, read};
use duizhao::split::Split;
use duizhao::value::values;
use duizhao::words::words;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Errors of one kind that are planted in one document at most.
const A_DOCUMENT: usize = 4;

/// An error to plant: what it is, by which codes it may be found, and what it does to a sentence of English.
struct Kind {
    name: &'static str,
    /// Codes, or the letters that codes begin with.
    codes: &'static [&'static str],
    plant: fn(&Site) -> Option<String>,
}

/// A sentence pair that an error may be planted in.
struct Site<'a> {
    zh: &'a str,
    en: &'a str,
    /// English of another place of the document.
    elsewhere: &'a str,
    /// All names of the document's English.
    names: &'a [String],
    rows: &'a [&'a Row],
}

const KINDS: &[Kind] = &[
    Kind {
        name: "digit changed",
        codes: &["NUM"],
        plant: digit,
    },
    Kind {
        name: "magnitude changed",
        codes: &["NUM"],
        plant: magnitude,
    },
    Kind {
        name: "currency or unit changed",
        codes: &["NUM"],
        plant: unit,
    },
    Kind {
        name: "day or month changed",
        codes: &["DAT"],
        plant: day,
    },
    Kind {
        name: "year changed",
        codes: &["DAT", "NUM"],
        plant: year,
    },
    Kind {
        name: "weekday changed",
        codes: &["DAT"],
        plant: weekday,
    },
    Kind {
        name: "sentence dropped",
        codes: &["ALN01"],
        plant: |_| Some(String::new()),
    },
    Kind {
        name: "sentence added",
        codes: &["ALN02"],
        plant: |site| Some(format!("{} {}", site.en, site.elsewhere)),
    },
    Kind {
        name: "clause dropped",
        codes: &["ALN05", "ALN01"],
        plant: clause,
    },
    Kind {
        name: "name swapped",
        codes: &["NAM"],
        plant: name,
    },
    Kind {
        name: "place swapped",
        codes: &["NAM"],
        plant: place,
    },
    Kind {
        name: "negation flipped",
        codes: &["DEG03"],
        plant: negation,
    },
    Kind {
        name: "modal changed",
        codes: &["DEG02"],
        plant: modal,
    },
    Kind {
        name: "quotation broken",
        codes: &["PUN01", "ATT02"],
        plant: quotation,
    },
    Kind {
        name: "word in a quotation changed",
        codes: &["ATT02"],
        plant: quoted_word,
    },
    Kind {
        name: "degree dropped",
        codes: &["DEG01"],
        plant: degree,
    },
    Kind {
        name: "name spelled in another way",
        codes: &["NAM02"],
        plant: spelling,
    },
    Kind {
        name: "term changed",
        codes: &["TRM02"],
        plant: term,
    },
    Kind {
        name: "forbidden term used",
        codes: &["TRM04"],
        plant: forbidden,
    },
    Kind {
        name: "character hidden",
        codes: &["SCR01"],
        plant: hidden,
    },
    Kind {
        name: "sentence repeated",
        codes: &["DUP01"],
        plant: |site| (site.en.len() > 40).then(|| format!("{0} {0}", site.en)),
    },
];

fn main() -> Result<(), Failure> {
    let (flags, folders): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let mut pairs = Vec::new();
    for folder in &folders {
        for task in pair::names(Path::new(folder))?.tasks {
            let settings = ingest::Settings::default();
            pairs.push((load(&task.zh.path, &settings)?, load(&task.en.path, &settings)?));
        }
    }
    let results: Vec<Tally> = pairs
        .par_iter()
        .map(|(zh, en)| try_pair(zh, en))
        .collect::<Result<_, _>>()?;
    let mut all = Tally::default();
    results.into_iter().for_each(|result| all.add(result));
    let settings = Settings::default();
    let together = Auditor::new(Lexicon::embedded(), &settings).corpus(&all.names);
    together.iter().for_each(|finding| all.alarm(finding));
    let asked = |name: &str| flags.iter().any(|flag| flag == name);
    if asked("--missed") {
        all.missed.iter().for_each(|missed| println!("{missed}"));
    }
    if asked("--alarms") {
        all.read.iter().for_each(|alarm| println!("{alarm}"));
    }
    all.print();
    Ok(())
}

/// What became of the planted errors of some documents, and what was found without any.
#[derive(Default)]
struct Tally {
    words: usize,
    alarms: BTreeMap<(&'static str, Severity), usize>,
    planted: BTreeMap<&'static str, usize>,
    found: BTreeMap<&'static str, usize>,
    missed: Vec<String>,
    /// What was found in the clean pairs, to be read.
    read: Vec<String>,
    names: CorpusNames,
}

fn try_pair(zh: &Loaded, en: &Loaded) -> Result<Tally, Failure> {
    let settings = Settings {
        glossary: glossary()?,
        ..Settings::default()
    };
    let auditor = Auditor::new(Lexicon::embedded(), &settings);
    let date = zh.document.date.or(en.document.date);
    let aligned = |en: &Loaded| -> Result<Vec<Row>, Failure> {
        let id = &zh.document.source;
        Ok(align_documents(id, zh, en, Split::Sentence, Lexicon::embedded(), 0.0)?.rows)
    };
    let rows = aligned(en)?;
    let (clean, names_here) = {
        let document = auditor.read(&rows, date);
        (auditor.findings(&document), document.names())
    };
    let mut tally = Tally {
        names: names_here,
        words: en.document.text.split_whitespace().count(),
        ..Tally::default()
    };
    clean.iter().for_each(|finding| tally.alarm(finding));
    let before: HashSet<(&str, &str)> = clean
        .iter()
        .map(|finding| (finding.code, finding.message.as_str()))
        .collect();
    let names = names(&en.document.text);
    let rows = if rows.len() > 2 { rows } else { Vec::new() };
    let sites: Vec<&Row> = rows
        .iter()
        .filter(|row| row.align_type == "1-1" && row.trg_text.split(' ').count() >= 5)
        .collect();
    for kind in KINDS {
        let plants: Vec<(&Row, String)> = sites
            .iter()
            .enumerate()
            .filter_map(|(at, row)| {
                let elsewhere = &sites[(at + sites.len() / 2) % sites.len()].trg_text;
                let site = Site {
                    zh: &row.src_text,
                    en: &row.trg_text,
                    elsewhere,
                    names: &names,
                    rows: &sites,
                };
                let planted = (kind.plant)(&site).filter(|planted| *planted != row.trg_text)?;
                (en.document.text.matches(&row.trg_text).count() == 1).then_some((*row, planted))
            })
            .collect();
        let step = plants.len().div_ceil(A_DOCUMENT).max(1);
        for (row, planted) in plants.iter().step_by(step) {
            let text = en.document.text.replacen(&row.trg_text, planted, 1);
            let spoiled = read(
                Source {
                    name: "x.en.txt".into(),
                    bytes: text.into_bytes(),
                },
                &ingest::Settings::default(),
            )?;
            let became = aligned(&spoiled)?;
            let findings = auditor.document(&became, date);
            let names_it = |finding: &&Finding| {
                kind.codes.iter().any(|code| finding.code.starts_with(code))
                    && !before.contains(&(finding.code, finding.message.as_str()))
                    || kind.codes.iter().any(|code| finding.code.starts_with(code))
                        && !clean.iter().any(|old| old.id == finding.id)
            };
            let here = |finding: &&Finding| {
                finding.src_text.contains(&row.src_text)
                    || kind.codes.contains(&"DUP01") && finding.trg_text.contains(&row.trg_text)
                    || finding.trg_text.contains(planted.as_str()) && !planted.is_empty()
                    || kind.codes.contains(&"ALN02")
                        && finding.trg_text.contains(planted[row.trg_text.len()..].trim())
            };
            *tally.planted.entry(kind.name).or_default() += 1;
            if findings.iter().filter(names_it).any(|finding| here(&finding)) {
                *tally.found.entry(kind.name).or_default() += 1;
            } else {
                let mut missed = format!(
                    "{}\n  {}\n  {}\n  {planted}",
                    kind.name, row.src_text, row.trg_text
                );
                for row in became.iter().filter(|now| now.src_text.contains(&row.src_text)) {
                    missed += &format!("\n  {} {} | {}", row.align_type, row.src_text, row.trg_text);
                }
                tally.missed.push(missed);
            }
        }
    }
    Ok(tally)
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.words += other.words;
        other
            .alarms
            .into_iter()
            .for_each(|(key, count)| *self.alarms.entry(key).or_default() += count);
        other
            .planted
            .into_iter()
            .for_each(|(key, count)| *self.planted.entry(key).or_default() += count);
        other
            .found
            .into_iter()
            .for_each(|(key, count)| *self.found.entry(key).or_default() += count);
        self.missed.extend(other.missed);
        self.read.extend(other.read);
        self.names.add(other.names);
    }

    fn alarm(&mut self, finding: &Finding) {
        *self.alarms.entry((finding.code, finding.severity)).or_default() += 1;
        self.read.push(format!(
            "{} {}\t{}\n  {}\n  {}",
            finding.code, finding.severity, finding.message, finding.src_text, finding.trg_text
        ));
    }

    fn print(&self) {
        println!("| planted | codes | number | found | recall |\n|---|---|---|---|---|");
        for kind in KINDS {
            let planted = self.planted.get(kind.name).copied().unwrap_or(0);
            let found = self.found.get(kind.name).copied().unwrap_or(0);
            let recall = found as f64 / planted.max(1) as f64;
            println!(
                "| {} | {} | {planted} | {found} | {recall:.3} |",
                kind.name,
                kind.codes.join(" ")
            );
        }
        let per_thousand = |count: usize| 1000.0 * count as f64 / self.words.max(1) as f64;
        println!(
            "\n{} English words, clean:\n\n| code | severity | findings | per 1,000 words |\n|---|---|---|---|",
            self.words
        );
        for ((code, severity), &count) in &self.alarms {
            println!("| {code} | {severity} | {count} | {:.2} |", per_thousand(count));
        }
        for severity in Severity::ALL {
            let count = self
                .alarms
                .iter()
                .filter(|((_, own), _)| *own == severity)
                .map(|(_, count)| count)
                .sum();
            println!("| all | {severity} | {count} | {:.2} |", per_thousand(count));
        }
    }
}

/// The number in digits that is written in both languages, with its digit in the middle changed.
fn digit(site: &Site) -> Option<String> {
    let zh = values(site.zh, Side::Zh);
    let number = values(site.en, Side::En).numbers.into_iter().find(|number| {
        let written = number.span.of(site.en);
        written.contains(|c: char| c.is_ascii_digit())
            && zh.numbers.iter().any(|other| other.value == number.value)
    })?;
    let written = number.span.of(site.en);
    let digits: Vec<(usize, char)> = written
        .char_indices()
        .filter(|(_, c)| c.is_ascii_digit())
        .collect();
    let (at, old) = digits[digits.len() / 2];
    let new = char::from_digit((old.to_digit(10)? + 3) % 9 + 1, 10)?;
    let new = if new == old { '7' } else { new };
    let at = number.span.start() + at;
    Some(format!("{}{new}{}", &site.en[..at], &site.en[at + 1..]))
}

fn magnitude(site: &Site) -> Option<String> {
    let pairs = [
        (" million", " billion"),
        (" billion", " million"),
        (" thousand", " million"),
        (" trillion", " billion"),
        (",000", ""),
        ("00 ", " "),
    ];
    let has_digit = |at: usize| site.en[..at].ends_with(|c: char| c.is_ascii_digit());
    pairs.iter().find_map(|(from, to)| {
        let at = site.en.find(from).filter(|&at| has_digit(at))?;
        Some(format!("{}{to}{}", &site.en[..at], &site.en[at + from.len()..]))
    })
}

fn unit(site: &Site) -> Option<String> {
    let pairs = [
        (" yuan", " dollars"),
        ("RMB ", "$"),
        ("$", "€"),
        (" kilometers", " miles"),
        (" meters", " kilometers"),
        (" hours", " days"),
        (" days", " weeks"),
        (" tons", " kilograms"),
        (" percentage points", " percent"),
    ];
    pairs.iter().find_map(|(from, to)| {
        let at = site.en.find(from)?;
        let counted = site.en[..at].ends_with(|c: char| c.is_ascii_digit())
            || site.en[at + from.len()..].starts_with(|c: char| c.is_ascii_digit());
        counted.then(|| format!("{}{to}{}", &site.en[..at], &site.en[at + from.len()..]))
    })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn day(site: &Site) -> Option<String> {
    let dated = values(site.en, Side::En)
        .dates
        .into_iter()
        .find(|dated| dated.date.month.is_some() && dated.date.day.is_some())?;
    let written = dated.span.of(site.en);
    let (day, month) = (dated.date.day?, usize::from(dated.date.month?));
    let changed = if day % 2 == 0 {
        written.replacen(MONTHS[month - 1], MONTHS[month % 12], 1)
    } else {
        written.replacen(&day.to_string(), &(day % 28 + 1).to_string(), 1)
    };
    Some(site.en.replacen(written, &changed, 1))
}

fn year(site: &Site) -> Option<String> {
    let dates = values(site.en, Side::En).dates;
    let dated = dates.iter().find(|dated| {
        dated.date.year.is_some() && site.zh.contains(&dated.date.year.unwrap_or(0).to_string())
    })?;
    let (written, year) = (dated.span.of(site.en), dated.date.year?);
    Some(site.en.replacen(
        written,
        &written.replacen(&year.to_string(), &(year - 3).to_string(), 1),
        1,
    ))
}

fn weekday(site: &Site) -> Option<String> {
    let days = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let at = days.iter().position(|day| site.en.contains(day))?;
    let said = ["周", "星期", "礼拜"].iter().any(|word| site.zh.contains(word));
    said.then(|| site.en.replace(days[at], days[(at + 2) % 7]))
}

/// The longest clause behind a comma.
fn clause(site: &Site) -> Option<String> {
    let body = site.en.trim_end_matches(['.', '"', '”', '!', '?']);
    let parts: Vec<&str> = body.split(", ").collect();
    let (at, longest) = parts
        .iter()
        .enumerate()
        .skip(1)
        .max_by_key(|(_, part)| part.split(' ').count())?;
    let count = longest.split(' ').count();
    (count >= 6 && parts.len() >= 2).then(|| {
        let rest: Vec<&str> = parts
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != at)
            .map(|(_, part)| *part)
            .collect();
        format!("{}.", rest.join(", "))
    })
}

/// Two capitalised words in a row that begin no sentence.
fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let words: Vec<&str> = text.split_whitespace().collect();
    for three in words.windows(3) {
        let plain = |word: &str| {
            word.len() > 2 && word.chars().all(char::is_alphabetic) && word.starts_with(char::is_uppercase)
        };
        let inside = three[0].ends_with(|c: char| c.is_ascii_lowercase());
        if inside && plain(three[1]) && plain(three[2]) && PINYIN.iter().any(|surname| *surname == three[1]) {
            names.push(format!("{} {}", three[1], three[2]));
        }
    }
    names.sort();
    names.dedup();
    names
}

const PINYIN: [&str; 24] = [
    "Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu", "Xu", "Sun", "Hu", "Zhu",
    "Gao", "Lin", "He", "Guo", "Ma", "Luo", "Song", "Xi", "Tang", "Deng",
];

fn name(site: &Site) -> Option<String> {
    let own = site.names.iter().find(|name| site.en.contains(name.as_str()))?;
    let other = site
        .names
        .iter()
        .find(|other| !site.en.contains(other.as_str()))
        .map_or("Qian Zhongwei", |name| name);
    Some(site.en.replace(own.as_str(), other))
}

fn place(site: &Site) -> Option<String> {
    let places = [
        "Beijing",
        "Shanghai",
        "Japan",
        "Germany",
        "Russia",
        "Guangdong",
        "Hong Kong",
        "India",
        "France",
        "Brazil",
        "Chongqing",
        "Tianjin",
        "Jiangsu",
        "Henan",
        "Hebei",
        "London",
        "Zhejiang",
        "Shandong",
        "Sichuan",
        "Wuhan",
    ];
    let at = places.iter().position(|place| site.en.contains(place))?;
    let other = (1..places.len())
        .map(|step| places[(at + step * 7) % places.len()])
        .find(|other| !site.en.contains(other))?;
    Some(site.en.replace(places[at], other))
}

fn negation(site: &Site) -> Option<String> {
    for (from, to) in [
        (" did not ", " did "),
        (" not ", " "),
        (" cannot ", " can "),
        (" never ", " always "),
        (" is ", " is not "),
        (" are ", " are not "),
        (" will ", " will not "),
        (" was ", " was not "),
        (" has ", " has not "),
    ] {
        if site.en.contains(from) && !site.en.contains("not only") {
            return Some(site.en.replacen(from, to, 1));
        }
    }
    None
}

fn modal(site: &Site) -> Option<String> {
    for (from, to) in [
        (" must ", " may "),
        (" should ", " may "),
        (" may ", " must "),
        (" might ", " must "),
        (" could ", " must "),
        (" can ", " must "),
        (" have to ", " may "),
    ] {
        if site.en.contains(from) {
            return Some(site.en.replacen(from, to, 1));
        }
    }
    None
}

fn quotation(site: &Site) -> Option<String> {
    let mark = ["”", "\""].into_iter().find(|mark| site.en.contains(mark))?;
    let at = site.en.rfind(mark)?;
    Some(format!("{}{}", &site.en[..at], &site.en[at + mark.len()..]))
}

/// The longest word of a quotation becomes the longest word of another sentence.
fn quoted_word(site: &Site) -> Option<String> {
    let open = site.en.find(['“', '"'])?;
    let from = open + site.en[open..].chars().next()?.len_utf8();
    let to = from + site.en[from..].find(['”', '"'])?;
    let longest = |text: &str| -> Option<String> {
        let words = text.split(|c: char| !c.is_alphabetic());
        let plain = words.filter(|word| word.chars().all(|c| c.is_ascii_lowercase()));
        plain.max_by_key(|word| word.len()).map(str::to_owned)
    };
    let word = longest(&site.en[from..to]).filter(|word| word.len() >= 4)?;
    let other = longest(site.elsewhere).filter(|other| !site.en.contains(other.as_str()))?;
    Some(format!(
        "{}{}{}",
        &site.en[..from],
        site.en[from..to].replacen(&word, &other, 1),
        &site.en[to..]
    ))
}

fn degree(site: &Site) -> Option<String> {
    let words = [
        "firmly ",
        "resolutely ",
        "strongly ",
        "seriously ",
        "severely ",
        "serious ",
        "severe ",
        "extremely ",
        "completely ",
        "thoroughly ",
        "basically ",
        "generally ",
        "appropriate ",
        "inevitably ",
        "almost ",
        "very ",
    ];
    let strong = [
        "坚决",
        "强烈",
        "严重",
        "极其",
        "极为",
        "彻底",
        "基本",
        "适当",
        "必将",
        "原则上",
    ];
    let word = words.iter().find(|word| site.en.contains(*word))?;
    strong
        .iter()
        .any(|strong| site.zh.contains(strong))
        .then(|| site.en.replace(word, ""))
}

/// A given name of two syllables or more gets a hyphen, where the name stands in another sentence as it was.
fn spelling(site: &Site) -> Option<String> {
    let name = site
        .names
        .iter()
        .find(|name| site.en.contains(name.as_str()) && site.elsewhere.contains(name.as_str()))?;
    let vowels = |c: char| "aeiou".contains(c);
    let cut = (name.find(' ')? + 3..name.len() - 1).find(|&at| {
        name[..at].ends_with(vowels)
            && name[at..].starts_with(|c: char| c.is_ascii_lowercase() && !vowels(c) && c != 'n')
    });
    let (first, rest) = name.split_at(cut?);
    Some(site.en.replace(name.as_str(), &format!("{first}-{rest}")))
}

/// A term that the document renders in one way, in two other rows at least.
fn term(site: &Site) -> Option<String> {
    TERMS.iter().find_map(|(zh, from, to)| {
        // 大学生 is another word than 学生.
        let is_word =
            |text: &str| text.contains(zh) && words(text, Side::Zh).iter().any(|word| word.key == *zh);
        let has_both =
            |row: &&&Row| is_word(&row.src_text) && with_term(&row.trg_text, from, to) != row.trg_text;
        let is_common = is_word(site.zh) && site.rows.iter().filter(has_both).count() > 2;
        is_common
            .then(|| with_term(site.en, from, to))
            .filter(|planted| planted != site.en)
    })
}

/// A text with every whole word `from`, or its plural, replaced by `to`, or its plural.
fn with_term(text: &str, from: &str, to: &str) -> String {
    let words = text.split_inclusive(|c: char| !c.is_alphabetic());
    let replaced = words.map(|word| {
        let end = word.trim_end_matches(|c: char| !c.is_alphabetic()).len();
        match &word[..end] {
            own if own == from => format!("{to}{}", &word[end..]),
            own if own == plural(from) => format!("{}{}", plural(to), &word[end..]),
            _ => word.to_owned(),
        }
    });
    replaced.collect()
}

fn plural(word: &str) -> String {
    match word {
        "child" => "children".into(),
        _ if word.ends_with('y') => format!("{}ies", &word[..word.len() - 1]),
        _ if word.ends_with("ch") || word.ends_with('s') => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// Terms, a word that renders them, and another that might, both in the singular.
const TERMS: &[(&str, &str, &str)] = &[
    ("发展", "development", "growth"),
    ("改革", "reform", "overhaul"),
    ("企业", "enterprise", "firm"),
    ("项目", "project", "scheme"),
    ("疫情", "epidemic", "outbreak"),
    ("疫情", "pandemic", "outbreak"),
    ("公司", "company", "firm"),
    ("政策", "policy", "guideline"),
    ("创新", "innovation", "novelty"),
    ("市场", "market", "marketplace"),
    ("比赛", "game", "match"),
    ("旅游", "tourism", "travel"),
    ("警察", "police", "constable"),
    ("学生", "student", "pupil"),
    ("医院", "hospital", "clinic"),
    ("记者", "reporter", "journalist"),
    ("运动员", "athlete", "sportsman"),
    ("银行", "bank", "lender"),
    ("环境", "environment", "setting"),
    ("产品", "product", "commodity"),
    ("技术", "technology", "technique"),
    ("就业", "employment", "work"),
    ("目标", "goal", "target"),
    ("任务", "task", "mission"),
    ("孩子", "child", "kid"),
    ("汽车", "car", "vehicle"),
    ("合作", "cooperation", "collaboration"),
    ("会议", "meeting", "conference"),
    ("系统", "system", "network"),
    ("活动", "activity", "event"),
    ("服务", "service", "provision"),
    ("城市", "city", "town"),
    ("教育", "education", "schooling"),
    ("脱贫", "poverty", "hardship"),
    ("火星", "Mars", "the Red Planet"),
];

/// Terms, the word that renders them, and one that the glossary forbids.
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("政府", "government", "regime"),
    ("国家", "country", "realm"),
    ("经济", "economy", "thrift"),
    ("问题", "problem", "conundrum"),
    ("社会", "society", "populace"),
    ("群众", "people", "folk"),
    ("部门", "department", "bureau"),
    ("工作", "work", "toil"),
];

fn glossary() -> Result<Glossary, Failure> {
    let line = |(zh, _, en): &(&str, &str, &str)| format!("{zh}\t{en}\tforbidden\n");
    let table: String = FORBIDDEN.iter().map(line).collect();
    Ok(Glossary::read("forbidden.tsv", &table)?)
}

fn forbidden(site: &Site) -> Option<String> {
    let here = FORBIDDEN.iter().filter(|(zh, ..)| site.zh.contains(zh));
    let planted = here.map(|(_, from, to)| with_term(site.en, from, to));
    planted.into_iter().find(|planted| planted != site.en)
}

fn hidden(site: &Site) -> Option<String> {
    let at = site.en.find(' ')?;
    Some(format!("{}\u{200b}{}", &site.en[..at], &site.en[at..]))
}
