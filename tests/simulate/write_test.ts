import { InputError } from "../../src/base/input_error.ts";
import { writeSimulation } from "../../src/simulate/mod.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { simulatedText } from "./simulated_events.ts";

const options = { events: 2000, days: 2, seed: 9 };

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name);

Deno.test("a simulation is written as CSV, and nothing else is left in the folder", () =>
  withFolder(async (folder) => {
    await writeSimulation(`${folder}/month.csv`, options);
    assertEquals(await Deno.readTextFile(`${folder}/month.csv`), simulatedText(options));
    assertEquals(names(folder), ["month.csv"]);
  }));

Deno.test("a name that ends in .gz gets the same text, gzipped", () =>
  withFolder(async (folder) => {
    await writeSimulation(`${folder}/month.csv.gz`, options);
    const file = await Deno.open(`${folder}/month.csv.gz`);
    const text = file.readable.pipeThrough(new DecompressionStream("gzip"));
    assertEquals(await new Response(text).text(), simulatedText(options));
  }));

Deno.test("a missing folder is created, unless a file has its name", () =>
  withFolder(async (folder) => {
    await writeSimulation(`${folder}/new/month.csv`, options);
    assertEquals(names(`${folder}/new`), ["month.csv"]);
    await assertRejects(
      () => writeSimulation(`${folder}/new/month.csv/month.csv`, options),
      InputError,
      `Cannot write ${folder}/new/month.csv/month.csv`,
    );
  }));

Deno.test("a name without .csv or .csv.gz is rejected", () =>
  withFolder(async (folder) => {
    await assertRejects(
      () => writeSimulation(`${folder}/month.parquet`, options),
      InputError,
      "must end in .csv or .csv.gz",
    );
    assertEquals(names(folder), []);
  }));

Deno.test("a bad option leaves the old file untouched", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/month.csv`, "old");
    await assertRejects(
      () => writeSimulation(`${folder}/month.csv`, { ...options, days: 0 }),
      InputError,
      "days must be a whole number",
    );
    assertEquals(await Deno.readTextFile(`${folder}/month.csv`), "old");
  }));

Deno.test("a file that can't be renamed is removed", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/month.csv/full`, { recursive: true });
    await assertRejects(
      () => writeSimulation(`${folder}/month.csv`, options),
      InputError,
      "Cannot write",
    );
    assertEquals(names(folder), ["month.csv"]);
  }));
