import { createRandom, type Random } from "../random.ts";
import { createSpace, type Space } from "./space.ts";
import { createTeam, type Team } from "./team.ts";
import {
  countParameters,
  createPlan,
  type TransformerPlan,
  type TransformerShape,
} from "./transformer_plan.ts";

/** Sequences of items, one after another. */
export interface PackedSequences {
  /** The start of each sequence; sequences + 1 entries, from 0. */
  readonly starts: Uint32Array;
  /** Item numbers, oldest first. */
  readonly items: Uint32Array;
}

/** Sequences to learn from. */
export interface TrainingBatch extends PackedSequences {
  /** The item that followed each one. */
  readonly targets: Uint32Array;
  /** Distinct items that compete with the targets; absent if all do. */
  readonly negatives?: Uint32Array;
  /** Added to the negatives' products: −ln of how often each is expected among them. */
  readonly offsets?: Float32Array;
}

/** How {@linkcode createTransformerTrainer} learns. */
export interface TrainerOptions extends TransformerShape {
  /** Share of numbers that dropout clears. */
  readonly dropout: number;
  /** Determines the starting values and dropout. */
  readonly seed: number;
  /** Maximum number of events in a batch. */
  readonly batchEvents: number;
  /** Maximum number of negatives; absent if all items compete. */
  readonly negatives?: number;
  /** Default: one per processor. */
  readonly threads?: number;
}

/** The weights of a transformer. */
export interface TransformerWeights {
  /** All but the items' vectors. */
  readonly parameters: Float32Array;
  /** Row-major, items × width. */
  readonly vectors: Float32Array;
}

/** A transformer that learns to predict the next item; see {@linkcode createTransformerTrainer}. */
export interface TransformerTrainer extends Disposable {
  /** The current weights, as views. */
  readonly weights: TransformerWeights;
  /**
   * Takes one step.
   *
   * @param rate The step size.
   * @returns The mean loss before the step.
   */
  learn(batch: TrainingBatch, rate: number): Promise<number>;
  /**
   * The state after each of some sequences, whose products with the items' vectors are the logits
   * of what follows.
   *
   * @returns Row-major, sequences × width.
   */
  encode(sequences: PackedSequences): Promise<Float32Array>;
}

/** Parts of a batch, whose gradients are summed in order, whichever thread computed them. */
const PARTS = 4;

/** As in Kang and McAuley 2018. */
const BETA1 = 0.9, BETA2 = 0.98, EPSILON = 1e-8;

/** Parameters, and rows, per call of the kernel of Adam. */
const PIECE = 8192, PIECE_ROWS = 256;

const FLOAT = Float32Array.BYTES_PER_ELEMENT;

/**
 * Starts training a causal transformer with cross-entropy and Adam (Kingma and Ba 2015), by
 * compiled kernels in single precision. A batch is cut into four parts, each learned from by one
 * kernel call with its own gradient, so results are the same to the last bit with any number of
 * threads.
 *
 * The gradients are worked out by hand, layer by layer. With negatives, only the vectors in a batch
 * are updated.
 *
 * Takes 12 bytes per weight, 16 per weight of the vectors in a batch, and for each event of a batch
 * about 4 · blocks · (8·width + hidden + heads · longest) bytes.
 *
 * @throws {InputError} If the runtime can't run the kernels.
 */
