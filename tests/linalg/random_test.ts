import { mean } from "../../src/base/statistics.ts";
import { createRandom, shuffle, shuffleNearby } from "../../src/linalg/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";

const MASK = 0xffff_ffffn;

/** SplitMix32 and sfc32 from their definitions, in arbitrary-precision integers. */
function* referenceBits(seed: number): Generator<number> {
  let state = BigInt.asUintN(32, BigInt(seed));
  const split = () => {
    state = (state + 0x9e37_79b9n) & MASK;
    let z = ((state ^ (state >> 16n)) * 0x21f0_aaadn) & MASK;
    z = ((z ^ (z >> 15n)) * 0x735a_2d97n) & MASK;
    return z ^ (z >> 15n);
  };
  let a = split(), b = split(), c = split(), counter = 1n;
  for (let i = 0;; i++) {
    const sum = (a + b + counter) & MASK;
    counter = (counter + 1n) & MASK;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & MASK;
    c = (((c << 21n) | (c >> 11n)) + sum) & MASK;
    if (i >= 12) yield Number(sum);
  }
}

Deno.test("the stream is that of sfc32 seeded by SplitMix32", () => {
  for (const seed of [0, 1, 42, -1, 2 ** 31, 123_456_789]) {
    const { next } = createRandom(seed);
    const expected = referenceBits(seed);
    for (let i = 0; i < 1000; i++) assertEquals(next() * 2 ** 32, expected.next().value);
  }
});

Deno.test("the lower 32 bits of the seed determine the stream", () => {
  const firstOf = (seed: number) => createRandom(seed).next();
  assertEquals(firstOf(7), firstOf(7));
  assertEquals(firstOf(7 + 2 ** 32), firstOf(7));
  assertEquals(new Set(Array.from({ length: 1000 }, (_, seed) => firstOf(seed))).size, 1000);
});

Deno.test("numbers are uniform in [0, 1)", () => {
  const { next } = createRandom(3);
  const numbers = Array.from({ length: 100_000 }, next);
  assert(numbers.every((number) => number >= 0 && number < 1));
  // Five standard errors of the mean: 5·√(1/12/n).
  assertAlmostEquals(mean(numbers), 1 / 2, 5 * Math.sqrt(1 / 12 / numbers.length));
});

Deno.test("whole numbers below a limit are equally likely", () => {
  const { integer } = createRandom(4);
  const counts = new Uint32Array(7);
  for (let i = 0; i < 70_000; i++) counts[integer(7)]++;
  // Five standard deviations of a binomial: 5·√(n·p·(1−p)).
  for (const count of counts) assertAlmostEquals(count, 10_000, 5 * Math.sqrt(10_000 * 6 / 7));
  assertEquals(integer(1), 0);
});

Deno.test("normal numbers have mean 0, variance 1 and the right tails", () => {
  const { normal } = createRandom(5);
  const numbers = Array.from({ length: 100_000 }, normal);
  const n = numbers.length;
  assertAlmostEquals(mean(numbers), 0, 5 / Math.sqrt(n));
  assertAlmostEquals(mean(numbers.map((x) => x * x)), 1, 5 * Math.sqrt(2 / n));
  const outside = numbers.filter((x) => Math.abs(x) > 1.959964).length / n;
  assertAlmostEquals(outside, 0.05, 5 * Math.sqrt(0.05 * 0.95 / n));
  // The two numbers of a pair come from one radius and one angle, yet are independent.
  const products = numbers.slice(1).map((x, i) => x * numbers[i]);
  assertAlmostEquals(mean(products), 0, 5 / Math.sqrt(n));
});

Deno.test("shuffling permutes the values in place", () => {
  const values = Uint32Array.from({ length: 100 }, (_, i) => i);
  assertEquals(shuffle(values, createRandom(6)), values);
  assert(values.some((value, i) => value !== i));
  assertEquals(values.toSorted(), Uint32Array.from({ length: 100 }, (_, i) => i));
  assertEquals(shuffle([], createRandom(6)), []);
});

Deno.test("every order of three values is equally likely", () => {
  const random = createRandom(8);
  const counts = new Map<string, number>();
  for (let i = 0; i < 60_000; i++) {
    const order = shuffle([1, 2, 3], random).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals(counts.size, 6);
  for (const count of counts.values()) {
    assertAlmostEquals(count, 10_000, 5 * Math.sqrt(10_000 * 5 / 6));
  }
});

Deno.test("shuffling nearby rows permutes them and leaves the given ones", () => {
  const rows = Uint32Array.from({ length: 5000 }, (_, i) => 2 * i);
  const order = shuffleNearby(rows, createRandom(1));
  assertEquals(order.toSorted(), rows);
  assertEquals(rows[1], 2);
  assertEquals(shuffleNearby(new Uint32Array(0), createRandom(1)), new Uint32Array(0));
});

Deno.test("each 1,024 nearby rows are those of 16 blocks of 64", () => {
  const rows = Uint32Array.from({ length: 64 * 1000 }, (_, i) => i);
  const order = shuffleNearby(rows, createRandom(1));
  for (let at = 0; at < order.length; at += 1024) {
    const blocks = new Set(Array.from(order.subarray(at, at + 1024), (row) => row >> 6));
    assertEquals(blocks.size, Math.min(1024, order.length - at) / 64);
  }
  // Within these, all orders are equally likely: a row follows the one before it once in 1,024.
  const followers = order.filter((row, i) => i > 0 && row === order[i - 1] + 1).length;
  assert(followers < 150, `Of 64,000 rows ${followers} follow the one before`);
});

Deno.test("a row's place among nearby rows is as likely near the beginning as near the end", () => {
  const rows = Uint32Array.from({ length: 3000 }, (_, i) => i);
  const random = createRandom(1);
  const places = Array.from({ length: 2000 }, () => shuffleNearby(rows, random).indexOf(0));
  // The mean of uniform places is 1,499.5, with a standard error of 866 / √2000 = 19.
  assertAlmostEquals(mean(places), 1499.5, 60);
});

Deno.test("filling takes the same numbers as one after another, and goes on after them", () => {
  const filled = createRandom(3), single = createRandom(3);
  const values = new Float32Array(1000);
  filled.fill(values, 0.5);
  assertEquals(values, Float32Array.from(values, () => 0.5 * (2 * single.next() - 1)));
  assertEquals(filled.next(), single.next());
});
