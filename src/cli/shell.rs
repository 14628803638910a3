//! What shells and `man` want to know, printed from the same arguments that the program parses.

use super::{Outcome, to_stdout};
use clap::{Args, CommandFactory};
use duizhao::error::{Error, Result};

#[derive(Args)]
pub struct Arguments {
    shell: clap_complete::Shell,
}

pub fn completions(arguments: &Arguments) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut super::Arguments::command(),
        "duizhao",
        &mut script,
    );
    to_stdout(|out| out.write_all(&script))
}

/// One page for the program and all of its commands.
pub fn man() -> Result<Outcome> {
    let mut command = super::Arguments::command().disable_help_subcommand(true);
    command.build();
    let failed = |cause| Error::write("standard output", &cause);
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut page)
        .map_err(failed)?;
    for sub in command.get_subcommands() {
        let man = clap_mangen::Man::new(sub.clone());
        page.extend(format!(".SH \"DUIZHAO {}\"\n", sub.get_name().to_uppercase()).bytes());
        man.render_description_section(&mut page).map_err(failed)?;
        man.render_options_section(&mut page).map_err(failed)?;
    }
    to_stdout(|out| out.write_all(&page))
}
