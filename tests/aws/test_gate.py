"""Does the gate catch what it is for? Mistakes are made in a copy of the template, one at a time; each must be caught and named.

    python -m unittest tests/aws/test_gate.py    (or `make template`)
"""

import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import gate  # noqa: E402


def replaced(old: str, new: str, count: int = 1):
    """A mistake that is made by writing `new` for `old`, `count` times; 0 for everywhere."""

    def make(text: str) -> str:
        assert old in text, f"the template does not have {old!r} any more"
        return text.replace(old, new, count or -1)

    return make


def within(resource: str, old: str, new: str):
    """The same inside one resource."""

    def make(text: str) -> str:
        begin = text.index(f"\n  {resource}:\n")
        end = re.compile(r"\n  [A-Za-z]+:\n").search(text, begin + len(resource) + 4).start()
        assert old in text[begin:end], f"{resource} does not have {old!r} any more"
        return text[:begin] + text[begin:end].replace(old, new, 1) + text[end:]

    return make


PRIVATE = "BlockPublicPolicy: true"
OPEN_STATEMENT = """          - Sid: TlsOnly
            Effect: Allow
            Principal: "*"
            Action: s3:GetObject"""
DENY_STATEMENT = """          - Sid: TlsOnly
            Effect: Deny
            Principal: "*"
            Action: s3:*"""

# (what is wrong, the tool that says so, how the mistake is made, what the finding names)
MISTAKES = [
    (
        "runtime name",
        "cfn-lint",
        replaced("provided.al2023", "provided.al2024"),
        r"Ingest/Properties/Runtime: 'provided\.al2024' is not one of",
    ),
    ("misspelt property", "sam", within("Ingest", "Timeout: 900", "TimeOut: 900"), r"'TimeOut' was unexpected"),
    ("event source of no kind", "cfn-lint", within("Ingest", "Type: SQS", "Type: SQL"), r"translator .*Event Type is: SQL"),
    (
        "misspelt attribute",
        "cfn-lint",
        replaced("!GetAtt IngestDeadLetters.Arn", "!GetAtt IngestDeadLetters.Arm"),
        r"IngestQueue/.*'Arm' is not one of",
    ),
    (
        "unknown resource",
        "cfn-lint",
        replaced("RESULTS_TABLE: !Ref ResultsTable", "RESULTS_TABLE: !Ref ResultTable"),
        r"Ingest/.*'ResultTable' is not one of",
    ),
    (
        "circular dependency",
        "cfn-lint",
        replaced('aws:SourceArn: !Sub "arn:${AWS::Partition}:s3:::${Name}-uploads-${AWS::AccountId}-${AWS::Region}"', "aws:SourceArn: !GetAtt UploadsBucket.Arn"),
        r"IngestQueuePolicy: Circular Dependencies",
    ),
    (
        "architecture",
        "cfn-lint",
        replaced("Architectures: [!Ref Architecture]", "Architectures: [arm]"),
        r"Architectures/0: 'arm' is not one of",
    ),
    (
        "misspelt property",
        "cfn-lint",
        within("IngestQueue", "VisibilityTimeout", "VisibilityTimeOut"),
        r"IngestQueue/Properties.*'VisibilityTimeOut' was unexpected",
    ),
    (
        "days of logs that do not exist",
        "cfn-lint",
        replaced("RetentionInDays: !Ref LogDays", "RetentionInDays: 45"),
        r"IngestLogs/Properties/RetentionInDays: 45 is not one of",
    ),
    (
        "key without definition",
        "cfn-lint",
        within("JobsTable", "        - { AttributeName: started_day, AttributeType: S }\n", ""),
        r"JobsTable",
    ),
    (
        "wildcard action",
        "cfn-lint",
        within("IngestRole", "Action: dynamodb:BatchWriteItem", "Action: dynamodb:BatchWriteItems"),
        r"IngestRole/.*batchwriteitems",
    ),
    (
        "cron with five fields",
        "cfn-guard",
        replaced("Default: cron(15 3 * * ? *)", "Default: cron(15 3 * * ?)"),
        r"AuditRule/Properties/ScheduleExpression: EventBridge takes",
    ),
    (
        "memory",
        "cfn-guard",
        replaced("MemorySize: !Ref IngestMemory", "MemorySize: 20480"),
        r"Ingest/Properties/MemorySize: Lambda gives 10,240",
    ),
    ("time limit", "cfn-guard", within("Audit", "Timeout: 900", "Timeout: 1800"), r"Audit/Properties/Timeout: Lambda ends"),
    (
        "misspelt event",
        "cfn-guard",
        replaced("s3:ObjectCreated:*", "s3:ObjectCreate:*"),
        r"UploadsBucket/.*/Event: S3 knows no event",
    ),
    (
        "wildcard action",
        "cfn-guard",
        within("IngestRole", "Action: dynamodb:BatchWriteItem", "Action: dynamodb:*"),
        r"IngestRole/.*/Action: a wildcard action",
    ),
    (
        "wildcard action in a list",
        "cfn-guard",
        within("IngestRole", "s3:AbortMultipartUpload]", "s3:Abort*]"),
        r"IngestRole/.*/Action/2: a wildcard action",
    ),
    (
        "wildcard resource",
        "cfn-guard",
        within("ScoreApiRole", "Resource: !GetAtt JobsTable.Arn", 'Resource: "*"'),
        r"ScoreApiRole/.*/Resource: a wildcard resource",
    ),
    (
        "wildcard resource in a list",
        "cfn-guard",
        within("AuditRole", "Resource: [!GetAtt UploadsBucket.Arn, ", 'Resource: ["*", '),
        r"AuditRole/.*/Resource/0: a wildcard resource",
    ),
    (
        "policy of AWS",
        "cfn-guard",
        within("IngestRole", "      Policies:\n", "      ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess']\n      Policies:\n"),
        r"IngestRole.*policies of AWS",
    ),
    (
        "public bucket",
        "cfn-guard",
        replaced(PRIVATE, "BlockPublicPolicy: false"),
        r"UploadsBucket/.*/BlockPublicPolicy: the bucket must be closed",
    ),
    (
        "bucket open by its policy",
        "cfn-guard",
        replaced(DENY_STATEMENT, OPEN_STATEMENT),
        r"UploadsBucketPolicy/.*/Effect: nobody is let in",
    ),
    (
        "bucket without versions",
        "cfn-guard",
        within("ResultsBucket", "Status: Enabled }", "Status: Suspended }"),
        r"ResultsBucket/.*/Status: results are told apart",
    ),
    (
        "missing expiry",
        "cfn-guard",
        within("JobsTable", "      TimeToLiveSpecification: { AttributeName: expires_at, Enabled: true }\n", ""),
        r"JobsTable/Properties.*",
    ),
    (
        "expiry by another attribute",
        "cfn-guard",
        within("AuditsTable", "AttributeName: expires_at", "AttributeName: expires"),
        r"AuditsTable/.*/AttributeName: items carry expires_at",
    ),
    (
        "no recovery",
        "cfn-guard",
        within("ReviewsTable", "PointInTimeRecoveryEnabled: true", "PointInTimeRecoveryEnabled: false"),
        r"ReviewsTable/.*: a table must be restorable",
    ),
    (
        "unguarded route",
        "cfn-guard",
        within("ApiRouteHealth", "RouteKey: GET /healthz", "RouteKey: GET /v1/queue"),
        r"ApiRouteHealth/Properties/RouteKey: only pages without data",
    ),
    (
        "batch that comes back whole",
        "cfn-guard",
        replaced("            FunctionResponseTypes: [ReportBatchItemFailures]\n", ""),
        r"IngestUploads/Properties",
    ),
    (
        "queue without dead letters",
        "cfn-guard",
        within("AuditQueue", "      RedrivePolicy: { deadLetterTargetArn: !GetAtt AuditDeadLetters.Arn, maxReceiveCount: 5 }\n", ""),
        r"AuditQueue/Properties",
    ),
    (
        "alarm that nobody hears",
        "cfn-guard",
        within("IngestErrors", "AlarmActions: [!Ref Alarms]", "AlarmActions: []"),
        r"IngestErrors/.*: an alarm that nobody hears",
    ),
    ("untagged", "cfn-guard", within("Alarms", "      Tags: *tags\n", ""), r"Alarms/Properties.*: bills are told apart"),
    ("public bucket", "checkov", replaced(PRIVATE, "BlockPublicPolicy: false"), r"CKV_AWS_54 AWS::S3::Bucket\.UploadsBucket"),
    (
        "wildcard action and resource",
        "checkov",
        within("IngestRole", "Action: dynamodb:BatchWriteItem\n                Resource: !GetAtt ResultsTable.Arn", 'Action: "*"\n                Resource: "*"'),
        r"CKV_AWS_\d+ AWS::IAM::Role\.IngestRole",
    ),
    (
        "unencrypted table",
        "checkov",
        replaced("          - { id: CKV_AWS_119,", "          - { id: CKV_AWS_1,"),
        r"CKV_AWS_119 AWS::DynamoDB::Table\.ResultsTable",
    ),
    (
        "suppression without a reason",
        "checkov",
        lambda text: re.sub(r'(id: CKV_AWS_18, comment: )"[^"]*"', r'\1" "', text, count=1),
        r"CKV_AWS_18 AWS::S3::Bucket\.UploadsBucket",
    ),
]


