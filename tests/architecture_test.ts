/** The road that data travels has one direction: which folder of `src` may import from which. */
import { assert, assertEquals } from "./assert.ts";
import { type Edge, readExports, readImports, sourceFiles } from "./module_graph.ts";

/**
 * What each room of `src` may import besides itself, the ground first. A folder without a row of
 * its own belongs to the room that holds it; a permission for a folder holds for all rooms in it.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "base": [],
  "linalg": [],
  "linalg/sparse": ["linalg"],
  "linalg/dense": [],
  "linalg/kernels": ["base", "linalg"],
  "interactions": ["base", "linalg"],
  "events/tables": ["base", "interactions"],
  "events/read/files": ["base"],
  "events/read/values": ["base", "interactions", "events/tables"],
  "events/read/layouts": ["base", "events/tables", "events/read/files", "events/read/values"],
  "events/read/json": ["base", "events/tables", "events/read/files", "events/read/layouts"],
  "events/read/csv": [
    ...["base", "events/tables"],
    ...["events/read/files", "events/read/layouts", "events/read/values"],
  ],
  "events/read": ["base", "events/tables"],
  "events/clean": ["base", "linalg", "interactions", "events/tables", "events/read"],
  "events": ["base", "interactions"],
  "analysis/tables": ["base", "linalg", "interactions", "events"],
  "analysis/profile": ["base", "events"],
  "analysis/charts": ["base"],
  "analysis/findings": ["base", "artifact"],
  "analysis/notebook": ["base", "analysis/charts"],
  "analysis/report": [
    ...["base", "evaluation", "artifact", "analysis/charts", "analysis/findings"],
  ],
  "simulate": ["base", "linalg", "analysis/profile"],
  "models": ["base", "linalg", "interactions"],
  "evaluation": ["base", "linalg", "interactions", "models"],
  "histories": ["base", "linalg", "interactions"],
  "artifact": ["base", "linalg", "interactions", "histories", "models", "evaluation"],
  "training/jobs": ["base", "linalg", "interactions", "models", "evaluation", "artifact"],
  "training/tune": [
    ...["base", "linalg", "interactions", "models", "evaluation", "artifact", "training"],
  ],
  "training": [
    "base",
    "linalg",
    "interactions",
    "models",
    "evaluation",
    "artifact",
    "training/jobs",
  ],
  "service/observability": ["base"],
  "service/http": ["base"],
  "service/schema": ["base", "interactions", "models", "experiments", "service/http"],
  "service/store": ["base", "interactions", "experiments", "service/schema"],
  "service/store/postgres": ["base", "experiments", "service/store"],
  "service/catalogue": ["base", "interactions", "service/schema", "service/store"],
  "service/recommend": [
    ...["base", "linalg", "interactions", "histories", "models", "artifact"],
    ...["service/observability", "service/schema", "service/store", "service/catalogue"],
  ],
  "service/exposures": [
    ...["base", "experiments", "service/observability", "service/schema", "service/store"],
  ],
  "service/experiments": [
    ...["base", "experiments", "service/schema", "service/store", "service/placements"],
    ...["service/exposures"],
  ],
  "service/placements": [
    ...["base", "interactions", "histories", "models", "artifact"],
    ...["service/schema", "service/http"],
    ...["experiments", "service/store", "service/catalogue", "service/recommend"],
  ],
  "service/protection": ["base", "service/http"],
  "service/api": [
    ...["base", "interactions", "histories", "artifact", "experiments"],
    ...["service/exposures", "service/experiments"],
    ...["service/observability", "service/schema", "service/store", "service/catalogue"],
    ...["service/recommend", "service/placements", "service/http", "service/protection"],
  ],
  "service": ["base", "histories", "models", "artifact"],
  "pages": [
    ...["base", "interactions", "histories", "models", "artifact"],
    ...["analysis/charts", "analysis/report", "service"],
  ],
  "batch": ["base", "interactions", "histories", "models", "artifact", "service"],
  "experiments": ["base"],
  "retraining": ["base", "linalg", "artifact", "experiments", "service"],
  "main.ts": ["service", "pages"],
  "spark/generated": [],
  "spark/connect": ["base", "spark/generated", "spark/sql"],
  "spark/sql": ["base", "events/clean", "events/read/values"],
  "spark/read": [
    ...["base", "interactions", "events/tables"],
    ...["events/read", "spark/connect", "spark/sql"],
  ],
  "spark/clean": ["base", "interactions", "events", "spark/connect", "spark/read", "spark/sql"],
  "spark/statistics": [
    ...["base", "linalg", "interactions", "models"],
    ...["spark/clean", "spark/connect", "spark/read"],
  ],
  "spark/train": [
    ...["base", "interactions", "histories", "events"],
    ...["spark/clean", "spark/connect", "spark/read", "spark/sql", "spark/statistics"],
  ],
  "spark/lists": [
    ...["base", "interactions", "batch"],
    ...["spark/clean", "spark/connect", "spark/sql", "spark/train"],
  ],
  "consume": ["base", "service"],
  "export": ["base", "service"],
  "client": [],
};

/** No folder is so full that one can't take it in at a glance. */
const MOST_FILES = 20;

