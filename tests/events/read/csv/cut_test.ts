import { cutLines } from "../../../../src/events/read/csv/cut.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { withFolder } from "../../../temp_folder.ts";

/**
 * The pieces of a text that comes in chunks of `chunk` bytes. While one is read, its file must be
 * the only one.
 */
async function pieces(text: string, { bytes, chunk }: { bytes: number; chunk: number }) {
  const all = new TextEncoder().encode(text);
  const chunks = Array.from(
    { length: Math.ceil(all.length / chunk) },
    (_, i) => all.subarray(i * chunk, (i + 1) * chunk),
  );
  const texts: string[] = [];
  await withFolder(async (folder) => {
    for await (const { path } of cutLines(chunks, { bytes, folder })) {
      assertEquals(Array.from(Deno.readDirSync(folder)).length, 1);
      texts.push(await Deno.readTextFile(path));
    }
    assertEquals(Array.from(Deno.readDirSync(folder)), []);
  });
  return texts;
}

Deno.test("each piece has the first line and as many whole lines as fit", async () => {
  const text = "h\n11\n22\n33\n44\n5\n";
  const options = { bytes: 8, chunk: 100 };
  assertEquals(await pieces(text, options), ["h\n11\n22\n", "h\n33\n44\n", "h\n5\n"]);
});

Deno.test("pieces exceed the size by at most a line and keep all lines in order", async () => {
  const lines = Array.from({ length: 50 }, (_, i) => `${"x".repeat(i % 7)}${i}\n`);
  const longest = Math.max(...lines.map(({ length }) => length));
  for (let chunk = 1; chunk <= 40; chunk++) {
    const cut = await pieces(`head\n${lines.join("")}`, { bytes: 24, chunk });
    assert(cut.length > 10 && cut.every((piece) => piece.startsWith("head\n")));
    assert(
      cut.every((piece) => piece.length < 24 + longest && piece.endsWith("\n")),
      `chunks of ${chunk}`,
    );
    assertEquals(cut.map((piece) => piece.slice("head\n".length)).join(""), lines.join(""));
  }
});

Deno.test("a line that is longer than a piece is a piece of its own", async () => {
  const long = "x".repeat(30);
  const cut = await pieces(`h\n1\n${long}\n2\n`, { bytes: 10, chunk: 100 });
  assertEquals(cut, ["h\n1\n", `h\n${long}\n`, "h\n2\n"]);
});

Deno.test("a last line without an end is kept; empty text is one empty piece", async () => {
  assertEquals(await pieces("h\n1\n2", { bytes: 4, chunk: 3 }), ["h\n1\n", "h\n2"]);
  assertEquals(await pieces("", { bytes: 4, chunk: 3 }), [""]);
});
