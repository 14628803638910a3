//! Gold alignments into the scorer's table of weights: `cargo run --release --example weights -- GOLD... > weights.tsv`
//!
//! Each GOLD is a folder of `x.zh`, `x.en` (a sentence a line) and `x.gold` (beads `[0,1]:[2]`). The weights are those of
//! a conditional random field over whole alignments (Lafferty, McCallum and Pereira 2001): they make the gold path as
//! likely as they can among all paths near it. The first folder is also cross-validated, one document held out at a
//! time, and every folder is scored; both tables go to stderr.

use duizhao::align::{Band, Node, Posteriors, SHAPES, Step, Trellis, align};
use duizhao::eval::{Bead, Beads, score};
use duizhao::lexicon::Lexicon;
use duizhao::score::{FEATURES, Features, Pairing, Scorer, Weights, anchors};
use rayon::prelude::*;
use std::collections::HashSet;

use std::path::{Path, PathBuf};

/// Boundaries around the gold path that count as its rivals.
const MARGIN: usize = 10;
type Failure = Box<dyn std::error::Error + Send + Sync>;

const ROUNDS: usize = 300;
/// Pulls weights that gold says little about to zero.
const DECAY: f32 = 0.0005;

/// A document pair with its gold, and what every bead near the gold path looks like.
struct Example {
    pairing: Pairing,
    gold: Beads,
    band: Band,
    /// The gold path; none where gold crosses, has larger beads than any shape, or leaves lines out.
    path: Option<HashSet<(usize, usize)>>,
    steps: Vec<(Step, Features)>,
}

fn main() -> Result<(), Failure> {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        return Err("name at least one folder with x.zh, x.en and x.gold".into());
    }
    let sets: Vec<Vec<Example>> = folders
        .iter()
        .map(|folder| read_set(folder))
        .collect::<Result<_, _>>()?;
    let all = || sets.iter().flatten();
    if std::env::var_os("NOCV").is_some() {
        let weights = learn(&all().collect::<Vec<_>>());
        for (folder, set) in folders.iter().zip(&sets) {
            let aligned: Vec<Beads> = set
                .par_iter()
                .map(|example| align_with(example, &weights))
                .collect();
            eprintln!("{} seen {:.4}", folder.display(), strict(&golds(set), &aligned)?);
        }
        print!("{weights}");
        return Ok(());
    }
    let mut held_out = Vec::new();
    for test in &sets[0] {
        let weights = learn(
            &all()
                .filter(|example| !std::ptr::eq(*example, test))
                .collect::<Vec<_>>(),
        );
        let aligned = align_with(test, &weights);
        eprintln!(
            "held out\t{:.4}",
            strict(&[&test.gold], std::slice::from_ref(&aligned))?
        );
        held_out.push(aligned);
    }
    eprintln!(
        "{}\tcross-validated\t{:.4}",
        folders[0].display(),
        strict(&golds(&sets[0]), &held_out)?
    );
    let weights = learn(&all().collect::<Vec<_>>());
    for (folder, set) in folders.iter().zip(&sets) {
        let aligned: Vec<Beads> = set
            .par_iter()
            .map(|example| align_with(example, &weights))
            .collect();
        eprintln!(
            "{}\tseen in training\t{:.4}",
            folder.display(),
            strict(&golds(set), &aligned)?
        );
    }
    print!("{weights}");
    Ok(())
}

fn golds(set: &[Example]) -> Vec<&Beads> {
    set.iter().map(|example| &example.gold).collect()
}

fn strict(gold: &[&Beads], test: &[Beads]) -> Result<f64, Failure> {
    let gold: Vec<Beads> = gold.iter().map(|&beads| beads.clone()).collect();
    Ok(score(&gold, test)?.strict.f1)
}

fn read_set(folder: &Path) -> Result<Vec<Example>, Failure> {
    let mut golds: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    golds.retain(|path| path.extension().is_some_and(|extension| extension == "gold"));
    golds.sort();
    golds.par_iter().map(|path| read_example(path)).collect()
}

fn read_example(gold: &Path) -> Result<Example, Failure> {
    let read = |extension| std::fs::read_to_string(gold.with_extension(extension));
    let (zh, en) = (read("zh")?, read("en")?);
    let pairing = Pairing::new(zh.lines(), en.lines(), Lexicon::embedded());
    let name = gold.display().to_string();
    let source = duizhao::ingest::Source {
        name: name.clone(),
        bytes: std::fs::read(gold)?,
    };
    let gold = duizhao::eval::read(&source)?;
    let points = path_points(&gold, pairing.zh_len(), pairing.en_len());
    let band = match &points {
        Some(points) => Band::along(points, MARGIN),
        None => Band::full(0, 0),
    };
    let path = points.and_then(|points| nodes_and_shapes(&points, &band));
    let scorer = Scorer::new(&pairing, Weights::embedded());
    let trellis = Trellis::new(
        &band,
        SHAPES.len(),
        &|_: std::ops::Range<usize>, _: std::ops::Range<usize>| 0.0,
    );
    let steps = match path {
        Some(_) => band
            .nodes()
            .flat_map(|node: Node| trellis.steps_to(node))
            .collect(),
        None => Vec::new(),
    };
    let features = |step: Step| scorer.features(step.from.zh..step.to.zh, step.from.en..step.to.en);
    let steps = steps.into_iter().map(|step| (step, features(step))).collect();
    Ok(Example {
        pairing,
        gold,
        band,
        path,
        steps,
    })
}

