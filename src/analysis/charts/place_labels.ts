import { textWidth } from "./text_width.ts";

/** A labelled point, in pixels from the upper left corner. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

/** A label's position: its vertically centred anchor in pixels, and its alignment to it. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly align: "left" | "center" | "right";
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Distance from a point's centre to its label. */
const GAP = 9;
/** A point's radius. */
const RADIUS = 5;

/** Beside the point, above and below it, then beside it at growing vertical distances. */
const CANDIDATES: readonly { dx: number; dy: number; align: LabelPlace["align"] }[] = [
  { dx: GAP, dy: 0, align: "left" },
  { dx: -GAP, dy: 0, align: "right" },
  { dx: 0, dy: -GAP - 4, align: "center" },
  { dx: 0, dy: GAP + 4, align: "center" },
  ...[12, 24, 36].flatMap((dy) =>
    ([[1, "left"], [-1, "right"]] as const).flatMap(([side, align]) => [
      { dx: side * GAP, dy: -dy, align },
      { dx: side * GAP, dy, align },
    ])
  ),
];

/**
 * Places labels next to their points so that they cover neither each other nor a point if possible:
 * greedily, at the first free position of a few, or else at the one that covers least.
 *
 * @param options The sizes of the picture and the font, in pixels.
 */
export function placeLabels(
  points: readonly LabelledPoint[],
  { width, height, fontSize }: { width: number; height: number; fontSize: number },
): LabelPlace[] {
  const occupied = points.map(({ x, y }) => boxAround(x, y, 2 * RADIUS, 2 * RADIUS));
  return points.map(({ x, y, label }) => {
    const size = textWidth(label, fontSize);
    const options = CANDIDATES.map(({ dx, dy, align }) => {
      const middle = x + dx + { left: size / 2, center: 0, right: -size / 2 }[align];
      const box = boxAround(middle, y + dy, size, fontSize);
      const covered = occupied.reduce((sum, other) => sum + overlap(box, other), 0);
      return {
        place: { x: x + dx, y: y + dy, align },
        box,
        cost: covered + outside(box, width, height),
      };
    });
    const best = options.reduce((best, option) => option.cost < best.cost ? option : best);
    occupied.push(best.box);
    return best.place;
  });
}

function boxAround(x: number, y: number, width: number, height: number): Box {
  return {
    left: x - width / 2,
    right: x + width / 2,
    top: y - height / 2,
    bottom: y + height / 2,
  };
}

/** The area in which two boxes overlap. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return Math.max(0, width) * Math.max(0, height);
}

/** The area of a box outside the picture. */
function outside(box: Box, width: number, height: number): number {
  const inside = overlap(box, { left: 0, right: width, top: 0, bottom: height });
  return (box.right - box.left) * (box.bottom - box.top) - inside;
}
