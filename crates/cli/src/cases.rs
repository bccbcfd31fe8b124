//! `hwagin cases`: the whole walk, from the picture of a code to the verdict, for every sample.

use std::time::Duration;

use hwagin_desk::{Judge, Read, Sources, clock, scan_picture};
use hwagin_training::phone::{qr_luma, qr_version};
use hwagin_training::{Authority, Card, Case};
use hwagin_verifier::At;
use hwagin_verifier::transport::{Assembler, Taken};
use lexopt::{Arg, Parser};

use crate::failure::Failure;
use crate::out::Out;
use crate::{help, world};

const PURPOSE: &str = "hospital-reception";

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let mut at = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("at") => at = Some(world::time(&parser.value()?)?),
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::CASES);
                return Ok(0);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let at = at.unwrap_or_else(clock::now);
    let mut judge = Judge::new(world::knowledge(&Sources::default(), at, out)?, at);
    out.line(format!("TRAINING, {PURPOSE}"));
    out.line(row("card", "case", "expected", "actual", ""));
    let mut differ = 0;
    for card in Card::ALL {
        for case in Case::ALL {
            let (expected, actual) = (expected(case), actual(card, case, &mut judge, at)?);
            let same = if expected == actual { "ok" } else { "DIFFERS" };
            differ += u32::from(expected != actual);
            out.line(row(card.id(), case.id(), expected, &actual, same));
        }
    }
    Ok(u8::from(differ > 0))
}

fn row(card: &str, case: &str, expected: &str, actual: &str, same: &str) -> String {
    let line = format!("{card:<5} {case:<17} {expected:<32} {actual:<32} {same}");
    line.trim_end().to_owned()
}

/// What a desk must say to this case.
fn expected(case: Case) -> &'static str {
    match case {
        Case::Valid | Case::LargePortrait => "accept",
        Case::EndingSoon => "accept ending_soon",
        Case::Suspended => "refuse status.suspended",
        Case::Revoked => "refuse status.revoked",
        Case::Expired => "refuse validity.expired",
        Case::NotYet => "refuse validity.not_yet",
        Case::AlteredName => "refuse digest.mismatch",
        Case::MissingDigest => "refuse digest.missing",
        Case::WrongIssuer => "abstain issuer.unknown",
        Case::DsRevoked => "refuse issuer.revoked",
        Case::DsCountry => "refuse issuer.country_mismatch",
        Case::DoctypeSwapped => "refuse format.type_mismatch",
        Case::Stale => "refuse holder.too_old",
        Case::Replayed => "refuse holder.replayed",
        Case::WrongDeviceKey => "refuse holder.proof_invalid",
        Case::Future => "abstain holder.from_future",
    }
}

/// What this desk says to the picture of its code.
fn actual(card: Card, case: Case, judge: &mut Judge, at: At) -> Result<String, Failure> {
    let shown = Authority::built_in().present(card, case, at.time.0);
    let codes = if qr_version(&shown.text).is_ok() {
        vec![shown.text]
    } else {
        let parts = shown.parts();
        let needed = parts.needed();
        parts.take(needed).collect()
    };
    let mut assembler = Assembler::new();
    let mut taken = Ok(Taken::Part);
    for text in &codes {
        let code = qr_luma(text, 4, 4).map_err(|_| Failure::new("too_long", case.id()))?;
        let symbols = match scan_picture(&code.png()) {
            Ok(symbols) => symbols,
            Err(hint) => return Ok(hint.code().to_owned()),
        };
        let Some(symbol) = symbols.first() else {
            return Ok("no symbol read".to_owned());
        };
        taken = assembler.take(symbol, Duration::ZERO);
    }
    let payload = match taken {
        Ok(Taken::Presentation(payload)) => Ok(payload),
        Ok(Taken::Part | Taken::Foreign(_)) => return Ok("no presentation".to_owned()),
        Err(reason) => Err(reason),
    };
    let payload = payload.as_ref().map_err(|reason| *reason);
    let purpose = judge.knowledge().purpose(PURPOSE).cloned();
    let purpose = purpose.ok_or_else(|| Failure::new("unknown_purpose", PURPOSE))?;
    // Each case is the first of its day: two samples of one second share their presentation id.
    judge.forget(at);
    Ok(match judge.judge_payload(payload, &purpose, None, at) {
        Read::Hint(hint) => hint.code().to_owned(),
        Read::Judged(judged) => judged.view(&purpose, judge.knowledge(), at).summary(),
    })
}
