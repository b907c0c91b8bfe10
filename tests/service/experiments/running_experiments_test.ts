import { MS_PER_DAY as DAY } from "../../../src/base/time.ts";
import { placeOf } from "../../../src/experiments/assign.ts";
import {
  type Assignment,
  RunningExperiments,
} from "../../../src/service/experiments/running_experiments.ts";
import type { Experiment } from "../../../src/service/store/entries/shop_rules.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

const NOW = Date.UTC(2026, 10, 29);
const USERS = Array.from({ length: 5000 }, (_, i) => `user-${i}`);
const HOME = { placement: "home" };

function experiment(more: Partial<Experiment> = {}): Experiment {
  const arms = [{ name: "a", share: 0.5 }, { name: "b", share: 0.5, model: "als" }];
  return { placement: "home", from: 0, share: 1, rampDays: 0, arms, ...more };
}

function running(experiments: Record<string, Experiment>, holdout = 0) {
  return new RunningExperiments(new Map(Object.entries(experiments)), { holdout });
}

/** The share of users whose assignment is such. */
function shareWhere(
  experiments: RunningExperiments,
  is: (assignment: Assignment) => boolean,
  now = NOW,
): number {
  return USERS.filter((user) => is(experiments.assign(user, HOME, now))).length / USERS.length;
}

Deno.test("a user's list has an arm if the experiment is about it", () => {
  const home = running({ home: experiment() });
  const { assigned } = home.assign("ann", HOME, NOW);
  assertEquals(assigned?.experiment, "home");
  assertEquals(home.assign("ann", HOME, NOW), { assigned, until: Infinity });
  assertEquals(home.assign("ann", { placement: "cart" }, NOW), { until: Infinity });
  assertEquals(home.assign("ann", { placement: undefined }, NOW), { until: Infinity });
  const lists = running({ lists: experiment({ placement: undefined }) });
  assertEquals(lists.assign("ann", { placement: undefined }, NOW).assigned?.experiment, "lists");
});

Deno.test("an arm says what is served in place of the usual", () => {
  const home = running({ home: experiment() });
  const arms = new Set(USERS.map((user) => JSON.stringify(home.assign(user, HOME, NOW).assigned)));
  assertEquals(
    arms,
    new Set([
      JSON.stringify({ experiment: "home", arm: "a" }),
      JSON.stringify({ experiment: "home", arm: "b", model: "als" }),
    ]),
  );
});

Deno.test("an experiment runs from its start to its stop, and the list is valid until then", () => {
  const home = running({ home: experiment({ start: NOW, stop: NOW + DAY }) });
  assertEquals(home.assign("ann", HOME, NOW - 1), { until: NOW });
  assertEquals(home.assign("ann", HOME, NOW).until, NOW + DAY);
  assertEquals(home.assign("ann", HOME, NOW + DAY - 1).assigned?.experiment, "home");
  assertEquals(home.assign("ann", HOME, NOW + DAY), { until: Infinity });
});

Deno.test("a ramp takes in users evenly, and each stays", () => {
  const home = running({ home: experiment({ start: NOW, rampDays: 10, from: 0.2, share: 0.5 }) });
  const inIt = (days: number) =>
    shareWhere(home, ({ assigned }) => assigned !== undefined, NOW + days * DAY);
  assertEquals(inIt(0), 0);
  assertAlmostEquals(inIt(2), 0.1, 0.02);
  assertAlmostEquals(inIt(10), 0.5, 0.03);
  assertAlmostEquals(inIt(100), 0.5, 0.03);
  for (const user of USERS.slice(0, 200)) {
    const { until, assigned } = home.assign(user, HOME, NOW);
    const place = placeOf(user, { layer: "home" });
    assertEquals(assigned, undefined);
    assertEquals(until < Infinity, place >= 0.2 && place < 0.7);
    if (until === Infinity) continue;
    const joined = home.assign(user, HOME, until);
    assert(joined.assigned);
    assertEquals(home.assign(user, HOME, until - 1).assigned, undefined);
    assertEquals(home.assign(user, HOME, NOW + 50 * DAY), joined);
  }
});

Deno.test("who is held out takes part in no experiment, and is in the arm of that name", () => {
  const held = running({ home: experiment() }, 0.1);
  const isHeld = ({ assigned }: Assignment) => assigned?.arm === "holdout";
  assertAlmostEquals(shareWhere(held, isHeld), 0.1, 0.02);
  const other = running({ cart: experiment({ placement: "cart" }) }, 0.1);
  for (const user of USERS.slice(0, 500)) {
    const [a, b] = [
      held.assign(user, HOME, NOW),
      other.assign(user, { placement: "cart" }, NOW),
    ];
    assertEquals(isHeld(a), isHeld(b));
    if (isHeld(a)) assertEquals(a.assigned, { experiment: "home", arm: "holdout" });
  }
});

Deno.test("each experiment of a layer holds out its own part of the users", () => {
  const both = running({
    first: experiment({ share: 0.25 }),
    second: experiment({ from: 0.5, share: 0.5 }),
  }, 0.2);
  const holdsOut = (name: string) => ({ assigned }: Assignment) =>
    assigned?.experiment === name && assigned.arm === "holdout";
  assertAlmostEquals(shareWhere(both, holdsOut("first")), 0.05, 0.01);
  assertAlmostEquals(shareWhere(both, holdsOut("second")), 0.1, 0.015);
  assertAlmostEquals(shareWhere(both, ({ assigned }) => assigned === undefined), 0.25, 0.02);
});

Deno.test("experiments of one layer share its users; those of others don't know of them", () => {
  const both = running({
    first: experiment({ share: 0.5 }),
    second: experiment({ from: 0.5, share: 0.5 }),
  });
  const isIn = (name: string) => ({ assigned }: Assignment) => assigned?.experiment === name;
  assertAlmostEquals(shareWhere(both, isIn("first")), 0.5, 0.03);
  assertAlmostEquals(shareWhere(both, isIn("second")), 0.5, 0.03);
});
