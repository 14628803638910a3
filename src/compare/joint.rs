//! Links into groups: passages of one side that only together say what passages of the other do.

use super::feature::WordLinks;
use super::link::{Label, Link};
use super::text::{Text, Type};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Passages of both sides that belong together. Every link is in one group, and a group is of nothing but its links.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkGroup {
    /// Passages of the first document, in order.
    pub zh: Vec<usize>,
    /// Passages of the second one.
    pub en: Vec<usize>,
    pub label: Label,
    /// How probable it is that all of it is right: the least of its links' scores.
    pub score: f32,
    /// Its links, by their places among all.
    pub links: Vec<usize>,
}

/// How much farther a group must cover itself than its links do, for one more to join. At 1.2 and 1.3 translations with gaps are
/// linked best; without groups F1 is .0004 less, at 1.1 .002.
const GAIN: f32 = 1.2;
/// A link is tried with as many groups, the surest ones; a page of equal lines has thousands.
const TRIED: usize = 8;

/// Groups the links, in the order of the groups' first passages: those that are more than a topic, and of the `rivals`, likely
/// ones of which either passage has a better partner, those with which a group covers more.
///
/// Two English sentences that each say half of a Chinese one cover it together better than either does, and so they are
/// one group; two that both say all of it do not, and stay apart.
pub(super) fn groups(
    words: &WordLinks,
    links: &[Link],
    rivals: &[usize],
    cover: &[f32],
    whole: f32,
) -> Vec<LinkGroup> {
    let linked = (0..links.len()).filter(|&link| links[link].label.is_link());
    let mut surest: Vec<usize> = linked.chain(rivals.iter().copied()).collect();
    surest.sort_by(|&one, &other| {
        let rank = |link: usize| (!links[link].label.is_link(), -links[link].score, link);
        rank(one).partial_cmp(&rank(other)).expect("a score is a number")
    });
    let mut groups: Vec<(LinkGroup, f32)> = Vec::new();
    let mut of_zh: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut of_en: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for number in surest {
        let link = &links[number];
        let own = cover[link.zh * words.en.len() + link.en];
        let beside = |of: &BTreeMap<usize, Vec<usize>>, at: usize| -> Vec<usize> {
            of.get(&at).into_iter().flatten().copied().take(TRIED).collect()
        };
        let near = [beside(&of_zh, link.zh), beside(&of_en, link.en)].concat();
        let joined = near.into_iter().map(|group| {
            let (known, before) = &groups[group];
            let (zh, en) = (with(&known.zh, link.zh), with(&known.en, link.en));
            let cover = joint_cover(words, &zh, &en);
            (cover / before.max(own), group, zh, en, cover)
        });
        let best = joined
            .filter(|(gain, ..)| *gain >= GAIN)
            .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
        let at = match best {
            Some((_, at, zh, en, cover)) => {
                let (group, known) = &mut groups[at];
                (group.zh, group.en, *known) = (zh, en, cover);
                group.links.push(number);
                group.score = group.score.min(link.score);
                at
            }
            None if !link.label.is_link() => continue,
            None => {
                let group = LinkGroup {
                    zh: vec![link.zh],
                    en: vec![link.en],
                    label: link.label,
                    score: link.score,
                    links: vec![number],
                };
                groups.push((group, own));
                groups.len() - 1
            }
        };
        for (of, passage) in [(&mut of_zh, link.zh), (&mut of_en, link.en)] {
            let known = of.entry(passage).or_default();
            if !known.contains(&at) {
                known.push(at);
            }
        }
    }
    let labelled = groups.into_iter().map(|(mut group, cover)| {
        if group.links.len() > 1 {
            group.label = if cover >= whole { Label::Same } else { Label::Part };
            group.links.sort_unstable();
        }
        group
    });
    let mut groups: Vec<LinkGroup> = labelled.collect();
    groups.sort_by(|one, other| (&one.zh, &one.en).cmp(&(&other.zh, &other.en)));
    groups
}

