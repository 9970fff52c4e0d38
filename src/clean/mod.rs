//! Raw document → article.
use crate::article::Article;
use crate::source::RawDocument;

/// Cleans one clipping.
pub fn clean(document: &RawDocument) -> Article {
    let _ = document;
    unimplemented!("being written")
}
