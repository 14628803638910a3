//! Folders of linked passages into the table of `compare`'s weights, and how well it does, and how well it knows how well,
//! on events it has not seen.
//!
//! `cargo run --release --example link_weights -- corpora/event FOLDER... > src/compare/weights.tsv`
//!
//! A folder holds `x.links.tsv` (columns `label`, `zh`, `en`; line numbers from 0, comma-separated) beside `x.zh` and
//! `x.en`, or the `.sent` files of corpora/event, one passage a line. Pairs labelled `topic` are neither right nor wrong.

use duizhao::compare::{FEATURES, Feature, Features, Label, Text, Weights, features, link};
use duizhao::eval::{Bead, Beads, Scored, reliability};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fmt, fs};

/// How strongly weights are held back, each feature in units of its standard deviation. Between 1 and 10 the figures on
/// unseen events hardly change.
const RIDGE: f64 = 3.0;

fn main() -> ExitCode {
    let folders: Vec<String> = env::args().skip(1).collect();
    let events: Result<Vec<Vec<Event>>, String> =
        folders.iter().map(|folder| events(Path::new(folder))).collect();
    let events: Vec<Event> = match events {
        Ok(events) if events.iter().any(|events| !events.is_empty()) => {
            events.into_iter().flatten().collect()
        }
        Ok(_) => return fail("name folders that hold *.links.tsv"),
        Err(cause) => return fail(&cause),
    };
    let mut sums: BTreeMap<&str, Figures> = BTreeMap::new();
    for event in &events {
        let others: Vec<&Event> = events
            .iter()
            .filter(|other| other.zh_source != event.zh_source)
            .collect();
        let unseen = event.figures(&learn(&others));
        eprintln!("{:40} {unseen}", event.name);
        sums.entry(&event.folder).or_default().add(unseen);
    }
    for (folder, sum) in &sums {
        eprintln!("{folder:40} {sum}");
    }
    let names: Vec<&str> = folders
        .iter()
        .filter_map(|folder| Path::new(folder).file_name()?.to_str())
        .collect();
    println!(
        "# Learned by examples/link_weights.rs from gold folders: {}",
        names.join(", ")
    );
    print!("{}", learn(&events.iter().collect::<Vec<_>>()));
    ExitCode::SUCCESS
}

fn fail(cause: &str) -> ExitCode {
    eprintln!("error: {cause}");
    ExitCode::from(2)
}

/// Two documents of one event, and which of their passages are linked.
struct Event {
    name: String,
    folder: String,
    /// Documents that are linked with one Chinese document are of one event.
    zh_source: PathBuf,
    zh: Text,
    en: Text,
    /// Pairs of passages that belong together, or seem to.
    labels: BTreeMap<(usize, usize), Label>,
    /// All others and the linked ones, to learn from.
    pairs: Vec<(Features, bool)>,
    /// The linked ones: how far they cover each other, and whether they say the same, not only in part.
    links: Vec<(Features, bool)>,
}

impl Event {
    /// How well the program links it with these weights.
    fn figures(&self, weights: &Weights) -> Figures {
        let linked = self.labels.iter().filter(|(_, label)| label.is_link());
        let mut figures = Figures {
            gold: vec![linked.map(|(&(zh, en), _)| bead(zh, en)).collect()],
            scored: vec![Vec::new()],
            found: Vec::new(),
        };
        for link in link(&self.zh, &self.en, Lexicon::embedded(), weights).links {
            let gold = self.labels.get(&(link.zh, link.en)).copied();
            if gold == Some(Label::Topic) {
                continue;
            }
            let (label, score) = (link.label, f64::from(link.score));
            figures.found.push(Found { label, score, gold });
            let bead = bead(link.zh, link.en);
            figures.scored[0].push(Scored { bead, score });
        }
        figures
    }
}

fn bead(zh: usize, en: usize) -> Bead {
    Bead {
        zh: vec![zh],
        en: vec![en],
    }
}

/// Links found in events, beside those there are.
#[derive(Default)]
struct Figures {
    gold: Vec<Beads>,
    scored: Vec<Vec<Scored>>,
    found: Vec<Found>,
}

