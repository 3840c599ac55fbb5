package main

import "strings"

//go:wasmexport on_message
func onMessage() int32 {
	words := field("/message/text")
	if strings.Contains(words, "ping") {
		return rewrite("pong")
	}
	if strings.Contains(words, setting("word")) {
		return hold("it says " + setting("word"))
	}
	return pass()
}

func main() {}
