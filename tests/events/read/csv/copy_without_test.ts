import { copyWithout } from "../../../../src/events/read/csv/copy_without.ts";
import { assertEquals } from "../../../assert.ts";
import { withFolder } from "../../../temp_folder.ts";

Deno.test("a copy lacks exactly the given spans", () =>
  withFolder(async (folder) => {
    const [from, to] = [`${folder}/from`, `${folder}/to`];
    await Deno.writeTextFile(from, "0123456789");
    const copied = async (...spans: [number, number][]) => {
      copyWithout(from, to, spans.map(([start, end]) => ({ start, end })));
      return await Deno.readTextFile(to);
    };
    assertEquals(await copied(), "0123456789");
    assertEquals(await copied([0, 2], [4, 5], [8, 10]), "23567");
    assertEquals(await copied([3, 5], [5, 7]), "012789");
    // A span may end after the end of the file: a last line without a line feed.
    assertEquals(await copied([7, 11]), "0123456");
  }));
