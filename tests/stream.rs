//! The commands on corpora as their users run them, one behind the other.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program in a folder, with something on its standard input.
fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_duizhao"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it has a standard input");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// Chinese and English of a TSV's rows.
fn texts(tsv: &str) -> Vec<(&str, &str)> {
    tsv.lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            (fields[2], fields[3])
        })
        .collect()
}

const CORPUS: &str = "zh\ten
他昨天买了三本书。\tHe bought three books yesterday.
他昨天买了三本书。\tHe bought three books yesterday.
水开了，茶也好了。\tThe water is boiling and the tea is ready.
她坐在窗边看书，等雨停。\tThe price of copper has doubled since last winter.
港口今天停了35条船。\tThere are 36 boats in the harbour today.
第3章\tChapter 3
第4章\tChapter 4
";

#[test]
fn a_corpus_goes_from_format_to_format_and_through_pipes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let output = run(folder, &["convert", "-", "a.tmx.gz"], CORPUS);
    assert!(output.status.success(), "{}", stderr(&output));
    let moses = run(folder, &["convert", "a.tmx.gz", "b.zh"], "");
    assert!(moses.status.success(), "{}", stderr(&moses));
    assert_eq!(
        std::fs::read_to_string(folder.join("b.en"))
            .unwrap()
            .lines()
            .count(),
        7
    );
    let jsonl = run(folder, &["convert", "b", "--from", "moses", "--to", "jsonl"], "");
    let back = run(folder, &["convert", "-", "--from", "jsonl", "-"], &stdout(&jsonl));
    let first = run(folder, &["convert", "-"], CORPUS);
    assert_eq!(texts(&stdout(&back)), texts(&stdout(&first)));
}

#[test]
fn a_row_that_cannot_be_read_stops_a_conversion_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["convert", "-", "a.tmx"], "zh\ten\n茶\n");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "error: standard input: line 2: 1 fields where the header names 2; no field may hold a TAB or a line end\n"
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let output = run(folder.path(), &["convert", "-", "a.pages"], CORPUS);
    assert_eq!(
        stderr(&output),
        "error: a.pages: does not say a format by .pages; say it with --to\n"
    );
}

#[test]
fn validate_prints_every_finding_and_fails_by_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let good = run(folder.path(), &["validate"], CORPUS);
    assert_eq!((good.status.code(), stdout(&good)), (Some(0), String::new()));
    std::fs::write(folder.path().join("x.tmx"), "<tmx><body>\n<tu></tuv></body>").unwrap();
    let bad = run(
        folder.path(),
        &["validate", "x.tmx", "-", "none.tsv"],
        "zh\ten\n茶\n水\twater\n\tx\ty\n",
    );
    assert_eq!(bad.status.code(), Some(1));
    let lines: Vec<String> = stdout(&bad).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(
        lines[0].starts_with("x.tmx: line 2, column 5: ill-formed document: "),
        "{lines:?}"
    );
    assert!(
        lines[1].starts_with("standard input: line 2: 1 fields"),
        "{lines:?}"
    );
    assert!(
        lines[2].starts_with("standard input: line 4: 3 fields"),
        "{lines:?}"
    );
    assert!(lines[3].starts_with("none.tsv: "), "{lines:?}");
}

