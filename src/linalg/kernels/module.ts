import { InputError } from "../../base/input_error.ts";

/**
 * The exports of the compiled kernels, each documented in its source. Pointers are byte offsets.
 */
export interface KernelExports {
  scoreItems(
    items: number,
    itemCount: number,
    factors: number,
    x: number,
    constant: number,
    offsets: number,
    order: number,
    scores: number,
  ): void;
  rankItems(
    items: number,
    chunks: number,
    factors: number,
    x: number,
    users: number,
    offsets: number,
    bounds: number,
    order: number,
    seen: number,
    k: number,
    heap: number,
    heapItems: number,
  ): void;
  rankForOne(
    items: number,
    chunks: number,
    factors: number,
    x: number,
    users: number,
    offsets: number,
    bounds: number,
    order: number,
    seen: number,
    k: number,
    heap: number,
    heapItems: number,
  ): void;
  scoreRange(
    items: number,
    itemCount: number,
    factors: number,
    x: number,
    length: number,
    constant: number,
    offsets: number,
    bounds: number,
    scored: number,
    scores: number,
    range: number,
  ): void;
  scoreAbove(
    items: number,
    itemCount: number,
    factors: number,
    x: number,
    length: number,
    constant: number,
    offsets: number,
    bounds: number,
    scored: number,
    scores: number,
    order: number,
    addends: number,
    largestAddends: number,
    factor: number,
    threshold: number,
    outItems: number,
    outScores: number,
  ): number;
  descendUsers(
    users: number,
    count: number,
    indptr: number,
    indices: number,
    values: number,
    mean: number,
    userBiases: number,
    itemBiases: number,
    userFactors: number,
    itemFactors: number,
    stride: number,
    rate: number,
    shrink: number,
    sink: number,
  ): void;
  descendImplicit(
    indices: number,
    values: number,
    count: number,
    mean: number,
    userBias: number,
    itemBiases: number,
    userFactors: number,
    itemFactors: number,
    stride: number,
    rate: number,
    shrink: number,
    z: number,
    pull: number,
  ): void;
  gramOfRows(
    a: number,
    rows: number,
    width: number,
    scales: number,
    gram: number,
    scratch: number,
  ): void;
  rotateRows(a: number, rows: number, width: number, matrix: number, scratch: number): void;
  solveRows(
    rows: number,
    count: number,
    indptr: number,
    indices: number,
    weights: number,
    base: number,
    fixed: number,
    width: number,
    diagonal: number,
    lambdas: number,
    solved: number,
    scratch: number,
  ): void;
  normalProduct(
    indptr: number,
    indices: number,
    values: number,
    rows: number,
    q: number,
    width: number,
    y: number,
    columns: number,
    projected: number,
  ): void;
  sumParts(parts: number, partBytes: number, count: number, length: number, sum: number): void;
  multiplyTransposed(
    blocks: number,
    blockBytes: number,
    count: number,
    w: number,
    rows: number,
    width: number,
    out: number,
  ): void;
  addMultiplied(
    blocks: number,
    blockBytes: number,
    count: number,
    c: number,
    rows: number,
    width: number,
    outWidth: number,
    out: number,
  ): void;
  solvePanel(
    first: number,
    rows: number,
    indptr: number,
    indices: number,
    values: number,
    columns: number,
    lambda: number,
    tolerance: number,
    iterations: number,
    basis: number,
    width: number,
    start: number,
    rest: number,
    out: number,
    scratch: number,
  ): void;
  nearestRows(
    row: number,
    end: number,
    entryPtr: number,
    entries: number,
    records: number,
    similarity: number,
    norms: number,
    damped: number,
    shrinkage: number,
    keep: number,
    starts: number,
    outIndices: number,
    outValues: number,
    counts: number,
    columns: number,
    scratch: number,
  ): void;
  encode(plan: number, scratch: number): void;
  learn(plan: number, scratch: number): void;
  countScratch(plan: number, events: number): number;
  adam(
    x: number,
    m: number,
    v: number,
    parts: number,
    partBytes: number,
    count: number,
    bytes: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  adamRows(
    rows: number,
    count: number,
    x: number,
    m: number,
    v: number,
    parts: number,
    partBytes: number,
    partCount: number,
    bytes: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
}

/** Bytes in a page of WebAssembly memory. */
export const PAGE_BYTES = 65_536;

/** 4 GiB, all that 32-bit pointers reach. */
const MAX_PAGES = 65_536;

/** An instance of the kernels and the memory it works on. */
export interface KernelInstance {
  readonly kernels: KernelExports;
  readonly memory: WebAssembly.Memory;
}

let compiled: WebAssembly.Module | undefined;

/**
 * Instantiates the compiled kernels on a memory that Workers can share.
 *
 * @param memory The memory of another instance to share; by default a new one.
 * @throws {InputError} See {@linkcode requireKernels}.
 */
export function instantiateKernels(memory?: WebAssembly.Memory): KernelInstance {
  const kernels = requireKernels();
  memory ??= new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true });
  const { exports } = new WebAssembly.Instance(kernels, { env: { memory } });
  return { kernels: exports as unknown as KernelExports, memory };
}

/**
 * The compiled kernels; compiles them on the first call.
 *
 * @throws {InputError} If the runtime or the processor lacks WebAssembly, its SIMD or its threads.
 */
export function requireKernels(): WebAssembly.Module {
  return compiled ??= compile();
}

function compile(): WebAssembly.Module {
  const bytes = Deno.readFileSync(new URL("./kernels.wasm", import.meta.url));
  if (typeof WebAssembly === "object" && WebAssembly.validate(bytes)) {
    return new WebAssembly.Module(bytes);
  }
  throw new InputError(
    "Cannot run the compiled kernels: they need WebAssembly with SIMD and threads, which this " +
      "runtime lacks; use Deno 2 on a 64-bit ARM processor or an x86-64 one with SSE 4.1 " +
      "(any of the last ten years), and don't pass V8 the flag --jitless",
  );
}
