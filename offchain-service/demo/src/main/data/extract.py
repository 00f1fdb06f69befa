#!/usr/bin/env python3
"""Cuts the replay's tables out of the three source files named in README.md next to the tables.

Usage: extract.py BTC_5M.csv ETH_1M.csv OKX_OPTIONS_1M.csv OUTPUT_DIRECTORY

Figures are copied as text, never parsed as numbers. A step sees only what was known at its time: the close of the bar that
ends at the step, the last trade before it, the last option message of the minute before it. Nothing is filled in: a step without
a new ETH trade since the step before has no ETH row.
"""
import csv
import datetime as dt
import pathlib
import sys

FIRST = dt.datetime(2025, 10, 10, 19, 30)
LAST = dt.datetime(2025, 10, 10, 23, 0)
STEP = dt.timedelta(minutes=5)
MINUTE = dt.timedelta(minutes=1)


def rows(path, time_column):
    with open(path, newline="") as source:
        return {row[time_column]: row for row in csv.DictReader(source)}


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def write(directory, name, header, table):
    with open(pathlib.Path(directory) / name, "w", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)


def main(btc_path, eth_path, options_path, directory):
    btc = rows(btc_path, "open_time_utc")
    eth = rows(eth_path, "open_time_utc")
    options = {}
    with open(options_path, newline="") as source:
        for row in csv.DictReader(source):
            options.setdefault(row["minute_utc"], []).append(row)

    btc_table, eth_table, option_table = [], [], []
    step, seen = FIRST, None
    while step <= LAST:
        bar = btc[stamp(step - STEP)]
        btc_table.append([stamp(step), bar["open_time_utc"], bar["close"]])
        minute = step - MINUTE
        while stamp(minute) not in eth:
            minute -= MINUTE
        if minute != seen:
            eth_table.append([stamp(step), stamp(minute), eth[stamp(minute)]["close"]])
            seen = minute
        for row in sorted(options[stamp(step - MINUTE)], key=lambda row: row["instrument"]):
            option_table.append(
                [stamp(step), row["instrument"], row["timestamp_us"], row["mark_price"], row["underlying_price"]]
            )
        step += STEP

    write(directory, "btc.csv", ["step_utc", "bar_open_utc", "close_usd"], btc_table)
    write(directory, "eth.csv", ["step_utc", "bar_open_utc", "close_usd"], eth_table)
    write(
        directory,
        "btc-options.csv",
        ["step_utc", "instrument", "timestamp_us", "mark_price_btc", "underlying_price_usd"],
        option_table,
    )


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
