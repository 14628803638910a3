//! `duizhao explain`: the manual page of an audit's code, or the list of all codes.

use super::{Outcome, to_stdout};
use clap::Args;
use duizhao::audit::{rule, rules};
use duizhao::error::{Error, Kind, Result};

#[derive(Args)]
#[command(after_help = "Example: duizhao explain NUM02")]
pub struct Arguments {
    /// Codes, such as NUM02 [default: a list of all]
    codes: Vec<String>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let pages: Vec<String> = arguments
        .codes
        .iter()
        .map(|code| page(code))
        .collect::<Result<_>>()?;
    to_stdout(|out| {
        if pages.is_empty() {
            for rule in rules() {
                writeln!(
                    out,
                    "{}\t{}\t{}\t{}",
                    rule.code,
                    rule.severity,
                    rule.mode_names(),
                    rule.title
                )?;
            }
        }
        write!(out, "{}", pages.join("\n"))
    })
}

fn page(code: &str) -> Result<String> {
    let known = || {
        rules()
            .iter()
            .map(|rule| rule.code)
            .collect::<Vec<_>>()
            .join(", ")
    };
    rule(code).map(|rule| rule.manual()).ok_or_else(|| {
        Error::new(Kind::Usage, "explain", format!("no code {code}")).remedy(format!("there are {}", known()))
    })
}
