import pl from "nodejs-polars";
import { readExposures } from "../../src/experiments/exposures/exposure_log.ts";
import { openEvents } from "../../src/events/load.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";

function runExport(...args: string[]) {
  return runExportWith({}, ...args);
}

async function runExportWith(env: Record<string, string>, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "scripts/export.ts", "--quiet", ...args],
    env: { NO_COLOR: "1", AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", ...env },
  }).output();
  const [output, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, output, error };
}

async function exportTo(file: string, ...args: string[]) {
  const { code, error } = await runExport("--exposures", file, ...args);
  return { code, error };
}

Deno.test("export writes what users were shown, with the prices that the store knows", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`, file = `${folder}/made/exposures.ndjson`;
    {
      using store = await openEventStore({ path });
      const list = { at: 1000, model: "als", productIds: ["7"], positions: [1], propensities: [1] };
      await store.recordExposures([
        { ...list, userId: "ann", listId: "l1" },
        { ...list, userId: "ann", listId: "l2", at: 1e12 },
      ]);
      await store.append([{ userId: "ann", productId: "7", type: "purchase", time: 2000 }]);
      await store.changeProduct("7", { price: 4.5 });
    }
    assertEquals(await exportTo(file, "--store", path), { code: 0, error: "" });
    const read = async () => {
      const lines = (await Deno.readTextFile(file)).split("\n");
      return await Array.fromAsync(readExposures(lines, { name: file }));
    };
    const all = await read();
    assertEquals(
      all.map(({ exposure, outcomes }) => [exposure.listId, outcomes.map(({ price }) => price)]),
      [["l1", [4.5]], ["l2", []]],
    );
    await exportTo(file, "--store", path, "--since", "2001-01-01");
    assertEquals((await read()).map(({ exposure }) => exposure.listId), ["l2"]);
    await exportTo(file, "--store", path, "--hours", "0");
    assertEquals((await read())[0].outcomes, []);
  }));

Deno.test("exported events are those that training reads, with the facts of their products", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`, place = `${folder}/lake`;
    const time = Date.UTC(2026, 10, 26, 12);
    {
      using store = await openEventStore({ path, now: () => time + 5 });
      await store.append([
        { userId: "ann", productId: "7", type: "view", time, session: "s1" },
        { userId: "ann", productId: "7", type: "cart", time: time + 1000, price: 3.5 },
        { userId: "bob", productId: "8", type: "purchase", time: time + 2000 },
        { userId: "bob", productId: "7", type: "dislike", time: time + 3000, days: 30 },
      ]);
      await store.changeProduct("7", { price: 4.5, brand: "runail" });
    }
    const { code, output, error } = await runExport("--events", place, "--store", path);
    assertEquals([code, error], [0, ""]);
    assertStringIncludes(output, "4 events of ");
    assertStringIncludes(output, ` in 1 file: ${place} has all events through 20`);
    await using opened = await openEvents([place]);
    const cleaned = await pl.concat([...opened.pieces]).collect();
    const columns = ["product_id", "event_type", "price", "brand"];
    assertEquals(cleaned.select(...columns).rows(), [
      [7, "view", 4.5, "runail"],
      [7, "cart", 3.5, "runail"],
      [8, "purchase", null, "unknown"],
    ]);
    assertStringIncludes(
      (await runExport("--events", place, "--store", path)).output,
      "No day has ended since",
    );
  }));

Deno.test("export needs something to export, a day, and the keys of a bucket", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    (await openEventStore({ path }))[Symbol.dispose]();
    for (
      const [args, message] of [
        [[], "say what with --events PLACE, --exposures FILE, or both"],
        [
          ["--events", "x", "--from", "2026-02-31"],
          '--from must be a day like 2026-11-28, got "2026',
        ],
        [["--events", "s3://shop"], "set the environment variables AWS_ACCESS_KEY_ID and"],
        [["--events", ""], 'Cannot export to "": it must be a folder, or a bucket as s3://'],
        [["--exposures", "x", "--from", "2026-01-01"], "--from is about --events; add it, or"],
        [["--events", "x", "--since", "2026-01-01"], "--since is about --exposures; add it, or"],
      ] as const
    ) {
      const { code, error } = await runExport(...args, "--store", path);
      assertEquals(code, 1);
      assertStringIncludes(error, message);
    }
  }));

Deno.test("export reads the store of the environment, whose URL may have a password", async () => {
  const env = { STORE_URL: "postgres://shop:secret@127.0.0.1:1/events", STORE_TIMEOUT: "0.1" };
  const { code, error } = await runExportWith(env, "--events", "x");
  assertEquals(code, 1);
  assertStringIncludes(error, "Cannot export: Cannot open the store");
  assertEquals(error.includes("secret"), false);
});

Deno.test("export refuses days of which the store has dropped events", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    (await openEventStore({ path }))[Symbol.dispose]();
    const args = ["--events", `${folder}/lake`, "--store", path];
    assertEquals((await runExportWith({ RETENTION_DAYS: "30" }, ...args)).code, 0);
    const again = await runExportWith({ RETENTION_DAYS: "30" }, ...args, "--from", "2020-01-01");
    assertEquals(again.code, 1);
    assertStringIncludes(again.error, "the store has dropped events from before 20");
  }));

Deno.test("export refuses a store that isn't there and a time that is none", () =>
  withFolder(async (folder) => {
    const missing = await exportTo(`${folder}/out`, "--store", `${folder}/none.kv`);
    assertEquals(missing.code, 1);
    assertStringIncludes(missing.error, "Cannot read the store");
    const wrong = await exportTo(`${folder}/out`, "--since", "soon");
    assertEquals(wrong.code, 1);
    assertStringIncludes(wrong.error, "--since must be a time");
  }));
