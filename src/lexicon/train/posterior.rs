//! How likely each pair of words of one sentence pair is linked, under the present probabilities.

use super::Training;
use super::corpus::{Corpus, Numbers};
use super::table::Table;

/// What is assumed of a link's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Model {
    /// IBM Model 1: near the diagonal, whatever the other links.
    Diagonal { agreed: bool },
    /// A hidden Markov model: near the link of the word before.
    Chain,
}

/// The posteriors of one sentence pair, a number for each of its cells, and room to work them out in.
#[derive(Default)]
pub(super) struct Posteriors {
    /// That this English word comes from this Chinese word.
    pub en_to_zh: Vec<f32>,
    /// That this Chinese word comes from this English word.
    pub zh_to_en: Vec<f32>,
    /// Jumps expected so far, by direction.
    pub jumps: [Vec<f32>; 2],
    zh_nulls: Vec<f32>,
    en_nulls: Vec<f32>,
    /// Cells in the order of the English words.
    order: Vec<u32>,
    starts: Vec<u32>,
    links: Vec<Link>,
    chain: Chain,
}

impl Posteriors {
    pub fn fill(
        &mut self,
        table: &Table,
        corpus: &Corpus,
        pair: &Numbers,
        settings: &Training,
        model: Model,
        jumps: &Jumps,
    ) {
        fill(
            &mut self.zh_nulls,
            pair.zh.iter().map(|&word| corpus.zh.share(word)),
        );
        fill(
            &mut self.en_nulls,
            pair.en.iter().map(|&word| corpus.en.share(word)),
        );
        match model {
            Model::Diagonal { .. } => self.by_diagonal(table, pair, settings),
            Model::Chain => self.in_order(table, pair, settings.null, jumps),
        }
    }

    fn by_diagonal(&mut self, table: &Table, pair: &Numbers, settings: &Training) {
        let (n, m) = (pair.zh.len() as f32, pair.en.len() as f32);
        let none = settings.null / (1.0 - settings.null);
        // From here on the sums of what may explain each word, itself included.
        self.zh_nulls.iter_mut().for_each(|share| *share *= none * m);
        self.en_nulls.iter_mut().for_each(|share| *share *= none * n);
        self.en_to_zh.clear();
        self.zh_to_en.clear();
        for cell in pair.cells {
            let (i, j) = (f32::from(cell.zh) + 0.5, f32::from(cell.en) + 0.5);
            let near = (-settings.tension * (i / n - j / m).abs()).exp();
            let en = near * table.en_given_zh[cell.entry as usize];
            let zh = near * table.zh_given_en[cell.entry as usize];
            self.en_nulls[usize::from(cell.en)] += en;
            self.zh_nulls[usize::from(cell.zh)] += zh;
            self.en_to_zh.push(en);
            self.zh_to_en.push(zh);
        }
        for (at, cell) in pair.cells.iter().enumerate() {
            self.en_to_zh[at] /= self.en_nulls[usize::from(cell.en)];
            self.zh_to_en[at] /= self.zh_nulls[usize::from(cell.zh)];
        }
    }

