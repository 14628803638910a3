//! Segments into languages: which side of the alignment each belongs to, and in which script.

use crate::script::{Script, evidence, is_han};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use whatlang::Detector;

/// The language of a segment, by its BCP-47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Lang {
    /// Chinese in simplified characters, or in characters that both scripts share where nothing near says more.
    #[serde(rename = "zh-Hans")]
    Hans,
    /// Chinese in traditional characters.
    #[serde(rename = "zh-Hant")]
    Hant,
    #[serde(rename = "en")]
    En,
    /// Neither Chinese nor English: such a segment is kept out of the alignment and named.
    #[serde(rename = "und")]
    Other,
}

/// The two sides of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Zh,
    En,
}

impl Side {
    /// `zh` or `en`.
    pub fn name(self) -> &'static str {
        match self {
            Side::Zh => "zh",
            Side::En => "en",
        }
    }
}

impl Lang {
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Hans => "zh-Hans",
            Lang::Hant => "zh-Hant",
            Lang::En => "en",
            Lang::Other => "und",
        }
    }

    /// The side of the alignment that a text in this language stands on.
    pub fn side(self) -> Option<Side> {
        match self {
            Lang::Hans | Lang::Hant => Some(Side::Zh),
            Lang::En => Some(Side::En),
            Lang::Other => None,
        }
    }
}

/// The language of each segment of a document, in their order.
///
/// Scripts decide what they can, English function words most of the rest; whatlang, on an allow-list, is asked only for
/// a bounded sample of Latin prose without them. A segment that says too little (`OK`, `1.`, `***`, a name, a URL) takes
/// its neighbours' language. A segment is [`Lang::Other`] only on good evidence; a document that says nothing at all is.
///
/// ```
/// use duizhao::language::{label, Lang};
/// let segments = ["他用Python写代码。", "***", "He writes code in Python.", "Il parle peu et regarde la mer pendant des heures."];
/// assert_eq!(label(segments), [Lang::Hans, Lang::Hans, Lang::En, Lang::Other]);
/// ```
pub fn label<'a>(segments: impl IntoIterator<Item = &'a str>) -> Vec<Lang> {
    // Of each segment as little as can be is kept, since a document may have one for every other byte.
    let found = segments.into_iter().map(|text| {
        let tally = Tally::of(text);
        (tally.script(), tally.verdict(text))
    });
    let (scripts, verdicts): (Vec<i32>, Vec<Verdict>) = found.unzip();
    let tongues = settle(&verdicts);
    let chinese = scripts
        .iter()
        .zip(&tongues)
        .filter(|(_, tongue)| **tongue == Tongue::Zh);
    let all: i64 = chinese.map(|(script, _)| i64::from(*script)).sum();
    let lang = |(own, tongue): (&i32, &Tongue)| match tongue {
        Tongue::Zh if *own != 0 => script(i64::from(*own)),
        Tongue::Zh => script(all),
        Tongue::En => Lang::En,
        Tongue::Ja | Tongue::Other => Lang::Other,
    };
    scripts.iter().zip(&tongues).map(lang).collect()
}

/// Whether nothing in a text speaks against its being in a side's language: what [`label`] would say of it between
/// sentences that surely are, without the cost of those.
///
/// ```
/// use duizhao::language::{is_in, Side};
/// assert!(is_in(Side::En, "She wrote it down.") && is_in(Side::En, "***") && is_in(Side::Zh, "Python"));
/// assert!(!is_in(Side::Zh, "She wrote it down.") && !is_in(Side::En, "他写下来了，写得很慢很慢。"));
/// ```
pub fn is_in(side: Side, text: &str) -> bool {
    match Tally::of(text).verdict(text) {
        Verdict::Sure(tongue) => match side {
            Side::Zh => tongue == Tongue::Zh,
            Side::En => tongue == Tongue::En,
        },
        Verdict::Characters => side == Side::Zh,
        Verdict::Leans(_) | Verdict::Silent => true,
    }
}

