// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.
import { attend, attendGradient, weightBytes } from "./attention.ts";
import {
  addScaledRow,
  addTo,
  dropOut,
  normalizeGradient,
  normalizeRows,
  rectify,
  rectifyGradient,
} from "./elementwise.ts";
import { addTransposedProduct, multiplyPacked, packColumns, packTransposed } from "./products.ts";
import { sampledSoftmax, softmaxScratch } from "./sampled_softmax.ts";

/** What a call works on: words of four bytes, in this order. */
@unmanaged
// deno-lint-ignore no-unused-vars
class Plan {
  /** Length of the items' vectors: a multiple of 8 · `heads`. */
  width: i32;
  heads: i32;
  /** Width of the hidden layer of the feed-forward networks, a multiple of 8. */
  hidden: i32;
  blocks: i32;
  /** Number of events of the longest sequence. */
  longest: i32;
  /** The parameters of all blocks and of the last normalization; see `offsetOf…` below. */
  parameters: usize;
  /** The items' vectors in use, row-major. */
  vectors: usize;
  vectorCount: i32;
  /** Sequences, one after another: their starts, `sequences` + 1 numbers from 0. */
  starts: usize;
  sequences: i32;
  /** The vector of each event. */
  inputs: usize;
  /** Output of `encode`: the state after the last event of each sequence. */
  states: usize;
  /** What follows serves `learn` alone. The vector of the event after each event. */
  targets: usize;
  /** The first vectors are those that compete with the targets. */
  candidates: i32;
  /** Added to their products, padded to a multiple of eight. */
  offsets: usize;
  /** Of every 2³² numbers, how many dropout clears. */
  threshold: u32;
  /** One seed for the input and two for each block. */
  seeds: usize;
  /** The gradient's factor. */
  scale: f32;
  /** Output: the gradient of the parameters, followed by that of the vectors. */
  gradient: usize;
  /** Output: the sum of all losses, a double. */
  loss: usize;
}

/*
 * The parameters of a block, one after another: gain and bias, W_qkv (width × 3·width), biases
 * (heads × longest), W_out (width × width), gain and bias, W_up (width × hidden), W_down (hidden ×
 * width). After all blocks, gain and bias.
 */
function inputBytes(plan: Plan): usize {
  return <usize> (2 * plan.width) << 2;
}
function biasBytes(plan: Plan): usize {
  return <usize> ((plan.heads * plan.longest + 3) & ~3) << 2;
}
function squareBytes(plan: Plan): usize {
  return <usize> (plan.width * plan.width) << 2;
}
function hiddenBytes(plan: Plan): usize {
  return <usize> (plan.width * plan.hidden) << 2;
}
function blockBytes(plan: Plan): usize {
  return 2 * inputBytes(plan) + biasBytes(plan) + 4 * squareBytes(plan) + 2 * hiddenBytes(plan);
}
function parameterBytes(plan: Plan): usize {
  return <usize> plan.blocks * blockBytes(plan) + inputBytes(plan);
}

/** Bytes of the attention weights of all sequences of a block. */
function attentionBytes(plan: Plan): usize {
  let bytes: usize = 0;
  for (let s = 0; s < plan.sequences; s++) {
    const length = lengthOf(plan, s);
    bytes += <usize> (plan.heads * length) * weightBytes(length);
  }
  return bytes;
}
function startOf(plan: Plan, sequence: i32): i32 {
  return load<i32>(plan.starts + (<usize> sequence << 2));
}
function lengthOf(plan: Plan, sequence: i32): i32 {
  return startOf(plan, sequence + 1) - startOf(plan, sequence);
}

/*
 * What the forward pass of a block leaves for the backward pass, for each event: x̂, scale, y, qkv,
 * attention's output; x̂, scale, y, the hidden layer; and the attention weights.
 */
function rowBytes(plan: Plan): usize {
  return <usize> (8 * plan.width + plan.hidden + 2) << 2;
}

