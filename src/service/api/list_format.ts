interface List {
  readonly items: readonly { readonly productId: string }[];
}

/** The whole list or, with the format `ids`, its product ids. */
export function inFormat<Full extends List>(
  format: "full" | "ids",
  list: Full,
): Full | readonly string[] {
  return format === "ids" ? idsOf(list) : list;
}

/** The product ids of a list. */
export function idsOf({ items }: List): string[] {
  return items.map(({ productId }) => productId);
}
