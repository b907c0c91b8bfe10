import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";
import { withFolder } from "../../temp_folder.ts";

Deno.test("deno task evaluate-placements measures placements with and without their rules", () =>
  withFolder(async (folder) => {
    const events = `${folder}/events.csv`, json = `${folder}/figures.json`;
    const simulated = await runToEnd([
      ...["scripts/simulate.ts", "--out", events, "--events", "4000", "--quiet"],
    ]);
    assertEquals(simulated.code, 0);
    const placements = `${folder}/placements.json`;
    await Deno.writeTextFile(
      placements,
      JSON.stringify({
        placements: {
          home: { strategy: "personal", rules: ["cheap", "new"] },
          best: { strategy: "popular", k: 5 },
        },
        rules: {
          cheap: { boost: { factor: 100, maxPrice: 5 } },
          new: { newArrivals: { share: 0.1 } },
        },
      }),
    );
    const { code, stdout, stderr } = await runToEnd([
      ...["scripts/placements/evaluate.ts", "--events", events, "--placements", placements],
      ...["--models", "popularity,item_knn", "--json", json, "--quiet", "--no-cache"],
    ]);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "21 users of the test window");
    const [home, best] = JSON.parse(await Deno.readTextFile(json));
    assertEquals([home.placement, best.placement, home.users], ["home", "best", best.users]);
    assert(home.ndcg !== home.ndcgWithoutRules && home.users > 0);
    assertEquals([home.unmet, best.unmet], [{ new: 1 }, {}]);
    assertEquals([best.ndcg, best.pValue], [best.ndcgWithoutRules, 1]);
    assert(best.ndcgLow <= best.ndcg && best.ndcg <= best.ndcgHigh);
  }));
