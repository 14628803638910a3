//! Beads against gold beads: precision, recall and F1.

mod intertext;
mod reliability;

pub use reliability::{Bin, Reliability, Scored, reliability};

use crate::corpus::places::Placed;
use crate::corpus::{ladder, vecalign};
use crate::error::{Error, Kind, Result};
use crate::ingest::Source;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The sentences of a bead by their places in their documents, from 0, in the order the file lists them.
///
/// Unlike [`align::Bead`](crate::align::Bead) it need not be a run: gold comes from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bead {
    pub zh: Vec<usize>,
    pub en: Vec<usize>,
}

/// The beads of one document pair.
pub type Beads = Vec<Bead>;

/// How well beads agree with gold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Scores {
    /// A bead is right if it is a gold bead.
    pub strict: Measure,
    /// A bead is right if one of its sentences has a counterpart in it that it also has in gold.
    pub lax: Measure,
    /// What precision is a share of: the tested beads, omissions and additions among them.
    pub test_beads: usize,
    /// What recall is a share of: the gold beads with sentences on both sides.
    pub gold_links: usize,
}

/// Shares from 0 to 1; 0 where there is nothing to have a share of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measure {
    pub precision: f64,
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// Scores the beads of document pairs against their gold, counted over all pairs together.
///
/// The semantics are those of Vecalign's `score.py` (Thompson and Koehn 2019), so figures compare with published ones:
///
/// - A bead empty on both sides does not count; the same bead twice in a document counts once.
/// - Precision is over all tested beads. An omission or addition is right, strictly and laxly, only if gold has it.
/// - Recall is over the gold beads with both sides; omissions and additions neither count nor help.
///
/// # Errors
/// [`Kind::Usage`] when there is not one gold for each test.
///
/// ```
/// use duizhao::eval::{self, Bead};
/// let bead = |zh: &[usize], en: &[usize]| Bead { zh: zh.to_vec(), en: en.to_vec() };
/// let gold = vec![bead(&[0], &[0]), bead(&[1, 2], &[1])];
/// let test = vec![bead(&[0], &[0]), bead(&[1], &[1]), bead(&[2], &[])];
/// let scores = eval::score(&[gold], &[test])?;
/// assert_eq!((scores.strict.precision, scores.strict.recall), (1.0 / 3.0, 0.5));
/// assert_eq!((scores.lax.precision, scores.lax.recall), (2.0 / 3.0, 1.0));
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub fn score(gold: &[Beads], test: &[Beads]) -> Result<Scores> {
    if gold.len() != test.len() {
        let cause = format!("{} gold files for {} tested ones", gold.len(), test.len());
        return Err(
            Error::new(Kind::Usage, "eval", cause).remedy("give one gold file for each, in the same order")
        );
    }
    let (mut precision, mut recall) = (Hits::default(), Hits::default());
    for (gold, test) in gold.iter().zip(test) {
        let (gold, test) = (Reference::new(gold), Reference::new(test));
        precision.add(gold.hits(test.beads.iter().copied()));
        recall.add(test.links().hits(gold.links().beads.iter().copied()));
    }
    Ok(Scores {
        strict: Measure::new(precision.share(precision.strict), recall.share(recall.strict)),
        lax: Measure::new(precision.share(precision.lax), recall.share(recall.lax)),
        test_beads: precision.all,
        gold_links: recall.all,
    })
}

/// Reads the beads of one document pair. The form is seen from the first character:
///
/// - `[`: vecalign's, a bead a line: `[0, 1]:[2]:0.51`, Chinese first, the score left out or passed over.
/// - `<`: InterText's alignment XML, or XCES `cesAlign`. Sentences are known by the order of their ids; one document
///   must be named as Chinese or English (`novel.zh.xml`). InterText lists `toDoc` ids first, `cesAlign` `fromDoc` ids.
/// - a digit: hunalign's ladder, three columns `zh en score`: a bead reaches from one rung to the next.
///
/// # Errors
/// With file, line, cause and remedy, for a file that breaks the rules of its form; [`Kind::Empty`] for an empty one.
///
/// ```
/// use duizhao::{eval, ingest::Source};
/// let read = |text: &str| eval::read(&Source { name: "x".into(), bytes: text.into() });
/// let vecalign = read("[0]:[0]:0.97\n[1]:[1, 2]:0.51\n")?;
/// assert_eq!(vecalign, read("0\t0\t0.3\n1\t1\t0.4\n2\t3\t0.9\n")?);
/// assert_eq!(vecalign, read(
///     "<linkGrp toDoc='x.zh.xml' fromDoc='x.en.xml'><link xtargets='1:1;1:1'/><link xtargets='1:2;2:1 2:2'/></linkGrp>",
/// )?);
/// assert_eq!(
///     read("[0]:[0\n").unwrap_err().to_string(),
///     "x: line 1: no bead: \"[0]:[0\"; write it as [0, 1]:[2]:0.51, places of sentences from 0",
/// );
/// # Ok::<(), duizhao::error::Error>(())
/// ```
pub fn read(source: &Source) -> Result<Beads> {
    let (name, bytes) = (&source.name, source.bytes.as_slice());
    let start = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    match start.trim_ascii_start().first() {
        Some(b'[') => placed(vecalign::Beads::new(name, bytes)),
        Some(b'<') => intertext::read(name, bytes),
        Some(b'0'..=b'9') => placed(ladder::Beads::new(name, bytes)),
        Some(_) => Err(Error::new(Kind::Malformed, name, "no beads in a form we read")
            .remedy("give vecalign's form ([0, 1]:[2]:0.51), InterText's XML or hunalign's ladder")),
        None => Err(Error::new(Kind::Empty, name, "an empty file, without beads")),
    }
}

