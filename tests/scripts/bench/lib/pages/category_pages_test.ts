/** Category pages, and the orders that shops and models give them. */
import { assertAlmostEquals, assertEquals } from "../../../../assert.ts";
import {
  measureOrder,
  modelOrder,
  pageQuestions,
  shopOrders,
} from "../../../../../scripts/bench/lib/pages/category_pages.ts";
import { EMPTY_HISTORY } from "../../../../../src/interactions/history.ts";
import { historyOf } from "../../../../../src/interactions/interactions.ts";
import { affinityModel, tinyInteractions } from "../../../../artifact/tiny_shop.ts";

Deno.test("a page has the products of a category that has at least ten", () => {
  // Eleven products of category 1, two of 2, one of unknown category.
  const categories = Uint32Array.of(1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 2, 0);
  const steps = [0, 6, 13].map((next) => ({ history: EMPTY_HISTORY, next }));
  const questions = pageQuestions(steps, categories);
  assertEquals(questions.map(({ next, page }) => [next, [...page]]), [
    [0, [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11]],
  ]);
});

Deno.test("an order is measured by the place of the visitor's next product", () => {
  const page = Uint32Array.from({ length: 20 }, (_, i) => i);
  const questions = [3, 12].map((next) => ({ history: EMPTY_HISTORY, next, page }));
  // Places 4 and 13.
  const figures = measureOrder(questions, (page) => page);
  assertAlmostEquals(figures.reciprocalRank, (1 / 4 + 1 / 13) / 2, 1e-6);
  assertEquals(figures.firstTen, 0.5);
  // What an order omits is last.
  const short = measureOrder(questions, (page) => page.subarray(0, 5));
  assertAlmostEquals(short.reciprocalRank, (1 / 4 + 1 / 20) / 2, 1e-6);
});

// Ann saw item 0 and bought 1; bob saw 2 twice; another user saw 4 a day later. Nobody saw 3.
const PAGE = Uint32Array.of(0, 1, 2, 3, 4);

Deno.test("shops order by popularity, by the first event, or by price", () => {
  const { popularity, newest, price } = shopOrders(tinyInteractions());
  // The purchase first; of single views the later ones count more, as popularity fades.
  assertEquals([...Array.from(popularity(PAGE, EMPTY_HISTORY))], [1, 4, 2, 0, 3]);
  // What nobody saw is newest; 1 was seen a minute after 0, and 2 a second after it.
  assertEquals([...Array.from(newest(PAGE, EMPTY_HISTORY))], [3, 4, 1, 2, 0]);
  // 5.24, 0.5, 12, unknown, 328.
  assertEquals([...Array.from(price(PAGE, EMPTY_HISTORY))], [1, 0, 2, 4, 3]);
});

Deno.test("a model orders a page as the service does: seen products, too, and all of it", () => {
  const shop = tinyInteractions();
  const order = modelOrder(affinityModel(), shop);
  // Ann's scores: 9, 37, 10, 7, 16.
  assertEquals([...Array.from(order(PAGE, historyOf(shop, 0)))], [1, 4, 2, 0, 3]);
  assertEquals([...Array.from(order(Uint32Array.of(0, 2, 3), historyOf(shop, 0)))], [2, 0, 3]);
});