export function createTransformerTrainer(
  items: number,
  options: TrainerOptions,
): TransformerTrainer {
  const space = createSpace();
  const random = createRandom(options.seed);
  const state = createState(space, items, options);
  initialize(state, options, random);
  const team = createTeam(space, {
    threads: options.threads ?? navigator.hardwareConcurrency,
    scratch: scratchOf(space, state.plans[0], { ...options, items }),
  });
  let steps = 0;
  return {
    weights: { parameters: state.parameters.values, vectors: state.vectors.values },
    async learn(batch, rate) {
      steps++;
      const own = placeBatch(state, batch);
      const parts = cutSequences(batch.starts, PARTS);
      const seedCount = 1 + 2 * options.blocks;
      for (let at = 0; at < parts.length * seedCount; at++) {
        state.seeds[at] = random.integer(2 ** 32);
      }
      parts.forEach(({ first, end }, i) => {
        const from = batch.starts[first];
        const starts = placeStarts(state, batch.starts, { first, end }, first + i);
        state.plans[i].set({
          parameters: state.parameters.values.byteOffset,
          vectors: own.vectors,
          vectorCount: own.rows.length,
          starts,
          sequences: end - first,
          inputs: state.inputs.byteOffset + FLOAT * from,
          states: 0,
          targets: state.targets.byteOffset + FLOAT * from,
          candidates: own.candidates,
          offsets: state.offsets.byteOffset,
          dropout: options.dropout,
          seeds: state.seeds.byteOffset + FLOAT * i * seedCount,
          scale: 1 / batch.items.length,
          gradient: state.gradients.byteOffset + i * state.gradientBytes,
          loss: state.losses.byteOffset + i * Float64Array.BYTES_PER_ELEMENT,
        });
      });
      await team.run("learn", parts.map((_, i) => [state.plans[i].pointer]));
      await update(team, state, { rows: own.rows, parts: parts.length, rate, steps });
      return state.losses.subarray(0, parts.length).reduce((sum, loss) => sum + loss, 0) /
        batch.items.length;
    },
    async encode({ starts, items }) {
      // Whatever the number of sequences, as many at a time as fit into a batch.
      const { width, batchEvents } = options;
      const states = new Float32Array((starts.length - 1) * width);
      for (let first = 0; first + 1 < starts.length;) {
        let end = first + 1;
        while (end + 1 < starts.length && starts[end + 1] - starts[first] <= batchEvents) end++;
        const some = starts.subarray(first, end + 1).map((start) => start - starts[first]);
        state.inputs.set(items.subarray(starts[first], starts[end]));
        const parts = cutSequences(some, PARTS);
        parts.forEach((part, i) =>
          state.plans[i].set({
            parameters: state.parameters.values.byteOffset,
            vectors: state.vectors.values.byteOffset,
            starts: placeStarts(state, some, part, part.first + i),
            sequences: part.end - part.first,
            inputs: state.inputs.byteOffset + FLOAT * some[part.first],
            states: state.states.byteOffset + FLOAT * part.first * width,
          })
        );
        await team.run("encode", parts.map((_, i) => [state.plans[i].pointer]));
        states.set(state.states.subarray(0, (end - first) * width), first * width);
        first = end;
      }
      return states;
    },
    [Symbol.dispose]: () => team[Symbol.dispose](),
  };
}

/** Numbers that Adam adapts, with the running means of their gradients and of these squared. */
interface Adapted {
  readonly values: Float32Array;
  readonly means: Float32Array;
  readonly squares: Float32Array;
}

interface TrainerState {
  readonly width: number;
  readonly plans: readonly TransformerPlan[];
  readonly parameters: Adapted;
  readonly vectors: Adapted;
  /** The vectors of a batch, where it hasn't all. */
  readonly gathered: Float32Array;
  /** Their items. */
  readonly rows: Uint32Array;
  /** For each item, its place among them; valid where `rows` confirms it. */
  readonly places: Uint32Array;
  readonly starts: Uint32Array;
  readonly inputs: Uint32Array;
  readonly targets: Uint32Array;
  readonly offsets: Float32Array;
  readonly seeds: Uint32Array;
  readonly states: Float32Array;
  /** One gradient per part, each of this many bytes. */
  readonly gradients: Float32Array;
  readonly gradientBytes: number;
  readonly losses: Float64Array;
}

function createState(space: Space, items: number, options: TrainerOptions): TrainerState {
  const { width, blocks, batchEvents, negatives } = options;
  const adapted = (length: number): Adapted => ({
    values: space.floats(length),
    means: space.floats(length),
    squares: space.floats(length),
  });
  const size = countParameters(options);
  const rows = negatives === undefined ? items : Math.min(items, negatives + 2 * batchEvents);
  const gradient = size + rows * width;
  return {
    width,
    plans: Array.from({ length: PARTS }, () => createPlan(space, options)),
    parameters: adapted(size),
    vectors: adapted(items * width),
    gathered: space.floats(negatives === undefined ? 0 : rows * width),
    rows: space.integers(rows),
    places: new Uint32Array(items),
    starts: space.integers(batchEvents + PARTS + 1),
    inputs: space.integers(batchEvents),
    targets: space.integers(batchEvents),
    offsets: space.floats(8 * Math.ceil((negatives ?? items) / 8)),
    seeds: space.integers(PARTS * (1 + 2 * blocks)),
    states: space.floats(batchEvents * width),
    gradients: space.floats(PARTS * gradient),
    gradientBytes: FLOAT * gradient,
    losses: space.doubles(PARTS),
  };
}

/** Numbers of scratch memory that the largest part of a batch can need. */
function scratchOf(
  { kernels }: Space,
  plan: TransformerPlan,
  { batchEvents, longest, negatives, items }: TrainerOptions & { items: number },
): number {
  const nothing = { parameters: 0, vectors: 0, starts: 0, sequences: 0, inputs: 0, states: 0 };
  plan.set({ ...nothing, candidates: negatives ?? items });
  return kernels.countScratch(
    plan.pointer,
    Math.min(batchEvents, Math.ceil(batchEvents / PARTS) + longest),
  );
}

/**
 * Starting values: gains of 1, biases of 0, vectors and matrices normally distributed with a
 * variance of 1 / their rows.
 */
