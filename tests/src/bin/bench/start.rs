//! How long does a start take? The real binary against a Runtime API on loopback, from the start of the process to its first poll.

use super::measured::median;
use std::io::{self, Read};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A binary as it was found, with its starts.
pub(crate) struct Start {
    /// Relative to the workspace.
    pub(crate) binary: String,
    pub(crate) bytes: u64,
    pub(crate) median: Duration,
    pub(crate) slowest: Duration,
    pub(crate) fastest: Duration,
}

/// What is shipped, if it was built (`make build`); the release build of the function otherwise.
const BINARIES: [&str; 2] = ["target/lambda/ingest/bootstrap", "target/release/ingest"];

/// The least that the function wants to know before it asks for work. Nothing is sent to any of these.
const ENVIRONMENT: [(&str, &str); 9] = [
    ("AWS_LAMBDA_FUNCTION_NAME", "ingest"),
    ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769"),
    ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
    ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
    ("AWS_LAMBDA_LOG_GROUP_NAME", "bench"),
    ("AWS_REGION", "eu-central-1"),
    ("AWS_ACCESS_KEY_ID", "bench"),
    ("AWS_SECRET_ACCESS_KEY", "bench"),
    ("RESULTS_BUCKET", "results"),
];

const TABLES: [&str; 2] = ["RESULTS_TABLE", "JOBS_TABLE"];

/// Starts the binary so many times, one after the other; `None` when it is not built.
pub(crate) fn measure(starts: usize) -> io::Result<Option<Start>> {
    let root = tests::workspace_root();
    let Some(binary) = BINARIES.into_iter().find(|path| root.join(path).is_file()) else {
        eprintln!("skipped: none of {BINARIES:?} is there; `cargo build --release -p ingest` makes the second");
        return Ok(None);
    };
    let path: PathBuf = root.join(binary);
    once(&path)?; // the first start reads the binary from disk
    let times = (0..starts.max(1)).map(|_| once(&path)).collect::<io::Result<Vec<_>>>()?;
    let slowest = times.iter().max().copied().unwrap_or_default();
    let fastest = times.iter().min().copied().unwrap_or_default();
    Ok(Some(Start { binary: binary.to_owned(), bytes: path.metadata()?.len(), median: median(times), slowest, fastest }))
}

fn once(path: &Path) -> io::Result<Duration> {
    let api = TcpListener::bind("127.0.0.1:0")?;
    let begun = Instant::now();
    let mut child = Running(command(path, api.local_addr()?).spawn()?);
    let polled = first_poll(&api, &mut child.0);
    polled.map(|()| begun.elapsed())
}

fn command(path: &Path, api: SocketAddr) -> Command {
    let mut command = Command::new(path);
    command
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", api.to_string())
        .envs(ENVIRONMENT)
        .envs(TABLES.map(|table| (table, "table")));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Waits for a connection that asks for the next invocation. It is never answered.
fn first_poll(api: &TcpListener, child: &mut Child) -> io::Result<()> {
    api.set_nonblocking(true)?;
    let (mut stream, _) = loop {
        match api.accept() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                if let Some(status) = child.try_wait()? {
                    return Err(io::Error::other(format!("the function ended before its first poll: {status}")));
                }
                std::thread::yield_now();
            }
            accepted => break accepted?,
        }
    };
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut request = [0; 1_024];
    let bytes = stream.read(&mut request)?;
    if request[..bytes].starts_with(b"GET /2018-06-01/runtime/invocation/next") {
        return Ok(());
    }
    Err(io::Error::other("the function asked for something else than work"))
}

/// A process that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, which is as well.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
