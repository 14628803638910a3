//! The laws of the fuzz targets, on their seeds and on every input that once broke one: `tests/fuzz/READER/` and
//! `fuzz/seeds/READER/`.

#[path = "../fuzz/src/lib.rs"]
mod readers;

use std::fs;
use std::path::{Path, PathBuf};

#[global_allocator]
static ALLOCATOR: readers::memory::Counting = readers::memory::Counting;

/// One test alone, since memory is counted of the whole program.
#[test]
fn every_reader_keeps_its_laws_on_the_inputs_that_once_broke_them_and_on_the_smallest_pieces() {
    for (reader, piece) in SMALLEST {
        println!("{reader}: {piece:?}");
        readers::check(reader, piece.repeat(LARGE / piece.len()).as_bytes());
    }
    for (reader, _) in readers::READERS {
        let seeds = inputs(&format!("fuzz/seeds/{reader}"));
        assert!(
            !seeds.is_empty(),
            "fuzz/seeds/{reader} has no input to begin with"
        );
        for path in seeds.into_iter().chain(inputs(&format!("tests/fuzz/{reader}"))) {
            println!("{}", path.display());
            readers::check(reader, &fs::read(path).expect("an input can be read"));
        }
    }
}

/// Pieces that make the most segments, elements or marks of the fewest bytes, by the readers of documents.
const SMALLEST: [(&str, &str); 14] = [
    ("plain", "a\n"),
    ("plain", "a\n\n"),
    ("markdown", "a\n"),
    ("markdown", "- a\n"),
    ("markdown", "*a*"),
    ("html", "<p>a"),
    ("html", "<td>a"),
    ("html", "<li>a</li>"),
    ("html", "a<br>"),
    ("html", "<p hidden>a"),
    ("html", "<p><a>a</a>"),
    ("html", "<aa>a</aa>"),
    ("html", "a<!---->"),
    ("docx", "<w:p><w:r><w:t>a</w:t></w:r></w:p>"),
];
/// Bytes of them, beside which the buffers of a reader are small.
const LARGE: usize = 1 << 20;

/// The files of a folder, by name; none if it is not there.
fn inputs(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("a folder can be read").path())
        .collect();
    paths.sort();
    paths
}
