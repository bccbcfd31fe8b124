//! `hwagin-sync`: fetches what a desk takes in.
//!
//! It is the one program of this project that connects to anything, and it never sees a
//! credential: a process of its own, which shares no crate with the desk. `pull` keeps a folder
//! the same as a repository of The Update Framework, and puts nothing there that was not signed,
//! is older than what was there, or is only half there. `gather` fetches the parts that a
//! publisher makes such a repository from. What becomes of a run is a stable code.

mod address;
mod arguments;
mod client;
mod failure;
mod gather;
mod help;
mod mirror;
mod part;
mod progress;
mod pull;
mod refusal;
mod roots;
mod state;
mod targets;
mod transport;

use std::process::ExitCode;

use arguments::Command;
use failure::Failure;
use progress::{Progress, Style};

fn main() -> ExitCode {
    match arguments::read() {
        Ok(Command::Print(words)) => {
            Progress::new(Style::Words).line(words);
            ExitCode::SUCCESS
        }
        Ok(Command::Pull(wish)) => {
            let mut progress = Progress::new(wish.style);
            let result = pull::run(&wish, &mut progress);
            ended(result, &mut progress)
        }
        Ok(Command::Gather(wish)) => {
            let mut progress = Progress::new(wish.style);
            let result = gather::run(&wish, &mut progress);
            ended(result, &mut progress)
        }
        Err(failure) => ended(Err(failure), &mut Progress::new(Style::Words)),
    }
}

fn ended(result: Result<progress::Summary, Failure>, progress: &mut Progress) -> ExitCode {
    match result {
        Ok(summary) => {
            progress.done(&summary);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            progress.failed(&failure);
            ExitCode::from(failure.code.exit())
        }
    }
}
