import { basename } from "node:path";
import type pl from "nodejs-polars";
import { formatCounted } from "../../base/format.ts";
import { InputError } from "../../base/input_error.ts";
import { columnsOf } from "../tables/columns.ts";
import { type EventNames, eventTypeNamed } from "../tables/event_types.ts";
import { checkPrices, checkTypes } from "./check_files.ts";
import type { FileEvents } from "./files/file_events.ts";
import type { FormatOptions } from "./layouts/format_options.ts";
import { addCounts, largestFirst, type ReadReport } from "./read_report.ts";
import { nameEvents } from "./values/event_names.ts";
import { countRounded } from "./values/ids.ts";

/** Gathers what reading finds out, file by file, and translates the names of events. */
export interface ReadSummary {
  /** Begins a file. */
  begin(path: string): void;
  /** Adds a piece of the file, and returns its events with types for names. */
  add(piece: FileEvents): pl.DataFrame;
  /** @throws {InputError} If most of the file's prices can't be read. */
  end(): void;
  /** @throws {InputError} If there are no events, or over 5% have unknown types. */
  finish(): ReadReport;
}

/** Creates an empty summary. */
export function createReadSummary({ types }: FormatOptions): ReadSummary {
  const translated = new Map<string, number>();
  const unknown = new Map<string, number>();
  const rounded = new Map<string, number>();
  const notes = new Set<string>();
  const empty: string[] = [];
  let [rows, ignored, unreadablePrices] = [0, 0, 0];
  let file = { path: "", rows: 0, readable: 0, unreadable: 0 };
  return {
    begin(path) {
      file = { path, rows: 0, readable: 0, unreadable: 0 };
    },
    add({ events, rejects, ...piece }) {
      file.rows += events.height + rejects.length;
      for (const guess of piece.guesses) notes.add(guess);
      file.unreadable += piece.unreadablePrices;
      if (events.columns.includes("price")) {
        file.readable += events.height - events.getColumn("price").nullCount();
      }
      for (const name of columnsOf("id")) {
        if (!events.columns.includes(name)) continue;
        const count = countRounded(events, name);
        if (count > 0) rounded.set(name, (rounded.get(name) ?? 0) + count);
      }
      const named = nameEvents(events, types);
      addCounts(translated, named.translated);
      addCounts(unknown, named.unknown);
      ignored += named.ignored;
      return named.events;
    },
    end() {
      rows += file.rows;
      if (file.rows === 0) empty.push(file.path);
      checkPrices(file.path, file.unreadable, file.readable);
      unreadablePrices += file.unreadable;
    },
    finish() {
      const found = { rows, ignored, translated, unknown, rounded, unreadablePrices, empty };
      return finishReading({ ...found, guesses: [...notes] }, types);
    },
  };
}

/** What was found out about all files. */
export interface Findings extends Pick<ReadReport, "rows" | "ignored" | "unreadablePrices"> {
  /** The number of events by name that had to be translated, and by unknown name. */
  readonly translated: ReadonlyMap<string, number>;
  readonly unknown: ReadonlyMap<string, number>;
  /** The number of ids that a spreadsheet rounded, by column. */
  readonly rounded: ReadonlyMap<string, number>;
  /** What was guessed, in words, each once. */
  readonly guesses: readonly string[];
  /** The paths of files without events. */
  readonly empty: readonly string[];
}

/**
 * Checks what was found out, and puts it into words.
 *
 * @param own What the shop's own names of events mean.
 * @throws {InputError} If there are no events, or over 5% have unknown types.
 */
export function finishReading(
  { rows, ignored, translated, unknown, rounded, unreadablePrices, guesses, empty }: Findings,
  own?: EventNames,
): ReadReport {
  if (rows === 0) throw new InputError(`Cannot read ${empty.join(", ")}: it has no events`);
  checkTypes(unknown, rows - ignored);
  return {
    rows,
    ignored,
    translated: Object.fromEntries(largestFirst(translated)),
    unknownTypes: Object.fromEntries(largestFirst(unknown)),
    unreadablePrices,
    notes: [
      ...guesses,
      ...empty.map((path) => `${basename(path)} has no events`),
      ...describeTypes(translated, unknown, own),
      ...warnRounded(rounded),
      ...(unreadablePrices > 0
        ? [`${formatCounted(unreadablePrices, "price")} can't be read: missing`]
        : []),
    ],
  };
}

function describeTypes(
  translated: ReadonlyMap<string, number>,
  unknown: ReadonlyMap<string, number>,
  own: EventNames = {},
): string[] {
  const pairs = Array.from(translated.keys(), (name) => `${name}=${eventTypeNamed(name, own)}`);
  const names = largestFirst(unknown).map(([name, rows]) => `${name} (${rows})`);
  return [
    ...(pairs.length > 0 ? [`types ${pairs.sort().join(", ")} (--types overrides)`] : []),
    ...(names.length > 0
      ? [`unknown types ${names.slice(0, 20).join(", ")} (--types says what they mean)`]
      : []),
  ];
}

function warnRounded(counts: ReadonlyMap<string, number>): string[] {
  return Array.from(
    counts,
    ([name, rows]) =>
      `${
        formatCounted(rows, "value")
      } of ${name} like 4.00E+08: a spreadsheet rounded ids; export ` +
      "them as text",
  );
}
