import {
  createTransformerTrainer,
  type TrainerOptions,
  type TrainingBatch,
} from "../../../src/linalg/kernels/transformer_trainer.ts";
import { createTransformerEncoder } from "../../../src/linalg/kernels/transformer_encoder.ts";
import { assert, assertEquals } from "../../assert.ts";

const SMALL: TrainerOptions = {
  ...{ width: 16, heads: 2, hidden: 16, blocks: 2, longest: 6 },
  ...{ dropout: 0.2, seed: 3, batchEvents: 32, threads: 1 },
};
const ITEMS = 9;

/** Sequences of six, three, one and five items, walking a ring of nine in steps of two. */
const BATCH: TrainingBatch = {
  starts: Uint32Array.of(0, 6, 9, 10, 15),
  items: Uint32Array.from({ length: 15 }, (_, i) => (2 * i) % ITEMS),
  targets: Uint32Array.from({ length: 15 }, (_, i) => (2 * i + 2) % ITEMS),
};
const NEGATIVES: TrainingBatch = {
  ...BATCH,
  negatives: Uint32Array.of(8, 1, 4),
  offsets: new Float32Array(3).fill(Math.log(3)),
};

async function trained(options: TrainerOptions, batch: TrainingBatch, steps: number) {
  using trainer = createTransformerTrainer(ITEMS, options);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push(await trainer.learn(batch, 0.01));
  const states = await trainer.encode(batch);
  const { parameters, vectors } = trainer.weights;
  return { losses, states, parameters: parameters.slice(), vectors: vectors.slice() };
}

for (
  const [title, batch, options] of [
    ["all items", BATCH, SMALL],
    ["negatives", NEGATIVES, { ...SMALL, negatives: 3 }],
  ] as const
) {
  Deno.test(`with ${title}, threads don't change a bit`, async () => {
    const alone = await trained(options, batch, 5);
    for (const threads of [2, 3]) {
      assertEquals(await trained({ ...options, threads }, batch, 5), alone);
    }
  });

  Deno.test(`with ${title}, another seed gives other weights`, async () => {
    const [{ vectors }, other] = [
      await trained(options, batch, 1),
      await trained({ ...options, seed: 4 }, batch, 1),
    ];
    assert(vectors.some((value, i) => value !== other.vectors[i]));
  });

  Deno.test(`with ${title}, the loss of what is learned by heart goes to zero`, async () => {
    const { losses } = await trained({ ...options, dropout: 0 }, batch, 150);
    assert(losses[0] > 1 && losses[149] < 0.02, `${losses[0]} to ${losses[149]}`);
  });
}

Deno.test("after learning, the product with the next item is the largest", async () => {
  const { states, vectors } = await trained({ ...SMALL, dropout: 0 }, BATCH, 150);
  const next = [0, 1, 2, 3].map((s) => {
    const state = states.subarray(16 * s, 16 * (s + 1));
    const products = Array.from(
      { length: ITEMS },
      (_, item) => state.reduce((sum, value, f) => sum + value * vectors[16 * item + f], 0),
    );
    return products.indexOf(Math.max(...products));
  });
  assertEquals(next, [...BATCH.starts.subarray(1)].map((end) => BATCH.targets[end - 1]));
});

Deno.test("with negatives, only the vectors of a batch change", async () => {
  const batch = {
    ...{ starts: Uint32Array.of(0, 2), items: Uint32Array.of(1, 2), targets: Uint32Array.of(2, 3) },
    ...{ negatives: Uint32Array.of(5), offsets: Float32Array.of(0) },
  };
  using trainer = createTransformerTrainer(ITEMS, { ...SMALL, negatives: 1 });
  const before = trainer.weights.vectors.slice();
  await trainer.learn(batch, 0.01);
  const changed = Array.from({ length: ITEMS }, (_, item) => item).filter((item) =>
    before.subarray(16 * item, 16 * item + 16).some((value, f) =>
      value !== trainer.weights.vectors[16 * item + f]
    )
  );
  assertEquals(changed, [1, 2, 3, 5]);
});

Deno.test("more sequences than fit into a batch are encoded all the same", async () => {
  using trainer = createTransformerTrainer(ITEMS, { ...SMALL, batchEvents: 6 });
  const { starts, items } = BATCH;
  const all = await trainer.encode({ starts, items });
  for (let s = 0; s + 1 < starts.length; s++) {
    const own = items.subarray(starts[s], starts[s + 1]);
    const alone = await trainer.encode({ starts: Uint32Array.of(0, own.length), items: own });
    assertEquals(alone, all.slice(16 * s, 16 * (s + 1)));
  }
});

Deno.test("a trained transformer runs on one sequence as it ran while training", async () => {
  const { states, parameters, vectors } = await trained(SMALL, BATCH, 5);
  const encode = createTransformerEncoder(SMALL, parameters);
  for (let s = 0; s < 4; s++) {
    const items = BATCH.items.subarray(BATCH.starts[s], BATCH.starts[s + 1]);
    const own = Float32Array.from([...items].flatMap((item) => [
      ...vectors.subarray(16 * item, 16 * item + 16),
    ]));
    assertEquals([...encode(own)], [...states.subarray(16 * s, 16 * s + 16)]);
  }
});