/** Numbers of scratch memory that `encode` and `learn` need, at most. */
export function countScratch(plan: Plan, events: i32): i32 {
  const rows = <usize> events;
  const width = <usize> plan.width;
  const weights = rows * <usize> plan.heads * (weightBytes(plan.longest) >> 2);
  const panels = width * max(3 * width, <usize> max(plan.hidden, plan.longest + 8));
  const stored = <usize> plan.blocks * (rows * (rowBytes(plan) >> 2) + weights);
  const working = rows * (6 * width + max(3 * width, <usize> plan.hidden) + 1);
  const head = <usize> plan.longest * (weightBytes(plan.longest) >> 2);
  const softmax = softmaxScratch(plan.width, plan.candidates);
  return <i32> (stored + working + panels + head + softmax);
}

/** Where the next working memory begins. */
let top: usize = 0;

function take(numbers: usize): usize {
  const start = top;
  top += numbers << 2;
  return start;
}

/** A · W, W being row-major, depth × columns. */
function multiply(
  a: usize,
  rows: i32,
  depth: i32,
  w: usize,
  columns: i32,
  out: usize,
  panels: usize,
): void {
  const depthBytes = <usize> depth << 2, columnBytes = <usize> columns << 2;
  packColumns(w, columnBytes, depth, columns, panels);
  const panelBytes = <usize> depth << 5;
  multiplyPacked(a, depthBytes, rows, depth, panels, panelBytes, columns, out, columnBytes, 0);
}

/** D · Wᵀ, W being row-major, depth × columns. */
function multiplyTransposed(
  d: usize,
  rows: i32,
  depth: i32,
  w: usize,
  columns: i32,
  out: usize,
  panels: usize,
): void {
  const depthBytes = <usize> depth << 2, columnBytes = <usize> columns << 2;
  packTransposed(w, columnBytes, columns, depth, panels);
  const panelBytes = <usize> columns << 5;
  multiplyPacked(d, columnBytes, rows, columns, panels, panelBytes, depth, out, depthBytes, 0);
}

/** dW += Aᵀ · D */
function addGradient(a: usize, depth: i32, d: usize, columns: i32, rows: i32, dW: usize): void {
  const depthBytes = <usize> depth << 2, columnBytes = <usize> columns << 2;
  addTransposedProduct(a, depthBytes, d, columnBytes, rows, depth, columns, dW, columnBytes);
}

function seedOf(plan: Plan, index: i32): i32 {
  return load<i32>(plan.seeds + (<usize> index << 2));
}

/** 1 / the share that dropout keeps. */
function dropScale(plan: Plan): f32 {
  return <f32> (4294967296.0 / (4294967296.0 - <f64> plan.threshold));
}

/** The scaled vectors of the events, and what all blocks make of them. @returns The states. */
function forward(plan: Plan, rows: i32, stored: usize, panels: usize): usize {
  const bytes = <usize> plan.width << 2, size = <usize> rows * bytes;
  const x = take(size >> 2);
  const scale = sqrt<f32>(<f32> plan.width);
  memory.fill(x, 0, size);
  for (let row = 0; row < rows; row++) {
    const vector = <usize> load<u32>(plan.inputs + (<usize> row << 2)) * bytes;
    addScaledRow(x + <usize> row * bytes, plan.vectors + vector, scale, bytes);
  }
  dropOut(x, size, seedOf(plan, 0), plan.threshold, dropScale(plan));
  const interval = <usize> rows * rowBytes(plan) + attentionBytes(plan);
  for (let block = 0; block < plan.blocks; block++) {
    forwardBlock(plan, rows, block, x, stored + <usize> block * interval, panels);
  }
  return x;
}

