//! Which services does the product need, and how are they started and stopped on one machine?

mod database;
mod notifications;
mod objects;
pub(crate) mod server;

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_sdk_s3::config::Credentials;
use aws_sdk_s3::operation::create_bucket::CreateBucketError;
use storage::sdk::{Addressing, Clients, Patience, Settings};
use storage::tables::{self, Tables};
use tokio::net::TcpListener;

use crate::error::LocalError;
use crate::loopback;
use crate::queue::{self, Queue};
use server::Servers;

/// Region of every local name and signature.
pub const REGION: &str = "us-east-1";
/// The key pair the object store accepts. It protects nothing: the servers listen on loopback only.
pub const ACCESS_KEY: &str = "local";
/// The secret half of the pair.
pub const SECRET_KEY: &str = "locallocal";
/// Bucket whose new objects are announced to the queue.
pub const UPLOADS_BUCKET: &str = "touchstone-uploads";
/// Bucket for the results of jobs.
pub const RESULTS_BUCKET: &str = "touchstone-results";

/// Where the stack keeps its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// Tables and queue in memory, objects in a temporary folder that is removed with the stack.
    Memory,
    /// The same, with the temporary folder inside this one, which is made when it is missing: where the system's own temporary folder
    /// is kept in memory, a large export does not fit there.
    Scratch(PathBuf),
    /// Everything in this folder, which is made when it is missing. One stack at a time may use it.
    Dir(PathBuf),
}

/// Loopback ports of the services; 0 lets the system choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ports {
    /// Object store.
    pub s3: u16,
    /// Database.
    pub dynamodb: u16,
    /// Queue.
    pub sqs: u16,
}

/// The running services. Dropping it stops them at once; [`Stack::stop`] lets requests in flight finish.
#[derive(Debug)]
pub struct Stack {
    servers: Servers,
    queue: Arc<Queue>,
    clients: Clients,
    addresses: Addresses,
    home: Home,
}

#[derive(Debug, Clone, Copy)]
struct Addresses {
    s3: SocketAddr,
    dynamodb: SocketAddr,
    sqs: SocketAddr,
}

/// The folder of the stack. Fields in the order they must go: the lock before the folder.
#[derive(Debug)]
struct Home {
    path: PathBuf,
    _lock: File,
    _temporary: Option<tempfile::TempDir>,
}

impl Stack {
    /// Starts every service on a free loopback port.
    ///
    /// # Errors
    /// See [`Stack::start_on`].
    pub async fn start(storage: Storage) -> Result<Self, LocalError> {
        Self::start_on(storage, Ports::default()).await
    }

    /// Starts every service on the given loopback ports, with its buckets and tables.
    ///
    /// # Errors
    /// When a port is taken, the folder cannot be used or another stack uses it, or a bucket or table cannot be made.
    pub async fn start_on(storage: Storage, ports: Ports) -> Result<Self, LocalError> {
        let home = Home::open(&storage)?;
        let (database, queue) = match &storage {
            Storage::Memory | Storage::Scratch(_) => (dynoxide::Database::memory(), Queue::in_memory()),
            Storage::Dir(_) => {
                let file = home.path.join("dynamodb.sqlite");
                (dynoxide::Database::new(&file.to_string_lossy()), Queue::in_folder(home.path.join("queue"))?)
            }
        };
        let database = database.map_err(|error| LocalError::Database(error.to_string()))?;
        if matches!(storage, Storage::Dir(_)) {
            // Otherwise each batch waits for the disk. A power cut may then lose the last seconds, which a second upload brings back.
            database.enable_bulk_loading().map_err(|error| LocalError::Database(error.to_string()))?;
        }
        let queue = Arc::new(queue);

        let s3 = listen(ports.s3).await?;
        let dynamodb = listen(ports.dynamodb).await?;
        let sqs = listen(ports.sqs).await?;
        let addresses = Addresses { s3: address(&s3)?, dynamodb: address(&dynamodb)?, sqs: address(&sqs)? };
        let settings = addresses.settings();
        let clients = settings.clients(&settings.http_client(), Patience::Job);

        let folder = home.path.join("s3");
        fs::create_dir_all(&folder).map_err(LocalError::path(&folder))?;
        let announcer = notifications::Announcer::new(clients.s3.clone(), Arc::clone(&queue));
        let mut servers = Servers::new();
        servers.add(s3, loopback::open_to_own_pages(objects::router(&folder, announcer)?));
        servers.add(sqs, queue::server::router(Arc::clone(&queue)));
        servers.add(dynamodb, database::router(database));

        let stack = Self { servers, queue, clients, addresses, home };
        stack.create_buckets_and_tables().await?;
        Ok(stack)
    }

    /// A client of the object store.
    #[must_use]
    pub fn s3(&self) -> aws_sdk_s3::Client {
        self.clients.s3.clone()
    }

