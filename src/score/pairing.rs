//! A document pair's words, numbered once, and which of them translate which: all that scoring looks at.

use super::quotation::Quotation;
use crate::language::Side;
use crate::lexicon::Lexicon;
use crate::words::{Kind, Piece, name, pieces};
use foldhash::{HashMap, HashMapExt};
use std::ops::Range;

/// Two documents as runs of numbered words, with the links between words that the lexicon or the eye can see.
pub struct Pairing {
    pub(super) zh: Text,
    pub(super) en: Text,
    /// What these documents are like, as far as is known.
    pub(super) manner: Manner,
    /// For each Chinese type, the English types that translate it, by number.
    pub(super) links: Lists<Link>,
    /// For each English type, where it stands: sentence and place, in order.
    pub(super) places: Lists<(u32, u16)>,
}

/// A list for each number, run together: one document has thousands of them, and most are short.
pub(super) struct Lists<T> {
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Lists<T> {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn of(&self, number: u32) -> &[T] {
        let start = number
            .checked_sub(1)
            .map_or(0, |before| self.ends[before as usize]);
        &self.items[start as usize..self.ends[number as usize] as usize]
    }
}

/// An English type that a Chinese type makes likelier, and how many times likelier than chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub en: u32,
    pub ratio: f32,
}

/// One document's side of a pairing.
#[derive(Default)]
pub(super) struct Text {
    pub sentences: Vec<Sentence>,
    /// Words, width and quotation marks before each sentence, and at the end: what a run holds is a difference.
    words_before: Vec<u32>,
    width_before: Vec<f32>,
    quotes_before: Vec<u32>,
}

/// A sentence as scoring sees it.
pub(super) struct Sentence {
    /// Words, then marks, then values: what a bead gains is asked for by kind, and the order within is not asked for.
    pub words: Vec<u32>,
    /// Where the marks begin, and the values.
    pub marks_at: usize,
    pub values_at: usize,
    pub width: f32,
    pub quotes: u32,
    /// Whether it begins inside a quotation.
    pub is_quoted: bool,
    /// The last mark that is no quotation mark: `.`, `?`, ...; none where the sentence ends in a word.
    pub end: Option<char>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Token {
    word: u32,
    kind: Kind,
}

impl Pairing {
    /// Reads the sentences of both sides, in order.
    pub fn new<'a>(
        zh: impl IntoIterator<Item = &'a str>,
        en: impl IntoIterator<Item = &'a str>,
        lexicon: &Lexicon,
    ) -> Pairing {
        let (mut zh_types, mut en_types) = (Types::new(Side::Zh, lexicon), Types::new(Side::En, lexicon));
        let zh = Text::new(zh.into_iter().map(|text| zh_types.sentence(text)));
        let en = Text::new(en.into_iter().map(|text| en_types.sentence(text)));
        let manner = Manner::guess(zh.width(0..zh.len()), en.width(0..en.len()));
        Pairing {
            links: links(&zh_types, &en_types, lexicon),
            places: places(&en, en_types.list.len()),
            zh,
            en,
            manner,
        }
    }

    /// Reads off an alignment what these documents are like, for the next one to know; the difference that it makes to the
    /// price of a sentence alone, in nats.
    pub fn learn(&mut self, beads: impl Iterator<Item = (Range<usize>, Range<usize>)>) -> f32 {
        let (mut zh_width, mut en_width, mut alone) = (0.0, 0.0, [0; 2]);
        for (zh, en) in beads {
            match (zh.len(), en.len()) {
                (omitted, 0) => alone[0] += omitted,
                (0, added) => alone[1] += added,
                _ => {
                    zh_width += self.zh.width(zh);
                    en_width += self.en.width(en);
                }
            }
        }
        let manner = Manner::of(zh_width, en_width, alone, [self.zh.len(), self.en.len()]);
        let before = std::mem::replace(&mut self.manner, manner);
        let change = |side: usize| (self.manner.gaps[side] - before.gaps[side]).abs();
        change(0).max(change(1))
    }

