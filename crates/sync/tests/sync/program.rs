//! The real binary, and the folder it keeps.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::repository::Repository;
use crate::server::Server;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) exit: i32,
    pub(crate) lines: Vec<Value>,
    pub(crate) err: String,
}

impl Ended {
    pub(crate) fn from(output: &Output) -> Self {
        let out = String::from_utf8(output.stdout.clone()).unwrap();
        Self {
            exit: output.status.code().unwrap(),
            lines: out
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    fn last(&self) -> &Value {
        self.lines.last().unwrap_or(&Value::Null)
    }

    /// The outcome or the code, and the exit code.
    pub(crate) fn how(&self) -> (i32, &str) {
        let last = self.last();
        let word = last["outcome"].as_str().or_else(|| last["code"].as_str());
        (self.exit, word.unwrap_or_default())
    }

    /// A figure of the last line.
    pub(crate) fn figure(&self, name: &str) -> u64 {
        self.last()[name].as_u64().unwrap()
    }
}

/// Runs the program, whose output is JSON.
pub(crate) fn run(arguments: &[&str]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_hwagin-sync"))
        .args(arguments)
        .output()
        .unwrap();
    Ended::from(&output)
}

/// A folder that a repository is copied to.
pub(crate) struct Copy {
    folder: TempDir,
    root: PathBuf,
}

impl Copy {
    /// One that is pinned to the first root of that repository.
    pub(crate) fn of(repository: &Repository) -> Self {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join("ROOT.json");
        fs::copy(repository.metadata("1.root.json"), &root).unwrap();
        Self { folder, root }
    }

    /// The same folder, pinned to another root.
    pub(crate) fn pin(&self, root: &Path) {
        fs::copy(root, &self.root).unwrap();
    }

    pub(crate) fn pull(&self, server: &Server) -> Ended {
        self.pull_from(&server.url, "5")
    }

    /// With as few tries as can be: what fails, fails at once.
    pub(crate) fn pull_once(&self, server: &Server) -> Ended {
        self.pull_from(&server.url, "1")
    }

    pub(crate) fn pull_from(&self, url: &str, tries: &str) -> Ended {
        let arguments = self.arguments(url, tries);
        run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    pub(crate) fn arguments(&self, url: &str, tries: &str) -> Vec<String> {
        let (root, to) = (self.root.to_str().unwrap(), self.path(""));
        let to = to.to_str().unwrap();
        let words = [
            "pull", url, "--root", root, "--to", to, "--json", "--tries", tries,
        ];
        words.map(str::to_owned).into()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("copy").join(name)
    }

    /// All files of the copy, but those of the runs themselves.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = files_in(&self.path("targets"), "targets");
        files.extend(files_in(&self.path("metadata"), "metadata"));
        files
    }
}

/// The files in a folder, by their names behind another.
pub(crate) fn files_in(folder: &Path, name: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            let file = entry.file_name().into_string().unwrap();
            (format!("{name}/{file}"), fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// A certificate as text.
pub(crate) fn pem(certificate: &[u8]) -> String {
    let base64 = data_encoding::BASE64_MIME.encode(certificate);
    format!("-----BEGIN CERTIFICATE-----\n{base64}-----END CERTIFICATE-----\n")
}
