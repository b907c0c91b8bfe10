import { splitQuoted } from "./quotes.ts";
import { isTime } from "./times.ts";

/**
 * Looks at a row closely.
 *
 * @param line Without its end.
 * @param columns The columns' names, in the order of the file.
 * @returns Why it can't be read as an event, or nothing if it can.
 */
export function rowProblem(line: string, columns: readonly string[]): string | undefined {
  const fields = splitQuoted(line);
  if (typeof fields === "string") return fields;
  if (fields.length !== columns.length) {
    return `${fields.length} fields, not ${columns.length}`;
  }
  const time = fields[columns.indexOf("event_time")];
  if (time !== "" && !isTime(time)) return "event_time isn't a time in UTC from 1970 to 2099";
}
