//! Where a key is kept, and what becomes of it there.

use super::*;
use crate::challenge::key_store::in_memory;

/// A desk's folder, and a key store beside it.
struct Machine {
    folder: tempfile::TempDir,
    store: KeyStore,
}

impl Machine {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            store: in_memory(),
        }
    }

    fn place(&self) -> KeyPlace {
        KeyPlace::of(self.folder.path(), Secrets::InStore(self.store.clone()))
    }

    fn place_without_store(&self) -> KeyPlace {
        KeyPlace::of(self.folder.path(), Secrets::StoreOutOfReach)
    }

    fn has_file(&self) -> bool {
        self.place().is_in_file()
    }
}

/// The same key, with a certificate that it did not make itself.
fn certified(key: DeskKey) -> DeskKey {
    let certificate = crate::challenge::desk_key::issued_for(&key);
    key.with_chain(vec![certificate]).unwrap()
}

#[test]
fn a_secret_is_kept_in_the_key_store_and_in_no_file() {
    let machine = Machine::new();
    let made = machine.place().read_or_make("desk", "house").unwrap();
    assert!(!machine.has_file());
    let read = machine.place().read_or_make("desk", "house").unwrap();
    assert_eq!(read.fingerprint(), made.fingerprint());
    let renamed = machine.place().read_or_make("other", "house").unwrap();
    assert_eq!(renamed.derive(b"a"), made.derive(b"a"));
    let rotated = machine.place().rotate("desk", "house").unwrap();
    let read = machine.place().read().unwrap().unwrap();
    assert_eq!(read.derive(b"a"), rotated.derive(b"a"));
    let before = id_of(made.chain()).unwrap();
    assert!(machine.store.secret(&before).unwrap().is_none());
}

#[test]
fn a_secret_goes_from_its_file_to_the_key_store() {
    let machine = Machine::new();
    let place = machine.place_without_store();
    let made = place.read_or_make("desk", "house").unwrap();
    assert!(machine.has_file());
    assert!(machine.place().read().unwrap().is_some() && machine.has_file());
    let moved = machine.place().read_or_make("desk", "house").unwrap();
    assert_eq!(moved.fingerprint(), made.fingerprint());
    assert!(!machine.has_file());
}

#[test]
fn a_store_that_is_locked_or_away_makes_no_other_key() {
    let machine = Machine::new();
    let made = machine.place().read_or_make("desk", "house").unwrap();
    machine.store.lock_once(&id_of(made.chain()).unwrap());
    let locked = machine.place().read_or_make("desk", "house");
    assert_eq!(locked.err(), Some(KeyFlaw::Locked));
    let away = machine.place_without_store().read_or_make("desk", "house");
    assert_eq!(away.err(), Some(KeyFlaw::Locked));
    let again = machine.place().read_or_make("desk", "house").unwrap();
    assert_eq!(again.fingerprint(), made.fingerprint());
}

#[test]
fn a_folder_that_was_copied_gets_a_key_of_its_own_unless_somebody_certified_it() {
    let machine = Machine::new();
    let made = machine.place().read_or_make("desk", "house").unwrap();
    let there = id_of(made.chain()).unwrap();
    machine.store.forget(&there);
    let other = machine.place().read_or_make("desk", "house").unwrap();
    assert_ne!(other.derive(b"a"), made.derive(b"a"));
    let other = certified(other);
    machine.place().keep(&other).unwrap();
    machine.store.forget(&id_of(other.chain()).unwrap());
    let lost = machine.place().read_or_make("desk", "house");
    assert_eq!(lost.err(), Some(KeyFlaw::Lost));
    assert_eq!(machine.place().read().err(), Some(KeyFlaw::Lost));
}

#[test]
fn a_key_that_was_half_kept_is_certified_again() {
    let folder = tempfile::tempdir().unwrap();
    let place = KeyPlace::in_files(folder.path());
    let half = DeskKey::generate("desk", "house").unwrap();
    place.write(SECRET, half.secret()).unwrap();
    let whole = place.read_or_make("desk", "house").unwrap();
    assert_eq!(whole.derive(b"a"), half.derive(b"a"));
    let next = DeskKey::generate("desk", "house").unwrap();
    place.write(SECRET, next.secret()).unwrap();
    let whole = place.read_or_make("desk", "house").unwrap();
    assert_eq!(whole.derive(b"a"), next.derive(b"a"));
    let other = DeskKey::generate("desk", "house").unwrap();
    place.keep(&certified(whole)).unwrap();
    place.write(SECRET, other.secret()).unwrap();
    let flaw = place.read_or_make("desk", "house").err();
    assert_eq!(flaw, Some(KeyFlaw::Certificate));
}

#[test]
fn a_key_is_kept_and_nobody_else_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = KeyPlace::in_files(folder.path());
    assert!(place.read().unwrap().is_none());
    let made = place.read_or_make("desk", "house").unwrap();
    let read = place.read_or_make("desk", "house").unwrap();
    assert_eq!(made.fingerprint(), read.fingerprint());
    assert_eq!(made.derive(b"a"), read.derive(b"a"));
    assert_ne!(made.derive(b"a"), made.derive(b"b"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.path().join(SECRET)).unwrap();
        assert_eq!(mode.permissions().mode() & 0o077, 0);
    }
    let other = place.rotate("desk", "house").unwrap();
    assert_ne!(other.fingerprint(), made.fingerprint());
    assert_eq!(
        place.read().unwrap().unwrap().fingerprint(),
        other.fingerprint()
    );
}

#[test]
fn a_desk_that_is_renamed_keeps_its_key_and_is_certified_anew() {
    let folder = tempfile::tempdir().unwrap();
    let place = KeyPlace::in_files(folder.path());
    let made = place.read_or_make("counter 1", "house").unwrap();
    let named = place.read_or_make("counter 2", &"x".repeat(200)).unwrap();
    assert_eq!(named.names(), ("counter 2".to_owned(), "x".repeat(80)));
    assert_eq!(named.derive(b"a"), made.derive(b"a"), "the same key");
    assert_ne!(named.fingerprint(), made.fingerprint());
    let again = place.read_or_make("counter 2", &"x".repeat(200)).unwrap();
    assert_eq!(again.fingerprint(), named.fingerprint());
}

#[test]
fn a_certificate_of_another_key_is_none() {
    let (one, other) = (
        DeskKey::generate("a", "b").unwrap(),
        DeskKey::generate("a", "b").unwrap(),
    );
    let chain = other.chain().to_vec();
    assert_eq!(one.with_chain(chain).err(), Some(KeyFlaw::Certificate));
    assert_eq!(
        other.with_chain(Vec::new()).err(),
        Some(KeyFlaw::Certificate)
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(SECRET), b"no key").unwrap();
    fs::write(folder.path().join(CHAIN), b"no certificate").unwrap();
    let read = KeyPlace::in_files(folder.path()).read();
    assert_eq!(read.err(), Some(KeyFlaw::Certificate));
}

#[test]
fn a_request_names_the_desk() {
    let key = DeskKey::generate("창구 1", "확인 은행").unwrap();
    let request = key.request("창구 1", "확인 은행").unwrap();
    let (_, pem) = x509_parser::pem::parse_x509_pem(request.as_bytes()).unwrap();
    use x509_parser::prelude::FromDer;
    let (_, request) =
        x509_parser::certification_request::X509CertificationRequest::from_der(&pem.contents)
            .unwrap();
    let subject = request.certification_request_info.subject;
    assert_eq!(
        subject.iter_common_name().next().unwrap().as_str(),
        Ok("창구 1")
    );
}
