/** What Next throws to end a static render. Its `fetch` throws it before anything is sent. */
const endsStaticRender =
  /^(?:DYNAMIC_SERVER_USAGE|HANGING_PROMISE_REJECTION|BAILOUT_TO_CLIENT_SIDE_RENDERING|NEXT_PRERENDER_INTERRUPTED|NEXT_STATIC_GEN_BAILOUT)$/;

/** The others, such as redirects: thrown by code of the application, which may have sent something before. */
const navigates = /^NEXT_[A-Z_]+(?:;|$)/;

/**
 * Whether Next threw this to steer a render. It is not a failure and must reach Next unchanged: caught or wrapped, it breaks
 * the build. Recognized by `digest`, of which only Next's own forms count.
 */
export function isControlFlow(error: unknown): error is Error {
  const form = formOf(error);
  return endsStaticRender.test(form) || navigates.test(form);
}

/** Whether it ends a static render, which proves that no request was sent. */
export function isStaticRenderEnd(error: unknown): boolean {
  return endsStaticRender.test(formOf(error));
}

function formOf(error: unknown): string {
  try {
    const { digest, code } = error as { digest?: unknown; code?: unknown };
    // A page's settings forbid it; that has another member.
    const form = code === "NEXT_STATIC_GEN_BAILOUT" ? code : digest;
    return typeof form === "string" ? form : "";
  } catch {
    return ""; // Not an object, or one that throws when it is looked at.
  }
}
