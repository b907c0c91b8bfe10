/** `deno task bench:pure-svd`: how fast pure_svd trains, beside scipy. */
import { runTask } from "../lib/cli.ts";
import { measureShop } from "./lib/speed/shop_speed.ts";
import { speedCommand } from "./lib/speed/speed_options.ts";

if (import.meta.main) {
  await runTask(
    measureShop(
      speedCommand("pure-svd", "Measures how fast pure_svd decomposes a made-up shop"),
      "pure-svd",
    ),
  );
}
