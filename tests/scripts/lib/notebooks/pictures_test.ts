import { join } from "node:path";
import { writePictures } from "../../../../scripts/lib/notebooks/pictures.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { assertEquals, assertRejects } from "../../../assert.ts";

Deno.test("only the charts that the documentation shows are written as pictures", async () => {
  using temporary = new TempFolder();
  const folder = temporary.path;
  const chart = (text: string, svg: string[]) => ({
    outputs: [{
      data: { "application/vnd.vegalite.v5+json": { title: { text } }, "image/svg+xml": svg },
    }],
  });
  const notebook = join(folder, "02.ipynb");
  const cells = [
    { source: ["# Behaviour"] },
    chart("Events per day", ["<svg/>"]),
    chart("From view to cart to purchase", ["<svg>\n", "</svg>"]),
    { outputs: [{ text: ["printed"] }] },
  ];
  await Deno.writeTextFile(notebook, JSON.stringify({ cells }));
  const file = join(folder, "docs", "funnel.svg");
  assertEquals(await writePictures([notebook], join(folder, "docs")), [file]);
  assertEquals(await Deno.readTextFile(file), "<svg>\n</svg>");
  await assertRejects(
    () => writePictures([join(folder, "03.ipynb")], join(folder, "docs")),
    InputError,
    "Cannot write pictures",
  );
});
