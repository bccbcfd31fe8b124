//! Which addresses are asked at all.

use url::{Host, Url};

use crate::failure::Failure;

/// Where `http://` will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plain {
    /// On this machine, where nobody is between.
    Here,
    /// Anywhere: what is fetched is signed, and is published so (revocation lists).
    Anywhere,
}

/// An address from an argument or a file of the publisher's.
pub(crate) fn read(text: &str, plain: Plain) -> Result<Url, Failure> {
    Url::parse(text)
        .ok()
        .filter(|url| is_allowed(url, plain))
        .ok_or_else(|| Failure::usage(text))
}

/// The base of a repository: other addresses are made from it.
pub(crate) fn read_base(text: &str) -> Result<Url, Failure> {
    let mut url = read(text, Plain::Here)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Failure::usage(text));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

/// Whether this address may be asked. One with a name and password may not: they would end in logs.
pub(crate) fn is_allowed(url: &Url, plain: Plain) -> bool {
    let is_safe = match url.scheme() {
        "https" => url.host().is_some(),
        "http" => url.host().is_some() && (plain == Plain::Anywhere || is_here(url)),
        _ => false,
    };
    is_safe && url.username().is_empty() && url.password().is_none()
}

/// Whether an answer from the one address may send us to the other.
pub(crate) fn may_follow(from: &Url, to: &Url, plain: Plain) -> bool {
    let is_weaker = from.scheme() == "https" && to.scheme() != "https";
    is_allowed(to, plain) && !is_weaker
}

/// Whether the address is on this machine.
pub(crate) fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn asks_in_the_clear_on_this_machine_only() {
        for here in [
            "http://127.0.0.1/",
            "http://127.9.9.9:8/",
            "http://[::1]/",
            "http://localhost/",
        ] {
            assert!(is_allowed(&url(here), Plain::Here), "{here}");
        }
        for there in [
            "http://example.org/",
            "http://10.0.0.1/",
            "http://localhost.example.org/",
            "ftp://127.0.0.1/",
            "file:///a",
        ] {
            assert!(!is_allowed(&url(there), Plain::Here), "{there}");
        }
        assert!(is_allowed(&url("https://example.org/"), Plain::Here));
        assert!(is_allowed(&url("http://example.org/"), Plain::Anywhere));
    }

    #[test]
    fn never_follows_to_something_weaker() {
        let (safe, plain) = (url("https://a.example/"), url("http://a.example/"));
        let here = url("http://127.0.0.1/");
        assert!(may_follow(&safe, &url("https://b.example/"), Plain::Here));
        assert!(!may_follow(&safe, &plain, Plain::Here));
        assert!(!may_follow(&safe, &plain, Plain::Anywhere));
        assert!(!may_follow(&safe, &here, Plain::Here));
        assert!(may_follow(&here, &safe, Plain::Here));
        assert!(!may_follow(&here, &plain, Plain::Here));
    }

    #[test]
    fn takes_no_password_in_an_address() {
        assert!(!is_allowed(
            &url("https://me:secret@a.example/"),
            Plain::Here
        ));
        assert!(!is_allowed(&url("https://me@a.example/"), Plain::Here));
    }

    #[test]
    fn a_base_ends_in_a_slash() {
        let base = |text| read_base(text).map(String::from).ok();
        assert_eq!(base("https://a.example/x").unwrap(), "https://a.example/x/");
        assert_eq!(base("https://a.example").unwrap(), "https://a.example/");
        assert_eq!(base("https://a.example/?x"), None);
    }
}