/// A link or a candidate: its label, its score, and the label it should have.
#[derive(Clone, Copy)]
struct Found {
    label: Label,
    score: f64,
    gold: Option<Label>,
}

impl Figures {
    fn add(&mut self, other: Figures) {
        self.gold.extend(other.gold);
        self.scored.extend(other.scored);
        self.found.extend(other.found);
    }
}

/// Average precision of all and F1 of those the program stands by; how far scores are from the share that is right, in
/// ten bins over all, and in one over those it stands by; how many of these that are right are rightly `same` or `part`.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut ranked = self.found.clone();
        let order = |found: &Found| (found.label == Label::Topic, -found.score);
        ranked.sort_by(|one, other| {
            order(one)
                .partial_cmp(&order(other))
                .expect("a score is a number")
        });
        let (mut right, mut sum) = (0, 0.0);
        for (rank, _) in ranked
            .iter()
            .enumerate()
            .filter(|(_, found)| found.gold.is_some())
        {
            right += 1;
            sum += f64::from(right) / (rank + 1) as f64;
        }
        let linked: Vec<Found> = ranked.into_iter().filter(|found| found.label.is_link()).collect();
        let hits: Vec<&Found> = linked.iter().filter(|found| found.gold.is_some()).collect();
        let labelled = hits
            .iter()
            .filter(|found| found.gold == Some(found.label))
            .count();
        let gold = self.gold.iter().map(Vec::len).sum::<usize>();
        let error = reliability(&self.gold, &self.scored)
            .expect("each event has its gold")
            .error();
        write!(
            f,
            "links {gold:3}  AP {:.3}  F1 {:.3}  calibration error {error:.3}  linked at {:.3}, {:.3} right  \
             same or part {labelled:2} of {:2}",
            sum / gold as f64,
            2.0 * hits.len() as f64 / (linked.len() + gold) as f64,
            linked.iter().map(|found| found.score).sum::<f64>() / linked.len() as f64,
            hits.len() as f64 / linked.len() as f64,
            hits.len(),
        )
    }
}

fn events(folder: &Path) -> Result<Vec<Event>, String> {
    let entries = fs::read_dir(folder).map_err(|cause| format!("{}: {cause}", folder.display()))?;
    let mut tables: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".links.tsv"))
        .collect();
    tables.sort();
    tables.iter().map(|table| event(folder, table)).collect()
}

fn event(folder: &Path, table: &Path) -> Result<Event, String> {
    let name = table
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .replace(".links.tsv", "");
    let side = |lang: &str| {
        let names = [
            format!("{name}.{lang}"),
            format!("{name}.{lang}.sent"),
            format!("readout.{lang}.sent"),
        ];
        let path = names
            .iter()
            .map(|name| folder.join(name))
            .find(|path| path.exists());
        path.ok_or_else(|| format!("{}: no passages in {lang} beside it", table.display()))
    };
    let zh_source = side("zh")?;
    let (zh, en, links) = (read(&zh_source)?, read(&side("en")?)?, read(table)?);
    let lexicon = Lexicon::embedded();
    let text = |side: Side, lines: &str| Text::new(side, &lines.lines().collect::<Vec<_>>(), lexicon);
    let (zh, en) = (text(Side::Zh, &zh), text(Side::En, &en));
    let mut labels: BTreeMap<(usize, usize), Label> = BTreeMap::new();
    for line in links.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [label, zh, en] = columns[..] else {
            return Err(format!("{}: not three columns: {line}", table.display()));
        };
        let numbers = |list: &str| list.split(',').map(str::parse).collect::<Result<Vec<usize>, _>>();
        let (Ok(zh), Ok(en)) = (numbers(zh), numbers(en)) else {
            return Err(format!("{}: not line numbers: {line}", table.display()));
        };
        let label = match label {
            "same" | "eq" => Label::Same,
            "part" => Label::Part,
            "topic" => Label::Topic,
            _ => return Err(format!("{}: no label: {line}", table.display())),
        };
        // Of two labels the one that says more.
        for pair in zh.iter().flat_map(|&zh| en.iter().map(move |&en| (zh, en))) {
            let known = labels.entry(pair).or_insert(label);
            *known = label.min(*known);
        }
    }
    let labelled: Vec<(Features, Option<Label>)> = features(&zh, &en, lexicon)
        .into_iter()
        .enumerate()
        .map(|(at, features)| (features, labels.get(&(at / en.len(), at % en.len())).copied()))
        .collect();
    let pairs = labelled.iter().filter(|(_, label)| *label != Some(Label::Topic));
    let pairs = pairs.map(|(features, label)| (*features, label.is_some()));
    let links = labelled
        .iter()
        .filter(|(_, label)| label.is_some_and(Label::is_link));
    let links = links.map(|(features, label)| (of_cover(features), *label == Some(Label::Same)));
    Ok(Event {
        name,
        folder: folder.display().to_string(),
        pairs: pairs.collect(),
        links: links.collect(),
        zh_source,
        zh,
        en,
        labels,
    })
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|cause| format!("{}: {cause}", path.display()))
}

