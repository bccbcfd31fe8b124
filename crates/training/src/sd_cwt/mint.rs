//! From a recipe to the bytes and the text of a presentation.

use super::claims::Builder;
use super::{Binding, Kcwt, SdClaims, SdCwt};
use crate::cbor::{bytes, encode, int, raw};
use crate::cose::Message;
use crate::key::{Secret, Seed};
use crate::mint::{Presentation, chain};
use crate::recipe::Hooks as Run;
use crate::text::{pack, write};
use ciborium::Value;

const TYP: i64 = 16;
const SD_CLAIMS: i64 = 17;
const SD_ALG: i64 = 170;
const KCWT: i64 = 13;

pub(crate) fn mint(recipe: &SdCwt, seed: &Seed) -> Presentation {
    let hooks = &recipe.hooks;
    let holder = seed.key(&recipe.holder_key);
    let chain = chain(&recipe.root, &recipe.intermediates, &recipe.signer, seed);
    let token = token(recipe, seed, &holder.cose_key(), &chain);
    let message = if recipe.bare {
        token
    } else {
        let mut kbt = kbt(recipe, seed, &token);
        Run::run(&hooks.kbt, &mut kbt);
        let mut kbt = encode(&kbt);
        Run::run(&hooks.kbt_bytes, &mut kbt);
        kbt
    };
    let mut body = pack(&message, recipe.packing);
    Run::run(&hooks.body, &mut body);
    let mut text = write(&body);
    Run::run(&hooks.text, &mut text);
    Presentation {
        text,
        body,
        envelope: message,
        device_key: encode(&holder.cose_key()),
        cti: recipe.binding.cti.clone().unwrap_or_default(),
        root: recipe.root.sign(&recipe.root, seed),
        signer: chain.into_iter().next().unwrap_or_default(),
    }
}

/// The SD-CWT, encoded.
fn token(recipe: &SdCwt, seed: &Seed, confirmation: &Value, chain: &[Vec<u8>]) -> Vec<u8> {
    let (token, hooks) = (&recipe.token, &recipe.hooks);
    let mut builder = Builder {
        seed,
        card: recipe.card.id(),
        algorithm: token.sd_alg.as_ref(),
        confirmation,
        before: hooks.disclosure.as_ref(),
        after: hooks.disclosure_bytes.as_ref(),
        disclosures: Vec::new(),
    };
    let mut claims = builder.claims(&token.claims, "");
    Run::run(&hooks.claims, &mut claims);
    let mut claims = encode(&claims);
    Run::run(&hooks.claims_bytes, &mut claims);

    let sent = builder.disclosures.iter().chain(&token.foreign);
    let mut disclosures: Vec<Value> = sent.map(|d| bytes(d)).collect();
    Run::run(&hooks.disclosures, &mut disclosures);
    let sd_claims = match &token.sd_claims {
        SdClaims::Sent => (!disclosures.is_empty()).then_some(Value::Array(disclosures)),
        SdClaims::Empty => Some(Value::Array(Vec::new())),
        SdClaims::Missing => None,
        SdClaims::Replaced(value) => Some(value.clone()),
    };

    let mut sign1 = token.sign1.clone();
    let typ = token.typ.iter().map(|typ| (int(TYP), typ.clone()));
    let algorithm = token.sd_alg.iter().map(|alg| (int(SD_ALG), alg.clone()));
    sign1.protected.splice(0..0, typ.chain(algorithm));
    sign1
        .unprotected
        .extend(sd_claims.map(|sent| (int(SD_CLAIMS), sent)));
    let mut signed = sign1.make(&Message {
        key: &seed.key(recipe.issuer_key.as_ref().unwrap_or(&recipe.signer.key)),
        payload: &claims,
        detached: false,
        chain,
    });
    Run::run(&hooks.token, &mut signed);
    let mut signed = encode(&signed);
    Run::run(&hooks.token_bytes, &mut signed);
    signed
}

fn kbt(recipe: &SdCwt, seed: &Seed, token: &[u8]) -> Value {
    let (binding, hooks) = (&recipe.binding, &recipe.hooks);
    let mut claims = claims(binding);
    Run::run(&hooks.binding, &mut claims);
    let mut claims = encode(&claims);
    Run::run(&hooks.binding_bytes, &mut claims);

    let mut sign1 = binding.sign1.clone();
    let typ = binding.typ.iter().map(|typ| (int(TYP), typ.clone()));
    sign1.protected.splice(0..0, typ);
    match binding.kcwt {
        Kcwt::AsItIs => sign1.protected.push((int(KCWT), raw(token.to_vec()))),
        Kcwt::Wrapped => sign1.protected.push((int(KCWT), bytes(token))),
        Kcwt::Unprotected => sign1.unprotected.push((int(KCWT), raw(token.to_vec()))),
        Kcwt::Missing => {}
    }
    let key: Secret = seed.key(binding.signs_with.as_ref().unwrap_or(&recipe.holder_key));
    sign1.make(&Message {
        key: &key,
        payload: &claims,
        detached: false,
        chain: &[],
    })
}

fn claims(binding: &Binding) -> Value {
    let mut claims = Vec::new();
    claims.extend(binding.aud.iter().map(|aud| (int(3), aud.clone())));
    claims.extend(binding.iat.iter().map(|iat| (int(6), iat.clone())));
    claims.extend(binding.cti.iter().map(|cti| (int(7), bytes(cti))));
    claims.extend(binding.cnonce.iter().map(|nonce| (int(39), bytes(nonce))));
    claims.extend(binding.extra.iter().cloned());
    Value::Map(claims)
}
