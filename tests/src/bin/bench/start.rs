//! How long does a start take? The real binary against a Runtime API on loopback, from the start of the process to its first poll and,
//! where an event is given, to its first answer.

use super::measured::median;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
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
    /// Median of the times to the first answer, and the most memory that one process has used by then; of a function with an event.
    pub(crate) answered: Option<(Duration, u64)>,
}

/// A function to be started.
pub(crate) struct Function {
    /// Its name, that of its binary.
    pub(crate) name: &'static str,
    /// Its own settings.
    pub(crate) variables: &'static [(&'static str, &'static str)],
    /// What it is asked first, if anything.
    pub(crate) event: Option<String>,
}

/// The function that scores uploads.
pub(crate) fn ingest() -> Function {
    let variables = &[("RESULTS_BUCKET", "results"), ("RESULTS_TABLE", "table"), ("JOBS_TABLE", "table")];
    Function { name: "ingest", variables, event: None }
}

/// What the platform sets, and credentials. Nothing is sent to any service.
const ENVIRONMENT: [(&str, &str); 7] = [
    ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769"),
    ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
    ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
    ("AWS_LAMBDA_LOG_GROUP_NAME", "bench"),
    ("AWS_REGION", "eu-central-1"),
    ("AWS_ACCESS_KEY_ID", "bench"),
    ("AWS_SECRET_ACCESS_KEY", "bench"),
];

/// Starts the binary so many times, one after the other; `None` when it is not built.
pub(crate) fn measure(function: &Function, starts: usize) -> io::Result<Option<Start>> {
    let root = tests::workspace_root();
    let name = function.name;
    // What is shipped, if it was built (`make build`); the release build of the function otherwise.
    let binaries = [format!("target/lambda/{name}/bootstrap"), format!("target/release/{name}")];
    let Some(binary) = binaries.iter().find(|path| root.join(path).is_file()) else {
        eprintln!("skipped: none of {binaries:?} is there; `cargo build --release -p {name}` makes the second");
        return Ok(None);
    };
    let path: PathBuf = root.join(binary);
    once(function, &path)?; // the first start reads the binary from disk
    let all = (0..starts.max(1)).map(|_| once(function, &path)).collect::<io::Result<Vec<_>>>()?;
    let times: Vec<_> = all.iter().map(|(polled, _)| *polled).collect();
    let answers: Vec<_> = all.iter().filter_map(|(_, answered)| *answered).collect();
    let memory = answers.iter().map(|(_, bytes)| *bytes).max();
    let answered = memory.map(|bytes| (median(answers.iter().map(|(time, _)| *time).collect()), bytes));
    let slowest = times.iter().max().copied().unwrap_or_default();
    let fastest = times.iter().min().copied().unwrap_or_default();
    let bytes = path.metadata()?.len();
    Ok(Some(Start { binary: binary.clone(), bytes, median: median(times), slowest, fastest, answered }))
}

/// Time to the first poll; to the first answer, with the memory used by then.
fn once(function: &Function, path: &Path) -> io::Result<(Duration, Option<(Duration, u64)>)> {
    let api = TcpListener::bind("127.0.0.1:0")?;
    let begun = Instant::now();
    let mut child = Running(command(function, path, api.local_addr()?).spawn()?);
    let mut stream = first_poll(&api, &mut child.0)?;
    let polled = begun.elapsed();
    let Some(event) = &function.event else { return Ok((polled, None)) };
    first_answer(&mut stream, event)?;
    let answered = begun.elapsed();
    // The stream is still open, so that the function waits for its next event and does not end meanwhile.
    Ok((polled, Some((answered, super::memory::peak_bytes(&child.0.id().to_string())?))))
}

fn command(function: &Function, path: &Path, api: SocketAddr) -> Command {
    let mut command = Command::new(path);
    command
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", api.to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", function.name)
        .envs(ENVIRONMENT)
        .envs(function.variables.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Waits for a connection that asks for the next invocation.
fn first_poll(api: &TcpListener, child: &mut Child) -> io::Result<TcpStream> {
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
        return Ok(stream);
    }
    Err(io::Error::other("the function asked for something else than work"))
}

/// Hands over the event and waits for the answer, which comes on the same connection.
fn first_answer(stream: &mut TcpStream, event: &str) -> io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nlambda-runtime-aws-request-id: bench\r\n\
        lambda-runtime-deadline-ms: 4102444800000\r\nlambda-runtime-invoked-function-arn: arn:aws:lambda:eu-central-1:1:function:bench";
    stream.write_all(format!("{head}\r\ncontent-length: {}\r\n\r\n{event}", event.len()).as_bytes())?;
    let mut request = [0; 1_024];
    let bytes = stream.read(&mut request)?;
    if request[..bytes].starts_with(b"POST /2018-06-01/runtime/invocation/bench/response") {
        return Ok(());
    }
    Err(io::Error::other(format!("the function answered with '{}'", request[..bytes].escape_ascii())))
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
