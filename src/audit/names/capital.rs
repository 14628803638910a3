//! English texts into the names that they hold: words with a capital that stand together.

use super::derives;
use super::person::{is_word, with_capital, without_possessive};
use super::place::places_meant;
use crate::audit::wording::WordList;
use crate::language::Side;
use crate::span::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

/// A name in English: its words, and the shorter forms that stand for it.
pub(super) struct Entity {
    pub words: Vec<String>,
    short: Vec<Vec<String>>,
}

/// The names of English texts: words with a capital that stand together, without titles, places and the people of places.
pub(super) fn entities(texts: &[&str]) -> Vec<Entity> {
    let is_proper = proper(texts);
    let mut runs: BTreeSet<Vec<String>> = BTreeSet::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        for run in capitals(line, &is_proper) {
            let words: Vec<&str> = run.split(' ').collect();
            for words in words.split(|word| is_title(word) || is_of_place(word)) {
                let name = words.join(" ");
                let is_part = matches!(words, [] | [_] if words.iter().all(|word| BODIES.holds(word)));
                if !is_part && places_meant(&name, Side::En).next().is_none() {
                    runs.insert(words.iter().map(|word| (*word).to_owned()).collect());
                }
            }
        }
    }
    // SEVIK is a dateline where Sevik stands, too.
    let small: HashSet<String> = runs
        .iter()
        .flatten()
        .filter(|word| word.contains(char::is_lowercase))
        .cloned()
        .collect();
    let is_dateline = |words: &Vec<String>| words.iter().any(|word| small.contains(&with_capital(word)));
    runs.retain(|words| words.iter().any(|word| word.contains(char::is_lowercase)) || !is_dateline(words));
    let mut longest: Vec<Entity> = Vec::new();
    let mut ordered: Vec<Vec<String>> = runs.into_iter().collect();
    ordered.sort_by_key(|words| (Reverse(words.len()), words.concat().len()));
    for words in ordered {
        let is_part = |entity: &&mut Entity| {
            entity.words.ends_with(&words)
                || words.len() == 1 && entity.words.starts_with(&words)
                || is_derived(&words, &entity.words)
                || is_same_person(&words, &entity.words)
        };
        let mut wholes: Vec<&mut Entity> = longest.iter_mut().filter(is_part).collect();
        match &mut wholes[..] {
            [] => longest.push(Entity {
                words,
                short: Vec::new(),
            }),
            [whole] => whole.short.push(words),
            // A surname that several bear tells nobody apart.
            _ => {}
        }
    }
    longest
}

impl Entity {
    pub fn name(&self) -> String {
        self.words.join(" ")
    }

    /// Times that a text gives it, in full or short.
    pub fn count(&self, text: &str) -> usize {
        let forms = std::iter::once(&self.words).chain(&self.short);
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(forms.map(|words| words.join(" ")))
            .expect("the forms of a name are a small automaton");
        let found = finder.find_iter(text);
        found
            .filter(|found| is_word(text, Span::new(found.start(), found.end())))
            .count()
    }
}

/// Words that stand before a name, or for one, and are none.
static TITLES: WordList = WordList::new(
    "President, Vice, Deputy, Prime, Premier, Minister, Ministers, Foreign, Secretary, State, Chairman, Chairwoman, Chair, \
     Ambassador, Mr, Mrs, Ms, Dr, Sir, Lord, General, Senator, Representative, Spokesman, Spokesperson, Spokeswoman, King, \
     Queen, Director, Councilor, Councillor, National, Security, Advisor, Adviser, Assistant, Treasury, Trade, Mayor, Governor, \
     Leader, Leaders, Member, Commission, Office, Department, Ministry, Government, Party, Committee, Readout, Statement, \
     Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, January, February, March, April, May, June, July, August, \
     September, October, November, December, I, The, A, An, And, Or, Of, In, On, At, For, To, From, He, She, It, They, We, You, \
     His, Her, Its, Their, Our, This, That, These, Those, There, But, As, If, When, While, Both, Also, With, By, Not, No, Q, \
     Hey, Yeah, Yes, Hi, Hello, Okay, Oh, Well, MR, MS, MRS, President-elect, Jr, \
     Sr, Side, Sides, Country, Countries, Under, New, Great, First, Second",
);