type Vector = [f64; FEATURES];

fn learn(events: &[&Event]) -> Weights {
    let links = regress(events.iter().flat_map(|event| &event.links));
    Weights {
        features: regress(events.iter().flat_map(|event| &event.pairs)).map(|weight| weight as f32),
        // Where the odds of a link of being whole are even.
        whole: (-links[Feature::Always as usize] / links[Feature::Cover as usize]) as f32,
    }
}

/// No other feature than the cover and the constant.
fn of_cover(features: &Features) -> Features {
    let kept = [Feature::Always as usize, Feature::Cover as usize];
    std::array::from_fn(|at| if kept.contains(&at) { features[at] } else { 0.0 })
}

/// Logistic regression with a ridge, by Newton's method. The first feature is the constant, and is not held back.
fn regress<'a>(pairs: impl Iterator<Item = &'a (Features, bool)>) -> Vector {
    let pairs: Vec<&(Features, bool)> = pairs.collect();
    let units = deviations(&pairs);
    let mut at: Vector = [0.0; FEATURES];
    for _ in 0..30 {
        let (mut slope, mut bend) = ([0.0; FEATURES], [[0.0; FEATURES]; FEATURES]);
        for i in 1..FEATURES {
            slope[i] -= RIDGE * at[i];
            bend[i][i] += RIDGE;
        }
        for (features, linked) in &pairs {
            let x: Vector = std::array::from_fn(|i| f64::from(features[i]) / units[i]);
            let sum: f64 = x.iter().zip(&at).map(|(x, weight)| x * weight).sum();
            let probability = 1.0 / (1.0 + (-sum).exp());
            let error = f64::from(u8::from(*linked)) - probability;
            for i in 0..FEATURES {
                slope[i] += error * x[i];
                for j in 0..FEATURES {
                    bend[i][j] += probability * (1.0 - probability) * x[i] * x[j];
                }
            }
        }
        let step = solve(bend, slope);
        at.iter_mut().zip(step).for_each(|(weight, step)| *weight += step);
    }
    std::array::from_fn(|i| at[i] / units[i])
}

fn deviations(pairs: &[&(Features, bool)]) -> Vector {
    let mean = |of: &dyn Fn(&Features) -> f64| {
        pairs.iter().map(|(features, _)| of(features)).sum::<f64>() / pairs.len() as f64
    };
    std::array::from_fn(|i| {
        let middle = mean(&|features| f64::from(features[i]));
        let spread = mean(&|features| (f64::from(features[i]) - middle).powi(2)).sqrt();
        if spread > 1e-6 { spread } else { 1.0 }
    })
}

/// Gaussian elimination; the ridge keeps the pivots away from 0.
fn solve(mut matrix: [Vector; FEATURES], mut right: Vector) -> Vector {
    for pivot in 0..FEATURES {
        for row in pivot + 1..FEATURES {
            let times = matrix[row][pivot] / matrix[pivot][pivot];
            let above = matrix[pivot];
            matrix[row]
                .iter_mut()
                .zip(above)
                .for_each(|(cell, above)| *cell -= times * above);
            right[row] -= times * right[pivot];
        }
    }
    for pivot in (0..FEATURES).rev() {
        for column in pivot + 1..FEATURES {
            right[pivot] -= matrix[pivot][column] * right[column];
        }
        right[pivot] /= matrix[pivot][pivot];
    }
    right
}
