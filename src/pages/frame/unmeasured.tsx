/**
 * Says that an artifact has no figures, and what to do.
 *
 * @param what What can't be shown therefore.
 * @param why The artifact's own reason, with what to do. Default that models must be measured.
 */
export function Unmeasured({ what, why }: { what: string; why?: string }) {
  return (
    <p class="words">
      {what} {why ?? (
        <>
          To measure the models and export the best, run <code>deno task train --events FILE</code>.
        </>
      )}
    </p>
  );
}
