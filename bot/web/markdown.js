// Draws Discord's Markdown, block by block; markdown-inline.js draws what is inside a line.
// https://support.discord.com/hc/en-us/articles/210298617-Markdown-Text-101

import { h } from "/web/dom.js";
import { inline } from "/web/markdown-inline.js";

const FENCE = /```(?:([a-z0-9_+.#-]+)\n)?\n*([\s\S]*?)\n*```/i;

export function markdown(text, ctx) {
  return blocks(String(text ?? "").split("\n"), ctx);
}

// Each rule: how many of the lines that come it takes, and what it draws of them.
const RULES = [
  { takes: (lines) => (lines[0].startsWith(">>> ") ? lines.length : 0), draw: (lines, ctx) => quote(lines, ctx, /^>>> /), outside: true },
  { takes: (lines) => run(lines, (line) => /^>( |$)/.test(line)), draw: (lines, ctx) => quote(lines, ctx, /^> ?/), outside: true },
  { takes: fenced, draw: code },
  { takes: ([line]) => Number(/^#{1,3} +\S/.test(line)), draw: heading },
  { takes: ([line]) => Number(/^-# +\S/.test(line)), draw: ([line], ctx) => h("p", { class: "subtext" }, inline(line.slice(3).trim(), ctx)) },
  { takes: (lines) => (ENTRY.test(lines[0]) ? listed(lines) : 0), draw: (lines, ctx) => lists(lines.map(entry), ctx) },
];

function blocks(lines, ctx) {
  const nodes = [];
  const rules = RULES.filter(({ outside }) => !(outside && ctx.inQuote)); // quotes hold no quotes
  let plain = [];
  for (let at = 0; at < lines.length; ) {
    const coming = lines.slice(at);
    const rule = rules.find(({ takes }) => takes(coming));
    const taken = rule?.takes(coming) ?? 1;
    if (!rule) plain.push(lines[at]);
    else nodes.push(...paragraph(plain, ctx), rule.draw(coming.slice(0, taken), ctx)), (plain = []);
    at += taken;
  }
  return [...nodes, ...paragraph(plain, ctx)].flat();
}

// A fence may begin and end in the middle of a line.
function fenced(lines) {
  if (!lines[0].includes("```")) return 0;
  const match = lines.join("\n").match(FENCE);
  if (!match || lines[0].length < match.index) return 0;
  return (match.input.slice(0, match.index) + match[0]).split("\n").length;
}

function code(lines, ctx) {
  const text = lines.join("\n");
  const { 0: all, 1: language, 2: words, index } = text.match(FENCE);
  const around = (said) => (said.trim() ? blocks([said], ctx) : []);
  const node = h("pre", { "data-language": language }, h("code", null, words));
  return [around(text.slice(0, index)), node, around(text.slice(index + all.length))].flat();
}

function run(lines, belongs) {
  const end = lines.findIndex((line) => !belongs(line));
  return end < 0 ? lines.length : end;
}

// A final blank line is one that people see: the browser would swallow it.
function paragraph(lines, ctx) {
  if (!lines.length) return [];
  const last = lines.at(-1) === "" ? "\n" : null;
  return [h("div", { class: "text" }, inline(lines.join("\n"), ctx), last)];
}

// The marks say how large a heading is, not where it stands: a message may begin with the smallest.
function heading([line], ctx) {
  const [, marks, words] = line.match(/^(#+) +(.*)$/);
  return h("h4", { class: `md-h${marks.length}` }, inline(words, ctx));
}

function quote(lines, ctx, mark) {
  return h("blockquote", null, blocks(lines.map((line) => line.replace(mark, "")), { ...ctx, inQuote: true }));
}

const ENTRY = /^( *)([-*]|\d+\.) +(.*)$/;

// A list goes on over indented lines, which belong to the entry above them.
function listed(lines) {
  return run(lines, (line) => ENTRY.test(line) || /^ +\S/.test(line));
}

function entry(line) {
  const match = line.match(ENTRY);
  if (!match) return { more: line.trim() };
  const number = Number.parseInt(match[2], 10);
  return { depth: match[1].length, number: Number.isNaN(number) ? null : number, text: match[3] };
}

function lists(entries, ctx) {
  const nodes = [];
  while (entries.length) nodes.push(list(entries, entries[0].depth, ctx));
  return nodes;
}

// Takes the entries of one list off the front: its own, and those of the lists inside it.
function list(entries, depth, ctx) {
  const { number } = entries[0];
  const node = number === null ? h("ul") : h("ol", { start: number });
  while (entries.length) {
    const [next] = entries;
    if (next.more !== undefined) node.lastChild.append("\n", ...inline(entries.shift().more, ctx));
    else if (next.depth > depth + 1 && node.lastChild) node.lastChild.append(list(entries, next.depth, ctx));
    else if (next.depth < depth - 1 || (next.number === null) !== (number === null)) return node;
    else node.append(h("li", null, inline(entries.shift().text, ctx)));
  }
  return node;
}
