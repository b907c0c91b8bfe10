import { collectedCsv } from "../../../src/service/store/collected_csv.ts";
import type { StoredEvent } from "../../../src/service/store/entries/stored_event.ts";
import { assertEquals } from "../../assert.ts";

async function* events(): AsyncGenerator<StoredEvent> {
  yield {
    ...{ userId: "=1+1", productId: "@x", type: "view", session: "-s", eventId: "e" },
    ...{ time: Date.UTC(2019, 9, 1), received: 0, price: 2.5 },
  };
}

async function rowOf(options?: { forSpreadsheets: boolean }): Promise<string | undefined> {
  const facts = () => ({ brand: "+b", title: "\x1bt" });
  const text = await Array.fromAsync(collectedCsv(events(), facts, options));
  return text.join("").split("\r\n")[1];
}

Deno.test("collected events keep their ids and texts as they are, for training", async () => {
  assertEquals(await rowOf(), "2019-10-01 00:00:00 UTC,view,@x,,,+b,2.5,=1+1,-s,\x1bt,,");
});

Deno.test("for spreadsheets no cell is a formula or has control characters", async () => {
  assertEquals(
    await rowOf({ forSpreadsheets: true }),
    "2019-10-01 00:00:00 UTC,view,'@x,,,'+b,2.5,'=1+1,'-s,\\x1bt,,",
  );
});
