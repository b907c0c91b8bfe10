import type { EventStore } from "../../../src/service/store/event_store.ts";

/** Two models against each other, on lists without a placement. */
export const ARMS = [
  { name: "usual", share: 0.5 },
  { name: "popular", share: 0.5, model: "popularity" },
];

/** How many users an arm has, and how many of them click their list. */
export interface ArmCounts {
  readonly users: number;
  readonly clicked: number;
  /** How many of those who click buy the product, too, for 10. Default none. */
  readonly bought?: number;
}

/** Stores a list of product 100 for each user of the arms of an experiment, and their events. */
export async function recordArms(
  store: EventStore,
  arms: Readonly<Record<string, ArmCounts>>,
  { experiment = "models" }: { experiment?: string } = {},
): Promise<void> {
  const at = Math.floor(store.now()) - 60_000;
  const visitors = Object.entries(arms).flatMap(([arm, { users, clicked, bought = 0 }]) =>
    Array.from({ length: users }, (_, i) => ({
      ...{ arm, userId: `${arm}-${i}`, listId: `${experiment}-${arm}-${i}` },
      types: [
        ...(i < clicked ? ["view" as const] : []),
        ...(i < bought ? ["purchase" as const] : []),
      ],
    }))
  );
  await store.recordExposures(visitors.map(({ arm, userId, listId }) => ({
    ...{ listId, at, userId, experiment, arm, model: "affinity" },
    ...{ productIds: ["100"], positions: [1], propensities: [1] },
  })));
  await store.append(visitors.flatMap(({ userId, listId, types }) =>
    types.map((type, i) => ({
      ...{ userId, type, listId, productId: "100", price: 10, time: at + 1000 * (i + 1) },
    }))
  ));
}
