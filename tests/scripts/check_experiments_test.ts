import { assertEquals, assertStringIncludes } from "../assert.ts";
import { saveBlockArtifact } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

Deno.test("check-experiments exits with 0 for a valid file and with 1 for any other", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    const check = async (content: unknown) => {
      const file = `${folder}/experiments.json`;
      await Deno.writeTextFile(file, JSON.stringify(content));
      const args = ["scripts/check_experiments.ts", "--experiments", file, "--artifacts", folder];
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", ...args],
        env: { NO_COLOR: "1" },
      }).output();
      return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
    };
    const arms = [{ name: "usual", share: 0.5 }, { name: "popular", share: 0.5 }];
    const right = { ...arms[1], model: "popularity" }, wrong = { ...arms[1], model: "popularitx" };
    const valid = await check({ experiments: { models: { arms: [arms[0], right] } } });
    assertEquals(valid.code, 0, valid.text);
    assertStringIncludes(valid.text, "1 experiment (models), valid for artifact");
    const refused = await check({ experiments: { models: { arms: [arms[0], wrong] } } });
    assertEquals(refused.code, 1);
    assertStringIncludes(refused.text, 'no model "popularitx"; did you mean popularity?');
    assertEquals(refused.text.includes("    at "), false);
  }));
