import pl from "nodejs-polars";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { toRawTypes } from "../raw_types.ts";
import { isKnownColumn } from "../schema.ts";

/** The columns that hold numbers where every row is plain; the others are text. */
const PLAIN_TYPES: Readonly<Record<string, pl.DataType>> = {
  product_id: pl.Int64,
  category_id: pl.Int64,
  user_id: pl.Int64,
  price: pl.Float64,
};

/** In SQL; the others stay as they are read. */
const PARSED: Readonly<Record<string, string>> = {
  // STRPTIME wants the whole text to match, which takes a fifth of the time of the expression's search in it.
  event_time: "STRPTIME(event_time, '%Y-%m-%d %H:%M:%S UTC') AS event_time",
  category_code: `NULLIF(category_code, '${UNKNOWN}') AS category_code`,
  brand: `NULLIF(brand, '${UNKNOWN}') AS brand`,
};

/**
 * Reads a CSV file all of whose rows are plain, each column to its type at once.
 *
 * @param columns The columns' names, in the order of the file.
 * @returns The columns that events have, of the types that raw events have.
 * @throws {Error} If a field is not plain.
 */
export async function readPlainCsv(
  path: string,
  columns: readonly string[],
): Promise<pl.DataFrame> {
  const scan = scanCsv(path, columns, (name) => PLAIN_TYPES[name] ?? pl.Utf8);
  const parsed = columns.filter(isKnownColumn).map((name) => PARSED[name] ?? name);
  return await pl.SQLContext({ csv: scan })
    .execute(`SELECT ${parsed.join(", ")} FROM csv`)
    .withColumns(pl.col("event_time").dt.replaceTimeZone("UTC"))
    .collect();
}

/** Reads a CSV file of well-formed rows, whatever form their fields have; see {@linkcode readPlainCsv}. */
export async function readUnusualCsv(
  path: string,
  columns: readonly string[],
): Promise<pl.DataFrame> {
  const texts = await scanCsv(path, columns, () => pl.Utf8)
    .select(...columns.filter(isKnownColumn))
    .collect();
  return toRawTypes(texts);
}

function scanCsv(
  path: string,
  columns: readonly string[],
  typeOf: (name: string) => pl.DataType,
): pl.LazyDataFrame {
  // An object moves keys that look like numbers to its front, so unknown columns get names that don't.
  const schema = Object.fromEntries(
    columns.map((name, index) =>
      isKnownColumn(name) ? [name, typeOf(name)] : [`column ${index}`, pl.Utf8]
    ),
  );
  return pl.scanCSV(path, { schema, truncateRaggedLines: false, glob: false });
}
