//! Which calls of AWS does a function make? Read from the sources: which of `storage` it uses, and what that calls in turn.
//!
//! Nothing but `storage` talks to AWS. Its sources are cut into functions, each with the SDK's calls in it and the other functions of
//! `storage` it uses; the same is looked for in the sources of a Lambda function. Receivers get their types from declarations (`jobs:
//! &Jobs`, `let jobs = Jobs::new(`, `fn jobs() -> Jobs`). That is no compiler: where it is wrong the comparison with the template fails and
//! names the place, which is looked at then.

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::{fs, io};

/// Methods of the SDK's clients, and the parts of a transaction, which are permitted one by one.
const CALLS: &str = r"\.(get_item|put_item|update_item|delete_item|query|scan|batch_write_item|batch_get_item|transact_get_items|execute_statement|create_table|update_time_to_live|describe_table|get_object|head_object|put_object|delete_object|delete_objects|copy_object|list_objects|list_objects_v2|head_bucket|create_bucket|get_object_tagging|put_object_tagging|create_multipart_upload|upload_part|complete_multipart_upload|abort_multipart_upload|list_parts|list_multipart_uploads|send_message|send_message_batch|receive_message|delete_message|change_message_visibility)\(\)|\b(Put|Update|Delete|ConditionCheck)::builder\(\)";

/// One call of AWS: where it stands in `storage`, and its name, such as `get_item` or `ConditionCheck`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// File below `shared/storage/src`.
    pub file: String,
    /// The function around it.
    pub within: String,
    /// Its name.
    pub name: String,
}

/// A source file without its tests and comments.
#[derive(Debug)]
struct Source {
    /// Below the folder of sources, with forward slashes.
    path: String,
    text: String,
}

/// A function or method of `storage`.
#[derive(Debug)]
struct Function {
    file: usize,
    /// The type whose method it is.
    of: Option<String>,
    name: String,
    body: String,
}

/// The sources of `storage`, in functions.
#[derive(Debug)]
pub struct Storage {
    sources: Vec<Source>,
    functions: Vec<Function>,
    patterns: Patterns,
}

#[derive(Debug)]
struct Patterns {
    call: Regex,
    function: Regex,
    implementation: Regex,
    path_use: Regex,
    method_use: Regex,
    chained_use: Regex,
    bare_use: Regex,
    declared: Regex,
    bound: Regex,
    returned: Regex,
    bound_by_function: Regex,
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is sound")
}

impl Patterns {
    fn new() -> Self {
        Self {
            call: pattern(CALLS),
            function: pattern(r"\bfn\s+(\w+)"),
            implementation: pattern(r"(?m)^impl(?:<[^>]*>)?\s+(?:[^{;]*?\bfor\s+)?(\w+)[^{;]*\{"),
            path_use: pattern(r"\b(\w+)::(\w+)\("),
            method_use: pattern(r"\b(\w+)(?:\([^()]*\))?\s*\.\s*(\w+)\("),
            // `Jobs::new(client.clone(), &table).get(`
            chained_use: pattern(r"\b([A-Z]\w+)::\w+\((?:[^()]|\([^()]*\))*\)\s*\.\s*(\w+)\("),
            bare_use: pattern(r"(?:^|[^\w.:])(\w+)\("),
            declared: pattern(r"\b(\w+):\s*(?:Option<)?&?(?:'\w+\s+)?(?:mut\s+)?(?:\w+::)*([A-Z]\w+)\b"),
            bound: pattern(r"\blet\s+(?:mut\s+)?(\w+)\s*=[^;]*?\b([A-Z]\w+)::\w+\("),
            returned: pattern(r"\bfn\s+(\w+)\s*\([^)]*\)\s*->\s*(?:Result<)?([A-Z]\w+)\b"),
            bound_by_function: pattern(r"\blet\s+(?:mut\s+)?(\w+)\s*=[^;]*?\b(\w+)\("),
        }
    }
}

/// What the names of variables and functions stand for in a file, and in the whole crate.
type Types = BTreeMap<String, BTreeSet<String>>;

