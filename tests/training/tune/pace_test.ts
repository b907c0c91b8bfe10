import { createPace } from "../../../src/training/tune/pace.ts";
import { assertEquals } from "../../assert.ts";

const few = { factors: 32 }, many = { factors: 256 }, other = { factors: 64 };

Deno.test("before the first trial nothing is known, and the time is 0", () => {
  assertEquals(createPace().secondsOf({ options: few, users: 100 }), 0);
});

Deno.test("after trials on one sample, time is in proportion to users", () => {
  const pace = createPace();
  pace.add({ options: few, users: 100 }, 2);
  pace.add({ options: many, users: 100 }, 6);
  // Their own times, and the mean for a combination that didn't run.
  assertEquals(pace.secondsOf({ options: few, users: 300 }), 6);
  assertEquals(pace.secondsOf({ options: many, users: 300 }), 18);
  assertEquals(pace.secondsOf({ options: other, users: 300 }), 12);
  assertEquals(pace.secondsOf({ options: other, users: 100 }), 4);
});

Deno.test("a part that doesn't depend on the users shows in a combination on two samples", () => {
  const pace = createPace();
  pace.add({ options: few, users: 100 }, 4);
  pace.add({ options: many, users: 100 }, 8);
  pace.add({ options: few, users: 300 }, 6);
  // 3 s and a hundredth of a second for each user: 12 s for 900, 2 times those for 300.
  assertEquals(pace.secondsOf({ options: few, users: 900 }), 12);
  // On 300 it took 3/2 of the time on 100.
  assertEquals(pace.secondsOf({ options: many, users: 300 }), 12);
  // The mean on the nearest sample is 6.
  assertEquals(pace.secondsOf({ options: other, users: 900 }), 12);
});

Deno.test("that few of many trials reach the larger sample doesn't look like a short time", () => {
  const pace = createPace();
  pace.add({ options: few, users: 100 }, 1);
  pace.add({ options: many, users: 100 }, 20);
  pace.add({ options: few, users: 300 }, 2);
  // 1/2 s and 1/200 s for each user: 5 s for 900.
  assertEquals(pace.secondsOf({ options: few, users: 900 }), 5);
});

Deno.test("of three samples the nearest two tell", () => {
  const pace = createPace();
  pace.add({ options: few, users: 100 }, 3);
  pace.add({ options: few, users: 300 }, 3);
  pace.add({ options: few, users: 900 }, 9);
  // 1/100 s for each user between 300 and 900, none below.
  assertEquals(pace.secondsOf({ options: few, users: 2700 }), 27);
});

Deno.test("a larger sample that took less time is expected to take as long", () => {
  const pace = createPace();
  pace.add({ options: few, users: 100 }, 3);
  pace.add({ options: few, users: 300 }, 2);
  assertEquals(pace.secondsOf({ options: few, users: 900 }), 2);
});

Deno.test("a model whose time grows faster than the users is expected to go on so", () => {
  const pace = createPace();
  pace.add({ options: few, users: 100 }, 1);
  pace.add({ options: few, users: 300 }, 5);
  // 1/50 s for each user beyond 50.
  assertEquals(pace.secondsOf({ options: few, users: 900 }), 17);
});
