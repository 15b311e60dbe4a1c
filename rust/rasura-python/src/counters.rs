//! What `Engine.stats()` tells: counts and times, never a text. Atomics only, so that threads need no lock.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use rasura::Engine;

/// One text in so many is timed.
const SAMPLE: u64 = 64;

/// The counters of an engine and of everything that is derived from it.
pub(crate) struct Counters {
    texts: AtomicU64,
    changed: AtomicU64,
    errors: AtomicU64,
    findings: Box<[AtomicU64]>,
    samples: AtomicU64,
    total_ns: AtomicU64,
    max_ns: AtomicU64,
}

impl Counters {
    pub(crate) fn new(packs: usize) -> Self {
        Counters {
            texts: AtomicU64::new(0),
            changed: AtomicU64::new(0),
            errors: AtomicU64::new(0),
            findings: (0..packs).map(|_| AtomicU64::new(0)).collect(),
            samples: AtomicU64::new(0),
            total_ns: AtomicU64::new(0),
            max_ns: AtomicU64::new(0),
        }
    }

    /// Counts a text; the time at which its call began when it is one of the sample.
    #[inline]
    pub(crate) fn begin(&self) -> Option<Instant> {
        let earlier = self.texts.fetch_add(1, Relaxed);
        earlier.is_multiple_of(SAMPLE).then(Instant::now)
    }

    #[inline]
    pub(crate) fn end(&self, began: Option<Instant>) {
        if let Some(began) = began {
            let spent = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.samples.fetch_add(1, Relaxed);
            self.total_ns.fetch_add(spent, Relaxed);
            self.max_ns.fetch_max(spent, Relaxed);
        }
    }

    /// Counts a finding for each of `packs`.
    pub(crate) fn found(&self, packs: impl Iterator<Item = u16>, changed: bool) {
        for pack in packs {
            self.findings[usize::from(pack)].fetch_add(1, Relaxed);
        }
        self.changed.fetch_add(changed.into(), Relaxed);
    }

    pub(crate) fn failed(&self) {
        self.errors.fetch_add(1, Relaxed);
    }

    pub(crate) fn to_python<'py>(&self, py: Python<'py>, engine: &Engine) -> PyResult<Bound<'py, PyDict>> {
        let findings = PyDict::new(py);
        for (pack, count) in (0..).zip(&self.findings) {
            let count = count.load(Relaxed);
            if count > 0 {
                findings.set_item(engine.entity(pack), count)?;
            }
        }
        let samples = self.samples.load(Relaxed);
        let latency = PyDict::new(py);
        latency.set_item("samples", samples)?;
        latency.set_item("mean", self.total_ns.load(Relaxed).checked_div(samples).unwrap_or(0))?;
        latency.set_item("max", self.max_ns.load(Relaxed))?;
        let stats = PyDict::new(py);
        stats.set_item("texts", self.texts.load(Relaxed))?;
        stats.set_item("changed", self.changed.load(Relaxed))?;
        stats.set_item("errors", self.errors.load(Relaxed))?;
        stats.set_item("findings", findings)?;
        stats.set_item("latency_ns", latency)?;
        Ok(stats)
    }
}