/// Words that name a body or a place only with what follows.
static BODIES: WordList = WordList::new(
    "University, Institute, Bank, Gulf, Sea, Bay, Strait, Isle, Isles, House, Court, Academy, Association, Council, Organization, \
     Center, Centre, School, Museum, Republic, Kingdom, Ocean, Studies, Street, City, Province, River, Mountain",
);

fn is_title(word: &str) -> bool {
    TITLES.holds(word) || word.strip_suffix('s').is_some_and(|one| TITLES.holds(one))
}

/// Joe Biden is Joseph R. Biden, and Kim Jong Un is Kim Jong-un.
fn is_same_person(one: &[String], other: &[String]) -> bool {
    let initial = |words: &[String]| words[0].chars().next();
    let is_short = one.len() > 1 && other.len() > 1 && one.last() == other.last();
    let letters = |words: &[String]| words.concat().replace('-', "").to_lowercase();
    is_short && initial(one) == initial(other) || letters(one) == letters(other)
}

/// Solanians for Solania.
fn is_derived(words: &[String], from: &[String]) -> bool {
    let (Some((last, before)), Some((root, before_root))) = (words.split_last(), from.split_last()) else {
        return false;
    };
    before == before_root && derives(last, root)
}

/// Chinese for the Chinese: a form of a place's name that is not the name.
fn is_of_place(word: &str) -> bool {
    let single = word.strip_suffix('s').unwrap_or(word);
    let is_form = |word: &str| {
        places_meant(word, Side::En)
            .next()
            .is_some_and(|place| place.en() != word)
    };
    is_form(word) || is_form(single)
}

/// Whether a word is written with a capital inside sentences, and mostly so.
fn proper(texts: &[&str]) -> impl Fn(&str) -> bool {
    let mut balance: HashMap<String, i32> = HashMap::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        // What opens a sentence, or a quotation in it, has its capital for that.
        let mut opens = true;
        for token in line.split(' ') {
            let word = token.trim_matches(|c: char| !c.is_alphanumeric());
            let is_quoted = token.starts_with(['“', '"', '‘', '\'', '(', '[']);
            if !word.is_empty() && !opens && !is_quoted {
                let is_capital = word.starts_with(char::is_uppercase);
                *balance.entry(word.to_lowercase()).or_default() += if is_capital { 1 } else { -1 };
            }
            opens = opens && word.is_empty() || token.ends_with([':', '?', '!']);
        }
    }
    move |word: &str| {
        let known = balance.get(&word.to_lowercase()).copied().unwrap_or_default();
        word.starts_with(char::is_uppercase)
            && (known > 0 || word.len() > 1 && !word.contains(char::is_lowercase))
    }
}

/// Runs of proper words with a space between them.
fn capitals(line: &str, is_proper: &impl Fn(&str) -> bool) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for token in line.split_inclusive([' ', '/']).map(str::trim_end) {
        let word = token.trim_matches(|c: char| !c.is_alphanumeric());
        let name = without_possessive(word);
        if goes_on && is_initial(token) {
            runs.last_mut()
                .expect("a run goes on")
                .push_str(&format!(" {token}"));
            continue;
        }
        if name.is_empty() || is_contracted(name) || !is_proper(name) {
            goes_on = false;
            continue;
        }
        match runs.last_mut() {
            Some(run) if goes_on && token.starts_with(name) => {
                run.push(' ');
                run.push_str(name);
            }
            _ => runs.push(name.to_owned()),
        }
        goes_on = token.ends_with(name);
    }
    // All in capitals is how a dateline or a heading is set, but for one short word.
    runs.retain(|run| run.contains(char::is_lowercase) || !run.contains(' ') && run.len() < 6);
    runs
}

/// The J. of Donald J. Trump.
fn is_initial(token: &str) -> bool {
    matches!(token.as_bytes(), [b'A'..=b'Z', b'.'])
}

/// I’ll, It’s.
fn is_contracted(word: &str) -> bool {
    let ending = word.rsplit_once(['\'', '’']).map(|(_, ending)| ending);
    ending.is_some_and(|ending| ["m", "ll", "d", "re", "ve", "s", "t"].contains(&ending))
}
