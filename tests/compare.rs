//! Texts that are no translations of each other: links and quotations against gold, the page in a browser.

mod common;

use common::gold;
use duizhao::compare::{Event, Links, QuoteKind, Text, Weights, link};
use duizhao::ingest::{Document, Settings, Source, read};
use duizhao::language::Side;
use duizhao::lexicon::Lexicon;
use duizhao::split::Split;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

type Pairs = BTreeSet<(usize, usize)>;

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn document(path: &Path) -> Document {
    let source = Source {
        name: path.display().to_string(),
        bytes: fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    };
    read(source, &Settings::default()).unwrap()
}

fn event(folder: &str) -> Vec<Document> {
    event_as_told(folder, "coverage.en.txt")
}

/// Both readouts, and coverage in one of the languages.
fn event_as_told(folder: &str, coverage: &str) -> Vec<Document> {
    ["readout.zh.txt", "readout.en.txt", coverage]
        .map(|name| document(&corpora().join(folder).join(name)))
        .into()
}

/// Links that the program stands by, right ones, gold ones; pairs that are neither right nor wrong left out.
fn counts(zh: &str, en: &str, good: &Pairs, soft: &Pairs) -> (usize, usize, usize) {
    let lexicon = Lexicon::embedded();
    let text = |side, lines: &str| Text::new(side, &lines.lines().collect::<Vec<_>>(), lexicon);
    let Links { links, .. } = link(
        &text(Side::Zh, zh),
        &text(Side::En, en),
        lexicon,
        Weights::embedded(),
    );
    let found: Pairs = links
        .iter()
        .filter(|link| link.label.is_link())
        .map(|link| (link.zh, link.en))
        .filter(|pair| good.contains(pair) || !soft.contains(pair))
        .collect();
    (found.len(), found.intersection(good).count(), good.len())
}

fn f1(counts: &[(usize, usize, usize)]) -> f64 {
    let (found, right, gold) = counts.iter().fold((0, 0, 0), |sum, one| {
        (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2)
    });
    2.0 * right as f64 / (found + gold) as f64
}

fn numbers(list: &str) -> Vec<usize> {
    let numbers = list.split([',', ' ']).filter(|number| !number.is_empty());
    numbers
        .map(|number| number.parse().expect("a line number"))
        .collect()
}

fn cross(zh: &[usize], en: &[usize]) -> Pairs {
    zh.iter()
        .flat_map(|&zh| en.iter().map(move |&en| (zh, en)))
        .collect()
}

/// Links of a table with columns `label`, `zh`, `en`: those that count, and those labelled `topic`.
fn links(path: &Path) -> (Pairs, Pairs) {
    let (mut good, mut soft) = (Pairs::new(), Pairs::new());
    for line in text(path).lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let pairs = cross(&numbers(columns[1]), &numbers(columns[2]));
        if columns[0] == "topic" {
            &mut soft
        } else {
            &mut good
        }
        .extend(pairs);
    }
    (good, soft)
}

/// Files of a folder that end so, by name, without the ending.
fn stems(folder: &Path, ending: &str) -> Vec<String> {
    let mut stems: Vec<String> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .filter_map(|entry| {
            entry
                .unwrap()
                .path()
                .to_str()?
                .strip_suffix(ending)
                .map(str::to_owned)
        })
        .collect();
    stems.sort();
    stems
}

/// The weights were learned from these, too: this keeps the program from getting worse. What it does on events that the
/// weights had not seen, `examples/link_weights.rs` prints.
#[test]
fn the_samples_are_linked_as_well_as_ever() {
    let folder = corpora().join("event");
    let zh = text(&folder.join("readout.zh.sent"));
    let counts: Vec<_> = ["readout", "coverage"]
        .iter()
        .map(|name| {
            let (good, soft) = links(&folder.join(format!("{name}.links.tsv")));
            counts(&zh, &text(&folder.join(format!("{name}.en.sent"))), &good, &soft)
        })
        .collect();
    let f1 = f1(&counts);
    assert!(f1 >= 0.76, "F1 {f1:.3}");
}

