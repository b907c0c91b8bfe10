import { neighboursOf } from "../../../src/training/tune/neighbours.ts";
import { number, whole } from "../../../src/models/options/option.ts";
import { assertEquals } from "../../assert.ts";

const space = { size: [64, 128, 16], power: [0, 0.25, 0.5], kind: ["a", "b", "c"] };
const beyond = {
  size: whole(64, { min: 1, max: 300, meaning: "" }),
  power: number(0, { min: 0, max: 1, meaning: "" }),
};

/** The values that an option can move to from a value. */
function steps(name: keyof typeof space, value: number | string, reach?: typeof beyond) {
  const options = { size: 64, power: 0.25, kind: "a", [name]: value };
  const others = JSON.stringify({ ...options, [name]: 0 });
  return neighboursOf(options, space, reach ? { beyond: reach } : {}).flat()
    .filter((step) => JSON.stringify({ ...step, [name]: 0 }) === others)
    .map((step) => step[name]);
}

Deno.test("a number moves to the next smaller and larger of its values", () => {
  assertEquals(steps("size", 64), [16, 128]);
  assertEquals(steps("size", 100), [64, 128]);
  assertEquals(steps("size", 128), [64]);
});

Deno.test("at an end, it goes on beyond by the ratio, as far as the rule allows", () => {
  assertEquals(steps("size", 128, beyond), [64, 256]);
  assertEquals(steps("size", 256, beyond), [128]);
  assertEquals(steps("size", 16, beyond), [4, 64]);
  assertEquals(steps("power", 0.5, beyond), [0.25, 1]);
  assertEquals(steps("power", 0, beyond), [0.25]);
});

Deno.test("any other value changes to each of the others", () => {
  assertEquals(steps("kind", "b"), ["a", "c"]);
  const mixed = { size: ["auto", 8, 16] };
  assertEquals(neighboursOf({ size: "auto" }, mixed), [[{ size: 8 }, { size: 16 }]]);
  assertEquals(neighboursOf({ size: 8 }, mixed), [[{ size: 16 }, { size: "auto" }]]);
});
