import type { Child } from "hono/jsx";

/** A labelled control of a form. */
export function Field({ id, label, children }: { id: string; label: string; children?: Child }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
    </div>
  );
}
