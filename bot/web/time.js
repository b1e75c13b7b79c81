// Says when something happened, as people of the reader's country and time zone say it.

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", month: "long", day: "numeric" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const SHORT = new Intl.DateTimeFormat(undefined, { dateStyle: "short" });
const AGO = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

export const clock = (at) => CLOCK.format(new Date(at));
export const full = (at) => FULL.format(new Date(at));
export const dayKey = (at) => new Date(at).toDateString();

export function day(at) {
  const away = daysAway(at);
  if (away === 0) return "Today";
  return away === -1 ? "Yesterday" : DAY.format(new Date(at));
}

export function dayAndClock(at) {
  const away = daysAway(at);
  if (away === 0 || away === -1) return `${day(at)} at ${clock(at)}`;
  return `${SHORT.format(new Date(at))} ${clock(at)}`;
}

function daysAway(at) {
  const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);
  return Math.round((midnight(at) - midnight(Date.now())) / 86_400_000);
}

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};

// Discord's <t:seconds:style>: https://discord.com/developers/docs/reference#message-formatting
export function stamped(seconds, style = "f") {
  const moment = new Date(seconds * 1000);
  if (Number.isNaN(moment.getTime())) return null;
  if (style !== "R") return new Intl.DateTimeFormat(undefined, STYLES[style]).format(moment);
  return relative((seconds * 1000 - Date.now()) / 1000);
}

const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3600], ["minute", 60]];

function relative(seconds) {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return AGO.format(Math.round(seconds / size), unit);
}
