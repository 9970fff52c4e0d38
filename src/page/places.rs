//! Which page stands at an address.
//!
//! In goes the finished plan of a site; out come its pages, in order or one by one. A
//! build asks for each of its tens of thousands of pages once. In a tree each question
//! would compare some twenty addresses, most of which begin alike and lie anywhere in
//! memory; so the pages are a list in order, and a table of hashes says where in it.

use std::collections::BTreeMap;
use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::Page;
use crate::site::Address;

/// The pages of a site by address.
#[derive(Debug, Default)]
pub struct Pages {
    /// In the order of their addresses.
    all: Vec<(Address, Page)>,
    /// Indices into `all`, by the hash of the address.
    places: HashTable<u32>,
}

impl Pages {
    /// The page at `address`; `None` where the site has no such address.
    pub fn get(&self, address: &Address) -> Option<Page> {
        let is_there = |place: &u32| self.all[*place as usize].0 == *address;
        self.places.find(hash(address), is_there).map(|place| self.all[*place as usize].1)
    }

    /// All of them with their addresses, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Address, &Page)> {
        self.all.iter().map(|(address, page)| (address, page))
    }
}

impl From<BTreeMap<Address, Page>> for Pages {
    fn from(planned: BTreeMap<Address, Page>) -> Self {
        let all: Vec<(Address, Page)> = planned.into_iter().collect();
        let mut places = HashTable::with_capacity(all.len());
        for (place, (address, _)) in (0u32..).zip(&all) {
            let hash_of = |place: &u32| hash(&all[*place as usize].0);
            places.insert_unique(hash(address), place, hash_of);
        }
        Self { all, places }
    }
}

fn hash(address: &Address) -> u64 {
    FxBuildHasher.hash_one(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_address_and_nothing_elsewhere() {
        let address = |index: u32| Address::page(&["briefings", &format!("talks-{index}")]);
        let planned: BTreeMap<Address, Page> =
            (0..500).map(|index| (address(index), Page::Article(index))).collect();
        let in_order: Vec<(Address, Page)> =
            planned.iter().map(|(address, page)| (address.clone(), *page)).collect();
        let pages = Pages::from(planned);

        for index in 0..500 {
            assert_eq!(pages.get(&address(index)), Some(Page::Article(index)));
        }
        assert_eq!(pages.get(&address(500)), None);
        assert_eq!(pages.get(&Address::home()), None);
        let listed = pages.iter().map(|(address, page)| (address.clone(), *page));
        assert_eq!(listed.collect::<Vec<_>>(), in_order);
    }
}
