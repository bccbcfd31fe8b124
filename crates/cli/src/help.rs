//! The words of `--help`.

pub(crate) const ALL: &str = "\
hwagin: is this credential genuine, current, and held by whoever shows it? Without a network.

  hwagin verify FILE|-…       the verdict on presentations in pictures, texts and folders of frames
  hwagin sample CARD CASE     a presentation of the training authority
  hwagin cases                every card and case of the training authority, expected and actual
  hwagin inspect FILE|-…      what is in a code, without its values
  hwagin vical FILE…          what becomes of each entry of an issuer list
  hwagin symbols FILE…        the QR codes in pictures, byte for byte

`hwagin COMMAND --help` says more.";

pub(crate) const VERIFY: &str = "\
hwagin verify [OPTIONS] FILE|-…

The verdict on each input, one line each. An input is a picture (PNG, JPEG, WebP, BMP, GIF), a text
file, a folder of pictures (frames of one scan), or - for text from standard input.

The parts of an animated code (ur:bytes/...) are put together: those of a folder, those on the lines
of one text, and those of several files. A presentation in several files gets one line.

  --purpose P     judge for this purpose; without it the first one, hospital-reception
  --at TIME       the time to judge at, as 2026-11-21T22:30:00Z or unix seconds; without it now
  --on DATE       the day a purpose asks for (landlord), as 2028-02-28
  --data DIR      a site's folder: purposes/ cards/ trust-anchors/ crl/ status/
  --anchors DIR   trust the root certificates (PEM, DER) in this folder, for every card, and the issuer
                  lists (.cbor, .vical) that one of them vouches for, and no others
  --crl FILE      one more revocation list; may be repeated
  --status FILE   one more status list token; may be repeated
  --show          also what the purpose shows: claims, decisions, issuer
  --json          one JSON object an input
  --help

An issuer list (VICAL) among the inputs is answered as `hwagin vical` answers it.
Without --data or --anchors the training authority is in force and every answer says TRAINING.
A proof counts once: the same presentation twice in one run is `holder.replayed` the second time.

Exit code: 0 all accepted; 1 one was refused; 2 none was refused, but one could not be decided or
was no presentation; 3 wrong usage, or an input could not be opened.";

pub(crate) const SAMPLE: &str = "\
hwagin sample CARD CASE --out F [--at TIME] [--portrait small|large|none]

Writes what the phone of a sample holder shows. CARD is mfc or mdl; `hwagin cases` lists the CASEs.

  --out F         F.png or F.jpg: all in one QR code; F.txt: its text; F/: camera frames of a phone
                  that plays an animated code; -: the text to standard output
  --at TIME       when it is made, as 2026-11-21T22:30:00Z or unix seconds; without it now
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
hwagin inspect [--at TIME] [--data DIR] [--anchors DIR] [--json] FILE|-…

What is in each code: its kind and size, whether it is well formed, and what each purpose would say
to it. No value of the credential is printed.

Exit code: 0 a presentation was found in each input; 2 not in each; 3 wrong usage, or an input could
not be opened.";

pub(crate) const CASES: &str = "\
hwagin cases [--at TIME]

Mints every case of every card of the training authority, reads each from the picture of its QR
code (or those of its parts, where one holds too little), and judges it for hospital-reception: what is expected, what came, and whether that is the
same.

Exit code: 0 all the same; 1 not; 3 wrong usage.";
