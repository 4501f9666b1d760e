"""The results as tables for people."""


def conditions(told):
    print("\nConditions")
    for name, value in told.items():
        print(f"  {name.replace('_', ' '):22} {value}")


def calls(result):
    print("\n(a) tools/call calculator_add over Streamable HTTP, 16 connections; medians of rounds")
    rows = [
        (
            row["name"],
            f"{row['calls_per_second']:,.0f}",
            f"{row['cpu_us_per_call']:.1f}",
            f"{row['p50_us'] / 1000:.2f}",
            f"{row['p99_us'] / 1000:.2f}",
            f"{row['rss_mib']:.0f}",
            f"{row['answer_bytes']}",
        )
        for row in result["contenders"]
    ]
    table(("", "calls/s", "CPU µs/call", "p50 ms", "p99 ms", "RSS MiB", "bytes"), rows)
    print()
    table(("ratio, median of pairs", ""), [(name, f"{value:.2f}") for name, value in result["ratios"].items()])
    for name, reason in result["skipped"].items():
        print(f"  skipped: {name}: {reason}")


def startup(result):
    print("\n(b) stdio: exec to the first tools/list answer; median (lowest–highest)")
    rows = [
        (
            row["name"],
            *(
                f"{row[key]['median']:.0f} ({row[key]['min']:.0f}–{row[key]['max']:.0f})"
                for key in ("milliseconds", "rss_mib", "rss_highest_mib")
            ),
            row["milliseconds"]["runs"],
        )
        for row in result
    ]
    table(("", "ms", "RSS MiB", "highest RSS MiB", "runs"), rows)


def readiness(result):
    print("\n(d) start to the first list of tools, and to readiness with the store open; median (lowest–highest)")
    rows = [
        (
            row["name"],
            *(
                f"{row[key]['median']:.0f} ({row[key]['min']:.0f}–{row[key]['max']:.0f})"
                for key in ("milliseconds", "ready", "rss_mib")
            ),
            row["milliseconds"]["runs"],
        )
        for row in result
    ]
    table(("", "list, ms", "ready, ms", "RSS MiB", "runs"), rows)


def toolfiles(result):
    print(f"\n(e) {result['files']} tool files of one tool each; median (lowest–highest)")

    def told(row, key):
        return f"{row[key]['median']:.0f} ({row[key]['min']:.0f}–{row[key]['max']:.0f})" if key in row else "–"

    rows = [
        (
            name,
            f"{row['discovery_ms']:.0f}" if "discovery_ms" in row else "–",
            *(told(row, key) for key in ("list_ms", "reload_ms", "callable_ms")),
            f"{row['rss_mib']:.0f}",
        )
        for name, row in (("without", result["without"]), ("with", result["with"]))
    ]
    table(("", "discovery, ms", "whole list, ms", "reload of one, ms", "callable after, ms", "RSS MiB"), rows)


def documents(result):
    for server in result:
        print(f"\n(c) documents over Streamable HTTP, one client, embedding model: {server['model']}")
        rows = [
            (
                f"{row['documents']:,}",
                row["operation"],
                f"{row['p50_ms']:.2f}" if "p50_ms" in row else "",
                f"{row['p99_ms']:.2f}" if "p99_ms" in row else "",
                f"{row['per_second']:,.0f}" if "per_second" in row else "",
            )
            for row in server["rows"]
        ]
        savers = server["savers"]
        rows.append(
            (
                "0",
                "save, 64 savers",
                f"{savers['p50_ms']:.2f}",
                f"{savers['p99_ms']:.2f}",
                f"{savers['per_second']:,.0f}",
            )
        )
        table(("documents", "operation", "p50 ms", "p99 ms", "documents/s"), rows)
        print(f"  RSS at the end {server['rss_mib']:.0f} MiB, highest {server['rss_highest_mib']:.0f} MiB")


def engines(result):
    print("\n(f) engines through the server, one document a call where nothing else is said; p50 / p99 in ms")
    rows = [
        (
            row["engine"],
            f"{row['documents']:,}",
            *(f"{row['steps'][name]['p50_ms']:.1f} / {row['steps'][name]['p99_ms']:.0f}" for name in ("save", "load", "query", "search")),
            f"{next(step for name, step in row['steps'].items() if ' a call' in name)['per_second']:,.0f}",
            f"{row['savers_per_second']:,.0f}",
            f"{row['open_ms']:,.0f}",
            f"{row['rss_mib']:.0f}",
            f"{row['disk_mib']:.1f}",
        )
        for row in result
    ]
    table(("", "documents", "save", "load", "query", "search", "100 a call, /s", "64 savers, /s", "start, ms", "RSS MiB", "disk MiB"), rows)


def meaning(result):
    for engine in result:
        print(f"\n(g) {engine['engine']}, index {engine['index']}: {engine['documents']:,} documents in {engine['limit_mib']} MiB, one client over HTTP")
        rows = [
            (
                step["after"],
                f"{step['recall']:.3f}",
                *(f"{step[f'{mode}_p50_ms']:.1f} / {step[f'{mode}_p99_ms']:.0f}" for mode in ("meaning", "hybrid", "words")),
                step["anonymous_mib"],
            )
            for step in engine["steps"]
        ]
        table(("after", "recall@10", "meaning, p50 / p99 ms", "hybrid", "words", "memory of no file, MiB"), rows)
        print(f"  filled at {engine['filled_per_second']:,.0f} documents/s; without text: one saved in "
              f"{engine['save_p50_ms']:.2f} ms, 64 savers {engine['savers_per_second']:,.0f} documents/s")
        print(f"  highest memory of no file {engine['highest_anonymous_mib']} MiB, ended for memory {engine['oom_kills']}, "
              f"disk {engine['disk_mib']} MiB, start to the first search {engine['start_to_first_search_s']:.1f} s")


def day(result):
    for engine in result:
        print(f"\n(h) {engine['engine']}, index {engine['index']}: a day of mixed load, {engine['documents']:,} documents")
        operations = ("save", "load", "query", "search")
        rows = [
            (
                hour["hour"],
                *(f"{hour[f'{name}_p50_ms']:.1f} / {hour[f'{name}_p99_ms']:.0f}" for name in operations),
                hour["disk_mib"],
                hour["anonymous_mib"],
                hour["oom_kills"],
            )
            for hour in engine["hours"]
        ]
        table(("hour", *(f"{name}, p50 / p99 ms" for name in operations), "disk, MiB", "memory of no file, MiB", "ended"), rows)


def table(head, rows):
    lines = [[str(cell) for cell in line] for line in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for number, line in enumerate(lines):
        cells = [cell.ljust(width) if not column else cell.rjust(width)
                 for column, (cell, width) in enumerate(zip(line, widths))]
        print("  " + "  ".join(cells).rstrip())
        if number == 0:
            print("  " + "  ".join("-" * width for width in widths))