class Gate(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name in ("template.yaml", "rescore.asl.json"):
            shutil.copy(gate.TEMPLATE.parent / name, self.folder / name)
        self.template = self.folder / "template.yaml"

    def findings(self, tool: str) -> list[str]:
        return [str(finding) for finding in gate.findings_of(tool, self.template, self.folder)]

    def test_the_template_passes(self):
        for tool in gate.ALL:
            with self.subTest(tool):
                self.assertEqual(self.findings(tool), [])

    def test_every_mistake_is_caught_and_named(self):
        sound = self.template.read_text(encoding="utf-8")
        for what, tool, make, named in MISTAKES:
            with self.subTest(what, tool=tool):
                self.template.write_text(make(sound), encoding="utf-8")
                found = self.findings(tool)
                self.assertTrue(any(re.search(named, finding) for finding in found), f"{what}: {tool} says {found}")

    def test_a_mistake_in_the_state_machine_is_caught(self):
        machine = self.folder / "rescore.asl.json"
        machine.write_text(machine.read_text(encoding="utf-8").replace('"StartAt": "AuditWindow",', '"StartAt": "Nowhere",'), encoding="utf-8")
        found = self.findings("cfn-lint")
        self.assertTrue(any(re.search(r"RescoreMachine.*Nowhere", finding) for finding in found), found)

    def test_every_tool_is_needed(self):
        """A mistake that one tool alone catches: without it the gate would let it pass."""
        caught_by = {tool for _, tool, _, _ in MISTAKES}
        self.assertEqual(caught_by, set(gate.ALL))


if __name__ == "__main__":
    unittest.main()
