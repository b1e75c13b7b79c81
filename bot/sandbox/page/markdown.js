// Draws Discord's Markdown, block by block; markdown-inline.js draws what is inside a line.
// https://support.discord.com/hc/en-us/articles/210298617-Markdown-Text-101

import { h } from "/page/dom.js";
import { inline } from "/page/markdown-inline.js";

const FENCE = /```(?:([a-z0-9_+.#-]+)\n)?\n*([\s\S]*?)\n*```/i;

export function markdown(text, ctx) {
  const said = String(text ?? "");
  const fence = said.match(FENCE);
  if (!fence) return blocks(said, ctx);
  const code = h("pre", { "data-language": fence[1] }, h("code", null, fence[2]));
  const before = said.slice(0, fence.index).replace(/\n$/, "");
  const after = said.slice(fence.index + fence[0].length).replace(/^\n/, "");
  return [before ? blocks(before, ctx) : [], code, after ? markdown(after, ctx) : []].flat();
}

// Each rule: how its first line looks, how many lines it takes, and what it draws of them.
const RULES = [
  { starts: /^(#{1,3}) +\S/, takes: () => 1, draw: heading },
  { starts: /^-# +\S/, takes: () => 1, draw: ([line], ctx) => h("p", { class: "subtext" }, inline(line.slice(3).trim(), ctx)) },
  { starts: /^>>> /, takes: (lines) => lines.length, draw: (lines, ctx) => quote(lines, ctx, /^>>> /) },
  { starts: /^> /, takes: (lines) => run(lines, (line) => /^>( |$)/.test(line)), draw: (lines, ctx) => quote(lines, ctx, /^> ?/) },
  { starts: /^ *(?:[-*]|\d+\.) +\S/, takes: listed, draw: (lines, ctx) => lists(lines.map(entry), ctx) },
];

function blocks(text, ctx) {
  const lines = text.split("\n");
  const nodes = [];
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(paragraph(plain, ctx));
    plain = [];
  };
  for (let at = 0; at < lines.length; ) {
    const rule = RULES.find(({ starts }) => starts.test(lines[at]));
    const taken = rule ? rule.takes(lines.slice(at)) : 1;
    if (rule) flush(), nodes.push(rule.draw(lines.slice(at, at + taken), ctx));
    else plain.push(lines[at]);
    at += taken;
  }
  flush();
  return nodes.flat();
}

function run(lines, belongs) {
  const end = lines.findIndex((line) => !belongs(line));
  return end < 0 ? lines.length : end;
}

// A final blank line is one that people see: the browser would swallow it.
function paragraph(lines, ctx) {
  const text = lines.join("\n");
  return h("div", { class: "text" }, inline(text, ctx), lines.at(-1) === "" ? "\n" : null);
}

function heading([line], ctx) {
  const [, marks, words] = line.match(/^(#+) +(.*)$/);
  return h(`h${marks.length + 3}`, { class: `md-h${marks.length}` }, inline(words, ctx));
}

function quote(lines, ctx, mark) {
  return h("blockquote", null, blocks(lines.map((line) => line.replace(mark, "")).join("\n"), ctx));
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
