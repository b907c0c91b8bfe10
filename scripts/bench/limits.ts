/** `deno task bench:limits`: the machine's peak speed, and how close the kernels come to it. */
import { Command } from "commander";
import { createSpace, type Space } from "../../src/linalg/kernels/space.ts";
import { runTask } from "../lib/cli.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";
import { stopwatch } from "./lib/stopwatch.ts";

/** Runs of each trial. The least CPU time counts: other load can only add to it. */
const TRIES = 15;

/** A kernel on one size of data. */
interface Trial {
  readonly name: string;
  /** Number of multiplications and additions. */
  readonly operations: number;
  /** The least number of bytes read from memory. */
  readonly bytes: number;
  readonly run: () => void;
}

const FACTORS = 64;

/** The matrix of a decomposition: 50,000 rows of 16 blocks of 16 columns, in double precision. */
const TALL = { rows: 50_000, blocks: 16, width: 16 };

function trials(space: Space): Trial[] {
  const { kernels } = space;
  const at = space.floats(400_000 * FACTORS).fill(0.01).byteOffset;
  const gram = space.doubles(FACTORS * FACTORS).byteOffset;
  const rotation = space.floats(FACTORS * FACTORS).byteOffset;
  const scratch = space.floats(FACTORS * FACTORS).byteOffset;
  const vector = space.floats(FACTORS).byteOffset;
  const offsets = space.floats(6_400_000).byteOffset;
  const order = space.integers(6_400_000);
  for (let i = 0; i < order.length; i++) order[i] = i;
  const scores = space.floats(6_400_000).byteOffset;
  const score = (items: number, factors: number) => () =>
    kernels.scoreItems(at, items, factors, vector, 0, offsets, order.byteOffset, scores);
  const products = FACTORS * (FACTORS + 4) / 2;
  const { rows, blocks, width } = TALL;
  const blockBytes = 8 * rows * width;
  const block = space.doubles(rows * width).byteOffset;
  const coefficients = space.doubles(blocks * width * width).byteOffset;
  const tall = {
    operations: 2 * rows * blocks * width * width,
    bytes: (blocks + 1) * blockBytes,
  };
  return [
    {
      name: "peak operations: Gram matrix of rows in the cache",
      operations: 2 * 100 * 512 * products,
      bytes: 0,
      run() {
        for (let i = 0; i < 100; i++) kernels.gramOfRows(at, 512, FACTORS, 0, gram, scratch);
      },
    },
    {
      name: "peak bytes: scoring 6.4 million items of 4 factors",
      operations: 2 * 6_400_000 * 4,
      bytes: 6_400_000 * 28,
      run: score(6_400_000, 4),
    },
    {
      name: "scoring 50,000 items of 64 factors",
      operations: 2 * 50_000 * FACTORS,
      bytes: 50_000 * (4 * FACTORS + 12),
      run: score(50_000, FACTORS),
    },
    {
      name: "Gram matrix of 400,000 rows",
      operations: 2 * 400_000 * products,
      bytes: 400_000 * 4 * FACTORS,
      run: () => kernels.gramOfRows(at, 400_000, FACTORS, 0, gram, scratch),
    },
    {
      name: "rotating 400,000 rows",
      operations: 2 * 400_000 * FACTORS ** 2,
      bytes: 400_000 * 8 * FACTORS,
      run: () => kernels.rotateRows(at, 400_000, FACTORS, rotation, scratch),
    },
    {
      name: "QᵀW of 50,000 rows in double precision, 256 × 16 columns",
      ...tall,
      run: () =>
        kernels.multiplyTransposed(at, blockBytes, blocks, block, rows, width, coefficients),
    },
    {
      name: "W + Q·C of 50,000 rows in double precision, 256 × 16 columns",
      ...tall,
      run: () =>
        kernels.addMultiplied(at, blockBytes, blocks, coefficients, rows, width, width, block),
    },
  ];
}

function measure({ name, operations, bytes, run }: Trial): BenchRow[] {
  let best = Infinity;
  for (let i = 0; i < TRIES; i++) {
    const elapsed = stopwatch();
    run();
    best = Math.min(best, elapsed().cpu_seconds);
  }
  const row = { bench: "limits", name, options: { tries: TRIES, figure: "best" } };
  return [
    { ...row, metric: "cpu_seconds", value: best, unit: "s" },
    { ...row, metric: "speed", value: operations / best / 1e9, unit: "GFLOP/s" },
    ...(bytes > 0 ? [{ ...row, metric: "memory", value: bytes / best / 1e9, unit: "GB/s" }] : []),
  ];
}

async function run(flags: { json?: string }): Promise<void> {
  await reportRows(trials(createSpace()).flatMap(measure), flags);
}

if (import.meta.main) {
  const command = new Command("deno task bench:limits")
    .description(
      "Measures the peak speed of one CPU and its memory, and how close the kernels come to it",
    )
    .option("--json <file>", "also write the figures as JSON")
    .action(run);
  await runTask(command);
}
