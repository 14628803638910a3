//! Gold alignments into the scorer's table of weights: `cargo run --release --example weights -- GOLD... > weights.tsv`
//!
//! Each GOLD is a folder of `x.zh`, `x.en` (a sentence a line) and `x.gold` (beads `[0,1]:[2]`). The weights are those of
//! a conditional random field over whole alignments (Lafferty, McCallum and Pereira 2001): they make the gold paths as
//! likely as they can among all paths near them. Every folder is cross-validated, one document (of many, one part of
//! eight) held out at a time, and scored; the tables go to stderr.
//!
//! Gold of whole translations has hardly an omission in it, too few to learn a price from. So each document is learned
//! from in several views: as it is, and with more and more sentences taken out of one side or the other.

use duizhao::align::{Band, SHAPES, Step, Trellis};
use duizhao::eval::{Bead, Beads, Scored, reliability, score};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::align_pairing;
use duizhao::score::{FEATURES, Features, Pairing, Scorer, Weights};
use rayon::prelude::*;
use std::ops::Range;
use std::path::{Path, PathBuf};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Boundaries around the gold path that count as its rivals.
const MARGIN: usize = 10;
/// Beads whose best path falls short of the best by more nats, under first weights, are no rivals worth the time.
const SHORTFALL: f64 = 16.0;
/// Steps towards the first weights, which need not be good, and towards the last.
const FIRST_STEPS: usize = 20;
const LAST_STEPS: usize = 150;
/// Pulls weights that gold says little about to zero. Held out, 0.0001 does as well; 0.001 costs .007 of strict F1.
const DECAY: f64 = 0.0003;

/// A document pair with its gold, and what every bead near the gold path looks like.
struct Example {
    zh: Vec<String>,
    en: Vec<String>,
    gold: Beads,
    rivals: Rivals,
}

/// A document pair in all [`VIEWS`].
type Views = [Example; VIEWS.len()];

/// The beads that may follow one another from the beginning of both documents to their end, in the order of their ends.
struct Rivals {
    beads: Vec<Rival>,
    nodes: usize,
    /// What a document weighs: how many beads its gold has.
    gold_beads: usize,
}

struct Rival {
    from: usize,
    to: usize,
    /// Whether gold allows it. More than one path of such beads may lead to the end.
    gold: bool,
    features: Features,
}

fn main() -> Result<(), Failure> {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        return Err("name at least one folder with x.zh, x.en and x.gold".into());
    }
    let mut sets: Vec<Vec<Views>> = folders
        .iter()
        .map(|folder| read_set(folder))
        .collect::<Result<_, _>>()?;
    let first = learn(&sets.iter().flatten().flatten().collect::<Vec<_>>(), FIRST_STEPS);
    for example in sets.iter_mut().flatten().flatten() {
        example.rivals.narrow(&first);
    }
    let held_out: Vec<Vec<Found>> = (0..sets.len()).map(|set| cross_validate(&sets, set)).collect();
    for ((folder, set), found) in folders.iter().zip(&sets).zip(&held_out) {
        for (number, (document, found)) in set.iter().zip(found).enumerate() {
            if set.len() <= FOLDS {
                let how = format!("document {}, held out", number + 1);
                report(
                    folder,
                    &how,
                    std::slice::from_ref(document),
                    std::slice::from_ref(found),
                )?;
            }
        }
        report(folder, "cross-validated", set, found)?;
    }
    let weights = learn(&sets.iter().flatten().flatten().collect::<Vec<_>>(), LAST_STEPS);
    for (folder, set) in folders.iter().zip(&sets) {
        let found: Vec<Found> = set.par_iter().map(|views| align_all(views, &weights)).collect();
        report(folder, "seen in training", set, &found)?;
    }
    let names: Vec<_> = folders
        .iter()
        .filter_map(|folder| folder.file_name()?.to_str())
        .collect();
    print!(
        "# Learned by examples/weights.rs from gold folders: {}\n{weights}",
        names.join(", ")
    );
    Ok(())
}

