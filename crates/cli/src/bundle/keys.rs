//! `hwagin bundle new-key` and `new-root`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use hwagin_publisher::key::{self, SigningKey};
use hwagin_publisher::root::{self, RolePlan, RootPlan, SignedRoot};
use lexopt::{Arg, Parser};

use super::{days_from, given, signing_keys, tell_signatures, write, write_secret};
use crate::failure::Failure;
use crate::out::Out;
use crate::{help, world};

pub(super) fn new_key(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let mut name = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("out") => name = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::BUNDLE);
                return Ok(0);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let name = given(name, "--out")?;
    let secret = SigningKey::generate()?;
    let key = SigningKey::from_bytes(&secret);
    let key = key.ok_or_else(|| Failure::new("not_a_key", "generated"))?;
    let public = serde_json::to_vec(&key.public());
    let public = public.map_err(|_| Failure::new("not_a_key", "generated"))?;
    write_secret(&name.with_added_extension("pk8"), &secret)?;
    write(&name.with_added_extension("pub.json"), &public)?;
    let id = key::id(&key.public())?;
    let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    out.line(id);
    Ok(0)
}

/// The keys of a role so far.
struct Role {
    name: &'static str,
    keys: Vec<PathBuf>,
    threshold: NonZeroU64,
}

impl Role {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            keys: Vec::new(),
            threshold: NonZeroU64::MIN,
        }
    }

    fn plan(&self) -> Result<RolePlan, Failure> {
        let keys = self.keys.iter().map(|path| key::read_public(path));
        Ok(RolePlan {
            keys: keys.collect::<Result<_, _>>()?,
            threshold: self.threshold,
        })
    }
}

pub(super) fn new_root(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let mut roles = ["root", "targets", "snapshot", "timestamp"].map(Role::new);
    let (mut signers, mut before, mut file) = (Vec::new(), None, None);
    let (mut days, mut at) = (None, None);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("key") => signers.push(PathBuf::from(parser.value()?)),
            Arg::Long("from") => before = Some(PathBuf::from(parser.value()?)),
            Arg::Long("out") => file = Some(PathBuf::from(parser.value()?)),
            Arg::Long("days") => days = Some(lexopt::ValueExt::parse(&parser.value()?)?),
            Arg::Long("at") => at = Some(world::time(&parser.value()?)?),
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::BUNDLE);
                return Ok(0);
            }
            Arg::Long(option) => {
                let option = option.to_owned();
                let (name, is_threshold) = match option.strip_suffix("-threshold") {
                    Some(name) => (name, true),
                    None => (option.as_str(), false),
                };
                let role = roles.iter_mut().find(|role| role.name == name);
                let role = role.ok_or_else(|| Failure::usage(format!("bundle: --{option}")))?;
                if is_threshold {
                    role.threshold = lexopt::ValueExt::parse(&parser.value()?)?;
                } else {
                    role.keys.push(parser.value()?.into());
                }
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let file: PathBuf = given(file, "--out")?;
    let before = before
        .map(|path: PathBuf| SignedRoot::read(&path))
        .transpose()?;
    let [root, targets, snapshot, timestamp] = &roles;
    let plan = RootPlan {
        root: root.plan()?,
        targets: targets.plan()?,
        snapshot: snapshot.plan()?,
        timestamp: timestamp.plan()?,
        expires: days_from(at, given(days, "--days")?)?,
    };
    let keys = signing_keys(&signers)?;
    let made = root::new(plan, before.as_ref(), &keys)?;
    write(&file, &made.bytes)?;
    out.line(format!("root {}", made.version()));
    Ok(tell_signatures(&made.signatures(before.as_ref()), out))
}
