//! The search: laws that hold for any scorer, and an exhaustive twin that it must agree with.

mod common;

use common::samples;
use duizhao::align::{Alignment, Band, Node, SHAPES, Step, Trellis, align};
use duizhao::score::{Anchor, Score, Scorer, Weights, anchors};
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;
use std::time::{Duration, Instant};

// Nonsense.

/// Pure and without sense. Whole quarters, so that sums are exact in any order and scores can be compared as equal.
fn nonsense(seed: u64, spread: u64) -> impl Score + Copy {
    move |zh: Range<usize>, en: Range<usize>| {
        let ends = [zh.start, zh.end, en.start, en.end];
        let mix = |hash: u64, end: usize| {
            (hash ^ end as u64)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(29)
        };
        let hash = ends
            .into_iter()
            .fold(seed, mix)
            .wrapping_mul(0xD6E8_FEB8_6659_FD93)
            >> 32;
        (hash % (8 * spread + 1)) as f32 / 4.0 - spread as f32
    }
}

// The twin.

type Beads = Vec<(Range<usize>, Range<usize>)>;

/// Every bead that may start at a place: one sentence alone, or n with m, eight together at most.
fn beads_from(at: (usize, usize), ends: (usize, usize)) -> Vec<(Range<usize>, Range<usize>)> {
    let mut beads = Vec::new();
    for zh in at.0..=ends.0.min(at.0 + 7) {
        for en in at.1..=ends.1.min(at.1 + 7) {
            let shape = (zh - at.0, en - at.1);
            let is_pair = shape.0 > 0 && shape.1 > 0 && shape.0 + shape.1 <= 8;
            if is_pair || shape == (1, 0) || shape == (0, 1) {
                beads.push((at.0..zh, at.1..en));
            }
        }
    }
    beads
}

/// The best beads from a place to the end, by trying all.
fn exhaustive(
    at: (usize, usize),
    ends: (usize, usize),
    scorer: &impl Score,
    known: &mut HashMap<(usize, usize), (f64, Beads)>,
) -> (f64, Beads) {
    if at == ends {
        return (0.0, Vec::new());
    }
    if let Some(answer) = known.get(&at) {
        return answer.clone();
    }
    let mut best = (f64::NEG_INFINITY, Vec::new());
    for bead in beads_from(at, ends) {
        let (rest, beads) = exhaustive((bead.0.end, bead.1.end), ends, scorer, known);
        let total = f64::from(scorer.score(bead.0.clone(), bead.1.clone())) + rest;
        if total > best.0 {
            best = (total, [vec![bead], beads].concat());
        }
    }
    known.insert(at, best.clone());
    best
}

/// Every way from a place to the end, one by one.
fn all_paths(at: (usize, usize), ends: (usize, usize)) -> Vec<Beads> {
    if at == ends {
        return vec![Vec::new()];
    }
    let beads = beads_from(at, ends).into_iter();
    beads
        .flat_map(|bead| {
            let rests = all_paths((bead.0.end, bead.1.end), ends).into_iter();
            rests.map(move |rest| [vec![bead.clone()], rest].concat())
        })
        .collect()
}

fn total(beads: &Beads, scorer: &impl Score) -> f64 {
    beads
        .iter()
        .map(|(zh, en)| f64::from(scorer.score(zh.clone(), en.clone())))
        .sum()
}

fn bead(step: &Step) -> (Range<usize>, Range<usize>) {
    (step.from.zh..step.to.zh, step.from.en..step.to.en)
}

