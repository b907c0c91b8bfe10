import { InputError } from "../../base/input_error.ts";
import { EVENT_TYPES } from "../tables/event_types.ts";
import { NO_NAME } from "./values/interpret_names.ts";
import { largestFirst } from "./read_report.ts";
import { MAX_REJECTED_SHARE } from "./files/rejects.ts";

/**
 * Checks that nearly all events have known types.
 *
 * @param unknown The number of events by unknown name.
 * @throws {InputError} If over 5% are unknown; it lists them.
 */
export function checkTypes(unknown: ReadonlyMap<string, number>, rows: number): void {
  const total = [...unknown.values()].reduce((sum, rows) => sum + rows, 0);
  if (total <= MAX_REJECTED_SHARE * rows) return;
  const names = largestFirst(unknown);
  const listed = names.slice(0, 20).map(([name, rows]) => `${name} (${rows})`).join(", ");
  const own = names.map(([name]) => name.replaceAll(" ", "_")).filter((name) => name !== NO_NAME);
  const example = own.slice(0, 2).map((name) => `${name}=view`).join(",") || "name=view";
  throw new InputError(
    `Cannot read these events: at most 5% may have unknown types, ${total} of ${rows} have: ` +
      `${listed}. Say what they mean, of ${EVENT_TYPES.join(", ")} or nothing (which ignores ` +
      `them), for example --types '${example}'`,
  );
}

/**
 * Checks that a file's prices can be read.
 *
 * @throws {InputError} If most can't.
 */
export function checkPrices(file: string, unreadable: number, readable: number): void {
  if (unreadable <= readable) return;
  throw new InputError(
    `Cannot read ${file}: most values of price aren't prices, ${unreadable} of ` +
      `${unreadable + readable}; say which column is (--columns price=NAME) or how cents are ` +
      "written (--decimal ,)",
  );
}
