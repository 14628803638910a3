//! Documents made from the samples with passages taken out or put in on one side: the hole is found, the rest stays put.

mod common;

use common::{GoldPair, samples};
use duizhao::eval::{self, Bead, Beads};
use rayon::prelude::*;

/// The samples one after another, a long document whose beads are known; sentences of the other samples' own language
/// are what is put in.
fn book(chapters: &[GoldPair]) -> GoldPair {
    let mut book = GoldPair {
        name: "book".into(),
        zh: Vec::new(),
        en: Vec::new(),
        beads: Vec::new(),
    };
    for chapter in chapters {
        let (zh, en) = (book.zh.len(), book.en.len());
        let moved = |places: &[usize], by: usize| places.iter().map(|place| place + by).collect();
        book.beads.extend(chapter.beads.iter().map(|bead| Bead {
            zh: moved(&bead.zh, zh),
            en: moved(&bead.en, en),
        }));
        book.zh.extend(chapter.zh.iter().cloned());
        book.en.extend(chapter.en.iter().cloned());
    }
    book
}

/// Which side loses or gains sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
enum On {
    Zh,
    En,
}

/// Takes the sentences out that `is_out` says, by side and place. What is left of a bead stays one, or stands alone.
fn without(pair: &GoldPair, is_out: impl Fn(On, usize) -> bool) -> GoldPair {
    let left = |side: On, lines: &[String]| -> Vec<String> {
        let numbered = lines.iter().enumerate();
        let kept = numbered.filter(|(place, _)| !is_out(side, *place));
        kept.map(|(_, line)| line.clone()).collect()
    };
    let moved = |side: On, places: &[usize]| -> Vec<usize> {
        let kept = places.iter().filter(|place| !is_out(side, **place));
        kept.map(|&place| (0..place).filter(|&before| !is_out(side, before)).count())
            .collect()
    };
    let mut beads = Beads::new();
    for bead in &pair.beads {
        let (zh, en) = (moved(On::Zh, &bead.zh), moved(On::En, &bead.en));
        beads.extend(apart(zh, en));
    }
    GoldPair {
        name: pair.name.clone(),
        zh: left(On::Zh, &pair.zh),
        en: left(On::En, &pair.en),
        beads,
    }
}

/// Sentences that have no partner are a bead each.
fn apart(zh: Vec<usize>, en: Vec<usize>) -> Beads {
    if !zh.is_empty() && !en.is_empty() {
        return vec![Bead { zh, en }];
    }
    let omissions = zh.into_iter().map(|place| Bead {
        zh: vec![place],
        en: vec![],
    });
    let additions = en.into_iter().map(|place| Bead {
        zh: vec![],
        en: vec![place],
    });
    omissions.chain(additions).collect()
}

/// Puts lines in on one side, each before the sentence of its place.
fn with(pair: &GoldPair, side: On, lines: &[(usize, &str)]) -> GoldPair {
    let moved = |own: On, places: &[usize]| -> Vec<usize> {
        let by = |place: usize| lines.iter().filter(|(at, _)| own == side && *at <= place).count();
        places.iter().map(|&place| place + by(place)).collect()
    };
    let mut beads: Beads = pair
        .beads
        .iter()
        .map(|bead| Bead {
            zh: moved(On::Zh, &bead.zh),
            en: moved(On::En, &bead.en),
        })
        .collect();
    let mut made = GoldPair {
        name: pair.name.clone(),
        zh: pair.zh.clone(),
        en: pair.en.clone(),
        beads: Vec::new(),
    };
    let text = if side == On::Zh {
        &mut made.zh
    } else {
        &mut made.en
    };
    for (number, (at, line)) in lines.iter().enumerate() {
        text.insert(at + number, line.to_string());
        let place = vec![at + number];
        beads.push(if side == On::Zh {
            Bead {
                zh: place,
                en: vec![],
            }
        } else {
            Bead {
                zh: vec![],
                en: place,
            }
        });
    }
    made.beads = beads;
    made
}

/// How a document was aligned: the share of gold links that are found, and of the sentences without a partner that stand
/// alone.
struct Found {
    links: f64,
    alone: f64,
}

fn found(pair: &GoldPair) -> Found {
    let beads = aligned(pair);
    let is_link = |bead: &&Bead| !bead.zh.is_empty() && !bead.en.is_empty();
    let share = |gold: Vec<&Bead>| {
        let right = gold.iter().filter(|bead| beads.contains(bead)).count();
        right as f64 / gold.len().max(1) as f64
    };
    Found {
        links: share(pair.beads.iter().filter(is_link).collect()),
        alone: share(pair.beads.iter().filter(|bead| !is_link(bead)).collect()),
    }
}

fn aligned(pair: &GoldPair) -> Beads {
    let alignment = pair.align();
    let beads = alignment.beads().iter().map(|bead| Bead {
        zh: bead.zh.clone().collect(),
        en: bead.en.clone().collect(),
    });
    beads.collect()
}

fn strict(pair: &GoldPair) -> f64 {
    let scores = eval::score(std::slice::from_ref(&pair.beads), &[aligned(pair)]);
    scores.expect("one gold, one test").strict.f1
}

