//! Runs other programs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome, While};
use crate::tree;

/// What a finished program left behind.
pub(crate) struct Finished {
    /// Its exit code; `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    /// Everything it printed, standard output and error in order of arrival.
    pub(crate) text: String,
}

impl Finished {
    pub(crate) fn ok(&self) -> bool {
        self.code == Some(0)
    }
}

/// The program, to be started in the folder of the workspace.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    // npm is a script on Windows, and only its full name starts it.
    let name = name.as_ref();
    let mut command = if cfg!(windows) && name == "npm" {
        Command::new("npm.cmd")
    } else {
        Command::new(name)
    };
    command.current_dir(tree::root());
    command
}

/// The same Cargo that runs this program.
pub(crate) fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs it with the terminal attached; anything but success is a failure.
pub(crate) fn must(command: &mut Command) -> Outcome {
    let words = words(command);
    println!("$ {words}");
    let status = command.status().while_doing(&words)?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{words}` failed ({status})")))
    }
}

/// Runs it, shows what it prints as it comes, and keeps it.
pub(crate) fn watched(command: &mut Command) -> Outcome<Finished> {
    let words = words(command);
    println!("$ {words}");
    collect(command, &words, true)
}

/// Runs it and keeps what it prints, showing nothing.
pub(crate) fn quiet(command: &mut Command) -> Outcome<Finished> {
    let words = words(command);
    collect(command, &words, false)
}

/// The standard output of a program that must succeed.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let words = words(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .while_doing(&words)?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Failure::new(format!(
            "`{words}` failed ({})",
            output.status
        )))
    }
}

/// Whether a program of that name is on the path.
pub(crate) fn is_on_path(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

fn collect(command: &mut Command, words: &str, show: bool) -> Outcome<Finished> {
    // One pipe for both, so that the order between them is the order of writing.
    let (pipe, writer) = std::io::pipe().while_doing(words)?;
    let second = writer.try_clone().while_doing(words)?;
    let spawned = command
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(second)
        .spawn();
    // The command keeps its ends of the pipe open, and reading would never end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = spawned.while_doing(words)?;
    let mut reader = BufReader::new(pipe);
    let (mut text, mut line) = (String::new(), Vec::new());
    while reader.read_until(b'\n', &mut line).while_doing(words)? > 0 {
        let part = String::from_utf8_lossy(&line);
        if show {
            print!("{part}");
        }
        text.push_str(&part);
        line.clear();
    }
    let status = child.wait().while_doing(words)?;
    Ok(Finished {
        code: status.code(),
        text,
    })
}

/// The command line as a person would type it, paths inside the workspace shortened.
fn words(command: &Command) -> String {
    let root = tree::root();
    let shorten = |word: &OsStr| {
        let path = Path::new(word);
        path.strip_prefix(&root)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    };
    let mut text = Path::new(command.get_program())
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    for word in command.get_args() {
        text.push(' ');
        text.push_str(&shorten(word));
    }
    text
}
