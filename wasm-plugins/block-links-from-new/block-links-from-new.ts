// Stops links that come from customers who wrote for the first time not long ago. Links to hosts an admin lists may pass.
import { block, field, hold, lines, log, pass, setting, text } from "../hubkit/hubkit";

function isHostSign(c: i32): bool {
  return (c >= 48 && c <= 57) || (c >= 97 && c <= 122) || c == 45 || c == 46;
}

/** The hosts of all links, with or without a scheme. */
function hosts(words: string): string[] {
  const found: string[] = [];
  const marks = ["http://", "https://", "www."];
  for (let m = 0; m < marks.length; m++) {
    for (let at = words.indexOf(marks[m]); at >= 0; at = words.indexOf(marks[m], at + 1)) {
      let from = m == 2 ? at : at + marks[m].length;
      let end = from;
      while (end < words.length && isHostSign(words.charCodeAt(end))) end++;
      if (end > from) found.push(words.substring(from, end));
    }
  }
  return found;
}

function isAllowed(host: string, allowed: string[]): bool {
  for (let i = 0; i < allowed.length; i++) {
    if (host == allowed[i] || host.endsWith("." + allowed[i])) return true;
  }
  return false;
}

/** Milliseconds since 1970 of a time such as 2026-11-25T08:00:00Z. */
function millis(time: string): i64 {
  const year = I64.parseInt(time.substring(0, 4));
  const month = I64.parseInt(time.substring(5, 7));
  const day = I64.parseInt(time.substring(8, 10));
  // Days since 1970 of the Gregorian calendar, with years that begin in March.
  const y = month <= 2 ? year - 1 : year;
  const era = y / 400;
  const ofEra = y - era * 400;
  const ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const days = era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
  const seconds = I64.parseInt(time.substring(11, 13)) * 3600 + I64.parseInt(time.substring(14, 16)) * 60
      + I64.parseInt(time.substring(17, 19));
  return (days * 86400 + seconds) * 1000;
}

export function on_message(): i32 {
  const found = hosts(text().toLowerCase());
  const allowed = lines("allowed");
  let first = "";
  for (let i = 0; i < found.length && first.length == 0; i++) {
    if (!isAllowed(found[i], allowed)) first = found[i];
  }
  if (first.length == 0) return pass();
  const age = millis(field("/ts")) - millis(field("/facts/firstSeen"));
  const minutes = I64.parseInt(setting("minutes"));
  if (age > minutes * 60000) return pass();
  log("a link to " + first + " from a customer of " + (age / 60000).toString() + " minutes");
  const reason = "a new customer sends a link to " + first;
  return setting("action") == "block" ? block(reason, setting("reply")) : hold(reason);
}
