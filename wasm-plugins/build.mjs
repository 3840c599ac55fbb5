// Builds every module in this folder, and those the hub's own tests use. `node build.mjs [FOLDER]` writes them into
// another folder instead, with the same paths, so that they can be compared.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import createWabt from "wabt";

const here = dirname(fileURLToPath(import.meta.url));
const into = process.argv[2] ?? here;
const tests = join("..", "hub-core", "src", "test");
// Every call gets an instance of its own, so nothing is ever freed.
const flags = ["--optimizeLevel", "3", "--shrinkLevel", "1", "--noAssert", "--runtime", "stub"];
const asc = join(here, "node_modules", "assemblyscript", "bin", "asc.js");

function folders() {
    return readdirSync(here, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(join(here, entry.name, `${entry.name}.ts`)))
        .map((entry) => entry.name)
        .sort();
}

for (const name of folders()) {
    const out = join(into, name, `${name}.wasm`);
    mkdirSync(dirname(out), { recursive: true });
    execFileSync(process.execPath, [asc, `${name}/${name}.ts`, "--outFile", out, ...flags], { cwd: here, stdio: "inherit" });
    console.log(`${name}.wasm`);
}

const wabt = await createWabt();
const features = { bulk_memory: true, reference_types: true, memory64: true, threads: true };
const sources = join(here, tests, "wasm");
for (const file of readdirSync(sources).filter((one) => one.endsWith(".wat")).sort()) {
    const out = join(into, tests, "resources", "wasm", file.replace(/\.wat$/, ".wasm"));
    mkdirSync(dirname(out), { recursive: true });
    const module = wabt.parseWat(file, readFileSync(join(sources, file), "utf8"), features);
    writeFileSync(out, module.toBinary({}).buffer);
    module.destroy();
}
console.log("modules of the hub's tests");