/// The beads found in a document pair, in all views.
type Found = [Vec<Scored>; VIEWS.len()];

/// The parts that a larger set is cut into; each is held out once.
const FOLDS: usize = 8;

/// Aligns every document of a set with weights that were learned without it.
fn cross_validate(sets: &[Vec<Views>], set: usize) -> Vec<Found> {
    let documents = &sets[set];
    let mut found = vec![Found::default(); documents.len()];
    for fold in 0..FOLDS.min(documents.len()) {
        let is_out = |number: usize| number % FOLDS == fold;
        let others: Vec<&Example> = sets
            .iter()
            .enumerate()
            .flat_map(|(other, documents)| {
                let numbered = documents.iter().enumerate();
                numbered.filter(move |(number, _)| other != set || !is_out(*number))
            })
            .flat_map(|(_, views)| views)
            .collect();
        let weights = learn(&others, LAST_STEPS);
        let aligned: Vec<(usize, Found)> = (0..documents.len())
            .into_par_iter()
            .filter(|&number| is_out(number))
            .map(|number| (number, align_all(&documents[number], &weights)))
            .collect();
        aligned
            .into_iter()
            .for_each(|(number, document)| found[number] = document);
    }
    found
}

fn report(folder: &Path, how: &str, set: &[Views], found: &[Found]) -> Result<(), Failure> {
    for (view, View { name, .. }) in VIEWS.iter().enumerate() {
        let gold: Vec<Beads> = set.iter().map(|views| views[view].gold.clone()).collect();
        let views = || found.iter().map(|views| &views[view]);
        let beads = |found: &Vec<Scored>| found.iter().map(|scored| scored.bead.clone()).collect();
        let links = |found: &Vec<Scored>| {
            let is_link = |scored: &&Scored| !scored.bead.zh.is_empty() && !scored.bead.en.is_empty();
            found.iter().filter(is_link).cloned().collect()
        };
        let scores = score(&gold, &views().map(beads).collect::<Vec<Beads>>())?;
        let error = reliability(&gold, &views().map(links).collect::<Vec<Vec<Scored>>>())?.error();
        let (strict, lax) = (scores.strict.f1, scores.lax.f1);
        eprintln!(
            "{}\t{how}\t{name}\tstrict {strict:.4}\tlax {lax:.4}\tcalibration error {error:.4}",
            folder.display()
        );
    }
    Ok(())
}

fn read_set(folder: &Path) -> Result<Vec<Views>, Failure> {
    let mut golds: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    golds.retain(|path| path.extension().is_some_and(|extension| extension == "gold"));
    golds.sort();
    golds.par_iter().map(|path| read_example(path)).collect()
}

fn read_example(gold: &Path) -> Result<Views, Failure> {
    let read = |extension| std::fs::read_to_string(gold.with_extension(extension));
    let (zh, en) = (read("zh")?, read("en")?);
    let source = duizhao::ingest::Source {
        name: gold.display().to_string(),
        bytes: std::fs::read(gold)?,
    };
    let gold = duizhao::eval::read(&source)?;
    let (zh, en): (Vec<&str>, Vec<&str>) = (zh.lines().collect(), en.lines().collect());
    Ok(VIEWS.each_ref().map(|view| view.of(&zh, &en, &gold)))
}

/// How a document pair is torn before it is learned from.
struct View {
    name: &'static str,
    /// Beads from the beginning of one tear to that of the next.
    every: usize,
    /// Beads that lose one side in a tear, in turn.
    tears: &'static [usize],
    /// The sides that lose sentences, in turn.
    sides: &'static [Side],
}

