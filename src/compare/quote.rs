//! Coverage and readouts into quotations: which words of which readout a passage quotes, and as whose.

use super::event::{Comparison, Source};
use super::feature::{Grid, WordLinks};
use super::text::Text;
use crate::ingest::Role;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::script::fold_text;
use crate::words::{Piece, en::stem, pieces};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

/// Words between quotation marks in one source that another one says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quote {
    /// The quoting source and its passage, from 0.
    pub coverage: usize,
    pub passage: usize,
    /// The source quoted and its passage.
    pub readout: usize,
    pub quoted: usize,
    pub kind: QuoteKind,
    /// The words between the marks.
    pub words: String,
    /// Who is said to have said so, in the passage's own words.
    pub speaker: Option<String>,
}

impl Quote {
    /// Whether it is of, or in, this passage of this source.
    pub fn names(&self, source: usize, passage: usize) -> bool {
        [(self.coverage, self.passage), (self.readout, self.quoted)].contains(&(source, passage))
    }
}

/// How words are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// Word for word.
    Exact,
    /// Word for word, with a gap.
    Cut,
    /// With other words among them.
    Reworded,
    /// From the other language.
    Translated,
}

impl QuoteKind {
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Exact => "exact",
            QuoteKind::Cut => "cut",
            QuoteKind::Reworded => "reworded",
            QuoteKind::Translated => "translated",
        }
    }
}

/// Fewer words may be anybody's.
const FEWEST: usize = 3;
/// Share of the quoted words that a reworded quotation keeps, in order.
const KEPT: f32 = 0.6;
/// Letters of words that say something: of these the same share is kept.
const LONG: usize = 4;
/// Of a quotation in translation: how far the readout's passage covers the words, and how probable it is that the
/// passages say the same. Where the one is high, less of the other will do.
const ENOUGH: [(f32, f32); 2] = [(0.5, 0.1), (0.3, 0.4)];

/// The quotations in sources that are no readouts, in the order of the sources and their passages.
pub(super) fn quotes(sources: &[Source], pairs: &[Comparison], lexicon: &Lexicon) -> Vec<Quote> {
    let mut found = Vec::new();
    for (coverage, source) in sources.iter().enumerate() {
        if source.role != Role::Coverage {
            continue;
        }
        let spans = Span::all(source);
        for span in &spans {
            let own = readouts(sources).filter(|(_, readout)| readout.side == source.side);
            let best = own.filter_map(|(at, readout)| Some((at, same_words(&span.words, readout)?)));
            let best = best.min_by_key(|(at, (kind, _))| (*kind as u8, *at));
            if let Some((readout, (kind, quoted))) = best {
                found.push(span.quote(coverage, readout, quoted, kind));
            }
        }
        let is_known = |span: &Span, found: &[Quote]| {
            found.iter().any(|quote| {
                quote.coverage == coverage && quote.passage == span.passage && quote.words == span.text
            })
        };
        let left: Vec<&Span> = spans.iter().filter(|span| !is_known(span, &found)).collect();
        for (readout, other) in readouts(sources).filter(|(_, readout)| readout.side != source.side) {
            let pair = pairs
                .iter()
                .find(|pair| [(pair.zh, pair.en), (pair.en, pair.zh)].contains(&(readout, coverage)));
            if let Some(pair) = pair {
                for (span, quoted) in translated(&left, source.side, other, pair, lexicon) {
                    found.push(span.quote(coverage, readout, quoted, QuoteKind::Translated));
                }
            }
        }
    }
    found.sort_by_key(|quote| (quote.coverage, quote.passage, quote.readout, quote.quoted));
    found
}

fn readouts<'s, 'a>(sources: &'s [Source<'a>]) -> impl Iterator<Item = (usize, &'s Source<'a>)> {
    sources
        .iter()
        .enumerate()
        .filter(|(_, source)| source.role != Role::Coverage)
}

/// What stands between two quotation marks.
struct Span<'a> {
    passage: usize,
    text: &'a str,
    /// Stems, and nothing where words were left out.
    words: Vec<Option<String>>,
    speaker: Option<String>,
}

