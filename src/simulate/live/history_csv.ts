import { isoTime, MS_PER_DAY } from "../../base/time.ts";
import { createRandom, type Random } from "../../linalg/random.ts";
import { cumulate, drawIndex, hash32 } from "../parameters/distributions.ts";
import { attraction, type Shopper, type World, type WorldProduct } from "./world.ts";

/** The share of products that shoppers find in their niches rather than anywhere. */
const IN_NICHES = 0.7;
/** How many products they look at in a visit. */
const LOOKS = 15;
const BUYS = 0.2;

/**
 * What shoppers did before there were lists, as CSV: they find products in their niches, or
 * anywhere by quality, view those that attract them and buy some.
 *
 * @param options `days`: how many, up to `end` in milliseconds since 1970-01-01 UTC.
 */
export function historyCsv(
  world: World,
  { days, end }: { days: number; end: number },
): string {
  const rows: { time: number; text: string }[] = [];
  const popular = cumulate(world.products.map(({ quality }) => Math.exp(quality)));
  for (const shopper of world.shoppers) {
    const random = createRandom(hash32(world.seed + 3, shopper.number));
    for (let day = 0; day < days; day++) {
      if (random.next() >= shopper.visits) continue;
      let time = end - (day + random.next()) * MS_PER_DAY;
      for (let look = 0; look < LOOKS; look++) {
        const product = findProduct(world, shopper, { popular, random });
        const [view, buy] = [random.next(), random.next()];
        if (view >= attraction(world, shopper, product)) continue;
        for (const type of buy < BUYS ? ["view", "purchase"] : ["view"]) {
          time += 1000;
          rows.push({ time, text: rowOf(shopper, product, { type, time }) });
        }
      }
    }
  }
  const lines = rows.filter(({ time }) => time < end).sort((a, b) => a.time - b.time);
  const header = "event_time,event_type,product_id,category_code,price,user_id\n";
  return header + lines.map(({ text }) => text).join("");
}

function findProduct(
  { products, niches }: World,
  shopper: Shopper,
  { popular, random }: { popular: Float64Array; random: Random },
): WorldProduct {
  if (random.next() >= IN_NICHES) return products[drawIndex(random, popular, 0, products.length)];
  const niche = niches[shopper.niches[random.integer(shopper.niches.length)]];
  return niche[random.integer(niche.length)];
}

/** Categories are others than niches, so that only what users do says who likes what. */
function rowOf(
  { id: userId }: Shopper,
  { id, quality, price }: WorldProduct,
  { type, time }: { type: string; time: number },
): string {
  const category = `shelf.${quality > 0 ? "upper" : "lower"}`;
  return `${isoTime(Math.floor(time / 1000))},${type},${id},${category},${price},${userId}\n`;
}
