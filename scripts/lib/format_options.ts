import { type Command, InvalidArgumentError, Option } from "commander";
import type { FormatOptions } from "../../src/events/read/layouts/format_options.ts";
import { COLUMN_NAMES, isKnownColumn } from "../../src/events/tables/columns.ts";
import { EVENT_TYPES } from "../../src/events/tables/event_types.ts";
import { commaList } from "./cli.ts";

/** What the options that {@linkcode addFormatOptions} adds are parsed into. */
export interface FormatFlags {
  columns?: FormatOptions["columns"];
  separator?: string;
  decimal?: FormatOptions["decimal"];
  types?: FormatOptions["types"];
}

/** Adds the options that describe a shop's files if guessing isn't enough. */
export function addFormatOptions(command: Command): Command {
  return command
    .option(
      "--columns <column=name,...>",
      "the files' names for columns, as user_id=customer_id,event_time=ts (default: recognized)",
      readColumns,
    )
    .option(
      "--types <name=type,...>",
      "types of event names, as page_view=view,order=purchase,ping= (no type: ignored)",
      readTypes,
    )
    .option(
      "--separator <character>",
      "the character between fields of CSV, or tab (default: recognized)",
      readSeparator,
    )
    .addOption(
      new Option("--decimal <mark>", "the character before cents (default: recognized)")
        .choices([".", ","]),
    );
}

/** The options for reading files that these flags set. */
export function formatOptions(
  { columns, separator, decimal, types }: FormatFlags,
): FormatOptions | undefined {
  const given = Object.entries({ columns, separator, decimal, types })
    .filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function readPairs(text: string): [string, string][] {
  return commaList(text).map((pair) => {
    const at = pair.lastIndexOf("=");
    if (at < 1) throw new InvalidArgumentError(`It must be pairs like a=b, got "${pair}".`);
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
}

function readColumns(text: string): FormatOptions["columns"] {
  const pairs = readPairs(text);
  for (const [column, name] of pairs) {
    if (!isKnownColumn(column)) {
      throw new InvalidArgumentError(
        `Columns are ${COLUMN_NAMES.join(", ")}; there is no ${column}.`,
      );
    }
    if (name === "") throw new InvalidArgumentError(`Name the file's column for ${column}.`);
  }
  return Object.fromEntries(pairs);
}

function readTypes(text: string): FormatOptions["types"] {
  const pairs = readPairs(text);
  const wrong = pairs.find(([, type]) =>
    type !== "" && !(EVENT_TYPES as readonly string[]).includes(type)
  );
  if (wrong) {
    throw new InvalidArgumentError(
      `Types are ${EVENT_TYPES.join(", ")}, or nothing; there is no ${wrong[1]}.`,
    );
  }
  return Object.fromEntries(pairs);
}

function readSeparator(text: string): string {
  const separator = text === "tab" || text === "\\t" ? "\t" : text;
  if (!/^[^"\r\n\w]$/.test(separator) || separator.charCodeAt(0) > 127) {
    throw new InvalidArgumentError("It must be one character like ; or the word tab.");
  }
  return separator;
}
