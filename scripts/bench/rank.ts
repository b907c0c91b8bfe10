/** `deno task bench:rank`: how fast lists are made, beside implicit. */
import { runTask } from "../lib/cli.ts";
import { measureShop } from "./lib/speed/shop_speed.ts";
import { speedCommand } from "./lib/speed/speed_options.ts";

if (import.meta.main) {
  await runTask(
    measureShop(
      speedCommand("rank", "Measures how fast als makes lists for a made-up shop"),
      "rank",
    ),
  );
}
