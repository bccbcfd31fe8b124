//! What the data files have to look like, for the editors that people write them with.

use schemars::{JsonSchema, schema_for};

use super::card_file::CardFile;
use super::purpose_file::PurposeFile;
use super::table_file::TableFile;

/// The JSON Schema of each kind of data file, by the name of its own file in `schemas/`.
///
/// An editor that knows the schema says what a field may be; what the fields have to be together only
/// the desk says.
#[must_use]
pub fn schemas() -> [(&'static str, String); 3] {
    [
        ("card.schema.json", of::<CardFile>()),
        ("purpose.schema.json", of::<PurposeFile>()),
        ("table.schema.json", of::<TableFile>()),
    ]
}

fn of<T: JsonSchema>() -> String {
    format!("{:#}\n", schema_for!(T).as_value())
}
