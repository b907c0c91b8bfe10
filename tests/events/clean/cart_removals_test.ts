import pl from "nodejs-polars";
import { findCancelledCarts } from "../../../src/events/clean/cart_removals.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { assert, assertEquals } from "../../assert.ts";

/** One step: `+` puts a product into the cart, `-` takes it out. */
type Step = readonly ["+" | "-", product: number, session: string, user?: number];

/** The rows of cancelled carts, ascending; rows are numbered 10, 20, 30 and so on. */
function cancelled(steps: readonly Step[]): number[] {
  const events = pl.DataFrame([
    pl.Series("row", Uint32Array.from(steps, (_, index) => 10 * index + 10)),
    pl.Series(
      "event_type",
      steps.map(([sign]) => sign === "+" ? "cart" : "remove_from_cart"),
      pl.Utf8,
    ),
    pl.Series("user_id", steps.map(([, , , user = 1]) => user), pl.Int32),
    pl.Series("user_session", steps.map(([, , session]) => session), pl.Utf8),
    pl.Series("product_id", steps.map(([, product]) => product), pl.Int32),
  ]);
  return [...findCancelledCarts(events)].sort((a, b) => a - b);
}

/** Steps with one product in one session, written as `++-`. */
const oneProduct = (signs: string): Step[] =>
  [...signs].map((sign) => [sign as "+" | "-", 1, "s"] as const);

Deno.test("a removal cancels the latest earlier cart that isn't cancelled yet", () => {
  assertEquals(cancelled(oneProduct("+-")), [10]);
  assertEquals(cancelled(oneProduct("++-")), [20]);
  assertEquals(cancelled(oneProduct("++--")), [10, 20]);
  assertEquals(cancelled(oneProduct("+-+")), [10]);
  assertEquals(cancelled(oneProduct("+-++--")), [10, 30, 40]);
});

Deno.test("a removal without an earlier cart cancels nothing, not even a later cart", () => {
  assertEquals(cancelled(oneProduct("-")), []);
  assertEquals(cancelled(oneProduct("-+")), []);
  assertEquals(cancelled(oneProduct("+--+")), [10]);
  assertEquals(cancelled(oneProduct("--+-")), [30]);
});

Deno.test("only carts of the same product in the same session are cancelled", () => {
  assertEquals(cancelled([["+", 1, "s"], ["-", 2, "s"], ["-", 1, "t"]]), []);
  assertEquals(
    cancelled([["+", 1, "s"], ["+", 2, "s"], ["+", 1, "t"], ["-", 1, "s"], ["-", 2, "s"]]),
    [10, 20],
  );
});

Deno.test("a removal doesn't cancel the cart of another user with the same session number", () => {
  assertEquals(cancelled([["+", 1, "s", 1], ["-", 1, "s", 2]]), []);
  assertEquals(cancelled([["+", 1, "s", 1], ["+", 1, "s", 2], ["-", 1, "s", 1]]), [10]);
});

Deno.test("without carts or without removals nothing is cancelled", () => {
  assertEquals(cancelled([]), []);
  assertEquals(cancelled(oneProduct("+++")), []);
});

Deno.test("many steps agree with a plain search for the nearest open cart", () => {
  const random = createRandom(5);
  const steps = Array.from({ length: 3000 }, (): Step => [
    random.next() < 0.55 ? "+" : "-",
    random.integer(6),
    `s${random.integer(5)}`,
  ]);
  const closed = new Set<number>();
  steps.forEach(([sign, product, session], index) => {
    if (sign === "+") return;
    for (let i = index - 1; i >= 0; i--) {
      const same = steps[i][0] === "+" && steps[i][1] === product && steps[i][2] === session;
      if (same && !closed.has(i)) return void closed.add(i);
    }
  });
  assert(closed.size > 500);
  assertEquals(cancelled(steps), [...closed].map((i) => 10 * i + 10).sort((a, b) => a - b));
});