    fn in_order(&mut self, table: &Table, pair: &Numbers, null: f32, jumps: &Jumps) {
        let [zh_jumps, en_jumps] = &mut self.jumps;
        fill(
            &mut self.links,
            pair.cells.iter().map(|cell| Link {
                source: cell.en,
                target: cell.zh,
                t: table.zh_given_en[cell.entry as usize],
            }),
        );
        let chain = &mut self.chain;
        chain.run(
            pair.en.len(),
            null,
            &self.zh_nulls,
            &self.links,
            &jumps.0[0],
            zh_jumps,
        );
        fill(&mut self.zh_to_en, chain.posteriors.iter().copied());

        self.starts.clear();
        self.starts.resize(pair.en.len() + 1, 0);
        for cell in pair.cells {
            self.starts[usize::from(cell.en) + 1] += 1;
        }
        for en in 0..pair.en.len() {
            self.starts[en + 1] += self.starts[en];
        }
        self.order.clear();
        self.order.resize(pair.cells.len(), 0);
        for (at, cell) in pair.cells.iter().enumerate() {
            let next = &mut self.starts[usize::from(cell.en)];
            self.order[*next as usize] = at as u32;
            *next += 1;
        }
        fill(
            &mut self.links,
            self.order.iter().map(|&at| {
                let cell = &pair.cells[at as usize];
                Link {
                    source: cell.zh,
                    target: cell.en,
                    t: table.en_given_zh[cell.entry as usize],
                }
            }),
        );
        let chain = &mut self.chain;
        chain.run(
            pair.zh.len(),
            null,
            &self.en_nulls,
            &self.links,
            &jumps.0[1],
            en_jumps,
        );
        self.en_to_zh.clear();
        self.en_to_zh.resize(pair.cells.len(), 0.0);
        for (&at, &posterior) in self.order.iter().zip(&self.chain.posteriors) {
            self.en_to_zh[at as usize] = posterior;
        }
    }
}

fn fill<T>(list: &mut Vec<T>, items: impl Iterator<Item = T>) {
    list.clear();
    list.extend(items);
}

/// A target word that a source word may have brought forth, and how likely that source word does so.
#[derive(Clone, Copy)]
struct Link {
    source: u16,
    target: u16,
    t: f32,
}

/// How far the partner of one word stands from the partner of the word before: Chinese words' partners, then English
/// words'.
pub(super) struct Jumps([Jump; 2]);

struct Jump {
    /// The weight of a jump by `MOST - index`: backwards, so that a run of sources meets a run of weights.
    weights: Vec<f32>,
    /// For each number of sources, one over the weights of all jumps that stay within, from the start and each source.
    norms: Vec<Vec<f32>>,
    most: usize,
}

impl Jumps {
    pub fn new(max_words: u16) -> Jumps {
        let most = usize::from(max_words);
        let weights: Vec<f32> = (0..=2 * most)
            .map(|index| Jump::prior(most as i32 - index as i32))
            .collect();
        Jumps([(); 2].map(|()| Jump::new(weights.clone(), most)))
    }

    /// Room for expected jumps.
    pub fn unseen(&self) -> [Vec<f32>; 2] {
        [(); 2].map(|()| vec![0.0; self.0[0].weights.len()])
    }

    /// Weights from the jumps expected in each block; summed in the order of blocks, so the same on any number of threads.
    pub fn learn(&mut self, seen: &[[Vec<f32>; 2]]) {
        for (direction, jump) in self.0.iter_mut().enumerate() {
            let mut sums = vec![0f64; jump.weights.len()];
            for block in seen {
                sums.iter_mut()
                    .zip(&block[direction])
                    .for_each(|(sum, &seen)| *sum += f64::from(seen));
            }
            let total: f64 = sums.iter().sum();
            let most = jump.most;
            let weights = sums
                .iter()
                .enumerate()
                .map(|(index, sum)| {
                    let prior = Jump::prior(most as i32 - index as i32);
                    ((sum + PRIOR_JUMPS * f64::from(prior)) / (total + PRIOR_JUMPS)) as f32
                })
                .collect();
            *jump = Jump::new(weights, most);
        }
    }
}

/// As many jumps as the prior is worth.
const PRIOR_JUMPS: f64 = 1000.0;

impl Jump {
    /// Before any was seen: mostly to the next word, the farther the rarer.
    fn prior(jump: i32) -> f32 {
        0.5 * 0.6f32.powi((jump - 1).abs()) + 0.002
    }

    fn new(weights: Vec<f32>, most: usize) -> Jump {
        let mut before = vec![0f64];
        for weight in &weights {
            before.push(before[before.len() - 1] + f64::from(*weight));
        }
        // Jumps to the sources 1 to the last have the weights from `most + from - sources` to `most + from - 1`.
        let norm = |sources: usize, from: usize| {
            (1.0 / (before[most + from] - before[most + from - sources])) as f32
        };
        let norms = (0..=most)
            .map(|sources| (0..=sources).map(|from| norm(sources, from)).collect())
            .collect();
        Jump { weights, norms, most }
    }

