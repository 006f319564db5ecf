"""How fast does a database add up the results of a job?

`database.py RESULTS` reads a result file (`scored.jsonl.zst`) with DuckDB on one thread and does what an audit does last: counts by band and
brand, the histogram of risk, and how often each signal fired. It prints {"rows", "seconds", "rows_per_second"}.
"""

import json
import sys
import time

import duckdb

ADDED_UP = """
    WITH results AS (
        SELECT band, brand, risk, reasons
        FROM read_json(?, format = 'newline_delimited', compression = 'zstd', columns = {
            band: 'VARCHAR', brand: 'VARCHAR', risk: 'DOUBLE', reasons: 'STRUCT(signal VARCHAR, points DOUBLE)[]'})
    )
    SELECT
        (SELECT count(*) FROM results),
        (SELECT count(*) FROM (SELECT band, brand, floor(risk), count(*) FROM results GROUP BY ALL)),
        (SELECT count(*) FROM (
            SELECT reason.signal, count(*), sum(reason.points) FROM (SELECT unnest(reasons) AS reason FROM results) GROUP BY ALL))
"""


def main() -> None:
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    begun = time.perf_counter()
    rows, _, signals = connection.execute(ADDED_UP, [sys.argv[1]]).fetchone()
    seconds = time.perf_counter() - begun
    if not signals:
        raise SystemExit("no signal fired: the file is not what it should be")
    print(json.dumps({"rows": rows, "seconds": seconds, "rows_per_second": rows / seconds}))


if __name__ == "__main__":
    main()
