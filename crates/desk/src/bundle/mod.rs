//! What a desk knows comes as one signed bundle.

mod codes;

pub use codes::{BundleFlaw, Change, ImportCode, PartKind, UpdateCode};
