//! Same input, same bytes.

use annals::pipeline::Memory;

use crate::support::{Shelf, pages};

fn shelf() -> Shelf {
    let mut shelf = Shelf::default().config("base_url = \"https://a.example/repo/\"\n");
    for n in 0..60 {
        let (day, other) = (n % 27 + 1, (n * 7) % 27 + 1);
        let text = format!(
            "Talks number {n} resume in Port Alder\n\nBy Jonas Vey\n\n{day} March 2022\n\nPORT ALDER (Reuters) - Mara Lindqvist met Ines Okafor of the Harbour Authority on {other} February. “We are nearly there,” Lindqvist said.\n\nSerbia and NATO called the meeting number {n} useful. Okafor told reporters that the next one would take place in April.\n"
        );
        shelf = shelf.clipping(&format!("{}/{n}.txt", n % 4), text);
    }
    shelf
}

#[test]
fn threads_do_not_show() {
    let with = |n| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        pool.install(|| pages(&shelf().build()))
    };
    let (one, eight) = (with(1), with(8));
    for ((address, a), (other, b)) in one.iter().zip(&eight) {
        assert_eq!(address, other);
        assert!(a == b, "{address} differs");
    }
    assert_eq!(one.len(), eight.len());
}

#[test]
fn a_rebuild_is_a_build() {
    let memory = Memory::default();
    let cold = shelf().build_with(&memory);
    let warm = shelf().build_with(&memory);
    assert!(std::sync::Arc::ptr_eq(&cold, &warm), "nothing was done again");
    let edited = shelf()
        .clipping("0/60.txt", "Another text\n\nMara Lindqvist stayed at home on 3 May 2022.\n")
        .clipping("0/61.txt", "");
    let (warm, cold) = (edited.build_with(&memory), edited.build());
    assert!(pages(&warm) == pages(&cold), "with what was remembered and without");
    assert_eq!(warm.diagnostics, cold.diagnostics, "warnings alike");
    assert!(!cold.diagnostics.is_empty(), "the empty one is named");
}
