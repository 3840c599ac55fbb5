// Asks a module the way the hub does, under Node: node ask.mjs MODULE INPUT WORDS ANSWER CALLS fresh|kept
import { readFileSync } from "node:fs";

const [modulePath, inputPath, wordsPath, answerPath, callsText, how] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(modulePath));
const input = readFileSync(inputPath);
const settings = { words: readFileSync(wordsPath) };
const expected = readFileSync(answerPath, "utf8");
const calls = Number(callsText);
const decoder = new TextDecoder();

// Blocks behind each other, each with its length before it, as in the hub.
const bytes = new Uint8Array(1 << 20);
const view = new DataView(bytes.buffer);
let top, outAt, outSize, inputBlock;

function begin() {
    top = 8;
    outAt = outSize = 0;
    inputBlock = 0;
}

function alloc(size) {
    const block = ((top + 7) & ~7) + 8;
    bytes.fill(0, block, block + size);
    view.setBigUint64(block - 8, BigInt(size), true);
    top = block + size;
    return block;
}

function put(content) {
    const block = alloc(content.length);
    bytes.set(content, block);
    return block;
}

function text(block) {
    const size = Number(view.getBigUint64(block - 8, true));
    return decoder.decode(bytes.subarray(block, block + size));
}

function inside(at, size) {
    if (at < 8 || at + size > top) throw new Error("out of bounds");
    return at;
}

const imports = {
    "extism:host/env": {
        alloc: (size) => BigInt(alloc(Number(size))),
        free: () => {},
        length: (block) => view.getBigUint64(Number(block) - 8, true),
        load_u8: (at) => bytes[inside(Number(at), 1)],
        load_u64: (at) => view.getBigUint64(inside(Number(at), 8), true),
        store_u8: (at, value) => void (bytes[inside(Number(at), 1)] = value),
        store_u64: (at, value) => view.setBigUint64(inside(Number(at), 8), value, true),
        input_length: () => BigInt(input.length),
        input_load_u8: (at) => bytes[(inputBlock ||= put(input)) + Number(at)],
        input_load_u64: (at) => view.getBigUint64((inputBlock ||= put(input)) + Number(at), true),
        output_set: (block, size) => void ((outAt = Number(block)), (outSize = Number(size))),
        config_get: (key) => BigInt(settings[text(Number(key))] ? put(settings[text(Number(key))]) : 0),
        log_info: () => {},
        log_warn: () => {},
    },
    "extism:host/user": { hub_field: () => 0n },
    env: {
        abort: () => {
            throw new Error("abort");
        },
    },
};

let kept;

function ask() {
    begin();
    const instance = how === "fresh" ? new WebAssembly.Instance(module, imports) : (kept ??= new WebAssembly.Instance(module, imports));
    if (instance.exports.on_message() !== 0) throw new Error("it failed");
    return bytes.slice(outAt, outAt + outSize);
}

if (decoder.decode(ask()) !== expected) throw new Error("another answer: " + decoder.decode(ask()));
for (let i = 0; i < 3000; i++) ask();
const took = new Array(calls);
for (let i = 0; i < calls; i++) {
    const began = process.hrtime.bigint();
    ask();
    took[i] = process.hrtime.bigint() - began;
}
console.log(took.join(" "));
