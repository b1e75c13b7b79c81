// A dialog that the bot opened for a person: its fields, its button, and what is wrong with them.

import { order } from "/page/api.js";
import { h, icon } from "/web/dom.js";

export class DialogBox {
  constructor(panel) {
    this.panel = panel;
    this.shown = null; // the id of the dialog that is drawn
    this.node = h("dialog", { class: `dialog ${panel.look.name}` });
    this.node.addEventListener("cancel", (event) => (event.preventDefault(), this.dismiss()));
  }

  // Drawn once: what somebody is writing is not thrown away when something else changes.
  draw() {
    const { state, person } = this.panel;
    const open = (state.dialogs ?? []).filter((each) => each.person === person).at(-1);
    if (!open) return this.hide();
    if (open.id === this.shown) return;
    this.shown = open.id;
    this.fields = open.entries.map((entry) => new FieldBox(entry, `${this.panel.look.name}-${open.id}`));
    this.complaint = h("p", { class: "complaint", role: "alert", hidden: true });
    this.node.replaceChildren(this.form(open));
    this.node.setAttribute("aria-label", open.title);
    if (!this.node.open) this.node.showModal();
    this.fields[0]?.focus();
  }

  form({ title, button }) {
    const close = { type: "button", class: "close", "aria-label": "Close", onclick: () => this.dismiss() };
    return h(
      "form",
      { onsubmit: (event) => (event.preventDefault(), this.submit()) },
      h("header", null, h("h3", null, title), h("button", close, icon("close"))),
      this.fields.map((field) => field.node),
      this.complaint,
      h(
        "footer",
        null,
        h("button", { type: "button", class: "cancel", onclick: () => this.dismiss() }, "Cancel"),
        h("button", { type: "submit", class: "submit" }, button),
      ),
    );
  }

  async submit() {
    const values = Object.fromEntries(this.fields.map((field) => [field.entry.name, field.values()]));
    this.panel.expectAnswer();
    const told = await this.tell("submit", { person: this.panel.person, dialog: this.shown, values });
    for (const field of this.fields) field.complain(told.errors?.[field.entry.name]);
    this.complain(told.ok === false && !told.errors ? (told.shown ?? told.error) : null);
  }

  async dismiss() {
    await this.tell("dismiss", { person: this.panel.person, dialog: this.shown });
  }

  async tell(name, body) {
    try {
      return await order(this.panel.look.name, name, body);
    } catch (error) {
      return { ok: false, error: error.message };
    }
  }

  complain(sentence) {
    this.complaint.hidden = !sentence;
    this.complaint.textContent = sentence ?? "";
  }

  hide() {
    this.shown = null;
    if (this.node.open) this.node.close();
  }
}

class FieldBox {
  constructor(entry, place) {
    this.entry = entry;
    this.id = `${place}-${entry.name}`;
    this.fault = h("p", { class: "fault", id: `${this.id}-fault`, role: "alert", hidden: true });
    this.node = entry.choices.length && entry.most > 1 ? this.several() : this.single();
  }

  single() {
    this.input = this.entry.choices.length ? this.select() : this.text();
    return h("div", { class: "field" }, h("label", { for: this.id }, this.name()), this.input, this.hint(), this.fault);
  }

  several() {
    const { choices, values } = this.entry;
    this.boxes = choices.map(({ value }) => h("input", { type: "checkbox", value, checked: values.includes(value) }));
    const rows = choices.map(({ label }, at) => h("label", { class: "tick" }, this.boxes[at], label));
    return h("fieldset", { class: "field" }, h("legend", null, this.name()), rows, this.hint(), this.fault);
  }

  select() {
    const options = this.entry.choices.map(({ value, label }) => {
      return h("option", { value, selected: this.entry.values.includes(value) }, label);
    });
    return h("select", { id: this.id, name: this.entry.name }, options);
  }

  text() {
    const props = { id: this.id, name: this.entry.name, maxlength: this.entry.longest, autocomplete: "off" };
    const value = this.entry.values[0] ?? "";
    if (this.entry.lines) return h("textarea", { ...props, rows: 5 }, value);
    return h("input", { type: "text", ...props, value });
  }

  focus() {
    (this.input ?? this.boxes[0]).focus();
  }

  name() {
    return [this.entry.label, this.entry.required ? null : h("small", null, " (optional)")];
  }

  hint() {
    return this.entry.hint ? h("p", { class: "hint" }, this.entry.hint) : null;
  }

  values() {
    if (this.boxes) return this.boxes.filter(({ checked }) => checked).map(({ value }) => value);
    return this.input.value ? [this.input.value] : [];
  }

  complain(sentence) {
    this.fault.hidden = !sentence;
    this.fault.textContent = sentence ?? "";
    this.input?.setAttribute("aria-invalid", sentence ? "true" : "false");
  }
}
