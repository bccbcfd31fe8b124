//! A publisher for the evidence: the real command line, in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};

use crate::build::{self, Built};
use crate::failure::{Outcome, While};
use crate::{setup, shell, tree};

/// A publisher's keys, parts and repository, and the programs that it and its desks use.
pub(super) struct Publisher {
    pub(super) folder: PathBuf,
    built: Built,
}

impl Publisher {
    /// One with a key for everything, and its first root.
    pub(super) fn new(name: &str) -> Outcome<Self> {
        setup::prepare_build_only()?;
        let folder = tree::emptied(name)?;
        let built = build::packages(&["hwagin-cli", "hwagin-sync"])?;
        let publisher = Self { folder, built };
        for under in ["status", "trust-anchors"] {
            let parts = publisher.folder.join("parts").join(under);
            fs::create_dir_all(&parts).while_doing(parts.display())?;
        }
        // Nobody is trusted, and a desk says so.
        let anchors = publisher.folder.join("parts/trust-anchors/anchors.toml");
        fs::write(&anchors, "as_of = 2026-01-01\n").while_doing(anchors.display())?;
        publisher.bundle("new-key --out key")?;
        publisher.bundle(
            "new-root --root key.pub.json --targets key.pub.json --snapshot key.pub.json \
             --timestamp key.pub.json --days 365 --key key.pk8 --out root.json",
        )?;
        Ok(publisher)
    }

    pub(super) fn program(&self, package: &str, name: &str) -> Outcome<PathBuf> {
        self.built.path(package, name).map(Path::to_path_buf)
    }

    /// `hwagin bundle` with these words, in the publisher's folder.
    pub(super) fn bundle(&self, words: &str) -> Outcome<String> {
        let mut command = shell::program(self.program("hwagin-cli", "hwagin")?);
        command.current_dir(&self.folder).arg("bundle");
        shell::output(command.args(words.split_whitespace()))
    }

    /// The file of this number and state is a part of the next release.
    pub(super) fn part(&self, number: u32, state: u32, length: usize) -> Outcome {
        let mut bytes = Vec::with_capacity(length);
        let mut noise = u64::from(number) << 32 | u64::from(state) | 1;
        while bytes.len() < length {
            noise = noise
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            bytes.extend((noise >> 24).to_le_bytes().iter().take(5));
        }
        bytes.truncate(length);
        let file = self.folder.join(format!("parts/status/{number:03}.cwt"));
        fs::write(&file, bytes).while_doing(file.display())
    }

    /// The next release of the parts is in `repository`.
    pub(super) fn release(&self) -> Outcome {
        self.bundle(
            "build parts --root root.json --repo repository --days 30 --name Evidence --key key.pk8",
        )
        .map(|_said| ())
    }

    /// The folder of a desk with the publisher's root.
    pub(super) fn desk(&self, name: &str) -> Outcome<PathBuf> {
        let data = self.folder.join(name);
        fs::create_dir_all(&data).while_doing(data.display())?;
        let root = data.join("root.json");
        fs::copy(self.folder.join("root.json"), &root).while_doing(root.display())?;
        Ok(data)
    }
}
