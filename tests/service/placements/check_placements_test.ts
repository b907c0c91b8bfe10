import { TempFolder } from "../../../src/base/temp_folder.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { knownNames } from "../../../src/service/placements/definition/known_names.ts";
import { readPlacements } from "../../../src/service/placements/definition/read_placements.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assertEquals, assertRejects } from "../../assert.ts";

/** Reads a file with this content against the tiny shop, whose models are popularity, affinity. */
async function read(content: unknown) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  using folder = new TempFolder();
  const file = `${folder.path}/placements.json`;
  await Deno.writeTextFile(file, text);
  return await readPlacements(file, await knownNames(await tinyArtifact(), undefined));
}

Deno.test("a file whose names are all known is read", async () => {
  const { names, segments } = await read({
    placements: {
      home: {
        strategy: "personal",
        model: "affinity",
        brand: ["Runail"],
        category: ["accessories", "22"],
        rules: ["top"],
        fallback: ["best", { strategy: "similar", model: "content" }],
        variants: [{ segment: "buyers", placement: "best" }],
      },
      best: { strategy: "popular", window: "7d", k: 12 },
    },
    rules: { top: { pin: { productId: "100", position: 1 }, segments: ["buyers"] } },
    segments: { buyers: { boughtCategory: ["accessories.bag"], seenWithinDays: 30 } },
  });
  assertEquals([names, [...segments.keys()]], [["home", "best"], ["buyers"]]);
});

/** A placement with these fields, and what is said of it. */
const FAULTS: readonly [Record<string, unknown>, string][] = [
  [{ strategy: "personel" }, "must be one of personal, similar, together, new, popular"],
  [{ strategy: "personal", modle: "als" }, "did you mean model?"],
  [
    { strategy: "personal", model: "afinity" },
    'placements.home.model: there is no model "afinity"; did you mean "affinity"?',
  ],
  [
    { strategy: "personal", model: "content" },
    'there is no model "content"',
  ],
  [
    { strategy: "popular", model: "affinity" },
    "placements.home.model: strategy popular has no model",
  ],
  [
    { strategy: "together", model: "affinity" },
    "placements.home.model: strategy together has no model",
  ],
  [
    { strategy: "similar", window: "7d" },
    "placements.home.window: only the strategies popular and new",
  ],
  [{ strategy: "similar", diversity: 0.5 }, "placements.home.diversity: only strategy personal"],
  [{ strategy: "popular", brand: ["runial"] }, 'no brand "runial"; did you mean "runail"?'],
  [
    { strategy: "popular", category: ["accessories.bags"] },
    'no category "accessories.bags"; did you mean "accessories.bag"?',
  ],
  [{ strategy: "popular", category: ["unknown"] }, 'no category "unknown": answers say so of'],
  [
    { strategy: "popular", not: ["1000"] },
    'placements.home.not: there is no product "1000"; did you mean "100"?',
  ],
  [
    { strategy: "popular", fallback: ["hom"] },
    'placements.home.fallback[0]: there is no placement "hom"; did you mean "home"?',
  ],
  [{ strategy: "popular", fallback: ["home"] }, "it leads back to itself: home → home"],
  [{ strategy: "popular", rules: ["topp"] }, 'there is no rule "topp"; did you mean "top"?'],
  [
    { strategy: "popular", variants: [{ segment: "buyer", placement: "home" }] },
    'there is no segment "buyer"; did you mean "buyers"?',
  ],
  [{ strategy: "popular", k: 0 }, '"placements.home.k" must be a whole number from 1 to 1000'],
  [
    { strategy: "popular", minPrice: 5, maxPrice: 1 },
    '"placements.home.minPrice" must be at most maxPrice, got 5',
  ],
  [
    { strategy: "popular", fallback: [{ strategy: "popular", minPrice: 5, maxPrice: 1 }] },
    '"placements.home.fallback[0].minPrice" must be at most maxPrice, got 5',
  ],
  [{ strategy: "popular", window: "400d" }, "must be a number of days from 1d to"],
];

for (const [home, message] of FAULTS) {
  Deno.test(`${JSON.stringify(home)} is refused: ${message}`, async () => {
    const rules = { top: { pin: { productId: "100", position: 1 } } };
    const segments = { buyers: { spentAtLeast: 1 } };
    await assertRejects(
      () => read({ placements: { home }, rules, segments }),
      InputError,
      message,
    );
  });
}

