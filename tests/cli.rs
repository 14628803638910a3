//! The program as its users run it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn duizhao() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duizhao"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn run(arguments: &[&str]) -> Output {
    duizhao().args(arguments).output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("the folder is there") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).expect("the file can be read");
                files.insert(
                    path.strip_prefix(folder).expect("it lies below").to_owned(),
                    bytes,
                );
            }
        }
    }
    files
}

/// Copies of the sample story under many names: a batch that takes a while.
fn many_stories(folder: &Path, number: usize) {
    for side in ["zh", "en"] {
        std::fs::create_dir_all(folder.join(side)).expect("a folder can be made");
        let story = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("corpora/pairs/story.{side}.txt"));
        for index in 0..number {
            std::fs::copy(&story, folder.join(side).join(format!("story{index:03}.txt"))).expect("a copy");
        }
    }
}

#[test]
fn two_documents_become_rows_on_standard_output() {
    let output = run(&[
        "align",
        "corpora/pairs/letter.zh.txt",
        "corpora/pairs/letter.en.txt",
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    let text = stdout(&output);
    let header = text.lines().next().expect("a header");
    assert_eq!(
        header,
        "src_url\ttrg_url\tsrc_text\ttrg_text\taligner_score\tpair_id\tdoc_pair_id\tlink_no\talign_type\t\
         src_sent_ids\ttrg_sent_ids\tsrc_lang\ttrg_lang\tflags\tstatus"
    );
    assert!(text.lines().skip(1).all(|line| line.split('\t').count() == 15));
    assert!(text.lines().count() > 30);
}

#[test]
fn the_english_document_may_come_first_or_from_standard_input() {
    let right = run(&[
        "align",
        "corpora/pairs/letter.zh.txt",
        "corpora/pairs/letter.en.txt",
    ]);
    let swapped = run(&[
        "align",
        "corpora/pairs/letter.en.txt",
        "corpora/pairs/letter.zh.txt",
    ]);
    assert_eq!(stdout(&right), stdout(&swapped));
    assert!(
        stderr(&swapped).contains("taken in that order"),
        "{}",
        stderr(&swapped)
    );
    let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/pairs/letter.en.txt"));
    let mut child = duizhao()
        .args(["align", "corpora/pairs/letter.zh.txt", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it has a standard input");
    stdin
        .write_all(&text.expect("the sample is there"))
        .expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(
        stdout(&output)
            .replace("\t-\t", "\tcorpora/pairs/letter.en.txt\t")
            .lines()
            .count(),
        stdout(&right).lines().count()
    );
}

#[test]
fn every_sentence_comes_out_in_exactly_one_row() {
    for name in ["story", "essay", "traditional", "news"] {
        let paths = ["zh", "en"].map(|side| format!("corpora/pairs/{name}.{side}.txt"));
        let rows = stdout(&run(&["align", "-q", &paths[0], &paths[1]]));
        for (path, column) in [(&paths[0], 9), (&paths[1], 10)] {
            let sentences = stdout(&run(&["split", "-q", path]));
            let wanted: Vec<&str> = sentences
                .lines()
                .skip(1)
                .filter_map(|line| line.split('\t').nth(1))
                .collect();
            let found: Vec<&str> = rows
                .lines()
                .skip(1)
                .filter_map(|line| line.split('\t').nth(column))
                .flat_map(|ids| ids.split_whitespace())
                .collect();
            assert_eq!(wanted, found, "{path}");
        }
    }
}

#[test]
fn each_format_is_written_by_its_extension() {
    let folder = tempfile::tempdir().expect("a folder to work in");
    for (name, begins) in [
        ("a.tsv", "src_url\t"),
        ("a.jsonl", "{\"src_url\":"),
        ("a.tmx", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        ("a.vecalign", "[0]:[0]:"),
        ("a.html", "<!doctype html>"),
    ] {
        let path = folder.path().join(name);
        let path_text = path.to_str().expect("a temporary path is UTF-8");
        let output = run(&[
            "align",
            "-q",
            "corpora/pairs/news.zh.txt",
            "corpora/pairs/news.en.txt",
            "-o",
            path_text,
        ]);
        assert!(output.status.success(), "{}", stderr(&output));
        let text = std::fs::read_to_string(&path).expect("the output is there");
        assert!(
            text.to_lowercase().starts_with(&begins.to_lowercase()),
            "{name} begins {:?}",
            &text[..60]
        );
        assert!(folder.path().join("a.manifest.json").is_file());
    }
    let moses = folder.path().join("m");
    let moses_text = moses.to_str().expect("a temporary path is UTF-8");
    run(&[
        "align",
        "-q",
        "corpora/pairs/news.zh.txt",
        "corpora/pairs/news.en.txt",
        "--format",
        "moses",
        "-o",
        moses_text,
    ]);
    let lines = |side: &str| {
        std::fs::read_to_string(moses.with_extension(side))
            .expect("it is there")
            .lines()
            .count()
    };
    assert_eq!(lines("zh"), lines("en"));
}

#[test]
fn a_command_that_cannot_be_carried_out_says_why_and_exits_with_2() {
    let empty = tempfile::NamedTempFile::with_suffix(".zh.txt").expect("a file");
    let empty = empty.path().to_str().expect("a temporary path is UTF-8");
    let en = "corpora/pairs/news.en.txt";
    for (arguments, says) in [
        (
            vec!["align", "corpora/pairs/nowhere.zh.txt", en],
            "corpora/pairs/nowhere.zh.txt: No such file",
        ),
        (vec!["align", empty, en], "empty"),
        (
            vec!["align", "corpora/pairs/news.zh.txt", en, "--format", "moses"],
            "name them with -o",
        ),
        (vec!["align", "corpora/pairs", en], "a folder where a file is due"),
        (
            vec![
                "align",
                "corpora/encodings/gb18030.txt",
                en,
                "--encoding",
                "utf-8",
            ],
            "not valid UTF-8",
        ),
        (vec!["align", "corpora/lexicon.bin", en], "this is no text"),
        (
            vec!["eval", "--gold", "corpora/pairs", "--test", en],
            "one is a folder",
        ),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            stderr(&output).contains(says),
            "{arguments:?} says {:?}",
            stderr(&output)
        );
        assert!(stdout(&output).is_empty(), "{arguments:?} printed something");
    }
}

#[test]
fn what_is_read_is_not_written_over_and_a_name_must_say_its_format() {
    let work = tempfile::tempdir().expect("a folder to work in");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let zh = work.path().join("letter.zh.txt");
    std::fs::copy(root.join("corpora/pairs/letter.zh.txt"), &zh).expect("a copy");
    let zh_text = zh.to_str().expect("UTF-8");
    let (en, odd) = ("corpora/pairs/letter.en.txt", work.path().join("letter.odd"));
    for (output, says) in [
        (zh_text, "is read and cannot be written to"),
        (odd.to_str().expect("UTF-8"), "say it with --format"),
    ] {
        let output = run(&["align", zh_text, en, "-o", output]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(says), "{}", stderr(&output));
    }
    let same = std::fs::read(&zh).expect("it is there")
        == std::fs::read(root.join("corpora/pairs/letter.zh.txt")).expect("it is there");
    assert!(same && !odd.exists());
}

/// Links say by ids alone what they pair, so what they point at must be there.
#[test]
fn links_are_written_with_the_documents_they_point_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let inputs = ["corpora/pairs/page.zh.html", "corpora/pairs/page.en.html"];
    let aligned = run(&["align", inputs[0], inputs[1], "-q"]);
    // All that an id can say: texts, score, ids and the sentences' numbers.
    let told = |rows: &str| -> Vec<Vec<String>> {
        let fields = |row: &str| row.split('\t').skip(2).take(9).map(str::to_owned).collect();
        rows.lines().map(fields).collect()
    };
    for format in ["xces", "intertext"] {
        let output = path("page.xml");
        let written = run(&[
            "align", inputs[0], inputs[1], "-o", &output, "--format", format, "-q",
        ]);
        assert!(written.status.success(), "{}", stderr(&written));
        let read = run(&["convert", &output, "-", "-q"]);
        assert_eq!(
            told(&stdout(&read)),
            told(&stdout(&aligned)),
            "{format}: {}",
            stderr(&read)
        );
    }
    let output = path("page.zh.xml");
    for (arguments, message) in [
        (
            vec!["-o", &output],
            "one of the documents it points at has this name",
        ),
        (vec!["--format", "xces"], "name the alignment with -o PATH"),
    ] {
        let refused = run(&[&["align", inputs[0], inputs[1], "-q"], &arguments[..]].concat());
        assert!(stderr(&refused).contains(message), "{}", stderr(&refused));
    }
}

#[test]
fn two_documents_in_one_language_are_no_pair() {
    let zh = "corpora/pairs/letter.zh.txt";
    let output = run(&["align", zh, zh]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("is not English"), "{}", stderr(&output));
    assert!(stdout(&output).is_empty());
}

#[test]
fn a_corpus_never_takes_the_name_of_a_file_of_the_run() {
    let work = tempfile::tempdir().expect("a folder to work in");
    let input = work.path().join("in");
    std::fs::create_dir_all(&input).expect("a folder can be made");
    for side in ["zh", "en"] {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("corpora/pairs/letter.{side}.txt"));
        std::fs::copy(sample, input.join(format!("errors.{side}.txt"))).expect("a copy");
    }
    let out = work.path().join("out");
    let arguments = [
        "align",
        input.to_str().expect("UTF-8"),
        "--format",
        "jsonl",
        "-o",
        out.to_str().expect("UTF-8"),
    ];
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("choose another --format"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_only_pair_of_a_folder_that_fails_is_named_as_any_other() {
    let work = tempfile::tempdir().expect("a folder to work in");
    let input = work.path().join("in");
    many_stories(&input, 1);
    std::fs::write(input.join("zh/story000.txt"), "").expect("the file can be written");
    let out = work.path().join("out");
    let output = run(&[
        "align",
        input.to_str().expect("UTF-8"),
        "-o",
        out.to_str().expect("UTF-8"),
    ]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let files: Vec<PathBuf> = tree(&out).into_keys().collect();
    assert_eq!(
        files,
        [PathBuf::from("errors.jsonl"), PathBuf::from("manifest.json")]
    );
}

#[test]
fn a_lexicon_is_learned_from_a_memory_and_mixed_with_ours() {
    let work = tempfile::tempdir().expect("a folder to work in");
    let path = |name: &str| work.path().join(name).to_str().expect("UTF-8").to_owned();
    let (memory, table, own) = (path("own.tmx"), path("own.tsv"), path("own.lexicon"));
    // A word that is in no dictionary, in as many sentences as a small memory has.
    let pairs: String = (1..=40)
        .map(|day| {
            let zorbler = format!("第{day}天，砼泵坏了。\tOn day {day} the zorbler broke down.\n");
            zorbler + &format!("第{day}天，下雨了。\tIt rained on day {day}.\n")
        })
        .collect();
    std::fs::write(&table, format!("src_text\ttrg_text\n{pairs}")).expect("written");
    stdout(&run(&["convert", &table, &memory]));
    stdout(&run(&["lexicon", "train", "-q", &memory, "-o", &own]));
    for (side, text) in [
        ("zh", "砼泵坏了。\n水。\n"),
        ("en", "Rain.\nA zorbler.\nWater.\n"),
    ] {
        std::fs::write(path(&format!("site.{side}.txt")), text).expect("written");
    }
    let beads = |arguments: &[&str]| {
        let (zh, en) = (path("site.zh.txt"), path("site.en.txt"));
        let pair = ["align", "-q", &zh, &en, "--split", "line", "--format", "vecalign"];
        stdout(&run(&[&pair[..], arguments].concat()))
    };
    // Ours takes the unknown word for the rain, and the zorbler for water.
    assert!(!beads(&[]).contains("[1]:[2]:"));
    assert!(beads(&["--lexicon", &own]).contains("[1]:[2]:"));
}

#[test]
fn any_encoding_gives_the_same_rows() {
    let rows = |name: &str| {
        let path = format!("corpora/encodings/{name}.txt");
        stdout(&run(&["split", "-q", &path]))
            .lines()
            .map(|line| line.split('\t').next_back().unwrap_or("").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(rows("utf8"), rows("gb18030"));
    assert_eq!(rows("utf8"), rows("utf16le"));
    assert_eq!(rows("utf8-hant"), rows("big5"));
}

#[test]
fn an_output_that_ends_in_a_slash_is_a_folder_whatever_its_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = format!("{}/volume.2/", folder.path().display());
    let done = run(&["align", "corpora/pairs", "-o", &output, "-q"]);
    assert!(done.status.success(), "{}", stderr(&done));
    assert!(Path::new(&output).join("story.tsv").is_file());
}

#[test]
fn a_folder_gives_the_same_bytes_on_any_number_of_threads() {
    let work = tempfile::tempdir().expect("a folder to work in");
    let outputs: Vec<_> = ["1", "2", "8"]
        .map(|threads| {
            let out = work.path().join(threads);
            let output = run(&[
                "align",
                "-q",
                "corpora/pairs",
                "-o",
                out.to_str().expect("UTF-8"),
                "--threads",
                threads,
            ]);
            assert!(output.status.success(), "{}", stderr(&output));
            tree(&out)
        })
        .into();
    assert!(outputs[0].len() > 10, "{:?}", outputs[0].keys());
    assert!(outputs[0] == outputs[1] && outputs[0] == outputs[2]);
}

#[test]
fn a_document_that_fails_is_named_and_stops_nobody() {
    let work = tempfile::tempdir().expect("a folder to work in");
    let input = work.path().join("in");
    many_stories(&input, 3);
    let broken = input.join("zh/story001.txt");
    let mut text = std::fs::read(&broken).expect("the copy is there");
    text.insert(600, 0xff);
    std::fs::write(&broken, text).expect("the file can be written");
    let out = work.path().join("out");
    let (input, out_text) = (input.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    let output = run(&["align", "-q", input, "-o", out_text]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let errors = std::fs::read_to_string(out.join("errors.jsonl")).expect("it is there");
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(
        errors.contains("\"doc_pair_id\":\"story001\"") && errors.contains("\"kind\":\"decode\""),
        "{errors}"
    );
    assert!(out.join("story000.tsv").is_file() && out.join("story002.tsv").is_file());
    // Mended and run again, the folder is as if nothing had been wrong.
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/pairs/story.zh.txt");
    std::fs::copy(story, Path::new(input).join("zh/story001.txt")).expect("a copy");
    assert!(run(&["align", "-q", input, "-o", out_text]).status.success());
    assert!(out.join("story001.tsv").is_file() && !out.join("errors.jsonl").exists());
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_split_and_detected() {
    let (missing, story) = ("corpora/pairs/missing.txt", "corpora/pairs/story.zh.txt");
    for command in ["split", "detect"] {
        let both = run(&[command, "-q", missing, story]);
        assert_eq!(both.status.code(), Some(1), "{command}");
        assert!(stderr(&both).contains(missing), "{command}: {}", stderr(&both));
        let alone = run(&[command, "-q", story]);
        assert_eq!(alone.status.code(), Some(0), "{command}");
        assert_eq!(both.stdout, alone.stdout, "{command}");
        let none = run(&[command, "-q", missing, missing]);
        assert_eq!(none.status.code(), Some(2), "{command}");
        assert_eq!(stderr(&none).matches(missing).count(), 2, "{command}");
    }
}

#[test]
fn a_killed_run_goes_on_and_ends_with_the_bytes_of_an_uninterrupted_one() {
    let work = tempfile::tempdir().expect("a folder to work in");
    let input = work.path().join("in");
    many_stories(&input, 200);
    let input = input.to_str().expect("UTF-8");
    let (whole, cut) = (work.path().join("whole"), work.path().join("cut"));
    let start = |out: &Path| {
        let mut command = duizhao();
        command.args([
            "align",
            "-q",
            input,
            "--threads",
            "2",
            "-o",
            out.to_str().expect("UTF-8"),
        ]);
        command.spawn().expect("the program starts")
    };
    assert!(start(&whole).wait().expect("it ends").success());
    let mut child = start(&cut);
    let finished = |folder: &Path| {
        std::fs::read_dir(folder).map_or(0, |entries| {
            entries
                .filter(|entry| {
                    entry
                        .as_ref()
                        .is_ok_and(|entry| entry.path().extension().is_some_and(|e| e == "tsv"))
                })
                .count()
        })
    };
    while finished(&cut) < 5 {
        assert!(
            child.try_wait().expect("it can be asked").is_none(),
            "it ended before it could be killed"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
    // SIGKILL: nothing can be tidied up.
    child.kill().expect("it can be killed");
    child.wait().expect("it is dead");
    let before = finished(&cut);
    assert!(before < 200, "it was done before it was killed");
    let kept = std::fs::metadata(cut.join("story000.tsv"))
        .and_then(|file| file.modified())
        .expect("the first is done");
    assert!(start(&cut).wait().expect("it ends").success());
    let after = std::fs::metadata(cut.join("story000.tsv"))
        .and_then(|file| file.modified())
        .expect("the first is done");
    assert_eq!(kept, after, "finished work was done again");
    assert!(tree(&whole) == tree(&cut), "the bytes differ");
}

#[test]
fn a_bundle_is_cut_and_its_documents_are_paired() {
    let output = run(&["align", "corpora/bundle.txt"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let pairs: std::collections::BTreeSet<(String, String)> = stdout(&output)
        .lines()
        .skip(1)
        .map(|line| {
            let mut columns = line.split('\t').map(str::to_owned);
            (
                columns.next().unwrap_or_default(),
                columns.next().unwrap_or_default(),
            )
        })
        .collect();
    assert!(
        pairs.contains(&("corpora/bundle.txt#2".into(), "corpora/bundle.txt#3".into())),
        "{pairs:?}"
    );
    assert!(pairs.iter().all(|(zh, en)| zh != en));
}

#[test]
fn rows_below_a_score_are_left_out_and_their_sentences_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("it is text").to_owned();
    let (all, sure) = (path("all.tsv"), path("sure.tsv"));
    let pair = ["corpora/pairs/story.zh.txt", "corpora/pairs/story.en.txt"];
    stdout(&run(&["align", "-q", pair[0], pair[1], "-o", &all]));
    stdout(&run(&[
        "align",
        "-q",
        pair[0],
        pair[1],
        "-o",
        &sure,
        "--min-score",
        ".9",
    ]));
    let read = |path: &str| std::fs::read_to_string(path).expect("it was written");
    let (all, sure) = (read(&all), read(&sure));
    let score = |row: &&str| {
        row.split('\t')
            .nth(4)
            .expect("a score")
            .parse::<f32>()
            .unwrap_or(1.0)
    };
    let kept: Vec<&str> = all
        .lines()
        .filter(|row| row.starts_with("src_url") || score(row) >= 0.9)
        .collect();
    assert_eq!(sure.lines().collect::<Vec<_>>(), kept);
    assert!(
        kept.len() < all.lines().count(),
        "the sample has rows that score less"
    );
    let manifest = read(&path("sure.manifest.json"));
    let lost: Vec<&str> = all.lines().filter(|row| !kept.contains(row)).collect();
    for ids in lost.iter().flat_map(|row| row.split('\t').skip(9).take(2)) {
        ids.split(' ')
            .for_each(|id| assert!(manifest.contains(&format!("\"{id}\"")), "{id} is not named"));
    }
    assert!(manifest.contains("less than 0.9"));
    let wrong = run(&["align", pair[0], pair[1], "--min-score", "90"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn eval_tells_how_often_scores_are_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("it is written");
        path.to_str().expect("it is text").to_owned()
    };
    let gold = write("x.gold", "[0]:[0]\n[1]:[1,2]\n[2]:[3]\n[3]:[]\n");
    let test = write(
        "x.test",
        "[0]:[0]:0.95\n[1]:[1]:0.55\n[]:[2]:0\n[2]:[3]:0.95\n[3]:[]:0\n",
    );
    let table = stdout(&run(&["eval", "--gold", &gold, "--test", &test, "--reliability"]));
    assert!(table.contains("\n.9\t2\t0.9500\t1.0000\t1.0000\n"), "{table}");
    assert!(table.contains("\n.5\t1\t0.5500\t0.0000\t1.0000\n"), "{table}");
    // (2 x .05 + .55) / 3, and .45 for the bead that lies within one of gold.
    assert!(table.ends_with("error\t\t\t0.2167\t0.1833\n"), "{table}");
}

#[test]
fn eval_gives_the_figures_of_the_gold_and_full_marks_to_gold_itself() {
    let output = run(&["eval", "--gold", "corpora/pairs", "--test", "corpora/pairs"]);
    assert_eq!(
        stdout(&output),
        "measure\tprecision\trecall\tf1\nstrict\t1.0000\t1.0000\t1.0000\nlax\t1.0000\t1.0000\t1.0000\n",
        "{}",
        stderr(&output)
    );
}

#[test]
fn doctor_finds_the_program_well() {
    let output = run(&["doctor"]);
    assert!(output.status.success(), "{}", stdout(&output));
    assert!(stdout(&output).contains("(as expected)"));
}

#[test]
fn shells_and_man_are_served() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(&run(&["completions", shell])).contains("duizhao"));
    }
    let page = stdout(&run(&["man"]));
    assert!(
        page.contains(".TH duizhao 1") && page.contains("linked"),
        "{page}"
    );
}

#[test]
fn progress_is_json_when_asked_for_and_silent_when_quiet() {
    let work = tempfile::tempdir().expect("a folder to work in");
    let out = work.path().join("out");
    let arguments = [
        "align",
        "corpora/pairs",
        "-o",
        out.to_str().expect("UTF-8"),
        "--progress",
        "json",
    ];
    let said = stderr(&run(&arguments));
    let last = said
        .lines()
        .rfind(|line| line.starts_with('{'))
        .expect("a JSON line");
    let last: serde_json::Value = serde_json::from_str(last).expect("it is JSON");
    assert_eq!(
        (last["done"].as_u64(), last["failed"].as_u64()),
        (Some(11), Some(0))
    );
    let quiet = run(&["align", "-q", "corpora/pairs", "-o", out.to_str().expect("UTF-8")]);
    assert_eq!(stderr(&quiet), "");
}

/// Columns `event` and `source` of the list of events, sources without their folders.
fn members(folder: &Path) -> Vec<(String, String)> {
    let list = std::fs::read_to_string(folder.join("events.tsv")).expect("a list of events");
    let member = |line: &str| {
        let mut columns = line.split('\t');
        let (event, source) = (columns.next()?, columns.next()?);
        Some((event.to_owned(), source.rsplit('/').next()?.to_owned()))
    };
    list.lines().skip(1).filter_map(member).collect()
}

/// The documents of both sample events in one folder.
fn archive(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder can be made");
    for event in ["event", "harbour"] {
        for name in ["readout.zh.txt", "readout.en.txt", "coverage.en.txt"] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("corpora")
                .join(event)
                .join(name);
            std::fs::copy(from, folder.join(format!("{event}.{name}"))).expect("a copy");
        }
    }
}

#[test]
fn events_are_found_among_documents_and_a_file_that_cannot_be_read_stops_none() {
    let work = tempfile::tempdir().expect("a folder to work in");
    let (docs, out) = (work.path().join("docs"), work.path().join("out"));
    archive(&docs);
    let later = std::fs::read_to_string(docs.join("harbour.readout.en.txt")).expect("it is there");
    let later = later.lines().skip(1).collect::<Vec<_>>().join("\n");
    std::fs::write(docs.join("harbour.readout.en.update.txt"), later).expect("a file");
    std::fs::write(docs.join("torn.docx"), "no archive").expect("a file");
    let paths = [&docs, &out].map(|path| path.to_str().expect("UTF-8"));
    let arguments = [
        "compare", "--group", paths[0], "-o", paths[1], "--format", "links",
    ];
    let output = run(&arguments);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("torn.docx"), "{said}");
    let found = members(&out);
    let of = |event: &str| -> Vec<&str> {
        let members = found.iter().filter(|(of, _)| of == event);
        members.map(|(_, source)| &**source).collect()
    };
    let of_harbour = found
        .iter()
        .find(|(_, source)| source == "harbour.readout.zh.txt");
    let harbour = &of_harbour.expect("it is listed").0;
    assert_eq!(
        of(harbour),
        [
            "harbour.coverage.en.txt",
            "harbour.readout.en.txt",
            "harbour.readout.en.update.txt",
            "harbour.readout.zh.txt"
        ]
    );
    assert_eq!(found.len(), 7, "{found:?}");
    let list = std::fs::read_to_string(out.join("events.tsv")).expect("a list of events");
    let update = list
        .lines()
        .find(|line| line.contains("update"))
        .expect("it is listed");
    assert!(
        update.contains("\ten\t") && update.ends_with("harbour.readout.en.txt"),
        "{update}"
    );
    assert!(out.join(format!("{harbour}.links.tsv")).is_file());
    let before = tree(&out);
    let one = run(&[&arguments[..], &["--threads", "1"]].concat());
    assert_eq!(one.status.code(), Some(1));
    assert_eq!(tree(&out), before);
}

#[test]
fn a_manifest_names_events_and_a_row_that_cannot_be_read_fails_its_event_alone() {
    let work = tempfile::tempdir().expect("a folder to work in");
    let (docs, out) = (work.path().join("docs"), work.path().join("out"));
    archive(&docs);
    let manifest = docs.join("events.tsv");
    let english = docs.join("harbour.readout.en.txt");
    let text = std::fs::read_to_string(&english).expect("it is there");
    let (title, body) = text.split_once('\n').expect("it has a title");
    std::fs::write(&english, format!("{title}\n\nJune 13, 2034\n{body}")).expect("a file");
    let rows = "event\tpath\trole\n\
                pier\tharbour.readout.zh.txt\t\n\
                strait\tevent.readout.zh.txt\tstatement\n\
                strait\tnowhere.en.txt\t\n\
                pier\tharbour.readout.en.txt\ttranscript\n";
    std::fs::write(&manifest, rows).expect("a file");
    let paths = [&manifest, &out].map(|path| path.to_str().expect("UTF-8"));
    let output = run(&["compare", paths[0], "-o", paths[1], "--format", "json"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("nowhere.en.txt: No such file"), "{said}");
    assert!(out.join("pier.json").is_file() && !out.join("strait.json").exists());
    let list = std::fs::read_to_string(out.join("events.tsv")).expect("a list of events");
    let english = list.lines().find(|line| line.contains("harbour.readout.en.txt"));
    let english = english.expect("it is listed");
    assert!(
        english.starts_with("pier\t") && english.contains("\ten\t2034-06-13\ttranscript\tno\t"),
        "{english}"
    );
    assert_eq!(members(&out).len(), 2);
    let errors = std::fs::read_to_string(out.join("errors.jsonl")).expect("what failed is kept");
    let error: serde_json::Value = serde_json::from_str(errors.trim()).expect("one line of JSON");
    assert_eq!(error["doc_pair_id"], "strait");
    std::fs::write(&manifest, rows.replace("nowhere.en.txt", "event.readout.en.txt")).expect("a file");
    let mended = run(&["compare", paths[0], "-o", paths[1], "--format", "json"]);
    assert_eq!(mended.status.code(), Some(0), "{}", stderr(&mended));
    assert!(out.join("strait.json").is_file() && !out.join("errors.jsonl").exists());
}

/// Findings without what differs by format: where a row says it is from.
fn codes_and_texts(input: &Path) -> Vec<Vec<String>> {
    let output = run(&["audit", &input.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let lines = stdout(&output);
    let fields = |line: &str| line.split('\t').take(5).map(String::from).collect();
    lines.lines().map(fields).collect()
}

#[test]
fn an_audit_finds_the_same_in_a_corpus_of_any_format() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let tsv = folder.path().join("trees.tsv");
    let rows =
        "src_text\ttrg_text\n全镇有1.2亿棵树。\tThe town has 12 million trees.\n天黑了。\tIt grew dark.\n";
    std::fs::write(&tsv, rows).expect("a file can be written");
    let expected = codes_and_texts(&tsv);
    assert_eq!(expected[1][0], "NUM02");
    for name in [
        "trees.csv",
        "trees.jsonl",
        "trees.tmx.gz",
        "trees.xlf",
        "trees.zh",
    ] {
        let other = folder.path().join(name);
        let output = run(&["convert", &tsv.to_string_lossy(), &other.to_string_lossy()]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(codes_and_texts(&other), expected, "{name}");
    }
}

#[test]
fn a_table_that_lists_documents_is_audited_as_these_documents() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("a.txt"), "全镇有1.2亿棵树。\n").expect("a file can be written");
    std::fs::write(folder.path().join("b.txt"), "The town has 12 million trees.\n").expect("likewise");
    let list = folder.path().join("pairs.tsv");
    std::fs::write(&list, "zh\ten\na.txt\tb.txt\n").expect("likewise");
    assert_eq!(codes_and_texts(&list)[1][0], "NUM02");
}

/// A folder with a pair whose translator lost a number and a sentence.
fn trees() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let zh = "全镇有1.2亿棵树。\n2034年5月8日，镇长来了。\n他说了三个字。\n";
    let en = "The town has 12 million trees.\nOn May 8, 2034, the mayor came.\n";
    std::fs::write(folder.path().join("trees.zh.txt"), zh).expect("a file can be written");
    std::fs::write(folder.path().join("trees.en.txt"), en).expect("a file can be written");
    folder
}

#[test]
fn a_report_says_what_it_is_of_and_is_the_same_each_time() {
    let folder = trees();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let report = |name: &str| {
        let arguments = [
            "audit",
            &path("trees.zh.txt"),
            &path("trees.en.txt"),
            "--format",
            "json",
            "-o",
            &path(name),
        ];
        let output = run(&arguments);
        assert!(output.status.success(), "{}", stderr(&output));
        std::fs::read_to_string(path(name)).expect("the report is there")
    };
    let text = report("one.json");
    assert_eq!(text, report("another.json"));
    let report: serde_json::Value = serde_json::from_str(&text).expect("the report is JSON");
    assert_eq!(report["schema"], 3);
    assert_eq!(report["sources"][0]["name"], path("trees.zh.txt"));
    assert_eq!(report["sources"][1]["sha256"].as_str().map(str::len), Some(64));
    assert!(
        report["settings"]["codes"]
            .as_array()
            .is_some_and(|codes| codes.contains(&"NUM02".into()))
    );
    assert_eq!(
        (
            &report["totals"]["documents"],
            &report["totals"]["en"]["linked_words"]
        ),
        (&1.into(), &13.into())
    );
    assert_eq!(report["totals"]["zh"]["words"], 23);
    assert_eq!(report["documents"][0]["counts"]["NUM02"], 1);
    let values = &report["ledgers"]["values"];
    assert_eq!((&values["total"], &values["apart"]), (&2.into(), &1.into()));
    assert_eq!(values["lines"][0]["zh_value"], "120,000,000");
    assert_eq!(values["lines"][0]["verdict"], "differs");
    assert_eq!(
        (&values["lines"][1]["en"], &values["lines"][1]["verdict"]),
        (&"May 8, 2034".into(), &"same".into())
    );
}

#[test]
fn a_verdict_outlives_any_number_of_runs_and_what_is_dismissed_counts_no_more() {
    let folder = trees();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let audit = |options: &[&str]| {
        let documents = [path("trees.zh.txt"), path("trees.en.txt")];
        let arguments = ["audit", &documents[0], &documents[1], "--only", "NUM"];
        run(&[&arguments[..], options].concat())
    };
    let first = audit(&["--fail-on", "error"]);
    assert_eq!(first.status.code(), Some(1), "{}", stderr(&first));
    let first = stdout(&first);
    let judged = first.lines().map(|line| {
        let is_finding = line.starts_with("NUM");
        let empty = line.trim_end_matches('\t');
        if is_finding {
            format!("{empty}\tdismissed\tminor\tthe source is wrong\n")
        } else {
            format!("{line}\n")
        }
    });
    std::fs::write(path("1.tsv"), judged.collect::<String>()).expect("a file can be written");
    for (before, after) in [("1.tsv", "2.tsv"), ("2.tsv", "3.tsv")] {
        let output = audit(&[
            "--fail-on",
            "error",
            "--verdicts",
            &path(before),
            "-o",
            &path(after),
        ]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    let read = |name: &str| std::fs::read_to_string(path(name)).expect("the report is there");
    assert_eq!(read("3.tsv"), read("1.tsv"));
    assert!(read("3.tsv").contains("\tdismissed\tminor\tthe source is wrong\n"));
    let as_format = |format: &str| stdout(&audit(&["--verdicts", &path("3.tsv"), "--format", format]));
    let json: serde_json::Value = serde_json::from_str(&as_format("json")).expect("it is JSON");
    assert_eq!(
        (&json["dismissed"], &json["findings"][0]["verdict"]),
        (&1.into(), &"dismissed".into())
    );
    assert_eq!(
        (&json["counts"], &json["documents"][0]["counts"]),
        (&serde_json::json!([]), &serde_json::json!({}))
    );
    let sarif: serde_json::Value = serde_json::from_str(&as_format("sarif")).expect("it is JSON");
    let suppression = &sarif["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(
        (&suppression["status"], &suppression["justification"]),
        (&"accepted".into(), &"the source is wrong".into())
    );
    assert!(as_format("html").contains("data-verdict=\"dismissed\""));
}

#[test]
fn a_report_in_json_is_a_baseline_that_knows_its_own_and_tells_of_a_source_that_changed() {
    let folder = trees();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let audit = |options: &[&str]| {
        let documents = [path("trees.zh.txt"), path("trees.en.txt")];
        run(&[&["audit", &documents[0], &documents[1]], options].concat())
    };
    let first = audit(&["--format", "json", "-o", &path("1.json")]);
    assert!(first.status.success(), "{}", stderr(&first));
    let second = audit(&[
        "--baseline",
        &path("1.json"),
        "--format",
        "json",
        "-o",
        &path("2.json"),
    ]);
    assert!(second.status.success(), "{}", stderr(&second));
    let read = |name: &str| std::fs::read_to_string(path(name)).expect("the report is there");
    let json = |name: &str| -> serde_json::Value { serde_json::from_str(&read(name)).expect("it is JSON") };
    let (first, second) = (json("1.json"), json("2.json"));
    assert_eq!(second["findings"], serde_json::json!([]));
    assert_eq!(
        second["known"].as_array().map(Vec::len),
        first["findings"].as_array().map(Vec::len)
    );

    // The readout is edited after publication; the second report stands for the first.
    let edited = "The town has 12 million trees.\nOn May 9, 2034, the mayor came.\n";
    std::fs::write(path("trees.en.txt"), edited).expect("a file can be written");
    for option in ["--baseline", "--verdicts"] {
        let third = stdout(&audit(&[option, &path("2.json")]));
        let codes: Vec<&str> = third
            .lines()
            .skip(1)
            .filter_map(|line| line.split('\t').next())
            .collect();
        assert!(codes.contains(&"DAT01") && codes.ends_with(&["VER01"]), "{third}");
        assert_eq!(codes.contains(&"NUM02"), option == "--verdicts", "{third}");
        assert!(
            third.contains("trees.en.txt changed since the last audit"),
            "{third}"
        );
        assert!(!third.contains("trees.zh.txt changed"), "{third}");
    }
    let strict = audit(&[
        "--baseline",
        &path("2.json"),
        "--only",
        "VER01",
        "--fail-on",
        "warning",
    ]);
    assert_eq!(strict.status.code(), Some(1), "{}", stderr(&strict));
}

#[test]
fn a_page_shows_no_more_findings_than_a_browser_bears_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("many.tsv");
    let rows = (1..=5_003).map(|row| format!("第{row}排有1.2亿棵树。\tRow {row} has 12 million trees.\n"));
    let rows: String = rows.collect();
    std::fs::write(&path, format!("src_text\ttrg_text\n{rows}")).expect("a file can be written");
    let path = path.to_str().expect("UTF-8");
    let page = stdout(&run(&["audit", path, "--only", "NUM02", "--format", "html"]));
    assert_eq!(page.matches("<article ").count(), 5_000);
    assert!(page.contains("The 5000 most severe of 5003 findings"));
    assert_eq!(page.matches("<div class=\"row\"").count(), 5_000);
    assert!(page.contains("The first 5000 of 5003 rows"));
    let table = stdout(&run(&["audit", path, "--only", "NUM02"]));
    assert_eq!(table.lines().count(), 5_004);
}

/// What a browser makes of a page after a reader's script, and what the script's last value says as JSON; none where there
/// is no browser.
fn read_in_browser(page: &Path, script: &str) -> Option<(String, serde_json::Value)> {
    let chromium = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| {
            let version = Command::new(name).arg("--version").output();
            version.is_ok_and(|output| output.status.success())
        });
    let Some(chromium) = chromium else {
        println!("skipped: no Chromium");
        return None;
    };
    let reader = format!(
        "<script type=\"application/json\" id=\"said\"></script>\n<script>\n\
         const choose = (name, value) => {{\n\
           document.querySelector(`[name=${{name}}]`).value = value;\n\
           if (document.querySelector(`[name=${{name}}]`).value !== value) throw new Error(`no ${{value}}`);\n\
           document.getElementById('filters').dispatchEvent(new Event('change'));\n\
         }};\n\
         document.getElementById('said').textContent = JSON.stringify((() => {{ {script} }})());\n\
         </script></body>"
    );
    let text = std::fs::read_to_string(page).expect("the page is there");
    let read = page.with_extension("read.html");
    std::fs::write(&read, text.replace("</body>", &reader)).expect("a file can be written");
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
            page.with_extension("profile").display()
        ))
        .arg(format!("file://{}", read.display()))
        .output()
        .expect("the browser starts");
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = dom
        .split("id=\"said\">")
        .nth(1)
        .and_then(|said| said.split("</script>").next());
    let said = serde_json::from_str(said.unwrap_or_default());
    Some((dom, said.expect("the reader's script says something")))
}

#[test]
fn a_browser_filters_the_page_of_an_audit_beside_its_ledgers_and_matrix() {
    let folder = trees();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (zh, en, page) = (path("trees.zh.txt"), path("trees.en.txt"), path("page.html"));
    let output = run(&["audit", &zh, &en, "--format", "html", "-o", &page]);
    assert!(output.status.success(), "{}", stderr(&output));
    // A reader who asks for omissions only.
    let script = "choose('code', 'ALN01'); \
                  return [...document.querySelectorAll('article')].map((one) => [one.dataset.code, one.hidden]);";
    let Some((dom, said)) = read_in_browser(Path::new(&page), script) else {
        return;
    };
    let articles: Vec<(String, bool)> = serde_json::from_value(said).expect("codes");
    assert!(articles.len() > 1, "{dom}");
    for (code, is_hidden) in articles {
        assert_eq!(code != "ALN01", is_hidden, "{code}");
    }
    assert!(dom.contains("<mark>1.2亿</mark>") && dom.contains("<mark>12 million</mark>"));
    assert!(dom.contains(
        "<td>1.2亿</td><td>12 million</td><td>120,000,000</td><td>12,000,000</td><td>differs</td>"
    ));
    assert!(dom.contains("<td>all</td><td>23</td>"), "{dom}");
}

/// Two documents, of which one lost a number and a sentence, and the other a day and a name.
fn two_documents() -> tempfile::TempDir {
    let folder = trees();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file can be written");
    };
    write(
        "boats.zh.txt",
        "渡船2034年5月8日开走。\n王小明说：“水很冷。”\n天黑了。\n李大山走来了。\n",
    );
    write(
        "boats.en.txt",
        "The ferry left on May 9, 2034.\nWang Xiaoming said, \"The water is cold.\"\nIt grew dark.\nZhang Dashan came on foot.\n",
    );
    folder
}

#[test]
fn a_browser_filters_texts_and_ledgers_by_severity_and_document_and_links_rows_with_findings() {
    let folder = two_documents();
    let page = folder.path().join("page.html");
    let output = run(&[
        "audit",
        &folder.path().to_string_lossy(),
        "--format",
        "html",
        "-o",
        &page.to_string_lossy(),
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    let script = "
        const all = (selector) => [...document.querySelectorAll(selector)];
        const visible = (selector) => all(selector).filter((one) => !one.closest('[hidden]'));
        const said = {documents: all('.document').map((one) => one.dataset.document)};
        said.rows = all('.row').length;
        said.linked = all('article .place a').every((link) => {
          const row = document.querySelector(link.hash);
          const number = link.closest('article').dataset.number;
          const back = row && row.querySelector(`.code[data-of='${number}']`);
          return back && document.getElementById(back.hash.slice(1)) === link.closest('article');
        });
        choose('document', 'boats');
        said.boats = {
          articles: visible('article').map((one) => one.dataset.document),
          texts: visible('.document').map((one) => one.dataset.document),
          values: visible('#values tr[data-document]').map((one) => one.dataset.document),
        };
        choose('document', '');
        choose('severity', 'error');
        choose('text', 'found');
        said.errors = {
          articles: visible('article').map((one) => one.dataset.severity),
          codes: visible('.row .code').length,
          rows: visible('.row').length,
          lit: all('.row mark:not(.off)').every((one) => one.className === 'error'),
        };
        choose('severity', 'warning');
        said.off = all('.row mark.error').every((one) => one.classList.contains('off'));
        return said;";
    let Some((dom, said)) = read_in_browser(&page, script) else {
        return;
    };
    assert_eq!(said["documents"], serde_json::json!(["boats", "trees"]), "{dom}");
    assert_eq!(
        (&said["rows"], &said["linked"]),
        (&7.into(), &true.into()),
        "{said}"
    );
    for part in ["articles", "texts", "values"] {
        let of = said["boats"][part].as_array().expect("a list");
        assert!(
            !of.is_empty() && of.iter().all(|document| document == "boats"),
            "{said}"
        );
    }
    let errors = &said["errors"];
    let articles = errors["articles"].as_array().expect("a list");
    assert!(
        articles.len() >= 3 && articles.iter().all(|severity| severity == "error"),
        "{said}"
    );
    assert_eq!(errors["codes"], articles.len(), "{said}");
    assert_eq!(
        (&errors["rows"], &errors["lit"]),
        (&3.into(), &true.into()),
        "{said}"
    );
    assert_eq!(said["off"], true, "{said}");
    assert!(dom.contains("<p class=\"none\">no English</p>"), "{dom}");
}

#[test]
fn ledgers_hold_dates_as_they_are_judged_and_names_and_quotations_of_both_sides() {
    let folder = two_documents();
    let (zh, en) = (
        folder.path().join("boats.zh.txt"),
        folder.path().join("boats.en.txt"),
    );
    let output = run(&[
        "audit",
        &zh.to_string_lossy(),
        &en.to_string_lossy(),
        "--format",
        "json",
    ]);
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    let ledgers = &report["ledgers"];
    let date = &ledgers["values"]["lines"][0];
    assert_eq!(
        (&date["zh"], &date["en"], &date["verdict"]),
        (&"2034年5月8日".into(), &"May 9, 2034".into(), &"differs".into())
    );
    let [wrong, name] = [0, 1].map(|line| &ledgers["names"]["lines"][line]);
    assert_eq!(
        (&wrong["en"][0][0], &wrong["alone"]),
        (&"Zhang Dashan".into(), &1.into())
    );
    assert_eq!(name["kind"], "person");
    assert_eq!(
        (&name["zh"], &name["en"]),
        (
            &serde_json::json!([["王小明", 1]]),
            &serde_json::json!([["Wang Xiaoming", 1]])
        )
    );
    let quotation = &ledgers["quotations"]["lines"][0];
    assert_eq!(
        (&quotation["zh"], &quotation["en"], &quotation["verdict"]),
        (&"水很冷。".into(), &"The water is cold.".into(), &"same".into())
    );
}

#[test]
fn the_terms_of_a_corpus_become_a_termbase_that_an_audit_goes_by() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (corpus, terms) = (
        folder.path().join("boats.tsv"),
        folder.path().join("terms.tbx.gz"),
    );
    let rows = "zh\ten\n渡船七点开。\tThe ferry leaves at seven.\n渡船很旧。\tThe ferry is old.\n我们等渡船。\tWe wait for the ferry.\n\
                天黑了。\tIt grew dark.\n灯亮了。\tThe lamps were lit.\n";
    std::fs::write(&corpus, rows).expect("a file can be written");
    let [corpus, terms] = [&corpus, &terms].map(|path| path.to_string_lossy());
    let output = run(&["terms", &corpus, "-o", &terms]);
    assert!(output.status.success(), "{}", stderr(&output));
    let boat = folder.path().join("boat.tsv");
    std::fs::write(&boat, "zh\ten\n渡船开了。\tThe boat left.\n").expect("likewise");
    let output = run(&[
        "audit",
        &boat.to_string_lossy(),
        "--glossary",
        &terms,
        "--only",
        "TRM01",
    ]);
    assert!(
        stdout(&output).contains("渡船 is not rendered as ferry"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn an_audit_goes_by_a_termbase() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let terms = folder.path().join("terms.tbx");
    let tbx = "<tbx><text><body><conceptEntry><langSec xml:lang=\"zh\"><termSec><term>渡船</term></termSec></langSec>\
        <langSec xml:lang=\"en\"><termSec><term>ferry</term></termSec></langSec></conceptEntry></body></text></tbx>";
    std::fs::write(&terms, tbx).expect("a file can be written");
    let corpus = folder.path().join("boats.tsv");
    std::fs::write(&corpus, "zh\ten\n渡船开了。\tThe boat left.\n").expect("likewise");
    let output = run(&[
        "audit",
        &corpus.to_string_lossy(),
        "--glossary",
        &terms.to_string_lossy(),
        "--only",
        "TRM",
    ]);
    assert!(
        stdout(&output).contains("渡船 is not rendered as ferry"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn several_corpora_are_audited_into_one_report_and_held_against_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = |name: &str, rows: &[(&str, &str)]| {
        let path = folder.path().join(name);
        let rows = rows.iter().map(|(zh, en)| format!("{zh}\t{en}\t{name}\n"));
        let head = "src_text\ttrg_text\tdoc_pair_id\n".to_owned();
        let table: String = std::iter::once(head).chain(rows).collect();
        std::fs::write(&path, table).expect("a file");
        path.display().to_string()
    };
    let one = corpus(
        "one.tsv",
        &[
            ("基辅下雪了。", "It snowed in Kyiv."),
            ("基辅很冷。", "Kyiv is cold."),
        ],
    );
    let two = corpus("two.tsv", &[("基辅不远。", "Kiev is not far.")]);
    let output = run(&["audit", "--only", "NAM02", &one, &two]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        stdout(&output).contains("Kiev in 1 document, Kyiv in 1"),
        "{}",
        stdout(&output)
    );
    let output = run(&["audit", "--only", "NAM02", "--format", "json", &one, &two]);
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("the report is JSON");
    // What all documents show together is no finding of the last one.
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["documents"][1]["counts"], serde_json::json!({}));
    let output = run(&["audit", &one, &two, "corpora/event/readout.en.txt"]);
    assert!(
        stderr(&output).contains("not all are corpora"),
        "{}",
        stderr(&output)
    );
    assert_eq!(stdout(&output), "");
}

#[test]
fn many_events_are_audited_one_by_one_and_a_bad_one_stops_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = folder.path().join("events.tsv");
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
    let path = |file: &str| corpora.join(file).display().to_string();
    let rows = [
        ("strait", path("event/readout.zh.txt")),
        ("strait", path("event/readout.en.txt")),
        ("lost", path("event/nowhere.en.txt")),
        ("pier", path("harbour/readout.zh.txt")),
        ("pier", path("harbour/readout.en.txt")),
    ];
    let rows = rows.iter().map(|(event, path)| format!("{event}\t{path}\n"));
    let table: String = std::iter::once("event\tpath\n".to_owned()).chain(rows).collect();
    std::fs::write(&manifest, table).expect("a file");
    let manifest = manifest.to_str().expect("UTF-8");
    let output = run(&["audit", "--event", manifest, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("nowhere.en.txt"), "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("the report is JSON");
    assert_eq!(report["events"][0]["event"], "strait");
    assert_eq!(report["events"][1]["sources"], serde_json::json!([2, 3]));
    assert_eq!(report["events"][1]["statements"][0]["source"], 2);
    assert_eq!(
        report["documents"][1]["id"],
        "pier: readout.zh.txt + readout.en.txt"
    );
}

#[test]
fn sources_of_an_event_are_audited_by_what_they_share_and_owe_each_other_nothing() {
    let sources = [
        "corpora/event/readout.zh.txt",
        "corpora/event/readout.en.txt",
        "corpora/event/coverage.en.txt",
    ];
    let audit = |options: &[&str]| run(&[&["audit", "--event"], &sources[..], options].concat());
    let output = audit(&["--format", "json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("the report is JSON");
    assert_eq!(report["mode"], "comparable");
    assert_eq!(report["sources"].as_array().map(Vec::len), Some(3));
    assert_eq!(report["documents"][0]["id"], "readout.zh.txt + readout.en.txt");
    let event = &report["events"][0];
    let told = event["statements"].as_array().expect("statements are a list");
    assert_eq!(told[0]["found"][0], "said");
    assert!(told.iter().any(|told| told["found"][2].is_null()));
    let names = event["names"].as_array().expect("names are a list");
    let named = |zh: &str| names.iter().find(|named| named["zh"] == zh);
    assert_eq!(named("芬威克").expect("she is named")["en"], "Mara Fenwick");
    let page = stdout(&audit(&["--format", "html"]));
    assert!(page.contains("Who tells what") && page.contains("Who names whom") && page.contains("TOP02"));
    let findings = report["findings"].as_array().expect("findings are a list");
    assert!(findings.iter().all(|finding| finding["severity"] != "error"));
    assert!(findings.iter().all(|finding| finding["code"] != "ALN01"));

    let output = audit(&["--only", "ALN01"]);
    assert!(
        stderr(&output).contains("ALN01 says nothing in mode comparable"),
        "{}",
        stderr(&output)
    );
}
