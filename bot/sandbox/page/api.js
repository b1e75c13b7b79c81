// Speaks to the sandbox: gives orders, reads the state, hears what changed.

export async function order(platform, name, body) {
  const headers = { "Content-Type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(body) };
  return told(await ask(`/control/${platform}/${name}`, request));
}

export async function state() {
  return told(await ask("/control/state"));
}

async function ask(path, request) {
  try {
    return await fetch(path, request);
  } catch {
    throw new Error("The sandbox does not answer: start it again, and this page goes on.");
  }
}

async function told(answer) {
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ?? `The sandbox answered ${answer.status}.`);
  return body;
}

// Calls `changed` after each change and once the stream is open, `live` with whether it is.
export function follow(changed, live) {
  const events = new EventSource("/control/events");
  events.addEventListener("open", () => (live(true), changed()));
  events.addEventListener("message", changed);
  events.addEventListener("error", () => live(false));
}