/// Whole; torn here and there, mostly by a sentence, now and then by a passage; full of gaps on both sides, like two
/// reports of one thing; cut to half on either side.
const VIEWS: [View; 5] = [
    View {
        name: "whole",
        every: 1,
        tears: &[0],
        sides: &[Side::Zh],
    },
    View {
        name: "torn",
        every: 48,
        tears: &[1, 1, 3, 1, 2, 8],
        sides: &[Side::Zh, Side::En],
    },
    View {
        name: "gaps",
        every: 7,
        tears: &[1, 3, 1, 2, 5, 2],
        sides: &[Side::Zh, Side::En, Side::En, Side::Zh],
    },
    View {
        name: "zh cut",
        every: 5,
        tears: &[1, 3, 2, 4, 2],
        sides: &[Side::Zh],
    },
    View {
        name: "en cut",
        every: 5,
        tears: &[1, 3, 2, 4, 2],
        sides: &[Side::En],
    },
];

impl View {
    /// The side that a bead loses.
    fn loses(&self, bead: usize) -> Option<Side> {
        let (tear, place) = (bead / self.every, bead % self.every);
        let is_torn = place >= self.every - self.tears[tear % self.tears.len()];
        is_torn.then(|| self.sides[tear % self.sides.len()])
    }

    fn of(&self, zh: &[&str], en: &[&str], gold: &Beads) -> Example {
        let (zh, en, gold) = self.tear(zh, en, gold);
        let mut pairing = pairing(&zh, &en);
        let stretches = stretches(&gold, zh.len(), en.len());
        let run = |lines: &[usize]| lines.first().map_or(0..0, |&first| first..first + lines.len());
        pairing.learn(gold.iter().map(|bead| (run(&bead.zh), run(&bead.en))));
        let rivals = Rivals::new(&pairing, &stretches);
        Example { zh, en, gold, rivals }
    }

    /// The document pair without what it loses, and its gold: what lost its partner stands alone.
    fn tear(&self, zh: &[&str], en: &[&str], gold: &Beads) -> (Vec<String>, Vec<String>, Beads) {
        let is_torn = |bead: usize| self.loses(bead).is_some();
        let loses_zh = |bead: usize| self.loses(bead) == Some(Side::Zh);
        let loses_en = |bead: usize| self.loses(bead) == Some(Side::En);
        let (mut keep_zh, mut keep_en) = (vec![true; zh.len()], vec![true; en.len()]);
        for (number, bead) in gold.iter().enumerate() {
            bead.zh
                .iter()
                .for_each(|&line| keep_zh[line] &= !loses_zh(number));
            bead.en
                .iter()
                .for_each(|&line| keep_en[line] &= !loses_en(number));
        }
        let place = |keep: &[bool], line: usize| keep[..line].iter().filter(|kept| **kept).count();
        let places = |keep: &[bool], lines: &[usize]| -> Vec<usize> {
            lines
                .iter()
                .filter(|&&line| keep[line])
                .map(|&line| place(keep, line))
                .collect()
        };
        let mut torn = Beads::new();
        for (number, bead) in gold.iter().enumerate() {
            let (zh, en) = (places(&keep_zh, &bead.zh), places(&keep_en, &bead.en));
            if is_torn(number) {
                torn.extend(zh.into_iter().map(|line| Bead {
                    zh: vec![line],
                    en: vec![],
                }));
                torn.extend(en.into_iter().map(|line| Bead {
                    zh: vec![],
                    en: vec![line],
                }));
            } else {
                torn.push(Bead { zh, en });
            }
        }
        let left = |lines: &[&str], keep: &[bool]| -> Vec<String> {
            lines
                .iter()
                .zip(keep)
                .filter(|(_, kept)| **kept)
                .map(|(line, _)| line.to_string())
                .collect()
        };
        (left(zh, &keep_zh), left(en, &keep_en), torn)
    }
}

fn pairing(zh: &[String], en: &[String]) -> Pairing {
    Pairing::new(
        zh.iter().map(String::as_str),
        en.iter().map(String::as_str),
        Lexicon::embedded(),
    )
}

/// What gold says of a run of both documents.
struct Stretch {
    zh: Range<usize>,
    en: Range<usize>,
    kind: Stretches,
}

#[derive(Clone, Copy, PartialEq)]
enum Stretches {
    /// One bead.
    Bead,
    /// Omissions and additions, in whatever order.
    Apart,
    /// Beads that cross or have gaps: the path passes its corners, and gold does not say how.
    Tangle,
}

