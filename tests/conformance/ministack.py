#!/usr/bin/env python3
"""Runs the shipped `ingest` binary on an AWS that this project did not write.

ministack (PyPI) runs `bootstrap` binaries without Docker: an upload by boto3 raises the bucket's notification, which goes
through a queue and an event source mapping to the function, and from there into table and result bucket, all by itself.
Started by `cargo test -p tests --test ministack`, which says where the binary is and what the tables look like.
"""

import argparse
import contextlib
import gzip
import io
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.request
import zipfile

import boto3
import zstandard
from botocore.config import Config

GOLDEN = pathlib.Path(__file__).parent.parent / "golden"
REGION = "us-east-1"
UPLOADS, RESULTS = "conformance-uploads", "conformance-results"
# Longest wait for anything that should happen by itself. On an idle machine an upload is scored within a second.
WAIT_S = 30.0
# Of the function. Longer than the gap before the deadline (30 s) in which it takes no new rows, unless a case wants just that.
FUNCTION_TIMEOUT_S = 60
SHORT_TIMEOUT_S = 20


class Stack:
    """ministack on a free loopback port with its state in a folder of its own."""

    def __init__(self, folder):
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.log = folder / "ministack.log"
        for name in ("state", "s3", "tmp"):
            (folder / name).mkdir()
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "STATE_DIR": str(folder / "state"),
            "S3_DATA_DIR": str(folder / "s3"),
            "TMPDIR": str(folder / "tmp"),
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "MINISTACK_REGION": REGION,
        }
        command = [str(pathlib.Path(sys.executable).parent / "ministack")]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)

    def wait_until_ready(self):
        def healthy():
            if self.process.poll() is not None:
                raise RuntimeError(f"ministack ended with {self.process.returncode}")
            with contextlib.suppress(OSError):
                return urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=1).status == 200

        wait_for("ministack", healthy)

    def client(self, service):
        config = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 2}, connect_timeout=5, read_timeout=30)
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name=REGION, aws_access_key_id="test",
            aws_secret_access_key="test", config=config,
        )

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, check):
    """The first true answer of `check`, asked again and again for a bounded time."""
    end = time.monotonic() + WAIT_S
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {WAIT_S:.0f} s")
        time.sleep(0.05)


class World:
    """Buckets, tables, queues and the function, as the product's template would make them."""

    def __init__(self, stack, bootstrap, tables):
        self.s3, self.dynamodb = stack.client("s3"), stack.client("dynamodb")
        self.sqs, self.lambda_ = stack.client("sqs"), stack.client("lambda")
        self.tables = {definition["what"]: definition["create"]["TableName"] for definition in tables}
        for bucket in (UPLOADS, RESULTS):
            self.s3.create_bucket(Bucket=bucket)
        self.s3.put_bucket_versioning(Bucket=UPLOADS, VersioningConfiguration={"Status": "Enabled"})
        for definition in tables:
            self.dynamodb.create_table(**definition["create"])
        self.dead, _ = self.queue("conformance-dead", {})
        dead_arn = self.arn(self.dead)
        policy = {"deadLetterTargetArn": dead_arn, "maxReceiveCount": 3}
        attributes = {"VisibilityTimeout": "10", "RedrivePolicy": json.dumps(policy)}
        self.events, events_arn = self.queue("conformance-events", attributes)
        self.create_function(bootstrap)
        self.mapping = self.lambda_.create_event_source_mapping(
            EventSourceArn=events_arn, FunctionName="ingest", BatchSize=5, FunctionResponseTypes=["ReportBatchItemFailures"],
        )
        notification = {
            "QueueArn": events_arn,
            "Events": ["s3:ObjectCreated:*"],
            "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "exports/"}]}},
        }
        self.s3.put_bucket_notification_configuration(
            Bucket=UPLOADS, NotificationConfiguration={"QueueConfigurations": [notification]},
        )

    def queue(self, name, attributes):
        url = self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        return url, self.arn(url)

    def arn(self, url):
        return self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def create_function(self, bootstrap):
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
            entry = zipfile.ZipInfo("bootstrap")
            entry.external_attr = 0o755 << 16
            archive.writestr(entry, stripped(bootstrap))
        self.s3.put_object(Bucket=RESULTS, Key="package.zip", Body=package.getvalue())
        self.lambda_.create_function(
            FunctionName="ingest", Runtime="provided.al2023", Handler="bootstrap", Role="arn:aws:iam::000000000000:role/ingest",
            Code={"S3Bucket": RESULTS, "S3Key": "package.zip"}, Timeout=FUNCTION_TIMEOUT_S, MemorySize=1769,
            Environment={"Variables": self.environment()},
        )

    def environment(self):
        return {
            "RESULTS_BUCKET": RESULTS,
            "RESULTS_TABLE": self.tables["results"],
            "JOBS_TABLE": self.tables["jobs"],
            "QUEUE_URL": self.events,
        }

    def upload(self, key, body):
        return self.s3.put_object(Bucket=UPLOADS, Key=key, Body=body).get("VersionId", "")

    def items(self, what):
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=self.tables[what])
        return [item for page in pages for item in page["Items"]]

    def jobs(self, key):
        return [job for job in self.items("jobs") if text(job, "key") == key]

    def finished(self, key, jobs=1):
        """The job records of an upload once there are so many and none is running."""
        def done():
            found = self.jobs(key)
            return len(found) >= jobs and all(text(job, "state") != "running" for job in found) and found

        return wait_for(f"job of {key}", done)

    def file(self, job, name):
        return self.s3.get_object(Bucket=RESULTS, Key=f"jobs/{text(job, 'job_id')}/{name}")["Body"].read()

    def scored(self, job):
        body = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(self.file(job, "scored.jsonl.zst")), read_across_frames=True)
        return [json.loads(line) for line in io.TextIOWrapper(body, encoding="utf-8")]

    def waiting(self, url):
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        attributes = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return sum(int(attributes[name]) for name in names)

    def drained(self):
        wait_for("the queue to drain", lambda: self.waiting(self.events) == 0)


