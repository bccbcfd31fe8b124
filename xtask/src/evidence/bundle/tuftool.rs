//! A repository that `tuftool` makes, the tool of the library that the desk uses, is taken here.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::super::Line;
use super::publisher::Publisher;
use crate::failure::{Outcome, While};
use crate::{setup, shell};

pub(super) fn lines() -> Vec<Line> {
    let bar = "taken, and taken for unchanged the second time";
    vec![Line::of("a repository of tuftool", bar, made())]
}

fn made() -> Outcome<(String, bool)> {
    let tool = setup::tool(&setup::TUFTOOL)?;
    let publisher = Publisher::new("tuftool")?;
    let folder = &publisher.folder;
    let parts = folder.join("flat");
    fs::create_dir_all(&parts).while_doing(parts.display())?;
    for (name, text) in [
        (
            "bundle.toml",
            "name = \"tuftool\"\nissued = 2026-01-01T00:00:00Z\n",
        ),
        ("anchors.toml", "as_of = 2026-01-01\n"),
        ("status-one.cwt", "no list"),
    ] {
        fs::write(parts.join(name), text).while_doing(name)?;
    }
    let run = |words: &str| tuftool(&tool, folder, words);
    run("root init tool.json")?;
    run("root expire tool.json in\u{a0}365\u{a0}days")?;
    for role in ["root", "targets", "snapshot", "timestamp"] {
        run(&format!("root set-threshold tool.json {role} 1"))?;
    }
    run(
        "root gen-rsa-key tool.json tool.pem --role root --role targets --role snapshot --role timestamp",
    )?;
    run("root sign tool.json -k tool.pem")?;
    run(
        "create --root tool.json --key tool.pem --add-targets flat --outdir made \
         --targets-version 1 --snapshot-version 1 --timestamp-version 1 \
         --targets-expires in\u{a0}30\u{a0}days --snapshot-expires in\u{a0}30\u{a0}days \
         --timestamp-expires in\u{a0}30\u{a0}days",
    )?;
    let data = publisher.desk("desk")?;
    fs::copy(folder.join("tool.json"), data.join("root.json")).while_doing("tool.json")?;
    // The tool links to the files, and a desk follows no link; a stick has them.
    for entry in fs::read_dir(folder.join("made/targets")).while_doing("made/targets")? {
        let path = entry.while_doing("made/targets")?.path();
        let bytes = fs::read(&path).while_doing(path.display())?;
        fs::remove_file(&path).while_doing(path.display())?;
        fs::write(&path, bytes).while_doing(path.display())?;
    }
    let import = format!("import made --data {}", data.display());
    let (first, second) = (publisher.bundle(&import)?, publisher.bundle(&import)?);
    let files = first.lines().count().saturating_sub(1);
    Ok((
        format!(
            "{}, {files} files",
            first.lines().next().unwrap_or_default()
        ),
        first.starts_with("installed") && files == 3 && second.starts_with("unchanged"),
    ))
}

/// The tool with these words; a hard space stands in a word.
fn tuftool(tool: &Path, folder: &Path, words: &str) -> Outcome<String> {
    let mut command: Command = shell::program(tool);
    let words = words.split(' ').filter(|word| !word.is_empty());
    command
        .current_dir(folder)
        .args(words.map(|word| word.replace('\u{a0}', " ")));
    shell::output(&mut command)
}
