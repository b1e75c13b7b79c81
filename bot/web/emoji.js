// The emoji names that briefings and bots use; others are shown as :name:.

const NAMES = {
  "+1": "👍", "-1": "👎", alarm_clock: "⏰", arrow_left: "⬅️", arrow_right: "➡️", arrow_up: "⬆️", arrow_down: "⬇️",
  ballot_box_with_check: "☑️", bar_chart: "📊", bell: "🔔", bookmark: "🔖", books: "📚", bulb: "💡",
  calendar: "📅", car: "🚗", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", clipboard: "📋",
  clock9: "🕘", coffee: "☕", dart: "🎯", earth_africa: "🌍", exclamation: "❗", eyes: "👀", fire: "🔥",
  globe_with_meridians: "🌐", heart: "❤️", hourglass: "⌛", hourglass_flowing_sand: "⏳", information_source: "ℹ️",
  link: "🔗", lock: "🔒", loudspeaker: "📢", mag: "🔍", memo: "📝", mega: "📣", newspaper: "📰", no_bell: "🔕",
  page_facing_up: "📄", pencil: "📝", point_right: "👉", pushpin: "📌", question: "❓", robot_face: "🤖",
  rocket: "🚀", rolled_up_newspaper: "🗞️", seedling: "🌱", smile: "😄", sparkles: "✨", speech_balloon: "💬",
  star: "⭐", sunrise: "🌅", tada: "🎉", thinking_face: "🤔", thread: "🧵", warning: "⚠️", wave: "👋",
  white_check_mark: "✅", x: "❌", zap: "⚡",
};

export function emoji(name) {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : `:${name}:`;
}

export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));
}