impl<'a> Span<'a> {
    fn all(source: &'a Source<'_>) -> Vec<Span<'a>> {
        let mut spans = Vec::new();
        let (mut before, mut last): (&str, Option<String>) = ("", None);
        for (passage, sentence) in source.passages.iter().enumerate() {
            let said = match source.side {
                Side::Zh => said_by_zh(sentence.text),
                Side::En => said_by(sentence.text),
            };
            let speaker = match said {
                Said::By(name) => Some(name),
                Said::ByPronoun(pronoun) => last.filter(|name| is_meant(pronoun, name, before)),
                // A quotation alone goes on where the one before it ended.
                Said::ByNobody if sentence.text.starts_with(['“', '"']) => last,
                Said::ByNobody | Said::Unclear => None,
            };
            for text in between_marks(sentence.text) {
                spans.push(Span {
                    passage,
                    text,
                    words: stems(text),
                    speaker: speaker.clone(),
                });
            }
            (before, last) = (sentence.text, speaker);
        }
        spans
    }

    fn quote(&self, coverage: usize, readout: usize, quoted: usize, kind: QuoteKind) -> Quote {
        Quote {
            coverage,
            passage: self.passage,
            readout,
            quoted,
            kind,
            words: self.text.to_owned(),
            speaker: self.speaker.clone(),
        }
    }
}

/// The texts between double quotation marks of a sentence; one that is left open runs to the end.
fn between_marks(sentence: &str) -> Vec<&str> {
    let mut spans = Vec::new();
    let mut open: Option<usize> = None;
    for (at, mark) in sentence.char_indices() {
        match (mark, open) {
            ('“' | '「', None) | ('"', None) => open = Some(at + mark.len_utf8()),
            ('”' | '」' | '"', Some(from)) => {
                spans.push(&sentence[from..at]);
                open = None;
            }
            _ => {}
        }
    }
    spans.extend(open.map(|from| &sentence[from..]));
    spans.retain(|span| span.chars().any(char::is_alphanumeric));
    spans
}

/// Stems of the words of a text, with a gap where it shows that some were left out.
fn stems(text: &str) -> Vec<Option<String>> {
    let text = text
        .replace("[...]", "…")
        .replace("...", "…")
        .replace(". . .", "…");
    let word = |piece: &str| match piece.chars().next() {
        Some('…') => Some(None),
        Some(first) if first.is_alphanumeric() => Some(Some(stem(piece))),
        _ => None,
    };
    text.split_word_bounds().filter_map(word).collect()
}

/// How a source of the same language says the words, and in which passage: the best way there is.
fn same_words(words: &[Option<String>], source: &Source) -> Option<(QuoteKind, usize)> {
    if words.iter().flatten().count() < FEWEST {
        return None;
    }
    let ways = source.passages.iter().enumerate().filter_map(|(at, passage)| {
        let said: Vec<String> = stems(passage.text).into_iter().flatten().collect();
        let (kind, kept) = way(words, &said)?;
        Some((kind, kept, at))
    });
    // The first of the best.
    let best = ways.min_by(|one, other| {
        (one.0 as u8)
            .cmp(&(other.0 as u8))
            .then(other.1.total_cmp(&one.1))
            .then(one.2.cmp(&other.2))
    })?;
    Some((best.0, best.2))
}

fn way(words: &[Option<String>], said: &[String]) -> Option<(QuoteKind, f32)> {
    let parts: Vec<Vec<&str>> = words
        .split(Option::is_none)
        .map(|part| part.iter().flatten().map(String::as_str).collect())
        .filter(|part: &Vec<&str>| !part.is_empty())
        .collect();
    let mut from = 0;
    let in_order = parts.iter().all(|part| match find(part, &said[from..]) {
        Some(at) => {
            from += at + part.len();
            true
        }
        None => false,
    });
    if in_order {
        let kind = if parts.len() > 1 {
            QuoteKind::Cut
        } else {
            QuoteKind::Exact
        };
        return Some((kind, 1.0));
    }
    let words: Vec<&str> = parts.concat();
    let long = |word: &str| word.chars().count() >= LONG;
    let long_words: Vec<&str> = words.iter().copied().filter(|word| long(word)).collect();
    let long_said: Vec<String> = said.iter().filter(|word| long(word)).cloned().collect();
    let kept = share(&words, said).min(share(&long_words, &long_said));
    (kept >= KEPT && words.len() > FEWEST).then_some((QuoteKind::Reworded, kept))
}

/// The share of the words that are said, in order.
fn share(words: &[&str], said: &[String]) -> f32 {
    in_common(words, said) as f32 / words.len().max(1) as f32
}

fn find(part: &[&str], said: &[String]) -> Option<usize> {
    said.windows(part.len())
        .position(|window| window.iter().zip(part).all(|(said, word)| said == word))
}

/// Length of the longest run of words, in order and close together, that both have.
fn in_common(words: &[&str], said: &[String]) -> usize {
    // Within a window, so that a long passage does not hold any words there are by chance.
    let window = (words.len() * 3 / 2).max(words.len() + 2).min(said.len());
    said.windows(window.max(1))
        .map(|said| longest_common(words, said))
        .max()
        .unwrap_or(0)
}

