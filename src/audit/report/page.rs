//! Rows and findings into what one page can hold: the first rows, and the most severe findings, each with its row.

use super::Entry;
use crate::audit::{Finding, Opinion};
use crate::corpus::{Row, Status};
use std::collections::HashMap;

/// Findings that a page shows: of more, a browser makes nothing that a person could go through. The most severe stay, the
/// first of these before the others; those that were dismissed have as much room of their own.
pub const MOST_FINDINGS: usize = 5_000;
/// Rows whose texts a page shows side by side.
pub const MOST_ROWS: usize = 5_000;

/// What is held back until the page is written; it does not grow with a corpus beyond its caps.
#[derive(Default)]
pub(super) struct Page {
    open: Kept,
    dismissed: Kept,
    pub rows: Vec<Shown>,
    pub all_rows: usize,
    taken: usize,
    /// Rows taken in last, by their places in their document pair.
    here: HashMap<usize, Vec<usize>>,
}

/// A row with both its texts.
pub(super) struct Shown {
    pub document: String,
    pub link_no: usize,
    pub zh: String,
    pub en: String,
    /// It was not looked at.
    pub is_rejected: bool,
}

/// A finding, and where its row is among those that are shown.
pub(super) struct Told {
    pub finding: Finding,
    pub opinion: Option<Opinion>,
    pub row: Option<usize>,
    /// The place among all findings.
    order: usize,
}

/// Findings by severity, from the least.
#[derive(Default)]
struct Kept([Vec<Told>; 3]);

impl Page {
    pub fn rows(&mut self, rows: &[Row]) {
        self.here.clear();
        self.all_rows += rows.len();
        for row in rows.iter().take(MOST_ROWS - self.rows.len()) {
            self.here.entry(row.link_no).or_default().push(self.rows.len());
            self.rows.push(Shown {
                document: row.doc_pair_id.clone(),
                link_no: row.link_no,
                zh: row.src_text.clone(),
                en: row.trg_text.clone(),
                is_rejected: row.status == Status::Rejected,
            });
        }
    }

    pub fn entry(&mut self, entry: &Entry) {
        self.taken += 1;
        let kept = match entry.is_dismissed() {
            true => &mut self.dismissed,
            false => &mut self.open,
        };
        let severity = entry.finding.severity as usize;
        if !kept.makes_room(severity) {
            return;
        }
        let Finding {
            link_no,
            src_text,
            trg_text,
            ..
        } = entry.finding;
        let is_of = |row: &Shown| row.zh == *src_text && row.en == *trg_text;
        let mut alike = self.here.get(link_no).into_iter().flatten();
        kept.0[severity].push(Told {
            finding: entry.finding.clone(),
            opinion: entry.opinion.cloned(),
            row: alike.find(|row| is_of(&self.rows[**row])).copied(),
            order: self.taken,
        });
    }

    /// Those of sources first, then in the order of the rows.
    pub fn findings(&self) -> Vec<&Told> {
        let kept = self.open.0.iter().chain(&self.dismissed.0);
        let mut told: Vec<&Told> = kept.flatten().collect();
        told.sort_by_key(|told| (!told.finding.is_of_source(), told.order));
        told
    }
}

impl Kept {
    /// Whether there is room for one more of a severity, if need be at the cost of a lesser one.
    fn makes_room(&mut self, severity: usize) -> bool {
        let count: usize = self.0.iter().map(Vec::len).sum();
        if count < MOST_FINDINGS {
            return true;
        }
        let mut lesser = self.0[..severity].iter_mut();
        lesser.any(|told| told.pop().is_some())
    }
}

impl Told {
    pub fn is_dismissed(&self) -> bool {
        self.opinion.as_ref().is_some_and(Opinion::is_dismissed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Severity;

    fn finding(severity: Severity, link_no: usize) -> Finding {
        let said = link_no.to_string();
        Finding {
            code: "NUM02",
            severity,
            message: String::new(),
            id: said.clone(),
            src_url: String::new(),
            trg_url: String::new(),
            doc_pair_id: String::new(),
            pair_id: String::new(),
            link_no,
            src_text: said.clone(),
            trg_text: said,
            zh: Vec::new(),
            en: Vec::new(),
            evidence: Vec::new(),
        }
    }

    #[test]
    fn an_error_behind_many_notices_takes_the_room_of_the_last_of_them() {
        let mut page = Page::default();
        let mut add = |severity, link_no| {
            let finding = finding(severity, link_no);
            page.entry(&Entry {
                finding: &finding,
                opinion: None,
            });
        };
        add(Severity::Warning, 1);
        (2..=MOST_FINDINGS + 3).for_each(|link_no| add(Severity::Info, link_no));
        add(Severity::Error, MOST_FINDINGS + 4);
        let rows: Vec<usize> = page.findings().iter().map(|told| told.finding.link_no).collect();
        assert_eq!(rows.len(), MOST_FINDINGS);
        assert_eq!(rows[..2], [1, 2]);
        assert_eq!(rows[rows.len() - 2..], [MOST_FINDINGS - 1, MOST_FINDINGS + 4]);
    }

    #[test]
    fn a_finding_knows_its_row_among_others_of_one_number_and_none_behind_the_cap() {
        let mut page = Page::default();
        let row = |text: &str| Row {
            link_no: 7,
            src_text: text.into(),
            trg_text: text.into(),
            ..Row::default()
        };
        page.rows(&[row("6"), row("7")]);
        let seven = finding(Severity::Error, 7);
        let entry = Entry {
            finding: &seven,
            opinion: None,
        };
        page.entry(&entry);
        page.rows(&vec![row("8"); MOST_ROWS]);
        page.entry(&entry);
        let rows: Vec<Option<usize>> = page.findings().iter().map(|told| told.row).collect();
        assert_eq!(rows, [Some(1), None]);
        assert_eq!((page.rows.len(), page.all_rows), (MOST_ROWS, MOST_ROWS + 2));
    }
}
