/**
 * The assertions of `@std/assert` that the tests use, in one place: the standard library as published on npm
 * comes without types, so they are declared here.
 */
// @ts-types="./assert_types.d.ts"
export { assert } from "@std/assert/assert";
// @ts-types="./assert_types.d.ts"
export { assertAlmostEquals } from "@std/assert/almost-equals";
// @ts-types="./assert_types.d.ts"
export { assertEquals } from "@std/assert/equals";
// @ts-types="./assert_types.d.ts"
export { assertMatch } from "@std/assert/match";
// @ts-types="./assert_types.d.ts"
export { assertRejects } from "@std/assert/rejects";
// @ts-types="./assert_types.d.ts"
export { assertStringIncludes } from "@std/assert/string-includes";
// @ts-types="./assert_types.d.ts"
export { assertThrows } from "@std/assert/throws";