fn longest_common(words: &[&str], said: &[String]) -> usize {
    let mut row = vec![0; said.len() + 1];
    for word in words {
        let mut before = 0;
        for (at, said) in said.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if said == word {
                before + 1
            } else {
                above.max(row[at])
            };
            before = above;
        }
    }
    row[said.len()]
}

/// The quoted words that a source in the other language says, with its passage.
fn translated<'s, 'a>(
    spans: &[&'s Span<'a>],
    side: Side,
    other: &Source,
    pair: &Comparison,
    lexicon: &Lexicon,
) -> Vec<(&'s Span<'a>, usize)> {
    let quoted: Vec<&str> = spans.iter().map(|span| span.text).collect();
    let said: Vec<&str> = other.passages.iter().map(|passage| passage.text).collect();
    let (quoted, said) = (
        Text::new(side, &quoted, lexicon),
        Text::new(other.side, &said, lexicon),
    );
    let (zh, en) = if side == Side::En {
        (&said, &quoted)
    } else {
        (&quoted, &said)
    };
    let grid = Grid::new(&WordLinks::new(zh, en, lexicon));
    let covered = |span: usize, passage: usize| match side {
        Side::En => grid.cover[passage * grid.columns + span][1],
        Side::Zh => grid.cover[span * grid.columns + passage][0],
    };
    let likely = |span: &Span, passage: usize| {
        let (zh, en) = if side == Side::En {
            (passage, span.passage)
        } else {
            (span.passage, passage)
        };
        pair.links
            .iter()
            .find(|link| (link.zh, link.en) == (zh, en))
            .map_or(0.0, |link| link.score)
    };
    let best = |(number, span): (usize, &&'s Span<'a>)| {
        let worth = |passage: usize| covered(number, passage) * (0.3 + likely(span, passage));
        let passage = (0..other.passages.len()).max_by(|&one, &two| worth(one).total_cmp(&worth(two)))?;
        let (share, probability) = (covered(number, passage), likely(span, passage));
        let is_said = ENOUGH
            .iter()
            .any(|&(covered, likely)| share >= covered && probability >= likely);
        is_said.then_some((*span, passage))
    };
    spans.iter().enumerate().filter_map(best).collect()
}

/// Verbs that a quotation goes with, and what stands for the speaker beside them.
const SAYING: [&str; 12] = [
    "said",
    "says",
    "told",
    "called",
    "wrote",
    "added",
    "stressed",
    "noted",
    "warned",
    "answered",
    "replied",
    "according to",
];

/// Verbs with which the speaker may stand behind them; behind the others stands who is spoken to or of.
const TURNED: [&str; 8] = [
    "said", "says", "wrote", "added", "noted", "warned", "answered", "replied",
];
/// Words between a speaker and the verb.
const BETWEEN: [&str; 12] = [
    "then",
    "also",
    "later",
    "again",
    "has",
    "had",
    "would",
    "will",
    "even",
    "once",
    "only",
    "previously",
];
/// Words before a speaker.
const AHEAD: [&str; 9] = [
    "and", "but", "while", "as", "when", "where", "which", "what", "that",
];
/// Words of a phrase that names nobody: something is said of it, or it is denied.
const NOBODY: [&str; 15] = [
    "was", "were", "is", "are", "be", "been", "being", "not", "never", "nobody", "no", "it", "who", "have",
    "to",
];

/// Who says what a sentence quotes.
#[derive(Debug, PartialEq)]
enum Said<'a> {
    By(String),
    ByPronoun(&'a str),
    /// There is no verb of saying.
    ByNobody,
    /// There are several, or one without a name beside it.
    Unclear,
}

/// Who speaks, in the words of an English sentence: what stands before the verb of saying, or behind it. A wrong name is
/// worse than none, so two verbs with speakers of their own name nobody.
fn said_by(sentence: &str) -> Said<'static> {
    let plain = without_quotations(sentence);
    let mut verbs: Vec<(usize, &str)> = SAYING
        .iter()
        .flat_map(|verb| words_at(&plain, verb).map(move |at| (at, *verb)))
        .collect();
    verbs.sort_unstable();
    // "... and added" has the speaker of the verb before it.
    let goes_on = |at: usize| plain[..at].trim_end().ends_with(" and");
    let own: Vec<(usize, &str)> = verbs
        .iter()
        .copied()
        .enumerate()
        .filter(|&(number, (at, _))| number == 0 || !goes_on(at))
        .map(|(_, verb)| verb)
        .collect();
    match own[..] {
        [] => Said::ByNobody,
        [(at, verb)] => speaker(&plain[..at], verb, &plain[at + verb.len()..]),
        _ => Said::Unclear,
    }
}

