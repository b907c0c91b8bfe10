/**
 * The async part of Deno's standard library, typed here because it is published on npm without
 * types.
 */
// @ts-types="./async.d.ts"
export { retry } from "@std/async/retry";
