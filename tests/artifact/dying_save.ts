/** Run as a process of its own by `save_test.ts`: dies when half of an artifact is written. */
import { saveArtifact } from "../../src/artifact/save.ts";
import { affinityModel, tinyContents } from "./tiny_shop.ts";

const dying = { ...affinityModel(), toTensors: () => Deno.exit(9) };
const models = [...tinyContents().models, { name: "dying", options: {}, model: dying }];
await saveArtifact(
  Deno.args[0],
  tinyContents({ models, created: new Date("2019-12-02T00:00:00Z") }),
);
