/** Prints results of kernels on two threads as JSON. `--no-workers` removes Workers first. */
import { invertRidge } from "../../../src/linalg/kernels/invert_ridge.ts";
import { randomizedSvd } from "../../../src/linalg/kernels/randomized_svd.ts";
import { randomCsr } from "../made_at_random.ts";

if (Deno.args.includes("--no-workers")) Reflect.deleteProperty(globalThis, "Worker");

const matrix = randomCsr(60, 40, 0.2, 7);
const decomposed = await randomizedSvd(matrix, { rank: 4, iterations: 2, seed: 1, threads: 2 });
const columns: number[][] = [];
await invertRidge(matrix, {
  lambda: 1,
  tolerance: 1e-3,
  threads: 2,
  visit: (_, values) => columns.push([...values]),
});
console.log(JSON.stringify({ decomposed, columns }));
