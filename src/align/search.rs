//! From a first guess to the alignment: the way by small beads in a wide band, then all beads beside the way.

use super::band::Band;
use super::trellis::{SHAPES, SMALL_SHAPES, Trellis};
use super::{Alignment, Bead};
use crate::score::{Anchor, Score};

/// Documents of fewer boundary pairs are searched whole; beyond, only along the anchors.
const WHOLE: usize = 40_000;
/// Boundaries on each side of the anchors' path: what two or three wrong anchors in a row can mislead by.
const MARGIN: usize = 12;
/// Boundary pairs between two anchors that are searched whole; a larger gap is searched along its straight line.
const GAP: usize = 1 << 18;
/// Boundary pairs from which a band grows no more, at about 50 bytes each: for each sentence, so that work grows with
/// the documents' length even where they have nothing in common, and in all.
const MOST_EACH: usize = 1 << 9;
const MOST: usize = 1 << 24;
/// Nodes whose best path by small beads is worse than the best by more nats than this are passed over.
const SHORTFALL: f32 = 18.0;
/// A large bead skips nodes that small beads would pass; those it can start or end at lie this near.
const REACH: usize = 2;

/// Aligns documents of `zh` and `en` sentences.
///
/// `anchors` tell where to look first in long documents, in order of Chinese and then of English sentences; none are
/// needed, and wrong ones do no more than mislead; those outside the documents are passed over. Work and room grow with the documents' length. Where anchors are
/// missing for many hundreds of sentences on end, only what lies near the straight line between the last and the next is
/// looked at, further to the sides as long as the best path runs along the edge.
///
/// ```
/// use duizhao::align::align;
/// // A scorer that likes beads of one Chinese and two English sentences.
/// let scorer = |zh: std::ops::Range<usize>, en: std::ops::Range<usize>| if (zh.len(), en.len()) == (1, 2) { 5.0 } else { -5.0 };
/// let alignment = align(2, 4, &scorer, &[]);
/// let beads: Vec<_> = alignment.beads().iter().map(|bead| (bead.zh.clone(), bead.en.clone())).collect();
/// assert_eq!(beads, [(0..1, 0..2), (1..2, 2..4)]);
/// ```
pub fn align(zh: usize, en: usize, scorer: &impl Score, anchors: &[Anchor]) -> Alignment {
    let band = way(zh, en, scorer, anchors);
    let trellis = Trellis::new(&band, SHAPES.len(), scorer);
    let posteriors = trellis.posteriors();
    let path = trellis.best(|step| trellis.score(step));
    let beads = path.into_iter().map(|step| Bead {
        zh: step.from.zh..step.to.zh,
        en: step.from.en..step.to.en,
        score: posteriors.of(step),
    });
    Alignment::new(beads.collect(), zh, en).expect("a path through the trellis covers both documents")
}

/// Whether documents of so many sentences are searched whole, so that [`align`] has no use for anchors.
pub fn is_searched_whole(zh: usize, en: usize) -> bool {
    zh.saturating_add(1).saturating_mul(en.saturating_add(1)) <= WHOLE
}

/// The nodes near the best ways by small beads, in a band that is wide enough for them.
fn way(zh: usize, en: usize, scorer: &impl Score, anchors: &[Anchor]) -> Band {
    let whole = zh.saturating_add(1).saturating_mul(en + 1);
    let band = if is_searched_whole(zh, en) {
        Band::full(zh, en)
    } else {
        let inside = anchors.iter().filter(|anchor| anchor.zh < zh && anchor.en < en);
        let inside: Vec<Anchor> = inside.copied().collect();
        Band::along(&pave(chain(zh, en, &inside)), MARGIN)
    };
    let most = MOST.min(MOST_EACH.saturating_mul(zh + en)).min(whole - 1);
    near(
        Trellis::new(&band, SMALL_SHAPES, scorer),
        scorer,
        2 * MARGIN,
        most,
    )
}

/// The nodes near the best ways through a trellis, which grows by `reach` where the best way runs along its edge, as long
/// as it has no more than `most` nodes.
fn near(trellis: Trellis, scorer: &impl Score, reach: usize, most: usize) -> Band {
    let band = trellis.band();
    let mut touched = Vec::new();
    if band.len() <= most {
        let path = trellis.best(|step| trellis.score(step));
        touched.extend(path.iter().map(|step| step.to).filter(|&node| band.is_edge(node)));
    }
    if touched.is_empty() {
        let shortfalls = trellis.shortfalls();
        return band.narrowed(|node| shortfalls[node.number] <= SHORTFALL, REACH);
    }
    let wider = band.widened(&touched, reach);
    let grown = trellis.grown(&wider, scorer);
    drop(trellis);
    near(grown, scorer, 2 * reach, most)
}

/// Points along the straight line between two that are far apart, so that no gap is too large to be searched.
fn pave(points: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut paved = points[..1].to_vec();
    for pair in points.windows(2) {
        let ((zh, en), (zh_end, en_end)) = (pair[0], pair[1]);
        let (width, height) = (zh_end - zh, en_end - en);
        let pieces = 1 + (width.saturating_mul(height) / GAP).isqrt();
        paved.extend((1..=pieces).map(|piece| (zh + width * piece / pieces, en + height * piece / pieces)));
    }
    paved
}

/// The heaviest run of anchors that rise on both sides, as points between sentences, with both ends of the documents.
fn chain(zh: usize, en: usize, anchors: &[Anchor]) -> Vec<(usize, usize)> {
    // Entry j + 1 is the heaviest chain so far that ends at English sentence j, under a Fenwick tree of maxima.
    let mut tree: Vec<(f32, Option<usize>)> = vec![(0.0, None); en + 1];
    let mut before: Vec<Option<usize>> = vec![None; anchors.len()];
    let mut heaviest: (f32, Option<usize>) = (0.0, None);
    let mut index = 0;
    // Anchors of one Chinese sentence cannot follow each other, so all look back before any is entered.
    for row in anchors.chunk_by(|a, b| a.zh == b.zh) {
        let found: Vec<_> = row.iter().map(|anchor| prefix_max(&tree, anchor.en)).collect();
        for (anchor, (weight, previous)) in row.iter().zip(found) {
            before[index] = previous;
            let entry = (weight + anchor.weight, Some(index));
            raise(&mut tree, anchor.en + 1, entry);
            if entry.0 > heaviest.0 {
                heaviest = entry;
            }
            index += 1;
        }
    }
    let mut points = vec![(zh, en)];
    let mut at = heaviest.1;
    while let Some(index) = at {
        points.push((anchors[index].zh, anchors[index].en));
        at = before[index];
    }
    points.push((0, 0));
    points.dedup();
    points.reverse();
    points
}

/// The heaviest of the entries below `end`.
fn prefix_max(tree: &[(f32, Option<usize>)], end: usize) -> (f32, Option<usize>) {
    let (mut best, mut at) = (tree[0], end);
    while at > 0 {
        if tree[at].0 > best.0 {
            best = tree[at];
        }
        at &= at - 1;
    }
    best
}

fn raise(tree: &mut [(f32, Option<usize>)], mut at: usize, entry: (f32, Option<usize>)) {
    while at < tree.len() {
        if entry.0 > tree[at].0 {
            tree[at] = entry;
        }
        at += at & at.wrapping_neg();
    }
}