impl Stretch {
    fn allows(&self, zh: &Range<usize>, en: &Range<usize>) -> bool {
        let inside = |run: &Range<usize>, all: &Range<usize>| all.start <= run.start && run.end <= all.end;
        match self.kind {
            Stretches::Bead => (zh, en) == (&self.zh, &self.en),
            Stretches::Apart => {
                inside(zh, &self.zh) && inside(en, &self.en) && (zh.is_empty() || en.is_empty())
            }
            Stretches::Tangle => inside(zh, &self.zh) && inside(en, &self.en),
        }
    }
}

/// Gold as stretches that follow one another without gap to the end of both documents.
fn stretches(gold: &Beads, zh_len: usize, en_len: usize) -> Vec<Stretch> {
    let run = |sentences: &[usize]| Some(*sentences.iter().min()?..sentences.iter().max()? + 1);
    let mut links: Vec<Stretch> = gold
        .iter()
        .filter_map(|Bead { zh, en }| {
            let (zh_run, en_run) = (run(zh)?, run(en)?);
            let whole = zh_run.len() == zh.len() && en_run.len() == en.len();
            let known = SHAPES.contains(&(zh.len(), en.len()));
            Some(Stretch {
                zh: zh_run,
                en: en_run,
                kind: if whole && known {
                    Stretches::Bead
                } else {
                    Stretches::Tangle
                },
            })
        })
        .collect();
    links.sort_by_key(|link| (link.zh.start, link.en.start));
    let mut apart: Vec<Stretch> = Vec::new();
    for mut link in links {
        while let Some(last) = apart.pop_if(|last| link.zh.start < last.zh.end || link.en.start < last.en.end)
        {
            let join = |a: &Range<usize>, b: &Range<usize>| a.start.min(b.start)..a.end.max(b.end);
            link = Stretch {
                zh: join(&last.zh, &link.zh),
                en: join(&last.en, &link.en),
                kind: Stretches::Tangle,
            };
        }
        apart.push(link);
    }
    let end = Stretch {
        zh: zh_len..zh_len,
        en: en_len..en_len,
        kind: Stretches::Apart,
    };
    let (mut stretches, mut at) = (Vec::new(), (0, 0));
    for stretch in apart.into_iter().chain([end]) {
        let between = Stretch {
            zh: at.0..stretch.zh.start,
            en: at.1..stretch.en.start,
            kind: Stretches::Apart,
        };
        at = (stretch.zh.end, stretch.en.end);
        stretches.extend(
            [between, stretch]
                .into_iter()
                .filter(|it| !it.zh.is_empty() || !it.en.is_empty()),
        );
    }
    stretches
}

impl Rivals {
    fn new(pairing: &Pairing, stretches: &[Stretch]) -> Rivals {
        let points: Vec<(usize, usize)> = [(0, 0)]
            .into_iter()
            .chain(stretches.iter().map(|stretch| (stretch.zh.end, stretch.en.end)))
            .collect();
        let band = Band::along(&points, MARGIN);
        let unweighed = Weights([0.0; FEATURES]);
        let scorer = Scorer::new(pairing, &unweighed);
        let trellis = Trellis::new(&band, SHAPES.len(), &|_: Range<usize>, _: Range<usize>| 0.0);
        let rival = |Step { from, to, .. }: Step| {
            let (zh, en) = (from.zh..to.zh, from.en..to.en);
            // Stretches rise on both sides, so those that end before the bead does cannot hold it.
            let first =
                stretches.partition_point(|stretch| stretch.zh.end < zh.end || stretch.en.end < en.end);
            Rival {
                from: from.number,
                to: to.number,
                gold: stretches[first..]
                    .iter()
                    .take_while(|stretch| stretch.zh.start <= zh.start)
                    .any(|stretch| stretch.allows(&zh, &en)),
                features: scorer.features(zh, en),
            }
        };
        Rivals {
            beads: band
                .nodes()
                .flat_map(|node| trellis.steps_to(node))
                .map(rival)
                .collect(),
            nodes: band.len(),
            gold_beads: stretches.len(),
        }
    }

