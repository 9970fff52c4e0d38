//! Markdown as prose and as HTML; `pulldown-cmark` and `syntect` live here.
