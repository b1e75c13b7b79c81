// The box to type into, with the commands and their completions as a list (an ARIA combobox).
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

import { h, icon } from "/web/dom.js";

const PATIENCE = 90; // milliseconds without a key before completions are asked for

export class Composer {
  constructor(panel, where) {
    this.panel = panel;
    this.where = where;
    this.choices = [];
    this.active = -1;
    this.picked = null; // what a choice shows, and what it sends
    this.asked = 0;
    this.past = [];
    this.build(`${panel.look.name}-${where}`);
  }

  build(id) {
    this.list = h("ul", { class: "choices", role: "listbox", id: `${id}-choices`, "aria-label": "Suggestions", hidden: true });
    this.box = h("input", {
      type: "text", id: `${id}-box`, role: "combobox", autocomplete: "off", spellcheck: "false", enterkeyhint: "send",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
      oninput: () => this.suggest(), onkeydown: (event) => this.onKey(event), onblur: () => this.close(),
    });
    this.button = h("button", { class: "send", type: "submit", "aria-label": "Send", disabled: true }, icon("send"));
    const start = (text, label) =>
      h("button", { class: "start", type: "button", "aria-label": label, title: label, onclick: () => this.start(text()) }, text().trim()[0]);
    this.node = h(
      "form",
      { class: "composer", onsubmit: (event) => (event.preventDefault(), this.send()) },
      this.list,
      h("div", { class: "box" }, this.box,
        h("div", { class: "tools" },
          start(() => "/", "Commands"),
          start(() => `@${this.panel.state?.me?.name ?? ""} `, "Mention the bot"),
          this.button)),
    );
    this.draw("Message");
  }

  draw(prompt) {
    this.box.placeholder = prompt;
    this.box.setAttribute("aria-label", prompt);
  }

  focus() {
    this.box.focus({ preventScroll: true });
  }

  start(text) {
    this.box.value = text;
    this.focus();
    this.suggest();
  }

  async suggest() {
    const text = this.box.value;
    const asked = ++this.asked;
    this.button.disabled = !text.trim();
    if (!text.startsWith("/")) return this.close();
    if (!text.includes(" ")) return this.offer(this.commands(text));
    if (!this.panel.look.completes) return this.close();
    await new Promise((wake) => setTimeout(wake, PATIENCE));
    if (asked !== this.asked) return;
    const found = await this.panel.acts.complete(text, this.where).catch(() => []);
    if (asked === this.asked) this.offer(found.map((choice) => this.choice(text, choice)));
  }

  commands(text) {
    const fits = this.panel.state.commands.filter(({ name }) => `/${name}`.startsWith(text));
    const commands = fits.map(({ name, description }) => ({
      label: `/${name}`, note: description, shows: `/${name} `, sends: `/${name} `, more: true,
    }));
    return text === "/" ? [...commands, ...this.shortcuts()] : commands;
  }

  // Shortcuts are of no channel, and are listed with the commands.
  shortcuts() {
    const { state, person, acts } = this.panel;
    return (state.shortcuts ?? []).map(({ id, name }) => ({
      label: name, note: "Shortcut", does: () => (this.empty(), acts.tell("shortcut", { person, name: id })),
    }));
  }

  choice(text, { name, value }) {
    const command = text.slice(0, text.indexOf(" ") + 1);
    return { label: name, shows: command + name, sends: command + value };
  }

  offer(choices) {
    this.choices = choices;
    this.active = -1;
    this.list.replaceChildren(...choices.map((choice, at) => this.option(choice, at)));
    this.list.hidden = !choices.length;
    this.box.setAttribute("aria-expanded", String(choices.length > 0));
    this.box.removeAttribute("aria-activedescendant");
  }

  option({ label, note }, at) {
    const props = { role: "option", id: `${this.list.id}-${at}`, "aria-selected": "false" };
    // The box keeps the focus, so that a click is not first a blur.
    const onmousedown = (event) => (event.preventDefault(), this.pick(at));
    return h("li", { ...props, onmousedown }, h("b", null, label), note && h("span", null, note));
  }

  mark(at) {
    const count = this.choices.length;
    this.active = (at + count) % count;
    [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === this.active)));
    const option = this.list.children[this.active];
    this.box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  pick(at) {
    const choice = this.choices[at];
    if (choice.does) return choice.does();
    this.box.value = choice.shows;
    this.picked = choice;
    this.close();
    this.button.disabled = false;
    this.focus();
    if (choice.more) this.suggest();
  }

  close() {
    this.asked += 1;
    if (this.choices.length) this.offer([]);
  }

  onKey(event) {
    const open = this.choices.length > 0;
    const keys = {
      ArrowDown: () => open && this.mark(this.active + 1),
      ArrowUp: () => (open ? this.mark(this.active < 0 ? -1 : this.active - 1) : this.recall()),
      Escape: () => open && (this.close(), true),
      Tab: () => open && !event.shiftKey && (this.pick(Math.max(this.active, 0)), true),
      Enter: () => open && this.active >= 0 && (this.pick(this.active), true),
    };
    const did = event.isComposing ? false : keys[event.key]?.();
    if (did !== undefined && did !== false) event.preventDefault();
  }

  // Arrow up in an empty box brings back what was sent last.
  recall() {
    if (this.box.value || !this.past.length) return false;
    this.box.value = this.past.at(-1);
    this.button.disabled = false;
    return true;
  }

  async send() {
    const typed = this.box.value.trim();
    if (!typed) return;
    const sends = this.picked?.shows.trim() === typed ? this.picked.sends.trim() : typed;
    this.past.push(typed);
    this.empty();
    this.node.setAttribute("aria-busy", "true");
    const taken = await this.panel.acts.send(sends, this.where);
    this.node.removeAttribute("aria-busy");
    if (!taken && !this.box.value) this.start(typed);
  }

  empty() {
    this.box.value = "";
    this.picked = null;
    this.button.disabled = true;
    this.close();
  }
}
