import { InputError } from "../../../src/base/input_error.ts";
import type { Outcome } from "../../../src/experiments/exposures/exposure.ts";
import { formatExposures, readExposures } from "../../../src/experiments/exposures/exposure_log.ts";
import { assertEquals, assertRejects } from "../../assert.ts";

const LIST = {
  ...{ listId: "l1", at: 1000, userId: "ann", placement: "home", experiment: "models", arm: "b" },
  ...{ model: "als", productIds: ["7", "9"], positions: [1, 3], propensities: [1, 0.25] },
};
const EVENT: Outcome = {
  ...{ listId: "l1", productId: "9", type: "purchase", at: 2000, price: 4.99, position: 3 },
  by: "window",
};

function read(...lines: readonly unknown[]) {
  const texts = lines.map((line) => typeof line === "string" ? line : JSON.stringify(line));
  return Array.fromAsync(readExposures(texts, { name: "log.ndjson" }));
}

const list = { kind: "list", ...LIST };
const event = { kind: "event", ...EVENT };

Deno.test("what is written is read back", async () => {
  const plain = {
    ...LIST,
    listId: "l2",
    placement: undefined,
    experiment: undefined,
    arm: undefined,
  };
  const all = [{ exposure: LIST, outcomes: [EVENT] }, { exposure: plain, outcomes: [] }];
  const lines = all.map(formatExposures).join("").split("\n");
  assertEquals(JSON.stringify(await read(...lines)), JSON.stringify(all));
});

Deno.test("an empty log has no lists", async () => {
  assertEquals(await read(), []);
  assertEquals(await read("", " "), []);
});

Deno.test("a line that breaks a rule is named, with its field and value", async () => {
  const faults: [lines: unknown[], message: string][] = [
    [["{"], "line 1: it must be JSON"],
    [[""].concat("[]"), "line 2: "],
    [[{ ...list, kind: "lists" }], "line 1: kind: "],
    [[{ ...list, at: 1.5 }], "line 1: at: "],
    [[{ ...list, userId: "" }], "line 1: userId: "],
    [[{ ...list, propensities: [1, 0] }], "line 1: propensities.1: "],
    [[{ ...list, propensities: [1, 1.1] }], "got 1.1"],
    [
      [{ ...list, propensities: [1] }],
      "propensities must have one number for each of 2 productIds",
    ],
    [
      [{ ...list, positions: [1, 2, 3] }],
      "positions must have one number for each of 2 productIds",
    ],
    [[{ ...list, arm: undefined }], "experiment and arm belong together"],
    [[{ ...list, more: 1 }], "more"],
    [[event], 'listId must be that of the list before the event, null, got "l1"'],
    [[list, { ...event, listId: "l2" }], "line 2: listId must be that of the list before"],
    [[list, { ...event, type: "dislike" }], "line 2: type: "],
    [[list, { ...event, position: 0 }], "line 2: position: "],
  ];
  for (const [lines, message] of faults) {
    await assertRejects(() => read(...lines), InputError, message);
  }
});
