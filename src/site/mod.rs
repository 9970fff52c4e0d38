//! Addresses, and the folder they become.
