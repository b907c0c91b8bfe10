import type { PropsWithChildren } from "hono/jsx";

/**
 * A link to the sign-in form.
 *
 * @param place The page to show after signing in, below `/pages/`.
 * @param options `class`: the class of the link. Default none.
 */
export function SignInLink(
  { place, class: name, children }: PropsWithChildren<{ place: string; class?: string }>,
) {
  return <a class={name} href={`sign-in?next=${encodeURIComponent(place)}`}>{children}</a>;
}
