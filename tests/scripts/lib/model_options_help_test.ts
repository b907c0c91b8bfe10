import { modelOptionsHelp } from "../../../scripts/lib/model_options_help.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { content } from "../../../src/models/content.ts";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";

Deno.test("an option is listed with meaning, rule, default and what tuning tries", () => {
  assertEquals(
    modelOptionsHelp(content),
    `Options of content (Products with similar category, brand, price and title):
  priceBands  Number of price bands, each with the same number of products; a
              band is one term; a whole number of at least 1 (default: 10,
              tuning tries 1, 5, 10, 20)`,
  );
});

Deno.test("every option of every model is listed, in lines that fit a terminal", () => {
  for (const algorithm of algorithms) {
    const lines = modelOptionsHelp(algorithm).split("\n");
    const named = lines.flatMap((line) => line.match(/^ {2}(\w+) /)?.[1] ?? []);
    assertEquals(named, Object.keys(algorithm.options));
    for (const line of lines) assert(line.length <= 80 || !line.trim().includes(" "), line);
  }
});

Deno.test("the help of tune lists the options of the model given", async () => {
  const { code, stdout } = await runToEnd(["scripts/tune.ts", "--models", "content", "--help"]);
  assertEquals(code, 0);
  assertStringIncludes(stdout, "Options of content");
  const { stdout: general } = await runToEnd(["scripts/tune.ts", "--help"]);
  assertStringIncludes(general, "deno task tune --models NAME --help");
});
