//! Does the `touchstone` command tell people and scripts what happened, whatever it is given?
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use auditing::report::Report;
use auditing::statements::validate_batch;
use ingest::StoreFrom;
use local::{Pipeline, Ports, Storage};
use serde_json::Value;

const GOOD: &str = "listing_id,title,price,currency\nA-1,Leather bag replica,20,EUR\nA-2,Garden hose,9.50,EUR\n";

fn touchstone(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    said(&touchstone(folder, arguments).output().unwrap())
}

fn said(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn lines(path: impl AsRef<Path>) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The summary of a folder of results, after its files were found to add up.
fn summary(results: &Path) -> Value {
    let summary: Value = serde_json::from_slice(&fs::read(results.join("summary.json")).unwrap()).unwrap();
    assert_eq!(lines(results.join("scored.jsonl")).len() as u64, summary["scored"]);
    assert_eq!(lines(results.join("rejects.jsonl")).len() as u64, summary["rejected"]);
    assert_eq!(summary["rows"], summary["scored"].as_u64().unwrap() + summary["rejected"].as_u64().unwrap());
    let bands = ["clear", "review", "red_flag"].map(|band| summary["bands"][band].as_u64().unwrap());
    assert_eq!(summary["scored"], bands.iter().sum::<u64>());
    assert!(fs::read_to_string(results.join("report.html")).unwrap().contains("Content-Security-Policy"));
    summary
}

#[test]
fn results_are_files_and_results_only_are_on_standard_output() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a b.csv"), GOOD).unwrap();
    let (code, out, err) = run(home.path(), &["score", "a b.csv", "--out", "deep/results"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("2 listings scored") && out.contains("deep/results/report.html"), "{out}");
    assert!(!out.contains("_aws") && !out.contains('\u{1b}'), "{out}");
    let results = home.path().join("deep/results");
    assert_eq!(summary(&results)["files"], 1);
    assert_eq!(lines(results.join("scored.jsonl"))[1]["listing_id"], "A-2");
    let mut names: Vec<_> = fs::read_dir(&results).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["rejects.jsonl", "report.html", "scored.jsonl", "summary.json"]);
}

#[test]
fn rejected_rows_are_named_and_are_no_failure() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.csv"), format!("{GOOD},no id,1,EUR\nA-4,,1,EUR\n")).unwrap();
    let (code, out, err) = run(home.path(), &["score", "a.csv", "--out", "results"]);
    assert_eq!(code, 0);
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(err.starts_with("a.csv: 2 rows rejected, see rejects.jsonl; first: line 4, "), "{err}");
    assert!(out.contains("2 rows rejected"), "{out}");
    assert_eq!(summary(&home.path().join("results"))["rejected"], 2);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_broken_file_is_one_clear_line_and_two() {
    let check = |name: &str, bytes: &[u8], expected: &str| {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(name), bytes).unwrap();
        let (code, _, err) = run(home.path(), &["score", name, "--out", "results"]);
        assert_eq!(code, 2, "{name}: {err}");
        assert_eq!(err.lines().count(), 1, "{name}: {err}");
        assert!(err.starts_with(&format!("touchstone: {name}: ")) && err.contains(expected), "{name}: {err}");
        summary(&home.path().join("results"));
    };
    let rows: String = (0..3_000).map(|n| format!("A-{n},bag {n}\n")).collect();
    let export = format!("id,title\n{rows}");
    let zipped = gzip(export.as_bytes());
    check("empty.csv", b"", "the file is empty [file.empty]");
    check("cut.csv.gz", &zipped[..zipped.len() - 9], "rows before that went through");
    check("damaged.csv.gz", &[&zipped[..200], &[0xff; 200][..], &zipped[400..]].concat(), "file.corrupt_gzip");
    check("bomb.csv.gz", &gzip(&[b"id,title\n1,".as_slice(), &vec![b'a'; 64 << 20]].concat()), "file.bomb");
    check("page.html", b"<!doctype html><html><body>listings</body></html>", "a web page");
    check("nul.csv", &[0; 10_000], "file.not_an_export");
    check("columns.csv", b"colour,size\nred,5\n", "no column for the title");
    check("line.csv", &vec![b'x'; 2 << 20], "file.header_too_long");
}

