/** Runs all notebooks in Jupyter, on a small simulated file, and checks their outputs. */
import { join } from "node:path";
import { setUpJupyter } from "../scripts/lib/notebooks/jupyter.ts";
import { findNotebooks } from "../scripts/lib/notebooks/notebooks.ts";
import { runNotebook } from "../scripts/lib/notebooks/run_notebook.ts";
import { TempFolder } from "../src/base/temp_folder.ts";
import { simulateCsv } from "../src/simulate/mod.ts";
import { defaultAlgorithms } from "../src/models/mod.ts";
import { InputError } from "../src/base/input_error.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "./assert.ts";
import { type NotebookOutputs, readNotebook, tableRows } from "./notebook_outputs.ts";

/** The titles of each notebook's charts. */
const CHARTS: Readonly<Record<string, readonly string[]>> = {
  "01_cleaning.ipynb": [
    "Issues in the raw data",
    "Rows removed by cleaning",
    "Events per day",
  ],
  "02_behaviour.ipynb": [
    "From view to cart to purchase",
    "Conversion rates by week",
    "Top products by revenue",
    "Top products by conversion",
    "Top brands by sales",
    "Top brands by revenue",
    "Top brands by conversion",
    "Price by type of event",
    "Prices of products viewed, added to the cart, removed and bought",
    "Conversion by price",
    "Price elasticity of conversion by brand",
    "When people shop",
    "Sessions per user",
    "Retention by weekly cohort",
    "Concentration of popularity",
    "Products viewed together",
    "Products bought together",
  ],
  "03_model_comparison.ipynb": [
    "Train on the past, test on what came next",
    "Models compared",
    "Where models rank what users went on to",
    "Grid search",
    "Grid: pure_svd",
    "Accuracy against variety",
    "Accuracy by length of history",
  ],
  "04_from_model_to_api.ipynb": [],
};

const MAX_BYTES = 1_000_000;
const MAX_CELL_LINES = 10;

Deno.test("the notebooks run in Jupyter and show the expected outputs", async (test) => {
  using temporary = new TempFolder();
  const folder = temporary.path;
  const rows = simulatedRows();
  const file = join(folder, "events.csv");
  await Deno.writeTextFile(file, rows.join("\n") + "\n");
  const jupyter = await setUpJupyter("nbconvert", console.error);
  const outputs = new Map<string, NotebookOutputs>();
  for (const path of await findNotebooks()) {
    const name = path.split("/").at(-1)!;
    await test.step(`${name} runs without errors and shows its charts`, async () => {
      await runNotebook(jupyter, path, { into: folder, env: { EVENTS: file } });
      const shown = await readNotebook(join(folder, name));
      outputs.set(name, shown);
      assertEquals(shown.complaints, []);
      assertEquals([...shown.charts.keys()], CHARTS[name]);
      assert(shown.tables.length > 0, "there must be at least one table");
      const advice = shown.advice.length;
      assert(advice >= 3 && advice <= 5, `there must be 3 to 5 pieces of advice, got ${advice}`);
    });
  }
  await test.step("a failing cell is reported, and nothing is written", async () => {
    const failing = join(folder, "failing.ipynb");
    const cell = {
      cell_type: "code",
      metadata: {},
      outputs: [],
      source: ["throw Error('boom')"],
    };
    const cells = [{ ...cell, id: "fails", execution_count: null }];
    const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
    await Deno.writeTextFile(failing, JSON.stringify(notebook));
    const into = join(folder, "out");
    const error = await assertRejects(() => runNotebook(jupyter, failing, { into }), InputError);
    assertStringIncludes(error.message, "throw Error('boom')");
    assertStringIncludes(error.message, "Error: boom");
    await assertRejects(() => Deno.stat(join(into, "failing.ipynb")), Deno.errors.NotFound);
  });
  await test.step("the funnel matches an independent count", () => {
    const chart = outputs.get("02_behaviour.ipynb")?.charts.get("From view to cart to purchase");
    const shown = chart?.data?.values.map(({ unit, stage, units }) => [unit, stage, units]);
    assertEquals(shown, countFunnels(rows.slice(1)));
  });
  await test.step("the comparison table has every registered model", () => {
    const tables = outputs.get("03_model_comparison.ipynb")?.tables.map(tableRows) ?? [];
    const comparison = tables.find(([first]) => first !== undefined && "NDCG" in first) ?? [];
    assertEquals(comparison.map(({ Model }) => Model), defaultAlgorithms.map(({ name }) => name));
  });
  await test.step("the API's list matches the one computed offline", () => {
    const tables = outputs.get("04_from_model_to_api.ipynb")?.tables.map(tableRows) ?? [];
    const lists = tables.find(([first]) => first !== undefined && "offline" in first) ?? [];
    assertEquals(lists.length, 5);
    assertEquals(lists.map(({ API }) => API), lists.map(({ offline }) => offline));
  });
  await test.step("the bad request is refused", () => {
    const findings = outputs.get("04_from_model_to_api.ipynb")?.findings ?? [];
    assert(
      findings.some((finding) => finding.includes("A bad request got status 400")),
      findings.join("\n"),
    );
  });
});

