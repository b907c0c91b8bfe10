/** What the compiled kernels export; pointers are offsets in bytes. Each is described where its source is. */
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
  descend(
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
  gramOfRows(a: number, rows: number, width: number, gram: number, tile: number): void;
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
}

/** The size of a page of memory. */
export const PAGE_BYTES = 65_536;

/** As much as 32-bit pointers reach. */
const MAX_PAGES = 65_536;

/** Kernels at work on a memory of their own. */
export interface KernelInstance {
  readonly kernels: KernelExports;
  readonly memory: WebAssembly.Memory;
}

let compiled: WebAssembly.Module | null | undefined;

/**
 * Makes an instance of the compiled kernels, on a memory that Workers can share.
 *
 * @param memory One that another instance works on; default a new one.
 * @returns `null` where the runtime lacks WebAssembly, its SIMD or shared memory, which is said once in the
 * log: whoever asks must have plain code that does the same.
 */
export function instantiateKernels(memory?: WebAssembly.Memory): KernelInstance | null {
  if (compiled === undefined) compiled = compile();
  if (compiled === null) return null;
  memory ??= new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { kernels: exports as unknown as KernelExports, memory };
}

function compile(): WebAssembly.Module | null {
  const bytes = Deno.readFileSync(new URL("./kernels.wasm", import.meta.url));
  if (typeof WebAssembly === "object" && WebAssembly.validate(bytes)) {
    return new WebAssembly.Module(bytes);
  }
  console.warn(
    "This runtime lacks WebAssembly with SIMD and threads: computing without it gives the same results, later",
  );
  return null;
}
