//! What does `touchstone score` do with the files it is given?

use std::fs::File;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use ingest::StoreFrom;
use tokio::io::AsyncWriteExt;

use super::args::Score;
use super::results::{self, REPORT, Scored};
use super::words::{complain, count, plain, say};
use super::{Outcome, UNREADABLE, progress, risks};
use crate::error::LocalError;
use crate::pipeline::Pipeline;
use crate::{Ports, Storage};

/// Scores every file, says in one line what is wrong with those that cannot be read, and shows what was found.
pub(super) async fn run(arguments: &Score) -> Outcome {
    let mut exports = Vec::new();
    for (path, name) in arguments.files.iter().zip(results::folder_names(&arguments.files)) {
        match check_readable(path) {
            Ok(()) => exports.push(Export { path, name }),
            Err(reason) => complain(format_args!("touchstone: {}: {reason}", shown(path))),
        }
    }
    if exports.is_empty() {
        return Ok(UNREADABLE.into());
    }
    let all_readable = exports.len() == arguments.files.len();
    // Results are files: in tables that end with the process nobody would look.
    let scratch = Storage::Scratch(arguments.out.clone());
    let pipeline = Pipeline::start(scratch, Ports::default(), StoreFrom::Nothing).await?;
    let whole = score_all(&pipeline, arguments, &exports).await;
    pipeline.stop().await;
    Ok(if whole? && all_readable { ExitCode::SUCCESS } else { UNREADABLE.into() })
}

/// A file to score.
struct Export<'a> {
    path: &'a Path,
    /// What it and its folder of results are called.
    name: String,
}

/// Whether every file could be read to its end.
async fn score_all(pipeline: &Pipeline, arguments: &Score, exports: &[Export<'_>]) -> Result<bool, LocalError> {
    let several = arguments.files.len() > 1;
    let mut all = Vec::new();
    let mut whole = true;
    let began = Instant::now();
    for Export { path, name } in exports {
        let folder = if several { arguments.out.join(name) } else { arguments.out.clone() };
        let (scored, failure) = score_one(pipeline, path, name, &folder).await?;
        if let Some(failure) = failure {
            whole = false;
            complain(format_args!("touchstone: {}: {}", shown(path), plain(&failure)));
        } else if scored.summary.rows == 0 {
            complain(format_args!("{}: no listings in it, only a header or an empty list", shown(path)));
        }
        if let Some(first) = &scored.first_reject {
            let (rows, detail) = (count(scored.summary.rejected, "row"), plain(&first.detail));
            complain(format_args!("{}: {rows} rejected, see rejects.jsonl; first: line {}, {detail}", shown(path), first.line));
        }
        all.push(scored);
    }
    let combined = if several { Some(results::combine(&arguments.out, &all)?) } else { None };
    if let Some(summary) = combined.as_ref().or(all.first().map(|scored| &scored.summary)) {
        let top = &summary.top[..summary.top.len().min(arguments.top)];
        if !top.is_empty() {
            say(risks::table(top));
        }
        say(risks::counts(summary, began.elapsed()));
        say(format_args!("Report: {}", arguments.out.join(REPORT).display()));
    }
    Ok(whole)
}

/// The results of one file, and why they end early when they do.
async fn score_one(pipeline: &Pipeline, path: &Path, name: &str, folder: &Path) -> Result<(Scored, Option<String>), LocalError> {
    let spool;
    let source = if is_stdin(path) {
        spool = spool_stdin(pipeline.stack.home()).await?;
        spool.as_path()
    } else {
        path
    };
    let work = async {
        let submitted = pipeline.submit(source, name).await?;
        let job = pipeline.finished(&submitted).await?;
        Ok::<_, LocalError>((submitted, job))
    };
    let (submitted, job) = progress::show(name, &pipeline.progress, work).await?;
    let scored = results::fetch(&pipeline.stack, &job.job_id, name, folder).await?;
    // Else the disk would have to hold every export of the command line twice.
    pipeline.remove(&submitted, &job.job_id).await?;
    let failure = job.failure.map(|(code, detail)| match scored.summary.rows {
        0 => format!("{detail} [{code}]"),
        rows => format!("{detail} [{code}]; {} before that went through", count(rows, "row")),
    });
    Ok((scored, failure))
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn shown(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { plain(&path.to_string_lossy()) }
}

/// Opens the file before anything else is done, for an answer in the words of the operating system.
fn check_readable(path: &Path) -> Result<(), String> {
    if is_stdin(path) {
        return Ok(());
    }
    let metadata = File::open(path).and_then(|file| file.metadata()).map_err(|error| format!("cannot be read: {error}"))?;
    if metadata.is_dir() {
        return Err("is a folder; name the files in it".to_owned());
    }
    Ok(())
}

/// Standard input as a file, because an upload has to know its size.
async fn spool_stdin(home: &Path) -> Result<PathBuf, LocalError> {
    let path = home.join("stdin");
    if std::io::stdin().is_terminal() {
        complain("touchstone: reading an export from the terminal; end it with Ctrl-D");
    }
    let mut file = tokio::fs::File::create(&path).await.map_err(LocalError::path(&path))?;
    tokio::io::copy(&mut tokio::io::stdin(), &mut file).await.map_err(LocalError::path(&path))?;
    file.flush().await.map_err(LocalError::path(&path))?;
    Ok(path)
}
