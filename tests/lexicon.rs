//! The lexicon: what is learned, what is kept in its file, what a glossary adds.

use duizhao::error::Result;
use duizhao::lexicon::{Lexicon, Pair, Training, sources, train};
use proptest::prelude::*;
use std::io::Write;

/// Sentences that any two words of each other stand in now and then, so that only counting tells who belongs to whom.
fn pairs() -> Vec<Pair> {
    let things = [
        ("水", "water"),
        ("茶", "tea"),
        ("船", "boat"),
        ("雨", "rain"),
        ("书", "book"),
        ("狗", "dog"),
    ];
    let deeds = [
        ("看见", "saw"),
        ("买", "bought"),
        ("找", "sought"),
        ("忘记", "forgot"),
    ];
    let mut pairs = Vec::new();
    for (index, (zh_thing, en_thing)) in things.iter().cycle().take(96).enumerate() {
        let (zh_deed, en_deed) = deeds[index / 6 % deeds.len()];
        pairs.push(Pair {
            zh: format!("他{zh_deed}{zh_thing}。"),
            en: format!("He {en_deed} the {en_thing}."),
            weight: 1.0,
        });
    }
    pairs
}

fn learn() -> Lexicon {
    train(pairs().into_iter().map(Ok), &Training::default(), "made up")
        .expect("the pairs can be learned from")
}

/// The likeliest English word for a Chinese one.
fn best<'a>(lexicon: &'a Lexicon, zh: &str) -> &'a str {
    let zh = lexicon.zh(zh).expect("the word is known");
    let best = lexicon
        .row(zh)
        .max_by(|one, other| one.en_given_zh.total_cmp(&other.en_given_zh));
    lexicon.en_word(best.expect("it has translations").en)
}

#[test]
fn words_that_keep_company_are_learned_as_translations() {
    let lexicon = learn();
    for (zh, en) in [
        ("水", "water"),
        ("雨", "rain"),
        ("狗", "dog"),
        ("看见", "saw"),
        ("忘记", "forgot"),
        ("他", "he"),
    ] {
        assert_eq!(best(&lexicon, zh), en, "{zh}");
    }
    assert_eq!(lexicon.notice(), "made up");
}

#[test]
fn training_gives_the_same_bytes_on_any_number_of_threads() {
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads can be had");
        pool.install(|| learn().bytes().to_vec())
    };
    let one = bytes(1);
    assert!(one == bytes(2) && one == bytes(7));
}

#[test]
fn a_file_read_back_is_the_lexicon_that_was_written() {
    let lexicon = learn();
    let again = Lexicon::read("again", lexicon.bytes().to_vec().into()).expect("it was written by us");
    assert_eq!(lexicon.size(), again.size());
    assert_eq!(lexicon.checksum(), again.checksum());
    assert_eq!(best(&again, "船"), "boat");
}

#[test]
fn the_embedded_lexicon_is_whole_and_small_enough() {
    let lexicon = Lexicon::embedded();
    assert!(lexicon.bytes().len() <= 10 << 20);
    assert!(lexicon.notice().contains("CC BY-SA 4.0"));
    for (zh, en) in [
        ("月亮", "moon"),
        ("吃", "eat"),
        ("朝鲜", "korea"),
        ("法律", "law"),
        ("他们", "they"),
    ] {
        assert_eq!(best(lexicon, zh), en, "{zh}");
    }
}

#[test]
fn a_glossary_adds_to_what_is_known_and_names_its_faults() {
    let table = "# our own names\n明澜\tMinglan\n晨汐号\tMorning Tide\n";
    let lexicon = Lexicon::embedded()
        .with_glossary("terms.tsv", table)
        .expect("the table is well formed");
    assert_eq!(best(&lexicon, "明澜"), "minglan");
    let known = Lexicon::embedded().size();
    let (zh, en, pairs) = lexicon.size();
    assert!(zh > known.0 && en >= known.1 && pairs > known.2);
    let error = Lexicon::embedded()
        .with_glossary("terms.tsv", "明澜\tMinglan\n晨汐号\n")
        .err()
        .expect("no English");
    assert_eq!(
        error.to_string(),
        "terms.tsv: line 2: no Chinese term with an English one; each line holds the Chinese term, a tab, and the \
         English term"
    );
}

#[test]
fn dictionary_entries_become_pairs_without_remarks_and_references() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    writeln!(file, "# a remark").expect("it can be written");
    writeln!(
        file,
        "傳統 传统 [chuan2 tong3] /tradition/(of a person) traditional/CL:個|个[ge4]/"
    )
    .expect("written");
    writeln!(file, "喫 吃 [chi1] /variant of 吃[chi1]/to eat/").expect("it can be written");
    let pairs = sources::cedict(file.path())
        .expect("it is there")
        .collect::<Result<Vec<Pair>>>()
        .expect("well formed");
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|pair| (pair.zh.as_str(), pair.en.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [("传统", "tradition"), ("传统", "traditional"), ("吃", "eat")]
    );
    writeln!(file, "no entry").expect("it can be written");
    let error = sources::cedict(file.path())
        .expect("it is there")
        .find_map(Result::err)
        .expect("the last line is none");
    assert!(
        error.to_string().contains("line 4: not an entry of CC-CEDICT"),
        "{error}"
    );
}

proptest! {
    #[test]
    fn broken_files_are_refused_and_never_panic(at in 0usize..2000, byte: u8, cut in 0usize..4000) {
        let mut bytes = learn_once().to_vec();
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - cut % 64 * usize::from(cut % 3 == 0));
        if let Ok(lexicon) = Lexicon::read("broken", bytes.into()) {
            // What passes can be looked up in without harm.
            let (zh, ..) = lexicon.size();
            for word in 0..zh as u32 {
                prop_assert!(lexicon.row(word).all(|entry| lexicon.en_word(entry.en).len() < 100));
                prop_assert!(lexicon.zh_word(word).len() < 100);
            }
        }
    }
}

fn learn_once() -> &'static [u8] {
    static BYTES: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    BYTES.get_or_init(|| learn().bytes().to_vec())
}
