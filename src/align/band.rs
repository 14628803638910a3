//! The part of the search that is looked at: for each boundary in the Chinese, a run of boundaries in the English.

use std::ops::Range;

/// Row `i` holds the English boundaries that may stand opposite the boundary before Chinese sentence `i`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    rows: Vec<Range<usize>>,
    /// Number of the first node of each row, and of all nodes.
    starts: Vec<usize>,
}

/// A row that has no boundary yet: whatever joins it sets both of its ends.
const NOTHING: Range<usize> = Range {
    start: usize::MAX,
    end: 0,
};

/// A boundary of each document, standing opposite each other; `number` is its place in the band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    pub zh: usize,
    pub en: usize,
    pub number: usize,
}

impl Band {
    /// All boundaries of documents of `zh` and `en` sentences.
    pub fn full(zh: usize, en: usize) -> Band {
        Band::new(vec![0..en + 1; zh + 1])
    }

    /// Along a path of points `(zh, en)` that starts at the documents' beginning and ends at their end: the whole
    /// rectangle between two points, and `margin` boundaries on every side.
    pub fn along(path: &[(usize, usize)], margin: usize) -> Band {
        let &(zh, en) = path.last().expect("a path has at least its start");
        let mut rows = vec![NOTHING; zh + 1];
        for pair in path.windows(2) {
            let [(zh_start, en_start), (zh_end, en_end)] = [pair[0], pair[1]];
            let columns = en_start.saturating_sub(margin)..(en_end + margin).min(en) + 1;
            for row in &mut rows[zh_start.saturating_sub(margin)..=(zh_end + margin).min(zh)] {
                *row = row.start.min(columns.start)..row.end.max(columns.end);
            }
        }
        if path.len() == 1 {
            Band::full(zh, en)
        } else {
            Band::new(rows)
        }
    }

    fn new(rows: Vec<Range<usize>>) -> Band {
        let mut starts = vec![0];
        for row in &rows {
            starts.push(starts[starts.len() - 1] + row.len());
        }
        Band { rows, starts }
    }

    /// Number of nodes.
    #[expect(
        clippy::len_without_is_empty,
        reason = "a band has at least the node it starts at"
    )]
    pub fn len(&self) -> usize {
        self.starts[self.rows.len()]
    }

    /// Row by row.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node> + use<'_> {
        self.rows
            .iter()
            .zip(&self.starts)
            .enumerate()
            .flat_map(|(zh, (row, &start))| {
                row.clone()
                    .zip(start..start + row.len())
                    .map(move |(en, number)| Node { zh, en, number })
            })
    }

    /// The node of two boundaries, if it lies in the band.
    pub fn node(&self, zh: usize, en: usize) -> Option<Node> {
        let row = &self.rows[zh];
        row.contains(&en).then(|| Node {
            zh,
            en,
            number: self.starts[zh] + en - row.start,
        })
    }

    /// Whether a node has a neighbour that the band leaves out.
    pub fn is_edge(&self, node: Node) -> bool {
        let en = self.rows[self.rows.len() - 1].end - 1;
        let row = &self.rows[node.zh];
        (node.en == row.start && row.start > 0) || (node.en + 1 == row.end && node.en < en)
    }

    /// With `reach` more boundaries on every side of some nodes.
    pub fn widened(&self, nodes: &[Node], reach: usize) -> Band {
        let (zh_end, en_end) = (self.rows.len() - 1, self.rows[self.rows.len() - 1].end - 1);
        let mut rows = self.rows.clone();
        for node in nodes {
            let (start, end) = (node.en.saturating_sub(reach), (node.en + reach).min(en_end) + 1);
            for row in &mut rows[node.zh.saturating_sub(reach)..=(node.zh + reach).min(zh_end)] {
                *row = row.start.min(start)..row.end.max(end);
            }
        }
        Band::new(rows)
    }

    /// The nodes kept, each with `reach` boundaries on either side, and what lies between them.
    pub fn narrowed(&self, keep: impl Fn(Node) -> bool, reach: usize) -> Band {
        let zh_end = self.rows.len() - 1;
        let mut rows = vec![NOTHING; self.rows.len()];
        for node in self.nodes().filter(|&node| keep(node)) {
            let near = node.zh.saturating_sub(reach)..=(node.zh + reach).min(zh_end);
            for (row, narrowed) in self.rows[near.clone()].iter().zip(&mut rows[near]) {
                let start = node.en.saturating_sub(reach).max(row.start);
                let end = (node.en + reach + 1).min(row.end);
                if start < end {
                    *narrowed = narrowed.start.min(start)..narrowed.end.max(end);
                }
            }
        }
        Band::new(
            rows.into_iter()
                .map(|row| if row.is_empty() { 0..0 } else { row })
                .collect(),
        )
    }
}
