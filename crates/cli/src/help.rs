//! The words of `--help`.

pub(crate) const ALL: &str = "\
hwagin: is this credential genuine, current, and held by whoever shows it? Without a network.

  hwagin verify FILE|-…       the verdict on presentations in pictures, texts and folders of frames
  hwagin sample CARD CASE     a presentation or a document of the training authority
  hwagin cases                every card and case of the training authority, expected and actual
  hwagin inspect FILE|-…      what is in a code, without its values
  hwagin vical FILE…          what becomes of each entry of an issuer list
  hwagin purpose check FILE…  whether a purpose, card or table can be used
  hwagin challenge            what a desk asks a holder, as a QR code
  hwagin desk-key COMMAND     the key that a desk asks with
  hwagin journal              what clerks had revealed or copied
  hwagin bundle COMMAND       makes, signs, checks and takes the bundle of what desks know
  hwagin symbols FILE…        the QR codes in pictures, byte for byte

`hwagin COMMAND --help` says more.";

pub(crate) const VERIFY: &str = "\
hwagin verify [OPTIONS] FILE|-…

The verdict on each input, one line each. An input is a picture (PNG, JPEG, WebP, BMP, GIF), a text
file, a folder of pictures (frames of one scan), or - for text from standard input.

A presentation that another program captured is taken too: a DeviceResponse, an SD-CWT or key binding
token, or another signed document, as bytes, hex or base64; and the JSON files of the published test
suites of the EU DCC and of claim 169.

The parts of an animated code (ur:bytes/...) are put together: those of a folder, those on the lines
of one text, and those of several files. A presentation in several files gets one line.

  --purpose P     judge for this purpose; without it what is made to be shown to a desk for the first
                  one, hospital-reception, and any other document for credential-check
  --at TIME       the time to judge at, as 2026-11-21T22:30:00Z or unix seconds; without it now
  --on DATE       the day a purpose asks for (landlord), as 2028-02-28
  --area TEXT     the part of an address a purpose asks for, larger parts first
  --name TEXT     the name a purpose compares with the card's
  --data DIR      a desk's folder: the bundle in it, up to its root of trust
  --parts DIR     a publisher's folder, before it is signed: purposes/ cards/ trust-anchors/ crl/ status/
  --anchors DIR   trust the root certificates, signers' certificates (PEM, DER) and keys (JWK, JWK set, DID
                  document as .json, COSE_Key as .cose, PEM) in this folder, for every card, and the
                  issuer lists (.cbor, .vical) that a certificate beside them vouches for, and no
                  others; a key without an id is tried for every one
  --crl FILE      one more revocation list; may be repeated
  --status FILE   one more status list token; may be repeated
  --challenge T   a challenge that may be answered: its text, or @FILE
  --transcript F  the SessionTranscript (bytes or hex) that a captured DeviceResponse was made for
  --handover F    the same from how it was asked for, a JSON object whose handover is openid4vp (client_id,
                  nonce, response_uri, jwk_thumbprint), openid4vp-dc-api (origin, nonce, jwk_thumbprint),
                  openid4vp-dc-api-draft-24 (origin, nonce), iso-18013-7-annex-b (client_id,
                  response_uri, nonce, mdoc_generated_nonce), iso-18013-7-annex-c
                  (base64_encryption_info, origin), or for an SD-CWT key-binding (audience, cnonce_hex)
  --show          also what the purpose shows: claims, decisions, issuer
  --json          one JSON object an input
  --help

An issuer list (VICAL) among the inputs is answered as `hwagin vical` answers it.
Without --data, --parts or --anchors the training authority is in force and every answer says TRAINING.
A proof counts once: the same presentation twice in one run is `holder.replayed` the second time.

Exit code: 0 all accepted; 1 one was refused; 2 none was refused, but one could not be decided or
was no presentation; 3 wrong usage, or an input could not be opened.";

pub(crate) const SAMPLE: &str = "\
hwagin sample CARD CASE --out F [--at TIME] [--format mdoc|sd-cwt] [--portrait small|large|none]
                   [--challenge TEXT|@FILE]
hwagin sample DOCUMENT CASE --out F [--at TIME]

Writes what the phone of a sample holder shows. CARD is mfc or mdl; `hwagin cases` lists the CASEs.

Or a document that nobody proves to hold. DOCUMENT is
  hcert, hcert-test, hcert-recovery      EU DCC; with the CASEs revoked and wrong-use
  ddcc-vs, ddcc-tr, dvc, hcert-light     the same container by the WHO and by Switzerland
  nzcp                                   New Zealand COVID Pass
  claim-169                              MOSIP; with the CASEs revoked, unsigned and encrypted
and CASE is valid, ending-soon, expired, not-yet, altered-name, wrong-issuer, or as said.

  --out F         F.png or F.jpg: all in one QR code; F.txt: its text; F/: camera frames of a phone
                  that plays an animated code; -: the text to standard output
  --at TIME       when it is made, as 2026-11-21T22:30:00Z or unix seconds; without it now
  --format F      mdoc, or sd-cwt with its key-binding token; without it mdoc
  --portrait P    small, large (too much for one QR code), none; without it what the CASE has
  --help

Exit code: 0 written; 3 not.";

pub(crate) const VICAL: &str = "\
hwagin vical [OPTIONS] FILE…

Whether a real desk takes an issuer list (VICAL, ISO/IEC 18013-5 annex C), and what becomes of each
entry: its number from 0, taken or refused and why, issuer, country, document types, end of
validity. The last line is about the list: provider, number, date, when the next one is due.

  --anchors DIR   the certificates (PEM, DER) that may vouch for the list: that of its signer, or one
                  above
  --at TIME       the time to judge at, as 2026-11-21T22:30:00Z or unix seconds; without it now
  --json          one JSON object an entry, and one for the list
  --help

