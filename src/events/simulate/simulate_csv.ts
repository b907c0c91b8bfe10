import { createRandom } from "../../linalg/random.ts";
import type { Progress } from "../../interactions/progress.ts";
import { sharesOfRest } from "./calendar.ts";
import { inventCatalogue } from "./catalogue.ts";
import { CsvWriter } from "./csv.ts";
import { createDemand } from "./demand.ts";
import { planSimulation, type SimulationOptions } from "./options.ts";
import { spellProducts } from "./product_texts.ts";
import { Timeline } from "./timeline.ts";
import { Visitors } from "./visitors.ts";

/**
 * Simulates the shop and yields its events as CSV, the header first, in pieces of about a megabyte. Memory
 * stays about flat however many events there are.
 *
 * @throws {InputError} If an option is out of its range.
 */
export function* simulateCsv(
  options: SimulationOptions = {},
  progress?: Progress,
): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  const plan = planSimulation(options);
  const random = createRandom(plan.seed);
  const catalogue = inventCatalogue(plan.events, random);
  const demand = createDemand(catalogue, plan.days, random);
  const csv = new CsvWriter(plan, spellProducts(catalogue, random), random);
  const timeline = new Timeline(plan);
  const visitors = new Visitors(plan, { catalogue, demand, random }, timeline);

  let rowsLeft = plan.events;
  for (const [hour, share] of sharesOfRest(plan).entries()) {
    if (hour % 24 === 0) demand.setDay(hour / 24);
    visitors.playHour(hour, share * rowsLeft);
    const rows = timeline.take(hour);
    for (const position of rows.positions.subarray(0, rowsLeft)) {
      csv.write(rows, position);
      if (csv.full) yield csv.take();
    }
    rowsLeft -= Math.min(rowsLeft, rows.positions.length);
    progress?.(1 - rowsLeft / plan.events);
  }
  yield csv.take();
}