    /// Number of Chinese sentences.
    pub fn zh_len(&self) -> usize {
        self.zh.len()
    }

    /// Number of English sentences.
    pub fn en_len(&self) -> usize {
        self.en.len()
    }
}

/// What two documents are like: read off their widths at first, then off an alignment.
pub(super) struct Manner {
    /// English width to Chinese width.
    pub stretch: f32,
    /// By how much the odds that a sentence stands alone are above those in a translation, in nats: Chinese, English.
    pub gaps: [f32; 2],
}

impl Manner {
    /// From the widths of whole documents, of which either may hold what the other lacks: what is too wide by the measure
    /// of translations probably stands alone.
    fn guess(zh_width: f32, en_width: f32) -> Manner {
        /// Of 275 translations of novels, speeches, news and manuals the narrowest and the widest are at 1.13 and 2.22.
        const NARROWEST: f32 = 1.1;
        const WIDEST: f32 = 2.3;
        let stretch = stretch(zh_width, en_width);
        let surplus = [1.0 - stretch / NARROWEST, 1.0 - WIDEST / stretch];
        Manner {
            stretch: stretch.clamp(NARROWEST, WIDEST),
            gaps: surplus.map(|share| nats(share.max(ALONE))),
        }
    }

    /// From the widths of what is linked, and the sentences alone and in all: Chinese, English.
    fn of(zh_width: f32, en_width: f32, alone: [usize; 2], sentences: [usize; 2]) -> Manner {
        /// So many sentences in which the usual share stands alone are seen before the first.
        const SEEN: f32 = 50.0;
        let share = |side: usize| (alone[side] as f32 + ALONE * SEEN) / (sentences[side] as f32 + SEEN);
        let gaps = |side| nats(share(side).max(ALONE));
        Manner {
            stretch: stretch(zh_width, en_width),
            gaps: [gaps(0), gaps(1)],
        }
    }
}

/// English is about 1.7 times as wide as the Chinese it translates (Han characters counted as two columns); a pair of
/// documents shows its own ratio, and the longer they are, the more it counts.
fn stretch(zh_width: f32, en_width: f32) -> f32 {
    const USUAL: f32 = 1.7;
    const USUAL_WIDTH: f32 = 400.0;
    (en_width + USUAL * USUAL_WIDTH) / (zh_width + USUAL_WIDTH)
}

/// The share of a translation's sentences that stand alone.
const ALONE: f32 = 0.01;

/// By how much the odds of a share are above those of the usual one.
fn nats(share: f32) -> f32 {
    let odds = |share: f32| share / (1.0 - share);
    (odds(share) / odds(ALONE)).ln()
}

impl Text {
    fn new(sentences: impl Iterator<Item = Sentence>) -> Text {
        let mut text = Text {
            words_before: vec![0],
            width_before: vec![0.0],
            quotes_before: vec![0],
            ..Text::default()
        };
        for sentence in sentences {
            text.words_before
                .push(text.words_before[text.len()] + sentence.words.len() as u32);
            text.width_before
                .push(text.width_before[text.len()] + sentence.width);
            text.quotes_before
                .push(text.quotes_before[text.len()] + sentence.quotes);
            text.sentences.push(sentence);
        }
        text
    }

    pub fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Number of words in a run of sentences.
    pub fn words(&self, run: Range<usize>) -> u32 {
        self.words_before[run.end] - self.words_before[run.start]
    }

    /// Number of quotation marks in a run of sentences.
    pub fn quotes(&self, run: Range<usize>) -> u32 {
        self.quotes_before[run.end] - self.quotes_before[run.start]
    }

    /// Columns that a run of sentences fills; white space counts nothing.
    pub fn width(&self, run: Range<usize>) -> f32 {
        self.width_before[run.end] - self.width_before[run.start]
    }
}

/// A unit of more words, as of a whole document taken for one, is judged by its beginning.
const MOST_WORDS: usize = 4096;

