/**
 * A signal ends the answer also when the garbage collector has been through since: Node's fetch holds its own copy of the
 * signal weakly, and a stream that was let go of would then go on for ever (seen in Node 24.21).
 */
export const fetchUntil = async (
  request: Request | string,
  init: RequestInit,
  signal?: AbortSignal,
): Promise<Response> => {
  const answer = await fetch(request, init)
  if (!answer.body || !signal) return answer
  return new Response(answer.body.pipeThrough(new TransformStream(), { signal }), answer)
}