/// How far the part of a passage that a link names is the one that a reader would: letters of both over letters of either.
#[test]
fn links_name_the_clauses_that_say_the_same() {
    let folder = corpora().join("event");
    let zh = text(&folder.join("readout.zh.sent"));
    let lexicon = Lexicon::embedded();
    let (mut found, mut overlaps) = (0, Vec::new());
    for name in ["readout", "coverage"] {
        let en = text(&folder.join(format!("{name}.en.sent")));
        let (zh, en): (Vec<&str>, Vec<&str>) = (zh.lines().collect(), en.lines().collect());
        let Links { links, .. } = link(
            &Text::new(Side::Zh, &zh, lexicon),
            &Text::new(Side::En, &en, lexicon),
            lexicon,
            Weights::embedded(),
        );
        for line in text(&folder.join("parts.tsv")).lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let (at, to) = (numbers(columns[1])[0], numbers(columns[2])[0]);
            if columns[0] != name {
                continue;
            }
            let Some(link) = links.iter().find(|link| (link.zh, link.en) == (at, to)) else {
                println!("{name}: {at} and {to} are not even candidates");
                continue;
            };
            found += 1;
            for (passage, span, part) in [
                (zh[at], link.zh_part, columns[3]),
                (en[to], link.en_part, columns[4]),
            ] {
                let start = passage
                    .find(part)
                    .unwrap_or_else(|| panic!("{part} is in {passage}"));
                let end = start + part.len();
                let both = span.end().min(end).saturating_sub(span.start().max(start));
                let either = span.end().max(end) - span.start().min(start);
                let overlap = both as f64 / either as f64;
                let whole = part.len() as f64 / passage.len() as f64;
                if overlap < 0.9 {
                    println!(
                        "{name} {at} {to}: {overlap:.2}, not {whole:.2}: {}",
                        span.of(passage)
                    );
                }
                overlaps.push((overlap, whole));
            }
        }
    }
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| overlaps.iter().map(of).sum::<f64>() / overlaps.len() as f64;
    let (overlap, whole) = (mean(&|one| one.0), mean(&|one| one.1));
    println!("{found} links: overlap {overlap:.3}; of whole passages {whole:.3}");
    assert!(overlap >= 0.83, "overlap {overlap:.3}");
}

#[test]
fn gold_readouts_are_linked() {
    let Some(folder) = gold().map(|gold| gold.join("readouts")) else {
        println!("skipped: no gold folder");
        return;
    };
    let counts: Vec<_> = stems(&folder, ".links.tsv")
        .iter()
        .map(|stem| {
            let (good, soft) = links(Path::new(&format!("{stem}.links.tsv")));
            let side = |lang: &str| text(Path::new(&format!("{stem}.{lang}")));
            counts(&side("zh"), &side("en"), &good, &soft)
        })
        .collect();
    let f1 = f1(&counts);
    assert!(f1 >= 0.80, "F1 {f1:.3}");
}

#[test]
fn translations_with_gaps_and_moved_blocks_are_linked_line_by_line() {
    let Some(folder) = gold().map(|gold| gold.join("comparable-news")) else {
        println!("skipped: no gold folder");
        return;
    };
    let counts: Vec<_> = stems(&folder, ".gold")
        .iter()
        .map(|stem| {
            let side = |lang: &str| text(Path::new(&format!("{stem}.{lang}")));
            let mut good = Pairs::new();
            for line in text(Path::new(&format!("{stem}.gold"))).lines() {
                let (zh, en) = line.split_once(':').expect("[zh]:[en]");
                let inside = |side: &str| numbers(side.trim_matches(['[', ']']));
                good.extend(cross(&inside(zh), &inside(en)));
            }
            counts(&side("zh"), &side("en"), &good, &Pairs::new())
        })
        .collect();
    let f1 = f1(&counts);
    assert!(f1 >= 0.955, "F1 {f1:.3}");
}

#[test]
fn quotations_are_found_with_their_kind_and_no_others() {
    let (mut found, mut right, mut gold) = (0, 0, 0);
    let samples = [
        ("event", "coverage.en.txt", "quotes.tsv"),
        ("harbour", "coverage.en.txt", "quotes.tsv"),
        ("harbour", "coverage.zh.txt", "quotes.zh.tsv"),
    ];
    for (folder, coverage, table) in samples {
        let documents = event_as_told(folder, coverage);
        let event = Event::compare(&documents, Split::Sentence, Lexicon::embedded()).unwrap();
        let side = |source: usize| {
            if event.sources[source].side == Side::Zh {
                "zh"
            } else {
                "en"
            }
        };
        let quotes: BTreeSet<String> = event
            .quotes
            .iter()
            .map(|quote| {
                format!(
                    "{}\t{}\t{}\t{}",
                    quote.passage,
                    quote.quoted,
                    side(quote.readout),
                    quote.kind.name()
                )
            })
            .collect();
        let table = text(&corpora().join(folder).join(table));
        let known: BTreeSet<String> = table.lines().skip(1).map(String::from).collect();
        for missed in known.difference(&quotes) {
            println!("{folder}/{coverage}: missed {missed}");
        }
        for wrong in quotes.difference(&known) {
            println!("{folder}/{coverage}: wrong {wrong}");
        }
        found += quotes.len();
        right += quotes.intersection(&known).count();
        gold += known.len();
        assert!(
            event
                .quotes
                .iter()
                .any(|quote| quote.kind == QuoteKind::Translated)
        );
    }
    assert!(right * 100 >= gold * 95, "{right} of {gold} quotations found");
    assert!(
        right * 100 >= found * 95,
        "{right} of {found} found are quotations"
    );
}