impl Storage {
    /// Reads `shared/storage/src`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(root: &Path) -> io::Result<Self> {
        Ok(Self::of(sources(&root.join("shared/storage/src"))?))
    }

    fn of(sources: Vec<Source>) -> Self {
        let patterns = Patterns::new();
        let functions = sources.iter().enumerate().flat_map(|(file, source)| cut(&patterns, file, &source.text)).collect();
        Self { sources, functions, patterns }
    }

    /// Every call of AWS in `storage`.
    #[must_use]
    pub fn calls(&self) -> BTreeSet<Call> {
        (0..self.functions.len()).flat_map(|function| self.calls_in(function)).collect()
    }

    /// The calls of AWS that the sources of a crate lead to. The crate itself makes none: what it does is named as of no file.
    ///
    /// # Errors
    /// When the sources cannot be read.
    pub fn calls_of(&self, folder: &Path) -> io::Result<BTreeSet<Call>> {
        Ok(self.calls_from(&sources(&folder.join("src"))?))
    }

    fn calls_from(&self, sources: &[Source]) -> BTreeSet<Call> {
        let crate_types = self.types(sources.iter().map(|source| source.text.as_str()));
        let mut calls = BTreeSet::new();
        let mut waiting = VecDeque::new();
        for source in sources {
            // An address has a query, too.
            let own = source.text.replace("uri().query()", "");
            let own = self.patterns.call.captures_iter(&own).map(|found| call_name(&found));
            calls.extend(own.map(|name| Call { file: String::new(), within: source.path.clone(), name }));
            let types = self.types([source.text.as_str()]);
            waiting.extend(self.used(&source.text, &source.text, None, None, [&types, &crate_types]));
        }
        let storage_types = self.types(self.sources.iter().map(|source| source.text.as_str()));
        let mut reached = BTreeSet::new();
        while let Some(function) = waiting.pop_front() {
            if reached.insert(function) {
                calls.extend(self.calls_in(function));
                let Function { file, of, body, .. } = &self.functions[function];
                let text = self.sources[*file].text.as_str();
                let types = self.types([text]);
                waiting.extend(self.used(body, text, Some(*file), of.as_deref(), [&types, &storage_types]));
            }
        }
        calls
    }

    fn calls_in(&self, function: usize) -> Vec<Call> {
        let Function { file, name, body, .. } = &self.functions[function];
        let call = |found| Call { file: self.sources[*file].path.clone(), within: name.clone(), name: call_name(&found) };
        self.patterns.call.captures_iter(body).map(call).collect()
    }

    /// The functions of `storage` that a piece of code uses. `file` and `of` say where it stands when that is in `storage`.
    fn used(&self, code: &str, file_text: &str, file: Option<usize>, of: Option<&str>, types: [&Types; 2]) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        for found in self.patterns.path_use.captures_iter(code) {
            let (path, name) = (&found[1], &found[2]);
            let path = if path == "Self" { of.unwrap_or_default() } else { path };
            used.extend(self.named(name, |function| {
                let of_type = function.of.as_deref() == Some(path);
                let of_module = function.of.is_none() && modules(&self.sources[function.file].path).any(|module| module == path);
                of_type || of_module
            }));
        }
        for found in self.patterns.chained_use.captures_iter(code) {
            used.extend(self.named(&found[2], |function| function.of.as_deref() == Some(&found[1])));
        }
        for found in self.patterns.method_use.captures_iter(code) {
            let (receiver, name) = (&found[1], &found[2]);
            let known: BTreeSet<&str> = if receiver == "self" {
                of.into_iter().collect()
            } else {
                types.iter().find_map(|types| types.get(receiver)).into_iter().flatten().map(String::as_str).collect()
            };
            used.extend(self.named(name, |function| function.of.as_deref().is_some_and(|of| known.contains(of))));
        }
        for found in self.patterns.bare_use.captures_iter(code) {
            let name = &found[1];
            let is_imported = || imports(file_text).any(|import| words(import).any(|word| word == name));
            used.extend(self.named(name, |function| function.of.is_none() && (Some(function.file) == file || is_imported())));
        }
        used
    }

    fn named(&self, name: &str, matches: impl Fn(&Function) -> bool) -> Vec<usize> {
        let functions = self.functions.iter().enumerate();
        functions.filter(|(_, function)| function.name == name && matches(function)).map(|(number, _)| number).collect()
    }

    /// Which names stand for which types of `storage`.
    fn types<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Types {
        let known: BTreeSet<&str> = self.functions.iter().filter_map(|function| function.of.as_deref()).collect();
        let texts: Vec<_> = texts.into_iter().collect();
        let mut types = Types::new();
        let Patterns { declared, bound, returned, bound_by_function, .. } = &self.patterns;
        for found in texts.iter().flat_map(|text| [declared, bound, returned].into_iter().flat_map(|p| p.captures_iter(text))) {
            if known.contains(&found[2]) {
                types.entry(found[1].to_owned()).or_default().insert(found[2].to_owned());
            }
        }
        for found in texts.iter().flat_map(|text| bound_by_function.captures_iter(text)) {
            if let Some(returned) = types.get(&found[2]).cloned() {
                types.entry(found[1].to_owned()).or_default().extend(returned);
            }
        }
        types
    }
}