/// Chinese verbs that a quotation goes with, the speaker before them; 在声明中说 is cut as 声明 and 中说.
const SAYING_ZH: [&str; 16] = [
    "说", "表示", "称", "指出", "强调", "写道", "回应", "认为", "提到", "问", "答", "重申", "说道", "告诉",
    "中说", "中称",
];
/// Words behind a speaker: what it is said to, where, and when.
const BEHIND_ZH: [&str; 16] = [
    "对",
    "向",
    "在",
    "则",
    "还",
    "也",
    "又",
    "就",
    "于",
    "当天",
    "随后",
    "日前",
    "同时",
    "曾",
    "再次",
    "进一步",
];
/// Words before a speaker.
const AHEAD_ZH: [&str; 8] = ["但", "但是", "而", "不过", "并", "据", "因此", "随后"];
const PRONOUNS_ZH: [&str; 5] = ["他", "她", "他们", "她们", "其"];
/// A name with an office before it has no more characters.
const LONGEST_NAME_ZH: usize = 12;

/// Who speaks, in the words of a Chinese sentence: what stands before the verb of saying, in its clause.
fn said_by_zh(sentence: &str) -> Said<'static> {
    let plain = without_quotations(sentence);
    let mut clause: Vec<&str> = Vec::new();
    let mut found: Vec<String> = Vec::new();
    pieces(&plain, Side::Zh, |piece| match piece {
        Piece::Han(word) if SAYING_ZH.contains(&&*fold_text(word)) && !clause.is_empty() => {
            let is_ahead = |word: &&&str| AHEAD_ZH.contains(&&*fold_text(word));
            let ahead = clause.iter().take_while(is_ahead).count();
            let name = clause[ahead..].iter();
            let name = name.take_while(|word| !BEHIND_ZH.contains(&&*fold_text(word)));
            found.push(name.copied().collect());
            clause.clear();
        }
        Piece::Han(word) | Piece::Latin(word) => clause.push(word),
        // A date tells when it is said.
        Piece::Value(_) => {}
        Piece::Mark(_) => clause.clear(),
    });
    match &found[..] {
        [] => Said::ByNobody,
        [name]
            if (1..=LONGEST_NAME_ZH).contains(&name.chars().count())
                && !PRONOUNS_ZH.contains(&name.as_str()) =>
        {
            Said::By(name.clone())
        }
        _ => Said::Unclear,
    }
}

fn speaker(before: &str, verb: &str, behind: &str) -> Said<'static> {
    let before = before
        .rsplit([',', ';', ':', '—', '“'])
        .next()
        .unwrap_or_default();
    let behind = behind.split([',', ';', '.', '“', '—']).next().unwrap_or_default();
    let behind = behind.split(" that ").next().unwrap_or_default();
    let says = match before.trim() {
        _ if verb == "according to" => behind,
        "" if TURNED.contains(&verb) => behind,
        "" => return Said::Unclear,
        _ => before,
    };
    let mut words: Vec<&str> = says.split_whitespace().collect();
    let is_of = |list: &[&str], word: &&str| list.contains(&&*word.to_lowercase());
    while words.last().is_some_and(|word| is_of(&BETWEEN, word)) {
        words.pop();
    }
    let ahead = words.iter().take_while(|word| is_of(&AHEAD, word)).count();
    let words = &words[ahead..];
    if let [word] = words
        && let Some(pronoun) = PRONOUNS.iter().find(|pronoun| word.eq_ignore_ascii_case(pronoun))
    {
        return Said::ByPronoun(pronoun);
    }
    let is_name = (1..=LONGEST_NAME).contains(&words.len()) && !words.iter().any(|word| is_of(&NOBODY, word));
    match is_name {
        true => Said::By(words.join(" ")),
        false => Said::Unclear,
    }
}

const PRONOUNS: [&str; 5] = ["he", "she", "they", "we", "i"];
/// A phrase of more words tells more than a name and an office.
const LONGEST_NAME: usize = 9;

