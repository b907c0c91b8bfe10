import { formatCounted } from "../../../src/base/format.ts";
import { writeAll } from "../../../src/base/write_all.ts";
import { writeWhole } from "../../../src/base/write_whole.ts";
import { exportExposures } from "../../../src/service/exposures/export_exposures.ts";
import type { EventStore } from "../../../src/service/store/event_store.ts";

/**
 * Writes what users were shown to a file and prints how many lines it has.
 *
 * @param options `since`: only lists shown then or later; milliseconds since 1970-01-01 UTC.
 *   `hours`: how long after a list an event counts for it that names no list.
 */
export async function writeExposures(
  store: EventStore,
  path: string,
  { since, hours }: { since?: number; hours: number },
): Promise<void> {
  const { products } = await store.productChanges();
  const priceOf = (id: string) => products.get(id)?.price;
  let lines = 0;
  await writeWhole(path, async (file) => {
    using output = await Deno.open(file, { create: true, write: true });
    const encoder = new TextEncoder();
    for await (const chunk of exportExposures(store, { since, hours, priceOf })) {
      await writeAll(output, encoder.encode(chunk));
      lines += chunk.split("\n").length - 1;
    }
  });
  console.log(`${formatCounted(lines, "line")}: ${path}`);
}