/** x += attention(x̄), then x += feed-forward(x̄), x̄ being normalized; keeps what both need. */
function forwardBlock(
  plan: Plan,
  rows: i32,
  block: i32,
  x: usize,
  stored: usize,
  panels: usize,
): void {
  const width = plan.width, hidden = plan.hidden;
  const bytes = <usize> width << 2, size = <usize> rows * bytes;
  const gain = plan.parameters + <usize> block * blockBytes(plan);
  const wQkv = gain + inputBytes(plan), biases = wQkv + 3 * squareBytes(plan);
  const wOut = biases + biasBytes(plan), gain2 = wOut + squareBytes(plan);
  const wUp = gain2 + inputBytes(plan), wDown = wUp + hiddenBytes(plan);
  const normalized = stored, y = stored + size, qkv = y + size, mixed = qkv + 3 * size;
  const normalized2 = mixed + size, y2 = normalized2 + size, up = y2 + size;
  const scales = up + <usize> (rows * hidden << 2), scales2 = scales + (<usize> rows << 2);
  let weights = scales2 + (<usize> rows << 2);
  // Until the hidden layer is computed, its memory is free; so is y2's.
  normalizeRows(x, rows, width, gain, normalized, scales, y);
  multiply(y, rows, width, wQkv, 3 * width, qkv, panels);
  for (let s = 0; s < plan.sequences; s++) {
    const length = lengthOf(plan, s), at = <usize> startOf(plan, s) * bytes;
    const longest = plan.longest;
    attend(qkv + 3 * at, length, width, plan.heads, biases, longest, weights, mixed + at, panels);
    weights += <usize> (plan.heads * length) * weightBytes(length);
  }
  multiply(mixed, rows, width, wOut, width, y2, panels);
  dropOut(y2, size, seedOf(plan, 1 + 2 * block), plan.threshold, dropScale(plan));
  addTo(x, y2, size);
  normalizeRows(x, rows, width, gain2, normalized2, scales2, y2);
  multiply(y2, rows, width, wUp, hidden, up, panels);
  rectify(up, <usize> (rows * hidden) << 2);
  const down = take(size >> 2);
  multiply(up, rows, hidden, wDown, width, down, panels);
  dropOut(down, size, seedOf(plan, 2 + 2 * block), plan.threshold, dropScale(plan));
  addTo(x, down, size);
  top = down;
}

/** Turns the gradient of a block's output into that of its input. */
function backwardBlock(
  plan: Plan,
  rows: i32,
  block: i32,
  dx: usize,
  stored: usize,
  panels: usize,
): void {
  const width = plan.width, hidden = plan.hidden;
  const bytes = <usize> width << 2, size = <usize> rows * bytes;
  const gain = plan.parameters + <usize> block * blockBytes(plan);
  const wQkv = gain + inputBytes(plan), biases = wQkv + 3 * squareBytes(plan);
  const wOut = biases + biasBytes(plan), gain2 = wOut + squareBytes(plan);
  const wUp = gain2 + inputBytes(plan), wDown = wUp + hiddenBytes(plan);
  const gradient = plan.gradient - plan.parameters;
  const normalized = stored, y = stored + size, qkv = y + size, mixed = qkv + 3 * size;
  const normalized2 = mixed + size, y2 = normalized2 + size, up = y2 + size;
  const scales = up + <usize> (rows * hidden << 2), scales2 = scales + (<usize> rows << 2);
  let weights = scales2 + (<usize> rows << 2);
  const before = top;
  const d = take(size >> 2), dy = take(size >> 2);
  const wide = take(<usize> (rows * max(3 * width, hidden)));
  const head = take(<usize> plan.longest * (weightBytes(plan.longest) >> 2));

  memory.copy(d, dx, size);
  dropOut(d, size, seedOf(plan, 2 + 2 * block), plan.threshold, dropScale(plan));
  addGradient(up, hidden, d, width, rows, gradient + wDown);
  multiplyTransposed(d, rows, hidden, wDown, width, wide, panels);
  rectifyGradient(up, wide, <usize> (rows * hidden) << 2);
  addGradient(y2, width, wide, hidden, rows, gradient + wUp);
  multiplyTransposed(wide, rows, width, wUp, hidden, dy, panels);
  normalizeGradient(dy, rows, width, gain2, normalized2, scales2, gradient + gain2, dx);

  memory.copy(d, dx, size);
  dropOut(d, size, seedOf(plan, 1 + 2 * block), plan.threshold, dropScale(plan));
  addGradient(mixed, width, d, width, rows, gradient + wOut);
  multiplyTransposed(d, rows, width, wOut, width, dy, panels);
  for (let s = 0; s < plan.sequences; s++) {
    const length = lengthOf(plan, s), at = <usize> startOf(plan, s) * bytes;
    attendGradient(
      qkv + 3 * at,
      length,
      width,
      plan.heads,
      plan.longest,
      weights,
      dy + at,
      wide + 3 * at,
      gradient + biases,
      panels,
      head,
    );
    weights += <usize> (plan.heads * length) * weightBytes(length);
  }
  addGradient(y, width, wide, 3 * width, rows, gradient + wQkv);
  multiplyTransposed(wide, rows, width, wQkv, 3 * width, dy, panels);
  normalizeGradient(dy, rows, width, gain, normalized, scales, gradient + gain, dx);
  top = before;
}