    /// Leaves out beads that stand no chance, unless gold allows them.
    fn narrow(&mut self, weights: &Weights) {
        let scores = self.scores(weights);
        let (to, from) = self.sweep(&scores, |_| true, f64::max);
        let best = to[to.len() - 1];
        let mut scores = scores.into_iter();
        self.beads.retain(|bead| {
            let score = scores.next().expect("each bead has its score");
            bead.gold || best - (to[bead.from] + score + from[bead.to]) <= SHORTFALL
        });
    }

    fn scores(&self, weights: &Weights) -> Vec<f64> {
        self.beads
            .iter()
            .map(|bead| f64::from(weights.sum(&bead.features)))
            .collect()
    }

    /// What `join` makes of all paths to each node, and of all from it, by the beads that count.
    fn sweep(
        &self,
        scores: &[f64],
        counts: impl Fn(&Rival) -> bool,
        join: impl Fn(f64, f64) -> f64,
    ) -> (Vec<f64>, Vec<f64>) {
        let mut to = vec![f64::NEG_INFINITY; self.nodes];
        let mut from = to.clone();
        to[0] = 0.0;
        from[self.nodes - 1] = 0.0;
        let beads = || self.beads.iter().zip(scores).filter(|(bead, _)| counts(bead));
        for (bead, score) in beads() {
            to[bead.to] = join(to[bead.to], to[bead.from] + score);
        }
        for (bead, score) in beads().rev() {
            from[bead.from] = join(from[bead.from], from[bead.to] + score);
        }
        (to, from)
    }

    /// The log-likelihood of the gold paths, and its slope: the features gold expects less those the weights expect.
    fn likelihood(&self, weights: &Weights) -> (f64, Vector) {
        let scores = self.scores(weights);
        let (to, from) = self.sweep(&scores, |_| true, log_sum);
        let (gold_to, gold_from) = self.sweep(&scores, |bead| bead.gold, log_sum);
        let (total, gold_total) = (to[self.nodes - 1], gold_to[self.nodes - 1]);
        let mut slope = [0.0; FEATURES];
        for (bead, score) in self.beads.iter().zip(scores) {
            let mut error = -(to[bead.from] + score + from[bead.to] - total).exp();
            if bead.gold {
                error += (gold_to[bead.from] + score + gold_from[bead.to] - gold_total).exp();
            }
            slope
                .iter_mut()
                .zip(bead.features)
                .for_each(|(sum, feature)| *sum += error * f64::from(feature));
        }
        (gold_total - total, slope)
    }
}

fn log_sum(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    match low == f64::NEG_INFINITY {
        true => high,
        false => high + (low - high).exp().ln_1p(),
    }
}

/// One number a feature.
type Vector = [f64; FEATURES];

/// Climbs to the weights under which gold is likeliest, by L-BFGS (Liu and Nocedal 1989), each feature in units of its
/// standard deviation.
fn learn(examples: &[&Example], steps: usize) -> Weights {
    const MEMORY: usize = 10;
    const ENOUGH: f64 = 1e-6;
    let units = deviations(examples);
    let mut at = [0.0; FEATURES];
    let (mut height, mut slope) = height(examples, &units, &at);
    let mut memory: Vec<(Vector, Vector)> = Vec::new();
    for _ in 0..steps {
        let way = ascent(&slope, &memory);
        let gain = dot(&way, &slope);
        let tried = (0..12).map(|halvings| {
            let length = 0.5f64.powi(halvings);
            let there = std::array::from_fn(|i| at[i] + length * way[i]);
            (length, there, self::height(examples, &units, &there))
        });
        let higher =
            |&(length, _, (there, _)): &(f64, Vector, (f64, Vector))| there >= height + 1e-4 * length * gain;
        let Some((_, there, (new_height, new_slope))) = { tried }.find(higher) else {
            break;
        };
        let step = std::array::from_fn(|i| there[i] - at[i]);
        let bend = std::array::from_fn(|i| slope[i] - new_slope[i]);
        if dot(&step, &bend) > 1e-12 {
            memory.push((step, bend));
            memory.drain(..memory.len().saturating_sub(MEMORY));
        }
        let gained = new_height - height;
        (at, height, slope) = (there, new_height, new_slope);
        if gained < ENOUGH {
            break;
        }
    }
    Weights(std::array::from_fn(|i| (at[i] / units[i]) as f32))
}

