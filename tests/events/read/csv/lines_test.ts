import { visitLines } from "../../../../src/events/read/csv/lines.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import { withFolder } from "../../../temp_folder.ts";

/** The visited lines of a file, each with its position. */
function visited(path: string, from = 0): [number, string][] {
  const lines: [number, string][] = [];
  visitLines(path, {
    from,
    visit: (bytes, { start, position }) => {
      const end = bytes.indexOf(10, start);
      lines.push([position, new TextDecoder().decode(bytes.subarray(start, end))]);
      return end;
    },
  });
  return lines;
}

Deno.test("every line is visited once, the last one with or without a line feed", () =>
  withFolder(async (folder) => {
    const path = `${folder}/lines.txt`;
    for (const text of ["head\nab\n\ncd", "head\nab\n\ncd\n"]) {
      await Deno.writeTextFile(path, text);
      assertEquals(visited(path, 5), [[5, "ab"], [8, ""], [9, "cd"]]);
    }
    await Deno.writeTextFile(path, "");
    assertEquals(visited(path), []);
  }));

Deno.test("lines across the boundaries of reads stay whole", () =>
  withFolder(async (folder) => {
    const path = `${folder}/long.txt`;
    const lines = Array.from(
      { length: 40_000 },
      (_, index) => `${index} ${"x".repeat(index % 97)}`,
    );
    await Deno.writeTextFile(path, lines.join("\n"));
    assertEquals((await Deno.stat(path)).size > 2 ** 21, true);
    assertEquals(visited(path).map(([, line]) => line), lines);
  }));

Deno.test("a line longer than a mebibyte is an error", () =>
  withFolder(async (folder) => {
    const path = `${folder}/endless.txt`;
    await Deno.writeTextFile(path, "x".repeat(2 ** 20 + 1));
    assertThrows(() => visited(path), InputError, "no line may be longer than 1048576 bytes");
  }));

Deno.test("a visit may handle all lines of the buffer", () =>
  withFolder(async (folder) => {
    const path = `${folder}/lines.txt`;
    await Deno.writeTextFile(path, "head\nab\ncd\nef");
    const visits: [number, number, number][] = [];
    visitLines(path, {
      from: 5,
      visit(_, { start, end, position }) {
        visits.push([start, end, position]);
        return end - 1;
      },
    });
    assertEquals(visits, [[0, 6, 5], [0, 3, 11]]);
  }));
