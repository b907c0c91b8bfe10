import { shareOf } from "../../src/experiments/share_of.ts";
import { assert, assertEquals } from "../assert.ts";

const USERS = 100_000;

/** Numbers of units in each of ten equal parts. */
function countTenths(shares: readonly number[]): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const share of shares) counts[Math.floor(10 * share)]++;
  return counts;
}

/** Σ (count − wanted)² / wanted, some 9 ± 4.2 for ten parts of random numbers. */
function chiSquare(counts: readonly number[], wanted: number): number {
  return counts.reduce((sum, count) => sum + (count - wanted) ** 2 / wanted, 0);
}

for (
  const [ids, idOf] of Object.entries({
    "consecutive numbers": (user: number) => String(user),
    "numbers with a prefix": (user: number) => `visitor-${1_000_000 + 7 * user}`,
    "letters": (user: number) => user.toString(36).padStart(8, "q"),
  })
) {
  Deno.test(`shares of ${ids} are uniform, and independent between salts`, () => {
    const users = Array.from({ length: USERS }, (_, user) => idOf(user));
    const first = users.map((user) => shareOf(user, { salt: "first" }));
    const second = users.map((user) => shareOf(user, { salt: "second" }));
    assert(first.every((share) => share >= 0 && share < 1));
    assert(chiSquare(countTenths(first), USERS / 10) < 30, `${countTenths(first)}`);
    const lowest = second.filter((_, user) => first[user] < 0.1);
    assert(chiSquare(countTenths(lowest), lowest.length / 10) < 30, `${countTenths(lowest)}`);
    // The digits below the tenth as well.
    const fine = first.map((share) => 1000 * share % 1);
    assert(chiSquare(countTenths(fine), USERS / 10) < 30, `${countTenths(fine)}`);
  });
}

Deno.test("a unit's share never changes between versions", () => {
  assertEquals(shareOf("410006759", { salt: "home" }).toFixed(12), "0.179968072894");
});

Deno.test("salt and unit aren't mixed up", () => {
  assert(shareOf("bc", { salt: "a" }) !== shareOf("c", { salt: "ab" }));
  assert(shareOf("1:b", { salt: "a" }) !== shareOf("b", { salt: "a:1" }));
  assert(shareOf("ä", { salt: "a" }) !== shareOf("Ä", { salt: "a" }));
});