#[test]
fn filter_keeps_the_good_rows_and_accounts_for_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = format!("{CORPUS}一行只有中文\n山很高。\tThe mountain is high.\n");
    let output = run(
        folder.path(),
        &[
            "filter",
            "--explain",
            "--keep-rejected",
            "bad.tsv",
            "--reject",
            "mount(ain)?",
        ],
        &corpus,
    );
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(
        texts(&stdout(&output)),
        [
            ("他昨天买了三本书。", "He bought three books yesterday."),
            ("水开了，茶也好了。", "The water is boiling and the tea is ready."),
            ("第3章", "Chapter 3"),
        ]
    );
    let funnel = stderr(&output);
    let table: Vec<&str> = funnel
        .lines()
        .filter(|line| !line.starts_with("\t\t\t"))
        .collect();
    assert_eq!(
        table,
        [
            "rule\ttaken\tleft",
            "\t\t9",
            "broken\t1\t8",
            "numbers\t1\t7",
            "meaning\t1\t6",
            "pattern\t1\t5",
            "duplicate\t2\t3"
        ]
    );
    let bad = std::fs::read_to_string(folder.path().join("bad.tsv")).unwrap();
    let flags: Vec<&str> = bad
        .lines()
        .skip(1)
        .map(|line| line.rsplit('\t').nth(1).unwrap())
        .collect();
    assert_eq!(flags, ["duplicate", "meaning", "numbers", "duplicate", "pattern"]);
    assert!(bad.lines().skip(1).all(|line| line.ends_with("\trejected")));
    let tm = run(folder.path(), &["filter", "--preset", "tm", "--quiet"], CORPUS);
    assert!(texts(&stdout(&tm)).contains(&("第4章", "Chapter 4")));
    assert_eq!(stderr(&tm), "");
}

#[test]
fn a_corpus_that_breaks_off_is_not_filtered_as_if_it_were_whole() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(
        folder.path(),
        &["filter", "--from", "tmx", "-o", "x.tsv"],
        "<tmx><body><tu>",
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("x.tsv").exists());
}

#[test]
fn filtering_is_the_same_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..3000)
        .map(|n| {
            format!(
                "港口今天停了{n}条船。\tThere are {} boats in the harbour today.\n",
                n + n % 3
            )
        })
        .collect();
    let corpus = format!("zh\ten\n{rows}");
    let on = |threads| {
        stdout(&run(
            folder.path(),
            &["filter", "--preset", "tm", "--threads", threads],
            &corpus,
        ))
    };
    let one = on("1");
    assert_eq!(texts(&one).len(), 1000);
    assert_eq!(one, on("3"));
}

#[test]
fn dedup_merge_and_search_chain() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("a.tsv"), CORPUS).unwrap();
    std::fs::write(
        folder.join("b.jsonl"),
        "{\"zh\": \"第5章\", \"en\": \"Chapter 5\"}\n",
    )
    .unwrap();
    let merged = run(folder, &["merge", "a.tsv", "b.jsonl"], "");
    assert_eq!(texts(&stdout(&merged)).len(), 8);
    let exact = run(folder, &["dedup"], &stdout(&merged));
    assert_eq!(texts(&stdout(&exact)).len(), 7);
    assert_eq!(stderr(&exact), "note: 7 of 8 rows are kept\n");
    let near = run(
        folder,
        &["dedup", "--near", "--against", "b.jsonl"],
        &stdout(&merged),
    );
    assert!(!stdout(&near).contains("Chapter"));
    let found = run(
        folder,
        &["search", "CHAPTER \\d", "--side", "en"],
        &stdout(&exact),
    );
    assert_eq!(texts(&stdout(&found)).len(), 3);
    let others = run(folder, &["search", "-v", "chapter|三本"], &stdout(&exact));
    assert_eq!(texts(&stdout(&others)).len(), 3);
    let wrong = run(folder, &["search", "(", "a.tsv"], "");
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn rows_that_share_either_text_with_a_test_set_are_left_out_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("test.tsv"),
        "zh\ten\n茶好了。\tTea is ready.\n没有译文。\t\n",
    )
    .unwrap();
    let train =
        "zh\ten\n茶好了。\tThe tea is done.\n茶来了\tTEA IS READY!\n茶好了。\tTea is ready.\n水开了。\t\n";
    let kept = |options: &[&str]| {
        let arguments = [&["dedup", "--against", "test.tsv"], options].concat();
        let rows = stdout(&run(folder.path(), &arguments, train));
        let texts = rows
            .lines()
            .skip(1)
            .map(|line| line.split('\t').nth(2).unwrap().to_owned());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(kept(&[]), ["茶好了。", "茶来了", "水开了。"]);
    assert_eq!(kept(&["--either-side"]), ["茶来了", "水开了。"]);
    assert_eq!(kept(&["--either-side", "--near"]), ["水开了。"]);
}

