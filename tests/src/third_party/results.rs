//! What was published, what we say, and how the two are reported.

use super::deviations::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// One statement about one file.
#[derive(Clone)]
pub(super) struct Statement {
    /// The file, without its ending, and a part of it behind `#`.
    pub(super) file: String,
    /// What the statement is about.
    pub(super) about: String,
    /// What is published.
    pub(super) published: String,
    /// What we say.
    pub(super) said: String,
    /// Whether the two are the same in other words.
    pub(super) agrees: bool,
}

/// What is to be said of the files of a folder.
#[derive(Default)]
pub struct Results(pub(super) Vec<Statement>);

impl Results {
    /// We say this of what is published, and whether that agrees.
    pub(super) fn add(
        &mut self,
        file: &str,
        about: &str,
        published: &str,
        said: &str,
        agrees: bool,
    ) {
        self.0.push(Statement {
            file: file.to_owned(),
            about: about.to_owned(),
            published: published.to_owned(),
            said: said.to_owned(),
            agrees,
        });
    }

    /// We have to say exactly what is published.
    pub(super) fn same(&mut self, file: &str, about: &str, published: &str, said: &str) {
        self.add(file, about, published, said, published == said);
    }
}

/// How a folder came out.
pub struct Report {
    /// The folder.
    pub name: String,
    /// Its files that something was said of.
    pub files: usize,
    /// How many statements were compared.
    pub compared: usize,
    /// How many are as published.
    pub agreed: usize,
    /// The deviations with the reason of each, and how many statements it explains.
    pub explained: Vec<(Entry, usize)>,
    /// What nobody has explained: a statement, an entry that no longer applies, a missing file.
    pub unexplained: Vec<String>,
    /// Pictures: how many there are, how many the scanner reads, of how many it says what is
    /// published, and how many of those it reads then get the same verdict as the text.
    pub pictures: [usize; 4],
}

/// What statements about pictures are about.
pub(super) const PICTURE: &str = "picture";
/// The same, walked.
pub(super) const PICTURE_WALKED: &str = "picture, walked";

impl Report {
    pub(super) fn new(name: &str, cases: usize, results: Results, entries: &[Entry]) -> Self {
        let of_folder: Vec<_> = entries
            .iter()
            .filter(|entry| entry.folder == name)
            .collect();
        let mut explains = vec![0; of_folder.len()];
        let mut unexplained = Vec::new();
        let statements = results.0;
        for statement in &statements {
            let entry = of_folder.iter().position(|entry| entry.is_about(statement));
            let Statement {
                file,
                about,
                published,
                said,
                agrees,
            } = statement;
            match (entry, agrees) {
                (None, true) => {}
                (Some(at), false) if of_folder[at].says == *said => explains[at] += 1,
                (Some(_), true) => unexplained.push(format!(
                    "{file}, {about}: unexpected pass, {said} as published; its entry is out of date"
                )),
                _ => unexplained.push(format!("{file}, {about}: published {published}, we say {said}")),
            }
        }
        for (entry, count) in of_folder.iter().zip(&explains) {
            if *count == 0 {
                unexplained.push(format!(
                    "the entry for {}, {}, explains nothing",
                    entry.files, entry.about
                ));
            }
        }
        let whole = |file: &str| file.split('#').next().unwrap_or_default().to_owned();
        let files: BTreeSet<_> = statements
            .iter()
            .map(|statement| whole(&statement.file))
            .collect();
        if files.len() != cases {
            unexplained.push(format!("{} files, not {cases}", files.len()));
        }
        let about = |about: &'static str| {
            statements
                .iter()
                .filter(move |statement| statement.about == about)
        };
        Self {
            name: name.to_owned(),
            files: files.len(),
            compared: statements.len(),
            agreed: statements
                .iter()
                .filter(|statement| statement.agrees)
                .count(),
            explained: of_folder.into_iter().cloned().zip(explains).collect(),
            unexplained,
            pictures: [
                about(PICTURE).count(),
                about(PICTURE)
                    .filter(|it| it.said != super::pictures::NOTHING)
                    .count(),
                about(PICTURE).filter(|it| it.agrees).count(),
                about(PICTURE_WALKED).filter(|it| it.agrees).count(),
            ],
        }
    }

    /// How many statements differ for a written reason.
    pub fn deviations(&self) -> usize {
        self.explained.iter().map(|(_, count)| count).sum()
    }

    /// Its figures, for programs that read them.
    pub fn figures(&self) -> BTreeMap<String, usize> {
        let of = |what: &str, count| (format!("vectors.{}.{what}", self.name), count);
        let mut figures = vec![
            of("files", self.files),
            of("compared", self.compared),
            of("agreed", self.agreed),
            of("deviations", self.deviations()),
            of("unexplained", self.unexplained.len()),
        ];
        let [there, read, agreed, walked] = self.pictures;
        if there > 0 {
            figures.extend([
                of("pictures", there),
                of("pictures_read", read),
                of("pictures_agreed", agreed),
                of("pictures_walked", walked),
            ]);
        }
        figures.into_iter().collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} files, {} statements, {} as published, {} otherwise for a written reason, {} unexplained",
            self.name,
            self.files,
            self.compared,
            self.agreed,
            self.deviations(),
            self.unexplained.len()
        )?;
        let [there, read, agreed, walked] = self.pictures;
        if there > 0 {
            write!(
                f,
                "\n  pictures: {there}, {read} read, {agreed} as published, {walked} then as the text"
            )?;
        }
        for (entry, count) in &self.explained {
            write!(
                f,
                "\n  {count} × {}, {}: published {}, we say {}: {}",
                entry.files, entry.about, entry.published, entry.says, entry.why
            )?;
        }
        for flaw in &self.unexplained {
            write!(f, "\n  UNEXPLAINED {flaw}")?;
        }
        Ok(())
    }
}
