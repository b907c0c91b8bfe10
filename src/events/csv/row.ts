import type { CsvHeader } from "./header.ts";
import type { Fields } from "./fields.ts";
import { splitQuoted } from "./quotes.ts";
import { isPlainDecimal, isPlainInteger, isPlainTime, isTime } from "./field_forms.ts";
import { ID_COLUMNS } from "../schema.ts";

/**
 * What can be done with a line: `plain`, all fields have their usual form; `unusual`, it is a row but some field
 * hasn't (quotation marks, an id of letters, another form of time); `empty`, it is no row; or why it can't be
 * read as one.
 */
export type RowForm = "plain" | "unusual" | "empty" | {
  readonly reason: string;
  /** The line. */
  readonly text: string;
};

/** Judges the line that begins at `start`, whose fields were located. */
export type RowJudge = (bytes: Uint8Array, start: number, fields: Fields) => RowForm;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Makes the judge of a file's lines. */
export function createRowJudge({ columns }: Pick<CsvHeader, "columns">): RowJudge {
  const width = columns.length;
  const time = columns.indexOf("event_time");
  const price = columns.indexOf("price");
  const ids = ID_COLUMNS.map((name) => columns.indexOf(name)).filter((index) => index >= 0);

  function judgeText(text: string): RowForm {
    if (text === "") return "empty";
    const fields = splitQuoted(text);
    if (typeof fields === "string") return { reason: fields, text };
    if (fields.length !== width) return { reason: `${fields.length} fields, not ${width}`, text };
    if (fields[time] !== "" && !isTime(fields[time])) {
      return { reason: `event_time isn't a time in UTC from 1970 to 2099`, text };
    }
    return "unusual";
  }

  return (bytes, start, { starts, ends, count, quoted, end }) => {
    if (quoted || count !== width || !isPlainTime(bytes, starts[time], ends[time])) {
      return judgeText(decoder.decode(bytes.subarray(start, end)));
    }
    for (const id of ids) {
      if (!isPlainInteger(bytes, starts[id], ends[id])) return "unusual";
    }
    return isPlainDecimal(bytes, starts[price], ends[price]) ? "plain" : "unusual";
  };
}
