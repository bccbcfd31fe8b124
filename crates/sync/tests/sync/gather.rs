//! The parts of a bundle.

use std::fs;

use rcgen::{CertificateParams, CrlDistributionPoint, KeyPair};
use tempfile::TempDir;

use crate::program::{Ended, files_in, pem, run};
use crate::server::{Server, Trick};

const TOKEN: &[u8] = &[0xd2, 0x84, 0x40, 0xa0, 0x40, 0x40];
const CRL: &[u8] = &[0x30, 0x02, 0x05, 0x00];

struct Publisher {
    folder: TempDir,
    server: Server,
}

impl Publisher {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        let server = Server::of(&folder.path().join("site"));
        Self { folder, server }
    }

    fn serve(&self, name: &str, bytes: &[u8]) {
        fs::write(self.folder.path().join("site").join(name), bytes).unwrap();
    }

    fn gather(&self, parts: &str) -> Ended {
        let from = self.folder.path().join("parts.toml");
        fs::write(&from, parts.replace("URL", &self.server.url)).unwrap();
        let to = self.folder.path().join("to");
        let (from, to) = (from.to_str().unwrap(), to.to_str().unwrap());
        run(&[
            "gather", "--from", from, "--to", to, "--json", "--tries", "2",
        ])
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let files = files_in(&self.folder.path().join("to").join(folder), folder);
        files.into_keys().collect()
    }

    fn certificate(&self, points: &[&str]) {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        let uris = points
            .iter()
            .map(|point| point.replace("URL", &self.server.url));
        params.crl_distribution_points = vec![CrlDistributionPoint {
            uris: uris.collect(),
        }];
        let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        let folder = self.folder.path().join("certificates");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.pem"), pem(certificate.der())).unwrap();
        fs::write(folder.join("b.der"), certificate.der()).unwrap();
    }
}

#[test]
fn gathers_what_is_there_and_lists_what_is_missing() {
    let publisher = Publisher::new();
    let url = &publisher.server.url;
    let lists = format!("{{\"status_lists\": [\"{url}/1\", \"{url}/2\", \"http://192.0.2.1/\"]}}");
    publisher.serve("all", lists.as_bytes());
    publisher.serve("1", TOKEN);
    publisher.serve("2", TOKEN);
    publisher.serve("vical", TOKEN);
    publisher.serve("page", b"<!doctype html>");
    publisher.serve("a.crl", CRL);
    publisher.certificate(&["ldap://127.0.0.1/", "URL/a.crl"]);
    let parts = "aggregation = ['URL/all']\nstatus = ['URL/1', 'URL/page']\n\
                 vical = ['URL/vical']\ncrl = ['URL/gone']\ncertificates = 'certificates'";
    let ended = publisher.gather(parts);
    assert_eq!(ended.how(), (2, "incomplete"));
    let missing: Vec<_> = ended
        .lines
        .iter()
        .filter(|line| line["type"] == "missing")
        .map(|line| {
            let url = line["url"].as_str().unwrap().replace(url, "URL");
            format!("{} {url}", line["code"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        missing,
        [
            "malformed http://192.0.2.1/",
            "malformed URL/page",
            "http_404 URL/gone"
        ]
    );
    let seen = publisher.server.seen();
    let asked = |path| {
        seen.iter()
            .filter(|seen| seen.path == path)
            .collect::<Vec<_>>()
    };
    assert_eq!(asked("/1").len(), 1);
    assert_eq!(asked("/a.crl").len(), 1);
    let accept = asked("/2")[0].accept.as_deref();
    assert_eq!(accept, Some("application/statuslist+cwt"));
    assert_eq!(publisher.names("status").len(), 2);
    assert_eq!(publisher.names("crl").len(), 1);
    assert_eq!(publisher.names("trust-anchors/production").len(), 1);
}

#[test]
fn what_is_the_same_is_not_sent_again() {
    let publisher = Publisher::new();
    publisher.serve("1", TOKEN);
    let parts = "status = ['URL/1']";
    assert_eq!(publisher.gather(parts).how(), (0, "updated"));
    publisher.server.seen();
    let ended = publisher.gather(parts);
    assert_eq!(ended.how(), (0, "unchanged"));
    assert_eq!(ended.figure("bytes"), 0);
    assert_eq!(publisher.server.seen()[0].status, 304);
    publisher.serve("1", &[TOKEN, &[0]].concat());
    assert_eq!(publisher.gather(parts).how(), (0, "updated"));
}

#[test]
fn what_was_there_stays_until_there_is_something_better() {
    let publisher = Publisher::new();
    publisher.serve("1", TOKEN);
    publisher.serve("2", TOKEN);
    assert_eq!(publisher.gather("status = ['URL/1', 'URL/2']").how().0, 0);
    publisher.server.play("/1", Trick::Busy(None), 2);
    assert_eq!(
        publisher.gather("status = ['URL/1']").how(),
        (2, "incomplete")
    );
    assert_eq!(publisher.names("status").len(), 2);
    // Once everything is there, what nobody names any more goes; what we did not bring stays.
    let own = publisher.folder.path().join("to/status/own.cwt");
    fs::write(&own, TOKEN).unwrap();
    assert_eq!(publisher.gather("status = ['URL/1']").how(), (0, "updated"));
    assert_eq!(publisher.names("status").len(), 2);
    assert!(own.exists());
}

#[test]
fn a_list_in_the_clear_or_an_unknown_key_is_wrong_usage() {
    let publisher = Publisher::new();
    for parts in [
        "status = ['http://192.0.2.1/']",
        "vical = ['http://192.0.2.1/']",
        "statuses = []",
        "status = 1",
        "certificates = 'nowhere'",
    ] {
        assert_eq!(publisher.gather(parts).exit, 3, "{parts}");
    }
}

#[test]
fn endless_parts_are_cut_off() {
    let publisher = Publisher::new();
    publisher.server.play("/vical", Trick::Endless, 1);
    let ended = publisher.gather("vical = ['URL/vical']");
    assert_eq!(ended.how(), (2, "incomplete"));
    let missing = ended.lines.iter().find(|line| line["type"] == "missing");
    assert_eq!(missing.unwrap()["code"], "too_large");
    assert!(publisher.names("trust-anchors/production").is_empty());
}
