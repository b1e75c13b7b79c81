// Draws Discord's Markdown inside a line: styles, links, mentions, timestamps.

import { h, link } from "/web/dom.js";
import { full, stamped } from "/web/time.js";

const styled = (tag) => ([, words], ctx) => h(tag, null, inline(words, ctx));
const IN = String.raw`((?:\\[\s\S]|[^\\])+?)`;
const rule = (source, draw) => [new RegExp(source, "y"), draw];

// The first rule that fits at a place is taken.
const RULES = [
  rule(String.raw`\\([^\sA-Za-z0-9])`, ([, letter]) => letter),
  rule("(`{1,2})([\\s\\S]*?[^`])\\1(?!`)", ([, , code]) => h("code", null, code.trim())),
  rule(
    String.raw`\[((?:\\.|[^\[\]\\\n]|\[(?:\\.|[^\[\]\\\n])*\])+)\]\(<?((?:\\.|[^\s()<>\\]|\([^\s()]*\))+)>?\)`,
    ([, words, address], ctx) => link(address.replace(/\\(?=[^\w\s])/g, ""), inline(words, { ...ctx, inLink: true })),
  ),
  rule(String.raw`<(https?://[^\s<>]+)>`, ([, address]) => link(address)),
  rule(String.raw`<@[!&]?(\d+)>`, ([, id], ctx) => mention(`@${ctx.name(id) ?? "unknown-user"}`)),
  rule(String.raw`<#(\d+)>`, ([, id], ctx) => mention(`#${ctx.name(id) ?? "unknown"}`)),
  rule(String.raw`</([^:<>]+):\d+>`, ([, name]) => mention(`/${name}`)),
  rule(String.raw`<a?:(\w+):\d+>`, ([, name]) => `:${name}:`),
  rule(String.raw`<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>`, ([all, seconds, style]) => moment(all, seconds, style)),
  rule(String.raw`@(everyone|here)\b`, ([all], ctx) => (ctx.loud ? mention(all) : all)),
  rule(String.raw`https?://[^\s<>]*[^\s<>.,:;"')\]]`, ([all], ctx) => (ctx.inLink ? all : link(all))),
  rule(String.raw`\*\*\*${IN}\*\*\*(?!\*)`, ([, words], ctx) => h("strong", null, h("em", null, inline(words, ctx)))),
  rule(String.raw`\*\*${IN}\*\*(?!\*)`, styled("strong")),
  rule(String.raw`__${IN}__(?!_)`, styled("u")),
  rule(String.raw`~~${IN}~~`, styled("s")),
  rule(String.raw`\|\|${IN}\|\|`, ([, words], ctx) => spoiler(inline(words, ctx))),
  rule(String.raw`\*(?=\S)((?:\*\*|\\[\s\S]|[^*\\])+?)\*(?!\*)`, styled("em")),
  rule(String.raw`(?<!\w)_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)`, styled("em")),
];
const PLAIN = /[\s\S][^\\`[<@h*_~|]*/y;

export function inline(text, ctx) {
  const nodes = [];
  let at = 0;
  while (at < text.length) {
    const [match, draw] = firstAt(text, at) ?? [sticky(PLAIN, text, at), ([words]) => words];
    nodes.push(draw(match, ctx));
    at += match[0].length;
  }
  return nodes;
}

function firstAt(text, at) {
  for (const [pattern, draw] of RULES) {
    const match = sticky(pattern, text, at);
    if (match) return [match, draw];
  }
  return null;
}

function sticky(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

export function mention(words) {
  return h("span", { class: "mention" }, words);
}

function moment(all, seconds, style) {
  const words = stamped(Number(seconds), style);
  return words ? h("time", { class: "timestamp", title: full(seconds * 1000) }, words) : all;
}

function spoiler(words) {
  const shown = h("span", null, words);
  const reveal = (event) => event.currentTarget.setAttribute("aria-pressed", "true");
  return h("button", { type: "button", class: "spoiler", "aria-label": "Spoiler", "aria-pressed": "false", onclick: reveal }, shown);
}
