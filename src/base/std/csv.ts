/**
 * The CSV part of Deno's standard library, typed here because it is published on npm without types.
 */
// @ts-types="./csv.d.ts"
export { stringify } from "@std/csv/stringify";