/// Chapters whose English was written sentence by sentence, and those whose sentences are put in elsewhere.
fn chapters() -> (Vec<GoldPair>, Vec<GoldPair>) {
    samples().into_iter().partition(|sample| {
        let is = |name: &str| sample.name.ends_with(&format!("{name}.gold"));
        !is("essay") && !is("letter")
    })
}

fn check(made: Vec<(String, GoldPair)>, links: f64, alone: f64) {
    let results: Vec<(String, Found)> = made
        .into_par_iter()
        .map(|(name, pair)| (name, found(&pair)))
        .collect();
    let mean = |of: fn(&Found) -> f64| {
        results.iter().map(|(_, found)| of(found)).sum::<f64>() / results.len() as f64
    };
    for (name, found) in &results {
        println!("{name}: links {:.3}, alone {:.3}", found.links, found.alone);
    }
    let (found_links, found_alone) = (mean(|found| found.links), mean(|found| found.alone));
    println!("mean: links {found_links:.3}, alone {found_alone:.3}");
    assert!(
        found_links >= links,
        "links {found_links:.3}, at least {links} is written"
    );
    assert!(
        found_alone >= alone,
        "alone {found_alone:.3}, at least {alone} is written"
    );
}

/// The links that are found in the whole book, from which a hole may take a little away.
#[test]
fn the_whole_book_is_aligned_well() {
    let book = book(&chapters().0);
    let found = strict(&book);
    println!(
        "{} x {} sentences: strict F1 {found:.4}",
        book.zh.len(),
        book.en.len()
    );
    assert!(found >= WHOLE, "{found:.4}");
}

const WHOLE: f64 = 0.965;

#[test]
fn a_missing_page_stands_alone_whatever_its_length() {
    let book = book(&chapters().0);
    let mut made = Vec::new();
    for side in [On::Zh, On::En] {
        let len = if side == On::Zh {
            book.zh.len()
        } else {
            book.en.len()
        };
        for page in [1, 3, 10, 40, 120] {
            let from = (len - page) / 2;
            let torn = without(&book, |own, place| {
                own == side && (from..from + page).contains(&place)
            });
            made.push((format!("{page} sentences missing on {side:?}"), torn));
        }
    }
    check(made, PAGE.0, PAGE.1);
}

/// The book has omissions of its own, of which half are found: that is what pulls the second figure down on short pages.
const PAGE: (f64, f64) = (0.96, 0.72);

#[test]
fn a_preface_stands_alone_on_either_side() {
    let (chapters, others) = chapters();
    let book = book(&chapters);
    let preface = self::book(&others);
    let made = [(On::Zh, &preface.zh), (On::En, &preface.en)].map(|(side, preface)| {
        let lines: Vec<(usize, &str)> = preface.iter().map(|line| (0, line.as_str())).collect();
        (
            format!("{} sentences before {side:?}", lines.len()),
            with(&book, side, &lines),
        )
    });
    check(made.into(), PREFACE.0, PREFACE.1);
}

const PREFACE: (f64, f64) = (0.965, 0.955);

#[test]
fn footnotes_stand_alone_where_they_are() {
    let book = book(&chapters().0);
    let zh_notes = [
        "译者注：一担约合五十公斤。",
        "原文为方言，意思是“没关系”。",
        "见本书第二章。",
        "此处据一九三五年初版改正。",
        "清代的一种官职，掌管漕运。",
    ];
    let en_notes = [
        "Translator's note: a dan is about fifty kilograms.",
        "A proverb; literally, \"the crow sees only the pig's blackness\".",
        "See chapter two of this book.",
        "The second printing omits this sentence.",
        "An office of the Qing dynasty concerned with the transport of grain.",
    ];
    // At most one note in each gap between beads, so that none stands inside one.
    let starts = |side: On| -> Vec<usize> {
        let place = |bead: &Bead| {
            *if side == On::Zh { &bead.zh } else { &bead.en }
                .first()
                .unwrap_or(&0)
        };
        let mut starts: Vec<usize> = book.beads.iter().map(place).filter(|&place| place > 0).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    };
    let mut made = Vec::new();
    for (side, notes) in [(On::Zh, zh_notes), (On::En, en_notes)] {
        let places = starts(side).into_iter().step_by(23);
        let lines: Vec<(usize, &str)> = places.zip(notes.into_iter().cycle()).collect();
        made.push((
            format!("{} notes on {side:?}", lines.len()),
            with(&book, side, &lines),
        ));
    }
    check(made, NOTES.0, NOTES.1);
}

const NOTES: (f64, f64) = (0.945, 0.53);

#[test]
fn a_summary_keeps_what_it_keeps_of_each_page() {
    let book = book(&chapters().0);
    let mut made = Vec::new();
    for side in [On::Zh, On::En] {
        for every in [2, 4] {
            // A whole bead stays, and the next ones lose this side.
            let stays: std::collections::BTreeSet<usize> = book
                .beads
                .iter()
                .step_by(every)
                .flat_map(|bead| {
                    if side == On::Zh {
                        bead.zh.clone()
                    } else {
                        bead.en.clone()
                    }
                })
                .collect();
            let summary = without(&book, |own, place| own == side && !stays.contains(&place));
            made.push((format!("one bead in {every} on {side:?}"), summary));
        }
    }
    check(made, SUMMARY.0, SUMMARY.1);
}

/// Every other bead has lost a side, or three of four.
const SUMMARY: (f64, f64) = (0.87, 0.93);