#[test]
fn chinese_is_written_in_the_script_that_is_asked_for_and_keeps_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let given = "src_text\ttrg_text\tpair_id\tsrc_lang\n他的头发很干。\tHis hair is dry.\ta1\tzh-Hans\n\tAlone.\ta2\t\n";
    let hant = stdout(&run(folder.path(), &["convert", "-", "--script", "hant"], given));
    let rows: Vec<Vec<&str>> = hant.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(
        (rows[1][2], rows[1][3], rows[1][5], rows[1][11]),
        ("他的頭髮很乾。", "His hair is dry.", "a1", "zh-Hant")
    );
    assert_eq!((rows[2][2], rows[2][11]), ("", ""));
    let keep = stdout(&run(folder.path(), &["convert", "-", "--script", "keep"], given));
    assert!(keep.contains("他的头发很干。") && keep.contains("zh-Hans"));
    let back = stdout(&run(folder.path(), &["convert", "-", "--script", "hans"], &hant));
    assert_eq!(back, keep);
}

#[test]
fn stats_counts_what_is_there_and_draws_it() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = format!("{CORPUS}没有译文。\t\n");
    let output = run(folder.path(), &["stats"], &corpus);
    assert!(output.status.success(), "{}", stderr(&output));
    let table = stdout(&output);
    let number = |name: &str| {
        let line = table
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap_or_default();
        line.split('\t').nth(2).unwrap_or_default().to_owned()
    };
    assert_eq!(number("rows\t"), "8");
    assert_eq!(number("omissions\t"), "1");
    assert_eq!(number("exact duplicates\t"), "1");
    assert_eq!(number("near duplicates\t"), "2");
    assert_eq!(number("status\tauto\t"), "8");
    // Three headings are five characters wide at most, in Chinese.
    assert_eq!(number("zh width\t5\t"), "3");
    assert!(table.contains("status\tauto\t8\t████████████████████████████████████████\n"));
    assert!(table.lines().all(|line| line.split('\t').count() == 4));
    let empty = run(folder.path(), &["stats"], "zh\ten\n");
    assert!(stdout(&empty).starts_with("count\tvalue\trows\tbar\nrows\t\t0\t\n"));
}

#[test]
fn a_sample_is_the_same_each_time_and_another_with_another_seed() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..500).map(|n| format!("第{n}行\trow {n}\n")).collect();
    let corpus = format!("zh\ten\n{rows}");
    let draw = |seed: &str| {
        let output = run(
            folder.path(),
            &["sample", "--rows", "20", "--seed", seed],
            &corpus,
        );
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let first = draw("1");
    assert_eq!(texts(&first).len(), 20);
    assert_eq!(first, draw("1"));
    assert_ne!(first, draw("2"));
}

#[test]
fn a_split_parts_no_document() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let rows: String = (0..600)
        .map(|n| format!("第{n}行\trow {n}\tdocument {}\n", n / 10))
        .collect();
    let corpus = format!("zh\ten\tdoc_pair_id\n{rows}");
    let split = ["sample", "--split", "8,1,1", "-o", "mt.tsv.gz"];
    let output = run(folder, &split, &corpus);
    assert!(output.status.success(), "{}", stderr(&output));
    let parts: Vec<String> = ["train", "dev", "test"]
        .iter()
        .map(|part| stdout(&run(folder, &["convert", &format!("mt.{part}.tsv.gz"), "-"], "")))
        .collect();
    let documents = |tsv: &str| -> std::collections::BTreeSet<String> {
        let rows = tsv.lines().skip(1);
        rows.map(|row| row.split('\t').nth(6).unwrap().to_owned())
            .collect()
    };
    let sets: Vec<_> = parts.iter().map(|part| documents(part)).collect();
    assert_eq!(sets.iter().map(|set| set.len()).sum::<usize>(), 60);
    assert!(sets.iter().all(|set| !set.is_empty()), "{sets:?}");
    assert_eq!(parts.iter().map(|part| texts(part).len()).sum::<usize>(), 600);
    let nameless = run(folder, &split, CORPUS);
    assert_eq!(nameless.status.code(), Some(2));
    assert!(
        stderr(&nameless).contains("row 1 is of no document"),
        "{}",
        stderr(&nameless)
    );
}

