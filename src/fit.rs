//! Lists and texts that take no more memory than they hold.
//!
//! An archive keeps some dozen lists of each of its articles, and what they have room for
//! and do not hold adds up. `shrink_to_fit` asks the allocator to cut a block; one that sorts
//! blocks by size, as ours does, leaves a block alone unless half of it would be free. So
//! what is kept moves to a block of its own size.

/// Moves `list` to a block of its own size, where more than a ninth of its own is free.
pub(crate) fn list<T>(list: &mut Vec<T>) {
    if is_loose(list.capacity(), list.len()) {
        let mut exact = Vec::with_capacity(list.len());
        exact.append(list);
        *list = exact;
    }
}

/// The same for a text.
pub(crate) fn text(text: &mut String) {
    if is_loose(text.capacity(), text.len()) {
        *text = text.as_str().to_owned();
    }
}

fn is_loose(room: usize, length: usize) -> bool {
    room - length > length / 8
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_kept_has_no_room_for_more() {
        let (mut list, mut text) = (Vec::with_capacity(100), String::with_capacity(100));
        list.extend(["a".to_owned(), "b".to_owned()]);
        text.push('é');
        super::list(&mut list);
        super::text(&mut text);
        assert_eq!((list.capacity(), text.capacity()), (2, 2));
        assert_eq!((list.concat(), &*text), ("ab".to_owned(), "é"));
    }
}