Deno.test("the notebooks run on a hundred events without a purchase", async (test) => {
  using temporary = new TempFolder();
  const folder = temporary.path;
  const file = join(folder, "events.csv");
  const [header, ...rows] = simulatedRows();
  const views = rows.filter((row) => !row.includes(",purchase,")).slice(0, 100);
  await Deno.writeTextFile(file, [header, ...views].join("\n") + "\n");
  const jupyter = await setUpJupyter("nbconvert", console.error);
  for (const path of await findNotebooks()) {
    const name = path.split("/").at(-1)!;
    await test.step(`${name} has no empty chart or table, and advice`, async () => {
      await runNotebook(jupyter, path, { into: folder, env: { EVENTS: file } });
      const { complaints, charts, findings, advice } = await readNotebook(join(folder, name));
      assertEquals(complaints, []);
      for (const [title, { data }] of charts) assert(data?.values.length !== 0, title);
      assert(advice.length >= 3 && advice.length <= 5, advice.join("\n"));
      for (const finding of [...findings, ...advice]) {
        assert(!/NaN|undefined|Infinity|–%/.test(finding), finding);
      }
    });
  }
});

Deno.test("notebook 03 introduces every model", async () => {
  const { prose } = await readNotebook("notebooks/03_model_comparison.ipynb");
  for (const { name } of defaultAlgorithms) assert(prose.includes(`\n- **${name}**`), name);
});

Deno.test("the committed notebooks have current outputs and short cells", async () => {
  for (const path of await findNotebooks()) {
    const { bytes, codeLines, complaints, charts, advice } = await readNotebook(path);
    const expected = CHARTS[path.split("/").at(-1)!];
    assertEquals([...charts.keys()], expected, `${path} is out of date, run: deno task notebooks`);
    assertEquals(complaints, [], path);
    assert(advice.length > 0, `${path} is out of date, run: deno task notebooks`);
    assert(bytes < MAX_BYTES, `${path} has ${bytes} bytes`);
    assert(Math.max(...codeLines) <= MAX_CELL_LINES, `${path} has a cell of more than ten lines`);
  }
});

/**
 * The lines of a simulated file, without the rows that cleaning would change. Exact duplicates
 * remain; the count below ignores them.
 */
function simulatedRows(): string[] {
  const decoder = new TextDecoder();
  let text = "";
  for (const chunk of simulateCsv({ events: 40_000, seed: 7 })) {
    text += decoder.decode(chunk, { stream: true });
  }
  const [header, ...rows] = text.trim().split("\n");
  assertEquals(header.split(",").slice(-3), ["price", "user_id", "user_session"]);
  return [
    header,
    ...rows.filter((row) => {
      const [price, , session] = row.split(",").slice(-3);
      return session !== "" && Number(price) >= 0;
    }),
  ];
}

/** An independent count of the funnel, by sets of what was viewed, added to the cart and bought. */
function countFunnels(rows: readonly string[]): [unit: string, stage: string, units: number][] {
  const events = [...new Set(rows)].map((row) => {
    const cells = row.split(",");
    return { type: cells[1], product: cells[2], user: cells.at(-2), session: cells.at(-1) };
  });
  const units = {
    sessions: (event: typeof events[number]) => event.session,
    users: (event: typeof events[number]) => event.user,
    "pairs of user and product": ({ user, product }: typeof events[number]) => `${user} ${product}`,
  };
  return Object.entries(units).flatMap(([unit, keyOf]) => {
    const having = (type: string) =>
      new Set(events.filter((event) => event.type === type).map(keyOf));
    const viewed = having("view");
    const carted = viewed.intersection(having("cart"));
    const bought = carted.intersection(having("purchase"));
    return [
      [unit, "view", viewed.size],
      [unit, "cart", carted.size],
      [unit, "purchase", bought.size],
    ] as [string, string, number][];
  });
}