Exit code: 0 all lists taken, whatever became of their entries; 1 one was refused; 2 none was
refused, but the signer of one is not known here; 3 wrong usage, or a file could not be opened.";

pub(crate) const SYMBOLS: &str = "\
hwagin symbols [--json] FILE…

The QR codes in each picture: content in hex, corners in pixels (top left, top right, bottom right,
bottom left of the code), and the CPU time that finding and reading took.

  --json          one JSON object a file
  --help

Exit code: 0 all files were read, whether they had a code or not; 2 one was no readable picture;
3 wrong usage, or a file could not be opened.";

pub(crate) const INSPECT: &str = "\
hwagin inspect [--at TIME] [--data DIR] [--parts DIR] [--anchors DIR] [--json] FILE|-…

What is in each code: its kind and size, whether it is well formed, and what each purpose would say
to it. No value of the credential is printed.

Exit code: 0 a presentation was found in each input; 2 not in each; 3 wrong usage, or an input could
not be opened.";

pub(crate) const CASES: &str = "\
hwagin cases [--at TIME]

Mints every case of every card of the training authority in every format, and of every document
without a holder, reads each from the picture of its QR code (or those of its parts, where one holds
too little), and judges it, cards for hospital-reception and documents for credential-check: what is
expected, what came, and whether that is the same.

Exit code: 0 all the same; 1 not; 3 wrong usage.";

pub(crate) const BUNDLE: &str = "\
hwagin bundle COMMAND

What a desk knows comes as one signed bundle: a repository of The Update Framework 1.0, a folder with
metadata/ and targets/. A publisher makes it with these commands, or with the stock tools; see
docs/operations.md.

  new-key --out NAME
      A new Ed25519 key: NAME.pk8, which nobody else may have, and NAME.pub.json for whoever makes the
      root. Prints its id. Wherever a KEY is asked for, PKCS#8 (DER, PEM) for P-256 or RSA does too.
  new-root --root KEY… --targets KEY… --snapshot KEY… --timestamp KEY… --days N --key KEY… --out FILE
           [--root-threshold N] [--targets-threshold N] [--from OLD.json]
      A root of trust: the keys of each role, public or secret, how many have to sign, and when it ends.
      With --from the one after OLD, which keys of OLD have to sign as well. --key signs.
  build PARTS --root ROOT.json --repo REPO --days N --key KEY… [--name NAME] [--due-days N]
      The files of the folder PARTS (cards/ purposes/ trust-anchors/ crl/ status/ dcc-revocation/) as
      the next release, signed as far as the keys go. PARTS/bundle.toml is made of --name and
      --due-days where it is not there. PARTS/delegations.toml names roles that bring files of their own.
  delegated PARTS --name ROLE --version N --days N --key KEY… [--out FILE]
      What such a role signs, for the publisher.
  sign REPO --root ROOT.json --days N --key KEY…
      Adds signatures to the newest release, and issues it once enough have signed: also again and
      again, so that it does not end while nothing changes.
  sign ROOT.json [--root OLD.json] --key KEY…
      Adds signatures to a root of trust.
  verify REPO --root ROOT.json [--at TIME] [--json]
      Whether it is signed up to this root, whole, and has not ended.
  show REPO --root ROOT.json [--json]
      What it is, who signed, and its files.
  diff OLD NEW --root ROOT.json
      What is other in NEW, a line a file.
  import REPO --data DIR [--at TIME] [--json]
      Takes it for the desk whose folder DIR is, as the window would. Without DIR/root.json the
      training root is in force.

Exit code: 0 done, or verified; 1 refused; 2 signatures are missing, or the desk's folder is to blame;
3 wrong usage, or a file could not be read or written.";

pub(crate) const CHALLENGE: &str = "\
hwagin challenge --purpose P --out F [--data DIR] [--on DATE] [--printed] [--at TIME]

What a desk asks for this purpose, as a QR code (F.png) or its text (F.txt, -). With --data it is signed
by the key of that desk and names it; without, by a key made for this once. --printed makes one for
paper: without a nonce, good for a year, and answered at the desk of --data.
`hwagin sample CARD CASE --challenge` answers it, `hwagin verify --challenge` takes the answer.";

pub(crate) const DESK_KEY: &str = "\
hwagin desk-key show --data DIR               its certificate's SHA-256, and where the key is kept
hwagin desk-key rotate --data DIR             a new key, certified by itself; what it asked before is void
hwagin desk-key request --data DIR [--out F]  a request for a certificate (PKCS #10, PEM)
hwagin desk-key install F --data DIR          the certificate that was issued for it, and those above (PEM)

The key is made at the first start of the desk, or by rotate. It is kept in the key store of the operating
system, or in DIR where there is none, or where desk.toml says desk_key = \"file\". A desk says the names of its certificate; of its own it takes them from desk.toml.";

pub(crate) const JOURNAL: &str = "\
hwagin journal --data DIR [--since TIME] [--json]

When a clerk of the desk whose folder DIR is had a masked value shown, or a value copied: a line each with
its time, revealed or copied, purpose, version and item. Nothing in it is of a person.

  --since TIME    as 2026-11-21T22:30:00Z or unix seconds; without it all there is, which is three years";

pub(crate) const PURPOSE: &str = "\
hwagin purpose check FILE... [--parts DIR | --data DIR] [--site]

Whether a desk takes these purposes, cards or tables. A problem is FILE:LINE: CODE. With --site a purpose
has to narrow the one of its id, as a file of site-purposes/ does.
Editors that know JSON Schema help with schemas/*.json.

Exit code: 0 all can be used; 1 one cannot; 3 wrong usage, or a file could not be opened.";
