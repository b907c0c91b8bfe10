/** `deno task bench:knn`: how fast item_knn trains, beside implicit. */
import { runTask } from "../lib/cli.ts";
import { measureShop } from "./lib/speed/shop_speed.ts";
import { speedCommand } from "./lib/speed/speed_options.ts";

if (import.meta.main) {
  await runTask(
    measureShop(
      speedCommand("knn", "Measures how fast item_knn finds neighbors in a made-up shop"),
      "knn",
    ),
  );
}
