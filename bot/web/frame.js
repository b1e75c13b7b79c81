// What messages of both platforms share: who asked, who may see, who would be pinged.

import { avatar, h, icon } from "/web/dom.js";
import { menu } from "/web/menu.js";
import { clock, dayAndClock, full } from "/web/time.js";

export function usedLine({ command }, ctx) {
  if (!command) return null;
  const who = ctx.name(command.person) ?? command.person;
  const said = h("span", { class: "command" }, typed(command));
  return h("p", { class: "used" }, icon("used"), avatar({ name: who }, "tiny"), h("span", null, h("b", null, who), " used ", said));
}

function typed({ name, text }) {
  if (text === null) return name; // picked from the menu of a message
  return text?.startsWith("/") ? text : `/${name} ${text ?? ""}`.trim();
}

export function stamp(at, long) {
  return h("time", { datetime: at, title: full(at) }, long ? dayAndClock(at) : clock(at));
}

// `said` lists what in a message is more than words: a ping, an unfurled link, a link that lies.
// A moment that is told in the reader's own zone alarms nobody.
export function shield({ live: said, author }) {
  if (!Array.isArray(said) || !author.bot) return null;
  const live = said.filter((each) => !each.startsWith("timestamp: "));
  const words = live.length ? `Live: ${live.join(", ")}` : "Pings nobody";
  const props = { class: "shield", "data-live": live.length ? "yes" : "no", role: "img", "aria-label": words, title: words };
  return h("span", props, icon(live.length ? "alarm" : "shield"));
}

export function badge(author) {
  return author.bot && h("span", { class: "badge" }, "APP");
}

// The body, with what stands behind its last words: that it was edited, and whom a line reaches.
export function bodyOf(message, compact, drawn) {
  const body = h("div", { class: "body" }, drawn);
  const lines = body.querySelectorAll(":scope > .text:last-child, :scope > :last-child .text:last-child");
  const end = [...lines].at(-1) ?? body;
  if (message.edited) end.append(h("span", { class: "edited" }, " (edited)"));
  const guard = compact && message.live?.length ? shield(message) : null;
  if (guard) end.append(" ", guard);
  return body;
}

export function thinking(words) {
  const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  return h("p", { class: "thinking", role: "status" }, dots, words);
}

export function dismissButton(words, ctx) {
  return h("button", { type: "button", class: "link-button", "data-key": "dismiss", onclick: ctx.dismiss }, words);
}

// The commands that an app puts into the menu of every message.
export function messageMenu(said, ctx) {
  const offered = ctx.state?.message_shortcuts ?? [];
  if (!offered.length || said.only_for || said.pending) return null;
  const options = offered.map(({ id, name }) => ({ value: id, label: name }));
  const face = { label: "More actions", options, key: "actions", icon: "more", kind: "message-menu" };
  return menu(face, ([name]) => ctx.choose(name));
}

export function article(message, kind, ...children) {
  const label = `${message.author.name}, ${clock(message.at)}`;
  const props = { class: `message ${kind}`, "aria-label": label, "data-message": message.id };
  return h("article", { ...props, "aria-busy": message.pending ? "true" : null }, children);
}

// A thing the page does not draw is named, never left out.
export function unknown(type) {
  return h("p", { class: "unknown" }, `(not drawn here: ${type})`);
}

// A button that keeps the focus while it waits, and then does nothing.
export function pressButton({ kind, key, label, ctx, disabled, face }, press) {
  const busy = ctx.waiting !== undefined;
  const props = {
    type: "button", class: kind, "data-key": key, "aria-label": label,
    "aria-disabled": busy || disabled ? "true" : null, "aria-busy": ctx.waiting === key ? "true" : null,
  };
  return h("button", { ...props, onclick: () => !busy && !disabled && press() }, face);
}