const RULE_FAULTS: readonly [Record<string, unknown>, string][] = [
  [{}, "exactly one of pin, boost, include, exclude, cap, newArrivals, boughtAgain"],
  [{ newArrivals: {} }, "share, most or both"],
  [{ newArrivals: { share: 0.3, most: 0.2 } }, "given with a most of at least its share"],
  [{ newArrivals: { most: 0.2, days: 91 } }, "a whole number from 1 to 90"],
  [{ boughtAgain: { days: -1 } }, "a whole number from 0 to 3650"],
  [
    { boughtAgain: { days: 30, category: ["accesories"] } },
    'rules.top.boughtAgain.category: there is no category "accesories"; did you mean "accessories"',
  ],
  [{ cap: { by: "brand", most: 1 }, newArrivals: { share: 1 } }, "exactly one of"],
  [{ categories: ["nails"], pin: { productId: "100", position: 1 } }, "rules.top.categories: "],
  [{ pin: { productId: "1000", position: 1 } }, 'pin.productId: there is no product "1000"'],
  [{ boost: { factor: 2 } }, "something of products, brand"],
  [{ boost: { factor: 0, brand: ["irisk"] } }, "a number from 0.01 to 100"],
  [{ boost: { factor: 2, fields: { margin: { min: 1 } } } }, 'no field of products "margin"'],
  [{ exclude: { brand: ["iriska"] } }, 'no brand "iriska"; did you mean "irisk"?'],
  [
    { cap: { by: "brand", most: 1 }, from: "2026-02-01", until: "2026-01-01" },
    "later than from",
  ],
  [{ include: { minPrice: 5, maxPrice: 1 } }, 'include.minPrice" must be at most maxPrice, got 5'],
  [{ boost: { factor: 2, minPrice: 5, maxPrice: 1 } }, 'boost.minPrice" must be at most maxPrice'],
  [{ boughtAgain: { minPrice: 5, maxPrice: 1 } }, 'boughtAgain.minPrice" must be at most maxPrice'],
  [{ cap: { by: "brand", most: 1 }, segments: ["lapsed"] }, 'no segment "lapsed"'],
  [{ cap: { by: "brand", most: 1 }, placements: ["home"] }, "Unknown parameter"],
];

for (const [top, message] of RULE_FAULTS) {
  Deno.test(`a rule ${JSON.stringify(top)} is refused: ${message}`, async () => {
    const placements = { home: { strategy: "popular", rules: ["top"] } };
    await assertRejects(() => read({ placements, rules: { top } }), InputError, message);
  });
}

Deno.test("all that is wrong is said at once, and a cycle is shown", async () => {
  const chain = (next: string) => ({ strategy: "popular", brand: ["x"], fallback: [next] });
  const error = await assertRejects(
    () => read({ placements: { a: chain("b"), b: chain("c"), c: chain("a") } }),
    InputError,
  );
  assertEquals(error.message.split("\n").slice(1), [
    '  placements.a.brand: there is no brand "x"',
    '  placements.b.brand: there is no brand "x"',
    '  placements.c.brand: there is no brand "x"',
    "  placements.a.fallback: it leads back to itself: a → b → c → a",
  ]);
});

Deno.test("chains that lend each other more than 50 steps are refused", async () => {
  const twice = (next: string) => ({ strategy: "popular", fallback: [next, next] });
  const placements = {
    ...{ a: twice("b"), b: twice("c"), c: twice("d"), d: twice("e"), e: twice("f") },
    f: { strategy: "popular" },
  };
  // f has 1 step, e 1 + 2, d 1 + 6, then 15, 31 and 63.
  await assertRejects(() => read({ placements }), InputError, "it has 63 steps, more than 50");
});

Deno.test("a name with other characters is refused by the rule of names", async () => {
  const placements = { "a b": { strategy: "popular" } };
  await assertRejects(
    () => read({ placements }),
    InputError,
    'placements.json: The name "a b" must be a name of up to 50 letters, digits, - and _',
  );
});

Deno.test("a file that isn't there or isn't JSON is refused by name", async () => {
  await assertRejects(() => read("{,"), InputError, "placements.json: it isn't JSON");
  const known = await knownNames(await tinyArtifact(), undefined);
  await assertRejects(() => readPlacements("/none/p.json", known), InputError, "PLACEMENTS names");
});
