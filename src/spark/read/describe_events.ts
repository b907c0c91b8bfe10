import { InputError } from "../../base/input_error.ts";
import { checkPrices } from "../../events/read/check_files.ts";
import type { FormatOptions } from "../../events/read/layouts/format_options.ts";
import type { ReadReport } from "../../events/read/read_report.ts";
import { finishReading } from "../../events/read/read_summary.ts";
import { interpretNames } from "../../events/read/values/interpret_names.ts";
import type { WrongClocks, WrongSpan } from "../../events/read/wrong_clocks.ts";
import { monthOf, type MonthSpan } from "./month_span.ts";
import { type FactRow, ID_COLUMNS } from "./facts.ts";
import type { ClusterEvents } from "./open_sources.ts";
import { HEADER } from "./source.ts";

/** What cleaning must know about all raw events. */
export interface EventsDescription {
  readonly reading: ReadReport;
  /** The number of rows that can't be read, those with wrong clocks not among them. */
  readonly rejected: number;
  /** The number of rows that can be read, of the month if only one is wanted. */
  readonly wanted: number;
  readonly wrongClocks: readonly WrongSpan[];
  /** Which columns of ids are 64-bit integers; the others are text. */
  readonly integers: ReadonlySet<string>;
  /** The type of each name of events; null if it is missing, empty if the shop ignores it. */
  readonly types: ReadonlyMap<string | null, string | null>;
  /** Whether an event lacks its session. */
  readonly lacksSessions: boolean;
}

/**
 * Turns counts into what reading the same files on one machine finds out.
 *
 * @param month Only its events are looked at for wrong clocks.
 * @throws {InputError} If there are no events, over 5% have unknown types, most prices of a file
 * can't be read, the month isn't there, or a file isn't UTF-8 or has quoted line breaks.
 */
export function describeEvents(
  facts: readonly FactRow[],
  { files, sources }: ClusterEvents,
  { format, month, clocks }: { format?: FormatOptions; month?: MonthSpan; clocks: WrongClocks },
): EventsDescription {
  const byFile = Map.groupBy(facts, ({ file_number }) => file_number);
  const empty: string[] = [];
  let [rows, rejected, wanted, unreadablePrices] = [0, 0, 0, 0];
  const names = new Map<string | null, number>();
  const months = new Set<string>();
  files.forEach((file, number) => {
    const own = byFile.get(number) ?? [];
    checkText(file, own);
    const readable = own.filter(({ problem }) => problem === null);
    const repeated = Math.max(0, sum(own.filter(({ problem }) => problem === HEADER)) - 1);
    const bad = sum(own.filter(({ problem }) => problem !== null && problem !== HEADER)) + repeated;
    const all = sum(readable) + bad;
    if (all === 0) empty.push(file);
    rows += all;
    rejected += bad;
    const unreadable = sum(readable, "unreadable_prices");
    checkPrices(file, unreadable, sum(readable, "readable_prices"));
    unreadablePrices += unreadable;
    for (const { event_type, events } of readable) {
      names.set(event_type, (names.get(event_type) ?? 0) + events);
    }
    const isWanted = ({ first_time }: FactRow) =>
      first_time === null || month === undefined ||
      first_time >= month.from && first_time < month.to;
    const ofMonth = readable.filter(isWanted);
    wanted += sum(ofMonth);
    for (const { first_time } of readable) {
      if (first_time !== null) months.add(monthOf(first_time));
    }
    clocks.addDays(
      ofMonth.flatMap(({ first_time, last_time, events }) =>
        first_time === null || last_time === null
          ? []
          : [{ from: first_time, to: last_time, rows: events }]
      ),
    );
  });
  month?.check(months);
  const readable = facts.filter(({ problem }) => problem === null);
  const list = [...names.keys()];
  const { types, ...interpreted } = interpretNames(list, [...names.values()], format?.types);
  const rounded = new Map(
    ID_COLUMNS.filter((name) => !isInteger(readable, name))
      .map((name) => [name, sum(readable, `${name}_rounded`)] as const)
      .filter(([, count]) => count > 0),
  );
  const guesses = [...new Set(sources.flatMap(({ guesses }) => guesses))];
  const found = { rows, unreadablePrices, rounded, guesses, empty };
  return {
    reading: finishReading({ ...interpreted, ...found }, format?.types),
    ...{ rejected, wanted },
    wrongClocks: clocks.find(),
    integers: new Set(ID_COLUMNS.filter((name) => isInteger(readable, name))),
    types: new Map(list.map((name, i) => [name, types[i]])),
    lacksSessions: readable.some(({ without_session }) => without_session > 0),
  };
}

/** @throws {InputError} If Spark, which reads line by line, can't read what one machine could. */
function checkText(file: string, facts: readonly FactRow[]): void {
  const unclosed = sum(facts.filter(({ problem }) => problem === "unclosed quote"));
  if (unclosed > 0) {
    throw new InputError(
      `Cannot read ${file} on Spark: quoted fields must end in their line, ${unclosed} don't; ` +
        "write the file as Parquet, or leave out --engine spark",
    );
  }
  if (sum(facts, "undecodable") === 0) return;
  throw new InputError(
    `Cannot read ${file}: it isn't UTF-8; convert it, for example with iconv -f latin1 -t utf-8`,
  );
}

function isInteger(facts: readonly FactRow[], name: string): boolean {
  return facts.every((row) => row[`${name}_integers`] === true);
}

function sum(facts: readonly FactRow[], column: keyof FactRow = "events"): number {
  return facts.reduce((total, row) => total + Number(row[column]), 0);
}
