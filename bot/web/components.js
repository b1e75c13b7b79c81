// Draws Discord's components, the second version and the rows of the first.
// https://discord.com/developers/docs/components/reference

import { h, icon, link, picture, safeAddress } from "/web/dom.js";
import { pressButton, unknown } from "/web/frame.js";
import { markdown } from "/web/markdown.js";
import { menu } from "/web/menu.js";

const DRAW = {
  1: ({ components }, ctx) => h("div", { class: "action-row" }, each(components, ctx)),
  2: button,
  3: select,
  9: section,
  10: ({ content }, ctx) => h("div", { class: "markdown" }, markdown(content, ctx)),
  11: (part) => picture(part.media?.url, part.description, "thumb"),
  12: ({ items }) => h("div", { class: "gallery" }, items.map((item) => picture(item.media?.url, item.description))),
  13: ({ file }) => h("p", { class: "file" }, icon("image"), file?.url ?? "file"),
  14: ({ divider = true, spacing = 1 }) => h("hr", { class: divider ? "line" : "gap", "data-spacing": spacing }),
  17: container,
};

export function each(parts, ctx) {
  return (parts ?? []).map((part) => component(part, ctx));
}

function component(part, ctx) {
  const draw = Object.hasOwn(DRAW, part.type) ? DRAW[part.type] : () => unknown(`component ${part.type}`);
  return draw(part, ctx);
}

export function colour(number) {
  return Number.isInteger(number) ? `#${number.toString(16).padStart(6, "0")}` : null;
}

function container({ components, accent_color: accent, spoiler }, ctx) {
  const bar = colour(accent);
  const props = { class: `container ${bar ? "accented" : ""} ${spoiler ? "hidden-matter" : ""}`, "--accent": bar };
  return h("div", props, each(components, ctx));
}

function section({ components, accessory }, ctx) {
  const words = h("div", { class: "section-words" }, each(components, ctx));
  return h("div", { class: "section" }, words, h("div", { class: "accessory" }, component(accessory, ctx)));
}

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger" };

function button({ style, label, emoji, custom_id: key, url, disabled }, ctx) {
  const face = [emoji?.name && h("span", { class: "emoji" }, emoji.name), label && h("span", null, label)];
  if (url !== undefined) return linkButton(url, face);
  return pressButton({ kind: `button ${STYLES[style] ?? "secondary"}`, key, ctx, disabled, face }, () => ctx.press(key));
}

function linkButton(url, face) {
  const node = link(url, face, safeAddress(url) && icon("out"));
  node.className = "button secondary";
  return node;
}

function select({ custom_id: key, placeholder, options, max_values: most = 1, disabled }, ctx) {
  const all = options.map(({ label, value, description, emoji, default: chosen }) => ({
    label: emoji?.name ? `${emoji.name} ${label}` : label, value, note: description, chosen,
  }));
  const off = disabled || ctx.waiting !== undefined;
  return menu({ label: placeholder ?? "Make a selection", options: all, most, key, disabled: off, kind: "wide" }, (values) => ctx.press(key, values));
}