/// The mean log-likelihood of a gold bead, less the decay of the weights, and its slope.
fn height(examples: &[&Example], units: &Vector, at: &Vector) -> (f64, Vector) {
    let weights = Weights(std::array::from_fn(|i| (at[i] / units[i]) as f32));
    let parts: Vec<(f64, Vector)> = examples
        .par_iter()
        .map(|example| example.rivals.likelihood(&weights))
        .collect();
    let beads: usize = examples.iter().map(|example| example.rivals.gold_beads).sum();
    let sum: f64 = parts.iter().map(|(height, _)| height).sum();
    let slope = std::array::from_fn(|i| {
        let sum: f64 = parts.iter().map(|(_, slope)| slope[i]).sum();
        sum / beads as f64 / units[i] - DECAY * at[i]
    });
    (sum / beads as f64 - DECAY / 2.0 * dot(at, at), slope)
}

/// The slope turned by what the last steps showed of how it bends.
fn ascent(slope: &Vector, memory: &[(Vector, Vector)]) -> Vector {
    let Some((step, bend)) = memory.last() else {
        let length = dot(slope, slope).sqrt().max(f64::MIN_POSITIVE);
        return slope.map(|part| part / length);
    };
    let add =
        |way: &mut Vector, times: f64, part: &Vector| (0..FEATURES).for_each(|i| way[i] += times * part[i]);
    let mut way = *slope;
    let mut shares = Vec::with_capacity(memory.len());
    for (step, bend) in memory.iter().rev() {
        let share = dot(step, &way) / dot(step, bend);
        add(&mut way, -share, bend);
        shares.push(share);
    }
    let scale = dot(step, bend) / dot(bend, bend);
    way = way.map(|part| part * scale);
    for ((step, bend), share) in memory.iter().zip(shares.iter().rev()) {
        let share = share - dot(bend, &way) / dot(step, bend);
        add(&mut way, share, step);
    }
    way
}

fn dot(a: &Vector, b: &Vector) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Each feature's standard deviation over all beads; a floor keeps rare features from growing wild.
fn deviations(examples: &[&Example]) -> Vector {
    /// Shapes that gold of novels hardly has, as four Chinese lines to one English line of a list, are no rarer for that
    /// elsewhere: at .02 `docs-k8s` loses .006 of strict F1. Held out, novels and speeches are the same from .02 to .3.
    const FLOOR: f64 = 0.3;
    let beads = || examples.iter().flat_map(|example| &example.rivals.beads);
    let count = beads().count() as f64;
    let (mut sums, mut squares) = ([0.0; FEATURES], [0.0; FEATURES]);
    for bead in beads() {
        for (i, feature) in bead.features.into_iter().map(f64::from).enumerate() {
            sums[i] += feature;
            squares[i] += feature * feature;
        }
    }
    std::array::from_fn(|i| {
        (squares[i] / count - (sums[i] / count).powi(2))
            .max(FLOOR * FLOOR)
            .sqrt()
    })
}

fn align_all(views: &Views, weights: &Weights) -> Found {
    views.each_ref().map(|view| align_with(view, weights))
}

fn align_with(example: &Example, weights: &Weights) -> Vec<Scored> {
    let alignment = align_pairing(&mut pairing(&example.zh, &example.en), weights);
    let scored = |bead: &duizhao::align::Bead| Scored {
        bead: Bead {
            zh: bead.zh.clone().collect(),
            en: bead.en.clone().collect(),
        },
        score: bead.score.into(),
    };
    alignment.beads().iter().map(scored).collect()
}
