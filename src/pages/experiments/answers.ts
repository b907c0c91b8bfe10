import type { z } from "zod";
import type {
  experimentAnswer,
  experimentReportAnswer,
  experimentsAnswer,
} from "../../service/schema/experiment_answers.ts";

/** All experiments, as the API answers them. */
export type Experiments = z.output<typeof experimentsAnswer>;

/** An experiment as it was defined, as the API answers it. */
export type Experiment = z.output<typeof experimentAnswer>;

/** An experiment and what it found, as the API answers it. */
export type Report = z.output<typeof experimentReportAnswer>;

/** What an arm brought, as the API answers it. */
export type Arm = Report["results"][number];

/** The name of a metric of experiments. */
export type MetricName = keyof Arm["metrics"];

/** What an arm has more than the control, as the API answers it. */
export type Effect = NonNullable<Arm["metrics"][MetricName]["effect"]>;
