//! The words of `--help`.

pub(crate) const ALL: &str = "\
hwagin-sync: fetches what a desk takes in. The desk itself has no network; this program has, and
never sees a credential.

  hwagin-sync pull URL --root ROOT.json --to DIR      keeps DIR the same as a repository (TUF)
  hwagin-sync gather --from parts.toml --to DIR       fetches the parts of a bundle for a publisher

`hwagin-sync COMMAND --help` says more.";

pub(crate) const PULL: &str = "\
hwagin-sync pull URL --root ROOT.json --to DIR [--json|--quiet] [--tries N]

Keeps DIR the same as the repository of The Update Framework at URL (URL/metadata/, URL/targets/).
Everything is verified, from the pinned ROOT.json on, before anything in DIR changes; timestamp.json
is written last. What is there already is not fetched again, and what was cut off is continued.
What DIR needs to know of earlier runs is in DIR/.sync.

  --root FILE     the root that is trusted: any version of it, later ones are followed
  --to DIR        where the copy is kept; only one run at a time
  --json          one JSON object a line: progress, and at the end done or failed
  --quiet         nothing but failures
  --tries N       how often in a row something is asked for before it counts as failed; without it 5
  --help

URL begins with https://, or with http:// on this machine. A proxy is taken from HTTPS_PROXY and
NO_PROXY.

Exit code: 0 updated or unchanged
           1 refused: rollback expired signature mixed target_mismatch target_name too_large root
             malformed
           2 could not: network busy disk clock http_404 and the like
           3 wrong usage, or ROOT.json could not be opened";

pub(crate) const GATHER: &str = "\
hwagin-sync gather --from parts.toml --to DIR [--json|--quiet] [--tries N]

Fetches what a publisher makes a bundle from: status/*.cwt, crl/*.crl and
trust-anchors/production/*.cbor below DIR. Nothing is verified here but size and shape. A file is
named for the address it came from. What could not be fetched is listed by code and address, and the
file that was there before stays.

parts.toml:
  aggregation = [\"https://...\"]   lists of status lists: {\"status_lists\": [...]}
  status = [\"https://...\"]        status list tokens
  vical = [\"https://...\"]         issuer lists
  crl = [\"http://...\"]            revocation lists
  certificates = \"folder\"         certificates, PEM or DER, whose revocation lists are fetched too

  --from FILE     what to fetch
  --to DIR        where to; only one run at a time
  --json          one JSON object a line: progress in parts, missing, and at the end done or failed
  --quiet         nothing but failures
  --tries N       how often in a row something is asked for before it counts as failed; without it 5
  --help

Addresses begin with https://; those of revocation lists, which are signed, also with http://.

Exit code: 0 updated or unchanged; 2 something is missing, or could not: incomplete busy disk;
3 wrong usage, or an input could not be opened.";
