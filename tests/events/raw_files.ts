/** Writes a shop's files for tests and reads them. */
import pl from "nodejs-polars";
import { readEvents } from "../../src/events/read/read.ts";
import { withFolder } from "../temp_folder.ts";

/** The columns of the Kaggle files. */
export const HEADER =
  "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session";

/** A row of such a file; fields irrelevant to a test have defaults. */
export function row(
  { at = "2019-10-01 00:00:00 UTC", type = "view", product = "5712790", price = "6.27", ...rest }: {
    at?: string;
    type?: string;
    product?: string;
    category?: string;
    path?: string;
    brand?: string;
    price?: string;
    user?: string;
    session?: string;
  } = {},
): string {
  const { category = "1487580005268456192", path = "", brand = "" } = rest;
  const { user = "576802932", session = "s1" } = rest;
  return [at, type, product, category, path, brand, price, user, session].join(",");
}

/** The text of a file of such rows. */
export function csv(...rows: string[]): string {
  return [HEADER, ...rows, ""].join("\n");
}

/** Runs a test with files in a temporary folder; those named .gz are compressed. */
export function withFiles(
  files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>,
  run: (folder: string) => void | Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(
        `${folder}/${name}`,
        name.endsWith(".gz") && typeof content === "string" ? await gzip(bytes) : bytes,
      );
    }
    await run(folder);
  });
}

/** Compresses bytes with gzip. */
export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Reads a file of rows in the Kaggle form. */
export async function readRows(...rows: string[]): Promise<pl.DataFrame> {
  let events: pl.DataFrame | undefined;
  await withFiles({ "events.csv": csv(...rows) }, async (folder) => {
    events = (await readEvents([`${folder}/events.csv`])).events;
  });
  return events!;
}

/** A column's values as text, so that ids keep all digits; null if missing. */
export function column(events: pl.DataFrame, name: string): (string | null)[] {
  const value = pl.col(name);
  const text = name === "event_time" ? value.dt.strftime("%F %T%.f") : value.cast(pl.Utf8, true);
  return events.select(text.alias(name)).getColumn(name).toArray() as (string | null)[];
}
