"""Would an engineer deploy this template? What five tools that are not ours say of it, in one line each, and every finding.

    python gate.py            checks infra/aws/template.yaml
    python gate.py FILE       checks another one

All of them work offline, and none reports home. Needs the packages of requirements-aws.txt and, in a sandbox of its own because the two do
not agree on a version of boto3, those of requirements-checkov.txt. `make template` installs them and runs this.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

try:
    import expand
except ImportError as error:
    sys.exit(f"the gate of the template needs {error.name}: `make template` installs it into target/aws-venv and runs this there")

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "infra/aws/template.yaml"
RULES = ROOT / "infra/aws/rules.guard"
TARGET = ROOT / "target"
TOOLS = Path(sys.executable).parent
CHECKOV = TARGET / "checkov-venv/bin/checkov"
GUARD = TARGET / "cfn-guard/bin/cfn-guard"
# What keeps the tools from asking for credentials, reporting home, and writing into the home directory.
QUIET = {
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "SAM_CLI_TELEMETRY": "0",
    "__SAM_CLI_APP_DIR": str(TARGET / "aws"),
}


@dataclass(frozen=True)
class Finding:
    """What a tool says: the name of its rule, the resource or place, and the message."""

    rule: str
    where: str
    message: str

    def __str__(self):
        return f"{self.rule} {self.where}: {self.message}"


class Unusable(Exception):
    """A tool is missing, or ended without an answer."""


def run(command: list, codes: tuple) -> subprocess.CompletedProcess:
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env={**os.environ, **QUIET})
    except FileNotFoundError as error:
        raise Unusable(f"{command[0]} is not installed; `make template` installs it") from error
    if done.returncode not in codes:
        raise Unusable(f"ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-2000:]}")
    return done


def cfn_lint(expanded: Path) -> list[Finding]:
    # Its exit code is a sum of bits: 2 errors, 4 warnings, 8 notes.
    done = run([TOOLS / "cfn-lint", "--format", "json", expanded], tuple(range(16)))
    return [
        Finding(item["Rule"]["Id"], "/".join(str(part) for part in item["Location"]["Path"] or []), item["Message"])
        for item in json.loads(done.stdout or "[]")
    ]


def sam_validate(template: Path) -> list[Finding]:
    done = run([TOOLS / "sam", "validate", "--lint", "--template-file", template], (0, 1))
    if done.returncode == 0:
        return []
    text = " ".join((done.stdout + done.stderr).split())
    return [Finding("sam validate", template.name, text)]


def cfn_guard(expanded: Path) -> list[Finding]:
    options = ["--structured", "--output-format", "json", "--show-summary", "none"]
    done = run([GUARD, "validate", "--rules", RULES, "--data", expanded, *options], (0, 19))
    findings = []
    for file in json.loads(done.stdout):
        for rule in file["not_compliant"]:
            findings.extend(guard_findings(rule["Rule"]["name"], rule["Rule"]["checks"]))
    return findings


def guard_findings(rule: str, checks: list) -> list[Finding]:
    """The leaves of a report of cfn-guard: each comparison that failed, with its place and message."""
    findings = []
    for check in checks:
        for kind, body in check.items():
            if kind == "Clause":
                for outcome in body.values():
                    messages = outcome["messages"]
                    place = json.dumps(outcome.get("check", {}))
                    said = messages.get("custom_message") or messages.get("error_message") or ""
                    findings.append(Finding(rule, guard_place(place, outcome), " ".join(said.split())))
            else:
                findings.extend(guard_findings(rule, body.get("checks", [])))
    return findings


def guard_place(check: str, outcome: dict) -> str:
    """Where in the template the value stands that failed."""
    at = check.find('"path": "')
    if at >= 0:
        return check[at + 9 :].split('"', 1)[0]
    return outcome.get("context", "").strip()


def checkov(expanded: Path) -> list[Finding]:
    options = ["--framework", "cloudformation", "--skip-download", "--compact", "--output", "json"]
    report = json.loads(run([CHECKOV, "--file", expanded, *options], (0, 1)).stdout)
    if report["summary"]["parsing_errors"]:
        raise Unusable("could not read the template")
    # A skipped check without a reason is a finding, too.
    silent = [item for item in report["results"].get("skipped_checks", []) if not item["check_result"]["suppress_comment"].strip()]
    return [Finding(item["check_id"], item["resource"], item["check_name"]) for item in report["results"]["failed_checks"] + silent]


def findings_of(tool: str, template: Path, work: Path) -> list[Finding]:
    """What one tool says of a template; `work` is a folder for the expanded ones."""
    if tool == "sam":
        return sam_validate(template)
    try:
        expanded = expand.expand(template)
    except Exception as error:  # the translator has a class for each mistake, and none in common but this
        return [Finding("translator", template.name, " ".join(str(error).split()))]
    filled = expand.with_defaults(expanded)
    path = work / f"{tool}.json"
    path.write_text(json.dumps(filled if tool == "cfn-guard" else expanded, indent=1), encoding="utf-8")
    return {"cfn-lint": cfn_lint, "cfn-guard": cfn_guard, "checkov": checkov}[tool](path)


ALL = ("cfn-lint", "sam", "cfn-guard", "checkov")


def main(arguments: list[str]) -> int:
    template = Path(arguments[0]) if arguments else TEMPLATE
    failed = False
    with tempfile.TemporaryDirectory() as work:
        for tool in ALL:
            try:
                findings = findings_of(tool, template, Path(work))
            except Unusable as problem:
                print(f"{tool}: {problem}")
                failed = True
                continue
            print(f"{tool}: {len(findings) or 'no'} finding{'' if len(findings) == 1 else 's'}")
            for finding in findings:
                print(f"  {finding}")
            failed |= bool(findings)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
