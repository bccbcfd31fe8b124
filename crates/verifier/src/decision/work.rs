//! What a status of stay permits its holder to work, by a table that somebody dated.

use zeroize::Zeroizing;

/// What the table says of a status, from most to least.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WorkRight {
    /// No general limit.
    Permitted,
    /// With limits by kind of work.
    Limited,
    /// Only the permitted job or workplace.
    WorkplaceOnly,
    /// With a permit that this card does not show.
    NeedsPermit,
    /// The card shows no right to work.
    NotPermitted,
}

/// What statuses of stay permit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkTable {
    /// A status each.
    pub rows: Vec<WorkRow>,
    /// What any other permits.
    pub otherwise: WorkRight,
}

/// What one status permits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkRow {
    /// A status (`E-9`), with every status below it (`E-9-1`).
    pub status: String,
    /// What it permits.
    pub right: WorkRight,
}

impl WorkTable {
    /// What this status permits, and by which row: the most specific one.
    pub(super) fn look_up(&self, status: &str) -> (WorkRight, Option<usize>) {
        let status = spelled(status);
        let mut name = status.as_str();
        loop {
            if let Some(row) = self.rows.iter().position(|row| row.status == name) {
                let right = self.rows.get(row).map_or(self.otherwise, |row| row.right);
                return (right, Some(row));
            }
            match name.rsplit_once('-') {
                Some((above, _)) => name = above,
                None => return (self.otherwise, None),
            }
        }
    }
}

/// As the table spells it: `e9` is `E-9`.
fn spelled(status: &str) -> Zeroizing<String> {
    let letters = status.chars().filter(|letter| !letter.is_whitespace());
    let before = std::iter::once(None).chain(letters.clone().map(Some));
    let with_hyphen = |(before, letter): (Option<char>, char)| {
        let is_first = letter.is_ascii_digit() && before.is_some_and(|c| c.is_ascii_alphabetic());
        let hyphen = is_first.then_some('-');
        hyphen.into_iter().chain([letter.to_ascii_uppercase()])
    };
    super::wiped(before.zip(letters).flat_map(with_hyphen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_row_wins() {
        let row = |status: &str, right| WorkRow {
            status: status.to_owned(),
            right,
        };
        let table = WorkTable {
            rows: vec![
                row("F-2", WorkRight::Permitted),
                row("F-2-99", WorkRight::Limited),
                row("E-9", WorkRight::WorkplaceOnly),
            ],
            otherwise: WorkRight::NotPermitted,
        };
        for (status, right, at) in [
            ("F-2", WorkRight::Permitted, Some(0)),
            ("F-2-7", WorkRight::Permitted, Some(0)),
            ("f-2-99", WorkRight::Limited, Some(1)),
            ("E9", WorkRight::WorkplaceOnly, Some(2)),
            (" E-9-1 ", WorkRight::WorkplaceOnly, Some(2)),
            ("E-91", WorkRight::NotPermitted, None),
            ("F-25", WorkRight::NotPermitted, None),
            ("", WorkRight::NotPermitted, None),
        ] {
            assert_eq!(table.look_up(status), (right, at), "{status}");
        }
    }
}