def stripped(bootstrap):
    """The binary without symbols where a strip is at hand, because ministack copies it a few times."""
    tool = shutil.which("strip")
    if tool is None:
        return pathlib.Path(bootstrap).read_bytes()
    with tempfile.NamedTemporaryFile() as small:
        subprocess.run([tool, "-o", small.name, bootstrap], check=True)
        return pathlib.Path(small.name).read_bytes()


def text(item, name):
    return next(iter(item.get(name, {"S": ""}).values()))


def check_equal(what, found, expected):
    if found != expected:
        raise AssertionError(f"{what}: found {found!r}, expected {expected!r}")


# The cases. Each stands for itself; the names are what is printed.

GOLDEN_IDS = [json.loads(line)["listing_id"] for line in (GOLDEN / "listings.jsonl").read_text("utf-8").splitlines()]


def an_upload_scores_itself(world):
    key = "exports/shop a+b/listings 1+2 %2B é.csv"
    world.upload(key, (GOLDEN / "comma.csv").read_bytes())
    job = world.finished(key)[0]
    check_equal("state", text(job, "state"), "done")
    check_equal("ids in the file", [row["listing_id"] for row in world.scored(job)], GOLDEN_IDS)
    items = [item for item in world.items("results") if text(item, "job_id") == text(job, "job_id")]
    check_equal("ids in the table", sorted(text(item, "listing_id") for item in items), sorted(GOLDEN_IDS))
    risks = {row["listing_id"]: row["risk"] for row in world.scored(job)}
    check_equal("risks in the table", {text(item, "listing_id"): float(text(item, "risk")) for item in items}, risks)
    summary = json.loads(world.file(job, "summary.json"))
    check_equal("summary", (summary["rows"], summary["scored"], summary["rejected"]), (30, 30, 0))
    report = world.file(job, "report.html").decode()
    check_equal("report is a page with a CSP", ("<html" in report, "Content-Security-Policy" in report), (True, True))


def every_form_of_the_export_gives_the_same_risks(world):
    wanted = None
    for name in ("listings.jsonl.zst", "comma.csv.gz", "utf-16.csv", "gb18030.csv", "array.json"):
        key = f"exports/forms/{name}"
        world.upload(key, (GOLDEN / name).read_bytes())
        job = world.finished(key)[0]
        risks = [(row["listing_id"], row["risk"], row["reasons"]) for row in world.scored(job)]
        wanted = wanted or risks
        check_equal(name, risks, wanted)


def a_repeated_event_changes_nothing(world):
    key = "exports/twice.jsonl"
    version = world.upload(key, (GOLDEN / "listings.jsonl").read_bytes())
    world.finished(key)
    world.drained()
    before = (world.items("results"), world.items("jobs"))
    head = world.s3.head_object(Bucket=UPLOADS, Key=key)
    entity = {"key": key.replace("/", "%2F"), "size": head["ContentLength"], "eTag": head["ETag"].strip('"'), "sequencer": "00"}
    if version:
        entity["versionId"] = version
    record = {
        "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": REGION, "eventTime": "2026-11-23T00:00:00.000Z",
        "eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": UPLOADS}, "object": entity},
    }
    world.sqs.send_message(QueueUrl=world.events, MessageBody=json.dumps({"Records": [record]}))
    world.drained()
    for what, old, new in zip(("results", "jobs"), before, (world.items("results"), world.items("jobs"))):
        # Kept listings are bytes, which JSON has not.
        check_equal(what, *(sorted(json.dumps(item, default=repr) for item in items) for items in (new, old)))


