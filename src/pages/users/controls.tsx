import { EXCLUDES } from "../../models/rank.ts";
import { Field } from "../frame/field.tsx";
import { type ListChoice, MOST_COLUMNS } from "./list_choice.ts";

/** What the choices of `exclude` hide. */
const EXCLUDE_TEXTS: Readonly<Record<typeof EXCLUDES[number], string>> = {
  seen: "seen",
  purchased: "bought",
  none: "nothing",
};

/** What the lists side by side are called. */
const MODEL_LABELS = ["Model", "Second model", "Third model"];

/** The controls of the API's lists; they apply as soon as they are changed. */
export function Controls(
  { place, choice: { models, explain, options }, names }: {
    place: string;
    choice: ListChoice;
    names: readonly string[];
  },
) {
  return (
    <form
      method="get"
      action={place}
      class="controls"
      hx-get={place}
      hx-trigger="change, submit"
      hx-target="#lists"
      hx-select="#lists"
      hx-swap="outerHTML"
      hx-indicator="#lists"
      hx-push-url="true"
      data-part="controls"
    >
      {Array.from(
        { length: MOST_COLUMNS },
        (_, column) => (
          <Field id={`model-${column}`} label={MODEL_LABELS[column]}>
            <select id={`model-${column}`} name="model">
              {column > 0 && <option value="">–</option>}
              {names.map((name) => (
                <option value={name} selected={models[column] === name}>{name}</option>
              ))}
            </select>
          </Field>
        ),
      )}
      <Field id="k" label="Length (k)">
        <input id="k" name="k" type="number" min="1" max="100" value={options.k ?? "10"} />
      </Field>
      <Field id="exclude" label="Hide (exclude)">
        <select id="exclude" name="exclude">
          {EXCLUDES.map((name) => (
            <option value={name} selected={options.exclude === name}>{EXCLUDE_TEXTS[name]}</option>
          ))}
        </select>
      </Field>
      <Field id="diversity" label="Diversity">
        <input
          id="diversity"
          name="diversity"
          type="range"
          min="0"
          max="1"
          step="0.1"
          value={options.diversity ?? "0"}
        />
      </Field>
      <Field id="calibration" label="Calibration">
        <input
          id="calibration"
          name="calibration"
          type="range"
          min="0"
          max="1"
          step="0.1"
          value={options.calibration ?? "0"}
        />
      </Field>
      <Field id="brand" label="Brand">
        <input id="brand" name="brand" value={options.brand} />
      </Field>
      <Field id="category" label="Category">
        <input id="category" name="category" value={options.category} />
      </Field>
      <Field id="minPrice" label="Lowest price">
        <input id="minPrice" name="minPrice" inputmode="decimal" value={options.minPrice} />
      </Field>
      <Field id="maxPrice" label="Highest price">
        <input id="maxPrice" name="maxPrice" inputmode="decimal" value={options.maxPrice} />
      </Field>
      <Field id="not" label="Leave out (ids)">
        <input id="not" name="not" value={[options.not ?? []].flat().join(", ")} />
      </Field>
      <label class="check">
        <input name="plain" type="checkbox" value="1" checked={!explain} /> Hide reasons
      </label>
      <button type="submit">Show</button>
    </form>
  );
}
