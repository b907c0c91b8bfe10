import { MS_PER_DAY } from "../../../src/base/time.ts";
import { InputError } from "../../../src/base/input_error.ts";
import type { ExperimentReport } from "../../../src/client/mod.ts";
import { type LiveDay, LiveShoppers } from "../../../src/simulate/live/live_days.ts";
import type { World } from "../../../src/simulate/live/world.ts";
import { type LiveShop, overHttp } from "./live_service.ts";

/** What an experiment of two models says at the end of a day. */
export interface Reading {
  /** From 1. */
  readonly day: number;
  readonly lists: number;
  /** The share of the lists of which a product was clicked: of the control and of the arm. */
  readonly clickThrough: readonly [number | undefined, number | undefined];
  /** What the arm has more; not bounded with few users. */
  readonly effect: { readonly estimate: number; readonly low: number; readonly high: number };
  readonly isCertain: boolean;
  /** Whether arms have other shares of users than they should. */
  readonly isOff: boolean;
}

/** What is compared, and for how long. */
export interface LiveExperiment {
  /** Of the experiment. */
  readonly name: string;
  readonly control: string;
  readonly arm: string;
  readonly days: number;
  /** When the first day begins, in milliseconds since 1970-01-01 UTC. */
  readonly start: number;
}

/**
 * Has shoppers visit a service that runs an experiment, and reads what it found each evening, as a
 * shop would: an arm that is certainly worse is stopped, one that is better goes on to the end.
 *
 * @returns What it said each evening.
 */
export async function runExperiment(
  world: World,
  shop: LiveShop,
  { name, control, arm, days, start }: LiveExperiment,
  onDay: (reading: Reading) => void,
): Promise<Reading[]> {
  const { client, clock, isTimed } = shop;
  const service = overHttp(shop);
  const shoppers = new LiveShoppers(world);
  const arms = [{ name: "control", share: 0.5, model: control }, {
    ...{ name: "arm", share: 0.5, model: arm },
  }];
  const readings: Reading[] = [];
  for (let day = 0; day < days; day++) {
    const evening = isTimed ? start + (day + 1) * MS_PER_DAY : Date.now();
    // It goes on for another day each evening; the change also has its figures read anew.
    const stop = evening + MS_PER_DAY;
    if (day === 0) {
      clock.set(start);
      await client.putExperiment(name, { arms, stop });
    }
    const { lists } = await shoppers.visit(service, { day, start, clock });
    clock.set(evening);
    await client.putExperiment(name, { arms, stop: stop + MS_PER_DAY });
    const reading = readingOf(day + 1, lists, await client.experiment(name));
    readings.push(reading);
    onDay(reading);
    if (!reading.isCertain || reading.effect.estimate > 0) continue;
    await client.putExperiment(name, { arms, stop: evening });
    break;
  }
  return readings;
}

function readingOf(
  day: number,
  lists: number,
  { results, sampleRatio }: ExperimentReport,
): Reading {
  const [control, arm] = ["control", "arm"].map((name) => {
    const found = results.find((result) => result.name === name);
    if (found) return found.metrics.clickThrough;
    throw new InputError(`Cannot read the experiment: it has no results of the arm ${name}`);
  });
  const { estimate = NaN, low = -Infinity, high = Infinity } = arm.effect?.difference ?? {};
  return {
    ...{ day, lists },
    clickThrough: [control.value, arm.value],
    effect: { estimate, low, high },
    isCertain: arm.effect?.isCertain ?? false,
    isOff: sampleRatio.isOff,
  };
}

/**
 * What click-through would be if everyone got a model's lists: by the true chances of all lists
 * that shoppers see then.
 */
export async function trueClickThrough(
  world: World,
  shop: LiveShop,
  { model, days, start }: { model: string; days: number; start: number },
): Promise<number> {
  const service = overHttp(shop, model);
  const shoppers = new LiveShoppers(world);
  const total: Pick<LiveDay, "lists" | "expected"> = { lists: 0, expected: 0 };
  for (let day = 0; day < days; day++) {
    const { lists, expected } = await shoppers.visit(service, { day, start, clock: shop.clock });
    total.lists += lists;
    total.expected += expected;
  }
  return total.expected / total.lists;
}
