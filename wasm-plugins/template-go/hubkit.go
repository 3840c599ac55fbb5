// What a Kefu Hub filter needs, for Go 1.24 or newer and for TinyGo. Copy this file beside your own; it has no dependency.
package main

import "strings"

//go:wasmimport extism:host/env alloc
func alloc(size uint64) uint64

//go:wasmimport extism:host/env length
func length(block uint64) uint64

//go:wasmimport extism:host/env load_u8
func loadByte(at uint64) uint32

//go:wasmimport extism:host/env load_u64
func loadWord(at uint64) uint64

//go:wasmimport extism:host/env store_u8
func storeByte(at uint64, value uint32)

//go:wasmimport extism:host/env store_u64
func storeWord(at, value uint64)

//go:wasmimport extism:host/env output_set
func outputSet(block, size uint64)

//go:wasmimport extism:host/env error_set
func errorSet(block uint64)

//go:wasmimport extism:host/env config_get
func configGet(key uint64) uint64

//go:wasmimport extism:host/env log_info
func logInfo(block uint64)

//go:wasmimport extism:host/user hub_field
func hubField(pointer uint64) uint64

// give puts a text into a block that the hub can read.
func give(text string) uint64 {
	block := alloc(uint64(len(text)))
	i := 0
	for ; i+8 <= len(text); i += 8 {
		var word uint64
		for j := 7; j >= 0; j-- {
			word = word<<8 | uint64(text[i+j])
		}
		storeWord(block+uint64(i), word)
	}
	for ; i < len(text); i++ {
		storeByte(block+uint64(i), uint32(text[i]))
	}
	return block
}

// take reads a block of the hub's; empty when there is none.
func take(block uint64) string {
	if block == 0 {
		return ""
	}
	bytes := make([]byte, length(block))
	i := 0
	for ; i+8 <= len(bytes); i += 8 {
		word := loadWord(block + uint64(i))
		for j := 0; j < 8; j++ {
			bytes[i+j] = byte(word >> (8 * j))
		}
	}
	for ; i < len(bytes); i++ {
		bytes[i] = byte(loadByte(block + uint64(i)))
	}
	return string(bytes)
}

// field is one value of what is asked, by JSON pointer, such as /message/text; empty when it is not there.
func field(pointer string) string { return take(hubField(give(pointer))) }

// setting is one value that an admin set.
func setting(key string) string { return take(configGet(give(key))) }

// log writes a line that the console shows with the message it is about.
func log(line string) { logInfo(give(line)) }

// fail ends the call as a failure that says why.
func fail(why string) int32 {
	errorSet(give(why))
	return 1
}

// say answers with JSON of your own.
func say(json string) int32 {
	outputSet(give(json), uint64(len(json)))
	return 0
}

func pass() int32 { return 0 }

func rewrite(text string) int32 { return say(`{"action":"rewrite","text":` + quote(text) + `}`) }

func hold(reason string) int32 { return say(`{"action":"hold","reason":` + quote(reason) + `}`) }

// block stops a message; its author is told the reply, if there is one.
func block(reason, reply string) int32 {
	return say(`{"action":"block","reason":` + quote(reason) + `,"reply":` + quote(reply) + `}`)
}

// quote writes a text as JSON does.
func quote(text string) string {
	const hex = "0123456789abcdef"
	var out strings.Builder
	out.WriteByte('"')
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			out.WriteByte('\\')
			out.WriteByte(c)
		case c < ' ':
			out.WriteString(`\u00`)
			out.WriteByte(hex[c>>4])
			out.WriteByte(hex[c&15])
		default:
			out.WriteByte(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}
