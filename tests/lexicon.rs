//! The lexicon: what is learned, what is kept in its file, what a glossary adds.

use duizhao::language::Side;
use duizhao::lexicon::{Lexicon, Pair, Training, sources, train};
use proptest::prelude::*;

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
    let file = "# a remark\n傳統 传统 [chuan2 tong3] /tradition/(of a person) traditional/CL:個|个[ge4]/\n\
        喫 吃 [chi1] /variant of 吃[chi1]/to eat/\n\
        王維 王维 [Wang2 Wei2] /Wang Wei (701-761), poet (of the Tang)/\nno entry\n";
    let mut entries = sources::cedict("cedict.u8", file.as_bytes());
    for (zh, en) in [
        ("传统", "tradition"),
        ("传统", "traditional"),
        ("吃", "eat"),
        ("王维", "Wang Wei"),
    ] {
        let pair = entries.next().expect("there are four").expect("well formed");
        assert_eq!((&*pair.zh, &*pair.en), (zh, en));
    }
    let error = entries
        .next()
        .expect("a line is left")
        .expect_err("which is no entry");
    assert!(
        error
            .to_string()
            .starts_with("cedict.u8: line 5: not an entry of CC-CEDICT"),
        "{error}"
    );
}

/// A user's own memory: names and terms that no general text has, among words that every text has.
fn memory() -> Lexicon {
    let things = [
        ("鲸潮阀", "tidevalve"),
        ("霜麦", "frostwheat"),
        ("月桨", "moonpaddle"),
    ];
    let pairs = things
        .iter()
        .cycle()
        .take(60)
        .enumerate()
        .map(|(index, (zh, en))| {
            let (zh_deed, en_deed) = [("检查", "inspect"), ("修理", "repair")][index / 3 % 2];
            Ok(Pair {
                zh: format!("请{zh_deed}{zh}。"),
                en: format!("Please {en_deed} the {en}."),
                weight: 1.0,
            })
        });
    train(pairs, &Training::default(), "a memory").expect("the pairs can be learned from")
}

#[test]
fn a_users_memory_teaches_new_words_and_the_embedded_ones_still_work() {
    let mixed = Lexicon::embedded().mixed(&[memory()]).expect("they can be mixed");
    let knows = |lexicon: &Lexicon, en: &str| lexicon.en(en).is_some();
    assert!(knows(&mixed, "tidevalv") && !knows(Lexicon::embedded(), "tidevalv"));
    let own = mixed.en("tidevalv").expect("learned");
    let shares = duizhao::words::words("鲸潮阀", Side::Zh).into_iter().map(|word| {
        let row = mixed
            .zh(&word.key)
            .map(|zh| mixed.row(zh).find(|entry| entry.en == own));
        row.flatten().map_or(0.0, |entry| entry.en_given_zh)
    });
    assert!(shares.fold(0.0, f32::max) > 0.2);
    for (zh, en) in [("阀", "valv"), ("月亮", "moon"), ("法律", "law")] {
        assert_eq!(best(&mixed, zh), en, "{zh}");
    }
    assert!(mixed.notice().contains("CC BY-SA 4.0") && mixed.notice().ends_with("a memory"));
}

#[test]
fn the_more_often_a_memory_uses_a_word_the_more_its_own_sense_counts() {
    // In this memory 月亮 is the name of a pump.
    let share = |times: usize| {
        let others = [("水", "water"), ("风", "wind"), ("火", "fire")];
        let pump = std::iter::repeat_n(("月亮", "lunapump"), times);
        let pairs = others.into_iter().cycle().take(300).chain(pump).map(|(zh, en)| {
            Ok(Pair {
                zh: zh.into(),
                en: en.into(),
                weight: 1.0,
            })
        });
        let own = train(pairs, &Training::default(), "").expect("the pairs can be learned from");
        let mixed = Lexicon::embedded().mixed(&[own]).expect("they can be mixed");
        let (zh, en) = (
            mixed.zh("月亮").expect("known"),
            mixed.en("lunapump").expect("learned"),
        );
        let entry = mixed.row(zh).find(|entry| entry.en == en);
        entry.expect("linked").en_given_zh
    };
    let (few, many) = (share(5), share(200));
    assert!(few < 0.2 && many > 0.7, "{few} {many}");
}

#[test]
fn the_order_of_lexicons_makes_no_difference_to_the_words() {
    let (one, other) = (learn(), memory());
    let mixed = |own: [&Lexicon; 2]| {
        Lexicon::embedded()
            .mixed(&own.map(Lexicon::clone))
            .expect("mixed")
    };
    assert_eq!(mixed([&one, &other]).size(), mixed([&other, &one]).size());
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
