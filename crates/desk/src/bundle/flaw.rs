//! What The Update Framework's client says, in the desk's own codes.

use tough::error::Error;
use tough::schema;
use tough::{TransportError, TransportErrorKind};

use super::codes::BundleFlaw;

/// Why the metadata of a bundle is not taken.
pub(super) fn of_metadata(error: &Error) -> BundleFlaw {
    match error {
        Error::VerifyTrustedMetadata { .. } | Error::ParseTrustedMetadata { .. } => {
            BundleFlaw::Root
        }
        Error::VerifyMetadata { source, .. } | Error::VerifyRoleMetadata { source, .. } => {
            signatures(source)
        }
        Error::OlderMetadata { .. }
        | Error::OlderSnapshotInTimestamp { .. }
        | Error::SnapshotRoleMissing { .. }
        | Error::SnapshotRoleRollback { .. } => BundleFlaw::Older,
        Error::VersionMismatch { .. }
        | Error::HashMismatch { .. }
        | Error::MetaMissing { .. }
        | Error::MissingSnapshotMeta { .. }
        | Error::SnapshotTargetsMetaMissing { .. }
        | Error::RoleNotInMeta { .. }
        | Error::DelegateMissing { .. } => BundleFlaw::Mixed,
        Error::MaxSizeExceeded { .. } | Error::MaxUpdatesExceeded { .. } => BundleFlaw::TooLarge,
        Error::Transport { source, .. } if within(source).is_some() => {
            within(source).map_or(BundleFlaw::Unreadable, of_metadata)
        }
        Error::Transport { source, url, .. } => match source.kind() {
            TransportErrorKind::FileNotFound if url.path().ends_with("/timestamp.json") => {
                BundleFlaw::Missing
            }
            // A timestamp that names what is not there.
            TransportErrorKind::FileNotFound => BundleFlaw::Mixed,
            _ => BundleFlaw::Unreadable,
        },
        Error::DatastoreInit { source, .. }
        | Error::DatastoreCreate { source, .. }
        | Error::DatastoreOpen { source, .. }
        | Error::DatastoreRemove { source, .. } => of_store(source),
        _ => BundleFlaw::Malformed,
    }
}

/// Why a file of a bundle is not taken.
pub(super) fn of_target(error: &Error) -> BundleFlaw {
    match error {
        Error::MaxSizeExceeded { .. } => BundleFlaw::TargetTooLong,
        Error::HashMismatch { .. } => BundleFlaw::TargetWrong,
        Error::Transport { source, .. } if within(source).is_some() => {
            within(source).map_or(BundleFlaw::Unreadable, of_target)
        }
        Error::Transport { source, .. } => match source.kind() {
            TransportErrorKind::FileNotFound => BundleFlaw::TargetMissing,
            _ => BundleFlaw::Unreadable,
        },
        other => of_metadata(other),
    }
}

/// What tough found wrong with the bytes of a file: it hands lengths and digests that differ on as
/// failures of the carrier.
fn within(error: &TransportError) -> Option<&Error> {
    std::error::Error::source(error)?.downcast_ref()
}

fn signatures(error: &schema::Error) -> BundleFlaw {
    match error {
        schema::Error::SignatureThreshold { valid: 0, .. } => BundleFlaw::WrongKey,
        schema::Error::SignatureThreshold { .. } => BundleFlaw::BelowThreshold,
        _ => BundleFlaw::Malformed,
    }
}

/// Why the desk's own folder could not be written.
pub(super) fn of_store(error: &std::io::Error) -> BundleFlaw {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            BundleFlaw::DiskFull
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => BundleFlaw::ReadOnly,
        _ => BundleFlaw::Store,
    }
}
