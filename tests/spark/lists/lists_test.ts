/** `spark:lists`: lists that a cluster makes, beside those of this machine. */
import pl from "nodejs-polars";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { withFiles } from "../../events/raw_files.ts";
import { runToEnd } from "../../running_server.ts";
import { simulatedText } from "../../simulate/simulated_events.ts";
import { isSpark, master, needsSail } from "../spark_server.ts";
import { killWorkingExecutor, startWithExecutors } from "./executors.ts";

const SHOP = { "e.csv": simulatedText({ events: 12_000, days: 10, seed: 3 }) };

/** For tests on executors, which only Spark itself has. */
const needsSpark = { ignore: !isSpark };

function makeLists(folder: string, server: string, out: string, ...options: string[]) {
  return runToEnd([
    ...["scripts/spark/lists.ts", "--events", `${folder}/e.csv`, "--master", server, "--quiet"],
    ...["--artifacts", `${folder}/artifacts`, "--out", `${folder}/${out}`, "--query", "k=4"],
    ...options,
  ]);
}

async function trainHere(folder: string): Promise<void> {
  const { code, stderr } = await runToEnd([
    ...["scripts/train.ts", "--events", `${folder}/e.csv`, "--artifacts", `${folder}/artifacts`],
    ...["--models", "popularity,item_knn", "--no-cache", "--quiet", "--event-weights", "1,3,9"],
  ]);
  assert([0, 2].includes(code), stderr);
}

/** The rows of lists, in the order of users and places. */
const rowsOf = (lists: pl.DataFrame) => lists.sort(["user_id", "rank"]).rows();

Deno.test(
  "lists from executors are those of this machine, even if one is killed",
  needsSpark,
  (t) =>
    withFiles(SHOP, async (folder) => {
      await trainHere(folder);
      const local = await runToEnd([
        ...["scripts/batch.ts", "--artifacts", `${folder}/artifacts`, "--quiet"],
        ...["--out", `${folder}/local.parquet`, "--query", "k=4"],
      ]);
      assertEquals(local.code, 0, local.stderr);
      const expected = pl.readParquet(`${folder}/local.parquet`);
      await using server = await startWithExecutors();
      const compare = (out: string) => {
        const made = pl.scanParquet(`${folder}/${out}/*.parquet`).collectSync();
        assertEquals(made.columns, expected.columns);
        assertEquals(rowsOf(made), rowsOf(expected));
      };
      await t.step("undisturbed", async () => {
        const { code, stdout, stderr } = await makeLists(folder, server.master, "lists");
        assertEquals([code, stderr], [0, ""]);
        const users = new Set(expected.getColumn("user_id").toArray()).size;
        assertStringIncludes(stdout.replaceAll(",", ""), `Lists of ${users} users by item_knn`);
        compare("lists");
      });
      await t.step("with an executor killed while it makes lists", async () => {
        const making = makeLists(folder, server.master, "disturbed");
        await killWorkingExecutor(server.pid);
        const { code, stderr } = await making;
        assertEquals([code, stderr], [0, ""]);
        compare("disturbed");
      });
      await t.step("what exists is refused and stays as it is", async () => {
        const { code, stderr } = await makeLists(folder, server.master, "lists");
        assertEquals(code, 1);
        assertStringIncludes(stderr, "it exists; choose another, or remove it");
        compare("lists");
      });
      const mistakes: Readonly<Record<string, [options: string[], message: string]>> = {
        "a wrong query": [["--query", "k=0"], 'Parameter "k" must be'],
        "no artifact": [
          ["--artifacts", `${folder}/none`],
          "Cannot load an artifact: there is none",
        ],
        "no events": [["--events", `${folder}/none.csv`], `Cannot read ${folder}/none.csv: Spark`],
      };
      for (const [name, [options, message]] of Object.entries(mistakes)) {
        await t.step(`${name}: the command says so and writes nothing`, async () => {
          const { code, stderr } = await makeLists(folder, server.master, "none", ...options);
          assertEquals(code, 1);
          assertStringIncludes(stderr, message);
          assert(!stderr.includes("    at "), stderr);
          assertEquals([...Deno.readDirSync(folder)].some(({ name }) => name === "none"), false);
        });
      }
      await t.step("a server killed in between: no list counts as written", async () => {
        const making = makeLists(folder, server.master, "broken");
        await killWorkingExecutor(server.pid);
        Deno.kill(server.pid, "SIGKILL");
        const { code, stderr } = await making;
        assertEquals(code, 1);
        assertStringIncludes(stderr, `no Spark server answers at ${server.master}`);
        const written = await Array.fromAsync(Deno.readDir(`${folder}/broken`)).catch(() => []);
        assertEquals(written.filter(({ isFile }) => isFile), []);
      });
    }),
);

Deno.test(
  "executors without the program are told from a fault of Spark's",
  needsSpark,
  () =>
    withFiles(SHOP, async (folder) => {
      await trainHere(folder);
      const { code, stderr } = await makeLists(folder, master!, "lists");
      assertEquals(code, 1);
      assertStringIncludes(stderr, "its executors lack deno or lists.js");
      assertStringIncludes(stderr, "deno task spark:pack");
    }),
);

Deno.test(
  "Sail, which runs no other programs, is refused",
  needsSail,
  () =>
    withFiles(SHOP, async (folder) => {
      const { code, stderr } = await makeLists(folder, master!, "lists");
      assertEquals(code, 1);
      assertStringIncludes(stderr, "is Sail, which runs no other programs");
    }),
);
