//! Every bead in a band with its score; the best path and the probability of each bead are read off it.

use super::band::{Band, Node};
use crate::score::Score;

/// The shapes of beads, `(zh, en)`, smallest first: omissions, additions, then n-m with n + m up to 8.
pub const SHAPES: [(usize, usize); 30] = shapes();

/// The shapes that find the way; larger beads are then looked for beside it.
pub(super) const SMALL_SHAPES: usize = 5;

const fn shapes() -> [(usize, usize); 30] {
    let mut shapes = [(0, 0); 30];
    shapes[0] = (1, 0);
    shapes[1] = (0, 1);
    let (mut next, mut sum) = (2, 2);
    while sum <= 8 {
        let mut zh = 1;
        while zh < sum {
            shapes[next] = (zh, sum - zh);
            next += 1;
            zh += 1;
        }
        sum += 1;
    }
    shapes
}

/// One bead: where it ends, where it starts, and its shape's number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    pub from: Node,
    pub to: Node,
    pub shape: usize,
}

/// The beads of the first `shapes` shapes that lie in a band, with their scores.
pub struct Trellis<'a> {
    band: &'a Band,
    shapes: usize,
    /// By node, then by shape of the bead that ends there; minus infinity where none can.
    scores: Vec<f32>,
}

impl<'a> Trellis<'a> {
    pub fn new(band: &'a Band, shapes: usize, scorer: &impl Score) -> Self {
        Trellis::of(band, shapes, |step| {
            scorer.score(step.from.zh..step.to.zh, step.from.en..step.to.en)
        })
    }

    /// The same beads, and those that a wider band adds.
    pub(super) fn grown<'b>(&self, band: &'b Band, scorer: &impl Score) -> Trellis<'b> {
        let here = |node: Node| self.band.node(node.zh, node.en);
        Trellis::of(band, self.shapes, |step| match (here(step.from), here(step.to)) {
            (Some(_), Some(to)) => self.scores[to.number * self.shapes + step.shape],
            _ => scorer.score(step.from.zh..step.to.zh, step.from.en..step.to.en),
        })
    }

    fn of(band: &'a Band, shapes: usize, score: impl Fn(Step) -> f32) -> Self {
        let mut trellis = Trellis {
            band,
            shapes,
            scores: vec![f32::NEG_INFINITY; band.len() * shapes],
        };
        for node in band.nodes() {
            for step in trellis.steps_to(node) {
                trellis.scores[node.number * shapes + step.shape] = score(step);
            }
        }
        trellis
    }

    pub(super) fn band(&self) -> &'a Band {
        self.band
    }

    /// The beads that end at a node and start in the band.
    pub fn steps_to(&self, to: Node) -> impl Iterator<Item = Step> + use<'a> {
        let band = self.band;
        let shapes = SHAPES[..self.shapes].iter().enumerate();
        shapes.filter_map(move |(shape, &(zh, en))| {
            let from = band.node(to.zh.checked_sub(zh)?, to.en.checked_sub(en)?)?;
            Some(Step { from, to, shape })
        })
    }

    pub fn score(&self, step: Step) -> f32 {
        self.scores[step.to.number * self.shapes + step.shape]
    }

    /// The path from the first node to the last with the highest sum of `worth`.
    pub fn best(&self, worth: impl Fn(Step) -> f32) -> Vec<Step> {
        let mut sums = vec![f64::NEG_INFINITY; self.band.len()];
        // The shape of the last bead of the best path to a node.
        let mut last = vec![u8::MAX; self.band.len()];
        sums[0] = 0.0;
        for node in self.band.nodes() {
            for step in self.steps_to(node) {
                let sum = sums[step.from.number] + f64::from(worth(step));
                if sum > sums[node.number] {
                    sums[node.number] = sum;
                    last[node.number] = step.shape as u8;
                }
            }
        }
        let mut path: Vec<Step> = Vec::new();
        let mut at = self.band.nodes().next_back();
        while let Some(node) = at.filter(|node| last[node.number] != u8::MAX) {
            let step = self
                .steps_to(node)
                .find(|step| step.shape == usize::from(last[node.number]));
            path.extend(step);
            at = step.map(|step| step.from);
        }
        path.reverse();
        path
    }

    /// For each node, by how much the best path through it falls short of the best path.
    pub fn shortfalls(&self) -> Vec<f32> {
        let (to, from) = self.sweep::<Best>();
        let best = to[to.len() - 1];
        to.iter()
            .zip(&from)
            .map(|(to, from)| (best - to - from) as f32)
            .collect()
    }

    /// The probability of each bead, if paths are as likely as the exponential of their scores.
    pub fn posteriors(&self) -> Posteriors<'_> {
        let (to, from) = self.sweep::<LogSum>();
        Posteriors {
            trellis: self,
            to,
            from,
        }
    }

    /// What all paths to each node come to, and all from it. The sums are in f64: over thousands of sentences f32 loses
    /// hundredths of a nat, and probabilities no longer add up.
    fn sweep<Total: Join>(&self) -> (Vec<f64>, Vec<f64>) {
        let len = self.band.len();
        let mut to = vec![f64::NEG_INFINITY; len];
        to[0] = 0.0;
        for node in self.band.nodes().skip(1) {
            let mut total = Total::default();
            for step in self.steps_to(node) {
                total.add(to[step.from.number] + f64::from(self.score(step)));
            }
            to[node.number] = total.total();
        }
        let mut from = vec![f64::NEG_INFINITY; len];
        let mut totals = vec![Total::default(); len];
        totals[len - 1].add(0.0);
        for node in self.band.nodes().rev() {
            from[node.number] = totals[node.number].total();
            for step in self.steps_to(node) {
                totals[step.from.number].add(from[node.number] + f64::from(self.score(step)));
            }
        }
        (to, from)
    }
}

/// Paths' scores into one number.
trait Join: Default + Clone {
    fn add(&mut self, score: f64);
    fn total(&self) -> f64;
}

/// The highest score.
#[derive(Clone)]
struct Best(f64);

impl Default for Best {
    fn default() -> Self {
        Best(f64::NEG_INFINITY)
    }
}

impl Join for Best {
    fn add(&mut self, score: f64) {
        self.0 = self.0.max(score);
    }

    fn total(&self) -> f64 {
        self.0
    }
}

/// The logarithm of the sum of the scores' exponentials, as the highest score and the sum in its proportion.
#[derive(Clone)]
struct LogSum {
    highest: f64,
    sum: f64,
}

impl Default for LogSum {
    fn default() -> Self {
        LogSum {
            highest: f64::NEG_INFINITY,
            sum: 0.0,
        }
    }
}

impl Join for LogSum {
    fn add(&mut self, score: f64) {
        if score > self.highest {
            self.sum = 1.0 + self.sum * (self.highest - score).exp();
            self.highest = score;
        } else if score > f64::NEG_INFINITY {
            self.sum += (score - self.highest).exp();
        }
    }

    fn total(&self) -> f64 {
        self.highest + self.sum.ln()
    }
}

/// Probabilities of beads, from the sums over all paths to and from each node: of a band's beads hardly one in a hundred
/// is asked for.
pub struct Posteriors<'a> {
    trellis: &'a Trellis<'a>,
    to: Vec<f64>,
    from: Vec<f64>,
}

impl Posteriors<'_> {
    pub fn of(&self, step: Step) -> f32 {
        let through =
            self.to[step.from.number] + f64::from(self.trellis.score(step)) + self.from[step.to.number];
        let total = self.to[self.to.len() - 1];
        (through - total).exp().min(1.0) as f32
    }
}
