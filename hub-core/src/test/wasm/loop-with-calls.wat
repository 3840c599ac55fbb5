;; Never ends, and calls the hub all the time.
(module
  (import "extism:host/env" "input_length" (func $input_length (result i64)))
  (memory (export "memory") 1)
  (func (export "on_message") (result i32) (loop $again (drop (call $input_length)) (br $again)) (i32.const 0)))