fn call_name(found: &regex::Captures<'_>) -> String {
    found.get(1).or(found.get(2)).map_or("", |name| name.as_str()).to_owned()
}

/// A file in functions: each reaches to the beginning of the next.
fn cut(patterns: &Patterns, file: usize, text: &str) -> Vec<Function> {
    let begins: Vec<_> = patterns.function.captures_iter(text).collect();
    let at = |number: usize| begins.get(number).and_then(|begin| begin.get(0)).map_or(text.len(), |whole| whole.start());
    let blocks: Vec<(usize, usize, String)> = patterns
        .implementation
        .captures_iter(text)
        .map(|found| {
            let begin = found.get(0).map_or(0, |whole| whole.start());
            // Formatted sources close a block at the beginning of a line.
            let end = text[begin..].find("\n}").map_or(text.len(), |length| begin + length);
            (begin, end, found[1].to_owned())
        })
        .collect();
    let functions = begins.iter().enumerate().map(|(number, begin)| {
        let block = blocks.iter().find(|(from, to, _)| (*from..*to).contains(&at(number)));
        let body = text[at(number)..at(number + 1)].to_owned();
        Function { file, of: block.map(|(_, _, name)| name.clone()), name: begin[1].to_owned(), body }
    });
    functions.collect()
}

/// The modules that a file is in or is: `results`, `queue` and `merge` of `results/queue/merge.rs`.
fn modules(path: &str) -> impl Iterator<Item = &str> {
    path.trim_end_matches(".rs").split('/').filter(|module| *module != "mod" && *module != "lib")
}

/// The imports from `storage`, or inside it.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    let imports = text.split("use ").skip(1).filter_map(|rest| rest.split_once(';')).map(|(import, _)| import);
    imports.filter(|import| ["storage::", "crate::", "super::"].iter().any(|start| import.starts_with(start)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// All sources below a folder, without comments and without what is for tests.
fn sources(folder: &Path) -> io::Result<Vec<Source>> {
    let (mut sources, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                let text = fs::read_to_string(&path)?;
                let path = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                sources.push(Source { path, text: code(&text) });
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    // A clone is what it was made from.
    lines.collect::<Vec<_>>().join("\n").replace(".clone()", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOBS: &str = "
pub struct Jobs { client: Client }
impl Jobs {
    pub fn new(client: Client) -> Self { Self { client } }
    pub async fn begin(&self) -> Result<(), Error> {
        finish(self.update()).await
    }
    // fn commented() { self.client.scan() }
    pub async fn get(&self) { self.client.get_item() }
    fn update(&self) -> Builder { self.client
        .update_item() }
}
async fn finish(request: Builder) {}
pub async fn list(client: &Client) { client.query(); Put::builder(); }
#[cfg(test)]
mod tests { fn f() { client.scan() } }
";

    fn check(user: &str, expected: &[&str]) {
        let source = |path: &str, text: &str| Source { path: path.to_owned(), text: code(text) };
        let storage = Storage::of(vec![source("jobs/mod.rs", JOBS)]);
        let calls = storage.calls_from(&[source("a.rs", user)]);
        let calls: Vec<_> = calls.iter().map(|call| format!("{} in {}", call.name, call.within)).collect();
        assert_eq!(calls, expected, "{user}");
    }

    #[test]
    fn what_is_used_is_found_by_type_path_and_import() {
        check("fn f(jobs: &Jobs) { jobs.begin().await; }", &["update_item in update"]);
        check("fn f() { let jobs = Jobs::new(client); jobs\n  .get(); }", &["get_item in get"]);
        check("fn jobs(d: &D) -> Jobs { d.jobs() } fn f() { jobs(&d).get() }", &["get_item in get"]);
        check("fn f() { Jobs::new(client(), &table).get() }", &["get_item in get"]);
        check("fn f(jobs: Jobs) { jobs.clone().get() }", &["get_item in get"]);
        check("struct T { jobs: Option<Jobs> } fn f() { self.jobs.begin() }", &["update_item in update"]);
        check("fn f() { jobs::list(&client) }", &["Put in list", "query in list"]);
        check("use storage::jobs::list;\nfn f() { list(&client) }", &["Put in list", "query in list"]);
    }

    #[test]
    fn what_only_looks_like_it_is_not() {
        check("fn f(map: &Map) { map.get(1); list(1); }", &[]);
        check("// jobs::list()\nfn f() {}", &[]);
        check("fn f(jobs: &Jobs) { other.begin() }", &[]);
    }

    #[test]
    fn a_call_outside_storage_is_seen() {
        check("fn f() { client.scan().send(); request.uri().query() }", &["scan in a.rs"]);
    }
}