    /// A client of the database.
    #[must_use]
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        self.clients.dynamodb.clone()
    }

    /// A client of the queue.
    #[must_use]
    pub fn sqs(&self) -> aws_sdk_sqs::Client {
        self.clients.sqs.clone()
    }

    /// Endpoints, region and credentials, for clients on another HTTP client.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.addresses.settings()
    }

    /// What the ingest function needs to run against this stack: everything is stored, nothing is logged as a metric.
    #[must_use]
    pub fn deps(&self) -> ingest::Deps {
        ingest::Deps {
            s3: self.s3(),
            dynamodb: self.dynamodb(),
            queue: Some(ingest::Queue { client: self.sqs(), url: self.queue_url() }),
            config: ingest::Config::new(RESULTS_BUCKET, &tables().results, &tables().jobs),
            policy: scoring::Policy::embedded(),
            clock: lambda::Clock::system(),
            progress: Arc::default(),
            metrics: lambda::metrics::Sink::none(),
        }
    }

    /// The queue itself, as the event source mapping sees it.
    #[must_use]
    pub fn queue(&self) -> Arc<Queue> {
        Arc::clone(&self.queue)
    }

    /// Endpoint of the object store, `http://127.0.0.1:port`. Address buckets by path.
    #[must_use]
    pub fn s3_endpoint(&self) -> String {
        self.addresses.s3_url()
    }

    /// Endpoint of the database, `http://127.0.0.1:port`.
    #[must_use]
    pub fn dynamodb_endpoint(&self) -> String {
        self.addresses.dynamodb_url()
    }

    /// Endpoint of the queue, `http://127.0.0.1:port`.
    #[must_use]
    pub fn sqs_endpoint(&self) -> String {
        self.addresses.sqs_url()
    }

    /// Address of the queue that the uploads bucket feeds.
    #[must_use]
    pub fn queue_url(&self) -> String {
        format!("{}/{}/{}", self.addresses.sqs_url(), queue::server::ACCOUNT, queue::server::QUEUE_NAME)
    }

    /// The folder with the stack's data.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home.path
    }

    async fn create_buckets_and_tables(&self) -> Result<(), LocalError> {
        for bucket in [UPLOADS_BUCKET, RESULTS_BUCKET] {
            match self.clients.s3.create_bucket().bucket(bucket).send().await {
                Ok(_) => {}
                Err(error) if error.as_service_error().is_some_and(is_there_already) => {}
                Err(error) => return Err(LocalError::call("create bucket", &error)),
            }
        }
        tables::create_tables(&self.clients.dynamodb, &tables()).await?;
        Ok(())
    }

    /// Stops the services: no new requests, those in flight finish within [`crate::limits::STOP_GRACE`]. A temporary folder is removed.
    pub async fn stop(self) {
        self.servers.stop().await;
    }
}

impl Addresses {
    fn s3_url(&self) -> String {
        format!("http://{}", self.s3)
    }

    fn settings(&self) -> Settings {
        Settings {
            region: REGION.to_owned(),
            credentials: Credentials::new(ACCESS_KEY, SECRET_KEY, None, None, "local"),
            s3_endpoint: Some(self.s3_url()),
            dynamodb_endpoint: Some(self.dynamodb_url()),
            sqs_endpoint: Some(self.sqs_url()),
            addressing: Addressing::Path,
        }
    }

    fn dynamodb_url(&self) -> String {
        format!("http://{}", self.dynamodb)
    }

    fn sqs_url(&self) -> String {
        format!("http://{}", self.sqs)
    }
}

/// Names of the local tables.
#[must_use]
pub fn tables() -> Tables {
    Tables::with_prefix("touchstone")
}

fn is_there_already(error: &CreateBucketError) -> bool {
    error.is_bucket_already_exists() || error.is_bucket_already_owned_by_you()
}

impl Home {
    fn open(storage: &Storage) -> Result<Self, LocalError> {
        let (path, temporary) = match storage {
            Storage::Memory => temporary_in(&std::env::temp_dir())?,
            Storage::Scratch(parent) => temporary_in(parent)?,
            Storage::Dir(path) => {
                fs::create_dir_all(path).map_err(LocalError::path(path))?;
                (path.clone(), None)
            }
        };
        let lock_path = path.join("lock");
        let lock = File::create(&lock_path).map_err(LocalError::path(&lock_path))?;
        lock.try_lock().map_err(|_| LocalError::InUse { path: path.clone() })?;
        Ok(Self { path, _lock: lock, _temporary: temporary })
    }
}

/// A folder that goes away with what holds it.
fn temporary_in(parent: &Path) -> Result<(PathBuf, Option<tempfile::TempDir>), LocalError> {
    fs::create_dir_all(parent).map_err(LocalError::path(parent))?;
    let folder = tempfile::Builder::new().prefix(".touchstone-").tempdir_in(parent).map_err(LocalError::path(parent))?;
    Ok((folder.path().to_path_buf(), Some(folder)))
}

/// A listener on loopback; port 0 lets the system choose.
pub(crate) async fn listen(port: u16) -> Result<TcpListener, LocalError> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.map_err(|source| LocalError::Listen { address, source })
}

/// Where a listener listens.
pub(crate) fn address(listener: &TcpListener) -> Result<SocketAddr, LocalError> {
    let unknown = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    listener.local_addr().map_err(|source| LocalError::Listen { address: unknown, source })
}

#[cfg(test)]
mod tests;
