//! `tables/*.toml`: what decisions look things up in, one table a file.

use hwagin_verifier::CalendarDate;
use hwagin_verifier::decision::{WorkRight, WorkRow, WorkTable};
use serde::Deserialize;
use toml::Spanned;

use super::problem::{Problem, ProblemCode};
use super::toml_file::{Day, Line, Name, Source};
use crate::view::LabelView;

/// Statuses in one table at most; there are some 40, with their parts some 250.
const MAX_ROWS: usize = 1_000;

/// A table with the words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownTable {
    /// The name by which purposes mean it.
    pub id: String,
    /// The day on which somebody last held it against the law.
    pub as_of: CalendarDate,
    /// As the verifier takes it.
    pub table: WorkTable,
    /// Where its id stands in its file.
    pub(super) line: u32,
    next: Vec<LabelView>,
    otherwise: LabelView,
}

impl KnownTable {
    /// What the clerk does next where this row answered; `None` is any status that has no row.
    #[must_use]
    pub fn next(&self, row: Option<usize>) -> &LabelView {
        row.and_then(|row| self.next.get(row))
            .unwrap_or(&self.otherwise)
    }
}

#[derive(Deserialize, schemars::JsonSchema)]
#[schemars(title = "Table")]
#[serde(deny_unknown_fields)]
pub(super) struct TableFile {
    #[schemars(with = "Name")]
    id: Spanned<Name>,
    as_of: Day,
    #[expect(dead_code, reason = "for whoever reads the file; it has to be there")]
    legal_basis: Line,
    #[schemars(with = "Vec<RowFile>")]
    row: Spanned<Vec<Spanned<RowFile>>>,
    otherwise: OtherwiseFile,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct RowFile {
    #[schemars(with = "Vec<Line>")]
    status: Vec<Spanned<Line>>,
    right: RightFile,
    next: LabelView,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct OtherwiseFile {
    right: RightFile,
    next: LabelView,
}

#[derive(Deserialize, Clone, Copy, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
enum RightFile {
    Permitted,
    Limited,
    WorkplaceOnly,
    NeedsPermit,
    NotPermitted,
}

impl From<RightFile> for WorkRight {
    fn from(right: RightFile) -> Self {
        match right {
            RightFile::Permitted => Self::Permitted,
            RightFile::Limited => Self::Limited,
            RightFile::WorkplaceOnly => Self::WorkplaceOnly,
            RightFile::NeedsPermit => Self::NeedsPermit,
            RightFile::NotPermitted => Self::NotPermitted,
        }
    }
}

/// The table in this file.
pub(super) fn read(source: &Source<'_>) -> Result<KnownTable, Problem> {
    let file: TableFile = source.read()?;
    let line = source.line(&file.id.span());
    let span = file.row.span();
    let (mut rows, mut next) = (Vec::<WorkRow>::new(), Vec::new());
    for row in file.row.into_inner() {
        let empty = row.get_ref().status.is_empty();
        if empty {
            return Err(source.problem(&row.span(), ProblemCode::BadValue));
        }
        let row = row.into_inner();
        for status in row.status {
            let span = status.span();
            let status = status.into_inner().0;
            let is_spelled = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
            if !status.bytes().all(is_spelled) {
                return Err(source.problem(&span, ProblemCode::BadValue));
            }
            if rows.iter().any(|known| known.status == status) {
                return Err(source.problem(&span, ProblemCode::Duplicate));
            }
            rows.push(WorkRow {
                status,
                right: row.right.into(),
            });
            next.push(row.next.clone());
        }
    }
    if rows.is_empty() || rows.len() > MAX_ROWS {
        return Err(source.problem(&span, ProblemCode::BadValue));
    }
    Ok(KnownTable {
        id: file.id.into_inner().0,
        as_of: file.as_of.0,
        table: WorkTable {
            rows,
            otherwise: file.otherwise.right.into(),
        },
        line,
        next,
        otherwise: file.otherwise.next,
    })
}
