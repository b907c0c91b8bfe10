import type { Interactions } from "../../src/interactions/interactions.ts";
import { popularity } from "../../src/models/popularity.ts";
import { compareModels, type CompareOptions } from "../../src/training/compare_models.ts";
import { unmeasuredReason } from "../../src/training/unmeasured.ts";
import { assertEquals } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";

/** Windows of a minute each. */
const minutes = { validationDays: 1 / 1440, testDays: 1 / 1440 };

async function reasonFor(
  data: Interactions,
  options: CompareOptions = minutes,
): Promise<string | undefined> {
  return unmeasuredReason(await compareModels(data, [popularity], options));
}

const OPTIONS = "use events of more days (--events, --month), longer windows (--validation-days, " +
  "--test-days)";
const NEXT_ITEM = ", or measure the next item (--evaluate next-item)";

Deno.test("a comparison with users in both windows is measured", async () => {
  const data = interactionsOf([[0, 0, 1, 0], [0, 1, 1, 80], [0, 2, 1, 150]], { items: 3 });
  assertEquals(await reasonFor(data), undefined);
});

Deno.test("a window without events is named with its times", async () => {
  const data = interactionsOf([[0, 0, 1, 0], [0, 1, 1, 1200]]);
  assertEquals(
    await reasonFor(data),
    "the validation window, 1970-01-01 00:18 to 1970-01-01 00:19 UTC, has no events; " +
      OPTIONS + NEXT_ITEM,
  );
});

Deno.test("users without earlier events are counted", async () => {
  const data = interactionsOf([[0, 0, 1, 0], [1, 1, 1, 80], [2, 1, 1, 80], [0, 2, 1, 150]]);
  assertEquals(
    await reasonFor(data),
    "the validation window, 1970-01-01 00:00 to 1970-01-01 00:01 UTC, has 2 users, none with an " +
      `earlier event; ${OPTIONS}${NEXT_ITEM}`,
  );
  assertEquals(
    await reasonFor(data, { ...minutes, protocol: "next-item" }),
    "the validation window, 1970-01-01 00:00 to 1970-01-01 00:01 UTC, has 2 sessions (users), " +
      `none with a second event; ${OPTIONS}`,
  );
});

Deno.test("users who only come back to products they know can't be measured", async () => {
  const data = interactionsOf([[0, 0, 1, 0], [0, 1, 1, 90], [0, 0, 1, 150]]);
  assertEquals(
    await reasonFor(data),
    "no user of the test window, 1970-01-01 00:01 to 1970-01-01 00:02 UTC, goes on to a product " +
      `that is new to them; ${OPTIONS}${NEXT_ITEM}`,
  );
});
