import { EVENT_COLORS, EVENT_NAMES, PALETTE } from "../../../src/analysis/charts/theme.ts";
import { assert, assertEquals } from "../../assert.ts";

/**
 * How a colour looks without one kind of cone: Viénot, Brettel and Mollon, "Digital video
 * colourmaps for checking the legibility of displays by dichromats", 1999, on linear RGB.
 */
const DICHROMATS = {
  protanope: [[.11238, .88762, 0], [.11238, .88762, 0], [.00401, -.00401, 1]],
  deuteranope: [[.29275, .70725, 0], [.29275, .70725, 0], [-.02234, .02234, 1]],
};

Deno.test("colours are distinguishable without red or green cones", () => {
  for (const colors of [Object.values(PALETTE), Object.values(EVENT_COLORS)]) {
    for (const matrix of Object.values(DICHROMATS)) {
      const seen = colors.map((color) => lab(apply(matrix, linear(color))));
      seen.forEach((a, i) =>
        seen.slice(0, i).forEach((b, j) => {
          const distance = Math.hypot(...a.map((value, c) => value - b[c]));
          assert(distance > 12, `${colors[i]} and ${colors[j]} differ by ${distance}`);
        })
      );
    }
  }
});

Deno.test("every type of event has a colour and a name", () => {
  assertEquals(Object.keys(EVENT_COLORS), Object.keys(EVENT_NAMES));
});

function linear(color: string): number[] {
  return [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  });
}

function apply(matrix: number[][], vector: number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i], 0));
}

/** CIE L*a*b* of linear sRGB, white at D65; distances of 2 are just noticeable. */
function lab(rgb: number[]): number[] {
  const xyz = apply([[.4124, .3576, .1805], [.2126, .7152, .0722], [.0193, .1192, .9505]], rgb);
  const [x, y, z] = [xyz[0] / .9505, xyz[1], xyz[2] / 1.089].map((t) =>
    t > .008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116
  );
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
