import type { Random } from "../../linalg/random.ts";

/** What invented names consist of. */
export const SYLLABLES: readonly string[] =
  "zu vri qua mel tro nix ola bru fey gim dax lue pho wen iro kiv sor thu yal esk obi ruz cal mio"
    .split(" ");
const JOINTS = ["", "", "", "", "", "", "", "", ".", "-", " "];

/** Category paths like those of the few categories that have one in the real shop. */
export const CATEGORY_CODES: readonly string[] = [
  "accessories.bag",
  "accessories.cosmetic_bag",
  "apparel.glove",
  "appliances.environment.air_conditioner",
  "appliances.environment.vacuum",
  "appliances.personal.hair_cutter",
  "appliances.personal.massager",
  "furniture.bathroom.bath",
  "furniture.living_room.cabinet",
  "stationery.cartridge",
];

/** Distinct invented brand names. */
export function inventBrands(count: number, random: Random): string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const syllables = Array.from({ length: 3 }, () => SYLLABLES[random.integer(SYLLABLES.length)]);
    const joint = JOINTS[random.integer(JOINTS.length)];
    names.add(`${syllables[0]}${syllables[1]}${joint}${syllables[2]}`);
  }
  return [...names];
}

/** Distinct 19-digit category ids, too large for a double, like the real shop's. */
export function inventCategoryIds(count: number, random: Random): string[] {
  let id = 1487580004807082752n;
  return Array.from({ length: count }, () => {
    id += BigInt(8_000_001 + random.integer(30_000_000));
    return String(id);
  });
}

/** Distinct ascending product ids: a few of four or five digits, then seven. */
export function inventProductIds(count: number, random: Random): Uint32Array {
  const old = Math.ceil(0.05 * count);
  const ids = new Uint32Array(count);
  for (let i = 0, id = 3_700; i < count; i++) {
    if (i === old) id = 5_540_000;
    ids[i] = id += 1 + random.integer(13);
  }
  return ids;
}
