import { assert, assertEquals } from "../../../assert.ts";
import { runToEnd, saveBlockArtifact } from "../../../running_server.ts";
import { withFolder } from "../../../temp_folder.ts";

const LOOK_UPS = [
  "look-ups, first, from a folder",
  "look-ups, again",
  "look-ups, first, from a file server",
];

/** Runs the benchmark and reads the figures that it wrote, by name and metric. */
async function measure(folder: string, ...args: string[]): Promise<Map<string, number>> {
  const json = `${folder}/figures.json`;
  const { code, stderr, stdout } = await runToEnd([
    ...["scripts/bench/service/histories.ts", ...args, "--look-ups", "20", "--json", json],
  ]);
  assertEquals([code, stderr], [0, ""], stdout);
  const rows: { name: string; metric: string; value: number }[] = JSON.parse(
    await Deno.readTextFile(json),
  );
  return new Map(rows.map(({ name, metric, value }) => [`${name}: ${metric}`, value]));
}

function assertLookUps(figures: Map<string, number>): void {
  for (const name of LOOK_UPS) {
    const [middle, last] = ["p50_ms", "p99_ms"].map((metric) => figures.get(`${name}: ${metric}`)!);
    assert(middle > 0 && middle <= last, `${name}: ${middle} and ${last}`);
  }
}

Deno.test("deno task bench:histories measures look-ups of made-up histories", () =>
  withFolder(async (folder) => {
    const figures = await measure(folder, "--users", "2000", "--events", "20000");
    assertLookUps(figures);
    const bytes = figures.get("shards: bytes_per_event")!;
    assert(bytes > 2 && bytes < 12, `${bytes} bytes an event`);
  }));

Deno.test("deno task bench:histories starts a service with an artifact's both ways", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const figures = await measure(folder, "--artifacts", `${folder}/artifacts`);
    assertLookUps(figures);
    const sizes = ["inside", "apart"].map((where) =>
      figures.get(`a service, histories ${where}: artifact_mb`)!
    );
    assert(sizes.every((size) => size > 0), sizes.join());
  }));
