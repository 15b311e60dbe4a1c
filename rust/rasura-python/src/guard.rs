//! A panic ends here: it becomes a failure with the place in the source where it happened, and nothing is printed.
//!
//! Panic messages can quote what was sliced or compared, which may be the caller's text; a place cannot.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

use crate::errors::Failure;

thread_local! {
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Replaces the hook that prints panic messages by one that notes the place.
///
/// An extension module links its own copy of the standard library, so other extensions keep their hooks.
pub(crate) fn silence() {
    panic::set_hook(Box::new(|panic| {
        PLACE.set(panic.location().map(|place| format!("{}:{}", place.file(), place.line())));
    }));
}

/// Calls `work`; a panic inside it is a [`Failure`].
#[inline]
pub(crate) fn catch<R>(work: impl FnOnce() -> Result<R, Failure>) -> Result<R, Failure> {
    // A panic leaves nothing half-changed: the engine is immutable and the scratch vector is dropped.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        // Its drop could panic again.
        std::mem::forget(payload);
        Err(Failure::internal(PLACE.take().unwrap_or_default()))
    })
}
