//! What does `touchstone score` do with the files it is given?

use std::fs::File;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use ingest::StoreFrom;

use super::args::Score;
use super::results::{self, REPORT, Scored};
use super::words::{complain, count, plain, say};
use super::{Outcome, UNREADABLE, progress, risks};
use crate::error::LocalError;
use crate::pipeline::Pipeline;
use crate::{Ports, Storage};

/// Scores every file, says in one line what is wrong with those that cannot be read, and shows what was found.
pub(super) async fn run(arguments: &Score) -> Outcome {
    // The results are files: in tables that end with the process nobody would look.
    let pipeline = Pipeline::start(Storage::Memory, Ports::default(), StoreFrom::Nothing).await?;
    let outcome = score_all(&pipeline, arguments).await;
    pipeline.stop().await;
    outcome
}

async fn score_all(pipeline: &Pipeline, arguments: &Score) -> Outcome {
    let names = results::folder_names(&arguments.files);
    let several = arguments.files.len() > 1;
    let mut all = Vec::new();
    let mut unreadable = false;
    let mut elapsed = Duration::ZERO;
    for (path, name) in arguments.files.iter().zip(&names) {
        let shown = if path.as_os_str() == "-" { "standard input".to_owned() } else { plain(&path.to_string_lossy()) };
        let folder = if several { arguments.out.join(name) } else { arguments.out.clone() };
        let began = Instant::now();
        match score_one(pipeline, path, name, &folder).await {
            Ok((scored, failure)) => {
                elapsed += began.elapsed();
                if let Some(failure) = failure {
                    unreadable = true;
                    complain(format_args!("touchstone: {shown}: {}", plain(&failure)));
                }
                warn_of_rejects(&shown, &scored);
                all.push(scored);
            }
            Err(Trouble::Unreadable(reason)) => {
                unreadable = true;
                complain(format_args!("touchstone: {shown}: {}", plain(&reason)));
            }
            Err(Trouble::Fault(error)) => return Err(error),
        }
    }
    if !all.is_empty() {
        let summary = if several { &results::combine(&arguments.out, &all)? } else { &all[0].summary };
        let top = &summary.top[..summary.top.len().min(arguments.top)];
        if !top.is_empty() {
            say(format_args!("{}", risks::table(top)));
        }
        say(format_args!("{}", risks::counts(summary, elapsed)));
        say(format_args!("Report: {}", arguments.out.join(REPORT).display()));
    }
    Ok(if unreadable { ExitCode::from(UNREADABLE) } else { ExitCode::SUCCESS })
}

fn warn_of_rejects(shown: &str, scored: &Scored) {
    if let Some(first) = &scored.first_reject {
        let rows = count(scored.summary.rejected, "row");
        complain(format_args!(
            "{shown}: {rows} rejected, see rejects.jsonl; first: line {}, {}",
            first.line,
            plain(&first.detail)
        ));
    }
}

/// Why one file has no results.
enum Trouble {
    /// The file's fault.
    Unreadable(String),
    /// Ours.
    Fault(LocalError),
}

impl From<LocalError> for Trouble {
    fn from(error: LocalError) -> Self {
        Self::Fault(error)
    }
}

/// The results of one file, and why they end early when they do.
async fn score_one(pipeline: &Pipeline, path: &Path, name: &str, folder: &Path) -> Result<(Scored, Option<String>), Trouble> {
    let spool;
    let source = if path.as_os_str() == "-" {
        spool = spool_stdin(pipeline.stack.home())?;
        spool.as_path()
    } else {
        check_readable(path).map_err(Trouble::Unreadable)?;
        path
    };
    let work = async {
        let submitted = pipeline.submit(source, name).await?;
        pipeline.finished(&submitted).await
    };
    let job = progress::show(name, &pipeline.progress, work).await?;
    let scored = results::fetch(&pipeline.stack, &job.job_id, name, folder).await?;
    let failure = job.failure.map(|(code, detail)| match scored.summary.rows {
        0 => format!("{detail} [{code}]"),
        rows => format!("{detail} [{code}]; {} before that went through", count(rows, "row")),
    });
    Ok((scored, failure))
}

/// Opens the file before anything else is done, for an answer in the words of the operating system.
fn check_readable(path: &Path) -> Result<(), String> {
    let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
    let metadata = file.metadata().map_err(|error| format!("cannot be read: {error}"))?;
    if metadata.is_dir() {
        return Err("is a folder; name the files in it".to_owned());
    }
    Ok(())
}

/// Standard input as a file, because an upload has to know its size.
fn spool_stdin(home: &Path) -> Result<PathBuf, LocalError> {
    let path = home.join("stdin");
    if std::io::stdin().is_terminal() {
        complain(format_args!("touchstone: reading an export from the terminal; end it with Ctrl-D"));
    }
    let mut file = File::create(&path).map_err(LocalError::path(&path))?;
    std::io::copy(&mut std::io::stdin().lock(), &mut file).map_err(LocalError::path(&path))?;
    Ok(path)
}