/// The boundaries that gold passes, omissions and additions a sentence at a time.
fn path_points(gold: &Beads, zh: usize, en: usize) -> Option<Vec<(usize, usize)>> {
    let mut points = vec![(0, 0)];
    let mut at = (0, 0);
    let mut go = |to: (usize, usize), whole: bool| {
        while !whole && at != to {
            at = if at.0 < to.0 {
                (at.0 + 1, at.1)
            } else {
                (at.0, at.1 + 1)
            };
            points.push(at);
        }
        if at != to {
            at = to;
            points.push(at);
        }
        at
    };
    let mut end = (0, 0);
    for Bead { zh, en } in gold {
        let start = (*zh.first().unwrap_or(&end.0), *en.first().unwrap_or(&end.1));
        let contiguous = |run: &[usize]| run.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        if start.0 < end.0 || start.1 < end.1 || !contiguous(zh) || !contiguous(en) {
            return None;
        }
        go(start, false);
        end = go(
            (start.0 + zh.len(), start.1 + en.len()),
            !zh.is_empty() && !en.is_empty(),
        );
    }
    go((zh, en), false);
    Some(points)
}

fn nodes_and_shapes(points: &[(usize, usize)], band: &Band) -> Option<HashSet<(usize, usize)>> {
    points
        .windows(2)
        .map(|pair| {
            let shape = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let shape = SHAPES.iter().position(|&known| known == shape)?;
            Some((band.node(pair[1].0, pair[1].1)?.number, shape))
        })
        .collect()
}

/// Full-batch Adam (Kingma and Ba 2015) on the log-likelihood of the gold paths.
fn learn(examples: &[&Example]) -> Weights {
    let examples: Vec<&&Example> = examples.iter().filter(|example| example.path.is_some()).collect();
    let beads: usize = examples
        .iter()
        .filter_map(|example| example.path.as_ref())
        .map(HashSet::len)
        .sum();
    let mut weights = Weights([0.0; FEATURES]);
    let (mut mean, mut square) = ([0f32; FEATURES], [0f32; FEATURES]);
    for round in 1..=ROUNDS {
        let gradients: Vec<Features> = examples
            .par_iter()
            .map(|example| gradient(example, &weights))
            .collect();
        if round % 50 == 0 {
            eprintln!(
                "round {round} {:.5}",
                examples
                    .par_iter()
                    .map(|e| likelihood(e, &weights))
                    .collect::<Vec<f32>>()
                    .iter()
                    .sum::<f32>()
                    / beads as f32
            );
        }
        let rate = 0.15 * (1.0 - round as f32 / (ROUNDS + 1) as f32);
        for feature in 0..FEATURES {
            let slope: f32 = gradients.iter().map(|gradient| gradient[feature]).sum::<f32>() / beads as f32
                - DECAY * weights.0[feature];
            mean[feature] = 0.9 * mean[feature] + 0.1 * slope;
            square[feature] = 0.99 * square[feature] + 0.01 * slope * slope;
            let mean = mean[feature] / (1.0 - 0.9f32.powi(round as i32));
            let square = square[feature] / (1.0 - 0.99f32.powi(round as i32));
            weights.0[feature] += rate * mean / (square.sqrt() + 1e-6);
        }
    }
    weights
}

/// The gold path's features less the features that the weights expect.
fn gradient(example: &Example, weights: &Weights) -> Features {
    let scores = example
        .steps
        .iter()
        .map(|(_, features)| weights.sum(features))
        .collect::<Vec<f32>>();
    let trellis = Trellis::of_scores(
        &example.band,
        SHAPES.len(),
        example.steps.iter().map(|(step, _)| *step).zip(scores),
    );
    let posteriors: Posteriors = trellis.posteriors();
    let path = example
        .path
        .as_ref()
        .expect("only examples with a path are learned from");
    let mut gradient = [0.0; FEATURES];
    for (step, features) in &example.steps {
        let is_gold = path.contains(&(step.to.number, step.shape));
        let error = f32::from(is_gold) - posteriors.of(*step);
        gradient
            .iter_mut()
            .zip(features)
            .for_each(|(sum, feature)| *sum += error * feature);
    }
    gradient
}

fn align_with(example: &Example, weights: &Weights) -> Beads {
    let scorer = Scorer::new(&example.pairing, weights);
    let alignment = align(
        example.pairing.zh_len(),
        example.pairing.en_len(),
        &scorer,
        &anchors(&example.pairing),
    );
    let bead = |bead: &duizhao::align::Bead| Bead {
        zh: bead.zh.clone().collect(),
        en: bead.en.clone().collect(),
    };
    alignment.beads().iter().map(bead).collect()
}

fn likelihood(example: &Example, weights: &Weights) -> f32 {
    let scores = example
        .steps
        .iter()
        .map(|(_, features)| weights.sum(features))
        .collect::<Vec<f32>>();
    let trellis = Trellis::of_scores(
        &example.band,
        SHAPES.len(),
        example.steps.iter().map(|(step, _)| *step).zip(scores),
    );
    let posteriors: Posteriors = trellis.posteriors();
    let path = example
        .path
        .as_ref()
        .expect("only examples with a path are learned from");
    example
        .steps
        .iter()
        .filter(|(s, _)| path.contains(&(s.to.number, s.shape)))
        .map(|(s, _)| posteriors.of(*s).max(1e-9).ln())
        .sum()
}
