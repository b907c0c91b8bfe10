import { HistoryShards, type ShardOptions } from "../../src/histories/history_shards.ts";
import { sourceOf } from "../../src/histories/in_digest_order.ts";
import { writeShards, type WrittenShards } from "../../src/histories/write_shards.ts";
import { IdMap } from "../../src/interactions/id_map.ts";
import { groupByUser, type Interactions } from "../../src/interactions/interactions.ts";
import { createRandom } from "../../src/linalg/random.ts";

/** Small enough that a few hundred users fill several blocks and shards. */
export const SMALL = { blockBytes: 256, shardBytes: 1024 };

/** Users `u0` to `u299` with some 3,000 events of a hundred products in ten days; `u7` has none. */
export function someInteractions(): Interactions {
  const random = createRandom(5);
  const users = 300, events = 3000;
  const times = Uint32Array.from({ length: events }, () => 1_572_566_400 + random.next() * 864_000)
    .sort();
  const owners = Uint32Array.from(times, () => Math.floor(random.next() * users));
  return groupByUser({
    userIds: IdMap.from(Array.from({ length: users }, (_, user) => `u${user}`)),
    itemIds: IdMap.from(Array.from({ length: 100 }, (_, item) => `p${item}`)),
    users: owners.map((user) => user === 7 ? 8 : user),
    items: Uint32Array.from(times, () => Math.floor(random.next() ** 2 * 100)),
    weights: Float32Array.from(times, () => [1, 2, 4][Math.floor(random.next() * 3)]),
    times,
  });
}

/** Writes interactions to shards in a folder, none of them in the future. */
export function write(
  folder: string,
  interactions: Interactions,
  sizes?: { blockBytes: number; shardBytes: number },
): Promise<WrittenShards> {
  return writeShards(folder, sourceOf(interactions, Infinity), sizes);
}

/** Opens written shards. */
export function open(place: string, written: WrittenShards, options?: ShardOptions): HistoryShards {
  return new HistoryShards(place, written, written.tensors, options);
}
