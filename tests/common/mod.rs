//! Folders of gold into document pairs with their beads: the samples of `corpora`, and larger sets where they are kept.
#![allow(dead_code, reason = "each test takes what it needs")]

use duizhao::align::Alignment;
use duizhao::eval::{self, Beads};
use duizhao::ingest::Source;
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::align_pairing;
use duizhao::score::{Pairing, Weights};
use std::fs;
use std::path::{Path, PathBuf};

/// Two documents, a sentence a line, and their beads as people made them.
pub struct GoldPair {
    pub name: String,
    pub zh: Vec<String>,
    pub en: Vec<String>,
    pub beads: Beads,
}

impl GoldPair {
    pub fn pairing(&self) -> Pairing {
        Pairing::new(
            self.zh.iter().map(String::as_str),
            self.en.iter().map(String::as_str),
            Lexicon::embedded(),
        )
    }

    /// Aligned as the program does it.
    pub fn align(&self) -> Alignment {
        align_pairing(&mut self.pairing(), Weights::embedded())
    }
}

/// The folder of gold sets that are no part of this repository: `DUIZHAO_GOLD`, or `../shared/gold` if it is there.
pub fn gold() -> Option<PathBuf> {
    match std::env::var_os("DUIZHAO_GOLD") {
        Some(folder) => Some(folder.into()),
        None => Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold"))
            .filter(|folder| folder.is_dir()),
    }
}

/// The pairs of `corpora/pairs`, cut into sentences by hand.
pub fn samples() -> Vec<GoldPair> {
    pairs(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/pairs"),
        ".sent",
    )
}

/// The pairs of a folder, by name: `x.gold` with `x.zh` and `x.en`, and `ending` after those two.
pub fn pairs(folder: &Path, ending: &str) -> Vec<GoldPair> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut golds: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "gold"))
        .collect();
    golds.sort();
    assert!(!golds.is_empty(), "{} holds no gold", folder.display());
    golds.iter().map(|gold| pair(gold, ending)).collect()
}

fn pair(gold: &Path, ending: &str) -> GoldPair {
    let read = |path: &Path| fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = |side: &str| {
        let text = String::from_utf8(read(&gold.with_extension(format!("{side}{ending}"))));
        text.expect("gold is UTF-8").lines().map(String::from).collect()
    };
    let name = gold.display().to_string();
    let source = Source {
        name: name.clone(),
        bytes: read(gold),
    };
    GoldPair {
        name,
        zh: lines("zh"),
        en: lines("en"),
        beads: eval::read(&source).unwrap_or_else(|error| panic!("{error}")),
    }
}
