//! What can become of a bundle, in codes.

use crate::view::codes;

codes! {
    /// Why a bundle is not taken, or why the installed one is not in force. The one in force stays.
    BundleFlaw {
        /// There is no bundle: no `metadata/timestamp.json`.
        Missing = "bundle.missing",
        /// The carrier went away, or something on it is no regular file.
        Unreadable = "bundle.unreadable",
        /// A file of its metadata is not what The Update Framework describes, or is too long.
        Malformed = "bundle.malformed",
        /// Nothing on a file of its metadata was signed by a key that counts for it.
        WrongKey = "bundle.wrong_key",
        /// Fewer keys signed than have to.
        BelowThreshold = "bundle.below_threshold",
        /// It is older than the one in force, or than one it replaces in part.
        Older = "bundle.older",
        /// Its parts are not of one issue.
        Mixed = "bundle.mixed",
        /// Its time is over.
        Expired = "bundle.expired",
        /// A file of it is not there.
        TargetMissing = "bundle.target_missing",
        /// A file of it is not what was signed: altered or cut off.
        TargetWrong = "bundle.target_wrong",
        /// A file of it is longer than was signed.
        TargetTooLong = "bundle.target_too_long",
        /// A name in it is no plain file name.
        TargetName = "bundle.target_name",
        /// It has more files, or more bytes, than a desk takes.
        TooLarge = "bundle.too_large",
        /// `bundle.toml` is not there, or does not say when it was issued.
        Manifest = "bundle.manifest",
        /// The root of trust of this desk is no root of The Update Framework.
        Root = "bundle.root",
        /// The root of trust of a real desk is the training root.
        TrainingRoot = "bundle.training_root",
        /// Another import is at work.
        Busy = "bundle.busy",
        /// The desk's disk is full.
        DiskFull = "bundle.disk_full",
        /// The desk may not write in its folder.
        ReadOnly = "bundle.read_only",
        /// The desk's folder cannot be used.
        Store = "bundle.store",
    }
}

codes! {
    /// What became of a bundle that came in.
    ImportCode, and
    /// It was not taken.
    Refused(BundleFlaw) {
        /// It is in force.
        Installed = "installed",
        /// It was in force already.
        Unchanged = "unchanged",
    }
}

codes! {
    /// What a file of a bundle is, by its name.
    PartKind {
        /// `bundle.toml`: what the bundle says of itself.
        Manifest = "manifest",
        /// `anchors.toml`: which issuers count for what.
        Anchors = "anchors",
        /// A file that `anchors.toml` names: a certificate, a key, an issuer list.
        Anchor = "anchor",
        /// A revocation list of a root.
        Crl = "crl",
        /// A status list or identifier list.
        Status = "status",
        /// Revoked health certificates.
        Health = "health",
        /// A card.
        Card = "card",
        /// A table that purposes look things up in.
        Table = "table",
        /// A purpose.
        Purpose = "purpose",
        /// A purpose that the site narrowed.
        SitePurpose = "site_purpose",
        /// Nothing that this version of the desk knows; it is left alone.
        Other = "other",
    }
}

codes! {
    /// What became of a file from one bundle to the next.
    Change {
        /// It was not there before.
        Added = "added",
        /// It is another one.
        Changed = "changed",
        /// It is not there any more.
        Removed = "removed",
    }
}

codes! {
    /// How fetching a bundle goes. `hwagin-sync` fetches; the desk only waits for it.
    UpdateCode {
        /// It is at work.
        Running = "running",
        /// A bundle was fetched; the import says what became of it.
        Fetched = "fetched",
        /// There is no newer one.
        Unchanged = "unchanged",
        /// The server could not be reached, or not for long enough.
        Network = "network",
        /// What the server has is not taken: old, expired, or not signed as it has to be.
        Refused = "refused",
        /// It could not be written.
        Disk = "disk",
        /// Another one is at work.
        Busy = "busy",
        /// The program that fetches is not there, or broke.
        Failed = "failed",
    }
}
