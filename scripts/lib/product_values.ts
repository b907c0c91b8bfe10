import { parse } from "../../src/base/std/csv.ts";
import { InputError } from "../../src/base/input_error.ts";
import type { IdMap } from "../../src/interactions/id_map.ts";

/** The column with the products' ids. */
const ID = "product_id";

/**
 * Reads a value for each product from a CSV file with a column `product_id` and one more, such as
 * `margin`, that holds numbers. Products that the events don't have are ignored.
 *
 * @returns By item number; `NaN` for an item that the file lacks or whose value is empty.
 * @throws {InputError} If the file is missing or malformed, a value isn't a number, a product
 * appears twice, or no product of the events has a value; the message has the file and the row.
 */
export async function readProductValues(path: string, itemIds: IdMap): Promise<Float32Array> {
  const fail = (why: string) => new InputError(`Cannot read values of products: ${path} ${why}`);
  const rows = parseRows(await readText(path, fail), fail);
  const names = Object.keys(rows[0] ?? {});
  const [column] = names.filter((name) => name !== ID);
  if (!names.includes(ID) || names.length !== 2) {
    throw fail(`must have two columns, ${ID} and a value, got ${names.join(", ") || "no rows"}`);
  }
  const values = new Float32Array(itemIds.size).fill(NaN);
  const seen = new Set<string>();
  rows.forEach(({ [ID]: id, [column]: text }, i) => {
    const place = `row ${i + 2}, product ${id}`;
    if (seen.has(id)) throw fail(`has a product twice: ${place}`);
    seen.add(id);
    if (text.trim() === "") return;
    const value = Number(text);
    if (!Number.isFinite(value)) {
      throw fail(`must have numbers in column ${column}, got "${text}" (${place})`);
    }
    const item = itemIds.indexOf(id);
    if (item >= 0) values[item] = value;
  });
  if (values.every(Number.isNaN)) {
    throw fail("has no value of a product that the events have; compare its ids with theirs");
  }
  return values;
}

type Fail = (why: string) => InputError;

async function readText(path: string, fail: Fail): Promise<string> {
  try {
    return (await Deno.readTextFile(path)).replace(/^\uFEFF/, "");
  } catch (error) {
    throw fail(`can't be read: ${(error as Error).message}`);
  }
}

function parseRows(text: string, fail: Fail): Record<string, string>[] {
  try {
    return parse(text, { skipFirstRow: true });
  } catch (error) {
    throw fail(`isn't CSV with a header: ${(error as Error).message}`);
  }
}