/// The script that more of the telling characters are in: simplified where neither has more.
fn script(traditional: i64) -> Lang {
    if traditional > 0 { Lang::Hant } else { Lang::Hans }
}

/// What a segment is in. Japanese stands apart from the others because Chinese characters alone may be Japanese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tongue {
    Zh,
    En,
    Ja,
    Other,
}

/// What a segment's own text says about it.
#[derive(Debug, Clone, Copy)]
enum Verdict {
    Sure(Tongue),
    /// Chinese characters, few enough to be a Japanese title.
    Characters,
    /// Too little, or too mixed, to speak against its neighbours.
    Leans(Tongue),
    Silent,
}

/// First the segments that are sure of themselves, then Chinese characters that may be Japanese, then the rest: each by
/// what is already known around it.
fn settle(verdicts: &[Verdict]) -> Vec<Tongue> {
    let sure = |verdict: &Verdict| match verdict {
        Verdict::Sure(tongue) => Some(*tongue),
        _ => None,
    };
    let mut known: Vec<Option<Tongue>> = verdicts.iter().map(sure).collect();
    for ((verdict, near), known) in verdicts.iter().zip(neighbours(&known)).zip(&mut known) {
        if let Verdict::Characters = verdict {
            let japanese = between(near, Some(Tongue::Zh)) == Tongue::Ja;
            *known = Some(if japanese { Tongue::Ja } else { Tongue::Zh });
        }
    }
    let own = |verdict: &Verdict| match verdict {
        Verdict::Leans(tongue) => Some(*tongue),
        _ => None,
    };
    verdicts
        .iter()
        .zip(neighbours(&known))
        .map(|(verdict, near)| between(near, own(verdict)))
        .collect()
}

/// For each place the last thing known up to it and the first known from it on; twice itself where it is known.
fn neighbours(known: &[Option<Tongue>]) -> impl Iterator<Item = (Option<Tongue>, Option<Tongue>)> + use<> {
    let carry = |last: &mut Option<Tongue>, here: &Option<Tongue>| {
        *last = here.or(*last);
        Some(*last)
    };
    let mut after: Vec<_> = known.iter().rev().scan(None, carry).collect();
    after.reverse();
    let before: Vec<_> = known.iter().scan(None, carry).collect();
    before.into_iter().zip(after)
}

/// The language between two others: theirs if they agree, else its own leaning if one of them shares it, else that of
/// the one before.
fn between(near: (Option<Tongue>, Option<Tongue>), own: Option<Tongue>) -> Tongue {
    match near {
        (Some(before), Some(after)) if before != after && own == Some(after) => after,
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => own.unwrap_or(Tongue::Other),
    }
}

/// What a text is written with.
#[derive(Debug, Default)]
struct Tally {
    /// Chinese characters.
    han: usize,
    /// Those of them that only simplified text has.
    hans: usize,
    /// Those of them that only traditional text has.
    hant: usize,
    kana: usize,
    hangul: usize,
    /// Words in scripts of neither side: Cyrillic, Arabic, Thai, ...
    foreign: usize,
    /// Words in Latin letters. Not counted: URLs, paths, identifiers, abbreviations, which are the same in any language.
    latin: usize,
    /// Those of them that are [`FUNCTION_WORDS`].
    english: usize,
    /// Those of them that are [`FAMILIAR_WORDS`].
    familiar: usize,
    /// Those of them that are [`SHARED_WORDS`].
    shared: usize,
    /// Those of them with letters that English does not have.
    accented: usize,
    /// Those of them with the tone marks of pinyin.
    toned: usize,
    /// Those of them that begin in lower case.
    lower: usize,
    /// Whether the text ends as an English sentence does.
    ends: bool,
}

/// Words that are frequent in English and rare in other languages.
const FUNCTION_WORDS: Words = Words::of(&[
    "the", "and", "of", "to", "that", "with", "this", "from", "which", "they", "you", "what", "were", "been",
    "his", "their", "she", "would", "could", "there", "when", "about", "your", "our", "not", "into", "these",
    "who", "how", "my",
]);

