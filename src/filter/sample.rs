//! Rows into a random sample of them, and documents into train, dev and test: by hashes, the same on every machine.

use crate::corpus::Row;
use crate::error::{Error, Kind};
use sha2::{Digest, Sha256};
use std::collections::BinaryHeap;
use std::str::FromStr;

/// A sample of so many rows out of any number of them, each as likely as any other; only the sample is in memory.
///
/// ```
/// use duizhao::corpus::Row;
/// use duizhao::filter::sample::Reservoir;
/// let mut reservoir = Reservoir::new(2, 0);
/// (1..=100).for_each(|link_no| reservoir.offer(Row { link_no, ..Row::default() }));
/// let drawn = reservoir.drawn();
/// assert_eq!(drawn.len(), 2);
/// assert!(drawn[0].link_no < drawn[1].link_no);
/// ```
pub struct Reservoir {
    size: usize,
    seed: u64,
    offered: usize,
    /// The rows with the least lots so far, the greatest on top.
    drawn: BinaryHeap<Drawn>,
}

struct Drawn {
    lot: u64,
    place: usize,
    row: Row,
}

impl Reservoir {
    pub fn new(size: usize, seed: u64) -> Reservoir {
        Reservoir {
            size,
            seed,
            offered: 0,
            drawn: BinaryHeap::new(),
        }
    }

    pub fn offer(&mut self, row: Row) {
        let place = self.offered;
        self.offered += 1;
        let lot = lot(self.seed, &place.to_string());
        let is_full = self.drawn.len() >= self.size;
        if is_full
            && self
                .drawn
                .peek()
                .is_none_or(|top| (top.lot, top.place) <= (lot, place))
        {
            return;
        }
        if is_full {
            self.drawn.pop();
        }
        self.drawn.push(Drawn { lot, place, row });
    }

    /// The sample, in the order in which its rows were offered.
    pub fn drawn(self) -> Vec<Row> {
        let mut drawn = self.drawn.into_vec();
        drawn.sort_unstable_by_key(|drawn| drawn.place);
        drawn.into_iter().map(|drawn| drawn.row).collect()
    }
}

impl Ord for Drawn {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.lot, self.place).cmp(&(other.lot, other.place))
    }
}

impl PartialOrd for Drawn {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Drawn {}

/// How many documents go into each part, as users write it: `98,1,1`.
///
/// ```
/// use duizhao::filter::sample::Shares;
/// let shares: Shares = "80,10,10".parse()?;
/// assert_eq!(shares.part("a novel", 7), shares.part("a novel", 7));
/// assert!("80,10".parse::<Shares>().is_err() && "0,0,0".parse::<Shares>().is_err());
/// # Ok::<(), duizhao::error::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares([u32; 3]);

impl Shares {
    /// The part that a document belongs to: 0, 1 or 2.
    pub fn part(self, document: &str, seed: u64) -> usize {
        let all: u64 = self.0.iter().map(|share| u64::from(*share)).sum();
        let mut lot = lot(seed, document) % all;
        for (part, share) in self.0.iter().enumerate() {
            match lot.checked_sub(u64::from(*share)) {
                Some(rest) => lot = rest,
                None => return part,
            }
        }
        unreachable!("a remainder is less than the sum of the shares")
    }
}

impl FromStr for Shares {
    type Err = Error;

    fn from_str(text: &str) -> Result<Shares, Error> {
        let shares: Option<Vec<u32>> = text.split(',').map(|share| share.trim().parse().ok()).collect();
        shares
            .and_then(|shares| <[u32; 3]>::try_from(shares).ok())
            .filter(|shares| shares.iter().any(|share| *share > 0))
            .map(Shares)
            .ok_or_else(|| {
                Error::new(Kind::Usage, "--split", format!("{text:?} is no three shares"))
                    .remedy("write whole numbers for train, dev and test, as 98,1,1")
            })
    }
}

/// A number that nobody can foresee and everybody gets again.
fn lot(seed: u64, name: &str) -> u64 {
    let digest = Sha256::new()
        .chain_update(seed.to_be_bytes())
        .chain_update(name)
        .finalize();
    u64::from_be_bytes(
        digest[..8]
            .try_into()
            .expect("a digest has more than eight bytes"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_as_likely_to_be_drawn_as_any_other() {
        let mut times = [0; 20];
        for seed in 0..2000 {
            let mut reservoir = Reservoir::new(5, seed);
            (0..20).for_each(|link_no| {
                reservoir.offer(Row {
                    link_no,
                    ..Row::default()
                })
            });
            reservoir.drawn().iter().for_each(|row| times[row.link_no] += 1);
        }
        assert!(times.iter().all(|times| (400..600).contains(times)), "{times:?}");
    }

    #[test]
    fn a_sample_of_nothing_and_a_sample_of_more_than_there_is() {
        for (size, drawn) in [(0, 0), (9, 3)] {
            let mut reservoir = Reservoir::new(size, 1);
            (0..3).for_each(|_| reservoir.offer(Row::default()));
            assert_eq!(reservoir.drawn().len(), drawn);
        }
    }

    #[test]
    fn documents_are_parted_in_their_shares() {
        let shares: Shares = "8,1,1".parse().unwrap();
        let mut numbers = [0; 3];
        (0..1000).for_each(|n| numbers[shares.part(&format!("document {n}"), 3)] += 1);
        assert!(
            (750..850).contains(&numbers[0]) && numbers[1] > 60 && numbers[2] > 60,
            "{numbers:?}"
        );
        let none: Shares = "1,0,0".parse().unwrap();
        assert!((0..100).all(|n| none.part(&n.to_string(), 0) == 0));
    }
}
