// Built with the kit that Extism itself gives to AssemblyScript: proves that such modules run here unchanged.
import { Config, Host, Var } from "@extism/as-pdk";

function quoted(text: string): string {
  return '"' + text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n") + '"';
}

export function on_message(): i32 {
  const input = Host.inputString();
  const from = input.indexOf('"text":"') + 8;
  const words = input.substring(from, input.indexOf('"', from));
  const greeting = Config.get("greeting");
  const calls = Var.getString("calls");
  Var.set("calls", Uint8Array.wrap(String.UTF8.encode((calls == null ? "" : calls) + "x")));
  const said = (greeting == null ? "" : greeting) + words + (calls == null ? "" : calls);
  // Its outputString counts letters and not bytes, which cuts Chinese off.
  Host.output(Uint8Array.wrap(String.UTF8.encode('{"action":"rewrite","text":' + quoted(said) + "}")));
  return 0;
}
