//! A user's own lexicons and the embedded one into one.

use super::Lexicon;
use super::file::{Contents, Vocabulary, write};
use crate::error::Result;

/// A word of the general lexicon counts as if it had been seen at most this often, so that it takes a user's own texts
/// no more than that to have as much of a say: they are nearer to what is to be aligned. A word that they never use
/// keeps what it had, and one seen in them twice or thrice hardly moves.
const MOST_EVIDENCE: f32 = 50.0;

impl Lexicon {
    /// Mixes lexicons trained on a user's own texts into this general one.
    ///
    /// Where several know a Chinese word, its row is their mean, weighted by how often each has seen the word, this one
    /// up to 50 times: a general lexicon as the prior of a particular one (MacKay and Peto 1995). How common words are
    /// is counted over all. Glossaries are not mixed but laid over what comes out.
    ///
    /// ```
    /// use duizhao::lexicon::{Lexicon, Pair, Training, train};
    /// let pair = |zh: &str, en: &str| Ok(Pair { zh: zh.into(), en: en.into(), weight: 1.0 });
    /// let memory = (0..4).flat_map(|_| [pair("汐号靠岸。", "The Tidewater docks."), pair("汐号", "Tidewater")]);
    /// let own = train(memory, &Training::default(), "")?;
    /// let mixed = Lexicon::embedded().mixed(&[own])?;
    /// assert!(mixed.en("tidewat").is_some() && mixed.en("moon").is_some());
    /// # Ok::<(), duizhao::error::Error>(())
    /// ```
    pub fn mixed(&self, own: &[Lexicon]) -> Result<Lexicon> {
        let parts: Vec<Part> = std::iter::once((self, MOST_EVIDENCE))
            .chain(own.iter().map(|lexicon| (lexicon, f32::INFINITY)))
            .map(|(lexicon, most_evidence)| Part {
                lexicon,
                most_evidence,
            })
            .collect();
        let zh = Words::merge(&parts, |lexicon| &lexicon.view.zh);
        let en = Words::merge(&parts, |lexicon| &lexicon.view.en);
        let notices: Vec<&str> = parts
            .iter()
            .map(|part| part.lexicon.notice())
            .filter(|notice| !notice.is_empty())
            .collect();
        let bytes = write(&Contents {
            notice: &notices.join("\n"),
            rows: rows(&parts, &zh, &en),
            zh_total: zh.total,
            en_total: en.total,
            zh: zh.words,
            en: en.words,
        });
        Lexicon::read("mixed lexicon", bytes.into())
    }
}

struct Part<'a> {
    lexicon: &'a Lexicon,
    /// A word counts as seen no more often.
    most_evidence: f32,
}

/// The words of all parts in byte order with their counts.
struct Words<'a> {
    words: Vec<(&'a str, f32)>,
    total: f32,
    /// For each part, the places of its words.
    places: Vec<Vec<u32>>,
}

impl<'a> Words<'a> {
    fn merge(parts: &[Part<'a>], side: impl Fn(&'a Lexicon) -> &'a Vocabulary) -> Words<'a> {
        let mut all: Vec<(&str, usize, usize)> = Vec::new();
        let mut total = 0.0;
        for (number, part) in parts.iter().enumerate() {
            let (vocabulary, bytes) = (side(part.lexicon), &part.lexicon.bytes);
            all.extend((0..vocabulary.len()).map(|word| (vocabulary.word(bytes, word), number, word)));
            total += vocabulary.total(bytes);
        }
        all.sort_unstable();
        let mut merged = Words {
            words: Vec::new(),
            total,
            places: parts
                .iter()
                .map(|part| vec![0; side(part.lexicon).len()])
                .collect(),
        };
        for same in all.chunk_by(|one, other| one.0 == other.0) {
            let mut count = 0.0;
            for &(_, part, word) in same {
                merged.places[part][word] = merged.words.len() as u32;
                count += side(parts[part].lexicon).count(&parts[part].lexicon.bytes, word);
            }
            merged.words.push((same[0].0, count));
        }
        merged
    }
}

fn rows(parts: &[Part], zh: &Words, en: &Words) -> Vec<Vec<(u32, f32)>> {
    let mut rows = vec![Vec::new(); zh.words.len()];
    let mut evidence = vec![0.0; zh.words.len()];
    for (number, part) in parts.iter().enumerate() {
        let Lexicon { view, bytes, .. } = part.lexicon;
        for (word, &place) in zh.places[number].iter().enumerate() {
            let seen = view.zh.count(bytes, word).min(part.most_evidence);
            evidence[place as usize] += seen;
            rows[place as usize].extend(
                view.row(bytes, word)
                    .map(|(entry, t)| (en.places[number][entry as usize], t * seen)),
            );
        }
    }
    rows.into_iter()
        .zip(evidence)
        .map(|(row, evidence)| mean(row, evidence))
        .collect()
}

/// Sums up what the parts say of each English word.
fn mean(mut row: Vec<(u32, f32)>, evidence: f32) -> Vec<(u32, f32)> {
    row.sort_by_key(|&(en, _)| en);
    row.chunk_by(|one, other| one.0 == other.0)
        .map(|same| (same[0].0, same.iter().map(|(_, t)| t).sum::<f32>() / evidence))
        .collect()
}
