// Draws a briefing's messages as each platform's own people will see them; nothing can be pressed.

import { h } from "/web/dom.js";
import { discord } from "/web/discord.js";
import { slack } from "/web/slack.js";

const LOOKS = { slack, discord };
const BOT = { id: "bot", name: "briefing", bot: true };

for (const node of document.querySelectorAll(".drawn")) draw(node);

async function draw(node) {
  const look = LOOKS[node.dataset.platform];
  try {
    if (!look) throw new Error("This page cannot draw messages of this platform.");
    const answer = await fetch(node.dataset.from);
    if (!answer.ok) throw new Error("The post cannot be drawn now: load the page again.");
    const { card, messages, threaded } = await answer.json();
    const drawn = messages.map((body, at) => look.message(said(body, at), context(node, at, card)));
    node.replaceChildren(...drawn.slice(0, card), ...further(drawn.slice(card), threaded));
  } catch (error) {
    node.replaceChildren(h("p", { class: "wait", role: "alert" }, error.message));
  }
}

function said(body, at) {
  const told = { id: String(at), author: BOT, at: new Date().toISOString(), edited: false, live: [] };
  return { ...told, body, only_for: null, pending: false, command: null, thread: null };
}

function context(node, at, card) {
  const press = () => (node.nextElementSibling.hidden = false);
  const idle = { press, choose: press, openThread: press, dismiss: press };
  return { ...idle, compact: at !== 0 && at !== card, inThread: true, state: { me: BOT }, name: () => null };
}

function further(parts, threaded) {
  const rule = h("div", { class: "rule" }, h("span", null, "in its thread"));
  return parts.length && threaded ? [rule, ...parts] : parts;
}
