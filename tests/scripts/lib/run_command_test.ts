import { requireCommand, runCommand } from "../../../scripts/lib/run_command.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { assertEquals, assertRejects } from "../../assert.ts";

const deno = Deno.execPath();

Deno.test("a program gets its environment and input and returns its output", async () => {
  const code = `
    console.log(Deno.env.get("GREETING"), await new Response(Deno.stdin.readable).text());
    console.error("there");
    Deno.exit(3);
  `;
  const options = { env: { GREETING: "hello" }, input: "you" };
  assertEquals(await runCommand(deno, ["eval", code], options), {
    ok: false,
    code: 3,
    stdout: "hello you\n",
    stderr: "there\n",
  });
});

Deno.test("lines are passed on as they are printed", async () => {
  const lines: string[] = [];
  const code =
    "console.log('one'); console.log('two'); Deno.stdout.writeSync(new Uint8Array([51]))";
  const { stdout } = await runCommand(deno, ["eval", code], {
    onLine: (line) => lines.push(line),
  });
  assertEquals([stdout, lines], ["one\ntwo\n3", ["one", "two"]]);
});

Deno.test("a missing program has failed", async () => {
  assertEquals(await runCommand("no-such-program", []), {
    ok: false,
    code: 127,
    stdout: "",
    stderr: "no-such-program: program not found",
  });
});

Deno.test("a program that exits without reading its input has its exit code", async () => {
  const { code } = await runCommand(deno, ["eval", "Deno.exit(4)"], { input: "x".repeat(1e6) });
  assertEquals(code, 4);
});

Deno.test("a required program returns its output, or fails with its purpose", async () => {
  assertEquals(await requireCommand("greet", deno, ["eval", "console.log('hello')"]), "hello\n");
  await assertRejects(
    () => requireCommand("greet", "no-such-program", ["--loud"]),
    InputError,
    "Cannot greet: no-such-program --loud failed:\nno-such-program: program not found",
  );
});
