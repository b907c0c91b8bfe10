import { InputError } from "../base/input_error.ts";
import { SECONDS_PER_DAY } from "../base/time.ts";
import type { History } from "../interactions/history.ts";
import type { IdMap } from "../interactions/id_map.ts";
import type { PackedHistories } from "./packed_histories.ts";
import { ExampleUsers } from "./example_users.ts";
import type { DayCount, FirstEvents, Histories, Period, Walk, WalkedUser } from "./histories.ts";

/** Histories in memory, where an artifact has them inside. Places are users' numbers. */
export class InsideHistories implements Histories {
  readonly userIds: IdMap;
  readonly packed: PackedHistories;
  readonly resolution = 1;
  #examples: readonly string[] | undefined;

  constructor({ userIds, packed }: { userIds: IdMap; packed: PackedHistories }) {
    this.userIds = userIds;
    this.packed = packed;
  }

  get users(): number {
    return this.userIds.size;
  }

  get examples(): readonly string[] {
    return this.#examples ??= this.#findExamples();
  }

  #findExamples(): string[] {
    const examples = new ExampleUsers();
    for (let user = 0; user < this.users && !examples.isComplete; user++) {
      examples.add(() => this.userIds.idAt(user), this.packed.lengthOf(user));
    }
    return examples.chosen;
  }

  of(userId: string): Promise<History | undefined> {
    const user = this.userIds.indexOf(userId);
    return Promise.resolve(user < 0 ? undefined : this.packed.of(user));
  }

  async *walk({ from = 0, to = this.users }: Walk = {}): AsyncGenerator<WalkedUser> {
    for (let user = from; user < Math.min(to, this.users); user++) {
      yield { userId: this.userIds.idAt(user), history: this.packed.of(user), next: user + 1 };
    }
  }

  sample(most: number): Promise<History[]> {
    const { packed } = this;
    const active = Array.from({ length: this.users }, (_, user) => user)
      .filter((user) => packed.lengthOf(user) > 0);
    const count = Math.min(most, active.length);
    const chosen = Array.from({ length: count }, (_, i) => Math.floor(i * active.length / count));
    return Promise.resolve(chosen.map((place) => packed.of(active[place])));
  }

  parts(size: number): Required<Walk>[] {
    return Array.from({ length: Math.ceil(this.users / size) }, (_, part) => ({
      from: part * size,
      to: Math.min(this.users, (part + 1) * size),
    }));
  }

  latestUntil(limit: number): number {
    let latest = -Infinity;
    this.packed.forEach((_item, _weight, time) => {
      if (time <= limit && time > latest) latest = time;
    });
    return latest;
  }

  sums({ from, to }: Period, items: number): Float32Array {
    const sums = new Float32Array(items);
    if (from >= to) return sums;
    this.packed.forEach((item, weight, time) => {
      if (time >= from && time < to) sums[item] += weight;
    });
    return sums;
  }

  firstEvents(items: number): FirstEvents {
    const ofItem = new Float64Array(items).fill(Infinity);
    let ofAll = Infinity;
    this.packed.forEach((item, _weight, time) => {
      if (time < ofItem[item]) ofItem[item] = time;
      if (time < ofAll) ofAll = time;
    });
    return { ofItem, ofAll };
  }

  daysOf(item: number): DayCount[] {
    const counts: DayCount[] = [];
    this.packed.forEach((other, weight, time) => {
      if (other !== item) return;
      counts.push({ day: Math.floor(time / SECONDS_PER_DAY), weight, count: 1 });
    });
    return counts;
  }

  check(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * Histories in memory, for what needs them all.
 *
 * @param attempted What needs them, to follow "Cannot".
 * @throws {InputError} If they are apart from the artifact.
 */
export function requireInside(histories: Histories, attempted: string): InsideHistories {
  if (histories instanceof InsideHistories) return histories;
  throw new InputError(
    `Cannot ${attempted}: histories must be inside the artifact, and these are apart; train ` +
      "without --histories apart",
  );
}