fn placed(beads: impl Iterator<Item = Result<Placed>>) -> Result<Beads> {
    beads.map(|placed| placed.map(Bead::from)).collect()
}

impl From<Placed> for Bead {
    fn from(Placed { zh, en, .. }: Placed) -> Bead {
        Bead { zh, en }
    }
}

/// Reads the beads that have both sides with their scores, in vecalign's form: `[0, 1]:[2]:0.51`.
///
/// # Errors
/// Those of [`read`], and for a bead without a score from 0 to 1.
pub fn read_scored(source: &Source) -> Result<Vec<Scored>> {
    let beads = vecalign::Beads::new(&source.name, source.bytes.as_slice());
    let links = beads.filter(|bead| {
        bead.as_ref()
            .map_or(true, |bead| !bead.zh.is_empty() && !bead.en.is_empty())
    });
    let scored = |bead: Placed| match bead.score {
        Some(score) if (0.0..=1.0).contains(&score) => Ok(Scored {
            bead: bead.into(),
            score,
        }),
        _ => Err(Error::new(
            Kind::Malformed,
            &source.name,
            "a bead without a score from 0 to 1",
        )
        .line(bead.line)
        .remedy("give beads as `duizhao align --format vecalign` writes them")),
    };
    links.map(|bead| bead.and_then(scored)).collect()
}

/// Beads to find others among.
struct Reference<'a> {
    beads: BTreeSet<&'a Bead>,
    /// The beads of each sentence, by their places in `beads`.
    of_zh: Places<'a>,
    of_en: Places<'a>,
}

type Places<'a> = BTreeMap<usize, BTreeSet<&'a Bead>>;

impl<'a> Reference<'a> {
    fn new(beads: impl IntoIterator<Item = &'a Bead>) -> Self {
        let beads = beads
            .into_iter()
            .filter(|bead| !bead.zh.is_empty() || !bead.en.is_empty())
            .collect();
        let mut reference = Reference {
            beads,
            of_zh: Places::new(),
            of_en: Places::new(),
        };
        for bead in &reference.beads {
            for (places, sentences) in [(&mut reference.of_zh, &bead.zh), (&mut reference.of_en, &bead.en)] {
                for sentence in sentences {
                    places.entry(*sentence).or_default().insert(bead);
                }
            }
        }
        reference
    }

    fn links(&self) -> Reference<'a> {
        Reference::new(
            self.beads
                .iter()
                .copied()
                .filter(|bead| !bead.zh.is_empty() && !bead.en.is_empty()),
        )
    }

    fn hits(&self, beads: impl Iterator<Item = &'a Bead>) -> Hits {
        let mut hits = Hits::default();
        for bead in beads {
            let strict = self.beads.contains(bead);
            hits.add(Hits {
                strict: strict.into(),
                lax: (strict || self.touches(bead)).into(),
                all: 1,
            });
        }
        hits
    }

    /// Whether one of our beads has a sentence of either side of `bead`: then these two are counterparts in both.
    fn touches(&self, bead: &Bead) -> bool {
        let met = |places: &Places<'a>, sentences: &[usize]| -> BTreeSet<&'a Bead> {
            sentences
                .iter()
                .filter_map(|sentence| places.get(sentence))
                .flatten()
                .copied()
                .collect()
        };
        !met(&self.of_zh, &bead.zh).is_disjoint(&met(&self.of_en, &bead.en))
    }
}

#[derive(Default)]
struct Hits {
    strict: usize,
    lax: usize,
    all: usize,
}

impl Hits {
    fn add(&mut self, other: Hits) {
        self.strict += other.strict;
        self.lax += other.lax;
        self.all += other.all;
    }

    fn share(&self, part: usize) -> f64 {
        ratio(part as f64, self.all as f64)
    }
}

impl Measure {
    fn new(precision: f64, recall: f64) -> Self {
        Measure {
            precision,
            recall,
            f1: ratio(2.0 * precision * recall, precision + recall),
        }
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}
