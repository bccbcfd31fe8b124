//! Knowledge from a folder: what counts, and what is a problem at which line.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use hwagin_training::Authority;

use super::*;

mod anchors;
mod program;
mod rules;
mod vicals;

const AT: i64 = 1_795_300_196;

fn at() -> At {
    At::utc(UnixTime(AT))
}

/// A site's folder that is removed with the test.
struct Site(PathBuf);

impl Site {
    fn new(name: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = format!("hwagin-knowledge-{name}-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn with(self, file: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn load(&self) -> Knowledge {
        let parts = Some(self.0.clone());
        Knowledge::load(
            &Sources {
                parts,
                ..Sources::default()
            },
            at(),
        )
    }

    /// What is wrong, as `file:line code`.
    fn problems(&self) -> Vec<String> {
        let text = |problem: &Problem| {
            let line = problem
                .line
                .map_or(String::new(), |line| format!(":{line}"));
            format!("{}{line} {}", problem.file, problem.code.code())
        };
        self.load().problems().iter().map(text).collect()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn built_in(name: &str) -> String {
    let all = built_in::CARDS
        .iter()
        .chain(&built_in::PURPOSES)
        .chain(&built_in::TABLES);
    let file = all.into_iter().find(|file| file.name == name).unwrap();
    String::from_utf8(file.bytes.to_vec()).unwrap()
}

/// A built-in file with one thing changed, and the problem that it makes.
fn changed(name: &str, from: &str, to: &str) -> Vec<String> {
    let text = built_in(name);
    assert!(text.contains(from), "{from}");
    Site::new("changed")
        .with(name, text.replacen(from, to, 1))
        .problems()
}

fn line_of(name: &str, text: &str) -> usize {
    built_in(name)
        .lines()
        .position(|line| line.contains(text))
        .unwrap()
        + 1
}

#[test]
fn a_site_replaces_a_purpose_by_id_and_keeps_its_place() {
    let text = built_in("purposes/landlord.toml").replace("Tenancy", "Student housing");
    let site = Site::new("replace").with("purposes/ours.toml", text);
    let knowledge = site.load();
    assert_eq!(knowledge.problems(), []);
    assert_eq!(knowledge.purposes().len(), 8);
    assert_eq!(knowledge.purposes()[4].label.en, "Student housing");
    assert!(knowledge.is_training());
}

#[test]
fn a_default_day_counts_from_today() {
    let text = built_in("purposes/landlord.toml").replace(
        "rule = \"stay_valid_on\"",
        "rule = \"stay_valid_on\"\ndefault_days = 730",
    );
    let knowledge = Site::new("days")
        .with("purposes/landlord.toml", text)
        .load();
    let rules = knowledge
        .purpose("landlord")
        .unwrap()
        .rules(&Asked::default(), at().today)
        .unwrap();
    assert!(format!("{:?}", rules.decisions).contains("2028"));
}

#[test]
fn what_is_no_toml_is_named_with_its_line() {
    assert_eq!(
        Site::new("toml")
            .with("purposes/a.toml", "id = \"a\"\n\nversion =\n")
            .problems(),
        ["purposes/a.toml:3 not_toml"]
    );
    assert_eq!(
        Site::new("utf8")
            .with("cards/a.toml", b"id = \"a\"\n\xff\n")
            .problems(),
        ["cards/a.toml:2 not_toml"]
    );
    let deep = format!("a = {}", "[".repeat(100_000));
    assert_eq!(
        Site::new("deep").with("cards/a.toml", deep).problems(),
        ["cards/a.toml:1 not_toml"]
    );
}

#[test]
fn an_unknown_field_is_named_with_its_line() {
    let name = "purposes/age-19.toml";
    let line = line_of(name, "version = 2");
    assert_eq!(
        changed(name, "version = 2", "versoin = 2"),
        [format!("{name}:{line} unknown_field")]
    );
    let name = "cards/mfc.toml";
    let line = line_of(name, "mask = ");
    assert_eq!(
        changed(name, "hide_last", "hide_first"),
        [format!("{name}:{line} unknown_field")]
    );
}

#[test]
fn a_bad_value_is_named_with_its_line() {
    let name = "purposes/age-19.toml";
    for (from, to) in [
        ("clear_after_seconds = 20", "clear_after_seconds = 0"),
        ("clear_after_seconds = 20", "clear_after_seconds = 100000"),
        ("freshness_seconds = 60", "freshness_seconds = 3600"),
        ("needs = \"fresh\"", "needs = \"hope\""),
        ("max_age_hours = 168", "max_age_hours = 1000000"),
        ("rule = \"age_over\"", "rule = \"looks_old\""),
        ("as_of = 2026-11-21", "as_of = \"2026-11-21\""),
        ("as_of = 2026-11-21", "as_of = 2026-11-21T00:00:00Z"),
        ("id = \"age-19\"", "id = \"../age\""),
    ] {
        let line = line_of(name, from);
        assert_eq!(
            changed(name, from, to),
            [format!("{name}:{line} bad_value")],
            "{to}"
        );
    }
    let found = changed(name, "label.ko = \"19세 이상 확인\"", "label.ko = \"\"");
    assert!(found[0].ends_with(" bad_value"), "{found:?}");
    let found = changed(name, "years = 19\n", "");
    assert!(found[0].ends_with(" bad_value"), "{found:?}");
}

#[test]
fn a_unique_identifier_is_never_shown_unmasked() {
    let name = "purposes/hospital-reception.toml";
    let line = line_of(name, "claim = \"registration_number\"") - 1;
    assert_eq!(
        changed(
            name,
            "claim = \"registration_number\"\nmasked = true",
            "claim = \"registration_number\""
        ),
        [format!("{name}:{line} bad_value")]
    );
}

#[test]
fn cards_and_claims_that_nobody_has_are_named_with_their_line() {
    let name = "purposes/hospital-reception.toml";
    let line = line_of(name, "cards = ");
    assert_eq!(
        changed(name, "\"mdl\"", "\"passport\""),
        [format!("{name}:{line} unknown_card")]
    );
    let line = line_of(name, "claim = \"family_name\"") - 1;
    assert_eq!(
        changed(name, "claim = \"family_name\"", "claim = \"shoe_size\""),
        [format!("{name}:{line} unknown_claim")]
    );
    let found = changed(
        "purposes/landlord.toml",
        "cards = [\"mfc\", \"mpr\", \"mor\", ",
        "cards = [",
    );
    let line = line_of("purposes/landlord.toml", "[[decision]]");
    assert_eq!(
        found,
        [format!("purposes/landlord.toml:{line} unknown_claim")]
    );
}

#[test]
fn two_files_with_the_same_name_are_a_contradiction() {
    let age = built_in("purposes/age-19.toml");
    let line = line_of("purposes/age-19.toml", "id = ");
    let site = Site::new("twice")
        .with("purposes/a.toml", &age)
        .with("purposes/b.toml", &age);
    assert_eq!(
        site.problems(),
        [format!("purposes/b.toml:{line} duplicate")]
    );
    let line = line_of("cards/mdl.toml", "id = ");
    assert_eq!(
        changed("cards/mdl.toml", "id = \"mdl\"", "id = \"licence\""),
        [format!("cards/mdl.toml:{line} duplicate")],
        "the same document type under another name"
    );
    let twice = "name = \"given_name\"";
    let line = line_of("cards/mdl.toml", twice) - 1;
    assert_eq!(
        changed("cards/mdl.toml", twice, "name = \"family_name\""),
        [format!("cards/mdl.toml:{line} duplicate")]
    );
}

#[test]
fn a_long_file_is_not_read() {
    let long = vec![b'#'; 1024 * 1024 + 1];
    let site = Site::new("long").with("purposes/a.toml", long);
    assert_eq!(site.problems(), ["purposes/a.toml too_large"]);
}

#[test]
fn only_so_many_files_are_read() {
    let mut site = Site::new("many");
    for number in 0..257 {
        site = site.with(&format!("status/{number:03}.cwt"), "x");
    }
    // Training reads no lists of a site, so the folder has to be that of a real desk.
    let problems = site
        .with("trust-anchors/anchors.toml", "as_of = 2026-11-21\n")
        .problems();
    assert_eq!(problems[0], "status too_large");
    assert_eq!(problems.len(), 1 + 256);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_folders_are_no_files() {
    let site = Site::new("links").with("elsewhere/a.txt", built_in("purposes/age-19.toml"));
    fs::create_dir_all(site.0.join("purposes/b.toml")).unwrap();
    let link = site.0.join("purposes/a.toml");
    std::os::unix::fs::symlink(site.0.join("elsewhere/a.txt"), link).unwrap();
    assert_eq!(
        site.problems(),
        ["purposes/a.toml unreadable", "purposes/b.toml unreadable"]
    );
    std::os::unix::fs::symlink(site.0.join("elsewhere"), site.0.join("cards")).unwrap();
    assert_eq!(site.problems()[0], "cards unreadable");
}

#[test]
fn other_files_are_left_alone() {
    let site = Site::new("other")
        .with("purposes/README.md", "# notes")
        .with("notes.toml", "x");
    assert!(site.problems().is_empty());
}

#[test]
fn any_bytes_are_a_problem_and_never_a_panic() {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut byte = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed.to_be_bytes()[0]
    };
    let names = [
        "purposes/hospital-reception.toml",
        "purposes/employer-contract.toml",
        "cards/mfc.toml",
        "tables/kr-work.toml",
    ];
    for name in names {
        let text = built_in(name).into_bytes();
        for _ in 0..150 {
            let mut bytes = text.clone();
            for _ in 0..3 {
                let place = usize::from(byte()) * 256 + usize::from(byte());
                let place = place % bytes.len();
                bytes[place] = byte();
            }
            let source = toml_file::Source::new(name, &bytes);
            let cards = site::cards(&Shelf::Empty, &mut Vec::new());
            let tables = site::tables(&Shelf::Empty, &mut Vec::new());
            let read = source.and_then(|source| match name {
                "cards/mfc.toml" => card_file::read(&source).map(|_| ()),
                "tables/kr-work.toml" => table_file::read(&source).map(|_| ()),
                _ => purpose_file::read(&source, &cards, &tables).map(|_| ()),
            });
            if let Err(problem) = read {
                assert_eq!(problem.file, name);
            }
        }
    }
}
