import { Html, html } from "./html.ts";

/** What a picture is drawn from. */
export interface PicturedProduct {
  readonly brand: string;
  readonly category: string;
  /** In the shop's currency; 0 if unknown. */
  readonly price: number;
}

/** The brand of a product whose shop gave none. */
export const UNKNOWN_BRAND = "unknown";

const BRUSH = "M46 50h8v38h-8z";

/** Outlines within 100 × 100, drawn around (50, 52); the second one is the lid or the handle. */
const FORMS: readonly (readonly [string, string])[] = [
  ["M36 40h28q6 0 6 8v34q0 6-6 6H36q-6 0-6-6V48q0-8 6-8z", "M42 22h16v18H42z"],
  ["M26 46h48v32q0 8-8 8H34q-8 0-8-8z", "M24 32h52v14H24z"],
  ["M38 20h24l6 54H32z", "M34 74h32v14H34z"],
  ["M28 34h44v52H28z", "M28 34l8-12h28l8 12z"],
  [BRUSH, "M38 18q12-8 24 0l-4 32H42z"],
  ["M22 52a28 28 0 0 1 56 0v6a28 28 0 0 1-56 0z", "M36 52a14 14 0 0 1 28 0z"],
];

/** Smallest drawing, and how much each factor of ten in the price adds. */
const SMALLEST = .95;
const GROWTH = .12;
const LARGEST = 1.25;

/**
 * Draws a product as SVG: its category decides form and colour, its brand the lid and the initials,
 * its price the size. The same product always looks the same.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const picture = productPicture({ brand: "runail", category: "hair", price: 5 });
 * assertEquals(picture.text.match(/>(\w+)<\/text>/)?.[1], "ru");
 * ```
 */
export function productPicture({ brand, category, price }: PicturedProduct): Html {
  const [body, lid] = FORMS[hash(category) % FORMS.length];
  const hue = hash(`${category}.`) % 360;
  const lidHue = hash(brand) % 360;
  const scale = Math.min(LARGEST, SMALLEST + GROWTH * Math.log10(1 + Math.max(0, price)));
  // A brush is too thin for letters.
  const isLabelled = body !== BRUSH && brand !== UNKNOWN_BRAND && /[\p{L}\p{N}]/u.test(brand);
  const initials = [...brand.replaceAll(/[^\p{L}\p{N}]/gu, "")].slice(0, 2).join("");
  return html`
    <svg class="picture" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <rect
        width="100" height="100" fill="hsl(${hue} 45% 88%)" />
      <g
        transform="translate(50 52) scale(${scale.toFixed(
          2,
        )}) translate(-50 -52)"><path d="${body}" fill="hsl(${hue} 40% 48%)"/><path d="${lid}"
    fill="hsl(${lidHue} 35% 35%)"/>${isLabelled && html`
      <text x="50" y="70" text-anchor="middle"
        font-size="15" font-family="Georgia, serif" fill="white">${initials}</text>
    `}</g>
    </svg>
  `;
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
