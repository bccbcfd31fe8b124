//! Codes that cross to the window: each kind is one table, and the window's type is made of it.

use std::marker::PhantomData;

use ts_rs::{Config, TS};

/// A table of codes.
pub trait Codes {
    /// What the window calls the type.
    const NAME: &'static str;
    /// Every code.
    fn all() -> Vec<&'static str>;
}

/// The window's type for a table of codes: one of its texts.
pub struct OneOf<C>(PhantomData<C>);

impl<C: Codes + 'static> TS for OneOf<C> {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &Config) -> String {
        C::NAME.to_owned()
    }

    fn inline(_: &Config) -> String {
        let quoted: Vec<_> = C::all()
            .into_iter()
            .map(|code| format!("\"{code}\""))
            .collect();
        quoted.join(" | ")
    }

    fn decl(cfg: &Config) -> String {
        format!("type {} = {};", C::NAME, Self::inline(cfg))
    }

    fn decl_concrete(cfg: &Config) -> String {
        Self::decl(cfg)
    }

    fn output_path() -> Option<std::path::PathBuf> {
        Some(format!("{}.ts", C::NAME).into())
    }
}

macro_rules! codes {
    (
        $(#[doc = $outer:literal])+
        $name:ident, and $(#[doc = $theirs:literal])+ $wrapping:ident($wrapped:ty) {
            $($(#[doc = $doc:literal])+ $variant:ident = $code:literal,)+
        }
    ) => {
        $(#[doc = $outer])+
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = $theirs])+
            $wrapping($wrapped),
            $($(#[doc = $doc])+ $variant,)+
        }

        impl $name {
            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    Self::$wrapping(theirs) => theirs.code(),
                    $(Self::$variant => $code,)+
                }
            }
        }

        impl From<$wrapped> for $name {
            fn from(theirs: $wrapped) -> Self {
                Self::$wrapping(theirs)
            }
        }

        impl $crate::view::codes::Codes for $name {
            const NAME: &'static str = stringify!($name);

            fn all() -> Vec<&'static str> {
                let theirs = <$wrapped>::ALL.iter().map(|one| one.code());
                theirs.chain([$(Self::$variant.code(),)+]).collect()
            }
        }

        $crate::view::codes::serialized!($name);
    };
    (
        $(#[doc = $outer:literal])+
        $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $code:literal,)+ }
    ) => {
        $(#[doc = $outer])+
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        $crate::view::codes::serialized!($name);

        impl $crate::view::codes::Codes for $name {
            const NAME: &'static str = stringify!($name);

            fn all() -> Vec<&'static str> {
                Self::ALL.iter().map(|one| one.code()).collect()
            }
        }
    };
}

macro_rules! serialized {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    };
}

pub(crate) use codes;
pub(crate) use serialized;
