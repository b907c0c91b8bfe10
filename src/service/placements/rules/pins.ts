import type { Products } from "../../catalogue/products.ts";
import type { NamedRule } from "../definition/placements.ts";
import { type Outcome, withEffect } from "./outcome.ts";

/** A product that a rule puts at a place of the list. */
export interface Pin {
  readonly rule: string;
  readonly item: number;
  /** The place that the rule asks for, from 1. */
  readonly wanted: number;
  /** The place that it gets, from 1. */
  readonly place: number;
}

/**
 * Gives each pin a place, in the order of the rules: the one that it asks for or, if a rule before
 * it has that, the next free one. Pins beyond the end of the list wait for a longer one.
 *
 * @param options `mayPin`: whether the list may contain a product. `length`: that of the list.
 * @returns The pins by place, and what became of each rule.
 */
export function placePins(
  rules: readonly NamedRule[],
  { products, mayPin, length }: {
    products: Products;
    mayPin: (item: number) => boolean;
    length: number;
  },
): { pins: Pin[]; outcomes: Outcome[] } {
  const byPlace = new Map<number, Pin>();
  const outcomes = withEffect(rules, "pin").flatMap(
    ({ name: rule, pin: { productId, position } }): Outcome[] => {
      if (position > length) return [];
      const unmet = (detail: string) => [{ rule, effect: "pin" as const, isMet: false, detail }];
      const item = products.indexOf(productId);
      if (item < 0) return unmet("nobody knows the product");
      if (!products.isInStock(item)) return unmet("the product is out of stock");
      if (!mayPin(item)) return unmet("a filter or a rule excludes the product");
      const pins = [...byPlace.values()];
      const same = pins.find((pin) => pin.item === item);
      if (same) return unmet(`rule ${same.rule} pins the product already`);
      let place = position;
      while (byPlace.has(place)) place++;
      if (place > length) return unmet(`places ${position} to ${length} are pinned already`);
      byPlace.set(place, { rule, item, wanted: position, place });
      if (place === position) return [{ rule, effect: "pin", isMet: true }];
      return unmet(`rule ${byPlace.get(position)!.rule} has the place; it is at ${place}`);
    },
  );
  return { pins: [...byPlace.values()].toSorted((a, b) => a.place - b.place), outcomes };
}
