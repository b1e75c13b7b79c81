// Slack as the page draws it: a message in its frame, and what differs from the other platform.

import { avatar, h, icon } from "/web/dom.js";
import { article, badge, bodyOf, dismissButton, messageMenu, shield, stamp, thinking, usedLine } from "/web/frame.js";
import { blocks } from "/web/blockkit.js";
import { dayAndClock } from "/web/time.js";

export const slack = {
  name: "slack",
  title: "Slack",
  gap: 5, // minutes within which messages of one author stand together
  words: { channels: "Channels" },
  completes: false,
  threadsTakeCommands: false,
  // https://docs.slack.dev/interactivity/implementing-slash-commands
  noCommand: "Slack takes no slash commands in threads: mention the bot instead, or type in the channel.",
  message,
  placeOf: (_, channel) => channel.id,
  threadHead: (_, channel) => [h("span", null, "Thread"), h("small", null, icon("hash"), channel.name)],
  replyPrompt: () => "Reply…",
  threadRule: (count) => (count === 1 ? "1 reply" : `${count} replies`),
};

function message(all, ctx) {
  // Slackbot says what Slack itself has to say: it is no app.
  const said = { ...all, author: { ...all.author, bot: all.author.bot && all.author.id === ctx.state.me.id } };
  const compact = ctx.compact && !said.only_for;
  const side = compact ? stamp(said.at) : avatar(said.author);
  const kind = [compact && "compact", said.only_for && "only", ctx.waiting !== undefined && "waiting"];
  return article(
    said,
    kind.filter(Boolean).join(" "),
    h("div", { class: "gutter" }, side),
    h("div", { class: "matter" }, compact ? null : head(said), usedLine(said, ctx), content(said, ctx), foot(said, ctx)),
    !ctx.inThread && !said.only_for && !said.thread ? replyButton(ctx) : null,
    messageMenu(said, ctx),
  );
}

function head(said) {
  const only = said.only_for && h("p", { class: "only-note" }, icon("eye"), "Only visible to you");
  const line = [h("b", { class: "author" }, said.author.name), badge(said.author), stamp(said.at), shield(said)];
  return [only, h("div", { class: "head" }, line)];
}

function content(said, ctx) {
  if (said.pending) return thinking("thinking…");
  return bodyOf(said, ctx.compact, blocks(said.body ?? {}, ctx));
}

function foot(said, ctx) {
  if (said.only_for) return dismissButton("Dismiss", ctx);
  return ctx.inThread || !said.thread ? null : threadBar(said.thread, ctx);
}

function threadBar({ messages }, ctx) {
  const replies = messages.filter(({ only_for }) => !only_for);
  const authors = [...new Map(replies.map(({ author }) => [author.id, author])).values()];
  const last = replies.at(-1);
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return h(
    "button",
    { type: "button", class: "thread-bar", "data-key": "thread", onclick: ctx.openThread },
    h("span", { class: "faces" }, authors.slice(0, 4).map((author) => avatar(author, "small"))),
    h("b", null, replies.length ? count : "Start of a thread"),
    last && h("span", { class: "last" }, `Last reply ${lower(dayAndClock(last.at))}`),
    h("span", { class: "view", "aria-hidden": "true" }, "View thread"),
    icon("chevron"),
  );
}

const lower = (words) => words.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());

function replyButton(ctx) {
  const props = { type: "button", class: "hover-tool", "data-key": "thread", title: "Reply in thread" };
  return h("button", { ...props, "aria-label": "Reply in thread", onclick: ctx.openThread }, icon("thread"));
}
