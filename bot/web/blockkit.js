// Draws Slack's Block Kit: https://docs.slack.dev/reference/block-kit/blocks

import { h, icon, picture, safeAddress } from "/web/dom.js";
import { withEmoji } from "/web/emoji.js";
import { pressButton, unknown } from "/web/frame.js";
import { markdown } from "/web/markdown.js";
import { menu } from "/web/menu.js";
import { mrkdwn } from "/web/mrkdwn.js";
import { richText } from "/web/richtext.js";

export function blocks(body, ctx) {
  const drawn = (body.blocks ?? []).map((each) => block(each, ctx));
  const words = drawn.length ? [] : [h("div", { class: "text" }, mrkdwn(body.text, ctx))];
  return [...words, ...drawn, ...(body.attachments ?? []).map((each) => attachment(each, ctx))];
}

const DRAW = {
  header: ({ text: said }) => h("h4", { class: "block-header" }, text(said)),
  section,
  context: ({ elements }, ctx) => h("div", { class: "block-context" }, elements.map((each) => small(each, ctx))),
  divider: () => h("hr"),
  rich_text: richText,
  actions: ({ elements }, ctx) => h("div", { class: "block-actions" }, elements.map((each) => element(each, ctx))),
  image: (each, ctx) => h("div", null, each.title && h("p", { class: "picture-title" }, text(each.title, ctx)), pictured(each)),
  table,
  markdown: ({ text: said }, ctx) => h("div", { class: "rich-text" }, markdown(said, ctx)),
};

function block(each, ctx) {
  const draw = Object.hasOwn(DRAW, each.type) ? DRAW[each.type] : () => unknown(each.type);
  return draw(each, ctx);
}

function text(said, ctx) {
  if (!said) return null;
  if (said.type === "mrkdwn") return mrkdwn(said.text, ctx, said.verbatim);
  return said.emoji === false ? said.text : withEmoji(said.text);
}

function section({ text: said, fields = [], accessory }, ctx) {
  const words = said && h("div", { class: "text" }, text(said, ctx));
  const grid = fields.length && h("div", { class: "fields" }, fields.map((each) => h("div", { class: "text" }, text(each, ctx))));
  const beside = accessory && h("div", { class: "accessory" }, element(accessory, ctx));
  return h("div", { class: "block-section" }, h("div", { class: "section-words" }, words || null, grid || null), beside);
}

function small(each, ctx) {
  return each.type === "image" ? pictured(each, "tiny") : h("span", { class: "text" }, text(each, ctx));
}

function pictured({ image_url: address, slack_file: file, alt_text: alt }, kind) {
  return picture(address ?? file?.url, alt, kind);
}

function table({ rows, column_settings: settings = [] }, ctx) {
  const cell = (tag) => (each, at) => h(tag, { "data-align": settings[at]?.align }, cellText(each, ctx));
  const [head, ...others] = rows;
  const body = h("tbody", null, others.map((row) => h("tr", null, row.map(cell("td")))));
  return h("div", { class: "table", tabindex: "0", role: "group", "aria-label": "Table" }, h("table", null, h("thead", null, h("tr", null, head.map(cell("th")))), body));
}

function cellText(each, ctx) {
  return each.type === "rich_text" ? richText(each, ctx) : String(each.text ?? each.value ?? "");
}

function attachment({ color = "#dddddd", text: said, title, fallback, blocks: inner, pretext }, ctx) {
  const bare = !inner && [title && h("strong", null, mrkdwn(title, ctx)), h("div", { class: "text" }, mrkdwn(said ?? fallback, ctx))];
  const bar = /^#[0-9a-f]{6}$/i.test(color) ? color : "#dddddd";
  const body = h("div", { class: "attachment", "--bar": bar }, bare || inner.map((each) => block(each, ctx)));
  return [pretext && h("div", { class: "text" }, mrkdwn(pretext, ctx)), body];
}

function element(each, ctx) {
  switch (each.type) {
    case "button": return button(each, ctx);
    case "static_select": return select(each, ctx, 1);
    case "multi_static_select": return select(each, ctx, each.max_selected_items ?? each.options?.length ?? 100);
    case "overflow": return select({ ...each, placeholder: { text: "More actions" } }, ctx, 1, "more");
    case "image": return pictured(each, "thumb");
    default: return unknown(each.type);
  }
}

function button(each, ctx) {
  const { action_id: key, style = "plain", url } = each;
  const address = safeAddress(url);
  const face = [h("span", null, text(each.text)), address && icon("out")];
  const follow = () => address && open(address.href, "_blank", "noopener,noreferrer");
  const press = () => (follow(), ctx.press(key));
  return pressButton({ kind: `button ${style}`, key, label: each.accessibility_label, ctx, face }, confirming(each.confirm, press));
}

function select(each, ctx, most, glyph) {
  const { action_id: key, placeholder, options = [], option_groups: groups = [], confirm } = each;
  const first = new Set([each.initial_option, ...(each.initial_options ?? [])].map((option) => option?.value));
  const entry = (group) => (option) => ({
    label: text(option.text), value: option.value, note: option.description && text(option.description),
    group, chosen: first.has(option.value),
  });
  const all = [...options.map(entry()), ...groups.flatMap((group) => group.options.map(entry(text(group.label))))];
  const face = { label: text(placeholder) ?? "Choose", options: all, most, key, disabled: ctx.waiting !== undefined, icon: glyph };
  return menu(face, (values) => confirming(confirm, () => ctx.press(key, values))());
}

// The question that a button may ask before it is pressed.
function confirming(question, go) {
  if (!question) return go;
  return () => {
    const close = (value) => h("button", { value, class: value ? "button primary" : "button plain" }, text(value ? question.confirm : question.deny));
    const words = h("div", { class: "text" }, mrkdwn(question.text?.text, { name: () => null }));
    const row = h("form", { method: "dialog", class: "block-actions" }, close(""), close("yes"));
    const box = h("dialog", { class: "confirm" }, h("h2", null, text(question.title)), words, row);
    box.addEventListener("close", () => (box.remove(), box.returnValue === "yes" && go()));
    document.querySelector(".panel.slack").append(box);
    box.showModal();
  };
}
