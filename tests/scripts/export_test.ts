import { readExposures } from "../../src/experiments/exposures/exposure_log.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";

async function exportTo(file: string, ...args: string[]) {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "scripts/export.ts", "--exposures", file, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  return { code, error: new TextDecoder().decode(stderr) };
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

Deno.test("export refuses a store that isn't there and a time that is none", () =>
  withFolder(async (folder) => {
    const missing = await exportTo(`${folder}/out`, "--store", `${folder}/none.kv`);
    assertEquals(missing.code, 1);
    assertStringIncludes(missing.error, "Cannot read the store");
    const wrong = await exportTo(`${folder}/out`, "--since", "soon");
    assertEquals(wrong.code, 1);
    assertStringIncludes(wrong.error, "--since must be a time");
  }));
