//! How likely each pair of words of one sentence pair is linked, under the present probabilities.

use super::Training;
use super::corpus::{Corpus, Numbers};
use super::table::Table;

/// The posteriors of one sentence pair, a number for each of its cells, and room to work them out in.
#[derive(Default)]
pub(super) struct Posteriors {
    /// In the order of the Chinese words, then of the English ones. They are found anew in each round: kept, they would
    /// take ten times the room of the text.
    pub cells: Vec<Cell>,
    /// That this English word comes from this Chinese word.
    pub en_to_zh: Vec<f32>,
    /// That this Chinese word comes from this English word.
    pub zh_to_en: Vec<f32>,
    /// For each word, what all that may have brought it forth, and chance, come to.
    zh_sums: Vec<f32>,
    en_sums: Vec<f32>,
}

/// Two words of a pair that may translate each other, by their places.
pub(super) struct Cell {
    /// Their place in the table.
    pub entry: u32,
    zh: u16,
    en: u16,
}

impl Posteriors {
    pub fn fill(&mut self, table: &Table, corpus: &Corpus, pair: &Numbers, settings: &Training) {
        let (n, m) = (pair.zh.len() as f32, pair.en.len() as f32);
        let none = settings.null / (1.0 - settings.null);
        let chance = |share: f32, others: f32| none * others * share;
        self.zh_sums.clear();
        self.en_sums.clear();
        self.zh_sums
            .extend(pair.zh.iter().map(|&word| chance(corpus.zh.share(word), m)));
        self.en_sums
            .extend(pair.en.iter().map(|&word| chance(corpus.en.share(word), n)));
        self.en_to_zh.clear();
        self.zh_to_en.clear();
        self.cells.clear();
        for (i, &zh) in pair.zh.iter().enumerate() {
            let row = table.row(zh);
            self.cells
                .extend(pair.en.iter().enumerate().filter_map(|(j, &en)| {
                    Some(Cell {
                        entry: table.entry(row.clone(), en)?,
                        zh: i as u16,
                        en: j as u16,
                    })
                }));
        }
        for cell in &self.cells {
            let (i, j) = (f32::from(cell.zh) + 0.5, f32::from(cell.en) + 0.5);
            let near = (-settings.tension * (i / n - j / m).abs()).exp();
            let en = near * table.en_given_zh[cell.entry as usize];
            let zh = near * table.zh_given_en[cell.entry as usize];
            self.en_sums[usize::from(cell.en)] += en;
            self.zh_sums[usize::from(cell.zh)] += zh;
            self.en_to_zh.push(en);
            self.zh_to_en.push(zh);
        }
        for (at, cell) in self.cells.iter().enumerate() {
            self.en_to_zh[at] /= self.en_sums[usize::from(cell.en)];
            self.zh_to_en[at] /= self.zh_sums[usize::from(cell.zh)];
        }
    }
}