#[test]
fn diff_tells_new_rows_from_rows_with_a_new_partner() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(
        folder.join("old.tsv"),
        "zh\ten\n茶\ttea\n水\twater\n火\tfire\n土\t\n",
    )
    .unwrap();
    let new = "zh\ten\n水\twater\n茶\ta cup of tea\n茶\ta cup of tea\n雨\train\n石\t\n";
    let output = run(folder, &["diff", "old.tsv"], new);
    assert!(output.status.success(), "{}", stderr(&output));
    let found = stdout(&output);
    let changes: Vec<(&str, &str, &str)> = found
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            (fields[2], fields[3], fields[13])
        })
        .collect();
    assert_eq!(
        changes,
        [
            ("茶", "a cup of tea", "changed-to"),
            ("雨", "rain", "added"),
            ("石", "", "added"),
            ("茶", "tea", "changed-from"),
            ("火", "fire", "removed"),
            ("土", "", "removed"),
        ]
    );
    assert_eq!(
        stderr(&output),
        "note: 2 added, 1 changed-to, 2 removed, 1 changed-from\n"
    );
    let twice = run(folder, &["diff", "-", "old.tsv"], "");
    assert_eq!(twice.status.code(), Some(2));
}

#[test]
fn a_translators_edits_in_a_workbook_come_back_with_their_ids() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let input = "src_text\ttrg_text\tpair_id\n茶\t=SUM(1)\ta1\n水\twater\tb2\n";
    let output = run(folder, &["convert", "-", "a.xlsx"], input);
    assert!(output.status.success(), "{}", stderr(&output));
    let back = stdout(&run(folder, &["convert", "a.xlsx"], ""));
    assert_eq!(texts(&back), [("茶", "=SUM(1)"), ("水", "water")]);
    assert!(back.lines().nth(2).unwrap().contains("\tb2\t"), "{back}");
    let piped = run(folder, &["convert", "-", "-", "--to", "xlsx"], input);
    assert_eq!(piped.stdout, std::fs::read(folder.join("a.xlsx")).unwrap());
}

#[test]
fn score_adds_what_filter_asks_and_leaves_no_row_out() {
    let folder = tempfile::tempdir().unwrap();
    let scored = stdout(&run(folder.path(), &["score"], CORPUS));
    let lines: Vec<Vec<&str>> = scored.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), CORPUS.lines().count());
    let of =
        |line: usize, column: &str| lines[line][lines[0].iter().position(|name| *name == column).unwrap()];
    assert_eq!((of(1, "numbers"), of(5, "numbers")), ("1", "0"));
    let meaning = |line| of(line, "meaning").parse::<f32>().unwrap();
    assert!(meaning(1) > 0.5 && meaning(4) < 0.44, "{scored}");
    // Its columns stand behind those of the TSV, which is read as before.
    let first = stdout(&run(folder.path(), &["convert", "-"], CORPUS));
    assert_eq!(stdout(&run(folder.path(), &["convert", "-"], &scored)), first);
}

#[test]
fn validate_names_an_id_that_two_rows_have() {
    let folder = tempfile::tempdir().unwrap();
    let input = "zh\ten\tpair_id\n茶\ttea\ta1\n水\twater\t\n杯\tcup\t\n壶\tpot\ta1\n";
    let output = run(folder.path(), &["validate"], input);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stdout(&output),
        "standard input: row 4 has the pair_id of row 1, \"a1\"; an id is for one row: leave out duplicates with \
         `duizhao dedup`, or give it another\n"
    );
}
