// Builds every module in this folder, and those the hub's own tests use. `node build.mjs [FOLDER]` writes them into
// another folder instead, with the same paths, so that they can be compared.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as asc from "assemblyscript/asc";
import createWabt from "wabt";

const here = dirname(fileURLToPath(import.meta.url));
const into = process.argv[2] ?? here;
const tests = join("..", "hub-core", "src", "test");
const flags = ["--optimizeLevel", "3", "--shrinkLevel", "1", "--noAssert", "--runtime", "incremental"];

/** The source of each module, by its path without the ending: those with a manifest beside them. */
function modules() {
    return readdirSync(here, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap((entry) => [join(entry.name, entry.name), join(entry.name, "filter")])
        .filter((path) => existsSync(join(here, `${path}.ts`)) && existsSync(join(here, `${path}.json`)))
        .sort();
}

// All in one process, where the compiler gets warm.
async function compile(source, out) {
    mkdirSync(dirname(out), { recursive: true });
    const { error, stderr } = await asc.main([source, "--baseDir", here, "--outFile", relative(here, out), ...flags]);
    if (error) throw new Error(`${source}: ${error.message}\n${stderr.toString()}`);
}

for (const path of modules()) {
    await compile(`${path}.ts`, join(into, `${path}.wasm`));
    console.log(`${path}.wasm`);
}

const wabt = await createWabt();
const features = { bulk_memory: true, reference_types: true, memory64: true, threads: true };
const sources = join(here, tests, "wasm");
const built = (file) => join(into, tests, "resources", "wasm", file.replace(/\.(wat|ts)$/, ".wasm"));
for (const file of readdirSync(sources).filter((one) => one.endsWith(".ts")).sort()) {
    await compile(join(tests, "wasm", file), built(file));
}
for (const file of readdirSync(sources).filter((one) => one.endsWith(".wat")).sort()) {
    const out = built(file);
    mkdirSync(dirname(out), { recursive: true });
    const module = wabt.parseWat(file, readFileSync(join(sources, file), "utf8"), features);
    writeFileSync(out, module.toBinary({}).buffer);
    module.destroy();
}
console.log("modules of the hub's tests");
