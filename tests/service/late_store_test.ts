import { saveArtifact } from "../../src/artifact/save.ts";
import { sleep } from "../../src/base/time.ts";
import { popularity } from "../../src/models/popularity.ts";
import { LateStore } from "../../src/service/late_store.ts";
import { serveArtifact } from "../../src/service/serve.ts";
import { tinyContents, tinyInteractions } from "../artifact/tiny_shop.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { API_TOKEN, AUTHORIZED } from "./live_shop.ts";

/** Runs a function and returns what it wrote on the console. */
async function withoutConsole(run: () => Promise<void>): Promise<string> {
  const { error, log } = console;
  let written = "";
  console.error = console.log = (text: string) => written += `${text}\n`;
  try {
    await run();
  } finally {
    Object.assign(console, { error, log });
  }
  return written;
}

Deno.test("a service whose store can't be opened uses it once it can be", () =>
  withFolder(async (folder) => {
    const interactions = tinyInteractions();
    const model = await popularity.fit(interactions);
    await saveArtifact(
      `${folder}/artifacts`,
      tinyContents({
        models: [{ name: "popularity", options: {}, model }],
        defaultModel: "popularity",
      }),
    );
    // A file in the place of the store's folder.
    await Deno.writeTextFile(`${folder}/data`, "");
    const written = await withoutConsole(async () => {
      const { url, stop } = await serveArtifact(`${folder}/artifacts`, {
        host: "127.0.0.1",
        port: 0,
        store: { path: `${folder}/data/store.kv` },
        storeRetryMs: 10,
        protection: { apiTokens: [API_TOKEN] },
      });
      const readiness = async () => (await (await fetch(`${url}/readyz`)).json()).status;
      const send = async () => {
        const body = '{"userId":"ann","productId":"100","type":"view"}';
        const response = await fetch(`${url}/events`, {
          method: "POST",
          headers: AUTHORIZED,
          body,
        });
        await response.body?.cancel();
        return response.status;
      };
      assertEquals([await readiness(), await send()], ["degraded", 503]);
      await Deno.remove(`${folder}/data`);
      while (await readiness() === "degraded") await sleep(5);
      assertEquals([await readiness(), await send()], ["ready", 202]);
      await stop();
    });
    assertStringIncludes(written, "lists are made from the artifact alone until it can be opened");
    assertStringIncludes(written, "The store of events is open");
  }));

Deno.test("a store that is disposed of before it opens isn't opened any more", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/data`, "");
    await withoutConsole(async () => {
      const late = await LateStore.open({ path: `${folder}/data/store.kv` }, { retryMs: 1 });
      let isOpen = false;
      late.onLate = () => isOpen = true;
      late[Symbol.dispose]();
      await Deno.remove(`${folder}/data`);
      await sleep(20);
      assertEquals([isOpen, late.store], [false, undefined]);
    });
  }));
