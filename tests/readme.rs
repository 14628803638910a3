//! The README's commands do what it says: each is run, and what it prints stands below it.
//!
//! `BLESS=1 cargo test --test readme` writes what they print into the README; read the diff.

use std::path::Path;
use std::process::Command;

/// Commands that a test cannot run inside itself; `.ci/run` does.
const NOT_HERE: [&str; 1] = ["cargo test"];

#[test]
fn every_command_of_the_readme_prints_what_stands_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README is there");
    let place = tempfile::tempdir().expect("a folder to work in");
    copy(&root.join("corpora"), &place.path().join("corpora"));
    let mut blessed = String::new();
    let mut ran = 0;
    let mut in_console = false;
    for line in readme.lines() {
        match (in_console, line.strip_prefix("$ ")) {
            (true, Some(command)) => {
                blessed.push_str(&format!("$ {command}\n"));
                if !NOT_HERE.contains(&command) {
                    blessed.push_str(&run(command, place.path()));
                    ran += 1;
                }
            }
            // What was printed is printed anew.
            (true, None) if line != "```" => {}
            _ => {
                blessed.push_str(line);
                blessed.push('\n');
            }
        }
        in_console = (in_console || line == "```console") && line != "```";
    }
    assert!(ran >= 7, "only {ran} commands were found in the README");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(root.join("README.md"), &blessed).expect("the README can be written");
    } else {
        assert!(readme == blessed, "the README is out of date; BLESS=1 cargo test --test readme mends it:\n{}", difference(&readme, &blessed));
    }
}

fn run(command: &str, place: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_duizhao"));
    let folder = program.parent().expect("a program lies in a folder");
    let path = std::env::join_paths(
        std::iter::once(folder.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let command_here = command.replace("cargo run --release -- ", "duizhao ");
    let output = Command::new("bash")
        .args(["-c", &command_here])
        .env("PATH", path.expect("paths from PATH can go into it"))
        .current_dir(place)
        .output()
        .expect("bash runs");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder is there") {
        let entry = entry.expect("the folder can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

fn difference(old: &str, new: &str) -> String {
    let changed = old.lines().zip(new.lines()).find(|(old, new)| old != new);
    changed.map_or("one ends before the other".into(), |(old, new)| format!("is:     {old}\nprints: {new}"))
}
