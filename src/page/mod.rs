//! Archive → typed contexts → HTML.
pub mod context;
