//! A text that gives way to what is made of it.
//!
//! The text goes in whole, is taken from its beginning piece by piece, and what is
//! written stands in the room of what was taken: the two are never held side by side.
//! What is written may run ahead of what was taken; then the rest of the text moves.
//!
//! Entry point: [`Place::new`].

/// A text, of which the first part is new and the last still to be taken.
#[derive(Debug)]
pub(in crate::clean) struct Place {
    bytes: Vec<u8>,
    /// End of what was written.
    written: usize,
    /// Beginning of what is left.
    left: usize,
}

impl Place {
    pub(in crate::clean) fn new(text: String) -> Self {
        Self { bytes: text.into_bytes(), written: 0, left: 0 }
    }

    /// How many bytes were written.
    pub(in crate::clean) fn written(&self) -> usize {
        self.written
    }

    /// How many bytes are left.
    pub(in crate::clean) fn left(&self) -> usize {
        self.bytes.len() - self.left
    }

    /// The next bytes of what is left: whole characters, `most` bytes at most.
    pub(in crate::clean) fn ahead(&self, most: usize) -> &str {
        let bytes = &self.bytes[self.left..self.left + most.min(self.left())];
        std::str::from_utf8(bytes).unwrap_or_else(|error| {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        })
    }

    /// Takes the next `length` bytes, which end with a whole character.
    pub(in crate::clean) fn take(&mut self, length: usize) -> String {
        let taken = self.ahead(length).to_owned();
        self.left += taken.len();
        taken
    }

    /// Passes over the next `length` bytes, which end with a whole character.
    pub(in crate::clean) fn skip(&mut self, length: usize) {
        self.left += length.min(self.left());
    }

    /// Writes `text` behind what was written.
    pub(in crate::clean) fn write(&mut self, text: &str) {
        let end = self.written + text.len();
        if end > self.left {
            self.make_room(end - self.left);
        }
        self.bytes[self.written..end].copy_from_slice(text.as_bytes());
        self.written = end;
    }

    /// Moves what is left by `least` bytes and some more, so that it rarely moves.
    fn make_room(&mut self, least: usize) {
        const PART: usize = 16;
        let room = least.max(self.left() / PART);
        let end = self.bytes.len();
        self.bytes.resize(end + room, 0);
        self.bytes.copy_within(self.left..end, self.left + room);
        self.left += room;
    }

    /// What was written; what is left is gone.
    pub(in crate::clean) fn finish(mut self) -> String {
        self.bytes.truncate(self.written);
        if self.written < self.bytes.capacity() / 2 {
            self.bytes.shrink_to_fit();
        }
        // what was written is text
        String::from_utf8(self.bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_written_comes_out_and_what_was_there_is_read_first(
            text in "[a-zéß“ ]{0,80}",
            steps in proptest::collection::vec((0..9_usize, "[a-zé]{0,12}"), 0..40),
        ) {
            let mut place = Place::new(text.clone());
            let (mut read, mut written) = (String::new(), String::new());
            for (length, new) in steps {
                read.push_str(&place.take(length));
                place.write(&new);
                written.push_str(&new);
                proptest::prop_assert_eq!(place.written(), written.len());
                proptest::prop_assert_eq!(place.left(), text.len() - read.len());
            }
            let left = place.left();
            read.push_str(&place.take(left));
            proptest::prop_assert_eq!(read, text);
            proptest::prop_assert_eq!(place.finish(), written);
        }
    }
}