function initialize(
  { parameters, vectors }: TrainerState,
  shape: TransformerShape,
  random: Random,
): void {
  const { width, heads, hidden, blocks, longest } = shape;
  const { values } = parameters;
  let at = 0;
  const fill = (length: number, deviation: number) => {
    for (const end = at + length; at < end; at++) values[at] = deviation * random.normal();
  };
  const gain = () => {
    values.fill(1, at, at + width);
    at += 2 * width;
  };
  for (let block = 0; block < blocks; block++) {
    gain();
    fill(3 * width * width, 1 / Math.sqrt(width));
    at += 4 * Math.ceil(heads * longest / 4);
    fill(width * width, 1 / Math.sqrt(width));
    gain();
    fill(width * hidden, 1 / Math.sqrt(width));
    fill(hidden * width, 1 / Math.sqrt(hidden));
  }
  gain();
  const deviation = 1 / Math.sqrt(width);
  for (let i = 0; i < vectors.values.length; i++) vectors.values[i] = deviation * random.normal();
}

/** The vectors of a batch: pointer, the items of all, and how many of them are candidates. */
interface BatchVectors {
  readonly vectors: number;
  readonly rows: Uint32Array;
  readonly candidates: number;
}

/** Copies a batch into kernel memory. With negatives, its items are renumbered from 0. */
function placeBatch(state: TrainerState, batch: TrainingBatch): BatchVectors {
  const { rows, places, vectors, width, gathered } = state;
  const { items, targets, negatives, offsets } = batch;
  state.offsets.fill(0);
  if (!negatives) {
    state.inputs.set(items);
    state.targets.set(targets);
    for (let item = 0; item < rows.length; item++) rows[item] = item;
    return { vectors: vectors.values.byteOffset, rows, candidates: rows.length };
  }
  if (offsets) state.offsets.set(offsets);
  let count = 0;
  const placeOf = (item: number) => {
    const place = places[item];
    if (place < count && rows[place] === item) return place;
    rows[count] = item;
    return places[item] = count++;
  };
  negatives.forEach(placeOf);
  for (let i = 0; i < items.length; i++) {
    state.inputs[i] = placeOf(items[i]);
    state.targets[i] = placeOf(targets[i]);
  }
  for (let i = 0; i < count; i++) {
    const from = rows[i] * width;
    gathered.set(vectors.values.subarray(from, from + width), i * width);
  }
  return {
    vectors: gathered.byteOffset,
    rows: rows.subarray(0, count),
    candidates: negatives.length,
  };
}

/** A range of sequences. */
interface SequenceRange {
  readonly first: number;
  readonly end: number;
}

/** Cuts sequences into at most `count` parts of about equally many events. */
function cutSequences(starts: Uint32Array, count: number): SequenceRange[] {
  const sequences = starts.length - 1;
  const parts: SequenceRange[] = [];
  for (let first = 0; first < sequences;) {
    const aim = starts[sequences] * (parts.length + 1) / count;
    let end = first + 1;
    while (end < sequences && (starts[end] + starts[end + 1]) / 2 <= aim) end++;
    if (parts.length + 1 === count) end = sequences;
    parts.push({ first, end });
    first = end;
  }
  return parts;
}

/** Writes the starts of a part's sequences, from 0. @returns Their pointer. */
function placeStarts(
  { starts: placed }: TrainerState,
  starts: Uint32Array,
  { first, end }: SequenceRange,
  at: number,
): number {
  for (let i = 0; i <= end - first; i++) placed[at + i] = starts[first + i] - starts[first];
  return placed.byteOffset + FLOAT * at;
}

/** A step of Adam by the gradients of all parts. */
async function update(
  team: Team,
  { parameters, vectors, gradients, gradientBytes, width }: TrainerState,
  { rows, parts, rate, steps }: { rows: Uint32Array; parts: number; rate: number; steps: number },
): Promise<void> {
  const corrected = rate * Math.sqrt(1 - BETA2 ** steps) / (1 - BETA1 ** steps);
  const adam = [corrected, BETA1, BETA2, EPSILON];
  const size = parameters.values.length;
  const calls: number[][] = [];
  for (let start = 0; start < size; start += PIECE) {
    calls.push([
      parameters.values.byteOffset + FLOAT * start,
      parameters.means.byteOffset + FLOAT * start,
      parameters.squares.byteOffset + FLOAT * start,
      gradients.byteOffset + FLOAT * start,
      gradientBytes,
      parts,
      FLOAT * Math.min(PIECE, size - start),
      ...adam,
    ]);
  }
  await team.run("adam", calls);
  const rowCalls: number[][] = [];
  for (let start = 0; start < rows.length; start += PIECE_ROWS) {
    rowCalls.push([
      rows.byteOffset + FLOAT * start,
      Math.min(PIECE_ROWS, rows.length - start),
      vectors.values.byteOffset,
      vectors.means.byteOffset,
      vectors.squares.byteOffset,
      gradients.byteOffset + FLOAT * (size + start * width),
      gradientBytes,
      parts,
      FLOAT * width,
      ...adam,
    ]);
  }
  await team.run("adamRows", rowCalls);
}
