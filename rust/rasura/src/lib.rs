//! rasura finds and replaces personal data in text at line rate.
//!
//! ```
//! let text = "Meu CPF é 529.982.247-25, pedido 12345678.";
//! assert_eq!(rasura::redact(text), "Meu CPF é [CPF], pedido 12345678.");
//! ```
//!
//! One direction of data: text, [`view`], scan, match, label, resolve, write. `DESIGN.md` tells the whole way.

pub mod json;
pub mod view;

mod catalogue;
mod config;
mod engine;
mod error;
mod evidence;
mod label;
mod r#match;
#[cfg(test)]
mod naive;
mod reread;
mod resolve;
mod scan;
mod trace;
mod write;

use std::borrow::Cow;

pub use config::{Options, PackFile};
#[doc(hidden)]
pub use engine::marked;
pub use engine::{Engine, PackInfo};
pub use error::Error;
pub use evidence::Evidence;
pub use r#match::Check;
pub use resolve::Finding;
pub use trace::{Decision, LabelSeen};
pub use write::{Cut, Word};

/// The text with everything personal replaced, by the engine with default options.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    Engine::shared().redact(text)
}

/// Counts of single stages, for measurements.
#[doc(hidden)]
pub mod bench {
    use crate::engine::Engine;
    use crate::scan::clusters;
    use crate::scan::marks::{Planes, Triggers, fill};

    /// How many digits, `@` and triggers are marked.
    #[must_use]
    pub fn marks(text: &[u8]) -> usize {
        let triggers = Triggers::new(&[]);
        let mut planes = Planes::default();
        let (mut from, mut count) = (0, 0);
        loop {
            let filled = fill(text, from, &triggers, &mut planes, 0);
            if filled == 0 {
                return count;
            }
            count += planes.digits[..filled].iter().map(|digits| digits.count_ones() as usize).sum::<usize>();
            from += filled * 64;
        }
    }

    /// The ids of the built-in packs.
    #[must_use]
    pub fn pack_ids() -> Vec<&'static str> {
        Engine::shared().packs().map(|pack| pack.id).collect()
    }

    /// How many clusters are kept.
    #[must_use]
    pub fn clusters(text: &[u8]) -> usize {
        clusters::all(text, Engine::shared().triggers()).len()
    }
}