/// The different words of one document, and the quotation its last sentence left open.
struct Types<'a> {
    side: Side,
    lexicon: &'a Lexicon,
    /// What each word came to when it was first met as it stands: a run of `tokens`.
    met: HashMap<&'a str, Range<usize>>,
    tokens: Vec<Token>,
    numbers: HashMap<Box<str>, u32>,
    list: Vec<Type>,
    quotation: Quotation,
}

struct Type {
    kind: Kind,
    key: Box<str>,
    /// Its number in the lexicon.
    known: Option<u32>,
}

impl<'a> Types<'a> {
    fn new(side: Side, lexicon: &'a Lexicon) -> Types<'a> {
        Types {
            side,
            lexicon,
            met: HashMap::new(),
            tokens: Vec::new(),
            numbers: HashMap::new(),
            list: Vec::new(),
            quotation: Quotation::default(),
        }
    }

    fn sentence(&mut self, text: &'a str) -> Sentence {
        let is_quoted = self.quotation.is_open();
        self.quotation.read(text);
        let (mut words, mut quotes, mut end) = (Vec::with_capacity(text.len() / 4), 0, None);
        pieces(text, self.side, |piece| {
            match piece {
                Piece::Mark("\"") => quotes += 1,
                Piece::Mark(key) => end = key.chars().next(),
                _ => end = None,
            }
            if words.len() < MOST_WORDS {
                self.read(piece, &mut words);
            }
        });
        words.truncate(MOST_WORDS);
        let of_kind = |is: fn(Kind) -> bool| {
            let tokens = words.iter().filter(move |token| is(token.kind));
            tokens.map(|token| token.word)
        };
        let mut sorted = Vec::with_capacity(words.len());
        sorted.extend(of_kind(|kind| matches!(kind, Kind::Han | Kind::Latin)));
        let marks_at = sorted.len();
        sorted.extend(of_kind(|kind| kind == Kind::Mark));
        let values_at = sorted.len();
        sorted.extend(of_kind(|kind| kind == Kind::Value));
        let width = |c: char| if c >= '\u{2e80}' { 2.0 } else { 1.0 };
        Sentence {
            words: sorted,
            marks_at,
            values_at,
            width: text.chars().filter(|c| !c.is_whitespace()).map(width).sum(),
            quotes,
            is_quoted,
            end,
        }
    }

    fn read(&mut self, piece: Piece<'a>, words: &mut Vec<Token>) {
        let kind = piece.kind();
        let text = match piece {
            Piece::Value(key) => {
                let token = self.token(kind, &key, self.known(&key));
                return words.push(token);
            }
            Piece::Han(text) | Piece::Latin(text) => text,
            Piece::Mark(key) => key,
        };
        if !self.met.contains_key(text) {
            let start = self.tokens.len();
            self.meet(kind, &piece.into_key());
            self.met.insert(text, start..self.tokens.len());
        }
        words.extend_from_slice(&self.tokens[self.met[text].clone()]);
    }

    /// A Chinese word that the lexicon does not hold is read as its parts.
    fn meet(&mut self, kind: Kind, key: &str) {
        let lexicon = self.lexicon;
        match kind {
            Kind::Han => lexicon
                .zh_parts(key)
                .for_each(|(part, known)| self.add(kind, part, known)),
            _ => self.add(kind, key, self.known(key)),
        }
    }

    fn add(&mut self, kind: Kind, key: &str, known: Option<u32>) {
        let token = self.token(kind, key, known);
        self.tokens.push(token);
    }

    fn known(&self, key: &str) -> Option<u32> {
        match self.side {
            Side::Zh => self.lexicon.zh(key),
            Side::En => self.lexicon.en(key),
        }
    }

    fn token(&mut self, kind: Kind, key: &str, known: Option<u32>) -> Token {
        let word = self.numbers.get(key).copied().unwrap_or_else(|| {
            let number = self.list.len() as u32;
            self.numbers.insert(key.into(), number);
            let key = key.into();
            self.list.push(Type { kind, key, known });
            number
        });
        Token { word, kind }
    }
}

/// What a match at sight is worth beside one the lexicon knows, as a ratio to chance. Small numbers and days recur
/// (chapter 1, book 1), so they say less; Latin letters inside Chinese were kept because they are the same in English.
const SAME_VALUE: f32 = 2000.0;
const SAME_SMALL_VALUE: f32 = 300.0;
const SAME_LETTERS: f32 = 3000.0;
const SAME_SOUND: f32 = 2000.0;

fn links(zh: &Types, en: &Types, lexicon: &Lexicon) -> Lists<Link> {
    let known: HashMap<u32, (u32, f32)> = (0..)
        .zip(&en.list)
        .filter_map(|(number, word)| word.known.map(|known| (known, (number, lexicon.en_share(known)))))
        .collect();
    let mut links = Lists {
        ends: Vec::with_capacity(zh.list.len()),
        items: Vec::new(),
    };
    let mut row: Vec<Link> = Vec::new();
    for word in &zh.list {
        if let Some(zh) = word.known {
            row.extend(lexicon.translations(zh).filter_map(|(en, en_given_zh)| {
                let &(en, share) = known.get(&en)?;
                let ratio = en_given_zh / share;
                Some(Link { en, ratio })
            }));
        }
        let mut at_sight = |key: &str, ratio: f32| {
            if let Some(&en) = en.numbers.get(key)
                && row.iter().all(|link| link.en != en)
            {
                row.push(Link { en, ratio });
            }
        };
        match word.kind {
            Kind::Value if word.key.len() <= 2 => at_sight(&word.key, SAME_SMALL_VALUE),
            Kind::Value => at_sight(&word.key, SAME_VALUE),
            Kind::Latin => at_sight(&word.key, SAME_LETTERS),
            Kind::Han => name::spellings(&word.key)
                .iter()
                .for_each(|spelling| at_sight(spelling, SAME_SOUND)),
            Kind::Mark => {}
        }
        row.sort_unstable_by_key(|link| link.en);
        links.items.append(&mut row);
        links.ends.push(links.items.len() as u32);
    }
    links
}

/// Where each of so many types stands in a text.
fn places(text: &Text, types: usize) -> Lists<(u32, u16)> {
    let mut ends = vec![0; types];
    for &word in text.sentences.iter().flat_map(|sentence| &sentence.words) {
        ends[word as usize] += 1;
    }
    // Counts become starts, and starts become ends as the places are filled in.
    let mut start = 0;
    for end in &mut ends {
        start += std::mem::replace(end, start);
    }
    let mut items = vec![(0, 0); start as usize];
    for (j, sentence) in text.sentences.iter().enumerate() {
        for (place, &word) in sentence.words.iter().enumerate() {
            let end = &mut ends[word as usize];
            items[*end as usize] = (j as u32, place as u16);
            *end += 1;
        }
    }
    Lists { ends, items }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairing(zh: usize, en: usize) -> Pairing {
        let lexicon = Lexicon::embedded();
        Pairing::new(
            vec!["河水涨了一尺。"; zh],
            vec!["The river rose by a foot."; en],
            lexicon,
        )
    }

    #[test]
    fn documents_of_like_width_are_thought_whole_at_first() {
        assert_eq!(pairing(200, 200).manner.gaps, [0.0, 0.0]);
    }

    #[test]
    fn a_side_that_is_much_too_wide_is_thought_to_stand_alone_in_part() {
        let [zh, en] = pairing(50, 400).manner.gaps;
        assert_eq!(zh, 0.0);
        assert!(en > 3.0, "{en}");
        let [zh, en] = pairing(400, 50).manner.gaps;
        assert!(zh > 3.0, "{zh}");
        assert_eq!(en, 0.0);
    }

    #[test]
    fn an_alignment_tells_how_many_sentences_stand_alone_and_the_second_time_nothing_new() {
        let mut pairing = pairing(100, 50);
        let beads = || (0..100_usize).map(|zh| (zh..zh + 1, zh.div_ceil(2)..zh / 2 + 1));
        let change = pairing.learn(beads());
        assert!(change > 1.0, "{change}");
        assert!(pairing.manner.gaps[0] > 3.0 && pairing.manner.gaps[1] == 0.0);
        assert_eq!(pairing.learn(beads()), 0.0);
    }
}
