//! The rules of the house, kept by reading the sources: the order of the stages, and what stands in no file.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::fs;
use std::path::{Path, PathBuf};

/// Threads are started over documents and in training, and nowhere else: what a stage does, it does on the thread it is
/// called on. The program says how many there are, and `doctor` tells.
const MAY_USE_RAYON: [&str; 5] = [
    "batch",
    "lexicon/train/corpus",
    "lexicon/train/table",
    "cli",
    "cli/doctor",
];
/// Nothing is left for later, and nothing is put off with a panic.
const NOTES_TO_SELF: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
const MACROS_OF_DRAFTS: [&str; 3] = ["todo", "unimplemented", "dbg"];
/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "manager", "misc"];
/// Folders of the root that are made and not written.
const MADE: [&str; 1] = ["target"];

#[test]
fn no_stage_uses_a_stage_below_it() {
    let stages = stages();
    assert!(stages.len() >= 10, "src/lib.rs was read as {stages:?}");
    let faults = sources(&["src"])
        .iter()
        .flat_map(|source| climbs(source, &stages))
        .collect();
    report(faults);
}

#[test]
fn a_use_of_a_stage_below_is_found_wherever_it_hides() {
    let stages = ["span", "split", "align"].map(String::from);
    let uses = |path: &str, text: &str| climbs(&Source::new(path, text), &stages).len();
    assert_eq!(
        uses(
            "src/split/zh.rs",
            "use crate::span::Span; use crate::split::en; use super::en;"
        ),
        0
    );
    assert_eq!(uses("src/split/zh.rs", "use crate::align::Bead;"), 1);
    assert_eq!(
        uses(
            "src/split/zh.rs",
            "use crate::{\n    span::{self, align},\n    align::{Bead, span},\n};"
        ),
        1
    );
    assert_eq!(
        uses(
            "src/split/zh.rs",
            "fn f() -> crate::align::Bead { crate::align::new(vec![crate::align::NONE]) }"
        ),
        3
    );
    assert_eq!(uses("src/split/zh.rs", "use super::super::align::Bead;"), 1);
    assert_eq!(
        uses("src/split/mod.rs", "pub(super) fn f() { super::align::f() }"),
        1
    );
    assert_eq!(uses("src/span.rs", "use super::{split, align};"), 2);
    assert_eq!(
        uses(
            "src/split/zh.rs",
            "//! crate::align\n/// use crate::align;\n// crate::align\nconst S: &str = \"crate::align::\";"
        ),
        0
    );
    assert_eq!(
        uses(
            "src/split/zh.rs",
            "#[cfg(test)]\nmod tests { use crate::align::Bead; }"
        ),
        0
    );
    assert_eq!(
        uses(
            "src/split/zh.rs",
            "#[cfg(test)]\nmod tests { }\nuse crate::align::Bead;"
        ),
        1
    );
    assert_eq!(
        climbs(&Source::new("src/span.rs", "\n\nuse crate::split;"), &stages),
        [
            "src/span.rs:3: span uses split, which stands below it in src/lib.rs; \
          let split hand in what span needs, or move what both need into a stage above"
        ]
    );
}

#[test]
fn threads_are_started_only_where_it_is_allowed() {
    let mut faults = Vec::new();
    for source in sources(&["src"]) {
        let module = source.module();
        let allowed = MAY_USE_RAYON.contains(&&*module);
        for token in source
            .tokens
            .iter()
            .filter(|token| token.text == "rayon" && !allowed)
        {
            faults.push(format!(
                "{}:{}: rayon is for {MAY_USE_RAYON:?}; call this from there, on one thread",
                source.path, token.line
            ));
        }
    }
    report(faults);
}

