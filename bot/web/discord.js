// Discord as the page draws it: a message in its frame, and what differs from the other platform.

import { avatar, h, icon } from "/web/dom.js";
import { article, badge, bodyOf, dismissButton, messageMenu, shield, stamp, thinking, usedLine } from "/web/frame.js";
import { each } from "/web/components.js";
import { embed } from "/web/embeds.js";
import { markdown } from "/web/markdown.js";
import { dayAndClock } from "/web/time.js";

const SUPPRESS_EMBEDS = 1 << 2;

export const discord = {
  name: "discord",
  title: "Discord",
  gap: 7, // minutes within which messages of one author stand together
  words: { channels: "Text channels" },
  completes: true,
  threadsTakeCommands: true,
  message,
  placeOf: (message, channel) => threadOf(message, channel) ?? channel.id,
  threadHead: ({ thread }) => [icon("thread"), h("span", null, thread?.name ?? "Thread")],
  replyPrompt: ({ thread }) => `Message ${thread?.name ?? "the thread"}`,
  threadRule: () => null,
};

// A message in a thread lives in that thread, which is a channel of its own.
function threadOf(message, channel) {
  const holds = ({ id, thread }) => id !== message.id && thread?.messages.some((each) => each.id === message.id);
  return channel.messages.find(holds)?.thread.id;
}

function message(said, ctx) {
  const compact = ctx.compact;
  const side = compact ? stamp(said.at) : avatar(said.author);
  const kind = [compact && "compact", said.only_for && "only", ctx.waiting !== undefined && "waiting"];
  return article(
    said,
    kind.filter(Boolean).join(" "),
    usedLine(said, ctx),
    h("div", { class: "gutter" }, side),
    h("div", { class: "matter" }, compact ? null : head(said), content(said, ctx), foot(said, ctx)),
    messageMenu(said, ctx),
  );
}

function head(said) {
  const line = [h("b", { class: "author" }, said.author.name), badge(said.author), stamp(said.at, true), shield(said)];
  return h("div", { class: "head" }, line);
}

function content(said, ctx) {
  if (said.pending) return thinking(`${said.author.name} is thinking…`);
  const { content: text, embeds = [], components = [], flags = 0, mention_everyone: loud } = said.body ?? {};
  const here = { ...ctx, loud };
  const shown = flags & SUPPRESS_EMBEDS ? [] : embeds.map((one) => embed(one, here));
  const words = text && h("div", { class: "markdown" }, markdown(text, here));
  return bodyOf(said, ctx.compact, [words, shown, each(components, here)]);
}

function foot(said, ctx) {
  if (said.only_for) {
    const words = [icon("eye"), "Only you can see this • ", dismissButton("Dismiss message", ctx)];
    return h("p", { class: "only-note" }, words);
  }
  return ctx.inThread || !said.thread ? null : threadChip(said.thread, ctx);
}

function threadChip({ name, messages }, ctx) {
  const count = messages.length === 1 ? "1 Message" : `${messages.length} Messages`;
  const last = messages.at(-1);
  return h(
    "button",
    { type: "button", class: "thread-chip", "data-key": "thread", onclick: ctx.openThread },
    h("span", { class: "chip-line" }, h("b", null, name), h("span", { class: "count" }, count, " ›")),
    h("span", { class: "chip-line last" }, last ? lastSaid(last, ctx) : "There are no recent messages in this thread."),
  );
}

function lastSaid(last, ctx) {
  const when = h("span", { class: "when" }, dayAndClock(last.at));
  return [avatar(last.author, "tiny"), h("b", null, last.author.name), h("span", { class: "snippet" }, firstWords(last, ctx)), when];
}

// The text of a message without its marks: drawn aside, then read.
function firstWords({ body = {} }, ctx) {
  const texts = [body.content, ...textsIn(body.components), body.embeds?.[0]?.title, body.embeds?.[0]?.description].filter(Boolean);
  const drawn = texts.slice(0, 2).flatMap((text) => markdown(text, ctx));
  return drawn.map((node) => node.textContent).join(" ").replace(/\s+/g, " ").slice(0, 160);
}

function textsIn(components = []) {
  return components.flatMap((part) => [part.content, ...textsIn(part.components)]).filter(Boolean);
}