/** Packages that only these folders of `src` may import. */
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  "@bufbuild/protobuf": ["spark"],
  "@platformatic/kafka": ["consume"],
  "aws4fetch": ["export"],
  "@connectrpc/connect": ["spark/connect"],
  "apache-arrow": ["spark/connect"],
  "nodejs-polars": ["events", "analysis", "simulate", "spark/clean", "spark/train"],
};

/** Packages that the server must never load, not even through something that it imports. */
const NEVER_IN_SERVER = [
  "nodejs-polars",
  "@platformatic/kafka",
  "aws4fetch",
  "@connectrpc/connect",
  "apache-arrow",
];

/** Code that no start of the service reads: it is loaded when it is asked for. */
const NOT_AT_START = ["src/pages/app.tsx", "src/service/store/postgres/open_postgres_store.ts"];

/** The longest line, in characters. */
const LONGEST_LINE = 100;

/** Code that a program writes by its own rules; who imports it is checked all the same. */
const GENERATED = "src/spark/generated/";

const files = sourceFiles("src").filter((file) => !file.startsWith(GENERATED));
const imports = await readImports(files);

Deno.test("files of src import only what their room may", () => {
  assertEquals(imports.flatMap(roomFault), []);
});

Deno.test("packages are imported only by the rooms that they belong to", () => {
  assertEquals(imports.flatMap(packageFault), []);
});

Deno.test("the server never loads Polars or the clients of Spark and Kafka", () => {
  assert(files.includes("src/main.ts"), "src/main.ts must be there");
  for (const name of NEVER_IN_SERVER) {
    assertEquals(pathBetween("src/main.ts", (to) => packageOf(to) === name, imports), undefined);
  }
});

Deno.test("the service starts without the code of pages and of PostgreSQL", () => {
  const read = imports.filter(({ isOfTypes }) => !isOfTypes);
  for (const file of NOT_AT_START) {
    assert(pathBetween("src/main.ts", (to) => to === file, imports), `${file} must be imported`);
    assertEquals(pathBetween("src/main.ts", (to) => to === file, read), undefined);
  }
});

Deno.test("no folders of src import each other in a circle", () => {
  const edges = imports.filter(({ to }) => !isPackage(to))
    .map(({ from, to }) => ({ from: folderOf(from), to: folderOf(to) }))
    .filter(({ from, to }) => from !== to);
  const folders = new Set(edges.map(({ from }) => from));
  assertEquals(
    Array.from(folders, (folder) => pathBetween(folder, (to) => to === folder, edges))
      .find(Boolean),
    undefined,
  );
});

Deno.test("every permission of the table is needed", () => {
  const ours = imports.filter(({ from, to }) => from.startsWith("src/") && !isPackage(to));
  const stale = Object.entries(MAY_IMPORT).flatMap(([room, allowed]) =>
    allowed.filter((other) =>
      !ours.some(({ from, to }) => roomOf(from) === room && isWithin(to, other))
    ).map((other) => `src/${room} no longer imports src/${other}`)
  );
  assertEquals(stale, []);
});

Deno.test(`no folder of src or scripts holds more than ${MOST_FILES} files`, () => {
  const byFolder = Map.groupBy([...files, ...sourceFiles("scripts")], folderOf);
  const full = Array.from(byFolder).filter(([, held]) => held.length > MOST_FILES);
  assertEquals(full.map(([folder, held]) => `${folder} holds ${held.length}`), []);
});

