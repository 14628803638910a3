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
        let mut trellis = Trellis {
            band,
            shapes,
            scores: vec![f32::NEG_INFINITY; band.len() * shapes],
        };
        for node in band.nodes() {
            for step in trellis.steps_to(node) {
                trellis.scores[node.number * shapes + step.shape] =
                    scorer.score(step.from.zh..node.zh, step.from.en..node.en);
            }
        }
        trellis
    }

    /// The beads that end at a node and start in the band.
    pub fn steps_to(&self, to: Node) -> impl Iterator<Item = Step> + use<> {
        let mut steps = [None; SHAPES.len()];
        for (shape, &(zh, en)) in SHAPES[..self.shapes].iter().enumerate() {
            let from = to
                .zh
                .checked_sub(zh)
                .zip(to.en.checked_sub(en))
                .and_then(|(zh, en)| self.band.node(zh, en));
            steps[shape] = from.map(|from| Step { from, to, shape });
        }
        steps.into_iter().flatten()
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
        let (to, from) = self.sweep(f64::max);
        let best = to[to.len() - 1];
        to.iter()
            .zip(&from)
            .map(|(to, from)| (best - to - from) as f32)
            .collect()
    }

    /// The probability of each bead, if paths are as likely as the exponential of their scores.
    pub fn posteriors(&self) -> Posteriors<'_> {
        let (to, from) = self.sweep(log_sum);
        Posteriors {
            trellis: self,
            to,
            from,
        }
    }

    /// What `join` makes of all paths to each node, and of all from it. The sums are in f64: over thousands of sentences
    /// f32 loses hundredths of a nat, and probabilities no longer add up.
    fn sweep(&self, join: impl Fn(f64, f64) -> f64) -> (Vec<f64>, Vec<f64>) {
        let mut to = vec![f64::NEG_INFINITY; self.band.len()];
        let mut from = to.clone();
        to[0] = 0.0;
        from[self.band.len() - 1] = 0.0;
        for node in self.band.nodes() {
            for step in self.steps_to(node) {
                to[node.number] = join(
                    to[node.number],
                    to[step.from.number] + f64::from(self.score(step)),
                );
            }
        }
        for node in self.band.nodes().rev() {
            for step in self.steps_to(node) {
                let number = step.from.number;
                from[number] = join(from[number], from[node.number] + f64::from(self.score(step)));
            }
        }
        (to, from)
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

fn log_sum(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}
