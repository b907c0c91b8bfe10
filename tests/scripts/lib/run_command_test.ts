import { runCommand } from "../../../scripts/lib/run_command.ts";
import { assertEquals } from "../../assert.ts";

const deno = Deno.execPath();

Deno.test("a program's output and success come back", async () => {
  const code = "console.log(Deno.env.get('GREETING')); console.error('there');";
  assertEquals(await runCommand(deno, ["eval", code], { env: { GREETING: "hello" } }), {
    ok: true,
    output: "hello\nthere\n",
  });
});

Deno.test("a program that ends with an error has failed", async () => {
  assertEquals((await runCommand(deno, ["eval", "Deno.exit(3)"])).ok, false);
});

Deno.test("a program that isn't there has failed", async () => {
  assertEquals(await runCommand("no-such-program", []), {
    ok: false,
    output: "there is no program no-such-program",
  });
});
