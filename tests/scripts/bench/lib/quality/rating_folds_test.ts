import {
  holdOutRatings,
  readRatingFold,
} from "../../../../../scripts/bench/lib/quality/rating_folds.ts";
import { InputError } from "../../../../../src/base/input_error.ts";
import { TempFolder } from "../../../../../src/base/temp_folder.ts";
import type { Csr } from "../../../../../src/linalg/sparse/csr.ts";
import { assertAlmostEquals, assertEquals, assertRejects } from "../../../../assert.ts";

async function withFold(
  { base, test }: { base: string; test: string },
  run: (folder: string) => Promise<void>,
): Promise<void> {
  using temporary = new TempFolder();
  const folder = temporary.path;
  await Deno.writeTextFile(`${folder}/u3.base`, base);
  await Deno.writeTextFile(`${folder}/u3.test`, test);
  await run(folder);
}

Deno.test("both parts of a fold number users and items in the same way, in id order", async () => {
  const files = { base: "7\t10\t5\t300\n7\t2\t3\t200\n", test: "9\t10\t1\t100\n7\t11\t4\t50\n" };
  await withFold(files, async (folder) => {
    assertEquals(await readRatingFold(folder, 3), {
      train: {
        rows: 2,
        columns: 3,
        indptr: Uint32Array.of(0, 2, 2),
        indices: Uint32Array.of(0, 1),
        values: Float32Array.of(3, 5),
      },
      test: {
        rows: 2,
        columns: 3,
        indptr: Uint32Array.of(0, 1, 2),
        indices: Uint32Array.of(2, 1),
        values: Float32Array.of(4, 1),
      },
    });
  });
});

Deno.test("a missing, empty or malformed file is reported with its name", async () => {
  await withFold({ base: "1\t1\t5\t1\n1\t2\t5\n", test: "" }, async (folder) => {
    await assertRejects(() => readRatingFold(folder, 1), InputError, "u1.base");
    await assertRejects(() => readRatingFold(folder, 3), InputError, "got 3 numbers in rating 2");
  });
  await withFold({ base: "1\t1\t5\t1\n", test: "" }, async (folder) => {
    await assertRejects(() => readRatingFold(folder, 3), InputError, "u3.test");
  });
});

Deno.test("every rating is either held out or kept", () => {
  const users = 40, items = 100, count = users * items;
  const ratings: Csr = {
    rows: users,
    columns: items,
    indptr: Uint32Array.from({ length: users + 1 }, (_, user) => user * items),
    indices: Uint32Array.from({ length: count }, (_, p) => p % items),
    values: Float32Array.from({ length: count }, (_, p) => p),
  };
  const { train, test } = holdOutRatings(ratings, { share: 0.1, seed: 1 });
  const all = [...train.values, ...test.values].sort((a, b) => a - b);
  assertEquals(all, [...ratings.values]);
  // Five standard deviations of a binomial: 5·√(n·p·(1−p)).
  assertAlmostEquals(test.values.length, 0.1 * count, 5 * Math.sqrt(count * 0.1 * 0.9));
  assertEquals(holdOutRatings(ratings, { share: 0.1, seed: 1 }), { train, test });
});