#[test]
fn nothing_in_the_program_unwraps_or_is_a_draft() {
    let mut faults = Vec::new();
    for source in sources(&["src"]) {
        for window in source.tokens.windows(4) {
            let place = format!("{}:{}", source.path, window[0].line);
            match [0, 1, 2, 3].map(|place| &*window[place].text) {
                [".", "unwrap", "(", ")"] => faults.push(format!(
                    "{place}: .unwrap(); return an Error, or say in .expect() why it cannot fail"
                )),
                [name, "!", ..] if MACROS_OF_DRAFTS.contains(&name) => {
                    faults.push(format!("{place}: {name}!; finish it or leave it out"));
                }
                _ => {}
            }
        }
    }
    report(faults);
}

#[test]
fn every_file_says_first_what_it_is_and_leaves_nothing_for_later() {
    let mut faults = Vec::new();
    for source in sources(&["src", "tests", "examples"]) {
        if !source.text.starts_with("//! ") {
            faults.push(format!(
                "{}:1: no opening; say in one //! sentence what comes in and what goes out",
                source.path
            ));
        }
        let name = source.module();
        if let Some(empty) = EMPTY_NAMES
            .iter()
            .find(|&&empty| name.split('/').any(|part| part == empty))
        {
            faults.push(format!("{}: {empty} is no name; say what is inside", source.path));
        }
        for (number, line) in source.text.lines().enumerate() {
            let mut words = line.split(|c: char| !c.is_alphanumeric());
            if let Some(note) = words.find(|word| NOTES_TO_SELF.contains(word)) {
                faults.push(format!(
                    "{}:{}: {note}; do it or file an issue",
                    source.path,
                    number + 1
                ));
            }
        }
    }
    report(faults);
}

#[test]
fn the_map_in_the_readme_names_every_folder_and_module() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap_or_default();
    let Some(map) = section(&readme, "## Map") else {
        println!("skipped: README.md has no section \"## Map\"");
        return;
    };
    let folders = children(&root()).into_iter().filter(|path| path.is_dir());
    let folders = folders
        .map(|path| name(&path))
        .filter(|name| !name.starts_with('.') && !MADE.contains(&&**name));
    let modules = children(&root().join("src"))
        .into_iter()
        .map(|path| path.with_extension(""));
    let modules = modules
        .map(|path| name(&path))
        .filter(|name| name != "lib" && name != "main");
    let names = folders.chain(modules);
    let missing = names.filter(|name| !names_in(map).any(|named| named == name));
    report(
        missing
            .map(|name| format!("README.md: the map says nothing of {name}; add a line"))
            .collect(),
    );
}

/// The text under a heading, up to the next of its rank.
fn section<'a>(text: &'a str, heading: &str) -> Option<&'a str> {
    let start = text.find(&format!("\n{heading}\n"))? + heading.len() + 2;
    let rest = &text[start..];
    Some(&rest[..rest.find("\n## ").unwrap_or(rest.len())])
}

/// What a map names: `align/`, `span.rs`, and paths that lead there.
fn names_in(map: &str) -> impl Iterator<Item = &str> {
    map.split(|c: char| c.is_whitespace() || "`|()[],;:".contains(c))
        .filter_map(|word| word.strip_suffix('/').or(word.strip_suffix(".rs")))
        .flat_map(|path| path.split('/'))
}

/// The modules of `src/lib.rs`, in order.
fn stages() -> Vec<String> {
    let path = root().join("src/lib.rs");
    let library = Source::read(&path);
    let modules = library
        .tokens
        .windows(3)
        .filter(|window| window[0].text == "mod" && window[2].text == ";");
    modules.map(|window| window[1].text.clone()).collect()
}

/// The places where a file uses a stage below its own.
fn climbs(source: &Source, stages: &[String]) -> Vec<String> {
    let place = |name: &str| stages.iter().position(|stage| stage == name);
    let module = source.module();
    let own = module.split('/').next().expect("a split has a first part");
    let Some(own_place) = place(own) else {
        return Vec::new();
    };
    let below = source.used_from_the_root();
    let below = below.filter(|token| place(&token.text).is_some_and(|used| used > own_place));
    below
        .map(|Token { text: used, line }| {
            format!(
                "{}:{line}: {own} uses {used}, which stands below it in src/lib.rs; \
                 let {used} hand in what {own} needs, or move what both need into a stage above",
                source.path
            )
        })
        .collect()
}

