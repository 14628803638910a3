//! The stages of one document pair, each timed alone: `cargo bench`. The throughput is in bytes of Chinese and English.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use duizhao::ingest::{self, Document, Source};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use duizhao::pipeline::align_pairing;
use duizhao::score::{Pairing, Score, Scorer, Weights};
use duizhao::split::{Split, split};
use duizhao::value::values;
use duizhao::words::words;

fn main() {
    divan::main();
}

/// A sample of each kind of text.
const SAMPLES: [&str; 3] = ["story", "news", "readout"];

fn document(sample: &str, side: &str) -> Document {
    let name = format!("corpora/pairs/{sample}.{side}.txt");
    let bytes = std::fs::read(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).expect("the sample is there");
    ingest::read(Source { name, bytes }, &ingest::Settings::default()).expect("the sample can be read")
}

/// Both documents of a sample, and how many bytes they have.
fn documents(sample: &str) -> ([Document; 2], BytesCount) {
    let both = ["zh", "en"].map(|side| document(sample, side));
    let bytes = both.iter().map(|document| document.text.len()).sum::<usize>();
    (both, BytesCount::new(bytes))
}

/// The sentences of a document.
fn sentences(document: &Document) -> Vec<&str> {
    split(document, Split::Sentence)
        .iter()
        .map(|sentence| sentence.text)
        .collect()
}

fn pairing([zh, en]: &[Document; 2]) -> Pairing {
    Pairing::new(sentences(zh), sentences(en), Lexicon::embedded())
}

#[divan::bench(args = SAMPLES)]
fn splitting(bencher: Bencher, sample: &str) {
    let (both, bytes) = documents(sample);
    bencher.counter(bytes).bench(|| {
        both.each_ref()
            .map(|document| split(black_box(document), Split::Sentence).len())
    });
}

#[divan::bench(args = SAMPLES)]
fn reading_values(bencher: Bencher, sample: &str) {
    let (both, bytes) = documents(sample);
    bencher.counter(bytes).bench(|| {
        let [zh, en] = &both;
        [
            values(black_box(&zh.text), Side::Zh),
            values(black_box(&en.text), Side::En),
        ]
    });
}

#[divan::bench(args = SAMPLES)]
fn cutting_words(bencher: Bencher, sample: &str) {
    let (both, bytes) = documents(sample);
    let [zh, en] = both.each_ref().map(sentences);
    let count = |sentences: &[&str], side| {
        sentences
            .iter()
            .map(|sentence| words(sentence, side).len())
            .sum::<usize>()
    };
    bencher
        .counter(bytes)
        .bench(|| [count(black_box(&zh), Side::Zh), count(black_box(&en), Side::En)]);
}

#[divan::bench(args = SAMPLES)]
fn pairing_words(bencher: Bencher, sample: &str) {
    let (both, bytes) = documents(sample);
    let [zh, en] = both.each_ref().map(sentences);
    let lexicon = Lexicon::embedded();
    bencher
        .counter(bytes)
        .bench(|| Pairing::new(black_box(&zh).iter().copied(), en.iter().copied(), lexicon));
}

/// All beads of one and one.
#[divan::bench(args = SAMPLES)]
fn scoring(bencher: Bencher, sample: &str) {
    let pairing = pairing(&documents(sample).0);
    let beads = pairing.zh_len() * pairing.en_len();
    bencher.counter(divan::counter::ItemsCount::new(beads)).bench(|| {
        let scorer = Scorer::new(black_box(&pairing), Weights::embedded());
        let row = |zh: usize| (0..pairing.en_len()).map(move |en| (zh, en));
        (0..pairing.zh_len())
            .flat_map(row)
            .map(|(zh, en)| scorer.score(zh..zh + 1, en..en + 1))
            .sum::<f32>()
    });
}

#[divan::bench(args = SAMPLES)]
fn aligning(bencher: Bencher, sample: &str) {
    let (both, bytes) = documents(sample);
    let of = || pairing(&both);
    let align = |mut pairing| align_pairing(&mut pairing, Weights::embedded());
    bencher.counter(bytes).with_inputs(of).bench_values(align);
}
