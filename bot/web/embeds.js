// Draws Discord's classic embeds: https://discord.com/developers/docs/resources/message#embed-object

import { h, link, picture } from "/web/dom.js";
import { colour } from "/web/components.js";
import { markdown } from "/web/markdown.js";
import { inline } from "/web/markdown-inline.js";
import { dayAndClock } from "/web/time.js";

export function embed(said, ctx) {
  const { author, title, url, description, fields = [], image, thumbnail } = said;
  return h(
    "div",
    { class: "embed", "--accent": colour(said.color) },
    thumbnail && picture(thumbnail.url, "Thumbnail", "thumb"),
    author && h("p", { class: "embed-author" }, author.url ? link(author.url, author.name) : author.name),
    title && h("h4", { class: "embed-title" }, url ? link(url, inline(title, ctx)) : inline(title, ctx)),
    description && h("div", { class: "markdown" }, markdown(description, ctx)),
    fields.length > 0 && h("div", { class: "embed-fields" }, fields.map((field) => drawField(field, ctx))),
    image && picture(image.url, "Image"),
    foot(said),
  );
}

function drawField({ name, value, inline: beside }, ctx) {
  const words = h("div", { class: "markdown" }, markdown(value, ctx));
  return h("div", { class: beside ? "beside" : "" }, h("b", null, inline(name, ctx)), words);
}

function foot({ footer, timestamp }) {
  if (!footer && !timestamp) return null;
  const parts = [footer?.text, timestamp && dayAndClock(timestamp)].filter(Boolean);
  return h("p", { class: "embed-foot" }, parts.join(" • "));
}