/// A file of the repository, and its tokens without comments and without what is only for tests.
struct Source {
    /// From the root, with `/`.
    path: String,
    text: String,
    tokens: Vec<Token>,
}

#[derive(Debug, Clone)]
struct Token {
    text: String,
    line: usize,
}

impl Source {
    fn read(path: &Path) -> Source {
        let text = fs::read_to_string(path).expect("a source file can be read");
        let parts: Vec<String> = path
            .strip_prefix(root())
            .expect("a source lies below the root")
            .iter()
            .map(|part| part.to_string_lossy().into())
            .collect();
        Source::new(&parts.join("/"), &text)
    }

    fn new(path: &str, text: &str) -> Source {
        let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        Source {
            path: path.into(),
            text: text.into(),
            tokens,
        }
    }

    /// `src/split/mod.rs` is `split`, `src/split/zh.rs` is `split/zh`.
    fn module(&self) -> String {
        let path = self.path.strip_suffix(".rs").expect("sources end in .rs");
        let inside = path.split_once('/').map_or(path, |(_, inside)| inside);
        inside.strip_suffix("/mod").unwrap_or(inside).into()
    }

    /// What follows `crate::`, or as many `super::` as lead to the root, with the places of a `{...}` one by one.
    fn used_from_the_root(&self) -> impl Iterator<Item = &Token> {
        let depth = self.module().split('/').count();
        let is_path = |at: usize| {
            self.tokens[at..]
                .iter()
                .take(2)
                .filter(|token| token.text == ":")
                .count()
                == 2
        };
        let starts = (0..self.tokens.len()).filter_map(move |at| {
            let mut next = at;
            match &*self.tokens[at].text {
                "crate" => next += 1,
                "super" if at < 3 || self.tokens[at - 3].text != "super" => {
                    for _ in 0..depth {
                        let goes_on = self.tokens.get(next).is_some_and(|token| token.text == "super");
                        next += if goes_on { 1 } else { return None };
                        next += if is_path(next) { 2 } else { return None };
                    }
                    return Some(next);
                }
                _ => return None,
            }
            is_path(next).then_some(next + 2)
        });
        starts.flat_map(|start| self.heads(start))
    }

    /// The first names of the paths that start here.
    fn heads(&self, start: usize) -> Vec<&Token> {
        let tokens = &self.tokens[start..];
        if tokens.first().is_none_or(|token| token.text != "{") {
            return tokens.first().into_iter().collect();
        }
        let mut heads = Vec::new();
        let mut depth = 0;
        for pair in tokens.windows(2) {
            match &*pair[0].text {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            if depth == 1 && (pair[0].text == "," || heads.is_empty()) {
                heads.push(&pair[1]);
            }
        }
        heads
    }
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let line = tree.span().start().line;
        let mut push = |text: &str, line: usize| {
            tokens.push(Token {
                text: text.into(),
                line,
            })
        };
        match &tree {
            TokenTree::Punct(mark) if mark.as_char() == '#' && trees.peek().is_some_and(is_cfg_test) => {
                let ends = |tree: &TokenTree| match tree {
                    TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                    TokenTree::Punct(mark) => mark.as_char() == ';',
                    _ => false,
                };
                while trees.next().is_some_and(|tree| !ends(&tree)) {}
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                push(open, line);
                flatten(group.stream(), tokens);
                tokens.push(Token {
                    text: close.into(),
                    line: group.span_close().start().line,
                });
            }
            other => push(&other.to_string(), line),
        }
    }
}

fn is_cfg_test(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if group.stream().to_string().replace(' ', "") == "cfg(test)")
}

/// All Rust files below some folders of the root.
fn sources(folders: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for path in children(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(Source::read(&path));
            }
        }
    }
    assert!(!found.is_empty());
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.expect("a folder can be read").path())
        .collect()
}

fn name(path: &Path) -> String {
    path.file_name()
        .expect("a child has a name")
        .to_string_lossy()
        .into()
}

fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

fn report(faults: Vec<String>) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