/// Others of them, which commands and code are as full of as prose. They make no English, but where they are whatlang need
/// not be asked, which takes as long as all else that is done for a sentence.
const FAMILIAR_WORDS: Words = Words::of(&[
    "can", "more", "than", "its", "very", "some", "after", "such", "people", "other", "only", "should", "if",
    "them", "any", "through", "before", "must", "because", "every", "without", "each", "being", "another",
    "always", "where", "while", "him", "himself", "those", "between", "during", "against", "too", "out",
    "down", "again", "never", "often", "many", "much", "well", "first", "like", "used", "using", "make",
    "take", "get", "think", "know", "work", "years", "day", "life", "world", "good", "new", "great", "small",
    "little", "high", "right", "now", "both", "same", "three", "become", "really", "thing", "things",
    "women", "children", "money", "country", "young", "way", "want", "need", "look", "found", "said", "made",
    "why", "whether", "though", "until", "since", "within", "everyone", "nothing",
]);

/// Words that are frequent in English and are words of other languages too; they count beside one of the others.
const SHARED_WORDS: Words = Words::of(&[
    "a", "in", "is", "was", "on", "as", "at", "it", "he", "for", "be", "by", "has", "had", "have", "an",
    "are", "or", "but", "we",
]);

/// A set of words, each [`packed`], at the first place free of others from the one that a multiplication gives.
struct Words([u64; 256]);

impl Words {
    const fn of(words: &[&str]) -> Words {
        let (mut places, mut next) = ([0; 256], 0);
        while next < words.len() {
            let word = packed(words[next].as_bytes());
            assert!(word != 0, "a word of more than eight letters");
            places[Words::place(&places, word)] = word;
            next += 1;
        }
        Words(places)
    }

    fn contains(&self, packed: u64) -> bool {
        packed != 0 && self.0[Words::place(&self.0, packed)] == packed
    }

    const fn place(places: &[u64; 256], word: u64) -> usize {
        let mut place = (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize;
        while places[place] != 0 && places[place] != word {
            place = (place + 1) % 256;
        }
        place
    }
}

/// A word of up to eight ASCII letters in either case as one number, to be compared in one go; 0 for any other.
const fn packed(word: &[u8]) -> u64 {
    let (mut number, mut place) = (0, 0);
    if word.len() > 8 {
        return 0;
    }
    while place < word.len() {
        number = number << 8 | word[place].to_ascii_lowercase() as u64;
        place += 1;
    }
    number
}

/// Bytes of lower-case words that whatlang gets to see. It reads about 1 MB/s, and more text makes no better guess.
const SAMPLE: usize = 240;

/// Words in lower case without which whatlang is not asked: below, it takes names for Tagalog and file lists for Dutch.
const PROSE: usize = 5;

/// The languages in Latin letters that documents next to Chinese and English ones are likely to be in. Free to choose,
/// whatlang calls short English Latin, Zulu or Esperanto.
static LATIN: LazyLock<Detector> = LazyLock::new(|| {
    use whatlang::Lang::*;
    Detector::with_allowlist(vec![
        Eng, Fra, Spa, Deu, Ita, Por, Nld, Vie, Ind, Tur, Pol, Ces, Ron, Swe, Dan, Fin, Hun,
    ])
});

impl Tally {
    fn of(text: &str) -> Tally {
        let mut tally = Tally {
            ends: text
                .trim_end_matches(['"', '\'', '”', '’', ')'])
                .ends_with(['.', '!', '?']),
            ..Tally::default()
        };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let taken = match letter(first) {
                Letter::Latin => {
                    let run = latin_run(rest);
                    word_of(run).into_iter().for_each(|word| tally.latin_word(word));
                    run.len()
                }
                Letter::Foreign => tally.foreign_word(rest),
                other => {
                    tally.character(first, other);
                    first.len_utf8()
                }
            };
            rest = &rest[taken..];
        }
        tally
    }

