import { currentVersion } from "../../src/artifact/current.ts";
import { readManifest } from "../../src/artifact/read_manifest.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { runToEnd, startServer } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

const HEADER =
  "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session";

/** A shop's first second: two users who view a product each. */
const FIRST_SECOND = [
  HEADER,
  "2025-03-01 10:00:00 UTC,view,1001,1,toys,acme,5.00,1,s1",
  "2025-03-01 10:00:00 UTC,view,1002,1,toys,acme,6.00,2,s2",
  "",
].join("\n");

const WARNING = "WARNING: this artifact is unmeasured. Nothing shows that its model, popularity, " +
  "is any good.\nWhy, and what to do: the validation window, 2025-03-01 10:00 to 2025-03-01 10:00";

Deno.test("an unmeasured artifact is exported with a warning and exit code 2", () =>
  withFolder(async (folder) => {
    const events = `${folder}/events.csv`, artifacts = `${folder}/artifacts`;
    await Deno.writeTextFile(events, FIRST_SECOND);
    const train = await runToEnd([
      ...["scripts/train.ts", "--events", events, "--artifacts", artifacts],
      ...["--models", "popularity", "--quiet", "--no-cache"],
    ]);
    assertEquals(train.code, 2);
    assertStringIncludes(train.stderr, WARNING);
    assertStringIncludes(train.stderr, "(--validation-days, --test-days)");
    assertStringIncludes(train.stdout, "the models could not be compared");

    const version = await currentVersion(artifacts) ?? "";
    const { unmeasured, defaultModel } = await readManifest(`${artifacts}/${version}`, version);
    assertStringIncludes(unmeasured ?? "", "has no events; use events of more days");
    assertEquals(defaultModel, "popularity");

    const models = await runToEnd(["scripts/models.ts", "--artifacts", artifacts]);
    assertStringIncludes(models.stdout, "unmeasured");

    const start = await startServer(
      ["scripts/start.ts", "--artifacts", artifacts, "--events", events, "--port", "0"],
      { until: /Stop with/ },
    );
    const { status, body } = await fetch(`${start.url}/popular`);
    await body?.cancel();
    assertEquals(status, 200);
    await start.end("SIGTERM");
    assertStringIncludes(await start.errors, WARNING);
  }));

Deno.test("the help of deno task train has its exit codes", async () => {
  const { code, stdout } = await runToEnd(["scripts/train.ts", "--help"]);
  assertEquals(code, 0);
  assertStringIncludes(stdout, "2  an artifact was written, but no user could be measured");
});
