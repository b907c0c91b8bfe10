/** The CSV part of Deno's standard library, typed here because npm publishes it without types. */
// @ts-types="./csv.d.ts"
export { stringify } from "@std/csv/stringify";
// @ts-types="./csv.d.ts"
export { parse } from "@std/csv/parse";
