//! The sample archive of this repository.

use std::path::Path;

use assert_cmd::Command;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of the sample archive in a folder of its own.
fn sample() -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    copy(&root.join("content"), &folder.path().join("content"));
    for file in ["annals.toml", "actors.toml"] {
        std::fs::copy(root.join(file), folder.path().join(file)).unwrap();
    }
    folder
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder_now) = folders.pop() {
        for entry in std::fs::read_dir(&folder_now).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((
                    path.strip_prefix(folder).unwrap().to_string_lossy().into_owned(),
                    std::fs::read(&path).unwrap(),
                ));
            }
        }
    }
    files.sort();
    files
}

fn build(folder: &Path, threads: &str, zone: &str, locale: &str) -> Vec<(String, Vec<u8>)> {
    let mut command = Command::cargo_bin("annals").unwrap();
    command.current_dir(folder).args(["build", "--quiet", "--jobs", threads]);
    command.env("TZ", zone).env("LC_ALL", locale).env("LANG", locale);
    command.assert().success();
    files(&folder.join("public"))
}

#[test]
fn it_is_the_same_with_one_thread_and_with_many_in_another_folder_locale_and_zone() {
    let (one, other) = (sample(), sample());
    let a = build(one.path(), "1", "UTC", "C");
    let b = build(other.path(), "8", "Asia/Kathmandu", "tr_TR.UTF-8");
    assert_eq!(a.len(), b.len());
    for ((name, bytes), (other_name, other_bytes)) in a.iter().zip(&b) {
        assert_eq!(name, other_name);
        assert!(bytes == other_bytes, "{name} differs");
    }
    let here = one.path().to_string_lossy().into_owned();
    for (name, bytes) in &a {
        assert!(
            !String::from_utf8_lossy(bytes).contains(&here),
            "{name} names a folder of this machine"
        );
    }
}

#[test]
fn every_link_leads_somewhere_and_no_clipping_is_in_error() {
    let folder = sample();
    let run = Command::cargo_bin("annals")
        .unwrap()
        .current_dir(folder.path())
        .args(["check", "--format", "json"])
        .assert();
    let said = String::from_utf8(run.success().get_output().stdout.clone()).unwrap();
    assert!(!said.contains("\"severity\":\"error\""), "{said}");
}

#[test]
fn pages_say_what_they_are_about_in_json_ld_and_can_be_cited() {
    let folder = sample();
    let mut kinds = std::collections::BTreeSet::new();
    let mut n_articles = 0;
    for (name, bytes) in build(folder.path(), "2", "UTC", "C") {
        let page = String::from_utf8_lossy(&bytes);
        let start = "<script type=\"application/ld+json\">";
        let Some((_, data)) = page.split_once(start) else {
            continue;
        };
        let (data, _) = data.split_once("</script>").unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        for node in data["@graph"].as_array().unwrap() {
            let kind = node["@type"].as_str().unwrap().to_owned();
            if kind == "NewsArticle" {
                n_articles += 1;
                // A date is only handed on where the clipping states it.
                let inferred = page.contains("The date is inferred");
                assert!(!inferred || node.get("datePublished").is_none(), "{name}");
                for file in [".bib", ".ris", ".json"] {
                    assert!(page.contains(&format!("{file}\" href=\"data:")), "{name}: {file}");
                }
            }
            kinds.insert(kind);
        }
    }
    assert!(n_articles >= 40, "{n_articles} articles");
    let wanted = ["BreadcrumbList", "Event", "NewsArticle", "Organization", "Person", "Place"];
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), wanted);
}

#[test]
fn private_notes_of_a_clipper_stay_private() {
    let folder = sample();
    for (name, bytes) in build(folder.path(), "2", "UTC", "C") {
        let text = String::from_utf8_lossy(&bytes);
        for private in ["Ask A.V. for the name", "Two callers", "^roads-closed", "_inbox-notes"] {
            assert!(!text.contains(private), "{private:?} is in {name}");
        }
    }
}
