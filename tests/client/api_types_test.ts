/** The client's types are those of the rules that the service checks by. */
import type { z } from "zod";
import { TYPES_FILE } from "../../scripts/client.ts";
import { ANSWERS, REQUESTS } from "../../scripts/lib/client_types/declarations.ts";
import { toTypeScript } from "../../scripts/lib/client_types/to_typescript.ts";
import type * as api from "../../src/client/mod.ts";
import type * as answers from "../../src/service/schema/answers.ts";
import type { storedRule } from "../../src/service/schema/business_rules.ts";
import type { experimentRule } from "../../src/service/schema/experiments.ts";
import type { exposuresQuery, impression } from "../../src/service/schema/exposures.ts";
import type { exportQuery, sessionEvent, shopEvent } from "../../src/service/schema/events.ts";
import type {
  newQuery,
  placementBody,
  popularQuery,
  productsQuery,
  rankBody,
  recommendQuery,
  sessionBody,
  similarQuery,
} from "../../src/service/schema/lists.ts";
import type { togetherBody } from "../../src/service/schema/together.ts";
import type { historyQuery } from "../../src/service/schema/page.ts";
import type { productChange } from "../../src/service/schema/products.ts";
import { assertEquals } from "../assert.ts";

Deno.test("the committed types are those that deno task client writes", async () => {
  assertEquals(
    await Deno.readTextFile(TYPES_FILE),
    toTypeScript({ requests: REQUESTS, answers: ANSWERS }),
    "Run `deno task client`",
  );
});

// The rest is checked by the compiler: zod infers the types another way.

/** What the client takes each answer for, by the name of its rule. */
interface Answers {
  productAnswer: api.Product;
  changedProductAnswer: api.ChangedProduct;
  productsAnswer: api.ProductsAnswer;
  recommendAnswer: api.RecommendAnswer;
  sessionAnswer: api.SessionAnswer;
  rankAnswer: api.RankAnswer;
  placementAnswer: api.PlacementAnswer;
  placementsAnswer: api.PlacementsAnswer;
  audienceAnswer: api.AudienceAnswer;
  usersAnswer: api.UsersAnswer;
  ruleAnswer: api.RuleAnswer;
  rulesAnswer: api.RulesAnswer;
  deletedRuleAnswer: api.DeletedRule;
  similarAnswer: api.SimilarAnswer;
  togetherAnswer: api.TogetherAnswer;
  popularAnswer: api.PopularAnswer;
  newAnswer: api.NewAnswer;
  historyAnswer: api.HistoryAnswer;
  eventsAnswer: api.EventsAnswer;
  impressionsAnswer: api.ImpressionsAnswer;
  forgottenAnswer: api.ForgottenAnswer;
  versionAnswer: api.VersionAnswer;
  reloadAnswer: api.ReloadAnswer;
  readinessAnswer: api.ReadinessAnswer;
  problemAnswer: api.Problem;
}

/** What the client sends, and the rule that the service reads it by. */
interface Requests {
  recommend: [api.UserListOptions, ReturnType<typeof recommendQuery>];
  session: [
    api.RecommendOptions & { events: api.SessionEvent[] },
    ReturnType<typeof sessionBody>,
  ];
  rank: [api.RankOptions, ReturnType<typeof rankBody>];
  placement: [api.PlacementOptions, ReturnType<typeof placementBody>];
  similar: [api.SimilarOptions, ReturnType<typeof similarQuery>];
  together: [api.TogetherOptions & { productIds: string[] }, typeof togetherBody];
  newArrivals: [api.NewOptions, ReturnType<typeof newQuery>];
  popular: [api.PopularOptions, ReturnType<typeof popularQuery>];
  history: [api.PageOptions, typeof historyQuery];
  search: [api.SearchOptions, typeof productsQuery];
  export: [api.ExportOptions, typeof exportQuery];
  sessionEvent: [api.SessionEvent, typeof sessionEvent];
  experiment: [api.Experiment, typeof experimentRule];
  exposures: [api.ExposuresOptions, typeof exposuresQuery];
  impression: [api.Impression, typeof impression];
  shopEvent: [api.ShopEvent, typeof shopEvent];
  rule: [api.Rule, typeof storedRule];
  productChange: [api.ProductChange, typeof productChange];
}

type AreSame<A, B> = [A] extends [B] ? [B] extends [A] ? true : false : false;

/** Whether a rule takes what is sent: no field unknown to it, all it requires, types that fit. */
type IsAccepted<Sent, Rule extends z.ZodType> = AreSame<
  Exclude<keyof Sent, keyof z.input<Rule>>,
  never
> extends true ? Writable<Sent> extends z.input<Rule> ? true : false
  : false;

type Writable<Sent> = Sent extends readonly (infer Element)[] ? Writable<Element>[]
  : Sent extends object ? { -readonly [Name in keyof Sent]: Writable<Sent[Name]> }
  : Sent;

type DifferingAnswers = {
  [Name in keyof Answers]: AreSame<Answers[Name], z.output<(typeof answers)[Name]>> extends true
    ? never
    : Name;
}[keyof Answers];

type RefusedRequests = {
  [Name in keyof Requests]: IsAccepted<Requests[Name][0], Requests[Name][1]> extends true ? never
    : Name;
}[keyof Requests];

/** A compiler error here names the answer or request whose generated type is wrong. */
type None<Name extends never> = Name;
type _WrongAnswers = None<DifferingAnswers>;
type _WrongRequests = None<RefusedRequests>;