/// Whether the pronoun can mean nobody else than who spoke in the passage before: it has the title, and no other has.
fn is_meant(pronoun: &str, name: &str, before: &str) -> bool {
    let titles: &[&str] = match pronoun {
        "he" => &["Mr."],
        "she" => &["Ms.", "Mrs.", "Miss"],
        _ => &[],
    };
    let is_title = |word: &&str| titles.contains(word);
    let is_office = name.ends_with("office") || name.contains("’s ") || name.contains("'s ");
    name.split_whitespace().any(|word| is_title(&word))
        && !is_office
        && before.split_whitespace().filter(is_title).count() == 1
}

/// Where a word stands in a text by itself.
fn words_at<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + word.len()..].chars().next())
    })
}

fn without_quotations(sentence: &str) -> String {
    let mut plain = sentence.to_owned();
    for span in between_marks(sentence) {
        plain = plain.replacen(span, "", 1);
    }
    plain.replace("“”", "“").replace("\"\"", "“")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(words: &str, said: &str) -> Option<QuoteKind> {
        let said: Vec<String> = stems(said).into_iter().flatten().collect();
        Some(way(&stems(words), &said)?.0)
    }

    #[test]
    fn words_are_quoted_exactly_cut_or_reworded() {
        let said = "The bridge will be open to all carts by the end of the month.";
        assert_eq!(ways("will be open to all carts", said), Some(QuoteKind::Exact));
        assert_eq!(
            ways("The bridge … by the end of the month", said),
            Some(QuoteKind::Cut)
        );
        assert_eq!(
            ways("will be opened for all the carts", said),
            Some(QuoteKind::Reworded)
        );
        assert_eq!(ways("the ferry sank on a stormy night", said), None);
    }

    #[test]
    fn the_speaker_stands_before_or_behind_the_verb() {
        let named = [
            ("“We shall see,” said Mara Lind, who mends nets.", "Mara Lind"),
            ("“We shall see,” the harbour office said.", "the harbour office"),
            (
                "It opens “in May,” according to the mayor’s office.",
                "the mayor’s office",
            ),
            (
                "The mayor then said that it “will open” and added that it “is dry.”",
                "The mayor",
            ),
            ("It is a toll, which Mr. Ostrow called “a theft.”", "Mr. Ostrow"),
        ];
        for (sentence, name) in named {
            assert_eq!(said_by(sentence), Said::By(name.into()), "{sentence}");
        }
        assert_eq!(said_by("He then said that it was “late.”"), Said::ByPronoun("he"));
        assert_eq!(said_by("“It goes on.”"), Said::ByNobody);
    }

    #[test]
    fn in_chinese_the_speaker_stands_before_the_verb() {
        let named = [
            ("港务局在声明中说：“桥已经修好了。”", "港务局"),
            ("市长对记者说，“桥”已经修好了。", "市长"),
            ("“桥已经修好了，”老船工陆大海说。", "老船工陆大海"),
        ];
        for (sentence, name) in named {
            assert_eq!(said_by_zh(sentence), Said::By(name.into()), "{sentence}");
        }
        assert_eq!(said_by_zh("市长的说法是，桥“已经修好”。"), Said::ByNobody);
        assert_eq!(said_by_zh("但她强调，桥“已经修好”。"), Said::Unclear);
        assert_eq!(said_by_zh("市长说，港务局表示，桥“已经修好”。"), Said::Unclear);
    }

    #[test]
    fn nobody_speaks_where_the_sentence_does_not_show_who() {
        let unclear = [
            "The plan was called “bold.”",
            "The mayor never said that it was “late.”",
            "The mayor said it “will open,” while Mr. Ostrow called it “a theft.”",
            "“We shall see,” she told Mr. Ostrow, according to the minutes.",
        ];
        for sentence in unclear {
            assert_eq!(said_by(sentence), Said::Unclear, "{sentence}");
        }
    }

    #[test]
    fn a_pronoun_means_who_spoke_just_before_if_it_can_mean_nobody_else() {
        let before = "“It is late,” Mr. Ostrow said.";
        assert!(is_meant("he", "Mr. Ostrow", before));
        assert!(!is_meant("she", "Mr. Ostrow", before));
        assert!(!is_meant(
            "he",
            "Mr. Ostrow",
            "“It is late,” Mr. Ostrow told Mr. Lind."
        ));
        assert!(!is_meant(
            "she",
            "Ms. Lind’s office",
            "Ms. Lind’s office said so."
        ));
        assert!(!is_meant("he", "Anna Lind", "“It is late,” said Anna Lind."));
    }

    #[test]
    fn quotations_are_found_by_their_marks() {
        assert_eq!(between_marks("He said “yes” and \"no\"."), ["yes", "no"]);
        assert_eq!(between_marks("“It goes on"), ["It goes on"]);
    }
}
