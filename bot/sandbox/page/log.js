// A list of messages that changes only where something changed: focus and scroll stay put.

import { h } from "/web/dom.js";
import { day, dayKey } from "/web/time.js";

const NEAR = 60; // pixels from the end that still count as "reading the newest"

export class Log {
  constructor(label) {
    this.list = h("div", { class: "log-list" });
    this.later = h("button", { class: "later", type: "button", hidden: true }, "New messages ↓");
    this.node = h("div", { class: "log", role: "log", "aria-label": label, tabindex: "0" }, this.list, this.later);
    this.rows = new Map();
    this.later.addEventListener("click", () => this.toEnd());
    this.node.addEventListener("scroll", () => this.isAtEnd() && (this.later.hidden = true), { passive: true });
  }

  // `rows` are { key, says, draw }: a row is drawn anew when what it says has changed.
  show(rows) {
    const stays = this.isAtEnd();
    const grew = rows.length > this.rows.size;
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, { node }] of this.rows) if (!keys.has(key)) node.remove();
    let last = null;
    this.rows = new Map(rows.map((row) => {
      const node = this.row(row);
      const next = last ? last.nextSibling : this.list.firstChild;
      if (node !== next) this.list.insertBefore(node, next);
      last = node;
      return [row.key, { says: row.says, node }];
    }));
    if (stays) this.toEnd();
    else if (grew) this.later.hidden = false;
  }

  row({ key, says, draw }) {
    const old = this.rows.get(key);
    if (old?.says === says) return old.node;
    const node = draw();
    if (old) replace(old.node, node);
    return node;
  }

  clear() {
    this.rows = new Map();
    this.list.replaceChildren();
    this.later.hidden = true;
  }

  isAtEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.later.hidden = true;
  }
}

// Whoever had the focus inside the old node gets it in the new one.
function replace(old, node) {
  const focus = old.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  old.replaceWith(node);
  if (focus) node.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
}

// The rows of a channel: its messages, and a line where a day begins.
export function rowsOf(messages, gap, first, draw) {
  let before = first;
  return messages.flatMap((message) => {
    const begins = !before || dayKey(before.at) !== dayKey(message.at);
    const compact = !begins && follows(before, message, gap);
    before = message;
    const drawn = draw(message, compact);
    return begins ? [dayRow(message.at), drawn] : [drawn];
  });
}

function follows(before, message, gap) {
  const near = new Date(message.at) - new Date(before.at) < gap * 60_000;
  const plain = !message.command && !message.only_for === !before.only_for && !before.thread && !before.command;
  return near && plain && before.author.id === message.author.id;
}

function dayRow(at) {
  const draw = () => h("div", { class: "day", role: "separator" }, h("span", null, day(at)));
  return { key: `day ${dayKey(at)}`, says: day(at), draw };
}