#[test]
fn what_is_no_file_is_one_clear_line_and_the_others_are_scored() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("folder")).unwrap();
    fs::write(home.path().join("a.csv"), GOOD).unwrap();
    let (code, out, err) = run(home.path(), &["score", "missing.csv", "folder", "a.csv", "--out", "results"]);
    assert_eq!(code, 2);
    let err: Vec<&str> = err.lines().collect();
    assert_eq!(err.len(), 2, "{err:?}");
    assert!(err[0].starts_with("touchstone: missing.csv: cannot be read: "), "{err:?}");
    assert_eq!(err[1], "touchstone: folder: is a folder; name the files in it");
    assert!(out.contains("2 listings scored"), "{out}");
    assert_eq!(summary(&home.path().join("results"))["files"], 1);
}

#[test]
fn nothing_is_written_when_nothing_could_be_read() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, err) = run(home.path(), &["score", "missing.csv", "--out", "results"]);
    assert_eq!((code, out.as_str(), err.lines().count()), (2, "", 1));
    assert!(!home.path().join("results").exists());
}

#[test]
fn several_exports_have_a_folder_each_and_the_same_files_together() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("x")).unwrap();
    fs::write(home.path().join("a.csv"), format!("{GOOD},no id,1,EUR\n")).unwrap();
    fs::write(home.path().join("x/a.csv"), GOOD).unwrap();
    let (code, out, err) = run(home.path(), &["score", "a.csv", "x/a.csv", "--out", "results", "--top", "1"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("4 listings scored"), "{out}");
    let results = home.path().join("results");
    let sum = summary(&results);
    assert_eq!((&sum["files"], &sum["rows"]), (&2.into(), &5.into()));
    assert_eq!(summary(&results.join("a.csv"))["rows"], 3);
    assert_eq!(summary(&results.join("2-a.csv"))["rows"], 2);
    assert_eq!(lines(results.join("rejects.jsonl"))[0]["file"], "a.csv");
    let page = fs::read_to_string(results.join("report.html")).unwrap();
    assert!(page.contains(r#"href="a%2Ecsv/report.html""#) && page.contains(r#"href="2%2Da%2Ecsv/report.html""#), "{page}");
}

#[test]
fn standard_input_is_an_export_too() {
    let home = tempfile::tempdir().unwrap();
    let mut child = touchstone(home.path(), &["score", "-", "--out", "results"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&gzip(GOOD.as_bytes())).unwrap();
    let (code, out, err) = said(&child.wait_with_output().unwrap());
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("2 listings scored"), "{out}");
    assert_eq!(summary(&home.path().join("results"))["scored"], 2);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.csv"), GOOD).unwrap();
    let mut child = touchstone(home.path(), &["score", "a.csv", "--out", "results"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_demo_shows_every_step_and_leaves_a_report() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, err) = run(home.path(), &["demo"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    for part in ["started the stack", "uploaded", "scored", "Risk", "touchstone-results holds", "log_odds", "touchstone serve"] {
        assert!(out.contains(part), "no '{part}' in\n{out}");
    }
    let reports: Vec<&Path> = out.lines().map(str::trim).filter(|line| line.ends_with("report.html")).map(Path::new).collect();
    let [report, audit] = reports[..] else { panic!("two reports, not {reports:?}") };
    assert!(report.is_absolute() && audit.is_absolute());
    let summary = summary(report.parent().unwrap());
    assert!(summary["bands"]["red_flag"].as_u64().unwrap() > 0, "{summary}");
    check_audit(audit.parent().unwrap());
}

/// What the demo's audit says, beside what the makers of the sample know.
fn check_audit(folder: &Path) {
    let report: Report = serde_json::from_slice(&fs::read(folder.join("report.json")).unwrap()).unwrap();
    assert!(report.integrity.is_sound(), "{:?}", report.integrity);
    let figures = report.estimates.leading().unwrap();
    let copies = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample/copies.txt")).unwrap().lines().count();
    let interval = figures.counterfeits.interval;
    assert!((interval.low..=interval.high).contains(&f64::from(u32::try_from(copies).unwrap())), "{copies}: {interval:?}");
    let statements = fs::read_to_string(folder.join("statements.jsonl")).unwrap();
    let mut count = 0;
    for line in statements.lines() {
        let batch: Value = serde_json::from_str(line).unwrap();
        assert_eq!(validate_batch(&batch), []);
        count += batch["statements"].as_array().unwrap().len();
    }
    assert!(count > 200 && count as u64 == report.statements.statements_count, "{count} statements");
    assert!(fs::read_to_string(folder.join("report.html")).unwrap().contains("counterfeits are missed"));
}

#[test]
fn an_audit_goes_over_the_data_of_a_folder() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.csv"), GOOD).unwrap();
    let (code, _, err) = run(home.path(), &["audit", "--data", "nowhere", "--out", "audit"]);
    assert_eq!((code, err.contains("no such folder")), (2, true), "{err}");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let storage = Storage::Dir(home.path().join("data"));
        let pipeline = Pipeline::start(storage, Ports::default(), StoreFrom::Clear).await.unwrap();
        let submitted = pipeline.submit(&home.path().join("a.csv"), "a.csv").await.unwrap();
        pipeline.finished(&submitted).await.unwrap();
        pipeline.stop().await;
    });
    let (code, out, err) = run(home.path(), &["audit", "--data", "data", "--out", "audit"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("not known yet") && out.contains("nothing was altered"), "{out}");
    let report: Report = serde_json::from_slice(&fs::read(home.path().join("audit/report.json")).unwrap()).unwrap();
    assert!(report.candidate.is_none() && report.covered.results_count > 0);
    let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/scoring/policy");
    let again = ["audit", "--data", "data", "--out", "audit", "--candidate", policy.to_str().unwrap()];
    let (code, _, err) = run(home.path(), &again);
    assert_eq!((code, err.as_str()), (0, ""));
    let report: Report = serde_json::from_slice(&fs::read(home.path().join("audit/report.json")).unwrap()).unwrap();
    let rescoring = report.candidate.unwrap().rescoring;
    assert_eq!((rescoring.band_changes_count, rescoring.score_changes_count), (0, 0), "it is the same policy");
    assert_eq!(rescoring.listings_count, report.covered.results_count);
    let (code, _, err) = run(home.path(), &["audit", "--data", "data", "--out", "audit", "--candidate", "data"]);
    assert_eq!((code, err.contains("is no policy folder")), (2, true), "{err}");
}

#[test]
fn help_and_version_and_mistakes() {
    let home = tempfile::tempdir().unwrap();
    let check = |arguments: &[&str], code: i32, expected: &str| {
        let (found, out, err) = run(home.path(), arguments);
        assert_eq!(found, code, "{arguments:?}: {err}");
        assert!(format!("{out}{err}").contains(expected), "{arguments:?}: {out}{err}");
    };
    check(&["--help"], 0, "touchstone score listings.csv --out results");
    check(&["score", "--help"], 0, "Exit status:");
    check(&["serve", "--help"], 0, "DIR/drop");
    check(&["--version"], 0, concat!("touchstone ", env!("CARGO_PKG_VERSION")));
    check(&["score", "a.csv"], 2, "--out");
    check(&["scroe"], 2, "score");
}

/// A running `touchstone serve`, killed when a test fails.
struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    page: String,
    tokens: Value,
}

impl Served {
    fn start(home: &Path) -> Self {
        let mut child = touchstone(home, &["serve", "--data", "data", "--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut served = Self { child, out, page: String::new(), tokens: Value::Null };
        let line = served.line_with("Review console");
        let address = line.rsplit("http://").next().unwrap();
        address.split('/').next().unwrap().clone_into(&mut served.page);
        served.line_with("Ctrl-C stops.");
        served.tokens = serde_json::from_slice(&fs::read(home.join("data/tokens.json")).unwrap()).unwrap();
        served
    }

    /// Reads what is printed until a line has this text.
    fn line_with(&mut self, text: &str) -> String {
        let mut said = String::new();
        loop {
            let mut line = String::new();
            assert!(self.out.read_line(&mut line).unwrap() > 0, "it ended without '{text}':\n{said}");
            if line.contains(text) {
                return line;
            }
            said.push_str(&line);
        }
    }

    fn get(&self, path: &str, host: &str) -> String {
        self.get_at(&self.page, path, host)
    }

    fn get_at(&self, address: &str, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        let token = self.tokens["review"].as_str().unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn jobs(&self) -> Vec<Value> {
        let answer = self.get("/v1/jobs", "127.0.0.1");
        let body: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
        body["jobs"].as_array().unwrap().clone()
    }

    /// The same without links, which are new every time.
    fn records(&self) -> Vec<Value> {
        let without_links = |mut job: Value| {
            job["files"].take();
            job
        };
        self.jobs().into_iter().map(without_links).collect()
    }

    /// As Ctrl-C does.
    fn interrupt(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        self.line_with("Stopped.");
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_served_stack_remembers_its_jobs_and_does_nothing_twice() {
    let home = tempfile::tempdir().unwrap();
    let mut served = Served::start(home.path());
    let drop_folder = home.path().join("data/drop");
    fs::write(drop_folder.join("good.csv"), GOOD).unwrap();
    assert!(served.line_with("good.csv:").contains("2 listings scored"));
    fs::write(drop_folder.join("bad.csv"), "").unwrap();
    assert!(served.line_with("bad.csv:").contains("the file is empty"));
    assert!(drop_folder.join("done/good.csv").exists() && drop_folder.join("failed/bad.csv").exists());
    let before = served.records();
    assert_eq!(before.iter().map(|job| job["state"].as_str().unwrap()).collect::<Vec<_>>(), ["failed", "done"]);
    served.interrupt();

    let mut served = Served::start(home.path());
    assert_eq!(served.records(), before);
    // As if the process had been cut off between the end of the job and the move: the same file lies there again.
    fs::rename(drop_folder.join("done/good.csv"), drop_folder.join("good.csv")).unwrap();
    assert!(served.line_with("good.csv:").contains("2 listings scored"));
    assert_eq!(served.records(), before);

    let link = served.jobs()[1]["files"]["report.html"].as_str().unwrap().to_owned();
    let (address, path) = link.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let report = served.get_at(address, &format!("/{path}"), address);
    assert!(report.starts_with("HTTP/1.1 200") && report.contains("Content-Security-Policy"), "{report}");
    let forged = served.get_at(address, &format!("/{}", path.replace("report.html", "summary.json")), address);
    assert!(forged.starts_with("HTTP/1.1 403"), "{forged}");
    let console = served.get("/", "localhost:1");
    assert!(console.contains("content-security-policy: default-src 'none'") && console.contains("/console/app.js"), "{console}");
    assert!(served.get("/healthz", "127.0.0.1").contains("ok"));
    assert!(served.get("/v1/jobs/none", "127.0.0.1").starts_with("HTTP/1.1 404"));
    assert!(served.get("/v1/jobs", "rebound.example:80").starts_with("HTTP/1.1 421"));
    let (code, _, err) = run(home.path(), &["serve", "--data", "data", "--port", "0"]);
    assert_eq!((code, err.trim()), (1, "touchstone: data is in use by another touchstone"));
    served.interrupt();
}