/// Passages with one more, in order.
fn with(passages: &[usize], one: usize) -> Vec<usize> {
    let mut all = passages.to_vec();
    if let Err(place) = all.binary_search(&one) {
        all.insert(place, one);
    }
    all
}

/// The geometric mean of the shares of their weight that two sets of passages cover of each other, each word counted once.
fn joint_cover(words: &WordLinks, zh: &[usize], en: &[usize]) -> f32 {
    let (zh, en) = (distinct(words.zh, zh), distinct(words.en, en));
    let mut best_of_en: HashMap<u32, f32> = en.iter().map(|&word| (word, 0.0)).collect();
    let mut covered = 0.0;
    for &word in &zh {
        let mut best = 0.0f32;
        for &(other, strength) in &words.rows[word as usize] {
            if let Some(known) = best_of_en.get_mut(&other) {
                *known = known.max(strength);
                best = best.max(strength);
            }
        }
        covered += best * words.zh.types[word as usize].weight;
    }
    let weight = |types: &[Type], of: &[u32]| of.iter().map(|&word| types[word as usize].weight).sum::<f32>();
    let in_en: f32 = en
        .iter()
        .map(|word| best_of_en[word] * words.en.types[*word as usize].weight)
        .sum();
    let share = |covered: f32, all: f32| covered / (all + super::feature::PRIOR);
    (share(covered, weight(&words.zh.types, &zh)) * share(in_en, weight(&words.en.types, &en))).sqrt()
}

/// The different words of some passages.
fn distinct(text: &Text, passages: &[usize]) -> Vec<u32> {
    let mut words: Vec<u32> = passages
        .iter()
        .flat_map(|&passage| text.units[passage].tokens.iter().map(|token| token.word))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use crate::compare::{Links, Text, Weights, link};
    use crate::language::Side;
    use crate::lexicon::Lexicon;

    /// Groups of more than one link, by their passages.
    fn joined(zh: &[&str], en: &[&str]) -> Vec<(Vec<usize>, Vec<usize>)> {
        let lexicon = Lexicon::embedded();
        let (zh, en) = (Text::new(Side::Zh, zh, lexicon), Text::new(Side::En, en, lexicon));
        let Links { groups, .. } = link(&zh, &en, lexicon, Weights::embedded());
        let larger = groups.into_iter().filter(|group| group.links.len() > 1);
        larger.map(|group| (group.zh, group.en)).collect()
    }

    const ELSE: [&str; 3] = [
        "It rained all day in the capital.",
        "Reporters were not admitted.",
        "A spokesman had no comment on the price of tea.",
    ];

    #[test]
    fn two_sentences_that_each_say_half_are_one_group_though_they_stand_apart() {
        let zh = [
            "双方同意增加直达航班，并从六月起互免旅游签证。",
            "会谈持续了三个小时。",
            "市长没有出席晚宴。",
        ];
        let mut en = vec!["The two sides agreed to increase direct flights."];
        en.extend(ELSE);
        en.push("From June on, tourist visas will be waived.");
        assert_eq!(joined(&zh, &en), [(vec![0], vec![0, 4])]);
    }

    #[test]
    fn one_sentence_that_says_what_two_do_is_a_group_with_them() {
        let zh = ["博物馆将于五月重新开放。", "门票价格不变。", "市长没有出席晚宴。"];
        let mut en = vec!["The museum will reopen in May, and the price of tickets will not change."];
        en.extend(ELSE);
        assert_eq!(joined(&zh, &en), [(vec![0, 1], vec![0])]);
    }

    #[test]
    fn two_sentences_that_both_say_all_of_it_stay_apart() {
        let zh = ["博物馆将于五月重新开放。", "市长没有出席晚宴。"];
        let mut en = vec!["The museum will reopen in May."];
        en.extend(ELSE);
        en.push("In May the museum will open again.");
        assert_eq!(joined(&zh, &en), []);
    }
}
