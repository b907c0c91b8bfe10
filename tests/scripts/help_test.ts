/**
 * Every command shows its help within its permissions, in a pipe and on a terminal: what libraries
 * ask the environment differs between the two.
 */
import { assertEquals, assertStringIncludes } from "../assert.ts";

const root = new URL("../../", import.meta.url);
const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root))) as {
  tasks: Readonly<Record<string, { command: string }>>;
};

/** Tasks that run Deno's own tools. */
const TOOLS = ["test", "check", "ok", "client:pack"];

/** The width of a terminal, and of the help in a pipe. */
const WIDTH = 80;

/** Runs a shell command in the repository. */
async function run(command: string): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", command],
    cwd: root,
    stdin: "null",
  }).output();
  const [out, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, text: (out + error).replaceAll("\r\n", "\n") };
}

for (const [name, { command }] of Object.entries(tasks)) {
  if (TOOLS.includes(name)) continue;

  Deno.test(`deno task ${name} --help says what it writes, in ${WIDTH} columns`, async () => {
    const { code, text } = await run(`${command} --help`);
    assertEquals(code, 0, text);
    assertStringIncludes(text, `Usage: deno task ${name} `);
    assertEquals(text.split("\n").filter((line) => line.length > WIDTH), []);
    assertStringIncludes(
      text,
      name.includes("bench") || name === "soak" ? "--json" : "\nWrites:\n",
    );
  });

  Deno.test({
    name: `deno task ${name} --help appears on a terminal`,
    // On macOS and Windows, script takes other options or is missing.
    ignore: Deno.build.os !== "linux",
    async fn() {
      const { code, text } = await run(`script -qec '${command} --help' /dev/null`);
      assertEquals(code, 0, text);
      assertStringIncludes(text, `Usage: deno task ${name} `);
    },
  });
}
