//! Which room may use which? The arrows of the design, checked on what cargo itself resolved.
//!
//! "Uses" means any dependency, also one for tests or build scripts: a dev-dependency upwards is how layers rot first.
//! The pure rooms are checked through their whole graph, because an async runtime three crates down is still in the build.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::process::Command;

/// The shared rooms, which functions are built from.
const SHARED: &[&str] =
    &["shared/lambda", "shared/storage", "shared/exports", "shared/auditing", "shared/pages", "shared/scoring"];

/// Folders that may use nothing but what stands beside them. `infra/local` builds the dependencies of the functions
/// (their clients, tables, policy), so it may use the shared rooms too.
const ARROWS: &[(&str, &[&str])] = &[
    ("shared/scoring", &[]),
    ("shared/auditing", &["shared/scoring"]),
    ("shared/exports", &["shared/scoring"]),
    ("shared/storage", &["shared/scoring"]),
    ("shared/lambda", &[]),
    ("shared/pages", &[]),
    ("functions/*", SHARED),
    ("infra/local", &["functions/*", "shared/lambda", "shared/storage", "shared/exports", "shared/auditing", "shared/scoring"]),
    ("tests", &["*"]),
    ("tests/eval", &["shared/scoring", "shared/auditing"]),
];

/// Rooms that do no input, output, waiting or cloud, whatever their dependencies would like.
const PURE: &[&str] = &["shared/scoring", "shared/auditing", "shared/exports", "shared/pages"];

/// What no pure room may reach: the name of a crate, or the beginning of one when it ends in `-`.
const IMPURE: &[&str] = &[
    "tokio",
    "tokio-",
    "aws-",
    "hyper",
    "hyper-",
    "reqwest",
    "h2",
    "mio",
    "async-std",
    "async-executor",
    "async-global-executor",
    "async-io",
    "futures-executor",
    "smol",
    "glommio",
    "monoio",
    "compio",
    "ureq",
];

/// The workspace as the checks see it. Crates of one name and several versions count as one, which can only find more.
#[derive(Debug, Default)]
pub struct Graph {
    /// Name of each workspace member -> its folder from the root (`shared/scoring`).
    pub folders: BTreeMap<String, String>,
    /// Declared dependencies of the members, of every kind: (from, to).
    pub declared: BTreeSet<(String, String)>,
    /// Resolved normal dependencies of every crate in the build.
    pub resolved: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Asks cargo about the crates of this platform, which a build has downloaded; those of others need not be here. Features are
    /// those of the whole workspace, so they can only add arrows.
    ///
    /// # Errors
    /// What cargo said.
    pub fn of_workspace(root: &Path) -> Result<Self, cargo_metadata::Error> {
        let options = ["--locked", "--filter-platform", &host()?];
        let metadata =
            MetadataCommand::new().manifest_path(root.join("Cargo.toml")).other_options(options.map(str::to_owned)).exec()?;
        Ok(Self::of(&metadata))
    }

    fn of(metadata: &Metadata) -> Self {
        let mut graph = Self::default();
        for package in metadata.workspace_packages() {
            let folder = package.manifest_path.parent().unwrap_or(&package.manifest_path);
            let folder = folder.strip_prefix(&metadata.workspace_root).unwrap_or(folder);
            graph.folders.insert(package.name.to_string(), folder.to_string());
            for dependency in &package.dependencies {
                graph.declared.insert((package.name.to_string(), dependency.name.clone()));
            }
        }
        let names: BTreeMap<_, _> = metadata.packages.iter().map(|package| (&package.id, package.name.to_string())).collect();
        for node in metadata.resolve.iter().flat_map(|resolve| &resolve.nodes) {
            let normal = node.deps.iter().filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
            let normal = normal.filter_map(|dep| names.get(&dep.pkg).cloned());
            graph.resolved.entry(names[&node.id].clone()).or_default().extend(normal);
        }
        graph
    }

    /// One line for each arrow that the design does not have; empty when all is well.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (name, folder) in &self.folders {
            if !ARROWS.iter().any(|(room, _)| covers(room, folder)) {
                found.push(format!("{name} stands in {folder}, which is no room of the design"));
            }
            if PURE.contains(&folder.as_str()) {
                found.extend(self.path_to_impure(name).map(|path| format!("{folder} is pure, but {}", path.join(" -> "))));
            }
        }
        for (from, to) in &self.declared {
            let (Some(from_folder), Some(to_folder)) = (self.folders.get(from), self.folders.get(to)) else { continue };
            let allowed = ARROWS.iter().filter(|(room, _)| covers(room, from_folder)).flat_map(|(_, uses)| *uses);
            if !allowed.into_iter().any(|room| covers(room, to_folder)) {
                found.push(format!("{from_folder} may not use {to_folder}"));
            }
        }
        found
    }

    /// The shortest way from a crate to something impure.
    fn path_to_impure(&self, from: &str) -> Option<Vec<String>> {
        let mut came_from = BTreeMap::from([(from.to_owned(), None)]);
        let mut queue = VecDeque::from([from.to_owned()]);
        while let Some(crate_name) = queue.pop_front() {
            if is_impure(&crate_name) {
                let mut path = vec![crate_name];
                while let Some(Some(before)) = path.last().and_then(|last| came_from.get(last)) {
                    path.push(String::clone(before));
                }
                path.reverse();
                return Some(path);
            }
            for next in self.resolved.get(&crate_name).into_iter().flatten() {
                if !came_from.contains_key(next) {
                    came_from.insert(next.clone(), Some(crate_name.clone()));
                    queue.push_back(next.clone());
                }
            }
        }
        None
    }
}