#[test]
fn every_link_is_in_one_group_and_groups_are_of_links_alone() {
    let documents = event("event");
    let event = Event::compare(&documents, Split::Sentence, Lexicon::embedded()).unwrap();
    let mut larger = 0;
    for pair in &event.pairs {
        let mut grouped = BTreeSet::new();
        for (number, group) in pair.groups.iter().enumerate() {
            larger += usize::from(group.links.len() > 1);
            let links = group.links.iter().map(|&link| &pair.links[link]);
            let (mut zh, mut en) = (BTreeSet::new(), BTreeSet::new());
            for link in links {
                assert_eq!(link.group, Some(number));
                assert!(link.label.is_link() && link.score >= group.score);
                assert!(grouped.insert((link.zh, link.en)));
                zh.insert(link.zh);
                en.insert(link.en);
            }
            assert_eq!(group.zh, Vec::from_iter(zh));
            assert_eq!(group.en, Vec::from_iter(en));
        }
        let linked = pair.links.iter().filter(|link| link.label.is_link());
        assert_eq!(linked.count(), grouped.len());
    }
    assert!(larger > 0);
}

#[test]
fn the_order_of_the_documents_changes_no_link() {
    let mut documents = event("event");
    let pairs = |documents: &[Document]| {
        let event = Event::compare(documents, Split::Sentence, Lexicon::embedded()).unwrap();
        let pair = event
            .pairs
            .iter()
            .find(|pair| event.sources[pair.zh].side != event.sources[pair.en].side);
        pair.unwrap().links.clone()
    };
    documents.truncate(2);
    let before = pairs(&documents);
    documents.reverse();
    assert_eq!(pairs(&documents), before);
}

#[test]
fn a_line_that_is_a_date_is_no_passage_and_moves_no_link() {
    let documents = event("event");
    let dated = documents.iter().map(|document| {
        let (title, body) = document.text.split_once('\n').unwrap();
        let source = Source {
            name: document.source.clone(),
            bytes: format!("{title}\n\n2034-06-13\n\n{body}").into(),
        };
        read(source, &Settings::default()).unwrap()
    });
    let links = |documents: &[Document]| {
        let event = Event::compare(documents, Split::Sentence, Lexicon::embedded()).unwrap();
        let pairs = event.pairs.into_iter().map(|pair| pair.links);
        pairs.collect::<Vec<_>>()
    };
    assert_eq!(links(&dated.collect::<Vec<_>>()), links(&documents));
}

#[test]
fn what_is_in_no_other_source_is_named() {
    let documents = event("event");
    let event = Event::compare(&documents, Split::Sentence, Lexicon::embedded()).unwrap();
    let alone: Vec<&str> = event
        .gaps(0)
        .iter()
        .map(|&passage| event.sources[0].passages[passage].text)
        .collect();
    assert!(alone.contains(&"历史告诉我们，合则两利，斗则俱伤。"), "{alone:?}");
    for statement in event.statements() {
        assert!(statement.found[statement.source].is_some());
    }
}

#[test]
fn a_browser_shows_the_page_and_its_script_marks_what_is_linked() {
    let chromium = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| {
            Command::new(name)
                .arg("--version")
                .output()
                .is_ok_and(|output| output.status.success())
        });
    let Some(chromium) = chromium else {
        println!("skipped: no Chromium");
        return;
    };
    let documents = event("event");
    let event = Event::compare(&documents, Split::Sentence, Lexicon::embedded()).unwrap();
    let mut page = Vec::new();
    duizhao::compare::page::write(&mut page, "event", &event).unwrap();
    // A reader who points at the second Chinese sentence and at one of which others say a clause, then asks for what one
    // source alone says.
    let reader = "<script>for (const id of ['s0p1', 's0p18'])\
                  document.getElementById(id).dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));\
                  document.querySelector('[value=alone]').click();</script></body>";
    let page = String::from_utf8(page).unwrap().replace("</body>", reader);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("event.html");
    fs::write(&path, page).unwrap();
    let output = Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--dump-dom",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        ))
        .arg(format!("file://{}", path.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    let class = |id: &str| {
        let tag = dom
            .split(&format!("id=\"{id}\" class=\""))
            .nth(1)
            .expect("the passage is in the page");
        tag.split('"').next().unwrap_or_default().to_owned()
    };
    assert!(
        class("s0p1").contains("lit") && class("s1p1").contains("lit"),
        "{} / {}",
        class("s0p1"),
        class("s1p1")
    );
    assert!(!class("s1p2").contains("lit"));
    let clauses = [
        "<span class=\"rest\">渔民靠海吃海，他们的合法权益应当得到尊重，</span>",
        "<span class=\"lit\">执法不能动辄使用高压水炮。</span>",
    ];
    assert!(dom.contains(&clauses.concat()));
    assert!(dom.contains("<body class=\"show-alone\">"));
}
