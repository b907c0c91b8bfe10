import { createRandom } from "../linalg/random.ts";
import type { Progress } from "../base/progress.ts";
import { planHours } from "./visits/calendar.ts";
import { inventCatalogue } from "./products/catalogue.ts";
import { CsvWriter } from "./csv.ts";
import { createDemand } from "./products/demand.ts";
import { planSimulation, type SimulationOptions } from "./parameters/options.ts";
import { encodeProducts } from "./products/product_texts.ts";
import { Timeline } from "./visits/timeline.ts";
import { Visitors } from "./visits/visitors.ts";

/**
 * Simulates the shop and yields its events as CSV, header first, in chunks of about a megabyte.
 * Memory stays nearly constant for any number of events.
 *
 * @throws {InputError} If an option is out of range.
 */
export function* simulateCsv(
  options: SimulationOptions = {},
  progress?: Progress,
): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  const plan = planSimulation(options);
  const random = createRandom(plan.seed);
  const catalogue = inventCatalogue(plan.events, random);
  const demand = createDemand(catalogue, plan, random);
  const csv = new CsvWriter(plan, encodeProducts(catalogue, random), random);
  const timeline = new Timeline(plan);
  const visitors = new Visitors(plan, { catalogue, demand, random }, timeline);

  const rowsWanted = planHours(plan);
  let written = 0;
  for (let hour = 0; hour < 24 * plan.days; hour++) {
    if (hour % 24 === 0) demand.setDay(hour / 24);
    visitors.playHour(hour, rowsWanted(hour, written));
    const rows = timeline.take(hour);
    const positions = rows.positions.subarray(0, plan.events - written);
    for (const position of positions) {
      csv.write(rows, position);
      if (csv.full) yield csv.take();
    }
    written += positions.length;
    progress?.(written / plan.events);
  }
  yield csv.take();
}
