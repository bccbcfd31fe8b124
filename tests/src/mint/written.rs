//! Vectors as files.

use super::{Draft, drafts, hex};
use crate::world::{AT, key_files};
use hwagin_training::Authority;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

impl Draft {
    fn toml(&self) -> String {
        let list = |items: &[&str]| {
            let items: Vec<_> = items.iter().map(|item| format!("\"{item}\"")).collect();
            format!("[{}]", items.join(", "))
        };
        let mut out = String::new();
        let mut line = |key: &str, value: String| {
            let _ = writeln!(out, "{key} = {value}");
        };
        line("expect", format!("\"{}\"", self.expect));
        line("outcome", format!("\"{}\"", self.outcome));
        line("at", self.at.to_string());
        line("purpose", format!("\"{}\"", self.purpose));
        line("why", format!("\"{}\"", self.why));
        if self.outcome == "accept" {
            line("cautions", list(&self.cautions));
            line("shows", list(&self.shows));
        }
        for (key, items) in [
            ("roots", &self.roots),
            ("doc_types", &self.doc_types),
            ("crls", &self.crls),
            ("lists", &self.lists),
            ("keys", &self.keys),
        ] {
            if let Some(items) = items {
                line(key, list(items));
            }
        }
        if let Some(challenge) = &self.challenge {
            line("challenge", challenge.clone());
        }
        for (key, is) in [
            ("answered", self.answered),
            ("parts", self.parts),
            ("captured", self.captured),
        ] {
            if is {
                line(key, "true".to_owned());
            }
        }
        if let Some(session) = &self.session {
            line("session", session.clone());
        }
        if let Some(bundle) = &self.bundle {
            line("bundle", bundle.clone());
        }
        if !self.revoked.is_empty() {
            line("revoked", format!("[{}]", self.revoked.join(", ")));
        }
        if let Some(surplus) = self.surplus {
            line("surplus", surplus.to_string());
        }
        for (key, text) in [("realm", self.realm), ("address", self.address)] {
            if let Some(text) = text {
                line(key, format!("\"{text}\""));
            }
        }
        if let Some((key, cti)) = &self.seen {
            line(
                "seen",
                format!("{{ key = \"{}\", cti = \"{}\" }}", hex(key), hex(cti)),
            );
        }
        out
    }
}

/// `folder` holds the vectors as described here and no others; how many there are.
///
/// # Errors
/// The file that could not be written, or a folder of something else, which stays as it is.
///
/// # Panics
/// Where two vectors have one name.
pub fn write_into(folder: &Path) -> io::Result<usize> {
    let drafts = drafts();
    let mut names: Vec<_> = drafts.iter().map(|draft| draft.name).collect();
    names.sort_unstable();
    assert!(
        names.windows(2).all(|pair| pair[0] != pair[1]),
        "two vectors of one name"
    );
    if folder.exists() {
        let is_ours = folder.join("world/iaca.der").is_file();
        if !is_ours && fs::read_dir(folder)?.next().is_some() {
            return Err(io::Error::other(
                "the folder is neither empty nor one of vectors",
            ));
        }
        fs::remove_dir_all(folder)?;
    }
    let (authority, world) = (Authority::built_in(), folder.join("world"));
    fs::create_dir_all(&world)?;
    fs::write(world.join("iaca.der"), authority.iaca_der())?;
    fs::write(world.join("crl.der"), authority.crl_der(AT))?;
    fs::write(world.join("status.cwt"), authority.status_list(AT))?;
    fs::write(world.join("identifiers.cwt"), authority.identifier_list(AT))?;
    fs::write(world.join("id-status.cwt"), authority.id_status_list(AT))?;
    for (name, bytes) in key_files() {
        fs::write(world.join(name), bytes)?;
    }
    for draft in &drafts {
        let own = folder.join(draft.name);
        fs::create_dir_all(&own)?;
        fs::write(own.join("case.toml"), draft.toml())?;
        fs::write(own.join("presentation.txt"), &draft.text)?;
        for (name, bytes) in &draft.files {
            fs::write(own.join(name), bytes)?;
        }
    }
    Ok(drafts.len())
}