fn beads(alignment: &Alignment) -> Beads {
    alignment
        .beads()
        .iter()
        .map(|bead| (bead.zh.clone(), bead.en.clone()))
        .collect()
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn the_best_path_is_the_one_that_trying_all_finds(zh in 0..14usize, en in 0..14usize, seed: u64, spread in 1..200u64) {
        let scorer = nonsense(seed, spread);
        let band = Band::full(zh, en);
        let trellis = Trellis::new(&band, SHAPES.len(), &scorer);
        let path: Beads = trellis.best(|step| trellis.score(step)).iter().map(bead).collect();
        let (best, _) = exhaustive((0, 0), (zh, en), &scorer, &mut HashMap::new());
        prop_assert_eq!(total(&path, &scorer), best);
    }

    #[test]
    fn posteriors_are_shares_of_all_paths_counted_one_by_one(zh in 0..5usize, en in 0..5usize, seed: u64, spread in 1..30u64) {
        let scorer = nonsense(seed, spread);
        let band = Band::full(zh, en);
        let trellis = Trellis::new(&band, SHAPES.len(), &scorer);
        let posteriors = trellis.posteriors();
        let mut shares: HashMap<(Range<usize>, Range<usize>), f64> = HashMap::new();
        let mut sum = 0.0;
        for path in all_paths((0, 0), (zh, en)) {
            let weight = total(&path, &scorer).exp();
            sum += weight;
            path.into_iter().for_each(|bead| *shares.entry(bead).or_default() += weight);
        }
        for step in band.nodes().flat_map(|node| trellis.steps_to(node)) {
            let share = shares.remove(&bead(&step)).expect("every bead is on a path") / sum;
            prop_assert!((f64::from(posteriors.of(step)) - share).abs() < 1e-4, "{step:?}: {} is not {share}", posteriors.of(step));
        }
        prop_assert!(shares.is_empty(), "beads that the trellis does not have: {shares:?}");
    }

    #[test]
    fn shortfalls_are_those_of_all_paths_counted_one_by_one(zh in 0..5usize, en in 0..5usize, seed: u64, spread in 1..200u64) {
        let scorer = nonsense(seed, spread);
        let band = Band::full(zh, en);
        let mut best_through = vec![f64::NEG_INFINITY; band.len()];
        let mut best = f64::NEG_INFINITY;
        for path in all_paths((0, 0), (zh, en)) {
            let total = total(&path, &scorer);
            best = best.max(total);
            let ends = path.iter().map(|(zh, en)| (zh.end, en.end)).chain([(0, 0)]);
            for (zh, en) in ends {
                let through = &mut best_through[band.node(zh, en).expect("the band is full").number];
                *through = through.max(total);
            }
        }
        let shortfalls = Trellis::new(&band, SHAPES.len(), &scorer).shortfalls();
        let expected: Vec<f64> = best_through.iter().map(|through| best - through).collect();
        prop_assert_eq!(shortfalls.iter().map(|&short| f64::from(short)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn any_scorer_and_any_anchors_give_beads_that_cover_both_documents(
        zh in 0..40usize, en in 0..40usize, seed: u64, spread in 1..100_000u64, places in prop::collection::vec((0.0..1.0, 0.0..1.0, 0.1..90f32), 0..20)
    ) {
        covers(zh, en, &nonsense(seed, spread), &lies(zh, en, places))?;
    }
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn lying_anchors_in_long_documents_give_beads_that_cover_both(
        zh in 0..600usize, en in 0..600usize, seed: u64, spread in 1..100u64, places in prop::collection::vec((0.0..1.0, 0.0..1.0, 0.1..90f32), 0..60)
    ) {
        covers(zh, en, &nonsense(seed, spread), &lies(zh, en, places))?;
    }
}

fn covers(zh: usize, en: usize, scorer: &impl Score, anchors: &[Anchor]) -> Result<(), TestCaseError> {
    let alignment = align(zh, en, scorer, anchors);
    prop_assert_eq!(alignment.verify(zh, en), Ok(()));
    for bead in alignment.beads() {
        prop_assert!((0.0..=1.0).contains(&bead.score), "{bead:?}");
    }
    Ok(())
}

/// Anchors anywhere, in the order that they must have.
fn lies(zh: usize, en: usize, places: Vec<(f64, f64, f32)>) -> Vec<Anchor> {
    let at = |share: f64, count: usize| (share * count as f64) as usize;
    let anchor = |(x, y, weight)| Anchor {
        zh: at(x, zh),
        en: at(y, en),
        weight,
    };
    let mut anchors: Vec<Anchor> = places
        .into_iter()
        .map(anchor)
        .filter(|anchor| anchor.zh < zh && anchor.en < en)
        .collect();
    anchors.sort_by_key(|anchor| (anchor.zh, anchor.en));
    anchors.dedup_by_key(|anchor| (anchor.zh, anchor.en));
    anchors
}

#[test]
fn nothing_against_nothing_is_no_bead() {
    assert_eq!(align(0, 0, &nonsense(1, 8), &[]).beads(), []);
}

#[test]
fn a_document_against_nothing_is_left_out_sentence_by_sentence() {
    let omissions = align(3, 0, &nonsense(1, 8), &[]);
    assert_eq!(beads(&omissions), [(0..1, 0..0), (1..2, 0..0), (2..3, 0..0)]);
    let additions = align(0, 2, &nonsense(1, 8), &[]);
    assert_eq!(beads(&additions), [(0..0, 0..1), (0..0, 1..2)]);
    assert!(
        omissions
            .beads()
            .iter()
            .chain(additions.beads())
            .all(|bead| bead.score == 1.0)
    );
}

// Sense.

#[test]
fn real_texts_are_aligned_as_trying_all_would() {
    for sample in samples() {
        let pairing = sample.pairing();
        let scorer = Scorer::new(&pairing, Weights::embedded());
        let ends = (sample.zh.len(), sample.en.len());
        let (_, expected) = exhaustive((0, 0), ends, &scorer, &mut HashMap::new());
        for anchors in [anchors(&pairing), Vec::new()] {
            let found = align(ends.0, ends.1, &scorer, &anchors);
            assert_eq!(
                beads(&found),
                expected,
                "{}, {} anchors",
                sample.name,
                anchors.len()
            );
        }
    }
}

/// English sentences by Chinese: two for every third, none for every seventh.
fn lengths(zh: usize) -> Vec<usize> {
    (0..zh)
        .map(|place| {
            if place % 7 == 6 {
                0
            } else {
                1 + usize::from(place % 3 == 2)
            }
        })
        .collect()
}

/// A document whose beads are known, and a scorer that sees how much of a bead is right.
fn known(zh: usize) -> (Beads, impl Score, Vec<Anchor>) {
    let lengths = lengths(zh);
    let starts: Vec<usize> = [0]
        .into_iter()
        .chain(lengths.iter().scan(0, |end, length| {
            *end += length;
            Some(*end)
        }))
        .collect();
    let beads: Beads = (0..zh)
        .map(|place| (place..place + 1, starts[place]..starts[place + 1]))
        .collect();
    let anchors = (0..zh).filter(|place| lengths[*place] > 0).map(|zh| Anchor {
        zh,
        en: starts[zh],
        weight: 9.0,
    });
    let anchors = anchors.collect();
    let scorer = move |zh: Range<usize>, en: Range<usize>| {
        let right: usize = zh
            .clone()
            .map(|place| {
                (starts[place]..starts[place + 1])
                    .filter(|j| en.contains(j))
                    .count()
            })
            .sum();
        let size = (zh.len() + en.len()) as f32;
        20.3 * right as f32
            - 6.1 * (en.len() - right) as f32
            - 1.7 * size
            - if zh.len() > 1 { 30.0 } else { 0.0 }
    };
    (beads, scorer, anchors)
}

#[test]
fn long_documents_with_anchors_take_seconds() {
    let (expected, scorer, anchors) = known(3_000);
    let en = expected.last().expect("three thousand beads").1.end;
    let start = Instant::now();
    let alignment = align(3_000, en, &scorer, &anchors);
    let took = start.elapsed();
    println!("3000 x {en} sentences: {took:?}");
    assert_eq!(beads(&alignment), expected);
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[test]
fn posteriors_add_up_to_one_through_every_sentence_of_long_documents_too() {
    let whole = nonsense(1, 9);
    let scorer = |zh: Range<usize>, en: Range<usize>| 10.1 + 1.3 * whole.score(zh, en);
    let (zh, en) = (2_000, 2_000);
    let path: Vec<(usize, usize)> = (0..=zh).map(|place| (place, place)).collect();
    let band = Band::along(&path, 6);
    let trellis = Trellis::new(&band, SHAPES.len(), &scorer);
    let posteriors = trellis.posteriors();
    let (mut zh_sums, mut en_sums) = (vec![0.0; zh], vec![0.0; en]);
    for step in band.nodes().flat_map(|node: Node| trellis.steps_to(node)) {
        let (zh, en) = bead(&step);
        zh.for_each(|place| zh_sums[place] += posteriors.of(step));
        en.for_each(|place| en_sums[place] += posteriors.of(step));
    }
    for (side, sums) in [("zh", zh_sums), ("en", en_sums)] {
        for (place, sum) in sums.iter().enumerate() {
            assert!((sum - 1.0).abs() < 1e-5, "{side} {place}: {sum}");
        }
    }
}

#[test]
fn long_documents_without_an_anchor_are_aligned_along_the_straight_line() {
    // One to one throughout, but with forty sentences too many in the middle of the English.
    let (zh, en) = (3000, 3040);
    let partner = |zh: usize| if zh < 1500 { zh } else { zh + 40 };
    let scorer = |i: Range<usize>, j: Range<usize>| match (i.len(), j.len()) {
        (1, 1) if partner(i.start) == j.start => 5.0,
        (0, 1) | (1, 0) => -1.0,
        _ => -6.0,
    };
    let alignment = align(zh, en, &scorer, &[]);
    let right = alignment
        .beads()
        .iter()
        .filter(|bead| bead.kind() == (1, 1) && partner(bead.zh.start) == bead.en.start);
    assert_eq!(right.count(), zh);
}

/// How many beads are scored to align two documents.
fn effort(zh: usize, en: usize, scorer: impl Score, anchors: &[Anchor]) -> usize {
    let asked = Cell::new(0);
    let counting = |i: Range<usize>, j: Range<usize>| {
        asked.set(asked.get() + 1);
        scorer.score(i, j)
    };
    align(zh, en, &counting, anchors);
    asked.get()
}

#[test]
fn a_page_without_anchors_costs_what_it_is_long_and_no_more() {
    // One to one throughout, but for two hundred Chinese sentences left out in the middle, where the anchors lie.
    let (zh, gap) = (4000, 2000..2200);
    let en = zh - gap.len();
    let partner = |zh: usize| {
        if zh < gap.start {
            zh
        } else {
            zh.saturating_sub(gap.len()).max(gap.start)
        }
    };
    let scorer = |i: Range<usize>, j: Range<usize>| match (i.len(), j.len()) {
        (1, 1) if !gap.contains(&i.start) && partner(i.start) == j.start => 5.0,
        (0, 1) | (1, 0) => -1.0,
        _ => -6.0,
    };
    let anchor = |zh: usize, en: usize| Anchor { zh, en, weight: 9.0 };
    let anchors: Vec<Anchor> = (0..zh)
        .filter(|zh| zh % 5 == 0 && (*zh < gap.start || *zh > gap.end + 300))
        .map(|zh| anchor(zh, partner(zh)))
        .collect();
    let alignment = align(zh, en, &scorer, &anchors);
    let links = alignment.beads().iter().filter(|bead| bead.is_link());
    assert_eq!(links.count(), en);
    let without_gap = effort(
        en,
        en,
        |i: Range<usize>, j: Range<usize>| if i == j { 5.0 } else { -3.0 },
        &diagonal(en),
    );
    let with_gap = effort(zh, en, scorer, &anchors);
    assert!(
        with_gap < 5 * without_gap,
        "{with_gap} beads are scored, {without_gap} without the gap"
    );
}

fn diagonal(len: usize) -> Vec<Anchor> {
    let places = (0..len).step_by(5);
    places
        .map(|place| Anchor {
            zh: place,
            en: place,
            weight: 9.0,
        })
        .collect()
}

#[test]
fn documents_with_nothing_in_common_cost_what_they_are_long() {
    let nothing = |i: Range<usize>, j: Range<usize>| match (i.len(), j.len()) {
        (0, 1) | (1, 0) => -1.0,
        _ => -9.0,
    };
    let (short, long) = (effort(1000, 1000, nothing, &[]), effort(4000, 4000, nothing, &[]));
    assert!(
        long < 6 * short,
        "{short} beads are scored for 1000 sentences, {long} for 4000"
    );
}
