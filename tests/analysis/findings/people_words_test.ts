import { peopleWords } from "../../../src/analysis/findings/people_words.ts";
import { windowRow } from "../../artifact/tiny_shop.ts";
import { assertEquals } from "../../assert.ts";

const served = windowRow({ hitRate: .42 });
const popularity = windowRow({ model: "popularity", hitRate: .11 });

Deno.test("the hit rate is told as a number of people, beside popularity's", () => {
  assertEquals(peopleWords([popularity, served], "affinity"), {
    served: "Of 10 users who came back, 4 found something new they wanted in their list of 10.",
    popularity: "The most popular products would have done so for 1.",
  });
});

Deno.test("shares that are alike in ten people are told in a hundred or a thousand", () => {
  const close = windowRow({ model: "popularity", hitRate: .38 });
  assertEquals(peopleWords([close, served], "affinity"), {
    served: "Of 100 users who came back, 42 found something new they wanted in their list of 10.",
    popularity: "The most popular products would have done so for 38.",
  });
  const rare = windowRow({ model: "popularity", hitRate: .0004 });
  assertEquals(
    peopleWords([rare, windowRow({ hitRate: .042 })], "affinity")?.popularity,
    "The most popular products would have done so for fewer than 1.",
  );
});

Deno.test("popularity isn't compared with itself", () => {
  assertEquals(peopleWords([popularity], "popularity"), {
    served: "Of 10 users who came back, 1 found something new they wanted in their list of 10.",
  });
});

Deno.test("nothing is said of a model that wasn't measured on the test window", () => {
  assertEquals(
    peopleWords([windowRow({ window: "validation", hitRate: 1 })], "affinity"),
    undefined,
  );
  assertEquals(peopleWords([windowRow({ users: 0 })], "affinity"), undefined);
});