/**
 * The state after each event of some sequences, by a causal transformer with normalization before
 * each layer.
 */
export function encode(plan: Plan, scratch: usize): void {
  const rows = startOf(plan, plan.sequences), bytes = <usize> plan.width << 2;
  top = scratch;
  const panels = takePanels(plan);
  const stored = takeStored(plan, rows);
  const x = forward(plan, rows, stored, panels);
  const normalized = take(<usize> plan.width), scales = take(1);
  const gain = plan.parameters + <usize> plan.blocks * blockBytes(plan);
  for (let s = 0; s < plan.sequences; s++) {
    const last = x + <usize> (startOf(plan, s + 1) - 1) * bytes;
    const to = plan.states + <usize> s * bytes;
    normalizeRows(last, 1, plan.width, gain, normalized, scales, to);
  }
}

function takePanels(plan: Plan): usize {
  return take(<usize> (plan.width * max(3 * plan.width, max(plan.hidden, plan.longest + 8))));
}

function takeStored(plan: Plan, rows: i32): usize {
  const bytes = <usize> rows * rowBytes(plan) + attentionBytes(plan);
  return take(<usize> plan.blocks * bytes >> 2);
}

/** The loss of predicting each event from those before it, and its gradient. */
export function learn(plan: Plan, scratch: usize): void {
  const rows = startOf(plan, plan.sequences), width = plan.width;
  const bytes = <usize> width << 2, size = <usize> rows * bytes;
  const gradientBytes = parameterBytes(plan);
  const dVectors = plan.gradient + gradientBytes;
  memory.fill(plan.gradient, 0, gradientBytes + <usize> plan.vectorCount * bytes);
  top = scratch;
  const panels = takePanels(plan);
  const stored = takeStored(plan, rows);
  const x = forward(plan, rows, stored, panels);
  const normalized = take(size >> 2), scales = take(<usize> rows), states = take(size >> 2);
  const last = <usize> plan.blocks * blockBytes(plan);
  const gain = plan.parameters + last;
  normalizeRows(x, rows, width, gain, normalized, scales, states);
  const dStates = take(size >> 2);
  const loss = sampledSoftmax(
    states,
    rows,
    width,
    plan.targets,
    plan.vectors,
    plan.candidates,
    plan.offsets,
    plan.scale,
    dStates,
    dVectors,
    top,
  );
  store<f64>(plan.loss, loss);
  // From here on x isn't needed, and its memory takes its gradient.
  const dx = x;
  memory.fill(dx, 0, size);
  normalizeGradient(dStates, rows, width, gain, normalized, scales, plan.gradient + last, dx);
  top = normalized;
  const interval = <usize> rows * rowBytes(plan) + attentionBytes(plan);
  for (let block = plan.blocks - 1; block >= 0; block--) {
    backwardBlock(plan, rows, block, dx, stored + <usize> block * interval, panels);
  }
  dropOut(dx, size, seedOf(plan, 0), plan.threshold, dropScale(plan));
  const scale = sqrt<f32>(<f32> width);
  for (let row = 0; row < rows; row++) {
    const vector = <usize> load<u32>(plan.inputs + (<usize> row << 2)) * bytes;
    addScaledRow(dVectors + vector, dx + <usize> row * bytes, scale, bytes);
  }
}
