import type { Deadline } from "./deadline.ts";

/**
 * Gives each call of a Deno KV a deadline: each read, each commit, and each step through a list.
 * Deno itself waits forever for one on another machine.
 *
 * @returns The same object.
 */
export function limitCalls(kv: Deno.Kv, deadline: Deadline): Deno.Kv {
  const get = kv.get.bind(kv);
  const getMany = kv.getMany.bind(kv);
  const set = kv.set.bind(kv);
  const list = kv.list.bind(kv);
  const atomic = kv.atomic.bind(kv);
  return Object.assign(kv, {
    get: (...args: Parameters<typeof get>) => deadline.run(() => get(...args)),
    getMany: (...args: Parameters<typeof getMany>) => deadline.run(() => getMany(...args)),
    set: (...args: Parameters<typeof set>) => deadline.run(() => set(...args)),
    list: (...args: Parameters<typeof list>) => limitMethod(list(...args), "next", deadline),
    atomic: () => limitMethod(atomic(), "commit", deadline),
  });
}

/** Gives the calls of a method a deadline. */
function limitMethod<Name extends string, T extends Record<Name, () => Promise<unknown>>>(
  object: T,
  name: Name,
  deadline: Deadline,
): T {
  const call = object[name].bind(object);
  return Object.assign(object, { [name]: () => deadline.run(call) });
}
