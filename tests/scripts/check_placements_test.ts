import { assertEquals, assertStringIncludes } from "../assert.ts";
import { saveBlockArtifact } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

/** Runs the command on a file with this content. */
async function check(folder: string, content: unknown) {
  const file = `${folder}/placements.json`;
  await Deno.writeTextFile(file, JSON.stringify(content));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "scripts/check_placements.ts", "--placements", file, "--artifacts", folder],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), error: decoder.decode(stderr) };
}

Deno.test("check-placements exits with 0 for a valid file and with 1 for any other", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    const home = { strategy: "popular", k: 12 };
    const valid = await check(folder, { placements: { home } });
    assertEquals([valid.code, valid.error], [0, ""]);
    assertStringIncludes(valid.out, "1 placement (home) and 0 segments, valid for artifact");
    const wrong = await check(folder, { placements: { home: { ...home, brand: ["nobody"] } } });
    assertEquals(wrong.code, 1);
    assertStringIncludes(wrong.error, 'placements.home.brand: there is no brand "nobody"');
    assertEquals(wrong.error.includes("    at "), false);
  }));
