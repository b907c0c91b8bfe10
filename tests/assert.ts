/**
 * The assertions of Deno's standard library, typed here because it is published on npm without
 * types: tests stay strictly checked.
 */
// @ts-types="./assert.d.ts"
export {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
