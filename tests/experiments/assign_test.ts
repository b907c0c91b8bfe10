import { InputError } from "../../src/base/input_error.ts";
import { armOf, type Assignment, checkAssignments } from "../../src/experiments/assign.ts";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";

const USERS = Array.from({ length: 40_000 }, (_, user) => `user-${user}`);

function experiment(name: string, traffic: Partial<Assignment["traffic"]> = {}): Assignment {
  return {
    name,
    traffic: { layer: "lists", from: 0, share: 1, ...traffic },
    arms: [{ name: "control", share: 0.3 }, { name: "blend", share: 0.7 }],
  };
}

/** The share of users for whom something holds. */
function shareWhere(holds: (user: string) => boolean): number {
  return USERS.filter(holds).length / USERS.length;
}

Deno.test("arms get their shares of those who take part", () => {
  const half = experiment("half", { from: 0.25, share: 0.5 });
  const armIs = (name: string | undefined) =>
    shareWhere((user) => armOf(user, half)?.name === name);
  assertAlmostEquals(armIs(undefined), 0.5, 0.01);
  assertAlmostEquals(armIs("control"), 0.15, 0.01);
  assertAlmostEquals(armIs("blend"), 0.35, 0.01);
});

Deno.test("a ramp adds users and changes nobody's arm", () => {
  const small = experiment("home", { share: 0.1 }), large = experiment("home", { share: 0.6 });
  for (const user of USERS) {
    const before = armOf(user, small);
    if (before) assertEquals(armOf(user, large)?.name, before.name);
  }
});

Deno.test("experiments of one layer never have the same user", () => {
  const first = experiment("a", { share: 0.5 }),
    second = experiment("b", { from: 0.5, share: 0.5 });
  assert(USERS.every((user) => !armOf(user, first) !== !armOf(user, second)));
});

Deno.test("arms of experiments in different layers are independent", () => {
  const lists = experiment("a"), prices = experiment("b", { layer: "prices" });
  const inBoth = shareWhere((user) =>
    armOf(user, lists)?.name === "blend" && armOf(user, prices)?.name === "blend"
  );
  assertAlmostEquals(inBoth, 0.7 * 0.7, 0.01);
});

Deno.test("an experiment after another of its layer has no trace of its arms", () => {
  const inBoth = shareWhere((user) =>
    armOf(user, experiment("first"))?.name === "control" &&
    armOf(user, experiment("second"))?.name === "control"
  );
  assertAlmostEquals(inBoth, 0.3 * 0.3, 0.01);
});

Deno.test("experiments that can't be assigned are refused by name", () => {
  const withArms = (...shares: number[]) => ({
    ...experiment("home"),
    arms: shares.map((share, i) => ({ name: `arm ${i}`, share })),
  });
  const cases: [Assignment[], string][] = [
    [[withArms(1)], 'Experiment "home": it must have at least two arms, got 1'],
    [[withArms(0.5, 0.4)], "must sum to 1, got 0.9"],
    [[withArms(1, 0)], 'the share of arm "arm 1" must be above 0, got 0'],
    [[withArms(NaN, 1)], "got NaN"],
    [[experiment("home", { from: 0.6, share: 0.5 })], "got 0.5 from 0.6 on"],
    [[experiment("home", { from: -0.1 })], "got 1 from -0.1 on"],
    [
      [experiment("b", { from: 0.4, share: 0.2 }), experiment("a", { share: 0.5 })],
      '"a" and "b" share traffic of layer "lists": the "from" of "b" must be 0.5 or more, got 0.4',
    ],
    [
      [experiment("a", { from: 0.1, share: 0.2 }), experiment("b", { from: 0.2, share: 0.1 })],
      'the "from" of "b" must be 0.3 or more, got 0.2',
    ],
    [
      [experiment("a", { from: 0.5, share: 0.5 }), experiment("b", { from: 0.6, share: 0.1 })],
      '"a" has all of it from 0.5 on; lower its share, or stop it',
    ],
    [
      [{ ...experiment("home"), arms: [{ name: "a", share: 0.5 }, { name: "a", share: 0.5 }] }],
      'arm "a" is there twice',
    ],
  ];
  for (const [experiments, message] of cases) {
    assertThrows(() => checkAssignments(experiments), InputError, message);
  }
  checkAssignments([
    withArms(0.1, 0.2, 0.7),
    experiment("other", { layer: "prices" }),
    experiment("off", { share: 0 }),
  ]);
});
