//! What tough says, as a code.

use std::error::Error as _;

use tough::error::Error;
use tough::schema::RoleType;

use crate::failure::Code;

/// Why it was refused.
pub(crate) fn code(error: &Error) -> Code {
    match error {
        Error::ParseTrustedMetadata { .. }
        | Error::VerifyTrustedMetadata { .. }
        | Error::MaxUpdatesExceeded { .. }
        | Error::ParseMetadata {
            role: RoleType::Root,
            ..
        }
        | Error::OlderMetadata {
            role: RoleType::Root,
            ..
        }
        | Error::VerifyMetadata {
            role: RoleType::Root,
            ..
        } => Code::Root,
        Error::VerifyMetadata { .. } | Error::VerifyRoleMetadata { .. } => Code::Signature,
        Error::OlderMetadata { .. }
        | Error::OlderSnapshotInTimestamp { .. }
        | Error::SnapshotRoleMissing { .. }
        | Error::SnapshotRoleRollback { .. } => Code::Rollback,
        Error::ExpiredMetadata { .. } => Code::Expired,
        Error::VersionMismatch { .. } | Error::HashMismatch { .. } => Code::Mixed,
        Error::MaxSizeExceeded { .. } => Code::TooLarge,
        Error::SystemTimeSteppedBackward { .. } => Code::Clock,
        Error::InvalidTargetName { .. }
        | Error::UnsafeTargetNameDotDot { .. }
        | Error::UnsafeTargetNameEmpty { .. }
        | Error::UnsafeTargetNameSlash { .. } => Code::TargetName,
        Error::DatastoreInit { .. }
        | Error::DatastoreCreate { .. }
        | Error::DatastoreOpen { .. }
        | Error::DatastoreRemove { .. }
        | Error::DatastoreSerialize { .. } => Code::Disk,
        // What was found while it was read is inside.
        Error::Transport { source, .. } => source
            .source()
            .and_then(|source| source.downcast_ref::<Error>())
            .map_or(Code::Malformed, code),
        _ => Code::Malformed,
    }
}
