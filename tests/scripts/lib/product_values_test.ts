import { readProductValues } from "../../../scripts/lib/product_values.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { TempFolder } from "../../../src/base/temp_folder.ts";
import { IdMap } from "../../../src/interactions/id_map.ts";
import { assertEquals, assertRejects } from "../../assert.ts";

const itemIds = IdMap.from(["7", "5", "9"]);

/** Reads a file with the given text. */
async function valuesOf(text: string): Promise<Float32Array> {
  using folder = new TempFolder();
  const file = `${folder.path}/margins.csv`;
  await Deno.writeTextFile(file, text);
  return await readProductValues(file, itemIds);
}

Deno.test("a product has the number of its row, whatever the order", async () => {
  assertEquals(
    await valuesOf("margin,product_id\n2.5,9\n-1,7\n4,unknown\n"),
    Float32Array.of(-1, NaN, 2.5),
  );
  assertEquals(
    await valuesOf("\uFEFFproduct_id,margin\r\n5,\r\n7,3\r\n"),
    Float32Array.of(3, NaN, NaN),
  );
});

Deno.test("a file that isn't one number for each product is refused, with the row", async () => {
  const refused: Record<string, string> = {
    "product_id,margin,cost\n7,1,2\n": "must have two columns, product_id and a value",
    "id,margin\n7,1\n": "must have two columns, product_id and a value, got id, margin",
    "product_id,margin\n": "got no rows",
    "product_id,margin\n7,1\n7,2\n": "has a product twice: row 3, product 7",
    "product_id,margin\n5,2\n7,much\n":
      'must have numbers in column margin, got "much" (row 3, product 7)',
    "product_id,margin\n8,2\n": "has no value of a product that the events have",
    "product_id,margin\n7,1,2\n": "isn't CSV with a header",
  };
  for (const [text, message] of Object.entries(refused)) {
    await assertRejects(() => valuesOf(text), InputError, message);
  }
  await assertRejects(
    () => readProductValues("/nonexistent.csv", itemIds),
    InputError,
    "Cannot read values of products: /nonexistent.csv can't be read",
  );
});
