//! From a recipe to the bytes and the text of a presentation.

use crate::card::{Item, ItemDigest};
use crate::cbor::{bytes, embedded, encode, int, map, tdate, text};
use crate::cose::{Message, mac0};
use crate::key::{Seed, sha256};
use crate::recipe::{Hooks, Mso, Proof, Recipe};
use crate::text::{pack, write};
use crate::x509::Certificate;
use ciborium::Value;
use sha2::{Digest, Sha384, Sha512};

/// What a sample holder's phone shows, and what a test wants to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presentation {
    /// The content of the QR code, where one code holds it.
    pub text: String,
    /// The envelope packed: what the text writes, and the parts of an animated code.
    pub body: Vec<u8>,
    /// The envelope, or the key-binding token of an SD-CWT, before it was packed.
    pub envelope: Vec<u8>,
    /// The `COSE_Key` of the phone, byte for byte as the issuer signed it.
    pub device_key: Vec<u8>,
    /// Entry 3 of the envelope, or claim 7 of the key-binding token.
    pub cti: Vec<u8>,
    /// The root that the chain ends at, DER.
    pub root: Vec<u8>,
    /// The document signer's certificate, DER.
    pub signer: Vec<u8>,
}

pub(crate) fn mint(recipe: &Recipe, seed: &Seed) -> Presentation {
    let hooks = &recipe.hooks;
    let device_key = recipe
        .mso
        .device_key
        .clone()
        .unwrap_or_else(|| seed.key(&recipe.holder.key).cose_key());
    let chain = chain(&recipe.root, &recipe.intermediates, &recipe.signer, seed);
    let document = document(recipe, seed, &device_key, &chain);
    let mut response = response(recipe, &document);
    Hooks::run(&hooks.response, &mut response);
    let mut response = encode(&response);
    Hooks::run(&hooks.response_bytes, &mut response);

    let mut envelope = envelope(recipe, &response);
    Hooks::run(&hooks.envelope, &mut envelope);
    let mut envelope = encode(&envelope);
    Hooks::run(&hooks.envelope_bytes, &mut envelope);

    let mut body = pack(&envelope, recipe.packing);
    Hooks::run(&hooks.body, &mut body);
    let mut text = write(&body);
    Hooks::run(&hooks.text, &mut text);
    Presentation {
        text,
        body,
        envelope,
        device_key: encode(&device_key),
        cti: recipe.envelope.cti.clone(),
        root: recipe.root.sign(&recipe.root, seed),
        signer: chain.into_iter().next().unwrap_or_default(),
    }
}

/// The certificates that go along, the signer's first; the root stays at home.
pub(crate) fn chain(
    root: &Certificate,
    between: &[Certificate],
    signer: &Certificate,
    seed: &Seed,
) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let mut above = root;
    for certificate in between.iter().chain([signer]) {
        out.push(certificate.sign(above, seed));
        above = certificate;
    }
    out.reverse();
    out
}

fn document(recipe: &Recipe, seed: &Seed, device_key: &Value, chain: &[Vec<u8>]) -> Value {
    let hooks = &recipe.hooks;
    let mut digests: Vec<(String, Vec<(Value, Value)>)> = Vec::new();
    let mut shown: Vec<(String, Vec<Value>)> = Vec::new();
    for (id, item) in (0_i64..).zip(&recipe.items) {
        let (signed, sent) = encoded_item(recipe, seed, id, item);
        let digest = digest(&recipe.mso.digest_algorithm, &encode(&embedded(signed)));
        let digest = match item.digest {
            ItemDigest::Good => Some(digest),
            ItemDigest::Wrong => Some(self::digest(&recipe.mso.digest_algorithm, &digest)),
            ItemDigest::Missing => None,
        };
        put(
            &mut digests,
            &item.namespace,
            digest.map(|d| (int(id), Value::Bytes(d))),
        );
        put(&mut shown, &item.namespace, Some(embedded(sent)));
    }

    let digests = digests
        .into_iter()
        .map(|(n, d)| (Value::Text(n), Value::Map(d)))
        .collect();
    let mut mso = mso(&recipe.mso, Value::Map(digests), device_key);
    Hooks::run(&hooks.mso, &mut mso);
    let mut mso = encode(&mso);
    Hooks::run(&hooks.mso_bytes, &mut mso);
    let mut issuer_auth = recipe.issuer_auth.make(&Message {
        key: &seed.key(recipe.issuer_key.as_ref().unwrap_or(&recipe.signer.key)),
        payload: &encode(&embedded(mso)),
        detached: false,
        chain,
    });
    Hooks::run(&hooks.issuer_auth, &mut issuer_auth);

    let name_spaces = shown
        .into_iter()
        .map(|(n, i)| (Value::Text(n), Value::Array(i)))
        .collect();
    let issuer_signed = map([
        ("nameSpaces", Value::Map(name_spaces)),
        ("issuerAuth", issuer_auth),
    ]);
    let mut entries = vec![
        (text("docType"), text(&recipe.doc_type)),
        (text("issuerSigned"), issuer_signed),
    ];
    entries.extend(device_signed(recipe, seed).map(|signed| (text("deviceSigned"), signed)));
    let mut document = Value::Map(entries);
    Hooks::run(&hooks.document, &mut document);
    document
}

