//! How far long work has come, on standard error: a bar on a terminal, plain lines elsewhere, JSON for programs.

use super::say;
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// How progress is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Style {
    /// A bar on a terminal, a plain line now and then elsewhere
    Auto,
    /// A JSON object a line: `done`, `failed`, `total`, `seconds`
    Json,
}

pub struct Progress {
    voice: Voice,
    total: usize,
    done: usize,
    failed: usize,
    start: Instant,
    said: Instant,
}

enum Voice {
    Silent,
    Bar(ProgressBar),
    Lines,
    Json,
}

/// Between two lines where there is no terminal: often enough to see that it lives.
const PAUSE: Duration = Duration::from_secs(10);
/// Between two JSON objects: often enough for a display.
const JSON_PAUSE: Duration = Duration::from_millis(500);

impl Progress {
    /// Work on a single pair is told to programs only: people see its output.
    pub fn new(total: usize, style: Style, quiet: bool) -> Progress {
        let voice = match style {
            Style::Json => Voice::Json,
            Style::Auto if quiet || total < 2 => Voice::Silent,
            Style::Auto if std::io::stderr().is_terminal() => Voice::Bar(bar(total)),
            Style::Auto => Voice::Lines,
        };
        let now = Instant::now();
        Progress {
            voice,
            total,
            done: 0,
            failed: 0,
            start: now,
            said: now,
        }
    }

    /// One more pair is done, well or not.
    pub fn step(&mut self, failed: bool) {
        self.done += 1;
        self.failed += usize::from(failed);
        match &self.voice {
            Voice::Silent => {}
            Voice::Bar(bar) => bar.inc(1),
            Voice::Lines => self.say_after(PAUSE),
            Voice::Json => self.say_after(JSON_PAUSE),
        }
    }

    /// Says how it ended.
    pub fn finish(mut self) {
        if let Voice::Bar(bar) = &self.voice {
            bar.finish_and_clear();
            self.voice = Voice::Lines;
        }
        self.say();
    }

    fn say_after(&mut self, pause: Duration) {
        // The last word is that of `finish`.
        if self.said.elapsed() >= pause && self.done < self.total {
            self.said = Instant::now();
            self.say();
        }
    }

    fn say(&self) {
        let (done, failed, total) = (self.done, self.failed, self.total);
        let seconds = self.start.elapsed().as_secs_f32();
        match self.voice {
            Voice::Silent | Voice::Bar(_) => {}
            Voice::Lines => {
                let left = seconds / done.max(1) as f32 * (total - done) as f32;
                let left = if done < total {
                    format!(", about {left:.0} s left")
                } else {
                    String::new()
                };
                say(&format_args!(
                    "{done} of {total} pairs, {failed} failed, {seconds:.1} s{left}"
                ));
            }
            Voice::Json => {
                say(&serde_json::json!({"done": done, "failed": failed, "total": total, "seconds": seconds}));
            }
        }
    }
}

fn bar(total: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pairs, {elapsed}, {eta} left");
    ProgressBar::new(total as u64).with_style(style.expect("the template is a constant"))
}
