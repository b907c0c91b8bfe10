/** How {@linkcode inTimeShares} divides time. */
export interface TimeShareOptions<Task> {
  /** The time by the clock at which all end. Default no limit. */
  until?: number;
  /** How much of the time a task has, relative to the others. Default 1. */
  weightOf?: (task: Task) => number;
  /** Default `performance.now()`. */
  now?: () => number;
}

/**
 * Runs tasks one after another, each in its share of the time left; what one doesn't need goes
 * to those after it. Those that are cut short run again, as long as there is time and they advance.
 *
 * @param run Runs a task until a time by the clock; it says how much is left undone, 0 if nothing.
 */
export async function inTimeShares<Task>(
  tasks: readonly Task[],
  run: (task: Task, until: number) => Promise<number>,
  { until = Infinity, weightOf = () => 1, now = () => performance.now() }: TimeShareOptions<Task> =
    {},
): Promise<void> {
  const undone = new Map<Task, number>();
  for (let waiting = tasks; waiting.length > 0 && now() < until;) {
    const cut: Task[] = [];
    for (const [place, task] of waiting.entries()) {
      const rest = waiting.slice(place).reduce((sum, other) => sum + weightOf(other), 0);
      const share = (until - now()) * weightOf(task) / rest;
      if (share <= 0) return;
      const left = await run(task, now() + share);
      if (left > 0 && left !== undone.get(task)) cut.push(task);
      undone.set(task, left);
    }
    waiting = cut;
  }
}