Deno.test(`no line is longer than ${LONGEST_LINE} characters`, async () => {
  const all = [...files, ...sourceFiles("scripts"), ...sourceFiles("tests")];
  const texts = await Promise.all(
    all.map((file) => Deno.readTextFile(new URL(`../${file}`, import.meta.url))),
  );
  assertEquals(all.flatMap((file, i) => longLines(file, texts[i])), []);
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
  assertEquals(roomFault({ from: "src/linalg/random.ts", to: "src/models/svd.ts" }), [
    "src/linalg/random.ts imports src/models/svd.ts, but src/linalg may import nothing else " +
    "of ours",
  ]);
  assertEquals(roomFault({ from: "src/analysis/charts/bars.ts", to: "scripts/lib/table.ts" }), [
    "src/analysis/charts/bars.ts imports scripts/lib/table.ts, but src/analysis/charts may " +
    "import only base",
  ]);
  assertEquals(roomFault({ from: "src/main.ts", to: "src/linalg/random.ts" }), [
    "src/main.ts imports src/linalg/random.ts, but src/main.ts may import only service, " +
    "pages",
  ]);
  assertEquals(roomFault({ from: "src/service/http/body.ts", to: "src/service/api/route.ts" }), [
    "src/service/http/body.ts imports src/service/api/route.ts, but src/service/http may import " +
    "only base",
  ]);
  assertEquals(roomFault({ from: "src/odd/a.ts", to: "src/odd/b.ts" }), [
    "src/odd/a.ts is in src/odd, which has no row in the table of this test",
  ]);
  assertEquals(packageFault({ from: "src/service/serve.ts", to: "npm:nodejs-polars@0.25.2" }), [
    "src/service/serve.ts imports nodejs-polars, but only events, analysis, simulate, " +
    "spark/clean, spark/train may",
  ]);
});

Deno.test("a long line is named, unless it is an import, whose path can't be broken", () => {
  const long = `// ${"é".repeat(LONGEST_LINE - 2)}`;
  assertEquals(longLines("a.ts", `const fits = 1;\n${long}`), ["a.ts:2 has 101 characters"]);
  assertEquals(longLines("a.ts", long.slice(1)), []);
  assertEquals(longLines("a.ts", `import { a } from "./${"a".repeat(LONGEST_LINE)}.ts";`), []);
});

Deno.test("what a room may import raises no fault", () => {
  assertEquals(roomFault({ from: "src/models/svd.ts", to: "src/linalg/sparse/csr.ts" }), []);
  assertEquals(roomFault({ from: "src/models/svd.ts", to: "src/models/model.ts" }), []);
  assertEquals(roomFault({ from: "src/models/svd.ts", to: "npm:ml-matrix@6.15.1" }), []);
  assertEquals(
    packageFault({ from: "src/events/read/read.ts", to: "npm:nodejs-polars@0.25.2" }),
    [],
  );
});

Deno.test("a circle is found however long it is, and shown", () => {
  const edges = [["a", "b"], ["b", "c"], ["b", "d"], ["d", "a"]].map(([from, to]) => ({
    from,
    to,
  }));
  assertEquals(pathBetween("a", (to) => to === "a", edges), ["a", "b", "d", "a"]);
  assertEquals(pathBetween("c", (to) => to === "c", edges), undefined);
});

function longLines(file: string, text: string): string[] {
  return text.split("\n").map((line) => ({ line, length: [...line].length })).flatMap(
    ({ line, length }, i) =>
      length > LONGEST_LINE && !/^(import|export|\}) .*from ".*";$/.test(line)
        ? [`${file}:${i + 1} has ${length} characters`]
        : [],
  );
}

function roomFault({ from, to }: Edge): string[] {
  if (!from.startsWith("src/") || isPackage(to)) return [];
  const room = roomOf(from);
  if (room === undefined) {
    return [`${from} is in ${folderOf(from)}, which has no row in the table of this test`];
  }
  const allowed = MAY_IMPORT[room];
  if ([room, ...allowed].some((other) => isWithin(to, other))) return [];
  const rule = allowed.length > 0 ? `only ${allowed.join(", ")}` : "nothing else of ours";
  return [`${from} imports ${to}, but src/${room} may import ${rule}`];
}

function packageFault({ from, to }: Edge): string[] {
  const name = packageOf(to);
  const homes = ONLY_IN[name];
  if (!homes || !from.startsWith("src/") || homes.some((home) => isWithin(from, home))) return [];
  return [`${from} imports ${name}, but only ${homes.join(", ")} may`];
}

/** The innermost room of the table that holds a file: `src/models/svd.ts` is in `models`. */
function roomOf(path: string): string | undefined {
  return Object.keys(MAY_IMPORT).filter((room) => isWithin(path, room))
    .sort((a, b) => b.length - a.length)[0];
}

/** Whether a file is a room of `src` or somewhere in it. */
function isWithin(path: string, room: string): boolean {
  return path === `src/${room}` || path.startsWith(`src/${room}/`);
}

/** `src/models/svd.ts` is in `src/models`. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function isPackage(specifier: string): boolean {
  return /^\w+:/.test(specifier);
}

/** `npm:nodejs-polars@0.25.2/path` is of `nodejs-polars`; empty for files of ours. */
function packageOf(specifier: string): string {
  return specifier.match(/^\w+:\/?((?:@[^/]+\/)?[^@/]+)/)?.[1] ?? "";
}

/**
 * The modules from `start`, through imports, to the first that `isGoal` accepts; breadth first, so
 * the shortest.
 */
function pathBetween(
  start: string,
  isGoal: (module: string) => boolean,
  edges: readonly Edge[],
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
