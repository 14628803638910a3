//! Arguments into one command, and its outcome into an exit code.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
