/** Every command shows its help within its permissions. */
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";

const root = new URL("../../", import.meta.url);
const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root))) as {
  tasks: Readonly<Record<string, { command: string }>>;
};
const commands = Object.entries(tasks)
  .filter(([, { command }]) => /^deno run .* scripts\/\S+\.ts$/.test(command))
  .map(([name, { command }]) => ({ name, command: `${command} --help` }));

/** Runs a shell command in the repository, without what would let it use colors. */
async function run(command: string): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", command],
    cwd: root,
    stdin: "null",
  }).output();
  const [out, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, text: out + error };
}

for (const { name, command } of commands) {
  Deno.test(`deno task ${name} --help shows the command's help in a pipe`, async () => {
    const { code, text } = await run(command);
    assertEquals(code, 0, text);
    assertStringIncludes(text, `Usage: deno task ${name} `);
  });
}

Deno.test({
  name: "the help of commands with limited permissions appears on a terminal",
  // On macOS and Windows, script takes other options or is missing.
  ignore: Deno.build.os !== "linux",
  async fn() {
    const limited = commands.filter(({ command }) => !command.startsWith("deno run -A "));
    assert(limited.length > 0);
    for (const { name, command } of limited) {
      const { code, text } = await run(`script -qec '${command}' /dev/null`);
      assertEquals(code, 0, text);
      assertStringIncludes(text, `Usage: deno task ${name} `);
    }
  },
});
