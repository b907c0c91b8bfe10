import { servingFindings } from "../../../src/analysis/findings/serving_findings.ts";
import { assertEquals } from "../../assert.ts";

const facts = {
  data: { users: 28_003, items: 7350, events: 230_839 },
  tensors: [{ bytes: 2 ** 20 }, { bytes: 2 ** 21 }],
  lists: [
    { userId: "7", model: "svd", strategy: "personalized" },
    { userId: "nobody", model: "popularity", strategy: "popular" },
  ],
  refusal: 400,
  offline: ["1", "2"],
  online: ["1", "2"],
};

Deno.test("the findings on serving state sizes, answers and whether the lists agree", () => {
  assertEquals(servingFindings(facts), [
    "The artifact holds 28,003 users, 7,350 products and 230,839 events in 3 MiB.",
    "User 7 got a list by svd (personalized).",
    "User nobody got a list by popularity (popular).",
    "A bad request got status 400.",
    "The API's list and the one computed offline are the same.",
  ]);
});

Deno.test("lists that differ in products or length are different", () => {
  const different = "The API's list and the one computed offline are different.";
  assertEquals(servingFindings({ ...facts, online: ["2", "1"] }).at(-1), different);
  assertEquals(servingFindings({ ...facts, online: ["1", "2", "3"] }).at(-1), different);
});
