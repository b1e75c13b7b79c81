// A menu to pick from: a button that opens a list (an ARIA listbox), for one choice or several.
// The browser's own <select> would already pick when somebody only walks through it by keyboard.

import { h, icon } from "/web/dom.js";

// `options` are { label, value, note, group, chosen }; `pick` gets the values.
export function menu({ label, options, most = 1, key, disabled, icon: glyph, kind = "" }, pick) {
  const list = h("ul", { class: "choices", role: "listbox", "aria-label": label, tabindex: "-1", hidden: true });
  if (most > 1) list.setAttribute("aria-multiselectable", "true");
  const shown = options.filter(({ chosen }) => chosen).map((option) => option.label).join(", ");
  const face = glyph ? icon(glyph) : [h("span", { class: shown ? "" : "prompt" }, shown || label), icon("down")];
  const button = h(
    "button",
    {
      type: "button", class: "menu-face", "data-key": key, "aria-haspopup": "listbox", "aria-expanded": "false",
      "aria-label": shown ? `${label}: ${shown}` : label, "aria-disabled": disabled ? "true" : null,
    },
    face,
  );
  const node = h("div", { class: `menu ${kind}` }, button, list);
  const open = new Opened(node, button, list, options, most, pick);
  if (!disabled) button.addEventListener("click", () => (list.hidden ? open.show() : open.hide()));
  return node;
}

class Opened {
  constructor(node, button, list, options, most, pick) {
    Object.assign(this, { button, list, options, most, pick });
    this.chosen = new Set(options.filter(({ chosen }) => chosen).map(({ value }) => value));
    list.addEventListener("keydown", (event) => this.onKey(event));
    node.addEventListener("focusout", (event) => {
      if (!node.contains(event.relatedTarget) && !list.hidden) this.hide(false);
    });
  }

  show() {
    let group = null;
    const rows = this.options.flatMap((option, at) => {
      const head = option.group && option.group !== group ? [h("li", { class: "group", role: "presentation" }, option.group)] : [];
      group = option.group;
      return [...head, this.row(option, at)];
    });
    this.list.replaceChildren(...rows);
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.rows()[0]?.focus();
    this.list.scrollIntoView({ block: "nearest" });
  }

  row({ label, value, note }) {
    const selected = String(this.chosen.has(value));
    const onmousemove = (event) => event.currentTarget.focus({ preventScroll: true });
    const props = { role: "option", tabindex: "-1", "aria-selected": selected, onmousemove, onclick: () => this.choose(value) };
    return h("li", props, h("b", null, label), note && h("span", null, note), icon("check"));
  }

  rows() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  hide(back = true) {
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (back) this.button.focus();
    if (this.most > 1 && this.changed) this.pick([...this.chosen]);
    this.changed = false;
  }

  choose(value) {
    if (this.most === 1) return this.hide(), this.pick([value]);
    this.changed = true;
    if (!this.chosen.delete(value) && this.chosen.size < this.most) this.chosen.add(value);
    this.rows().forEach((row, at) => row.setAttribute("aria-selected", String(this.chosen.has(this.options[at].value))));
  }

  onKey(event) {
    const rows = this.rows();
    const at = rows.indexOf(document.activeElement);
    const keys = {
      ArrowDown: () => rows[(at + 1) % rows.length]?.focus(),
      ArrowUp: () => rows.at(at - 1)?.focus(),
      Home: () => rows[0]?.focus(),
      End: () => rows.at(-1)?.focus(),
      Enter: () => rows[at]?.click(),
      " ": () => rows[at]?.click(),
      Escape: () => this.hide(),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  }
}
