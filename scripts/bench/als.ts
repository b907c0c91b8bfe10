/** `deno task bench:als`: how fast als trains, beside implicit. */
import { runTask } from "../lib/cli.ts";
import { measureShop } from "./lib/speed/shop_speed.ts";
import { speedCommand } from "./lib/speed/speed_options.ts";

if (import.meta.main) {
  await runTask(
    measureShop(speedCommand("als", "Measures how fast als sweeps over a made-up shop"), "als"),
  );
}
