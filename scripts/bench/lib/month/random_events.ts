import { SECONDS_PER_DAY } from "../../../../src/base/time.ts";
import { writeAll } from "../../../../src/base/write_all.ts";
import { writeWhole } from "../../../../src/base/write_whole.ts";
import { createRandom } from "../../../../src/linalg/random.ts";
import { syntheticMatrix, type SyntheticSize } from "../synthetic_matrix.ts";

const FIRST_SECOND = Date.UTC(2019, 9, 1) / 1000;
const MONTH_SECONDS = 31 * SECONDS_PER_DAY;

/** Of twenty events, three are carts and two are purchases. */
const TYPES = [...Array(15).fill("view"), ...Array(3).fill("cart"), "purchase", "purchase"];

const HEADER =
  "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session\n";

const CATEGORIES = 300;
const BRANDS = 500;

/** Rows that are written at a time. */
const BATCH = 10_000;

/**
 * Writes a month of events in which nothing can be learned but popularity: users are drawn
 * uniformly, products by Zipf's law, times uniformly. Each user has a session per day. What it
 * stands for is a shop whose users come once or twice and whose catalogue is large.
 *
 * @param file To write, unless it exists.
 */
export async function writeRandomEvents(file: string, size: SyntheticSize): Promise<void> {
  if (await Deno.stat(file).then(() => true, () => false)) return;
  const { rows, indptr, indices } = syntheticMatrix(size);
  const random = createRandom(6);
  await writeWhole(file, async (unfinished) => {
    using out = await Deno.open(unfinished, { write: true, create: true, truncate: true });
    const encoder = new TextEncoder();
    let lines: string[] = [HEADER];
    for (let user = 0; user < rows; user++) {
      for (let p = indptr[user]; p < indptr[user + 1]; p++) {
        const second = random.integer(MONTH_SECONDS);
        lines.push(lineOf({ user, item: indices[p], second, type: TYPES[random.integer(20)] }));
      }
      if (lines.length < BATCH && user < rows - 1) continue;
      await writeAll(out, encoder.encode(lines.join("")));
      lines = [];
    }
  });
}

function lineOf(
  { user, item, second, type }: { user: number; item: number; second: number; type: string },
): string {
  const time = new Date(1000 * (FIRST_SECOND + second)).toISOString();
  const day = Math.floor(second / SECONDS_PER_DAY);
  const price = (1 + item % 997 / 10).toFixed(2);
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC,${type},${item + 1},` +
    `${1000 + item % CATEGORIES},,brand${item % BRANDS},${price},${user + 1},${user + 1}-${day}\n`;
}
