//! `signature` and `holder`: the holder's `COSE_Sign1`, and the shapes of both (RFC 9052).

use super::{DUPLICATE, MALFORMED, parts, refused, undecided};
use crate::mint::{Draft, hook};
use hwagin_training::Value;
use hwagin_training::cbor::{bytes, int, text};
use hwagin_training::cose::{AlgHeader, Payload, Sign1, Signature};

const REFUSED: &str = "signature.algorithm_refused";
const PROOF: &str = "holder.proof_invalid";

pub(super) fn drafts() -> Vec<Draft> {
    [of_holder(), shapes(), tags()]
        .into_iter()
        .flatten()
        .collect()
}

fn of_holder() -> Vec<Draft> {
    let sign1 = |code, name, why, change: fn(&mut Sign1)| {
        refused(code, name, why, |r| change(&mut r.binding.sign1))
    };
    vec![
        sign1(PROOF, "holder/sd-cwt-signature-changed", "one bit", |s| {
            s.signature = Signature::Flipped;
        }),
        sign1(
            PROOF,
            "holder/sd-cwt-signature-in-der-form",
            "RFC 9053 2.1",
            |s| {
                s.signature = Signature::Der;
            },
        ),
        sign1(
            PROOF,
            "holder/sd-cwt-signature-of-zeros",
            "r and s are 0",
            |s| {
                s.signature = Signature::Replaced(vec![0; 64]);
            },
        ),
        sign1(
            PROOF,
            "holder/sd-cwt-signature-of-63-bytes",
            "one short",
            |s| {
                s.signature = Signature::Replaced(vec![1; 63]);
            },
        ),
        sign1(
            PROOF,
            "holder/sd-cwt-alg-of-another-curve",
            "ES384 with a P-256 key",
            |s| s.alg = AlgHeader::Protected(int(-35)),
        ),
        sign1(
            PROOF,
            "holder/sd-cwt-claims-nil",
            "there is nothing to read",
            |s| s.payload = Payload::Nil,
        ),
        sign1(
            "signature.missing",
            "signature/sd-cwt-binding-empty",
            "no byte of a signature around the token",
            |s| s.signature = Signature::Empty,
        ),
        sign1(
            REFUSED,
            "signature/sd-cwt-binding-alg-unprotected",
            "alg only counts where it is signed",
            |s| s.alg = AlgHeader::Unprotected,
        ),
        sign1(
            REFUSED,
            "signature/sd-cwt-binding-alg-hmac",
            "a MAC is no signature",
            |s| s.alg = AlgHeader::Protected(int(5)),
        ),
        sign1(
            DUPLICATE,
            "signature/sd-cwt-binding-alg-in-both-headers",
            "which one counts?",
            |s| s.unprotected.push((int(1), int(-7))),
        ),
    ]
}

fn shapes() -> Vec<Draft> {
    let token = |name, why, change: fn(&mut Vec<Value>)| {
        undecided(MALFORMED, name, why, |r| {
            r.hooks.token = hook(move |token: &mut Value| change(parts(token)));
        })
    };
    let binding = |name, why, change: fn(&mut Vec<Value>)| {
        undecided(MALFORMED, name, why, |r| {
            r.hooks.kbt = hook(move |kbt: &mut Value| change(parts(kbt)));
        })
    };
    vec![
        token(
            "signature/sd-cwt-three-parts",
            "a COSE_Sign1 has four",
            |p| {
                p.pop();
            },
        ),
        token(
            "signature/sd-cwt-five-parts",
            "a COSE_Sign1 has four",
            |p| {
                p.push(Value::Null);
            },
        ),
        token("signature/sd-cwt-signature-as-text", "bytes", |p| {
            p[3] = text("signed");
        }),
        token(
            "signature/sd-cwt-claims-bare",
            "the claims are in bytes",
            |p| {
                p[2] = Value::Map(Vec::new());
            },
        ),
        token("signature/sd-cwt-protected-array", "not a map", |p| {
            p[0] = bytes(&[0x80]);
        }),
        token("signature/sd-cwt-unprotected-array", "not a map", |p| {
            p[1] = Value::Array(Vec::new());
        }),
        binding("signature/sd-cwt-binding-three-parts", "four", |p| {
            p.pop();
        }),
    ]
}

fn tags() -> Vec<Draft> {
    let inner = |name, why, tags: &[u64]| {
        undecided(MALFORMED, name, why, |r| {
            r.token.sign1.tags = tags.to_vec();
        })
    };
    let outer = |name, why, tags: &[u64]| {
        undecided(MALFORMED, name, why, |r| {
            r.binding.sign1.tags = tags.to_vec();
        })
    };
    vec![
        inner("signature/sd-cwt-untagged", "kcwt holds tag 18", &[]),
        inner("signature/sd-cwt-tag-61", "no tag of CWT here", &[61, 18]),
        inner("signature/sd-cwt-tag-98", "COSE_Sign, by its tag", &[98]),
        inner("signature/sd-cwt-tag-998", "a tag of nobody", &[998]),
        inner("signature/sd-cwt-tag-18-twice", "one is enough", &[18, 18]),
        outer("signature/sd-cwt-binding-untagged", "tag 18 tells it", &[]),
        outer("signature/sd-cwt-binding-tag-61", "no CWT tag", &[61, 18]),
        outer("signature/sd-cwt-binding-tag-17", "COSE_Mac0", &[17]),
        outer("signature/sd-cwt-binding-tag-998", "of nobody", &[998]),
    ]
}