/// The platform of the compiler, such as `x86_64-unknown-linux-gnu`.
fn host() -> std::io::Result<String> {
    let version = Command::new("rustc").arg("-vV").output()?;
    let text = String::from_utf8_lossy(&version.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| std::io::Error::other("rustc does not name its host"))
}

fn is_impure(name: &str) -> bool {
    IMPURE.iter().any(|impure| if impure.ends_with('-') { name.starts_with(impure) } else { name == *impure })
}

/// Whether a folder is the room, or stands directly in it when the room ends in `/*`.
fn covers(room: &str, folder: &str) -> bool {
    room == "*" || room == folder || room.strip_suffix('*').is_some_and(|parent| folder.starts_with(parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A healthy workspace with one arrow more, or one crate more in the depths.
    fn check(extra: (&str, &str), expected: &[&str]) {
        let folders = [
            ("scoring", "shared/scoring"),
            ("exports", "shared/exports"),
            ("storage", "shared/storage"),
            ("lambda", "shared/lambda"),
            ("ingest", "functions/ingest"),
            ("audit", "functions/audit"),
            ("local", "infra/local"),
            ("tests", "tests"),
        ];
        let mut declared = vec![
            ("exports", "scoring"),
            ("storage", "scoring"),
            ("ingest", "lambda"),
            ("ingest", "storage"),
            ("ingest", "exports"),
            ("ingest", "scoring"),
            ("local", "ingest"),
            ("local", "storage"),
            ("tests", "local"),
            ("tests", "scoring"),
            ("storage", "tokio"),
        ];
        let mut resolved =
            vec![("scoring", "serde"), ("exports", "csv"), ("csv", "memchr"), ("storage", "tokio"), ("tokio", "mio")];
        resolved.extend(declared.iter().copied());
        if folders.iter().any(|(name, _)| *name == extra.0) {
            declared.push(extra);
        }
        resolved.push(extra);
        let mut graph = Graph {
            folders: folders.map(|(name, folder)| (name.to_owned(), folder.to_owned())).into(),
            declared: declared.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect(),
            ..Graph::default()
        };
        for (from, to) in resolved {
            graph.resolved.entry(from.to_owned()).or_default().insert(to.to_owned());
        }
        assert_eq!(graph.violations(), expected, "{extra:?}");
    }

    #[test]
    fn arrows_of_the_design_pass() {
        check(("tests", "ingest"), &[]);
        check(("audit", "storage"), &[]);
        check(("local", "audit"), &[]);
        check(("storage", "aws-sdk-s3"), &[]);
    }

    #[test]
    fn an_arrow_upwards_or_sideways_is_found() {
        check(("scoring", "exports"), &["shared/scoring may not use shared/exports"]);
        check(("exports", "lambda"), &["shared/exports may not use shared/lambda"]);
        check(("storage", "exports"), &["shared/storage may not use shared/exports"]);
        check(("lambda", "storage"), &["shared/lambda may not use shared/storage"]);
        check(("ingest", "audit"), &["functions/ingest may not use functions/audit"]);
        check(("ingest", "local"), &["functions/ingest may not use infra/local"]);
        check(("ingest", "tests"), &["functions/ingest may not use tests"]);
        check(("local", "tests"), &["infra/local may not use tests"]);
    }

    #[test]
    fn a_pure_room_that_reaches_a_runtime_is_found_with_the_way_there() {
        check(
            ("scoring", "tokio"),
            &["shared/exports is pure, but exports -> scoring -> tokio", "shared/scoring is pure, but scoring -> tokio"],
        );
        check(("memchr", "tokio"), &["shared/exports is pure, but exports -> csv -> memchr -> tokio"]);
        check(("csv", "aws-smithy-types"), &["shared/exports is pure, but exports -> csv -> aws-smithy-types"]);
        check(("csv", "awsome"), &[]);
    }

    #[test]
    fn a_crate_outside_every_room_is_found() {
        let graph = Graph { folders: [("extra".to_owned(), "tools/extra".to_owned())].into(), ..Graph::default() };
        assert_eq!(graph.violations(), ["extra stands in tools/extra, which is no room of the design"]);
    }
}