def two_versions_of_one_key_are_two_jobs(world):
    key = "exports/versions.csv"
    world.upload(key, b"listing_id,title\nV-1,Louis Vuitton replica bag\n")
    world.finished(key)
    world.upload(key, b"listing_id,title\nV-1,Plain bag\n")
    world.finished(key, jobs=2)
    history = world.dynamodb.query(
        TableName=world.tables["results"], KeyConditionExpression="listing_id = :id",
        ExpressionAttributeValues={":id": {"S": "V-1"}}, ScanIndexForward=False,
    )["Items"]
    check_equal("history, newest first", [text(item, "title") for item in history], ["Plain bag", "Louis Vuitton replica bag"])


def a_broken_file_ends_as_a_failed_job(world):
    key = "exports/broken.csv.gz"
    world.upload(key, gzip.compress((GOLDEN / "comma.csv").read_bytes())[:-200])
    job = world.finished(key)[0]
    check_equal("state", text(job, "state"), "failed")
    world.drained()


def a_test_event_and_a_bad_row_harm_nobody(world):
    test = {"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2026-11-23T00:00:00.000Z", "Bucket": UPLOADS}
    world.sqs.send_message(QueueUrl=world.events, MessageBody=json.dumps(test))
    key = "exports/neighbour.csv"
    world.upload(key, b"listing_id,title\nN-1,Bag\n,no id\nN-2,Belt\n")
    job = world.finished(key)[0]
    summary = json.loads(world.file(job, "summary.json"))
    check_equal("summary", (summary["rows"], summary["scored"], summary["rejected"]), (3, 2, 1))
    rejects = [json.loads(line) for line in world.file(job, "rejects.jsonl").decode().splitlines()]
    check_equal("rejects", [(reject["line"], reject["code"]) for reject in rejects], [(3, "row.missing_id")])
    world.drained()


def a_long_file_goes_on_through_the_queue(world):
    world.lambda_.update_function_configuration(FunctionName="ingest", Timeout=SHORT_TIMEOUT_S)
    key, description = "exports/long.jsonl", "A line of honest words about the goods. " * 750
    rows = [{"listing_id": f"L-{row}", "title": f"Belt {row}", "description": description} for row in range(120)]
    world.upload(key, "".join(f"{json.dumps(row)}\n" for row in rows).encode())
    job = world.finished(key)[0]
    check_equal("state", text(job, "state"), "done")
    check_equal("ids in the file", [row["listing_id"] for row in world.scored(job)], [row["listing_id"] for row in rows])
    if int(text(job, "hop")) < 3:
        raise AssertionError(f"the job took {text(job, 'hop')} checkpoints, so nothing went through the queue")
    world.drained()
    work = world.s3.list_objects_v2(Bucket=RESULTS, Prefix=f"jobs/{text(job, 'job_id')}/hops/").get("Contents", [])
    check_equal("objects left behind", [entry["Key"] for entry in work], [])


def the_top_risks_can_be_asked_for(world):
    flagged = [item for item in world.items("results") if "day_shard" in item]
    if not flagged:
        raise AssertionError("no golden listing is flagged")
    for shard in {text(item, "day_shard") for item in flagged}:
        found = world.dynamodb.query(
            TableName=world.tables["results"], IndexName="risks-by-day", KeyConditionExpression="day_shard = :shard",
            ExpressionAttributeValues={":shard": {"S": shard}}, ScanIndexForward=False,
        )["Items"]
        risks = [float(text(item, "risk")) for item in found]
        check_equal(f"risks of {shard}, highest first", risks, sorted(risks, reverse=True))


def nothing_was_given_up(world):
    check_equal("messages in the dead letter queue", world.waiting(world.dead), 0)


CASES = [
    an_upload_scores_itself,
    every_form_of_the_export_gives_the_same_risks,
    a_repeated_event_changes_nothing,
    two_versions_of_one_key_are_two_jobs,
    a_broken_file_ends_as_a_failed_job,
    a_test_event_and_a_bad_row_harm_nobody,
    a_long_file_goes_on_through_the_queue,
    the_top_risks_can_be_asked_for,
    nothing_was_given_up,
]


def run(world):
    failed = 0
    for case in CASES:
        started = time.monotonic()
        name = case.__name__.replace("_", " ")
        try:
            case(world)
        except Exception:
            failed += 1
            print(f"FAILED  {name}\n{traceback.format_exc()}", flush=True)
        else:
            print(f"passed  {name} ({time.monotonic() - started:.1f} s)", flush=True)
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bootstrap", required=True, help="the ingest binary, built for this machine")
    parser.add_argument("--tables", required=True, help="JSON file with the definitions of the tables")
    arguments = parser.parse_args()
    tables = json.loads(pathlib.Path(arguments.tables).read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="touchstone-conformance-") as folder:
        stack = Stack(pathlib.Path(folder))
        try:
            stack.wait_until_ready()
            failed = run(World(stack, arguments.bootstrap, tables))
        finally:
            stack.stop()
        if failed:
            print(f"--- ministack's log, last lines ---\n{chr(10).join(stack.log.read_text(errors='replace').splitlines()[-60:])}")
    print(f"{len(CASES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