    fn character(&mut self, character: char, letter: Letter) {
        match letter {
            Letter::Han => {
                self.han += 1;
                match evidence(character) {
                    Some(Script::Hans) => self.hans += 1,
                    Some(Script::Hant) => self.hant += 1,
                    None => {}
                }
            }
            Letter::Kana => self.kana += 1,
            Letter::Hangul => self.hangul += 1,
            Letter::Latin | Letter::Foreign | Letter::None => {}
        }
    }

    fn latin_word(&mut self, word: &str) {
        self.latin += 1;
        self.lower += usize::from(word.starts_with(char::is_lowercase));
        let packed = packed(word.as_bytes());
        if FUNCTION_WORDS.contains(packed) {
            self.english += 1;
        } else if FAMILIAR_WORDS.contains(packed) {
            self.familiar += 1;
        } else if SHARED_WORDS.contains(packed) {
            self.shared += 1;
        }
        if !word.is_ascii() {
            self.accented += usize::from(word.chars().any(|c| c > '\u{7F}' && c != '’' && !is_wide(c)));
            self.toned += usize::from(word.contains(|c| "āēīōūǖǎěǐǒǔǚǘǜ".contains(c)));
        }
    }

    /// Takes a run of letters of a foreign script and returns its length in bytes. One letter is no word but a symbol
    /// (`α`, `μ`); a long run is several words of a script without spaces.
    fn foreign_word(&mut self, text: &str) -> usize {
        let run = &text[..text.find(|c| letter(c) != Letter::Foreign).unwrap_or(text.len())];
        let letters = run.chars().count();
        self.foreign += if letters > 1 { letters.div_ceil(8) } else { 0 };
        run.len()
    }

    /// By how many more of the telling characters are traditional than simplified.
    fn script(&self) -> i32 {
        let difference = self.hant as i64 - self.hans as i64;
        difference.clamp(i32::MIN.into(), i32::MAX.into()) as i32
    }

    /// The side with more words, a Chinese character counted as one; sure of itself if it has twice the other's. `text` is
    /// what was tallied.
    fn verdict(&self, text: &str) -> Verdict {
        // Chinese text plays with a kana or two (`鲜の每日`); Japanese has one in three characters and more.
        let japanese = self.kana >= 2 && self.kana * 5 >= self.han + self.kana;
        let (zh, ja) = if japanese {
            (0, self.han + self.kana)
        } else {
            (self.han, 0)
        };
        let other = self.foreign + self.hangul / 2;
        match zh.max(ja).max(other).max(self.latin) {
            0 => Verdict::Silent,
            most if most == ja && ja > self.latin => Verdict::Sure(Tongue::Ja),
            most if most == other && other > zh + self.latin => Verdict::Sure(Tongue::Other),
            _ if zh > 2 * self.latin => self.chinese(),
            _ if zh > self.latin => Verdict::Leans(Tongue::Zh),
            // Chinese lists of names in Latin letters (`作者：`) have many words, but no function word.
            _ if zh == 0 || self.latin > 2 * zh && self.english > 0 => self.latin_verdict(text),
            _ if self.english > 0 => Verdict::Leans(Tongue::En),
            _ => Verdict::Leans(Tongue::Zh),
        }
    }

    fn chinese(&self) -> Verdict {
        let may_be_japanese = self.han < 12; // even with 学 or 国, which Japanese simplified alike
        if may_be_japanese {
            Verdict::Characters
        } else {
            Verdict::Sure(Tongue::Zh)
        }
    }

    fn latin_verdict(&self, text: &str) -> Verdict {
        let enough =
            |words: usize| words > 0 && (words * 8 >= self.latin || (words + self.shared) * 4 >= self.latin);
        if self.latin >= 3 && enough(self.english) {
            return Verdict::Sure(Tongue::En);
        }
        let pinyin = self.toned >= 2 && self.toned * 3 >= self.latin;
        let vietnamese = self.latin >= 5 && self.accented * 2 >= self.latin;
        let may_be_foreign = self.lower >= PROSE && !enough(self.english + self.familiar);
        if self.english == 0 && (pinyin || vietnamese) || may_be_foreign && is_foreign(text) {
            return Verdict::Sure(Tongue::Other);
        }
        if self.latin >= 5 || self.latin >= 3 && self.ends {
            return Verdict::Sure(Tongue::En);
        }
        Verdict::Leans(Tongue::En)
    }
}

