//! The templates that turn contexts into HTML; `tera` lives here.
