//! Arguments in, diagnostics out, exit code.
