import type { Manifest } from "../../artifact/manifest.ts";
import { formatShare } from "../../base/format.ts";
import { MS_PER_DAY, MS_PER_MINUTE } from "../../base/time.ts";
import { latencyBetween, type Sample, type Samples } from "./samples.ts";

/** What deserves attention. */
export interface Warning {
  /** The alert of `scripts/ops/alerts.yaml` that says the same. */
  readonly alert: string;
  readonly summary: string;
  readonly action: string;
}

/** What warnings are found in. */
interface Watched {
  readonly samples: Pick<Samples, "last">;
  readonly manifest: Pick<Manifest, "created">;
  readonly now: number;
}

/** How much a figure grew between two samples. */
type Growth = (name: Exclude<keyof Sample, "listsWithin">) => number;

/** An alert of `scripts/ops/alerts.yaml`, as far as one process can see it. */
interface Rule {
  readonly alert: string;
  readonly minutes: number;
  /** Whether it needs all of these minutes, since a few requests say little. Default no. */
  readonly needsAll?: boolean;
  /** What it says, or undefined if all is well. */
  readonly summary: (growth: Growth, before: Sample, after: Sample) => string | undefined;
  readonly action: string;
}

const RULES: readonly Rule[] = [
  {
    alert: "RecommenderErrors",
    minutes: 5,
    summary: (growth) => {
      const share = growth("failed") / growth("requests");
      return share > .01 ? `${formatShare(share)} of the requests failed` : undefined;
    },
    action: "A 500 is logged with its stack trace; a 503 means that the store fails or there are " +
      "too many requests.",
  },
  {
    alert: "RecommenderSlow",
    minutes: 5,
    summary: (_, before, after) => {
      const seconds = latencyBetween(before, after, .99) ?? 0;
      return seconds > .25 ? `One list in a hundred took more than ${bound(seconds)}` : undefined;
    },
    action: "Compare the requests in flight with the number of cores; start more processes or " +
      "serve a cheaper model.",
  },
  {
    alert: "RecommenderTurnsAway",
    minutes: 5,
    summary: (growth) => {
      const share = growth("turnedAway") / growth("requests");
      return share > .05 ? `${formatShare(share)} of the requests were turned away` : undefined;
    },
    action: "Check RATE_LIMIT and CONCURRENCY; a single client may be the cause.",
  },
  {
    alert: "RecommenderStoreFails",
    minutes: 5,
    summary: (growth) =>
      growth("storeErrors") > 0 ? "The store of events failed; events aren't stored" : undefined,
    action: "Check the disk and its permissions. Lists still work, from the artifact alone.",
  },
  {
    alert: "RecommenderHistoriesFail",
    minutes: 5,
    summary: (growth) =>
      growth("historyErrors") > 0
        ? "Histories apart from the artifact couldn't be read; lists were made without them"
        : undefined,
    action: "Check the folder or the server that HISTORIES names; the log has the reason.",
  },
  {
    alert: "RecommenderNoEvents",
    minutes: 60,
    needsAll: true,
    summary: (growth) =>
      growth("eventsStored") === 0 && growth("lists") > 100
        ? "Lists are requested, but no event was stored"
        : undefined,
    action: "Check that the shop still sends events, and what /events answers.",
  },
  {
    alert: "RecommenderEventsRefused",
    minutes: 15,
    summary: (growth) =>
      growth("eventsRefused") > .05 * growth("eventsStored")
        ? "More than one event in twenty broke a rule"
        : undefined,
    action: "Read the answers to POST /events, which name the field and the rule.",
  },
  {
    alert: "RecommenderImpersonal",
    minutes: 60,
    needsAll: true,
    summary: (growth) => {
      const share = growth("personalized") / growth("lists");
      return share < .1 ? `Only ${formatShare(share)} of the lists were personalized` : undefined;
    },
    action: "Check whether the artifact is too old to know today's users, or their ids have " +
      "changed.",
  },
];

/** A model that is older, in days, knows little of what users do now. */
const OLD_DAYS = 14;

/**
 * What `/metrics` would raise an alert on, from this process's figures of the last minutes: the
 * thresholds are those of `scripts/ops/alerts.yaml`.
 */
export function warningsFor({ samples, manifest, now }: Watched): Warning[] {
  const found = RULES.flatMap(({ alert, minutes, needsAll = false, summary, action }) => {
    const span = samples.last(minutes);
    if (span.length < 2) return [];
    const [before, after] = [span[0], span[span.length - 1]];
    if (needsAll && after.time - before.time < minutes * MS_PER_MINUTE) return [];
    const said = summary((name) => after[name] - before[name], before, after);
    return said === undefined
      ? []
      : [{ alert, summary: `${said} within the last ${minutes} minutes.`, action }];
  });
  const days = (now - Date.parse(manifest.created)) / MS_PER_DAY;
  if (days <= OLD_DAYS) return found;
  return [...found, {
    alert: "RecommenderModelOld",
    summary: `The model is ${Math.floor(days)} days old.`,
    action: "Train (deno task train --collected), then reload.",
  }];
}

function bound(seconds: number): string {
  return seconds === Infinity ? "10 seconds" : `${seconds} seconds`;
}
