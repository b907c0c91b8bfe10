/** The road that data travels has one direction: which folder of `src` may import from which. */
import { assert, assertEquals } from "./assert.ts";
import { type Import, readExports, readImports, sourceFiles } from "./module_graph.ts";

/** What each folder of `src` may import besides itself. Nothing in `src` imports from outside of it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  linalg: [],
  charts: [],
  interactions: ["linalg"],
  events: ["interactions", "linalg"],
  models: ["interactions", "linalg"],
  evaluation: ["models", "interactions", "linalg"],
  artifact: ["models", "interactions", "linalg"],
  training: ["events", "evaluation", "artifact", "models", "interactions", "linalg"],
  report: ["artifact", "evaluation", "interactions", "charts"],
  service: ["artifact", "models", "interactions", "linalg", "charts"],
  "client.ts": ["service"],
  "main.ts": ["service", "artifact"],
};

/** Packages that only these folders of `src` may import. */
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  "nodejs-polars": ["events"],
};

/** Packages that the server must never load, not even through something that it imports. */
const NEVER_IN_SERVER = ["nodejs-polars"];

const files = sourceFiles("src");
const imports = await readImports(files);

Deno.test("files of src import only what their folder may", () => {
  assertEquals(imports.flatMap(folderFault), []);
});

Deno.test("packages are imported only by the folder that they belong to", () => {
  assertEquals(imports.flatMap(packageFault), []);
});

Deno.test("the server never loads Polars", () => {
  assert(files.includes("src/main.ts"), "src/main.ts must be there");
  for (const name of NEVER_IN_SERVER) {
    assertEquals(pathBetween("src/main.ts", (to) => packageOf(to) === name, imports), undefined);
  }
});

Deno.test("no files of src import each other in a circle", () => {
  assertEquals(
    files.map((file) => pathBetween(file, (to) => to === file, imports)).find(Boolean),
    undefined,
  );
});

Deno.test("every export of src and scripts says what it is", async () => {
  const exports = await readExports([...files, ...sourceFiles("scripts")]);
  assertEquals(
    exports.filter(({ doc }) => doc.trim() === "").map(({ file, name }) => `${file}: ${name}`),
    [],
  );
});

Deno.test("a forbidden import is named with its file and the rule", () => {
  const uphill = { from: "src/linalg/csr.ts", to: "src/models/svd.ts" };
  assertEquals(folderFault(uphill), [
    "src/linalg/csr.ts imports src/models/svd.ts, but src/linalg may import nothing else of ours",
  ]);
  assertEquals(folderFault({ from: "src/charts/bars.ts", to: "scripts/lib/table.ts" }), [
    "src/charts/bars.ts imports scripts/lib/table.ts, but src/charts may import nothing else of ours",
  ]);
  assertEquals(folderFault({ from: "src/main.ts", to: "src/linalg/csr.ts" }), [
    "src/main.ts imports src/linalg/csr.ts, but src/main.ts may import only service, artifact",
  ]);
  assertEquals(folderFault({ from: "src/odd/a.ts", to: "src/odd/b.ts" }), [
    "src/odd/a.ts is in src/odd, which has no row in the table of this test",
  ]);
  assertEquals(packageFault({ from: "src/service/http.ts", to: "npm:nodejs-polars@0.25.2" }), [
    "src/service/http.ts imports nodejs-polars, but only events may",
  ]);
});

Deno.test("what a folder may import raises no fault", () => {
  assertEquals(folderFault({ from: "src/models/svd.ts", to: "src/linalg/csr.ts" }), []);
  assertEquals(folderFault({ from: "src/models/svd.ts", to: "src/models/model.ts" }), []);
  assertEquals(folderFault({ from: "src/models/svd.ts", to: "npm:ml-matrix@6.15.1" }), []);
  assertEquals(packageFault({ from: "src/events/read.ts", to: "npm:nodejs-polars@0.25.2" }), []);
});

Deno.test("a circle is found however long it is, and shown", () => {
  const edges = [["a", "b"], ["b", "c"], ["b", "d"], ["d", "a"]].map(([from, to]) => ({
    from,
    to,
  }));
  assertEquals(pathBetween("a", (to) => to === "a", edges), ["a", "b", "d", "a"]);
  assertEquals(pathBetween("c", (to) => to === "c", edges), undefined);
});

function folderFault({ from, to }: Import): string[] {
  if (!from.startsWith("src/") || isPackage(to)) return [];
  const folder = folderOf(from);
  const allowed = MAY_IMPORT[folder];
  if (!allowed) return [`${from} is in src/${folder}, which has no row in the table of this test`];
  if (to.startsWith("src/") && [folder, ...allowed].includes(folderOf(to))) return [];
  const rule = allowed.length > 0 ? `only ${allowed.join(", ")}` : "nothing else of ours";
  return [`${from} imports ${to}, but src/${folder} may import ${rule}`];
}

function packageFault({ from, to }: Import): string[] {
  const name = packageOf(to);
  const homes = ONLY_IN[name];
  if (!homes || !from.startsWith("src/") || homes.includes(folderOf(from))) return [];
  return [`${from} imports ${name}, but only ${homes.join(", ")} may`];
}

/** `src/models/svd.ts` is in `models`, `src/main.ts` stands for itself. */
function folderOf(path: string): string {
  return path.split("/")[1];
}

function isPackage(specifier: string): boolean {
  return /^\w+:/.test(specifier);
}

/** `npm:nodejs-polars@0.25.2/path` is of `nodejs-polars`; empty for files of ours. */
function packageOf(specifier: string): string {
  return specifier.match(/^\w+:\/?((?:@[^/]+\/)?[^@/]+)/)?.[1] ?? "";
}

/** The modules from `start`, through imports, to the first that `isGoal` accepts; breadth first, so the shortest. */
function pathBetween(
  start: string,
  isGoal: (module: string) => boolean,
  edges: readonly Import[],
): string[] | undefined {
  const targets = Map.groupBy(edges, ({ from }) => from);
  const reached = new Set<string>();
  const paths = [[start]];
  for (const path of paths) {
    for (const { to } of targets.get(path[path.length - 1]) ?? []) {
      if (isGoal(to)) return [...path, to];
      if (!reached.has(to)) paths.push([...path, to]);
      reached.add(to);
    }
  }
}
