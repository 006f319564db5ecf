//! What does the `touchstone` command do, and how does it end?

mod args;
mod audit;
mod demo;
mod overview;
mod policy;
mod progress;
mod results;
mod reviewer;
mod risks;
mod score;
mod serve;
mod words;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::LocalError;
use args::{Command, Policy, Touchstone};

/// The process could not do its work for a reason of its own.
const FAULT: u8 = 1;
/// A file could not be read, or the command was misspelt.
const UNREADABLE: u8 = 2;

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Touchstone::parse();
    start_log(arguments.verbose);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            words::complain(format_args!("touchstone: cannot start threads: {error}"));
            return FAULT.into();
        }
    };
    let outcome = runtime.block_on(async {
        match arguments.command {
            // Cut off, these still remove their temporary folder, because the stack is dropped.
            Command::Score(arguments) => or_stopped(score::run(&arguments)).await,
            Command::Demo(arguments) => or_stopped(demo::run(&arguments)).await,
            Command::Serve(arguments) => serve::run(&arguments).await,
            Command::Audit(arguments) => or_stopped(audit::run(&arguments)).await,
            Command::Policy(Policy::Check(arguments)) => or_stopped(policy::run(arguments)).await,
        }
    });
    // Readers of standard input and scoring threads must not hold up the end.
    runtime.shutdown_background();
    outcome.unwrap_or_else(|error| {
        words::complain(format_args!("touchstone: {}", words::chain(&error)));
        ExitCode::from(FAULT)
    })
}

async fn or_stopped(work: impl Future<Output = Outcome>) -> Outcome {
    tokio::select! {
        outcome = work => outcome,
        () = stop_signal() => Ok(ExitCode::from(STOPPED)),
    }
}

/// Ends when the process is asked to stop, by Ctrl-C or by whoever started it.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without signals there is nothing to wait for, and the process ends as the system likes.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Stopped by Ctrl-C, as shells write it.
const STOPPED: u8 = 130;

/// What a command answers; an error is a fault of the stack, never of the user's file.
type Outcome = Result<ExitCode, LocalError>;

/// Logs go to the error stream, so that standard output holds results only.
fn start_log(verbose: u8) {
    let default = match verbose {
        0 => "error",
        1 => "warn,local=info,ingest=info,storage=info,lambda=info",
        _ => "info,local=debug,ingest=debug,storage=debug,lambda=debug",
    };
    let filter = EnvFilter::try_from_env("TOUCHSTONE_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).without_time();
    // Only a second call in one process could fail here.
    let _ = log.try_init();
}
