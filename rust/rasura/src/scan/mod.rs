//! Where something may be: vector code marks digits, `@` and the beginnings of secrets' labels, and close digits are
//! gathered to clusters. What cannot hold an identifier is dropped here, before anything is read twice.

pub(crate) mod batch;
pub(crate) mod clusters;
pub(crate) mod marks;
pub(crate) mod otherwise;
pub(crate) mod pieces;
pub(crate) mod row;