    /// The weights of jumps from the start and each source to this source, which is counted from 1.
    fn to(&self, source: usize, sources: usize) -> std::ops::Range<usize> {
        self.most - source..self.most - source + sources + 1
    }
}

/// Forward and backward over the target words. Where the chain stands is the source of the last word that had one: 0 for
/// the start, the first source is 1.
#[derive(Default)]
struct Chain {
    /// A row for each target word and the start: how likely the chain stands where, given the words so far.
    forward: Vec<f32>,
    scales: Vec<f32>,
    backward: Vec<f32>,
    earlier: Vec<f32>,
    leaving: Vec<f32>,
    /// Of each link: forwards only at first, then both ways.
    posteriors: Vec<f32>,
}

impl Chain {
    /// `nulls` are the probabilities of the target words by themselves; `links` are in the order of the target words.
    fn run(
        &mut self,
        sources: usize,
        null: f32,
        nulls: &[f32],
        links: &[Link],
        jump: &Jump,
        seen: &mut [f32],
    ) {
        let width = sources + 1;
        let norms = &jump.norms[sources];
        self.forward.clear();
        self.forward.resize(width * (nulls.len() + 1), 0.0);
        self.forward[0] = 1.0;
        self.scales.clear();
        self.posteriors.clear();
        let mut rest = links;
        for (target, &alone) in nulls.iter().enumerate() {
            let (before, row) = self.forward[target * width..(target + 2) * width].split_at_mut(width);
            fill(
                &mut self.leaving,
                before
                    .iter()
                    .zip(norms)
                    .map(|(at, norm)| at * norm * (1.0 - null)),
            );
            row.iter_mut()
                .zip(before.iter())
                .for_each(|(row, before)| *row = before * null * alone);
            let here;
            (here, rest) = rest.split_at(
                rest.iter()
                    .take_while(|link| usize::from(link.target) == target)
                    .count(),
            );
            for link in here {
                let source = usize::from(link.source) + 1;
                let weights = &jump.weights[jump.to(source, sources)];
                let reached: f32 = self
                    .leaving
                    .iter()
                    .zip(weights)
                    .map(|(from, weight)| from * weight)
                    .sum();
                row[source] += reached * link.t;
                self.posteriors.push(reached * link.t);
            }
            let scale = 1.0 / row.iter().sum::<f32>();
            row.iter_mut().for_each(|cell| *cell *= scale);
            let first = self.posteriors.len() - here.len();
            self.posteriors[first..]
                .iter_mut()
                .for_each(|posterior| *posterior *= scale);
            self.scales.push(scale);
        }
        self.back(null, nulls, links, jump, seen, width);
    }

    fn back(
        &mut self,
        null: f32,
        nulls: &[f32],
        links: &[Link],
        jump: &Jump,
        seen: &mut [f32],
        width: usize,
    ) {
        let norms = &jump.norms[width - 1];
        self.backward.clear();
        self.backward.resize(width, 1.0);
        let mut end = links.len();
        for (target, &alone) in nulls.iter().enumerate().rev() {
            let scale = self.scales[target];
            let forward = &self.forward[target * width..(target + 1) * width];
            fill(
                &mut self.earlier,
                self.backward.iter().map(|after| after * null * alone * scale),
            );
            while end > 0 && usize::from(links[end - 1].target) == target {
                end -= 1;
                let source = usize::from(links[end].source) + 1;
                let after = self.backward[source];
                self.posteriors[end] *= after;
                let taken = (1.0 - null) * links[end].t * after * scale;
                let range = jump.to(source, width - 1);
                let (weights, seen) = (&jump.weights[range.clone()], &mut seen[range]);
                for from in 0..width {
                    let jumped = weights[from] * norms[from] * taken;
                    self.earlier[from] += jumped;
                    seen[from] += forward[from] * jumped;
                }
            }
            std::mem::swap(&mut self.backward, &mut self.earlier);
        }
    }
}
