// What a person does on one platform: type, press, pick; and what is said when it is refused.

import { order } from "/page/api.js";
import { h } from "/web/dom.js";

export class Acts {
  constructor(panel) {
    this.panel = panel;
    this.waiting = new Map(); // message → action that was pressed and not yet answered
    this.complaint = h("p", { class: "complaint", role: "alert", hidden: true });
  }

  async press(message, action, values) {
    if (this.waiting.has(message.id)) return;
    this.waiting.set(message.id, action);
    this.panel.expectAnswer();
    this.panel.draw();
    const channel = this.panel.look.placeOf(message, this.panel.here());
    const body = { channel, message: message.id, action, person: this.panel.person };
    await this.tell("press", values ? { ...body, values } : body);
    this.waiting.delete(message.id);
    this.panel.draw();
  }

  // Picks a command from the menu of a message.
  async choose(message, name) {
    this.panel.expectAnswer();
    const channel = this.panel.look.placeOf(message, this.panel.here());
    return this.tell("shortcut", { channel, message: message.id, name, person: this.panel.person });
  }

  // Sends what somebody typed, and says whether the platform took it.
  async send(text, where) {
    const { look, channel, person, threadPane, log } = this.panel;
    const thread = where === "thread" ? threadPane.place(this.panel.here()) : null;
    const typed = text.startsWith("/");
    if (typed && thread && !look.threadsTakeCommands) return this.complain(look.noCommand);
    (thread ? threadPane.log : log).toEnd();
    if (typed) return this.tell("command", { channel: thread ?? channel, person, text });
    return this.tell("say", { channel, person, text, ...(thread ? { thread } : {}) });
  }

  async complete(text, where) {
    const { look, person, threadPane } = this.panel;
    const here = this.panel.here();
    const channel = where === "thread" ? threadPane.place(here) : here.id;
    const { choices } = await order(look.name, "complete", { channel, person, text });
    return choices;
  }

  async tell(name, body) {
    this.complain(null);
    try {
      const { ok = true, error, shown } = await order(this.panel.look.name, name, body);
      // What the platform itself shows to the person, as a message, is not said twice.
      return ok || Boolean(shown) || this.complain(error);
    } catch (error) {
      return this.complain(error.message);
    }
  }

  complain(sentence) {
    const { threadPane, composer } = this.panel;
    this.complaint.hidden = !sentence;
    this.complaint.textContent = sentence ?? "";
    (threadPane.id ? threadPane.box : composer).node.before(this.complaint);
    return false;
  }
}
