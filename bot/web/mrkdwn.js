// Draws Slack's mrkdwn, as https://docs.slack.dev/messaging/formatting-message-text describes it.

import { h, link } from "/web/dom.js";
import { emoji } from "/web/emoji.js";

const FENCE = /```\n?([\s\S]*?)```/;
const TOKEN = new RegExp(
  [
    /<([^<>|\n]+)(?:\|([^<>\n]*))?>/, // 1 address or mention, 2 its label
    /`([^`\n]+)`/, // 3
    /(?<![\w*])\*(?=\S)([^*\n]*[^*\s])\*(?![\w*])/, // 4
    /(?<![\w_])_(?=\S)([^_\n]*[^_\s])_(?![\w_])/, // 5
    /(?<![\w~])~(?=\S)([^~\n]*[^~\s])~(?![\w~])/, // 6
    /:([a-z0-9_+-]+):/, // 7
    /(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"])/, // 8
  ].map(({ source }) => source).join("|"),
  "g",
);

// `ctx.name` gives the name of an id; `verbatim` leaves bare addresses as they are.
export function mrkdwn(text, ctx, verbatim = false) {
  const [before, code, ...after] = String(text ?? "").split(FENCE);
  const drawn = lines(before, ctx, verbatim);
  if (code === undefined) return drawn;
  return [drawn, h("pre", null, entities(code)), mrkdwn(rest(text), ctx, verbatim)].flat();
}

const rest = (text) => text.slice(text.search(FENCE) + text.match(FENCE)[0].length).replace(/^\n/, "");

function lines(text, ctx, verbatim) {
  const runs = [];
  for (const line of text.split("\n")) {
    const quoted = /^(?:&gt;|>) ?/.test(line);
    const words = quoted ? line.replace(/^(?:&gt;|>) ?/, "") : line;
    if (runs.at(-1)?.quoted === quoted) runs.at(-1).lines.push(words);
    else runs.push({ quoted, lines: [words] });
  }
  return runs.map(({ quoted, lines: said }) => {
    const spans = inline(said.join("\n"), ctx, verbatim);
    return quoted ? h("blockquote", null, spans) : spans;
  });
}

function inline(text, ctx, verbatim) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(entities(text.slice(end, match.index)), token(match, ctx, verbatim));
    end = match.index + match[0].length;
  }
  return [...nodes, entities(text.slice(end))];
}

function token([all, target, label, code, strong, emphasis, struck, name, bare], ctx, verbatim) {
  const again = (words) => inline(words, ctx, verbatim);
  if (target) return angle(target, label, ctx);
  if (code) return h("code", null, entities(code));
  if (strong) return h("strong", null, again(strong));
  if (emphasis) return h("em", null, again(emphasis));
  if (struck) return h("s", null, again(struck));
  if (name) return emoji(name);
  return verbatim ? all : link(entities(bare));
}

function angle(target, label, ctx) {
  const words = label ? entities(label) : null;
  const [mark, rest] = [target[0], target.slice(1)];
  if (mark === "@") return mention(`@${ctx.name(rest) ?? words ?? rest}`);
  if (mark === "#") return mention(`#${ctx.name(rest) ?? words ?? rest}`);
  if (mark === "!") return special(rest, words);
  return link(entities(target), words ?? entities(target).replace(/^mailto:/, ""));
}

function special(order, words) {
  const [name, seconds, format] = order.split("^");
  if (name === "date") return h("time", { title: format }, words ?? new Date(seconds * 1000).toLocaleString());
  return h("span", { class: "mention loud" }, `@${words ?? name}`);
}

export function mention(words) {
  return h("span", { class: "mention" }, words);
}

// Slack escapes these three characters and no others.
export function entities(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