/// Adds `thing` to the list under `name`, which begins here if there is none yet.
fn put<T>(all: &mut Vec<(String, Vec<T>)>, name: &str, thing: Option<T>) {
    match all.iter_mut().find(|(n, _)| n == name) {
        Some((_, list)) => list.extend(thing),
        None => all.push((name.to_owned(), thing.into_iter().collect())),
    }
}

/// An `IssuerSignedItem` as it was signed and as it is sent.
fn encoded_item(recipe: &Recipe, seed: &Seed, id: i64, item: &Item) -> (Vec<u8>, Vec<u8>) {
    let salt: Vec<u8> = seed
        .derive(&["salt", recipe.card.id(), &item.namespace, &item.name])
        .into_iter()
        .take(item.salt)
        .collect();
    let build = |element: &Value| {
        let mut value = map([
            ("digestID", int(id)),
            ("random", bytes(&salt)),
            ("elementIdentifier", text(&item.name)),
            ("elementValue", element.clone()),
        ]);
        if let Some(hook) = &recipe.hooks.item {
            hook(&item.name, &mut value);
        }
        encode(&value)
    };
    let signed = build(&item.value);
    let mut sent = item.altered.as_ref().map_or_else(|| signed.clone(), build);
    if let Some(hook) = &recipe.hooks.item_bytes {
        hook(&item.name, &mut sent);
    }
    (signed, sent)
}

fn digest(algorithm: &str, data: &[u8]) -> Vec<u8> {
    match algorithm {
        "SHA-384" => Sha384::digest(data).to_vec(),
        "SHA-512" => Sha512::digest(data).to_vec(),
        _ => sha256(&[data]).to_vec(),
    }
}

fn mso(mso: &Mso, digests: Value, device_key: &Value) -> Value {
    let mut entries = vec![
        (text("version"), text(&mso.version)),
        (text("digestAlgorithm"), text(&mso.digest_algorithm)),
        (text("valueDigests"), digests),
        (
            text("deviceKeyInfo"),
            map([("deviceKey", device_key.clone())]),
        ),
        (text("docType"), text(&mso.doc_type)),
    ];
    entries.extend(mso.validity.map(|validity| {
        let info = map([
            ("signed", tdate(validity.signed)),
            ("validFrom", tdate(validity.from)),
            ("validUntil", tdate(validity.until)),
        ]);
        (text("validityInfo"), info)
    }));
    entries.extend(mso.status().map(|status| (text("status"), status)));
    entries.extend(mso.extra.iter().cloned());
    Value::Map(entries)
}

fn device_signed(recipe: &Recipe, seed: &Seed) -> Option<Value> {
    let holder = &recipe.holder;
    let name_spaces = embedded(encode(&holder.name_spaces));
    let signed_envelope = holder.signed_envelope.as_ref().unwrap_or(&recipe.envelope);
    let handover_hash = sha256(&[&signed_envelope.handover_input()]);
    let mut transcript = Value::Array(vec![
        Value::Null,
        Value::Null,
        Value::Array(vec![text(&holder.handover), bytes(&handover_hash)]),
    ]);
    Hooks::run(&recipe.hooks.transcript, &mut transcript);
    let authentication = Value::Array(vec![
        text("DeviceAuthentication"),
        transcript,
        text(&recipe.doc_type),
        name_spaces.clone(),
    ]);
    let payload = encode(&embedded(encode(&authentication)));
    let auth = match holder.proof {
        Proof::Signature => {
            let signature = holder.sign1.make(&Message {
                key: &seed.key(holder.signs_with.as_ref().unwrap_or(&holder.key)),
                payload: &payload,
                detached: true,
                chain: &[],
            });
            map([("deviceSignature", signature)])
        }
        Proof::Mac => map([("deviceMac", mac0(&payload))]),
        Proof::Empty => Value::Map(Vec::new()),
        Proof::Missing => return None,
    };
    Some(map([("nameSpaces", name_spaces), ("deviceAuth", auth)]))
}

fn response(recipe: &Recipe, document: &Value) -> Value {
    let response = &recipe.response;
    let mut entries = vec![(text("version"), text(&response.version))];
    if response.documents > 0 {
        let documents = vec![document.clone(); response.documents];
        entries.push((text("documents"), Value::Array(documents)));
    }
    entries.push((text("status"), int(response.status)));
    Value::Map(entries)
}

fn envelope(recipe: &Recipe, response: &[u8]) -> Value {
    let envelope = &recipe.envelope;
    let mut entries = vec![
        (int(1), bytes(response)),
        (int(2), envelope.issued.clone()),
        (int(3), bytes(&envelope.cti)),
    ];
    entries.extend(envelope.purpose.iter().map(|p| (int(4), text(p))));
    entries.extend(envelope.challenge_hash.iter().map(|h| (int(5), bytes(h))));
    Value::Map(entries)
}
