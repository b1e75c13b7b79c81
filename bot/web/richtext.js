// Draws Slack's rich_text block: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

import { h, link } from "/web/dom.js";
import { emoji } from "/web/emoji.js";
import { unknown } from "/web/frame.js";
import { mention } from "/web/mrkdwn.js";

export function richText({ elements = [] }, ctx) {
  return h("div", { class: "rich-text" }, elements.map((part) => piece(part, ctx)));
}

function piece(part, ctx) {
  const drawn = () => part.elements.map((element) => span(element, ctx));
  switch (part.type) {
    case "rich_text_section": return h("div", { class: "text" }, drawn());
    case "rich_text_list": return list(part, ctx);
    case "rich_text_quote": return h("blockquote", { class: "text" }, drawn());
    case "rich_text_preformatted": return h("pre", null, drawn());
    default: return unknown(part.type);
  }
}

function list({ style, indent = 0, offset = 0, elements }, ctx) {
  const rows = elements.map((row) => h("li", null, row.elements.map((element) => span(element, ctx))));
  const props = { class: "rich-list", "data-level": indent % 3, "--indent": indent };
  return style === "ordered" ? h("ol", { ...props, start: offset + 1 }, rows) : h("ul", props, rows);
}

function span(element, ctx) {
  return styled(bare(element, ctx), element.style ?? {});
}

function bare(element, ctx) {
  switch (element.type) {
    case "text": return element.text;
    case "link": return link(element.url, element.text || element.url);
    case "emoji": return emoji(element.name);
    case "user": return mention(`@${ctx.name(element.user_id) ?? element.user_id}`);
    case "channel": return mention(`#${ctx.name(element.channel_id) ?? element.channel_id}`);
    case "usergroup": return mention(`@${element.usergroup_id}`);
    case "broadcast": return h("span", { class: "mention loud" }, `@${element.range}`);
    case "date": return h("time", null, element.fallback ?? new Date(element.timestamp * 1000).toLocaleString());
    case "color": return h("code", null, element.value);
    default: return unknown(element.type);
  }
}

function styled(node, { bold, italic, strike, code, underline }) {
  let drawn = node;
  if (code) drawn = h("code", null, drawn);
  if (strike) drawn = h("s", null, drawn);
  if (underline) drawn = h("u", null, drawn);
  if (italic) drawn = h("em", null, drawn);
  return bold ? h("strong", null, drawn) : drawn;
}