/// The word, URL, path or identifier that a text begins with.
fn latin_run(text: &str) -> &str {
    let inside = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '’' => true,
        ' ' => false,
        '\0'..='\x7F' => "'-_./@:&=?%#+~\\".contains(c),
        _ => letter(c) == Letter::Latin,
    };
    &text[..text.find(|c| !inside(c)).unwrap_or(text.len())]
}

/// The word that such a run is, without the marks behind it; none for a URL, a path or an identifier.
fn word_of(run: &str) -> Option<&str> {
    let word = run.trim_end_matches(|c| letter(c) != Letter::Latin);
    let of_word = |c: char| matches!(c, '\'' | '’' | '-') || letter(c) == Letter::Latin;
    word.chars().all(of_word).then_some(word)
}

/// Whether whatlang is certain that prose in Latin letters is not English.
fn is_foreign(text: &str) -> bool {
    LATIN
        .detect(&sample(text))
        .is_some_and(|found| found.lang() != whatlang::Lang::Eng && found.is_reliable())
}

/// The first words of a text in lower case: names and acronyms are no language.
fn sample(text: &str) -> String {
    let mut sample = String::with_capacity(SAMPLE);
    let mut rest = text;
    while let Some(start) = rest.find(|c| letter(c) == Letter::Latin) {
        let run = latin_run(&rest[start..]);
        if let Some(word) = word_of(run).filter(|word| word.starts_with(char::is_lowercase)) {
            if sample.len() + word.len() >= SAMPLE {
                break;
            }
            sample.push_str(word);
            sample.push(' ');
        }
        rest = &rest[start + run.len()..];
    }
    sample
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    Han,
    Kana,
    Hangul,
    Latin,
    /// A letter of a script that neither side is written in.
    Foreign,
    None,
}

#[inline]
fn letter(character: char) -> Letter {
    match character {
        'a'..='z' | 'A'..='Z' => Letter::Latin,
        '\u{4E00}'..='\u{9FFF}' => Letter::Han,
        '\0'..='\u{BF}' | '×' | '÷' => Letter::None,
        '\u{C0}'..='\u{2AF}' | '\u{1E00}'..='\u{1EFF}' => Letter::Latin,
        _ if is_wide(character) => Letter::Latin,
        _ if is_han(character) => Letter::Han,
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ㇰ'..='ㇿ' | 'ｦ'..='ﾝ' => Letter::Kana,
        '가'..='힣' | 'ᄀ'..='ᇿ' | 'ㄱ'..='ㆎ' => Letter::Hangul,
        // Greek to Georgian, Ethiopic to Vedic, Greek again, the presentation forms of Arabic.
        '\u{370}'..='\u{10FF}'
        | '\u{1200}'..='\u{1CFF}'
        | '\u{1F00}'..='\u{1FFF}'
        | '\u{FB50}'..='\u{FDFF}'
            if character.is_alphabetic() =>
        {
            Letter::Foreign
        }
        _ => Letter::None,
    }
}

/// Latin letters as wide as Chinese characters: `Ｐｙｔｈｏｎ`.
fn is_wide(character: char) -> bool {
    matches!(character, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_segments_have_no_languages() {
        assert_eq!(label([]), []);
    }

    #[test]
    fn whatlang_sees_a_bounded_sample_of_lower_case_words_only() {
        let sample = sample(&"Zhang Wei ran to NATO/x.txt again ".repeat(1000));
        assert!(sample.len() <= SAMPLE && sample.starts_with("ran to again ran "));
    }

    proptest! {
        #[test]
        fn any_text_gets_one_language_a_segment(texts in prop::collection::vec("\\PC*", 0..6)) {
            prop_assert_eq!(label(texts.iter().map(String::as_str)).len(), texts.len());
        }
    }
}
