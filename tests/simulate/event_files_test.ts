import { join } from "node:path";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { eventFiles } from "../../src/simulate/event_files.ts";
import { assertEquals } from "../assert.ts";

Deno.test("own events are looked up from where the command was started", async () => {
  assertEquals(
    await eventFiles({ own: "data/*.csv", from: "/home/ada/shop", folder: "/nowhere" }),
    ["/home/ada/shop/data/*.csv"],
  );
  assertEquals(
    await eventFiles({ own: "/data/oct.csv", from: "/home/ada/shop", folder: "/nowhere" }),
    ["/data/oct.csv"],
  );
});

Deno.test("without own events, a month is simulated, the same each time", async () => {
  using temporary = new TempFolder();
  const folder = temporary.path;
  const simulation = { events: 50, days: 1 };
  const options = { own: "", folder: join(folder, "data"), simulation };
  const [file] = await eventFiles(options);
  const text = await Deno.readTextFile(file);
  assertEquals(text.trim().split("\n").length, 51);
  assertEquals(await eventFiles(options), [file]);
  assertEquals(await Deno.readTextFile(file), text);
});
